//! Documents that hold others: captures, messages and attachments are items of their own.

use crate::bundles::AT;
use crate::oracle::Oracle;
use crate::place::Place;

/// What somebody else wrote into `source`, line by line as it was told.
fn made(script: &str) -> Option<(Place, Vec<String>)> {
    let place = Place::new();
    let told = Oracle::python(script)?.agrees(place.root(), &["source"]);
    let mut lines: Vec<String> = told.lines().map(str::to_owned).collect();
    lines.sort();
    Some((place, lines))
}

/// Packs `source`, lets `unzip` open it, and answers what Python reads of its parts.
fn parts(place: &Place) -> Option<Vec<String>> {
    let (unzip, python) = (Oracle::tool("unzip")?, Oracle::python(include_str!("oracles/parts_agree.py"))?);
    place.bundle("source", "bag.zip");
    place.fonds("verify bag.zip").ends(0);
    unzip.agrees(place.root(), &["-q", "bag.zip"]);
    let told = python.agrees(place.root(), &["bag"]);
    Some(told.lines().map(str::to_owned).collect())
}

fn first_two(lines: &[String]) -> Vec<Vec<&str>> {
    lines.iter().map(|line| line.split('\t').take(2).collect()).collect()
}

#[test]
fn what_containers_hold_lies_beside_them_octet_for_octet() {
    let Some((place, made)) = made(include_str!("oracles/parts_makes.py")) else { return };
    let Some(found) = parts(&place) else { return };
    assert_eq!(made.len(), 11);
    assert_eq!(first_two(&found), first_two(&made));
    assert_eq!(place.octets("bag/data/letter.eml"), place.octets("source/letter.eml"));

    let ledger = place.text("bag/metadata/events.csv");
    for (path, outcome, detail) in [
        ("letter.eml", "success", "1 attachment taken as a document of its own"),
        ("all.mbox", "success", "3 messages and 3 attachments taken as documents of their own"),
        ("web.warc.gz", "success", "2 captures of 2 records taken as documents of their own"),
        ("web.warc.gz", "success", "2 of 2 digests of records agree"),
        ("web.wacz", "success", "2 of 2 files agree with their digests in `datapackage.json`"),
    ] {
        let row = format!(",data/{path},,,{outcome},{detail},");
        assert!(ledger.contains(&row), "{row} is not in\n{ledger}");
    }
}

#[test]
fn the_sheet_says_what_each_part_is_of() {
    let Some((place, made)) = made(include_str!("oracles/parts_makes.py")) else { return };
    let Some(found) = parts(&place) else { return };
    assert_eq!(found, made);
    let sheet = place.text("bag/metadata/manifest.csv");
    for value in [",derivative,", ",2023-07-06T09:14:02Z,", "web capture, HTTP 200", "'=Bells over the quay"]
    {
        assert!(sheet.contains(value), "{value} is not in\n{sheet}");
    }
}

#[test]
fn warcio_reads_the_same_out_of_its_own_warcs() {
    let Some(warcio) = Oracle::warcio(include_str!("oracles/warcio_makes.py")) else { return };
    let place = Place::new();
    let told = warcio.agrees(place.root(), &["source"]);
    let mut theirs: Vec<&str> = told.lines().filter_map(|line| line.split(' ').next()).collect();
    let Some(found) = parts(&place) else { return };
    let mut ours: Vec<&str> = found.iter().filter_map(|line| line.split('\t').nth(1)).collect();
    theirs.sort_unstable();
    ours.sort_unstable();
    assert_eq!(ours.len(), 14);
    assert_eq!(ours, theirs);
    let ledger = place.text("bag/metadata/events.csv");
    assert!(
        !ledger.contains(",fail,") && ledger.matches("digests of records agree").count() == 2,
        "{ledger}"
    );
}

#[test]
fn threads_make_no_difference_and_nothing_is_looked_into_where_nobody_asked() {
    let Some((place, _)) = made(include_str!("oracles/parts_makes.py")) else { return };
    for (threads, target) in [(1, "one.zip"), (4, "four.zip")] {
        place.folder(target.trim_end_matches(".zip"));
        let target = format!("{}/bag.zip", target.trim_end_matches(".zip"));
        place.fonds(&format!("bundle source {AT} --threads {threads} -o {target}")).ends(0);
    }
    assert_eq!(place.octets("one/bag.zip"), place.octets("four/bag.zip"));

    place.fonds(&format!("bundle source {AT} --no-parts -o plain")).ends(0);
    assert!(!place.text("plain/metadata/manifest.csv").contains(".parts/"));
    assert!(!place.text("plain/metadata/events.csv").contains("unpacking"));
}
