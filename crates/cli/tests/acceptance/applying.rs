//! `fonds describe --apply`: what people filled in becomes a new revision, and the old one stays.

use crate::bundles::AT;
use crate::oracle::{Oracle, bagit_validates, coreutils_agree};
use crate::place::Place;
use crate::trees;
use std::thread;
use std::time::{Duration, Instant};

/// When the changes are made, and by whom.
const LATER: &str = "--at 2026-12-01T09:30:00Z --agent Ada";

/// A few letters in `target`, one of which is described.
fn packed(target: &str, options: &str) -> Place {
    let place = Place::new();
    trees::letters(&place);
    place.file("letters/tide.txt", "the tide rose and fell and rose again\n".repeat(400));
    place.file("known.csv", "path,title,notes\na.txt,A letter,SEEN BY NOBODY\n");
    place.fonds(&format!("bundle letters {AT} --describe known.csv {options} -o {target}")).ends(0);
    place
}

/// A sheet that changes three cells of two documents.
fn filled_in(place: &Place) {
    place.file(
        "back.csv",
        "path;title;notes\r\ndata/b.txt;شهر;\"torn; at\nthe edge\"\r\ndata/a.txt;'tis;\r\n",
    );
}

/// The cells of one document by their columns.
fn row(place: &Place, sheet: &str, path: &str) -> std::collections::BTreeMap<String, String> {
    let text = place.text(sheet);
    let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
    let names = reader.headers().unwrap().clone();
    let rows = reader.records().map(Result::unwrap);
    let named = rows.map(|row| names.iter().zip(&row).map(|(n, c)| (n.to_owned(), c.to_owned())).collect());
    named.into_iter().find(|row: &std::collections::BTreeMap<String, String>| row["path"] == path).unwrap()
}

