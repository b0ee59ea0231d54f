//! Bad input: a clear message that names it, status 2, and nothing written.

use crate::outcome::{FONDS, Outcome};
use crate::place::Place;
use crate::trees;
use std::fs::{self, Permissions};
use std::os::unix::fs::{MetadataExt, PermissionsExt};

impl Place {
    fn allow(&self, path: &str, mode: u32) {
        fs::set_permissions(self.at(path), Permissions::from_mode(mode)).unwrap();
    }

    /// Runs the program as somebody whom permissions bind, which root is not.
    fn as_nobody(&self, line: &str) -> Option<Outcome> {
        if fs::metadata(self.root()).unwrap().uid() != 0 {
            return Some(self.fonds(line));
        }
        let outcome = {
            self.allow("", 0o755);
            let binary = self.folder("bin").join("program");
            fs::copy(FONDS, &binary).unwrap();
            let line = format!("exec setpriv --reuid=65534 --clear-groups {} {line}", binary.display());
            self.shell(&line).go()
        };
        fs::remove_dir_all(self.at("bin")).unwrap();
        if matches!(outcome.status, Some(126 | 127)) {
            println!("passed over: root cannot become somebody else here: {}", outcome.err);
            return None;
        }
        Some(outcome)
    }
}

#[test]
fn an_answer_that_cannot_be_written_is_no_success() {
    let place = Place::new();
    if !std::path::Path::new("/dev/full").exists() {
        println!("passed over: this system has no /dev/full");
        return;
    }
    trees::letters(&place);
    place.bundle("letters", "bundle.zip");
    let lines = [
        "verify bundle.zip",
        "verify bundle.zip --format json",
        "verify bundle.zip --format jsonl",
        "verify bundle.zip bundle.zip",
        "verify bundle.zip bundle.zip --format json",
        "verify nowhere --format json",
        "inspect bundle.zip",
        "extract bundle.zip opened",
        "receipt bundle.zip",
        "--help",
        "--version",
    ];
    for line in lines {
        let refused = place.shell(&format!("fonds {line} > /dev/full")).go();
        refused.ends(2).remarks("fonds: cannot write the answer: No space left on device");
        // Whoever closed the pipe wants no more answer.
        place.shell(&format!("set -e; {{ fonds {line}; }} 2> err | true; ! grep answer: err")).go().ends(0);
        place.shell("rm -rf opened").go().ends(0);
    }
}

#[test]
fn a_missing_source_is_named() {
    let place = Place::new();
    trees::letters(&place);
    place
        .fonds("bundle letters nowhere -o bundle.zip")
        .ends(2)
        .says_nothing()
        .remarks("cannot receive `nowhere`: No such file");
    assert_eq!(place.names(), ["letters"]);
}

#[test]
fn all_that_cannot_be_read_is_named_before_anything_is_written() {
    let place = Place::new();
    trees::letters(&place);
    place.file("letters/locked/inner.txt", "x");
    place.allow("letters/a.txt", 0);
    place.allow("letters/sub/c.txt", 0o200);
    place.allow("letters/locked", 0);
    place.folder("out");
    place.allow("out", 0o777);
    let Some(refused) = place.as_nobody("bundle letters -o out/bundle.zip") else { return };
    refused.ends(2).says_nothing().remarks("cannot read 3 of what the sources hold");
    for name in ["a.txt", "locked", "sub/c.txt"] {
        refused.remarks(&format!("`{name}`: Permission denied"));
    }
    assert_eq!(fs::read_dir(place.at("out")).unwrap().count(), 0);
    place.allow("letters/locked", 0o700);
}

#[test]
fn a_target_inside_a_source_is_refused_whichever_way_it_is_spelt() {
    let place = Place::new();
    trees::letters(&place);
    std::os::unix::fs::symlink("letters/sub", place.at("way-in")).unwrap();
    let before = place.snapshot("");
    for target in
        ["letters/bundle.zip", "letters/sub/bag", "letters/../letters/b.zip", "way-in/b.zip", "letters"]
    {
        let refused = place.fonds(&format!("bundle letters -o {target}"));
        refused.ends(2).says_nothing().remarks(target);
        before.expect_same(&place.snapshot(""));
    }
}

#[test]
fn an_existing_target_is_never_touched() {
    let place = Place::new();
    trees::letters(&place);
    place.file("taken.zip", "somebody else's");
    place.file("taken/file", "somebody else's");
    place.folder("vacant");
    std::os::unix::fs::symlink("nowhere", place.at("dangling.zip")).unwrap();
    let before = place.snapshot("");
    for target in ["taken.zip", "taken", "vacant", "dangling.zip"] {
        place
            .fonds(&format!("bundle letters -o {target}"))
            .ends(2)
            .says_nothing()
            .remarks(&format!("`{target}`: it exists already"));
        before.expect_same(&place.snapshot(""));
    }
}

#[test]
fn a_target_that_cannot_be_written_is_named() {
    let place = Place::new();
    trees::letters(&place);
    place.folder("closed");
    place.allow("closed", 0o555);
    for target in ["closed/bundle.zip", "closed/bag"] {
        let Some(refused) = place.as_nobody(&format!("bundle letters -o {target}")) else { return };
        refused.ends(2).says_nothing().remarks("`closed`").remarks("Permission denied");
    }
    place.fonds("bundle letters -o no/such/folder.zip").ends(2).remarks("`no/such`").remarks("No such file");
    place.fonds("bundle letters -o letters/a.txt/b.zip").ends(2).remarks("`letters/a.txt/b.zip`");
    assert_eq!(place.names(), ["closed", "letters"]);
}

#[test]
fn two_sources_of_one_name_are_both_named() {
    let place = Place::new();
    place.file("one/note.txt", "1");
    place.file("two/note.txt", "2");
    let refused = place.fonds("bundle one/note.txt two/note.txt -o bundle.zip");
    refused.ends(2).remarks("`one/note.txt`").remarks("`two/note.txt`");
    assert_eq!(place.names(), ["one", "two"]);
}

#[test]
fn what_cannot_be_asked_for_is_answered_with_what_can() {
    let place = Place::new();
    trees::letters(&place);
    for (line, advice) in [
        ("bundle", "SOURCE"),
        ("bundle letters --at yesterday -o b.zip", "2026-11-22T10:00:00Z"),
        ("bundle letters --digest md5 -o b.zip", "sha256 and sha512 only"),
        ("bundle letters --digest crc -o b.zip", "expected sha256 or sha512"),
        ("bundle letters --names loose -o b.zip", "portable"),
        ("bundle letters --compress -o bag", "leave --compress out"),
        ("verify", "BUNDLE"),
        ("verify nowhere.zip", "nowhere.zip"),
        ("extract nowhere.zip out", "nowhere.zip"),
        ("inspect nowhere.zip", "nowhere.zip"),
        ("shred letters", "--help"),
        ("", "bundle"),
    ] {
        place.fonds(line).ends(2).says_nothing().remarks(advice);
        assert_eq!(place.names(), ["letters"], "{line}");
    }
}

#[test]
fn words_that_are_no_command_are_spelt_before_they_are_shown() {
    let place = Place::new();
    for word in ["--\x1b[2J\u{202E}", "\u{9b}31m\nfonds: all is well"] {
        place.run("verify b.zip --jobs").with(word).go().ends(2).says_nothing().is_harmless();
        place.run("").with(word).go().ends(2).says_nothing().is_harmless();
        place.run("verify b.zip").with(word).go().ends(2).is_harmless();
    }
    place.fonds("").ends(2).says_nothing().remarks("Usage: fonds");
}
