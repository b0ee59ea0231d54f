//! What describing adds to `fonds bundle`: the same articles with and without `--no-describe`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use rustix::fs::{Advice, fadvise};

use super::rounds::{Contestant, Score, play};
use crate::Result;

/// How many times the time without it a bundle with descriptions may take.
const AIM: f64 = 1.60;

/// Articles that are made of a few pages, no two of them equal.
pub struct Articles {
    pages: Vec<PathBuf>,
    files: usize,
    /// All octets of all articles, nearly.
    pub octets: u64,
}

impl Articles {
    /// So many articles of the pages in a folder.
    pub fn of(folder: &Path, files: usize) -> Result<Self> {
        let mut pages = Vec::new();
        for entry in fs::read_dir(folder)? {
            pages.push(entry?.path());
        }
        if pages.is_empty() {
            return Err(format!("{} has no pages to make articles of", folder.display()).into());
        }
        pages.sort();
        let mut octets = 0;
        for page in pages.iter().cycle().take(files) {
            octets += fs::metadata(page)?.len();
        }
        Ok(Self { pages, files, octets })
    }

    fn title(&self) -> String {
        format!(
            "{} articles of {} KiB on average",
            self.files,
            (self.octets / self.files.max(1) as u64) >> 10
        )
    }

    /// Writes the articles into a new directory, each with its number at its end.
    fn make(&self, directory: &Path) -> Result {
        fs::create_dir_all(directory)?;
        for (number, page) in self.pages.iter().cycle().take(self.files).enumerate() {
            let mut octets = fs::read(page)?;
            octets.extend_from_slice(format!("\n<!-- {number} -->\n").as_bytes());
            let name = page.file_name().unwrap_or_default().to_string_lossy();
            fs::write(directory.join(format!("{number:05}-{name}")), octets)?;
        }
        Ok(())
    }
}

/// Where articles are read from.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Whence {
    Memory,
    /// The system has let go of them when a run begins: as it is with documents of archivists mostly.
    Disk,
}

/// Packs the articles with and without descriptions in turn, and prints what the difference is.
pub fn run(fonds: &Path, articles: &Articles, workshop: &Path, rounds: u16, whence: Whence) -> Result {
    eprintln!("making {} in {}", articles.title(), workshop.display());
    articles.make(&workshop.join("corpus"))?;
    let contestants = [
        contestant("with descriptions", fonds, workshop, &[], whence),
        contestant("without", fonds, workshop, &["--no-describe"], whence),
    ];
    let scores = play(&contestants, rounds)?;
    if let [with, without] = scores.as_slice() {
        let place = if whence == Whence::Disk { "the disk" } else { "memory" };
        print(&format!("{}, from {place}", articles.title()), with, without);
    }
    Ok(())
}

/// Writes all files of a folder to the disk, and has the system forget what it knows of them.
fn let_go(folder: &Path) -> Result {
    for entry in fs::read_dir(folder)? {
        let file = fs::File::open(entry?.path())?;
        file.sync_all()?;
        fadvise(&file, 0, None, Advice::DontNeed)?;
    }
    Ok(())
}

fn contestant<'a>(
    name: &'static str,
    fonds: &'a Path,
    workshop: &'a Path,
    more: &'static [&'static str],
    whence: Whence,
) -> Contestant<'a> {
    let prepare = move || if whence == Whence::Disk { let_go(&workshop.join("corpus")) } else { Ok(()) };
    let command = move || {
        let mut command = Command::new(fonds);
        command.current_dir(workshop).args(["bundle", "corpus", "-o", "made.zip"]);
        command.args(["--at", "2026-01-02T03:04:05Z", "--agent", "bench", "--threads", "2"]).args(more);
        command
    };
    Contestant {
        name,
        prepare: Box::new(prepare),
        command: Box::new(command),
        output: workshop.join("made.zip"),
    }
}

fn print(title: &str, with: &Score, without: &Score) {
    println!("\n### fonds bundle of {title}\n");
    println!("| seconds | described | not | ratio of medians | median of pairs | aim |");
    println!("|---|---|---|---|---|---|");
    for (what, figure) in [
        ("processor", (|sample| sample.cpu) as fn(&super::measure::Sample) -> f64),
        ("wall", |sample| sample.wall),
    ] {
        let (ours, theirs, pairs) =
            (with.median(figure), without.median(figure), with.pairwise(without, figure));
        let met = if pairs <= AIM { "met" } else { "missed" };
        println!(
            "| {what} | {ours:.2} | {theirs:.2} | {:.2} | **{pairs:.2}** | ≤ {AIM:.2}: {met} |",
            ours / theirs
        );
    }
    let busy = with.median(|sample| sample.cpu / sample.wall);
    println!(
        "\nDescribing keeps {busy:.2} of two processors busy; at most {} MiB are resident.",
        with.peak() >> 20
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_two_articles_are_equal() {
        let (pages, made) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        fs::write(pages.path().join("a.html"), "<p>a").unwrap();
        fs::write(pages.path().join("b.html"), "<p>bc").unwrap();
        let articles = Articles::of(pages.path(), 5).unwrap();
        assert_eq!(articles.octets, 4 + 5 + 4 + 5 + 4);
        articles.make(made.path()).unwrap();
        let mut all: Vec<_> = fs::read_dir(made.path())
            .unwrap()
            .map(|entry| fs::read(entry.unwrap().path()).unwrap())
            .collect();
        all.sort();
        all.dedup();
        assert_eq!(all.len(), 5);
        assert!(fs::read(made.path().join("00004-a.html")).unwrap().starts_with(b"<p>a\n<!-- 4 -->"));
    }

    #[test]
    fn a_folder_without_pages_is_an_error() {
        let empty = tempfile::tempdir().unwrap();
        assert!(Articles::of(empty.path(), 5).is_err());
    }
}
