//! The arrows between our crates are those of `crates/ARCHITECTURE.md`, and there are no others.
#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test fails by panicking")]

use std::process::Command;

use serde_json::Value;

/// Who may depend on whom. Whoever adds an arrow draws it in ARCHITECTURE.md too.
const ARROWS: [(&str, &[&str]); 7] = [
    ("xtask", &["fonds"]),
    ("fonds", &["ingest", "export", "bagit", "provenance", "fixity"]),
    ("ingest", &["bagit", "provenance", "fixity"]),
    ("export", &["bagit", "provenance", "fixity"]),
    ("bagit", &["fixity"]),
    ("provenance", &["fixity"]),
    ("fixity", &[]),
];

#[test]
fn crates_depend_on_each_other_as_drawn() {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--no-deps"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).unwrap();
    let culprits = culprits(&metadata);
    assert!(culprits.is_empty(), "{}", culprits.join("\n"));
}

#[test]
fn an_arrow_that_is_not_drawn_is_named() {
    let metadata = serde_json::json!({ "packages": [
        { "name": "ingest", "dependencies": [{ "name": "export", "kind": null }, { "name": "fixity", "kind": null }] },
        { "name": "export", "dependencies": [{ "name": "ingest", "kind": "dev" }, { "name": "csv", "kind": null }] },
        { "name": "fixity", "dependencies": [{ "name": "export", "kind": "build" }] },
        { "name": "newcomer", "dependencies": [] },
    ] });
    assert_eq!(
        culprits(&metadata),
        [
            "`ingest` depends on `export`, an arrow that is not drawn",
            "`fixity` depends on `export`, an arrow that is not drawn",
            "`newcomer` is not in the drawing",
        ]
    );
}

fn culprits(metadata: &Value) -> Vec<String> {
    let packages = metadata["packages"].as_array().unwrap();
    let ours: Vec<_> = packages.iter().map(|package| package["name"].as_str().unwrap()).collect();
    let mut culprits = Vec::new();
    for (package, name) in packages.iter().zip(&ours) {
        let Some((_, allowed)) = ARROWS.iter().find(|(from, _)| from == name) else {
            culprits.push(format!("`{name}` is not in the drawing"));
            continue;
        };
        // A test may use whom it likes; what is built may not.
        let built = package["dependencies"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|dependency| dependency["kind"] != "dev");
        for dependency in built.map(|dependency| dependency["name"].as_str().unwrap()) {
            if ours.contains(&dependency) && !allowed.contains(&dependency) {
                culprits.push(format!("`{name}` depends on `{dependency}`, an arrow that is not drawn"));
            }
        }
    }
    culprits
}
