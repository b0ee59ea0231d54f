//! `cargo xtask bench`: fonds and its peers in turn on the same files.
//!
//! Both corpora lie on a memory file system, so that all pay for the same work; the part `disk` is
//! timed once more on disk, until everything is safely there. A run that was killed may leave
//! `fonds-bench` behind; the next one begins by removing it.

mod added;
mod contest;
mod corpus;
mod describe;
mod limit;
mod machine;
mod measure;
mod report;
mod rounds;
mod sheets;

use std::fs;
use std::path::{Path, PathBuf};

use crate::{Result, dist, oracles, place};
use contest::Tools;
use corpus::Corpus;
use rounds::{Score, play};

/// What `cargo xtask bench` takes.
#[derive(clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct Args {
    #[command(subcommand)]
    quality: Option<Quality>,
    /// Make the corpora smaller: 10,000 files, and 512 MiB
    #[arg(long)]
    quick: bool,
    /// Run only this part; may be given more than once
    #[arg(long, value_enum, value_name = "NAME")]
    only: Vec<Part>,
    /// How often each program runs; the medians are compared
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
    /// Where the corpora are made, instead of a memory file system with enough room
    #[arg(long, value_name = "DIR")]
    dir: Option<PathBuf>,
    /// Leave the corpora and the last bundle where they are
    #[arg(long)]
    keep: bool,
}

/// What is measured instead: how right fonds is, and what that and its sheets cost.
#[derive(clap::Subcommand)]
enum Quality {
    /// Hold descriptions of web pages against labels that people gave
    Describe(describe::Args),
    /// Time sheets of 100,000 documents: out as CSV and workbooks, and back in
    Sheets(sheets::Args),
}

/// A part of the benchmark.
#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Part {
    /// 100,000 files of 4 KiB in memory
    Small,
    /// 4 GiB in 20 files in memory
    Big,
    /// Both on disk, until every octet is safely there
    Disk,
}

/// Prepares, times and reports every part that was asked for.
pub fn run(args: &Args) -> Result {
    match &args.quality {
        Some(Quality::Describe(args)) => return describe::run(args),
        Some(Quality::Sheets(args)) => return sheets::run(args),
        None => {}
    }
    let wanted = |part| args.only.is_empty() || args.only.contains(&part);
    let tools = Tools { fonds: dist::release_binary()?, python: oracles::set_up()? };
    let rate = limit::octets_per_second()?;
    println!("\n{}", machine::describe());
    println!(
        "Digest limit: {:.2} GB/s for SHA-256 and SHA-512 together on both cores ({}).",
        rate.octets / 1e9,
        rate.source
    );
    for (part, corpus) in [(Part::Small, Corpus::small(args.quick)), (Part::Big, Corpus::big(args.quick))] {
        if wanted(part) {
            let workshop = machine::workshop(args.dir.as_deref(), corpus.octets())?;
            within(&workshop, args.keep, |workshop| in_memory(args, &tools, &corpus, workshop, rate.octets))?;
        }
    }
    if wanted(Part::Disk) {
        for corpus in [Corpus::small(args.quick), Corpus::big(args.quick)] {
            let workshop = place::target().join("bench/fonds-bench");
            within(&workshop, args.keep, |workshop| on_disk(args, &tools, &corpus, workshop))?;
        }
    }
    Ok(())
}

/// Works in a fresh directory that is gone afterwards, however the work ended.
fn within(workshop: &Path, keep: bool, work: impl FnOnce(&Path) -> Result) -> Result {
    place::fresh(workshop.to_path_buf())?;
    let result = work(workshop);
    if keep {
        println!("kept {}", place::shown(workshop));
    } else {
        fs::remove_dir_all(workshop)?;
    }
    result
}

fn in_memory(args: &Args, tools: &Tools, corpus: &Corpus, workshop: &Path, rate: f64) -> Result {
    eprintln!("making {} in {}", corpus.title(), workshop.display());
    corpus.make(&workshop.join("corpus"))?;
    let bundle = play(&tools.bundling(workshop, corpus), args.runs)?;
    tools.before_verifying(workshop)?;
    let verify = play(&tools.verifying(workshop, corpus), args.runs)?;
    report::in_memory(corpus, &bundle, &verify, rate);
    Ok(())
}

fn on_disk(args: &Args, tools: &Tools, corpus: &Corpus, workshop: &Path) -> Result {
    eprintln!("making {} in {}", corpus.title(), workshop.display());
    corpus.make(&workshop.join("corpus"))?;
    let scores: Vec<Score> = play(&tools.bundling_to_disk(workshop), args.runs)?;
    report::on_disk(corpus, &scores);
    Ok(())
}
