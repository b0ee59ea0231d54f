//! What leaves for other systems, judged by their rules.

use crate::bundles::AT;
use crate::oracle::{Oracle, bagit_validates, coreutils_agree};
use crate::place::Place;

const SHEET: &str = "path,title,creator,publisher,date_published,date_created,date_as_written,language,place,people,subject,description,sensitivity,rights,acquired_how,custody_note,notes
quay/bells.txt,=Bells over the quay,Ada Quillfeather | Ben Marsh,The Ellery Post,1988-07-28,,۶ مرداد ۱۳۶۷,en-GB,Ellery | Upper Marsh,Ines Vale,tide | harbour,\"They rang \"\"at noon\"\", it says\\\",public,© The Ellery Post,Signal,Kept by Tomas Reed,Ask Tomas
ناقوس.txt,ناقوس‌های بندر,سارا ناخدا,,,1988~,,fa,,,,,,,,,
letter.txt,A letter of Ines,Ines Vale,,,1988-07/1988-09,,en,,Ines Vale,,,restricted,,by hand,,
plain.bin,,,,,,,,,,,,,,,,
";

/// A few documents and what is known of them, packed into the directory `bag`.
fn packed() -> Place {
    let place = Place::new();
    place.file("letters/quay/bells.txt", "The bells of Port Ellery rang at noon.\n");
    place.file("letters/ناقوس.txt", "ناقوس‌ها به صدا درآمدند.\n");
    place.file("letters/letter.txt", "Dear all,\n");
    place.file("letters/plain.bin", vec![7; 400_000]);
    place.file("letters/metadata/objects.txt", "a folder with a name that means something elsewhere\n");
    place.file("letters/processingMCP.xml", "<not/>");
    place.folder("letters/returned");
    place.file("list.csv", SHEET);
    place.fonds(&format!("bundle letters -o bag --describe list.csv {AT}")).ends(0);
    place
}

/// Nothing of these may stand in what goes to the public.
const SECRETS: [&str; 7] = ["Tomas", "Signal", "A letter of Ines", "letter.txt", "by hand", "سارا", "Ask"];

#[test]
fn archivematica_takes_a_transfer_in_with_all_that_is_known() {
    let place = packed();
    place.fonds("bundle letters -o bag.zip --describe list.csv --at 2026-11-22T10:00:00Z").ends(0);
    place.shell("tar cf bag.tar bag").go().ends(0);
    place.fonds("export bag --for archivematica -o transfer").ends(0).says("documents  6");
    place.fonds("export bag --for archivematica -o transfer.zip").ends(0);
    place.fonds("verify transfer transfer.zip").ends(0).says("2 CONSISTENT");
    bagit_validates(&place, "transfer");
    coreutils_agree(&place, "transfer");
    assert!(place.at("transfer/data/objects/returned").is_dir());
    if let Some(archivematica) = Oracle::python(include_str!("oracles/archivematica_takes.py")) {
        for transfer in ["transfer", "transfer.zip"] {
            let said = archivematica.agrees(place.root(), &[transfer, "bag"]);
            let mut counts = said.split_whitespace().map(|count| count.parse::<u32>().unwrap());
            assert_eq!(counts.next(), Some(6));
            assert!(counts.next() > Some(30), "{said}");
        }
    }
    // The same documents give the same octets, from whatever they lie in and however many hands carry them.
    let whole = place.octets("transfer.zip");
    for (bundle, target, threads) in [("bag", "a/transfer.zip", 1), ("bag.tar", "b/transfer.zip", 4)] {
        place.folder(&target[..1]);
        place.fonds(&format!("export {bundle} --for archivematica -o {target} --threads {threads}")).ends(0);
        assert!(place.octets(target) == whole, "{bundle}");
    }
    place.fonds("export bag.zip --for archivematica -o z").ends(0);
    let modified = |path: &str| std::fs::metadata(place.at(path)).unwrap().modified().unwrap();
    assert_eq!(modified("z/data/objects/plain.bin"), modified("letters/plain.bin"));
}

