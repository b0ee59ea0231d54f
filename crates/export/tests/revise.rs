//! A bundle that is made anew holds the same payload, and the old one stays what it was.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/bundles.rs"]
mod bundles;
#[path = "support/canonical.rs"]
mod canonical;

use bundles::{at, pack, report_of};
use canonical::parts_of;
use export::ErrorKind;
use export::bundle::Form;
use export::revise::{Changes, FinalFile, Revised, Revision, Sealer, Target, revise, sealer};
use export::sealing::root_of;
use fixity::{Algorithm, sum_of};
use provenance::seal::{self, Seed};
use provenance::{Attribution, Event, EventType, LedgerWriter, Outcome};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

const FORMS: [Form; 3] = [Form::Zip, Form::CompressedZip, Form::Directory];
const NOTE: &str = "metadata/note.txt";

fn name_of(form: Form) -> &'static str {
    if form == Form::Directory { "tide" } else { "tide.zip" }
}

fn made(
    source: &Path,
    target: Target<'_>,
    changes: Changes,
    sealer: Option<Sealer<'_>>,
) -> export::Result<Revised> {
    let at = at("2026-02-07T10:00:00Z");
    revise(Revision { source, target, changes, sealer, at, threads: 2 }, &())
}

fn noted() -> Changes {
    let mut changes = Changes::default();
    changes.put(NOTE, b"low water ".repeat(40));
    changes.remove("metadata/datapackage.json");
    changes
}

/// Seals the revision of a bundle as `describe` does, with a derived seed.
fn resealed(source: &Path) -> Sealer<'static> {
    sealer(&*bagit::container::open(source).unwrap(), None).unwrap()
}

fn signed() -> Changes {
    let mut changes = Changes::default();
    changes.put("seal/signatures/ada.note", b"signed\n".to_vec());
    changes
}

