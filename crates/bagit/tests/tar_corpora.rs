//! TARs of other projects, where they are at hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

#[path = "support/report.rs"]
mod report;

use bagit::container;
use bagit::profile::{Facts, find};
use bagit::{Report, Severity, Verdict};
use report::report_of;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

/// Longer than any of these files may take, in an unoptimised build.
const LONGEST: Duration = Duration::from_secs(5);

/// A folder of the corpora; `None`, after a printed line, where it is not at hand.
fn corpus(name: &str) -> Option<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora").join(name);
    if folder.is_dir() {
        return Some(folder);
    }
    println!("passed over: the corpus `{name}` is not at hand");
    None
}

/// The report on a bag; `None` if it takes too long, or ends in a panic.
fn report_in_time(path: &Path) -> Option<Report> {
    let (done, wait) = channel();
    let path = path.to_owned();
    std::thread::spawn(move || {
        // Nobody waits any longer, where it took too long.
        let _ = done.send(report_of(&path));
    });
    wait.recv_timeout(LONGEST).ok()
}

#[test]
fn python_s_own_tests_get_a_verdict_at_once() {
    let Some(folder) = corpus("cpython-testdata") else { return };
    for name in ["recursion.tar", "testtar.tar"] {
        let report = report_in_time(&folder.join(name)).unwrap();
        assert_eq!(report.verdict(), Verdict::Unsafe, "{name}: {:?}", report.findings);
    }
}

/// What is asked of a bag.
enum Expected {
    /// All agrees; what is left to say weighs little.
    Good,
    /// It is not sound, and this is why.
    Bad(&'static [&'static str]),
}

use Expected::{Bad, Good};

/// Bags of DART, by name. Where a name says that something is wrong by a profile only, RFC 8493 has nothing against the bag, and here no profile is asked.
const BAGS: [(&str, Expected); 22] = [
    ("example.edu.sample_bad_oxum.tar", Bad(&["E404"])),
    ("example.edu.sample_good.tar", Good),
    ("example.edu.sample_good.zip", Good),
    ("example.edu.sample_missing_data_file.tar", Bad(&["E401"])),
    // bag-info.txt is asked for by the profile.
    ("example.edu.sample_no_bag_info.tar", Good),
    ("example.edu.sample_no_data_dir.tar", Bad(&["E204", "E401"])),
    // Its manifest is of another name, so that it has none at all.
    ("example.edu.sample_no_md5_manifest.tar", Bad(&["E205"])),
    // That the directory has the name of the archive is asked for by a profile.
    ("example.edu.sample_wrong_folder_name.tar", Good),
    ("example.edu.tagsample_bad.tar", Bad(&["E301", "E401", "E403"])),
    ("example.edu.tagsample_good.tar", Good),
    ("example.edu.tagsample_good.tar.gz", Good),
    ("example.edu.tagsample_good.tgz", Good),
    // These two end without two blocks of zeros: the program that wrote them wrote no end (W112).
    ("test.edu.btr-glacier-deep-oh.tar", Good),
    ("test.edu.btr-wasabi-or.tar", Good),
    ("test.edu.btr_bad_checksums.tar", Bad(&["E403"])),
    ("test.edu.btr_bad_extraneous_file.tar", Bad(&["E402", "E404"])),
    ("test.edu.btr_bad_missing_payload_file.tar", Bad(&["E401", "E404"])),
    // Tags that a profile asks for are missing.
    ("test.edu.btr_bad_missing_required_tags.tar", Good),
    ("test.edu.btr_good_sha256.tar", Good),
    ("test.edu.btr_good_sha512.tar", Good),
    // A name with a backslash: `datastream\u007f.txt`, spelt so.
    ("test.edu.sample_illegal_control.tar", Bad(&["E105", "E303"])),
    ("virginia.edu.uva-lib_2278801.tar", Good),
];

/// Bags of DART whose names say what is wrong by the profile that they were made for, and the others of
/// their kind; with the errors that the profile alone adds.
const BY_PROFILE: [(&str, &str, &[&str]); 8] = [
    ("btr-1.0", "test.edu.btr_good_sha256.tar", &[]),
    ("btr-1.0", "test.edu.btr_good_sha512.tar", &[]),
    ("btr-1.0", "test.edu.btr_bad_missing_required_tags.tar", &["E701"]),
    ("btr-1.0", "test.edu.btr-glacier-deep-oh.tar", &[]),
    ("aptrust-2.2", "example.edu.tagsample_good.tar", &[]),
    ("aptrust-2.2", "example.edu.sample_good.tar", &[]),
    ("aptrust-2.2", "example.edu.sample_no_bag_info.tar", &["E701"]),
    ("aptrust-2.2", "example.edu.sample_no_md5_manifest.tar", &["E701", "E704"]),
];

#[test]
fn bags_of_dart_keep_the_profile_that_they_were_made_for_or_break_it_as_their_names_say() {
    let Some(folder) = corpus("dart-bags/testdata/bags") else { return };
    for (profile, name, expected) in BY_PROFILE {
        let profile = find(profile).unwrap().profile().unwrap();
        let bag = folder.join(name);
        let report = report_in_time(&bag).unwrap();
        let container = container::open(&bag).unwrap();
        let findings = profile.check(&Facts::gather(&profile, &*container, &report));
        let errors = findings.iter().filter(|finding| finding.code.severity() == Severity::Error);
        let found: BTreeSet<&str> = errors.map(|finding| finding.code.id).collect();
        assert_eq!(found, expected.iter().copied().collect(), "{name}: {findings:?}");
    }
}

#[test]
fn bags_of_dart_get_the_verdict_of_their_names() {
    let Some(folder) = corpus("dart-bags/testdata/bags") else { return };
    let names: BTreeSet<String> =
        fs::read_dir(&folder).unwrap().map(|item| item.unwrap().file_name().into_string().unwrap()).collect();
    let known = BAGS.iter().map(|(name, _)| (*name).to_owned()).chain(["README.md".to_owned()]);
    assert_eq!(names, known.collect::<BTreeSet<_>>());
    for (name, expected) in BAGS {
        let report = report_in_time(&folder.join(name)).unwrap();
        let found = |least: Severity| -> BTreeSet<&str> {
            let weighs = report.findings.iter().filter(|finding| finding.code.severity() <= least);
            weighs.map(|finding| finding.code.id).collect()
        };
        match expected {
            Good => assert_eq!(found(Severity::Unchecked), BTreeSet::new(), "{name}: {:?}", report.findings),
            Bad(codes) => assert_eq!(found(Severity::Error), codes.iter().copied().collect(), "{name}"),
        }
    }
}
