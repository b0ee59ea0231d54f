//! `cargo xtask test`: everything that CI runs, as named steps.

use std::process::ExitCode;
use std::time::Instant;

use crate::process::{cargo, find, run as to_the_end};
use crate::{Result, archive, fuzz, golden, oracles, place, room};

/// What `cargo xtask test` takes.
#[derive(clap::Args)]
pub struct Args {
    /// Leave out the fuzzing, which takes about two minutes
    #[arg(long)]
    no_fuzz: bool,
}

/// Seconds for each target of the fuzzer: enough for its seeds and for a fault on the surface.
const FUZZ_SECONDS: u64 = 10;

/// How a step ended, if it did not fail.
enum Outcome {
    Passed,
    Skipped(&'static str),
}

type Step = (&'static str, fn(&Args) -> Result<Outcome>);

const STEPS: [Step; 9] = [
    ("oracles", |_| all_oracles()),
    ("format", |_| format()),
    ("clippy", |_| {
        passed(to_the_end(&mut cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"])))
    }),
    ("tests", |_| tests()),
    ("documentation", |_| documentation()),
    ("golden bundles", |_| passed(golden::run(&golden::Args { check: true }))),
    ("sample bundle", |_| passed(archive::pack_samples(std::iter::empty()))),
    ("dependencies", |_| dependencies()),
    ("fuzzing", fuzzing),
];

/// Runs every step, whatever became of the one before, and closes with a summary.
pub fn run(args: &Args) -> ExitCode {
    let (mut failed, mut skipped) = (0, 0);
    let mut summary = Vec::new();
    for (number, (name, step)) in STEPS.iter().enumerate() {
        println!("\n==> {}/{} {name}", number + 1, STEPS.len());
        let start = Instant::now();
        let word = match step(args) {
            Ok(Outcome::Passed) => "passed",
            Ok(Outcome::Skipped(reason)) => {
                println!("{reason}");
                skipped += 1;
                "skipped"
            }
            Err(error) => {
                println!("{error}");
                failed += 1;
                "FAILED"
            }
        };
        summary.push(format!("{word:8} {name:16} {:7.1} s", start.elapsed().as_secs_f64()));
    }
    println!("\n{}", summary.join("\n"));
    println!("steps: {} passed, {failed} failed", STEPS.len() - failed - skipped);
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}

fn passed<T>(result: Result<T>) -> Result<Outcome> {
    result.map(|_| Outcome::Passed)
}

/// The crate of the fuzzer is outside the workspace.
fn format() -> Result<Outcome> {
    to_the_end(&mut cargo(["fmt", "--all", "--", "--check"]))?;
    let fuzz = place::root().join("xtask/fuzz/Cargo.toml");
    passed(to_the_end(cargo(["fmt", "--check", "--manifest-path"]).arg(fuzz)))
}

fn all_oracles() -> Result<Outcome> {
    oracles::offer_libreoffice();
    passed(oracles::set_up())
}

/// What the test of a file over 4 GiB needs: a bundle of it, unpacked again.
const BIG_TESTS_OCTETS: u64 = 12 << 30;

/// The tests find the oracles through `FONDS_ORACLES`; those that need much room wait for
/// `FONDS_BIG_TESTS`.
fn tests() -> Result<Outcome> {
    let mut command = cargo(["test", "--workspace", "--no-fail-fast"]);
    let venv = oracles::environment();
    if venv.is_dir() {
        command.env("FONDS_ORACLES", venv);
    }
    if room::free_octets(&std::env::temp_dir()) >= BIG_TESTS_OCTETS {
        command.env("FONDS_BIG_TESTS", "1");
    }
    passed(to_the_end(&mut command))
}

fn documentation() -> Result<Outcome> {
    passed(to_the_end(cargo(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings")))
}

fn dependencies() -> Result<Outcome> {
    if find("cargo-deny").is_none() {
        return Ok(Outcome::Skipped(
            "cargo-deny is not installed: licences and advisories were not looked at",
        ));
    }
    passed(to_the_end(cargo(["deny", "check"]).current_dir(place::root())))
}

fn fuzzing(args: &Args) -> Result<Outcome> {
    if args.no_fuzz {
        return Ok(Outcome::Skipped("--no-fuzz: no parser was fed hostile octets"));
    }
    passed(fuzz::run(&fuzz::Args::all(FUZZ_SECONDS)))
}
