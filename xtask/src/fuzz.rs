//! `cargo xtask fuzz`: hostile octets for every parser, until it gives way or the time is up.
//!
//! Each target feeds one property of `xtask/fuzz/src`. What was learnt stays under
//! `target/fuzz/TARGET`, so that a later run goes on from there; what breaks a property lies in
//! `target/fuzz/crashes`.

mod build;
mod run;
mod seeds;

use std::num::NonZero;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::{Result, place};

/// What `cargo xtask fuzz` takes.
#[derive(clap::Args)]
pub struct Args {
    /// Parsers to be fuzzed; all of them, if none is named
    #[arg(value_name = "TARGET")]
    targets: Vec<String>,
    /// Seconds for each target
    #[arg(long, default_value_t = 60)]
    seconds: u64,
    /// Targets at a time; as many as there are processors, if it is not said
    #[arg(long)]
    jobs: Option<NonZero<usize>>,
}

impl Args {
    /// All targets, for so many seconds each.
    pub fn all(seconds: u64) -> Self {
        Self { targets: Vec::new(), seconds, jobs: None }
    }
}

/// Builds and runs the targets, and says of each what came of it.
pub fn run(args: &Args) -> Result {
    let targets = chosen(&args.targets)?;
    let binaries = build::build(&targets)?;
    std::fs::create_dir_all(run::crashes())?;
    for target in &targets {
        seeds::collect(target)?;
    }
    let jobs = args.jobs.or_else(|| thread::available_parallelism().ok()).map_or(1, NonZero::get);
    println!("{} targets, {} s each, {jobs} at a time", targets.len(), args.seconds);
    let (next, broken) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    let work = || {
        while let Some(target) = targets.get(next.fetch_add(1, Ordering::Relaxed)) {
            match run::fuzz(&binaries.join(target), target, args.seconds) {
                Ok(said) => println!("{target:12} {said}"),
                Err(error) => {
                    println!("{target:12} FAILED");
                    if let Ok(mut broken) = broken.lock() {
                        broken.push(error.to_string());
                    }
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..jobs.min(targets.len()) {
            scope.spawn(work);
        }
    });
    match broken.into_inner() {
        Ok(broken) if broken.is_empty() => Ok(()),
        Ok(broken) => Err(broken.join("\n\n").into()),
        Err(_) => Err("a target was not run to its end".into()),
    }
}

/// The targets that were named, or all: one for each file in `fuzz_targets`.
fn chosen(named: &[String]) -> Result<Vec<String>> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(build::folder().join("fuzz_targets"))? {
        let path = entry?.path();
        all.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
    }
    all.sort();
    if let Some(unknown) = named.iter().find(|name| !all.contains(name)) {
        return Err(format!("no target is called `{unknown}`; there are {}", all.join(", ")).into());
    }
    Ok(if named.is_empty() { all } else { named.to_vec() })
}

/// Where everything of a run lies.
fn workshop() -> std::path::PathBuf {
    place::target().join("fuzz")
}
