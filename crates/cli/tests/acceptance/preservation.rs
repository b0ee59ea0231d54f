//! `fonds export --for premis` and `--for ro-crate`.

use crate::oracle::Oracle;
use crate::place::Place;
use crate::trees;
use std::fs;

/// What people wrote of three documents; whoever is invented here stands for somebody in danger.
const LIST: &str = "path,title,creator,sensitivity,rights,place,derived_from,subject,people,notes\r\n\
    data/aa,Ledger & <lists>,Ann Invented | Bob Made-Up,public,Port Ellery Archive,Port Ellery | Harrow Bay,,harbour | ledger,Dora Nobody,a secret note\r\n\
    data/a.b,Letter,Carol Unnamed,sealed,given by Carol Unnamed,Hidden Cove,ITEM,,,\r\n\
    data/a-b,Copy,Edith Unsaid,,,,item-0000000000000000,,,\r\n";

/// A rich tree in the bundle `bag`, with events of every sort that a simple source gives.
fn packed() -> Place {
    let place = Place::new();
    trees::rich(&place, "source");
    std::os::unix::fs::symlink("aa", place.at("source/link")).unwrap();
    place.file("list.csv", LIST.replace("ITEM", AA));
    place
        .fonds(
            "bundle source -o bag.zip --at 2026-01-02T00:00:00Z --agent=Archive --organization=Archive --describe list.csv",
        )
        .ends(0);
    place.fonds("extract bag.zip bag").ends(0);
    place
}

/// `printf 'fonds-item/v1\0data/aa' | sha256sum | cut -c -16`
const AA: &str = "item-0f10967af1cdbde3";

/// Words that must not leave by these packs.
const WITHHELD: [&str; 6] =
    ["Carol Unnamed", "Edith Unsaid", "Dora Nobody", "Hidden Cove", "a secret note", "Letter"];

#[test]
fn premis_is_valid_and_says_what_the_bundle_says() {
    let place = packed();
    let said = place.fonds("export bag.zip --for premis");
    said.ends(0)
        .says("bag-premis.xml")
        .says("documents  26")
        .says("rights of 1")
        .remarks("1 document(s) say");
    let text = place.text("bag-premis.xml");
    for word in WITHHELD.iter().chain(&["Ann Invented", "Ledger"]) {
        assert!(!text.contains(word), "{word}");
    }
    assert!(
        text.contains("<otherRightsNote>Port Ellery Archive</otherRightsNote>"),
        "rights of the open one"
    );
    assert_eq!(text.matches(">has source<").count(), 1);
    if let Some(oracle) = Oracle::environment_script(include_str!("oracles/premis_agrees.py")) {
        oracle.agrees(place.root(), &["bag-premis.xml", "bag"]);
    }
    if let Some(xmllint) = Oracle::tool("xmllint") {
        xmllint.agrees(place.root(), &["--noout", "--nonet", "bag-premis.xml"]);
    }
}

#[test]
fn premis_of_whatever_may_arrive_is_valid() {
    let place = Place::new();
    place.file("source/]]> & \"<x>\" 'y'", "x");
    place.file("source/page.html", "<html><body>x</body></html>");
    place.file("source/page.pdf", "<html><body>no paper</body></html>");
    place.file("source/CON.txt", "x");
    place.file("source/\u{FFFE}\u{FFFF}.bin", [0, 1, 2, 255]);
    place.file("source/\u{202E}fdp.exe", [0x4D, 0x5A, 0x90, 0]);
    place.folder("source/nothing");
    place.file("source/SHA256SUMS", format!("{}  gone.txt\n", "0".repeat(64)));
    place.fonds("bundle source -o bag --names portable --at 2026-01-02T00:00:00Z").ends(0);
    place.fonds("export bag --for premis -o out.xml").ends(0);
    let text = place.text("out.xml");
    assert!(text.contains("\\xEF\\xBF\\xBE\\xEF\\xBF\\xBF.bin"), "what XML cannot hold is spelt");
    assert!(text.contains("gone.txt</eventDetail>") && text.contains("done to: data/nothing/"), "{text}");
    if let Some(oracle) = Oracle::environment_script(include_str!("oracles/premis_agrees.py")) {
        // Two names differ from the sheet, which can hold what XML cannot.
        let text = text.replace("\\xEF\\xBF\\xBE\\xEF\\xBF\\xBF.bin", "SPELT");
        place.file("out.xml", text);
        place.alter("bag/metadata/manifest.csv", |octets| {
            let sheet = String::from_utf8(octets.clone()).unwrap();
            *octets = sheet.replace("\u{FFFE}\u{FFFF}.bin", "SPELT").into_bytes();
        });
        place.alter("bag/metadata/events.csv", |octets| {
            let sheet = String::from_utf8(octets.clone()).unwrap();
            *octets = sheet.replace("\u{FFFE}\u{FFFF}.bin", "SPELT").into_bytes();
        });
        oracle.agrees(place.root(), &["out.xml", "bag"]);
    }
}