#[test]
fn a_revision_stands_beside_the_old_bundle_and_holds_the_same_documents() {
    for (bundle, options, revision) in [
        ("bag.zip", "", "bag-r2.zip"),
        ("bag.zip", "--compress", "bag-r2.zip"),
        ("bag", "", "bag-r2"),
        ("bag-r7.zip", "--digest sha512", "bag-r8.zip"),
    ] {
        let place = packed(bundle, options);
        filled_in(&place);
        let before = place.snapshot(bundle);
        let said = place.fonds(&format!("describe {bundle} back.csv --apply {LATER}"));
        said.ends(0).says("4 cells change").says(revision).says("`A letter` → `'tis`");
        before.expect_same(&place.snapshot(bundle));
        place.fonds(&format!("verify {revision}")).ends(0).remarks_nothing();

        place.fonds(&format!("extract {bundle} old")).ends(0);
        place.fonds(&format!("extract {revision} new")).ends(0);
        place.snapshot("old/data").documents().expect_same(&place.snapshot("new/data").documents());
        bagit_validates(&place, "new");
        if !options.contains("--digest") {
            coreutils_agree(&place, "new");
        }
        for path in ["bag-info.txt", "metadata/FORMAT.txt", "metadata/datapackage.json"] {
            assert_eq!(place.octets(format!("old/{path}")), place.octets(format!("new/{path}")), "{path}");
        }

        // It has a seal of its own.
        let [old, new] = ["old", "new"].map(|bag| place.text(format!("{bag}/seal/root.txt")));
        let name = |text: &str| text.lines().nth(1).unwrap().to_owned();
        assert_ne!(old, new);
        assert_eq!(name(&old), name(&new));
        assert_ne!(place.octets("old/seal/seed.txt"), place.octets("new/seal/seed.txt"));
        place.shell("python3 new/metadata/verify.py new").go().ends(0);

        let changed = row(&place, "new/metadata/manifest.csv", "data/a.txt");
        assert_eq!((&*changed["title"], &*changed["notes"]), ("''tis", ""));
        assert_eq!(changed["description_basis"], "title: person; notes: person");
        assert_eq!(row(&place, "new/metadata/manifest.csv", "data/b.txt")["notes"], "torn; at\nthe edge");
        let other = "data/sub/c.txt";
        let [old, new] =
            ["old", "new"].map(|bag| row(&place, &format!("{bag}/metadata/manifest.csv"), other));
        assert_eq!(old, new);

        // The ledger goes on, and names the old bundle.
        let [old, new] = ["old", "new"].map(|bag| place.text(format!("{bag}/metadata/events.csv")));
        let added: Vec<&str> = new.strip_prefix(&old).unwrap().lines().collect();
        assert_eq!(added.len(), 4, "{added:?}");
        assert!(added.iter().all(|line| line.contains(",2026-12-01T09:30:00Z,Ada,")), "{added:?}");
        assert!(added[0].contains(",message digest calculation,") && added[0].contains(",back.csv,"));
        assert!(added[1].contains("eventType/mem,") && added[1].contains(",data/a.txt,"));
        assert!(added[1].contains(r#"title: ""A letter"" → ""'tis""; notes: ""SEEN BY NOBODY"" → blank"#));
        let manifest = if options.contains("sha512") { "tagmanifest-sha512" } else { "tagmanifest-sha256" };
        let sum = place.shell(&format!("sha256sum old/{manifest}.txt")).go().out;
        assert!(added[3].contains(&format!("sha256:{}", sum.split_once(' ').unwrap().0)), "{added:?}");
        assert!(added[3].contains(",information package creation,") && added[3].contains(manifest));
        if let Some(python) = Oracle::python(include_str!("oracles/chain_agrees.py")) {
            python.agrees(place.root(), &["new"]);
        }
        // What was changed is changed now.
        let again = place.fonds(&format!("describe {revision} back.csv --apply {LATER} --format json"));
        let again = again.ends(0).json();
        assert_eq!(
            (&again["changes"], &again["applied"]),
            (&serde_json::json!([]), &serde_json::Value::Null)
        );
    }
}

#[test]
fn a_seed_serves_one_revision() {
    let place = packed("bag.zip", "");
    filled_in(&place);
    place.file("seed.txt", format!("{}\n", "0f".repeat(32)));
    place.fonds(&format!("bundle letters {AT} --seed seed.txt -o seeded.zip")).ends(0);
    let again = place.fonds(&format!("describe seeded.zip back.csv --apply {LATER} --seed seed.txt"));
    again.ends(2).remarks("expected a new seed, found that of an earlier revision");
    assert!(!place.root().join("seeded-r2.zip").exists());
    place.file("other.txt", format!("{}\n", "1f".repeat(32)));
    let told =
        place.fonds(&format!("describe seeded.zip back.csv --apply {LATER} --seed other.txt --format json"));
    let told = told.ends(0).json();
    let verified = place.fonds("verify seeded-r2.zip --format json").ends(0).json();
    assert_eq!(told["applied"]["fingerprint"], verified["bags"][0]["fingerprint"]);
}

#[test]
fn the_same_sheet_at_the_same_time_gives_the_same_octets() {
    let place = packed("bag.zip", "");
    filled_in(&place);
    for number in [1, 2, 4] {
        let line = format!("describe bag.zip back.csv --apply {LATER} --threads {number} -o out{number}.zip");
        let told = place.fonds(&format!("{line} --format json")).ends(0).json();
        assert_eq!(told["applied"]["output"], format!("out{number}.zip"));
        assert_eq!(place.octets(format!("out{number}.zip")), place.octets("out1.zip"));
    }
    // The next free number is taken, and nothing is overwritten.
    place.fonds(&format!("describe bag.zip back.csv --apply {LATER}")).ends(0).says("bag-r2.zip");
    place.fonds(&format!("describe bag.zip back.csv --apply {LATER}")).ends(0).says("bag-r3.zip");
    let before = place.snapshot("out1.zip");
    for target in ["out1.zip", "bag.zip"] {
        let said = place.fonds(&format!("describe bag.zip back.csv --apply {LATER} -o {target}"));
        said.ends(2).remarks("exists already");
    }
    before.expect_same(&place.snapshot("out1.zip"));
    place.fonds(&format!("describe bag.zip back.csv --apply {LATER} -o out")).ends(2).remarks(".zip");
}

#[test]
fn workbooks_are_applied_too() {
    let Some(python) = Oracle::python(include_str!("oracles/edit_workbook.py")) else { return };
    let place = packed("bag.zip", "");
    for form in ["xlsx", "ods"] {
        place.fonds(&format!("sheet bag.zip --{form} -o sent.{form}")).ends(0);
        let [sent, back] = ["sent", "back"].map(|name| format!("{name}.{form}"));
        python.agrees(place.root(), &[&sent, &back, "SEEN BY NOBODY", "دیده شد"]);
        let line = format!("describe bag.zip {back} --apply {LATER} -o {form}.zip");
        place.fonds(&line).ends(0).says("1 cells change");
        place.fonds(&format!("verify {form}.zip")).ends(0);
        place.fonds(&format!("extract {form}.zip {form}")).ends(0);
        let changed = row(&place, &format!("{form}/metadata/manifest.csv"), "data/a.txt");
        assert_eq!(changed["notes"], "دیده شد");
        assert_eq!(changed["description_basis"], "notes: person; title: list");
        place.fonds(&format!("describe {form}.zip {back}")).ends(0).says("Nothing would change");
    }
}

#[test]
fn what_cannot_all_be_taken_is_not_applied_at_all() {
    let place = packed("bag.zip", "");
    let before = place.names();
    for (sheet, why) in [
        ("path,title,size_bytes\ndata/a.txt,x,9\n", "nobody changes"),
        ("path,title,date_created\ndata/a.txt,x,05/07/2023\n", "2023-07-05 or 2023-05-07"),
        ("path,title,sensitivity\ndata/a.txt,x,secret\n", "expected one of"),
        ("path,title\ndata/a.txt,x\ndata/z.txt,y\n", "expected a document of this bundle"),
    ] {
        place.file("back.csv", sheet);
        let said = place.fonds(&format!("describe bag.zip back.csv --apply {LATER}"));
        said.ends(1).says(why).says("Nothing was written");
        std::fs::remove_file(place.at("back.csv")).unwrap();
        assert_eq!(place.names(), before);
    }
    place.file("back.csv", "path,title\ndata/a.txt,A letter\n");
    place.fonds("describe bag.zip back.csv --apply").ends(0).says("Nothing was written").says("have no row");
}

#[test]
fn what_people_really_send_is_applied() {
    let utf16: Vec<u8> =
        "\u{FEFF}notes\tpath\r\nپاره\tdata/a.txt\r\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    // «کتاب» in Windows-1256, with words enough to tell it by.
    let windows: Vec<u8> = [
        b"path;notes\r\ndata/a.txt;".as_slice(),
        &[
            0x98, 0xCA, 0xC7, 0xC8, 0x20, 0xE6, 0x20, 0xE4, 0xC7, 0xE3, 0xE5, 0x20, 0xC7, 0xD2, 0x20, 0xD4,
            0xE5, 0xD1,
        ],
        b"\r\n",
    ]
    .concat();
    let blank =
        format!("notes,path,extra\n{}پاره,data/a.txt,9\n{}", ",,\n".repeat(4000), ",,\n".repeat(4000));
    for (sheet, notes) in [(utf16, "پاره"), (windows, "کتاب و نامه از شهر"), (blank.into_bytes(), "پاره")]
    {
        let place = packed("bag.zip", "");
        place.file("back.csv", sheet);
        place.fonds(&format!("describe bag.zip back.csv --apply {LATER}")).ends(0).says("1 cells change");
        place.fonds("extract bag-r2.zip new").ends(0);
        assert_eq!(row(&place, "new/metadata/manifest.csv", "data/a.txt")["notes"], notes);
    }
}

#[test]
fn a_damaged_bundle_and_one_of_another_form_are_not_revised() {
    let place = packed("bag.zip", "");
    filled_in(&place);
    let at = place.octets("bag.zip").windows(9).position(|octets| octets == b"rose and ").unwrap();
    place.alter("bag.zip", |octets| octets[at] ^= 1);
    let before = place.names();
    let said = place.fonds(&format!("describe bag.zip back.csv --apply {LATER}"));
    said.ends(2).remarks("data/tide.txt").remarks("fonds verify");
    assert_eq!(place.names(), before);

    place.alter("bag.zip", |octets| octets[at] ^= 1);
    place.shell("mkdir out && cd out && fonds extract ../bag.zip bag && tar cf ../bag.tar bag").go().ends(0);
    place.fonds("describe bag.tar back.csv").ends(0).says("4 cells would change");
    let said = place.fonds(&format!("describe bag.tar back.csv --apply {LATER}"));
    said.ends(2).remarks("fonds extract");
    assert!(!place.at("bag-r2.zip").exists() && !place.at("bag.tar-r2.zip").exists());
}

#[test]
fn wherever_the_room_ends_nothing_is_left_over() {
    let place = packed("bag.zip", "");
    filled_in(&place);
    place.shell("fonds extract bag.zip bag").go().ends(0);
    let before = place.names();
    let (mut refused, mut done) = (0, 0);
    for (bundle, revision) in [("bag.zip", "bag-r2.zip"), ("bag", "bag-r2")] {
        for blocks in [0, 1, 3, 5, 10, 20, 50, 100, 150, 180, 400] {
            let line = format!("describe {bundle} back.csv --apply {LATER}");
            let run = place.shell(&format!("trap '' XFSZ; ulimit -f {blocks}; exec fonds {line}")).go();
            if run.status == Some(0) {
                place.fonds(&format!("verify {revision}")).ends(0);
                place.shell(&format!("rm -r {revision}")).go().ends(0);
                done += 1;
            } else {
                run.ends(2).remarks("cannot ").remarks("hint: free some space");
                refused += 1;
            }
            assert_eq!(place.names(), before, "with {blocks} blocks, {bundle}");
        }
    }
    assert!(refused >= 10 && done >= 2, "{refused} refused, {done} done");
}

#[test]
fn a_killed_run_leaves_the_old_bundle_and_no_half_revision() {
    let place = Place::new();
    trees::many(&place, "source", 600);
    place.file("source/large", trees::noise(3, 8 << 20));
    place.bundle("source", "bag.zip");
    place.file("back.csv", "path,title\ndata/large,Noise\n");
    let before = place.snapshot("bag.zip");
    let line = format!("describe bag.zip back.csv --apply {LATER} --threads 2 -o new.zip");
    let begun = Instant::now();
    place.fonds(&line).ends(0);
    let whole = begun.elapsed();
    let tries = 12;
    let mut killed = 0;
    for number in 0..tries {
        place.shell("rm -f new.zip").go().ends(0);
        let run = place.run(&line).begin();
        thread::sleep(whole * number / (tries - 2) + Duration::from_millis(1));
        run.signal("KILL");
        killed += u32::from(run.end().status.is_none());
        before.expect_same(&place.snapshot("bag.zip"));
        if place.at("new.zip").exists() {
            place.fonds("verify new.zip").ends(0);
        }
    }
    assert!(killed >= 3, "{killed} of {tries} runs were killed: not what was to be tried");
    let others = ["bag.zip", "back.csv", "new.zip", "source"];
    let left: Vec<String> = place.names().into_iter().filter(|name| !others.contains(&&**name)).collect();
    assert!(left.iter().all(|name| name.contains(".fonds-partial-")), "{left:?}");
    place.shell("rm -f new.zip").go().ends(0);
    place.fonds(&line).ends(0);
}