#[test]
fn atom_takes_its_rows_and_nobody_who_is_not_to_be_named_is_named() {
    let place = packed();
    let answer = place.fonds("export bag --for atom --format json");
    let json = answer.ends(0).json();
    assert_eq!(json["output"], "bag-atom.csv");
    assert_eq!(
        (&json["documents"], &json["kept_back"]),
        (&5.into(), &serde_json::json!(["data/letter.txt"]))
    );
    let withheld = serde_json::json!({"acquired_how": 1, "creator": 1, "custody_note": 1, "notes": 1});
    assert_eq!(json["withheld"], withheld);
    let text = place.text("bag-atom.csv");
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} is in\n{text}");
    }
    let remarks = json["remarks"].to_string();
    assert!(remarks.contains("got a space before it") && remarks.contains("backslash"), "{remarks}");
    let Some(atom) = Oracle::python(include_str!("oracles/atom_takes.py")) else { return };
    let records: serde_json::Value =
        serde_json::from_str(&atom.agrees(place.root(), &["bag-atom.csv", "bag"])).unwrap();
    let of = |path: &str| {
        let mut records = records.as_array().unwrap().iter();
        records.find(|record| record["digitalObjectPath"] == path).unwrap().clone()
    };
    let bells = of("data/quay/bells.txt");
    for (column, value) in [
        ("title", " =Bells over the quay"),
        ("eventTypes", "Creation|Creation|Publication"),
        ("eventActors", "Ada Quillfeather|Ben Marsh|The Ellery Post"),
        ("eventDates", "NULL|NULL|۶ مرداد ۱۳۶۷"),
        ("eventStartDates", "NULL|NULL|1988-07-28"),
        ("placeAccessPoints", "Ellery|Upper Marsh"),
        ("nameAccessPoints", "Ines Vale"),
        ("subjectAccessPoints", "tide|harbour"),
        ("reproductionConditions", "© The Ellery Post"),
        ("culture", "en"),
    ] {
        assert_eq!(bells[column], value, "{column}");
    }
    let persian = of("data/ناقوس.txt");
    assert_eq!((&persian["culture"], &persian["title"]), (&"fa".into(), &"ناقوس‌های بندر".into()));
    assert_eq!(
        (&persian["eventStartDates"], &persian["eventEndDates"]),
        (&"1988-01-01".into(), &"1988-12-31".into())
    );
    assert!(persian["archivistNote"].as_str().unwrap().contains("title: list"), "{persian}");
}

#[test]
fn records_of_dublin_core_are_valid_and_name_nobody_who_is_not_to_be_named() {
    let place = packed();
    place.fonds("export bag --for dublin-core -o records.xml").ends(0).says("kept back  1");
    let text = place.text("records.xml");
    for secret in SECRETS {
        assert!(!text.contains(secret), "{secret} is in\n{text}");
    }
    let Some(valid) = Oracle::environment_script(include_str!("oracles/dublin_core_valid.py")) else {
        return;
    };
    let said = valid.agrees(place.root(), &["records.xml"]);
    let records: Vec<Vec<(String, Option<String>, String)>> = serde_json::from_str(&said).unwrap();
    assert_eq!(records.len(), 5);
    let has = |name: &str, language: Option<&str>, value: &str| {
        let is = |(n, l, v): &(String, Option<String>, String)| {
            n == name && l.as_deref() == language && v == value
        };
        assert!(records.iter().flatten().any(is), "{name} {value} is not in {records:#?}");
    };
    has("title", Some("en-GB"), "=Bells over the quay");
    has("title", Some("fa"), "ناقوس‌های بندر");
    has("creator", None, "Ben Marsh");
    has("date", None, "1988-07-28");
    has("subject", None, "harbour");
    has("coverage", None, "Upper Marsh");
    has("description", None, "They rang \"at noon\", it says\\");
}

