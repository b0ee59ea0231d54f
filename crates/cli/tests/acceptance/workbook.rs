//! `fonds sheet`: what people open, fill and send back.

use crate::oracle::Oracle;
use crate::place::Place;
use crate::trees;

/// A rich tree in a bundle, and its sheets beside it.
fn packed() -> Place {
    let place = Place::new();
    trees::rich(&place, "source");
    place.file("source/نامه.txt", "متنی کوتاه دربارهٔ دریا و باران و باد.\n".repeat(40));
    place.bundle("source", "bag");
    place
}

#[test]
fn a_csv_sheet_leaves_as_it_is_stored() {
    let place = packed();
    place.fonds("sheet bag").ends(0);
    assert_eq!(place.octets("bag.csv"), place.octets("bag/metadata/manifest.csv"));
    place.fonds("sheet bag --sheet events").ends(0);
    assert_eq!(place.octets("bag-events.csv"), place.octets("bag/metadata/events.csv"));
    place.fonds("sheet bag").ends(2).remarks("exists already");
}

#[test]
fn a_sheet_that_somebody_changed_does_not_leave() {
    let place = packed();
    place.alter("bag/metadata/manifest.csv", |octets| {
        let last = octets.len() - 3;
        octets[last] = b'x';
    });
    for form in ["", "--xlsx", "--ods"] {
        let said = place.fonds(&format!("sheet bag -o out {form}"));
        said.ends(2).remarks("metadata/manifest.csv").remarks("as its tag manifest says");
        assert!(!place.at("out").exists());
    }
}

#[test]
fn openpyxl_finds_every_value_as_text_with_locks_lists_and_notes() {
    let Some(openpyxl) = Oracle::environment_script(include_str!("oracles/workbook_agrees.py")) else {
        return;
    };
    let place = packed();
    for (language, direction) in [("en", "ltr"), ("fa", "rtl")] {
        let name = format!("{language}.xlsx");
        place.fonds(&format!("sheet bag --xlsx --language {language} -o {name}")).ends(0);
        openpyxl.agrees(place.root(), &[name.as_str(), "bag/metadata", direction]);
    }
}

#[test]
fn libreoffice_reads_both_workbooks_as_the_same_cells() {
    let (Some(office), Some(python)) =
        (Oracle::tool("soffice"), Oracle::python(include_str!("oracles/same_values.py")))
    else {
        return;
    };
    let place = packed();
    let user = format!("-env:UserInstallation=file://{}", place.at("office").display());
    let write = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1";
    for form in ["xlsx", "ods"] {
        place.fonds(&format!("sheet bag --{form} -o book.{form}")).ends(0);
        let file = format!("book.{form}");
        office.agrees(
            place.root(),
            &[user.as_str(), "--headless", "--convert-to", write, "--outdir", form, &file],
        );
        for sheet in ["manifest", "events"] {
            let [stored, read] = [format!("bag/metadata/{sheet}.csv"), format!("{form}/book-{sheet}.csv")];
            python.agrees(place.root(), &[stored, read]);
        }
    }
}

#[test]
fn the_same_bundle_gives_the_same_workbook() {
    let place = packed();
    for form in ["xlsx", "ods"] {
        for name in ["one", "two"] {
            place.fonds(&format!("sheet bag --{form} -o {name}.{form}")).ends(0);
        }
        assert_eq!(place.octets(format!("one.{form}")), place.octets(format!("two.{form}")));
    }
}
