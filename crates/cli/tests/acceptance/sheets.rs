//! Other people's programs read the sheets.

use crate::oracle::Oracle;
use crate::place::Place;
use crate::trees::{self, RICH};

const SHEET: &str = "bag/metadata/manifest.csv";

/// The rich tree, packed into the directory `bag`.
fn packed() -> Place {
    let place = Place::new();
    trees::rich(&place, "source");
    place.bundle("source", "bag");
    place
}

fn documents() -> usize {
    RICH.iter().filter(|path| !path.ends_with('/')).count()
}

#[test]
fn python_reads_the_sheet_and_every_row_is_true_of_its_file() {
    let Some(python) = Oracle::python(include_str!("oracles/sheet_agrees.py")) else { return };
    let rows = python.agrees(packed().root(), &["bag"]);
    assert_eq!(rows.trim(), documents().to_string());
}

#[test]
fn frictionless_reads_both_sheets_without_an_error() {
    let Some(frictionless) = Oracle::environment_script(include_str!("oracles/frictionless_agrees.py"))
    else {
        return;
    };
    let place = packed();
    frictionless.agrees(place.root(), &[SHEET, &documents().to_string()]);
    // One ingestion for each file and empty folder, five events of the whole, a page with hardly any text,
    // a picture that is none, and what is named as a list of checksums and is none.
    frictionless.agrees(place.root(), &["bag/metadata/events.csv", &(RICH.len() + 8).to_string()]);
}

#[test]
fn the_descriptions_of_the_sheets_are_true_of_them() {
    let Some(oracle) = Oracle::environment_script(include_str!("oracles/descriptions_agree.py")) else {
        return;
    };
    oracle.agrees(packed().root(), &["bag/metadata"]);
}

#[test]
fn pandas_and_sqlite_read_the_same_cells_as_python() {
    let (Some(readers), Some(_)) =
        (Oracle::environment_script(include_str!("oracles/readers_agree.py")), Oracle::tool("sqlite3"))
    else {
        return;
    };
    let place = packed();
    assert_eq!(readers.agrees(place.root(), &[SHEET]).trim(), documents().to_string());
    readers.agrees(place.root(), &["bag/metadata/events.csv"]);
}

#[test]
fn the_chain_of_events_recomputed_in_python_is_the_one_that_is_stored() {
    let Some(python) = Oracle::python(include_str!("oracles/chain_agrees.py")) else { return };
    let place = packed();
    let events = python.agrees(place.root(), &["bag"]);
    let types: Vec<&str> = events.lines().map(|line| line.split('\t').next().unwrap()).collect();
    let whole = [
        "message digest calculation",
        "format identification",
        "metadata extraction",
        "metadata extraction",
        "metadata extraction",
        "information package creation",
    ];
    assert_eq!(
        types,
        [vec!["fixity check", "appraisal"], vec!["ingestion"; RICH.len()], whole.to_vec()].concat()
    );
    for folder in RICH.iter().filter(|path| path.ends_with('/')) {
        let row = format!("ingestion\tdata/{folder}\tempty folder");
        assert!(events.contains(&row), "{row} is not in\n{events}");
    }
}

#[test]
fn libreoffice_shows_the_same_cells() {
    let (Some(office), Some(python)) =
        (Oracle::tool("soffice"), Oracle::python(include_str!("oracles/same_cells.py")))
    else {
        return;
    };
    let place = packed();
    let columns = place.text(SHEET).lines().next().unwrap().split(',').count();
    let as_text: Vec<_> = (1..=columns).map(|column| format!("{column}/2")).collect();
    let user = format!("-env:UserInstallation=file://{}", place.at("office").display());
    let read = format!("--infilter=CSV:44,34,76,1,{},0,false,true", as_text.join("/"));
    let begin = [user.as_str(), "--headless", "--convert-to"];
    office.agrees(place.root(), &[&begin[..], &["xlsx", &read, SHEET]].concat());
    let write = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false";
    office.agrees(place.root(), &[&begin[..], &[write, "manifest.xlsx"]].concat());
    python.agrees(place.root(), &[SHEET, "manifest.csv"]);
}