/// What a revision records has old and new values in it: of people, and of a custody that nobody is to read.
#[test]
fn what_people_changed_goes_out_in_no_event() {
    let place = packed();
    let sheet =
        "path,people,custody_note,sensitivity\ndata/a.txt,Zed Ostrander,from the courier Quill,sealed\n";
    place.file("source2/a.txt", "a");
    place.file("back.csv", sheet);
    place.fonds("bundle source2 -o kept.zip --at 2026-01-02T00:00:00Z").ends(0);
    place.fonds("describe kept.zip back.csv --apply --at 2026-02-02T00:00:00Z").ends(0);
    for (pack, out) in [("premis", "kept.xml"), ("ro-crate", "kept.json")] {
        place.fonds(&format!("export kept-r2.zip --for {pack} -o {out}")).ends(0);
        let text = place.text(out);
        for name in ["Ostrander", "Quill"] {
            assert!(!text.contains(name), "{pack} names {name}");
        }
        assert!(text.contains("changed: people, sensitivity, custody_note"), "{pack}: {text}");
    }
}

#[test]
fn a_crate_wraps_the_bundle_and_the_validator_is_content() {
    let place = packed();
    let said = place.fonds("export bag.zip --for ro-crate -o crate");
    said.ends(0).says("documents  26").says("creator of 2").remarks("only of documents whose sensitivity");
    place.fonds("verify crate/bag").ends(0);
    let [wrapped, bag] = ["crate/bag", "bag"].map(|path| place.snapshot(path).documents());
    assert!(wrapped == bag, "the bag stays what it is");
    let text = place.text("crate/ro-crate-metadata.json");
    for word in WITHHELD {
        assert!(!text.contains(word), "{word}");
    }
    let graph: serde_json::Value = serde_json::from_str(&text).unwrap();
    let entities = graph["@graph"].as_array().unwrap();
    let of = |id: &str| entities.iter().find(|entity| entity["@id"] == id).unwrap_or_else(|| panic!("{id}"));
    let ledger = of("bag/data/aa");
    assert_eq!(ledger["name"], "Ledger & <lists>");
    assert_eq!(ledger["creator"], serde_json::json!(["Ann Invented", "Bob Made-Up"]));
    assert_eq!(ledger["keywords"], serde_json::json!(["harbour", "ledger"]));
    assert_eq!(of("bag/data/a.b")["isBasedOn"]["@id"], "bag/data/aa");
    assert_eq!(of("bag/data/a.b")["name"], "a.b", "a sealed document is called by its file");
    of("bag/data/@at,%20%22quoted%22");
    of("bag/data/گزارش%20۱۳۶۷/نامه‌ها/«نامهٔ%20اول»، تهران.txt".replace(' ', "%20").as_str());
    if let Some(oracle) = Oracle::environment_script(include_str!("oracles/ro_crate_agrees.py")) {
        let wishes = oracle.agrees(place.root(), &["crate", "bag"]);
        // What is recommended and nobody knows: a description and a format of each document, an address of a licence,
        // and how to reach the archive. The last is a slip of the validator, which asks it of each type.
        let known = [
            "Data Entity: RECOMMENDED `description` property",
            "File Data Entity: RECOMMENDED `encodingFormat` property",
            "License entity: SHOULD have absolute URL @id",
            "Organization: RECOMMENDED contactPoint references ContactPoint entity",
            "Organization: RECOMMENDED url property",
            "Organization: SHOULD have ROR identifier",
            "Root Data Entity: at least one author/publisher SHOULD have contactPoint",
            "type of Encoding format: RECOMMENDED types",
        ];
        let others: Vec<_> = wishes.lines().filter(|wish| !known.contains(wish)).collect();
        assert!(others.is_empty(), "{others:?}");
    }
}

#[test]
fn the_same_bundle_gives_the_same_packs_from_any_container() {
    let place = packed();
    for (name, bag) in [("one", "bag.zip"), ("two", "bag.zip"), ("three", "bag")] {
        place.fonds(&format!("export {bag} --for premis -o {name}.xml")).ends(0);
        place.fonds(&format!("export {bag} --for ro-crate -o {name}.json")).ends(0);
    }
    for name in ["two", "three"] {
        for form in ["xml", "json"] {
            assert_eq!(place.text(format!("one.{form}")), place.text(format!("{name}.{form}")), "{name}");
        }
    }
    let said = place.fonds("export bag --for ro-crate -o crate");
    said.ends(0);
    assert_eq!(place.text("crate/ro-crate-metadata.json"), place.text("one.json"));
    place
        .fonds("export bag --for ro-crate -o alone.json")
        .remarks("`ro-crate-metadata.json`")
        .remarks("`bag`");
}

#[test]
fn of_a_damaged_bundle_nothing_leaves() {
    let place = packed();
    fs::copy(place.at("bag/metadata/events.csv"), place.at("sound.csv")).unwrap();
    place.alter("bag/metadata/events.csv", |octets| {
        let last = octets.len() - 3;
        octets[last] ^= 1;
    });
    for (pack, out) in [("premis", "out.xml"), ("ro-crate", "out.json"), ("ro-crate", "crate")] {
        place.fonds(&format!("export bag --for {pack} -o {out}")).ends(2).remarks("metadata/events.csv");
        assert!(!place.at(out).exists());
    }
    fs::copy(place.at("sound.csv"), place.at("bag/metadata/events.csv")).unwrap();
    place.alter("bag/data/a/z", |octets| octets[0] ^= 1);
    let said = place.fonds("export bag --for ro-crate -o crate");
    said.ends(2).remarks("data/a/z").remarks("`fonds verify`");
    let left: Vec<_> = place.names().into_iter().filter(|name| name.contains("crate")).collect();
    assert!(left.is_empty(), "{left:?}");
    place.file("there.xml", "mine");
    place.fonds("export bag.zip --for premis -o there.xml").ends(2).remarks("exists already");
    assert_eq!(place.text("there.xml"), "mine");
}
