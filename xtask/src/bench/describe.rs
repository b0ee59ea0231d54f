//! Descriptions held against the labels of people: an example of `ingest` does it, by the corpus that is
//! unpacked here.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Result, place, process};

/// What `cargo xtask bench describe` takes.
#[derive(clap::Args)]
pub struct Args {
    /// Folder with `labels.csv`, and `pages.tar.xz` or the folder `pages`, instead of the shared corpora
    #[arg(long, value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// List every answer that differs from its label
    #[arg(long)]
    verbose: bool,
}

/// Describes every page of the corpus, and prints how well and how fast.
pub fn run(args: &Args) -> Result {
    let shared = || place::root().join("../shared/corpora/articles");
    let corpus = args.corpus.clone().unwrap_or_else(shared);
    let pages = pages(&corpus)?;
    let mut command = process::cargo(["run", "--quiet", "--release", "--package", "ingest"]);
    command.args(["--example", "describe_corpus", "--"]).arg(corpus.join("labels.csv")).arg(pages);
    if args.verbose {
        command.arg("--verbose");
    }
    process::run(&mut command)
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