/// Every file of a bag by its path.
fn files(bag: &Path) -> BTreeMap<String, Vec<u8>> {
    let container = bagit::container::open(bag).unwrap();
    let entries = container.entries().iter().enumerate();
    let files = entries.filter(|(_, entry)| entry.kind == bagit::container::EntryKind::File);
    files
        .map(|(index, entry)| {
            let mut octets = Vec::new();
            container.open(index, &|_, _| {}).unwrap().read_to_end(&mut octets).unwrap();
            (entry.path.as_str().to_owned(), octets)
        })
        .collect()
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn tag_files_change_and_nothing_else_does() {
    for form in FORMS {
        let place = tempfile::tempdir().unwrap();
        let source = place.path().join(name_of(form));
        pack(&source, form);
        let before = files(&source);
        let target = place.path().join(format!("r2-{}", name_of(form)));
        let revised = made(&source, Target::At(&target), noted(), Some(resealed(&source))).unwrap();
        assert_eq!(files(&source), before, "{form:?}: the old one is only read");
        assert_eq!(report_of(&target).findings, [], "{form:?}");

        let mut after = files(&target);
        let root = after.remove(seal::ROOT).unwrap();
        assert_eq!(seal::Root::parse(&root).unwrap(), revised.root.unwrap());
        after.remove(seal::SEED).unwrap();
        assert_eq!(after.remove(NOTE).unwrap(), b"low water ".repeat(40));
        let mut expected = before.clone();
        expected.remove("metadata/datapackage.json").unwrap();
        assert_ne!(expected.remove(seal::ROOT).unwrap(), root, "{form:?}");
        expected.remove(seal::SEED).unwrap();
        for (algorithm, (path, digest)) in
            [Algorithm::Sha256, Algorithm::Sha512].into_iter().zip(&revised.tag_manifests)
        {
            expected.remove(path).unwrap();
            let text = after.remove(path).unwrap();
            assert_eq!(sum_of(&text, &[algorithm]).digests[0].to_string(), *digest);
            let text = String::from_utf8(text).unwrap();
            let listed: Vec<&str> = text.lines().map(|line| line.split_once("  ").unwrap().1).collect();
            let is_listed = |path: &&str| !path.starts_with("data/") && !path.starts_with("tagmanifest-");
            let mut wanted: Vec<&str> =
                after.keys().map(String::as_str).filter(is_listed).chain([NOTE]).collect();
            wanted.sort_unstable();
            assert_eq!(listed, wanted, "{form:?}");
        }
        assert_eq!(after, expected, "{form:?}");
    }
}

#[test]
fn what_stays_in_a_zip_stays_as_it_is_deflated() {
    for form in [Form::Zip, Form::CompressedZip] {
        let place = tempfile::tempdir().unwrap();
        let (source, target) = (place.path().join("tide.zip"), place.path().join("other.zip"));
        pack(&source, form);
        made(&source, Target::At(&target), noted(), Some(resealed(&source))).unwrap();
        let (old, new) = (fs::read(&source).unwrap(), fs::read(&target).unwrap());
        let (old, new) = (parts_of(&old), parts_of(&new));
        assert!(new.is_sorted_by_key(|part| part.name.clone()));
        assert!(new.iter().all(|part| part.name.starts_with("tide/")), "the top directory is kept");
        let stays = |part: &&canonical::Part| {
            !["note", "datapackage", "tagmanifest", "seal/"].iter().any(|word| part.name.contains(word))
        };
        let local = |part: &canonical::Part| canonical::zip_of(std::slice::from_ref(part));
        let kept = |parts: &[canonical::Part]| parts.iter().filter(stays).map(local).collect::<Vec<_>>();
        assert_eq!(kept(&old), kept(&new), "{form:?}");
        // The note is 400 octets of one word: it is deflated where the others are.
        let note = new.iter().find(|part| part.name.ends_with("note.txt")).unwrap();
        assert_eq!(local(note).len() < 400, form == Form::CompressedZip, "{form:?}");
    }
}

#[test]
fn the_same_changes_give_the_same_octets() {
    let place = tempfile::tempdir().unwrap();
    let source = place.path().join("tide.zip");
    pack(&source, Form::Zip);
    let targets = ["a.zip", "b.zip"].map(|name| place.path().join(name));
    for target in &targets {
        made(&source, Target::At(target), noted(), None).unwrap();
    }
    assert_eq!(fs::read(&targets[0]).unwrap(), fs::read(&targets[1]).unwrap());
}

#[test]
fn a_seal_is_added_in_place_and_the_bundle_stays_the_same() {
    for form in FORMS {
        let place = tempfile::tempdir().unwrap();
        let source = place.path().join(name_of(form));
        pack(&source, form);
        let before = files(&source);
        made(&source, Target::InPlace, signed(), None).unwrap();
        let report = report_of(&source);
        assert!(report.findings.iter().all(|finding| finding.path.starts_with("seal/")), "{form:?}");
        assert!(report.verdict().is_sound(), "{form:?}");
        let mut after = files(&source);
        assert_eq!(after.remove("seal/signatures/ada.note").unwrap(), b"signed\n");
        assert_eq!(after, before, "{form:?}: tag manifests, too");
        assert_eq!(names(place.path()), [name_of(form)]);

        // A revision of it leaves the seal out, which speaks of the old bundle.
        let target = place.path().join("other.zip");
        made(&source, Target::At(&target), noted(), None).unwrap();
        assert!(!files(&target).keys().any(|path| path.starts_with("seal/")), "{form:?}");
        assert!(!target.join("seal").exists());
    }
}

#[test]
fn a_bundle_that_is_sealed_no_more_does_not_say_so() {
    let place = tempfile::tempdir().unwrap();
    let source = place.path().join("tide");
    pack(&source, Form::Directory);
    let info = fs::read_to_string(source.join("bag-info.txt")).unwrap();
    let target = place.path().join("unsealed");
    made(&source, Target::At(&target), noted(), None).unwrap();
    let unsealed = fs::read_to_string(target.join("bag-info.txt")).unwrap();
    assert_eq!(format!("{unsealed}Fonds-Seal: bundle-root/v1\n"), info);
    assert!(!target.join("seal").exists());
    // And one that never was says so once it is.
    let sealed = place.path().join("sealed");
    let mut changes = Changes::default();
    changes.put(NOTE, b"high water\n".to_vec());
    made(&target, Target::At(&sealed), changes, Some(resealed(&target))).unwrap();
    assert_eq!(fs::read_to_string(sealed.join("bag-info.txt")).unwrap(), info);
    assert_eq!(report_of(&sealed).findings, []);
    assert_eq!(report_of(&target).findings, []);
}

#[test]
fn whoever_seals_hears_of_every_file() {
    for form in FORMS {
        let place = tempfile::tempdir().unwrap();
        let source = place.path().join(name_of(form));
        pack(&source, form);
        let target = place.path().join("other");
        let mut heard: Vec<FinalFile> = Vec::new();
        let seal = resealed(&source);
        let listening = |files: &[FinalFile]| {
            heard = files.to_vec();
            seal(files)
        };
        made(&source, Target::At(&target), noted(), Some(Box::new(listening))).unwrap();
        let mut expected = files(&target);
        expected.retain(|path, _| !path.starts_with(seal::FOLDER));
        let summed = expected.into_iter().map(|(path, octets)| FinalFile {
            path,
            size_octets: octets.len() as u64,
            digests: sum_of(&octets, &[Algorithm::Sha256, Algorithm::Sha512]).digests,
        });
        assert_eq!(heard, summed.collect::<Vec<_>>(), "{form:?}");

        let wrong = |_: &[FinalFile]| Ok(vec![("root.txt".to_owned(), Vec::new())]);
        let error =
            made(&source, Target::At(&place.path().join("w")), signed(), Some(Box::new(wrong))).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request);
    }
}

