//! Every crate keeps the lints and the dependencies of the workspace.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::fs;
use std::path::{Path, PathBuf};

/// The manifests of all member crates.
fn manifests() -> Vec<(PathBuf, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let crates = fs::read_dir(root.join("crates")).unwrap().map(|entry| entry.unwrap().path());
    crates
        .chain([root.join("xtask")])
        .map(|folder| folder.join("Cargo.toml"))
        .filter(|manifest| manifest.is_file())
        .map(|manifest| (manifest.clone(), fs::read_to_string(manifest).unwrap()))
        .collect()
}

/// The lines of every table whose name ends in `name`, comments and blank lines left out.
fn lines_under<'a>(text: &'a str, name: &str) -> Vec<&'a str> {
    let mut inside = false;
    let mut lines = Vec::new();
    for line in text.lines().map(str::trim) {
        if let Some(table) = line.strip_prefix('[') {
            inside = table.split(']').next().is_some_and(|table| table.ends_with(name));
        } else if inside && !line.is_empty() && !line.starts_with('#') {
            lines.push(line);
        }
    }
    lines
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace() {
    let manifests = manifests();
    assert!(manifests.len() >= 7);
    for (path, text) in manifests {
        assert_eq!(lines_under(&text, "lints"), ["workspace = true"], "[lints] of {}", path.display());
    }
}

#[test]
fn versions_of_dependencies_stand_in_the_root_alone() {
    for (path, text) in manifests() {
        for line in lines_under(&text, "dependencies") {
            let (key, value) = line.split_once('=').unwrap();
            let shared = key.trim().ends_with(".workspace") && value.trim() == "true"
                || value.contains("workspace = true");
            assert!(shared, "{}: `{line}` belongs into [workspace.dependencies]", path.display());
        }
    }
}

#[test]
fn a_dependency_table_of_any_kind_is_read() {
    let text = "[dependencies]\na.workspace = true\n\n# no\n[target.'cfg(unix)'.dev-dependencies]\nb = \"1\"\n[lints]\nworkspace = true\n";
    assert_eq!(lines_under(text, "dependencies"), ["a.workspace = true", "b = \"1\""]);
}
