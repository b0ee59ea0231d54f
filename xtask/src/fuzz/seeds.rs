//! What a target begins with: files of its kind, from fixtures, regressions and corpora.

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Result, place};

/// Octets of the longest input that is tried, and of the longest seed. What takes more to go wrong is
/// found by thinking, and tested by regressions; short inputs are many.
pub fn longest(target: &str) -> u64 {
    match target {
        "archive" => 64 << 10,
        "bundle" => 1 << 10,
        "format" | "describe" | "signature" => 16 << 10,
        _ => 8 << 10,
    }
}

/// What a target has learnt so far, and its seeds.
pub fn folder(target: &str) -> PathBuf {
    super::workshop().join(target)
}

/// Copies every file that is of use to a target into its folder.
pub fn collect(target: &str) -> Result {
    let folder = folder(target);
    fs::create_dir_all(&folder)?;
    let root = place::root();
    let regressions = root.join("fixtures/regressions");
    // What is hostile to whoever tells a format is hostile to whoever reads on.
    let kin = if target == "describe" { Some("format") } else { None };
    for path in kin.into_iter().chain([target]).flat_map(|target| files_below(&regressions.join(target))) {
        fs::copy(&path, folder.join(name(&path, &root)))?;
    }
    let fixtures = ["fixtures/bags", "fixtures/sources", "fixtures/articles", "crates", "../shared/corpora"];
    for source in fixtures.map(|folder| root.join(folder)) {
        for path in files_below(&source) {
            if is_of_use(target, &path) && path.metadata()?.len() <= longest(target) {
                fs::copy(&path, folder.join(name(&path, &root)))?;
            }
        }
    }
    Ok(())
}

/// Whether a file is one that the parser of a target reads.
fn is_of_use(target: &str, path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy().to_lowercase();
    let ends_in = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    let is_tag_file = ["bagit.txt", "bag-info.txt", "package-info.txt"].contains(&&*name);
    let is_manifest =
        (name.starts_with("manifest-") || name.starts_with("tagmanifest-")) && ends_in(&[".txt"]);
    match target {
        "archive" => ends_in(&[".zip", ".tar", ".tgz", ".gz", ".bz2", ".xz", ".zst"]),
        "manifest" | "checklist" => is_manifest,
        "tag_files" => is_tag_file,
        "encoding" => is_tag_file || is_manifest,
        "fetch" => name == "fetch.txt",
        // Any document, but not the code of this project.
        "format" | "describe" => !ends_in(&[".rs"]),
        "parts" => ends_in(&[".warc", ".warc.gz", ".wacz", ".eml", ".mbox"]),
        "ledger" => name == "events.csv",
        "sheet" => ends_in(&[".csv"]) && name != "events.csv",
        "seal" => ["root.txt", "seed.txt", "opened.txt", "proof.txt"].contains(&&*name),
        "openssh" => {
            ends_in(&[".sig", ".pub"]) || (path.iter().any(|part| part == "ssh") && !ends_in(&[".rs"]))
        }
        "signature" => ends_in(&[".p7s", ".tsr", ".tsq", ".ots", ".crt", ".pem", ".crl"]),
        "profile" => ends_in(&[".json"]),
        _ => false,
    }
}

/// A name that tells where the seed comes from.
fn name(path: &Path, root: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace('/', "_")
}

/// Every file below a folder; none, where there is no such folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let (mut files, mut folders) = (Vec::new(), vec![folder.to_path_buf()]);
    while let Some(folder) = folders.pop() {
        for path in fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.path()) {
            // A link may lead round in a circle.
            if path.is_symlink() {
                continue;
            }
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files
}