#[test]
fn what_goes_out_comes_back() {
    let place = packed();
    place.fonds("export bag --for archivematica -o transfer").ends(0);
    place.fonds("export bag --for atom -o atom.csv").ends(0);
    let columns = |bag: &str, path: &str| {
        let sheet = place.text(format!("{bag}/metadata/manifest.csv"));
        sheet.lines().find(|line| line.contains(path)).unwrap().to_owned()
    };
    place
        .fonds(&format!("bundle letters -o again --describe transfer/data/metadata/metadata.csv {AT}"))
        .ends(0)
        .says("described  6 documents by the list that was given: metadata.csv of Archivematica");
    for value in [
        "'=Bells over the quay",
        "Ada Quillfeather | Ben Marsh",
        ",1988-07-28,",
        "۶ مرداد ۱۳۶۷",
        "en-GB",
        "Ellery | Upper Marsh",
        "tide | harbour",
        ",public,",
        "Signal",
        "Kept by Tomas Reed",
        "Ask Tomas",
    ] {
        assert!(
            columns("again", "quay/bells.txt").contains(value),
            "{value} is not in {}",
            columns("again", "quay/bells.txt")
        );
    }
    place
        .fonds(&format!("bundle letters -o third --describe atom.csv {AT}"))
        .ends(0)
        .says("described  5 documents by the list that was given: ISAD(G) template of AtoM")
        .remarks("1 rows describe folders or higher levels");
    for value in [
        "'=Bells over the quay",
        "Ada Quillfeather | Ben Marsh",
        "The Ellery Post",
        ",1988-07-28,",
        "۶ مرداد ۱۳۶۷",
        "Ellery | Upper Marsh",
    ] {
        assert!(
            columns("third", "quay/bells.txt").contains(value),
            "{value} is not in {}",
            columns("third", "quay/bells.txt")
        );
    }
    assert!(columns("third", "ناقوس.txt").contains(",1988,"), "{}", columns("third", "ناقوس.txt"));
    place.fonds("verify again third").ends(0).says("2 CONSISTENT");
}

#[test]
fn a_damaged_bundle_leaves_nothing() {
    let place = packed();
    place.fonds("export bag --for archivematica -o before.zip").ends(0);
    let names = place.names();
    place.alter("bag/data/plain.bin", |octets| octets[300_000] ^= 1);
    for target in ["no.zip", "no"] {
        place
            .fonds(&format!("export bag --for archivematica -o {target}"))
            .ends(2)
            .says_nothing()
            .remarks("cannot make a pack of a damaged bundle:\n  `data/plain.bin`: ");
    }
    place.alter("bag/data/plain.bin", |octets| octets[300_000] ^= 1);
    place.file("bag/data/more.txt", "nobody listed it");
    place.fonds("export bag --for archivematica -o no").ends(2).remarks("more.txt");
    std::fs::remove_file(place.at("bag/data/more.txt")).unwrap();
    place.alter("bag/metadata/manifest.csv", |sheet| sheet[2000] ^= 1);
    for pack in ["archivematica", "atom", "dublin-core"] {
        place
            .fonds(&format!("export bag --for {pack} -o no"))
            .ends(2)
            .says_nothing()
            .remarks("cannot use `metadata/manifest.csv`");
    }
    assert_eq!(place.names(), names);
}

#[test]
fn nothing_is_overwritten_and_only_bundles_are_taken() {
    let place = packed();
    place.file("records.xml", "mine");
    place.fonds("export bag --for dublin-core -o records.xml").ends(2).remarks("it exists already");
    assert_eq!(place.text("records.xml"), "mine");
    place.fonds("export letters --for atom -o no.csv").ends(2).remarks("expected `metadata/manifest.csv`");
    place.fonds("export bag --for paper -o no").ends(2).remarks("expected one of archivematica, atom");
    let json = place.fonds("export letters --for atom -o no.csv --format json").ends(2).json();
    assert_eq!(json["command"], "export");
}
