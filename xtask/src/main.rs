//! Project chores, beside every command that the `fonds` binary has.
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "xtask is a face: it talks to a developer")]
#![allow(
    clippy::disallowed_methods,
    reason = "xtask sits above the libraries: it may read the clock, the environment and the terminal"
)]

mod archive;
mod bench;
mod dist;
mod fuzz;
mod golden;
mod oracles;
mod place;
mod process;
mod room;
mod suite;

use std::error::Error;
use std::process::ExitCode;

use clap::Parser;

/// What a chore answers: nothing, or a message for the developer.
type Result<T = ()> = std::result::Result<T, Box<dyn Error>>;

/// Every command of `fonds`, byte for byte, and the chores of this repository.
///
/// `bundle` without a SOURCE packs the samples under `fixtures/sources` into `target/bundles`, verifies and shows them.
#[derive(Parser)]
#[command(name = "xtask", bin_name = "cargo xtask", version)]
struct Cli {
    #[command(subcommand)]
    task: Task,
}

#[derive(clap::Subcommand)]
#[expect(clippy::large_enum_variant, reason = "one is made in the life of the program")]
enum Task {
    #[command(flatten)]
    Archive(fonds::Command),
    /// Run everything that CI runs, setting up the oracles first
    Test(suite::Args),
    /// Feed hostile octets to every parser, and keep what breaks one
    Fuzz(fuzz::Args),
    /// Rebuild the golden bundles under `fixtures/bundles`, or only compare them
    Fixtures(golden::Args),
    /// Time fonds against its peers, and print ratios and peak memory
    Bench(bench::Args),
    /// Build what a release ships into `target/dist`: binary, man pages, completions, sums
    Dist,
}

fn main() -> ExitCode {
    match Cli::try_parse() {
        Ok(cli) => start(cli.task),
        Err(error) if archive::lacks_source(&error) => {
            answer(archive::pack_samples(std::env::args_os().skip(2)))
        }
        Err(error) => fonds::refuse_line(&error, &mut std::io::stderr()).into(),
    }
}

fn start(task: Task) -> ExitCode {
    match task {
        Task::Archive(command) => archive::run(command),
        Task::Test(args) => suite::run(&args),
        Task::Fuzz(args) => answer(fuzz::run(&args)),
        Task::Fixtures(args) => answer(golden::run(&args)),
        Task::Bench(args) => answer(bench::run(&args)),
        Task::Dist => answer(dist::run()),
    }
}

fn answer(result: Result) -> ExitCode {
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}
