//! Every input that once broke a parser, or might, is held against its property: without libFuzzer.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

#[path = "../fuzz/src/lib.rs"]
mod properties;

use properties::PROPERTIES;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::channel;
use std::time::Duration;

/// Longer than any of these files may take, in an unoptimised build on a busy machine.
const LONGEST: Duration = Duration::from_secs(20);
/// The most memory that this process may have held at any time.
const MOST_KIB: u64 = 256 << 10;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap()
}

fn children(folder: &Path) -> Vec<PathBuf> {
    let mut children: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|item| item.unwrap().path()).collect();
    children.sort();
    children
}

fn stems(paths: &[PathBuf]) -> BTreeSet<String> {
    paths.iter().map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned()).collect()
}

/// Whether a property holds in time.
fn holds(property: fn(&[u8]), octets: Vec<u8>) -> bool {
    let (done, wait) = channel();
    std::thread::spawn(move || {
        property(&octets);
        let _ = done.send(());
    });
    wait.recv_timeout(LONGEST).is_ok()
}

/// The most memory that this process ever held, where the system tells.
fn peak_kib() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_ascii_whitespace().nth(1)?.parse().ok()
}

#[test]
fn every_regression_keeps_its_property_in_little_time_and_memory() {
    let mut culprits = Vec::new();
    for (name, property) in PROPERTIES {
        for path in children(&root().join("fixtures/regressions").join(name)) {
            if !holds(property, fs::read(&path).unwrap()) {
                culprits.push(format!("{name}: {}", path.display()));
            }
        }
    }
    assert!(culprits.is_empty(), "\n{}", culprits.join("\n"));
    if let Some(peak) = peak_kib() {
        assert!(peak < MOST_KIB, "{peak} KiB");
    }
}

#[test]
fn every_property_has_a_target_and_regressions() {
    let names: BTreeSet<String> = PROPERTIES.iter().map(|(name, _)| (*name).to_owned()).collect();
    let fuzz = root().join("xtask/fuzz");
    assert_eq!(stems(&children(&fuzz.join("fuzz_targets"))), names);
    assert_eq!(stems(&children(&root().join("fixtures/regressions"))), names);
    let manifest = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    for name in names {
        assert!(manifest.contains(&format!("path = \"fuzz_targets/{name}.rs\"")), "{name} is not built");
    }
}
