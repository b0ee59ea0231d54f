//! Archives made to do harm: nothing is written outside, nothing inside, nothing to the terminal.

use crate::bundles::packed_letters;
use crate::oracle::Oracle;
use crate::outcome::Outcome;
use crate::place::Place;
use std::os::unix::fs::symlink;

/// Makes one, verifies it, and unpacks it to `inside/out`: what was said must be harmless, and
/// nothing may have changed anywhere else. `None` where there is no Python to make it.
#[track_caller]
fn tried(case: &str) -> Option<(Place, Outcome, Outcome)> {
    let python = Oracle::python(include_str!("oracles/hostile.py"))?;
    let place = Place::new();
    let outside = place.folder("outside");
    place.folder("inside");
    python.agrees(place.root(), &[case, "inside/hostile.zip", outside.to_str().unwrap()]);
    let before = place.snapshot("").contents();
    let run = |line: &str| place.run(line).within(20).go();
    let verified = run("verify inside/hostile.zip");
    for line in ["verify inside/hostile.zip --format json", "inspect inside/hostile.zip --format json"] {
        run(line).is_harmless().json();
    }
    before.expect_same(&place.snapshot("").contents());
    let unpacked = run("extract inside/hostile.zip inside/out");
    verified.is_harmless();
    unpacked.is_harmless();
    assert_eq!(place.names(), ["inside", "outside"]);
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0, "something was written outside");
    Some((place, verified, unpacked))
}

/// Nothing stands where it was to be unpacked, and no half of it beside.
#[track_caller]
fn left_nothing(place: &Place) {
    let inside: Vec<_> =
        std::fs::read_dir(place.at("inside")).unwrap().map(|item| item.unwrap().path()).collect();
    assert_eq!(inside, [place.at("inside/hostile.zip")]);
}

/// Found unsound, with these findings, and not unpacked.
#[track_caller]
fn is_refused(case: &str, codes: &[&str]) {
    let Some((place, verified, unpacked)) = tried(case) else { return };
    verified.ends(1);
    unpacked.ends(1).remarks("nothing was unpacked");
    for code in codes {
        verified.says(&format!("  {code} error "));
        unpacked.says(&format!("  {code} error "));
    }
    left_nothing(&place);
}

#[test]
fn names_that_lead_elsewhere_lead_nowhere() {
    for case in ["parent", "absolute", "parent-from-data", "dot", "double-slash", "backslash", "drive"] {
        is_refused(case, &["E105"]);
    }
    is_refused("beside", &["E107"]);
}

#[test]
fn links_in_an_archive_are_not_made_and_not_followed() {
    for case in ["link", "link-then-file", "link-as-data"] {
        is_refused(case, &["E106"]);
    }
}

#[test]
fn of_two_entries_of_one_name_none_is_chosen() {
    for case in ["twice", "file-and-empty-folder"] {
        is_refused(case, &["E109"]);
    }
}

#[test]
fn a_file_that_is_a_folder_as_well_is_refused() {
    is_refused("file-and-folder", &[]);
}

#[test]
fn names_that_a_terminal_would_obey_are_spelt_out() {
    for (case, shown) in [
        ("escape", "data/\\x1B[2Jcleared"),
        ("newline", "data/a\\x0A  E000"),
        ("bidi", "data/x\\xE2\\x80\\xAEfdp.exe"),
    ] {
        let Some((place, verified, _)) = tried(case) else { return };
        verified.ends(1).says(shown);
        place.fonds("verify inside/hostile.zip --format json").ends(1).is_harmless();
    }
}

#[test]
fn names_that_no_file_system_can_hold_leave_nothing() {
    for case in ["long", "deep"] {
        let Some((place, _, unpacked)) = tried(case) else { return };
        assert!(matches!(unpacked.status, Some(1 | 2)), "{unpacked}");
        left_nothing(&place);
    }
}

#[test]
fn what_a_bag_says_of_itself_cannot_act_on_a_terminal() {
    let place = Place::new();
    place.file("bag/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    place.file(
        "bag/bag-info.txt",
        "Contact-Name: \x1b]0;title\x07 \u{9b}2J \u{202E}gnitset\nPayload-Oxum: \x1b[1m\n",
    );
    place.file("bag/manifest-sha256.txt", "\x1b[31mred  data/\x1b[2J\n");
    place.file("bag/data/\x1b[2J\u{8}", "x");
    place.file("bag/\x1b[0m\r.txt", "x");
    for line in ["verify bag", "inspect bag", "verify bag --format json", "inspect bag --format json"] {
        place.fonds(line).is_harmless();
    }
    place.fonds("verify bag").ends(1).says("\\x1B");
    place.fonds("inspect bag").ends(0).says("Contact-Name: \\x1B]0;title");
    place.run("verify").with("no\x1b[2Jwhere").go().ends(2).is_harmless();
    place.run("bundle").with("no\x1b[2Jwhere").go().ends(2).is_harmless();
    place.run("bundle bag -o").with("no\x1b[2J/where.zip").go().ends(2).is_harmless();
}

#[test]
fn links_and_pipes_in_a_directory_are_not_followed_and_not_waited_for() {
    let place = packed_letters("bag");
    let outside = place.folder("outside");
    std::fs::rename(place.at("bag/data/sub"), outside.join("sub")).unwrap();
    symlink(outside.join("sub"), place.at("bag/data/sub")).unwrap();
    std::fs::rename(place.at("bag/data/a.txt"), outside.join("a.txt")).unwrap();
    symlink(outside.join("a.txt"), place.at("bag/data/a.txt")).unwrap();
    place.shell("rm bag/data/b.txt bag/bag-info.txt; mkfifo bag/data/b.txt bag/bag-info.txt").go().ends(0);
    for line in ["verify bag", "extract bag out"] {
        let refused = place.run(line).within(20).go();
        refused.ends(1);
        for path in ["bag-info.txt", "data/a.txt", "data/b.txt", "data/sub"] {
            refused.says(&format!("E106 error {path}: "));
        }
        // What a link points to is not what stands there, though it is the very same document.
        refused.says("E401 error data/a.txt").says("E401 error data/sub/c.txt");
    }
    assert_eq!(place.names(), ["bag", "letters", "outside"]);
    place.run("inspect bag").within(20).go().is_harmless();
}
