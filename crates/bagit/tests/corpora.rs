//! Odd, hostile and exemplary files of other projects, where they are at hand.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

#[path = "support/corpus.rs"]
mod corpus;
#[path = "support/report.rs"]
mod report;

use bagit::{Severity, Verdict};
use corpus::{corpus, zips_below};
use report::report_of;
use std::fs;
use std::path::Path;
use std::sync::mpsc::channel;
use std::time::Duration;

/// Longer than any of these files may take, in an unoptimised build.
const LONGEST: Duration = Duration::from_secs(5);
/// The most memory that this process may have held at any time.
const MOST_KIB: u64 = 256 << 10;

/// The verdict on a bag; `None` if it takes too long, or ends in a panic.
fn verdict_in_time(path: &Path) -> Option<Verdict> {
    let (done, wait) = channel();
    let path = path.to_owned();
    std::thread::spawn(move || done.send(report_of(&path).verdict()));
    wait.recv_timeout(LONGEST).ok()
}

/// The most memory that this process ever held, where the system tells.
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_ascii_whitespace().nth(1)?.parse().ok()
}

#[test]
fn no_zip_that_is_no_bag_is_valid_or_takes_long_or_much_memory() {
    for (name, least) in [("zip-bombs", 2), ("yauzl", 40), ("zip2-tests", 25), ("go-archive-zip", 30)] {
        let Some(folder) = corpus(name) else { continue };
        let zips = zips_below(&folder);
        assert!(zips.len() >= least, "{name} has {} files", zips.len());
        for zip in zips {
            assert_eq!(
                verdict_in_time(&zip).map(Verdict::severity),
                Some(Severity::Error),
                "{}",
                zip.display()
            );
        }
    }
    if let Some(peak) = peak_kib() {
        assert!(peak < MOST_KIB, "{peak} KiB");
    }
}