#[test]
fn damage_is_not_carried_on() {
    for form in FORMS {
        let place = tempfile::tempdir().unwrap();
        let source = place.path().join(name_of(form));
        pack(&source, form);
        let damaged =
            if form == Form::Directory { source.join("data/tide, hourly.csv") } else { source.clone() };
        let mut octets = fs::read(&damaged).unwrap();
        let place_of_damage = octets.windows(4).position(|octets| octets == b"1,88");
        // Deflated, the text stands nowhere; its entry follows its name.
        let named = octets.windows(10).position(|octets| octets == b"hourly.csv");
        let place_of_damage = place_of_damage.unwrap_or_else(|| named.unwrap() + 12);
        octets[place_of_damage] ^= 1;
        fs::write(&damaged, &octets).unwrap();
        let target = place.path().join("other");
        for (target, changes) in
            [(Target::At(&target), noted()), (Target::At(&target), signed()), (Target::InPlace, signed())]
        {
            let error = made(&source, target, changes, None).unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Reread, "{form:?} {target:?}: {error}");
            assert!(error.to_string().contains("hourly.csv"), "{error}");
            assert_eq!(names(place.path()), [name_of(form)], "{form:?} {target:?}");
            assert_eq!(fs::read(&damaged).unwrap(), octets);
        }
    }
}

#[test]
fn a_revision_that_breaks_a_rule_never_gets_its_name() {
    let place = tempfile::tempdir().unwrap();
    let (source, target) = (place.path().join("tide.zip"), place.path().join("other.zip"));
    pack(&source, Form::Zip);
    let by = Attribution {
        agent: None,
        role: String::new(),
        software: "fonds test".to_owned(),
        at: at("2026-02-07T10:00:00Z"),
    };
    for (path, is_there) in [("data/drafts/blank.txt", true), ("data/drafts/other.txt", false)] {
        let existing = files(&source).remove("metadata/events.csv").unwrap();
        let mut ledger = LedgerWriter::resuming(&existing[..], Vec::new()).unwrap();
        let event = Event {
            event_type: EventType::MetadataModification,
            object_path: path,
            digest_before: None,
            digest_after: None,
            outcome: Outcome::Success,
            detail: "",
        };
        ledger.record(&event, &by).unwrap();
        let mut changes = Changes::default();
        changes.put("metadata/events.csv", ledger.finish().unwrap());
        let revised = made(&source, Target::At(&target), changes, None);
        assert_eq!(revised.is_ok(), is_there, "{path}");
        assert!(revised.is_ok() || revised.unwrap_err().to_string().contains("metadata modification"));
        assert_eq!(target.exists(), is_there);
        let _ = fs::remove_file(&target);
    }
}

