//! Running one target, and saying what came of it.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use base64ct::{Base64, Encoding};

use super::seeds;
use crate::{Result, place};

/// Seconds that one input may take.
const LONGEST_SECONDS: u64 = 5;
/// Memory that a target may hold, and that it may ask for: a length that is believed without a look
/// at the file asks for more than it ever touches.
const MOST_MIB: u64 = 512;
const MOST_ASKED_KIB: u64 = 1 << 20;
/// Octets of the longest input that a report holds whole, and what of the message of a panic.
const LONGEST_TOLD: usize = 16 << 10;
const MOST_LINES: usize = 8;
const MOST_CHARACTERS: usize = 400;

/// Where inputs lie that break a property.
pub fn crashes() -> PathBuf {
    super::workshop().join("crashes")
}

/// Runs one target; answers how much was tried, or what broke.
pub fn fuzz(binary: &Path, target: &str, seconds: u64) -> Result<String> {
    let log = super::workshop().join(format!("{target}.log"));
    let before = artifacts(target)?;
    let mut command = Command::new("sh");
    command.args(["-c", "ulimit -v \"$0\" && exec \"$@\""]).arg(MOST_ASKED_KIB.to_string());
    command.arg(binary).arg(seeds::folder(target)).args([
        format!("-max_total_time={seconds}"),
        format!("-max_len={}", seeds::longest(target)),
        format!("-timeout={LONGEST_SECONDS}"),
        format!("-rss_limit_mb={MOST_MIB}"),
        format!("-artifact_prefix={}/{target}-", crashes().display()),
        "-print_final_stats=1".to_owned(),
    ]);
    // Each arena takes 64 MiB of addresses, whether it is used or not.
    command.env("MALLOC_ARENA_MAX", "2").current_dir(place::root());
    let output = File::create(&log)?;
    let status = command
        .stdin(Stdio::null())
        .stdout(output.try_clone()?)
        .stderr(output)
        .status()
        .map_err(|error| format!("cannot start `{}`: {error}", place::shown(binary)))?;
    let said = String::from_utf8_lossy(&fs::read(&log)?).into_owned();
    if status.success() {
        return Ok(summary(&said));
    }
    let found: Vec<_> = artifacts(target)?.into_iter().filter(|path| !before.contains(path)).collect();
    if !found.is_empty() && found.iter().all(|path| is_in_time_alone(binary, path)) {
        for path in &found {
            fs::remove_file(path)?;
        }
        return Ok(format!("{}; ended early, as the machine is busy", summary(&said)));
    }
    Err(report(target, &said, &found, &log).into())
}

/// Whether an input took too long, and does not when it is tried again: time is that of the clock.
fn is_in_time_alone(binary: &Path, input: &Path) -> bool {
    let is_timeout = input.file_name().is_some_and(|name| name.to_string_lossy().contains("-timeout-"));
    let mut again = Command::new(binary);
    again.arg(format!("-timeout={LONGEST_SECONDS}")).arg(input);
    is_timeout && again.stdin(Stdio::null()).output().is_ok_and(|output| output.status.success())
}

/// Inputs of this target that broke something.
fn artifacts(target: &str) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(crashes())? {
        let path = entry?.path();
        let begin = format!("{target}-");
        if path.file_name().is_some_and(|name| name.to_string_lossy().starts_with(&begin)) {
            found.push(path);
        }
    }
    Ok(found)
}

fn summary(said: &str) -> String {
    let statistic = |name: &str| {
        let line = said.lines().rev().find_map(|line| line.strip_prefix("stat::")?.strip_prefix(name));
        line.map_or("?", |value| value.trim_start_matches(':').trim()).to_owned()
    };
    format!(
        "{:>10} inputs, {} of them new to it, {} MiB at most",
        statistic("number_of_executed_units"),
        statistic("new_units_added"),
        statistic("peak_rss_mb")
    )
}

/// What broke, and what to do with it.
fn report(target: &str, said: &str, found: &[PathBuf], log: &Path) -> String {
    let is_telling = |line: &&str| {
        ["panicked at", "SUMMARY:", "memory allocation of"].iter().any(|part| line.contains(part))
    };
    let mut lines: Vec<String> =
        vec![format!("{target}: a property does not hold; all is in {}", place::shown(log))];
    let mut rest = said.lines();
    while let Some(line) = rest.next() {
        if is_telling(&line) {
            lines.push(format!("  {line}"));
        }
        if line.contains("panicked at") {
            let is_message =
                |line: &&str| !["note: ", "stack backtrace", "=="].iter().any(|end| line.starts_with(end));
            let message = rest.by_ref().take_while(is_message).take(MOST_LINES);
            lines.extend(
                message.map(|line| format!("    {}", line.chars().take(MOST_CHARACTERS).collect::<String>())),
            );
        }
    }
    for path in found {
        lines.push(format!("  cp {} fixtures/regressions/{target}/WHAT_IT_IS", place::shown(path)));
        lines.extend(as_text(path).map(|text| {
            format!("  or elsewhere: echo {text} | base64 -d > fixtures/regressions/{target}/WHAT_IT_IS")
        }));
    }
    lines.push(
        "  and `cargo test -p xtask --test regressions` holds it against the property from then on".into(),
    );
    lines.join("\n")
}

/// An input as a command can take it, for a machine that is gone when its report is read.
fn as_text(input: &Path) -> Option<String> {
    let octets = fs::read(input).ok()?;
    (octets.len() <= LONGEST_TOLD).then(|| Base64::encode_string(&octets))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    const SAID: &str = "\
INFO: seed corpus: files: 9
thread '<unnamed>' (7) panicked at src/fetch.rs:40:22:
assertion `left == right` failed
  left: 1
 right: 2
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace
==7== ERROR: libFuzzer: deadly signal
SUMMARY: libFuzzer: deadly signal
";

    #[test]
    fn what_broke_can_be_made_again_from_the_report_alone() {
        let room = tempfile::tempdir().unwrap();
        let input = room.path().join("fetch-crash-1");
        fs::write(&input, b"a - ./ b\n").unwrap();
        let report = report("fetch", SAID, &[input], Path::new("fetch.log"));
        for part in ["src/fetch.rs:40:22", "left: 1", "right: 2", "SUMMARY", "regressions/fetch/"] {
            assert!(report.contains(part), "{part} is missing:\n{report}");
        }
        assert!(!report.contains("RUST_BACKTRACE"), "{report}");
        let command = report.lines().find_map(|line| line.split_once("echo ")).unwrap().1;
        let command = format!("echo {}", command.split(" >").next().unwrap());
        let made = Command::new("sh").args(["-c", &command]).output().unwrap();
        assert_eq!(made.stdout, b"a - ./ b\n");
    }
}
