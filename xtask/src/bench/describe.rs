//! Descriptions held against the labels of people, by an example of `ingest` and the corpus that is
//! unpacked here; and what describing adds to a bundle of thousands of such articles.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::added::{self, Articles, Whence};
use super::{machine, within};
use crate::{Result, dist, place, process};

/// What `cargo xtask bench describe` takes.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with `labels.csv`, and `pages.tar.xz` or the folder `pages`, instead of the shared corpora
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// List every answer that differs from its label
    #[arg(long)]
    verbose: bool,
    /// How many articles to bundle with and without descriptions; 0 leaves that out
    #[arg(long, value_name = "N", default_value_t = 5_000)]
    articles: usize,
    /// How often each is bundled; the medians are compared
    #[arg(long, value_name = "N", default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..))]
    runs: u16,
}

/// Describes every page of the corpus, and prints how well and how fast; then bundles articles made of
/// them with and without descriptions, from memory and from the disk.
pub fn run(args: &Args) -> Result {
    let shared = || place::root().join("../shared/corpora/articles");
    let corpus = args.corpus.clone().unwrap_or_else(shared);
    let pages = pages(&corpus)?;
    let mut command = process::cargo(["run", "--quiet", "--release", "--package", "ingest"]);
    command.args(["--example", "describe_corpus", "--"]).arg(corpus.join("labels.csv")).arg(&pages);
    if args.verbose {
        command.arg("--verbose");
    }
    process::run(&mut command)?;
    if args.articles == 0 {
        return Ok(());
    }
    let fonds = dist::release_binary()?;
    let articles = Articles::of(&pages, args.articles)?;
    println!("\n{}", machine::describe());
    let in_memory = machine::workshop(None, articles.octets)?;
    within(&in_memory, false, |workshop| added::run(&fonds, &articles, workshop, args.runs, Whence::Memory))?;
    let on_disk = place::target().join("bench/fonds-bench");
    within(&on_disk, false, |workshop| added::run(&fonds, &articles, workshop, args.runs, Whence::Disk))
}

/// The folder of pages: unpacked beneath the target directory unless the corpus has it unpacked.
fn pages(corpus: &Path) -> Result<PathBuf> {
    let unpacked = corpus.join("pages");
    if unpacked.is_dir() {
        return Ok(unpacked);
    }
    let folder = place::fresh(place::target().join("bench/articles"))?;
    let archive = corpus.join("pages.tar.xz");
    process::run(
        Command::new("tar").arg("--extract").arg("--file").arg(archive).arg("--directory").arg(&folder),
    )?;
    Ok(folder.join("pages"))
}
