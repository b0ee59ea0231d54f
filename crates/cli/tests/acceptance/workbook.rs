//! `fonds sheet`: what people open, fill and send back.

use crate::bundles::AT;
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

#[test]
fn what_libreoffice_saves_without_an_edit_changes_nothing() {
    let Some(office) = Oracle::tool("soffice") else { return };
    let place = packed();
    let user = format!("-env:UserInstallation=file://{}", place.at("office").display());
    place.fonds("sheet bag -o sent.csv").ends(0);
    for form in ["xlsx", "ods"] {
        place.fonds(&format!("sheet bag --{form} -o sent.{form}")).ends(0);
    }
    let csv = "csv:Text - txt - csv (StarCalc):59,34,76,1,,0,false,true,false";
    // UTF-8, as its dialogue proposes; each cell is taken for what it looks like.
    let read = "--infilter=CSV:44,34,76,1,,0,false,true";
    for (sent, back) in [
        ("csv", csv),
        ("csv", "xlsx"),
        ("csv", "ods"),
        ("xlsx", "ods"),
        ("ods", "xlsx"),
        ("xlsx", csv),
        ("ods", csv),
    ] {
        let folder = format!("{sent}-{}", &back[..3]);
        let file = format!("sent.{sent}");
        let mut words = vec![user.as_str(), "--headless"];
        words.extend((sent == "csv").then_some(read));
        words.extend(["--convert-to", back, "--outdir", &folder, &file]);
        office.agrees(place.root(), &words);
        let extension = back.split(':').next().unwrap();
        let plan = place.fonds(&format!("describe bag {folder}/sent.{extension} --format json"));
        let plan = plan.ends(0).json();
        assert_eq!(plan["changes"], serde_json::json!([]), "{folder}");
        assert_eq!(plan["missing"], serde_json::json!([]), "{folder}");
    }
}

#[test]
fn a_sheet_that_was_filled_in_is_planned_cell_by_cell() {
    let place = packed();
    let sheet = "path;Title;date_published;sensitivity;size_bytes\r\n\
        data/a/z;شهر;28 July 1988;PUBLIC;\r\n\
        data/aa;;05/07/2023;secret;9\r\n\
        data/nowhere;x;;;\r\n";
    place.file("back.csv", sheet);
    let plan = place.fonds("describe bag back.csv --format json");
    let plan = plan.ends(1).json();
    let changes: Vec<_> =
        plan["changes"].as_array().unwrap().iter().map(|c| c["new"].as_str().unwrap()).collect();
    assert_eq!(changes, ["شهر", "1988-07-28", "public"]);
    let kinds: Vec<_> =
        plan["problems"].as_array().unwrap().iter().map(|p| p["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["ambiguous-date", "not-in-list", "fact-changed", "no-such-item"]);
    let said = place.fonds("describe bag back.csv");
    said.ends(1)
        .says("data/a/z")
        .says("(blank) → `شهر`")
        .says("2023-07-05 or 2023-05-07")
        .says("data/nowhere");
    place.fonds("describe bag bag/bagit.txt").ends(2).remarks("`item_id` or `path`");
}

#[test]
fn a_character_that_no_workbook_holds_is_refused_by_name() {
    let place = Place::new();
    place.file("letters/a.txt", "Dear reader\n");
    for (c, name) in [('\u{FFFE}', "fffe"), ('\u{FFFF}', "ffff")] {
        place.file("list.csv", format!("path,title\na.txt,Bells{c}\n"));
        place.fonds(&format!("bundle letters -o {name} --describe list.csv {AT}")).ends(0);
        for option in ["--xlsx", "--ods"] {
            let answer = place.fonds(&format!("sheet {name} {option} -o s"));
            answer.ends(2).remarks("row 2 has U+FFFE or U+FFFF, which XML has no form for, in `title`");
            assert!(!place.at("s").exists());
        }
        place.fonds(&format!("sheet {name} -o {name}.csv")).ends(0);
        place.fonds(&format!("describe {name} {name}.csv")).ends(0).says("Nothing would change");
    }
}
