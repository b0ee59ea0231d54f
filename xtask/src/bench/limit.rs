//! How fast the two digests can be at all on this machine.

use std::process::Command;

use crate::process::{cargo, read};
use crate::{Result, place};

/// A speed, and who says so.
pub struct Rate {
    /// Octets that both digests together take in each second, on two cores.
    pub octets: f64,
    /// Where the figure comes from.
    pub source: &'static str,
}

/// From `cargo run --release -p fixity --example digest_limit`, whose last line begins with the
/// figure; where there is no such example, from `openssl speed`.
pub fn octets_per_second() -> Result<Rate> {
    if place::root().join("crates/fixity/examples/digest_limit.rs").is_file() {
        let said = read(&mut cargo([
            "run",
            "--quiet",
            "--release",
            "--package",
            "fixity",
            "--example",
            "digest_limit",
        ]))?;
        let figure = said
            .lines()
            .last()
            .and_then(|line| line.split_whitespace().next())
            .and_then(|word| word.parse().ok());
        let octets = figure
            .ok_or_else(|| format!("the last line of digest_limit does not begin with a number: {said}"))?;
        return Ok(Rate { octets, source: "our own backend, from memory" });
    }
    let seconds_per_octet = 1.0 / openssl("sha256")? + 1.0 / openssl("sha512")?;
    Ok(Rate { octets: 2.0 / seconds_per_octet, source: "openssl speed, one core, doubled" })
}

fn openssl(digest: &str) -> Result<f64> {
    let said = read(
        Command::new("openssl").args(["speed", "-mr", "-seconds", "2", "-bytes", "1048576", "-evp", digest]),
    )?;
    let result = said.lines().find(|line| line.starts_with("+F:"));
    let figure =
        result.and_then(|line| line.rsplit(':').next()).and_then(|figure| figure.trim().parse().ok());
    figure.ok_or_else(|| format!("`openssl speed` gave no figure for {digest}: {said}").into())
}
