//! Building the targets with the stable compiler: counters in every branch, and no sanitizer, since
//! no code of ours is unsafe.

use std::path::PathBuf;
use std::process::Command;

use crate::process::{cargo, find, read, run as to_the_end};
use crate::{Result, oracles, place};

/// What `cargo fuzz` asks of the compiler where no sanitizer is wanted. Assertions and checks of
/// overflow are switched on in the profile of the crate.
const FLAGS: [&str; 5] = [
    "-Cpasses=sancov-module",
    "-Cllvm-args=-sanitizer-coverage-level=4",
    "-Cllvm-args=-sanitizer-coverage-inline-8bit-counters",
    "-Cllvm-args=-sanitizer-coverage-pc-table",
    "-Cllvm-args=-sanitizer-coverage-trace-compares",
];

/// The crate with the targets.
pub fn folder() -> PathBuf {
    place::root().join("xtask/fuzz")
}

/// Builds the targets; answers the folder in which they lie.
pub fn build(targets: &[String]) -> Result<PathBuf> {
    // libFuzzer is C++, and comes with its crate.
    if find("c++").is_none() && std::env::var_os("CXX").is_none() {
        oracles::require_package("c++", "g++")?;
    }
    let host = host()?;
    let output = super::workshop().join("build");
    // Only with a target of its own are build scripts left alone by the flags.
    let mut command = cargo(["build", "--release", "--target", &host]);
    command.args(targets.iter().flat_map(|target| ["--bin", target]));
    command.arg("--manifest-path").arg(folder().join("Cargo.toml"));
    command.arg("--target-dir").arg(&output);
    to_the_end(command.env("CARGO_ENCODED_RUSTFLAGS", FLAGS.join("\u{1f}")))?;
    Ok(output.join(host).join("release"))
}

/// The system that the compiler runs on, in its own words.
fn host() -> Result<String> {
    let said = read(Command::new("rustc").arg("-vV").current_dir(place::root()))?;
    let host = said.lines().find_map(|line| line.strip_prefix("host: "));
    Ok(host.ok_or("`rustc -vV` names no host")?.to_owned())
}