#[test]
fn changes_are_of_the_bundle_that_they_were_made_from() {
    let place = tempfile::tempdir().unwrap();
    let (source, target) = (place.path().join("tide.zip"), place.path().join("other.zip"));
    pack(&source, Form::Zip);
    let manifest = "tagmanifest-sha512.txt";
    let right = provenance::Sha256Hex::of(&files(&source)[manifest]);
    let mut changes = noted();
    changes.made_from(manifest, provenance::Sha256Hex::of(b"another"));
    let error = made(&source, Target::At(&target), changes, None).unwrap_err();
    assert!(error.to_string().contains("changed meanwhile") && !target.exists(), "{error}");
    let mut changes = noted();
    changes.made_from(manifest, right);
    made(&source, Target::At(&target), changes, None).unwrap();
}

#[test]
fn what_no_revision_can_do_is_refused() {
    let place = tempfile::tempdir().unwrap();
    let (zip, directory) = (place.path().join("tide.zip"), place.path().join("tide"));
    pack(&zip, Form::Zip);
    pack(&directory, Form::Directory);
    let target = place.path().join("other");
    for path in [
        "data/new.txt",
        "data",
        "bagit.txt",
        "manifest-sha256.txt",
        "tagmanifest-sha256.txt",
        "../x",
        "seal/../x",
        "bag-info.txt/x",
        "metadata",
    ] {
        let mut changes = Changes::default();
        changes.put(path, Vec::new());
        let error = made(&zip, Target::At(&target), changes, None).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Request, "{path}");
    }
    let mut changes = Changes::default();
    changes.remove("metadata/other.csv");
    assert_eq!(made(&zip, Target::At(&target), changes, None).unwrap_err().kind(), ErrorKind::Request);
    let error = made(&directory, Target::InPlace, noted(), None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Request);
    let error = made(&zip, Target::At(&directory), noted(), None).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::TargetExists);

    let info = fs::read_to_string(directory.join("bag-info.txt")).unwrap();
    for (from, to) in [("Fonds-Format: 1\n", ""), ("Fonds-Format: 1", "Fonds-Format: 2")] {
        fs::write(directory.join("bag-info.txt"), info.replace(from, to)).unwrap();
        assert_eq!(made(&directory, Target::At(&target), noted(), None).unwrap_err().kind(), ErrorKind::Read);
    }
    assert_eq!(names(place.path()), ["tide", "tide.zip"]);
}

#[test]
fn the_root_of_a_bundle_that_is_sealed_later_is_the_one_that_it_would_have_got() {
    for form in FORMS {
        let room = tempfile::tempdir().unwrap();
        let bundle = room.path().join(name_of(form));
        pack(&bundle, form);
        let (old, container) = (files(&bundle), bagit::container::open(&bundle).unwrap());
        // What lies in the seal already is not sealed: so this is as if there were none.
        let (root, seed) = root_of(&*container, None, 2, &()).unwrap().unwrap();
        assert_eq!(root.text().as_bytes(), old[seal::ROOT]);
        assert_eq!(seed.text().as_bytes(), old[seal::SEED]);
        let given = || Seed::new([0x5E; 32]);
        let (other, kept) = root_of(&*container, Some(given()), 2, &()).unwrap().unwrap();
        assert_eq!(kept.text().as_bytes(), given().text().as_bytes());
        assert_ne!(other.hash, root.hash);
    }
}
