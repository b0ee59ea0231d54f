//! The seal: its root is that of the files, of the same run always the same, and the verifier that is in
//! every bundle, which shares no code with ours, comes to the same.

use crate::bundles::{AT, packed_letters};
use crate::oracle::Oracle;
use crate::place::Place;
use crate::trees;
use std::path::{Path, PathBuf};

const SEED: &str = "00112233445566778899aabbccddeeff0123456789abcdeffedcba9876543210\n";

fn repository(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path)
}

fn verifier() -> PathBuf {
    repository("crates/export/src/verify.py")
}

/// What the verifier says of a bag, and how it ends; `None`, after a line that says so, without Python.
fn python(place: &Place, bag: &Path) -> Option<(i32, String)> {
    Oracle::tool("python3")?;
    let line = format!("python3 -I {} {}; echo status $?", verifier().display(), bag.display());
    let said = place.shell(&line).go().out;
    let status = said.lines().last()?.strip_prefix("status ")?.parse().ok()?;
    Some((status, said))
}

fn fingerprint(place: &Place, line: &str) -> String {
    let said = place.fonds(line).json();
    let one = said.get("bags").map_or(&said, |bags| &bags[0]);
    one["fingerprint"].as_str().unwrap_or_else(|| panic!("no fingerprint: {one}")).to_owned()
}

#[test]
fn every_command_and_the_verifier_inside_tell_the_same_fingerprint() {
    let place = Place::new();
    trees::rich(&place, "tree");
    let bundles = [
        ("stored.zip", ""),
        ("deflated.zip", "--compress"),
        ("folder", ""),
        ("sha512.zip", "--digest sha512"),
        ("sha256.zip", "--digest sha256 --no-describe"),
    ];
    for (target, flags) in bundles {
        let said = fingerprint(&place, &format!("bundle tree -o {target} {flags} --format json"));
        assert_eq!(fingerprint(&place, &format!("verify {target} --format json")), said, "{target}");
        assert_eq!(fingerprint(&place, &format!("inspect {target} --format json")), said, "{target}");
        place.fonds(&format!("verify {target}")).ends(0).says(&said);
        place.fonds(&format!("inspect {target}")).ends(0).says(&said);
        let Some((status, words)) = python(&place, &place.at(target)) else { continue };
        assert_eq!(status, 0, "{words}");
        assert!(words.contains(&said) && words.contains("CONSISTENT"), "{words}");
    }
    place.fonds("extract stored.zip out").ends(0);
    let inside = place.text("out/metadata/verify.py");
    assert_eq!(inside, std::fs::read_to_string(verifier()).unwrap());
    if Oracle::tool("python3").is_some() {
        place.shell("cd out && exec python3 metadata/verify.py .").go().ends(0).says("CONSISTENT");
    }
}

#[test]
fn the_verifier_is_short_and_needs_python_alone() {
    let text = std::fs::read_to_string(verifier()).unwrap();
    assert!(text.lines().count() <= 300, "{} lines", text.lines().count());
    let imported: Vec<&str> = text.lines().filter_map(|line| line.strip_prefix("import ")).collect();
    assert_eq!(imported, ["hashlib", "hmac", "os", "re", "sys", "zipfile", "zlib"]);
}

#[test]
fn the_verifier_comes_to_every_vector() {
    let Some(oracle) = Oracle::python(include_str!("oracles/seal_agrees.py")) else { return };
    let said = oracle.agrees(Path::new("/"), &[verifier(), repository("fixtures/seal")]);
    assert!(said.starts_with("14 disclosures, ") && said.len() > "14 disclosures, 999".len(), "{said}");
}

#[test]
fn no_flipped_bit_passes_the_verifier() {
    let place = packed_letters("bundle");
    let Some(oracle) = Oracle::python(include_str!("oracles/seal_flips.py")) else { return };
    println!("{}", oracle.agrees(place.root(), &[verifier(), place.at("bundle")]));
}

#[test]
fn both_judge_the_fixtures_alike() {
    let place = Place::new();
    for (folder, names, status) in [
        ("consistent", ["sealed", "W406_added_to_a_sealed_bundle"].as_slice(), 0),
        ("altered", &["E512_root_of_another_form", "E512_seed_cut_short"], 1),
        ("altered", &["E513_another_name", "E513_rewritten_by_an_insider"], 1),
        ("altered", &["E514_seal_taken_away", "E515_seed_taken_away"], 1),
        ("consistent", &["disclosure"], 0),
        ("altered", &["E530_opened_with_another_line_end", "E530_proof_taken_away"], 1),
        ("altered", &["E531_opened_at_another_index", "E531_proof_of_another_tree"], 1),
        ("altered", &["E534_seed_of_the_whole"], 1),
        ("incomplete", &["W516_seal_of_another_kind"], 3),
    ] {
        for name in names {
            let bag = repository("fixtures/bags").join(folder).join(name);
            place.run("verify").with(&bag).go().ends(status);
            let Some((theirs, words)) = python(&place, &bag) else { return };
            // What it cannot check it ends with 2.
            assert_eq!(theirs, if status == 3 { 2 } else { status }, "{name}: {words}");
        }
    }
}

#[test]
fn a_part_is_proved_to_be_of_the_whole() {
    let place = packed_letters("bundle");
    let Some(oracle) = Oracle::python(include_str!("oracles/discloses.py")) else { return };
    let documents = place.text("bundle/manifest-sha256.txt");
    let document = documents.lines().next().unwrap().split_once("  ").unwrap().1.to_owned();
    let arguments = [verifier(), place.at("bundle"), place.at("part"), PathBuf::from(&document)];
    let slots = oracle.agrees(place.root(), &arguments);
    let (status, words) = python(&place, &place.at("part")).unwrap();
    assert_eq!(status, 0, "{words}");
    assert!(words.contains(&format!("{} slots withheld", slots.trim())), "{words}");
    // Ours asks for more: who withheld the rest, and the sheets.
    let ours = place.fonds("verify part");
    ours.ends(1)
        .says("E533 error seal/disclosure/statement.txt: expected a statement")
        .says("slots withheld");
    assert!(!ours.out.contains("E531") && !ours.out.contains("E532"), "{}", ours.out);
}

#[test]
fn a_seed_is_drawn_derived_or_given() {
    let place = Place::new();
    trees::letters(&place);
    place.file("seed", SEED);
    for target in ["a", "b"] {
        place.folder(target);
        place.fonds(&format!("bundle letters -o {target}/drawn")).ends(0);
        place.fonds(&format!("bundle letters {AT} -o {target}/derived.zip")).ends(0);
        place.fonds(&format!("bundle letters {AT} --seed seed -o {target}/given")).ends(0);
        place
            .run(&format!("bundle letters -o {target}/epoch.zip"))
            .env("SOURCE_DATE_EPOCH", "1700000000")
            .go()
            .ends(0);
    }
    let seed = |bundle: &str| place.text(format!("{bundle}/seal/seed.txt"));
    assert_ne!(seed("a/drawn"), seed("b/drawn"));
    assert_eq!(seed("a/given"), SEED);
    assert_eq!(place.text("a/given/seal/root.txt"), place.text("b/given/seal/root.txt"));
    for same in ["derived.zip", "epoch.zip"] {
        assert!(place.octets(format!("a/{same}")) == place.octets(format!("b/{same}")), "{same} differs");
    }
    for bundle in ["a/drawn", "a/derived.zip", "a/given", "a/epoch.zip"] {
        place.fonds(&format!("verify {bundle}")).ends(0);
    }
    // Documents that differ in an octet have another derived seed.
    place.fonds(&format!("bundle letters {AT} -o a/derived")).ends(0);
    place.file("letters/more.txt", "x");
    place.fonds(&format!("bundle letters {AT} -o b/derived")).ends(0);
    assert_ne!(seed("a/derived"), seed("b/derived"));
}

#[test]
fn a_seed_that_is_none_is_refused_and_never_told() {
    let place = Place::new();
    trees::letters(&place);
    let wrong = [
        SEED.to_uppercase(),
        SEED[1..].to_owned(),
        format!("{SEED}\n"),
        SEED.trim().to_owned(),
        String::new(),
    ];
    for (number, text) in wrong.iter().enumerate() {
        place.file("seed", text);
        let outcome = place.fonds("bundle letters --seed seed -o bundle.zip");
        outcome.ends(2).says_nothing().remarks("cannot take the seed from `seed`: expected 64 digits");
        assert!(!outcome.err.contains("ccddeeff"), "{number}: {}", outcome.err);
    }
    place.fonds("bundle letters --seed nowhere -o bundle.zip").ends(2).remarks("No such file");
    assert_eq!(place.names(), ["letters", "seed"]);
}
