//! Descriptions held against the labels of people: what is answered, what is right, how fast.
//!
//! `cargo xtask bench describe` starts it.
#![allow(clippy::print_stdout, clippy::disallowed_methods, reason = "a program that measures, and says so")]

mod gold;
mod mentions;
mod score;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use ingest::FormatIdentifier;
use ingest::describe::{ContentDescriber, Evidence, evidence};
use provenance::description::{Describer, Description, Look};
use provenance::{Format, Identifier};

use score::{Half, Scores};

/// What a step answers: nothing, or why it could not be done.
type Result<T = ()> = std::result::Result<T, Box<dyn std::error::Error>>;

/// A page, and what people say of it; empty where they say nothing.
pub struct Labelled {
    name: String,
    title: String,
    authors: BTreeSet<String>,
    /// Its authors as they were written down.
    byline: String,
    date: String,
    /// Whether a person looked at it at all.
    seen: bool,
}

/// A page, what is suggested of it, and on what evidence.
struct Described {
    label: Labelled,
    description: Description,
    evidence: Evidence,
}

/// Describes every page of the corpus, and prints how well and how fast.
fn main() -> Result {
    let mut words = std::env::args_os().skip(1);
    let (Some(sheet), Some(pages)) = (words.next().map(PathBuf::from), words.next().map(PathBuf::from))
    else {
        return Err("expected the sheet of labels and the folder of pages".into());
    };
    let mut verbose = false;
    let mut sample = None;
    while let Some(word) = words.next() {
        verbose |= word == "--verbose";
        if word == "--sample" {
            let nth = words.next().and_then(|nth| nth.to_str().and_then(|nth| nth.parse::<usize>().ok()));
            sample = Some(nth.filter(|nth| *nth > 0).ok_or("expected a number behind --sample")?);
        }
    }
    let labels = labels(&sheet)?;
    let mut described = Vec::new();
    for label in labels {
        let octets = fs::read(pages.join(&label.name))?;
        let format = FormatIdentifier.identify(&label.name, &octets, octets.len() as u64);
        let description = ContentDescriber.describe(&Look::whole(&label.name, &format, &octets));
        let evidence = evidence(&Look::whole(&label.name, &format, &octets));
        described.push(Described { label, description, evidence });
    }
    for half in [Half::Tuned, Half::Other, Half::Both] {
        let mut scores = Scores::default();
        for page in described.iter().filter(|page| page.label.seen && half.has(&page.label.name)) {
            scores.count(page);
        }
        scores.print(half);
    }
    by_signal(&described);
    others(&described);
    if verbose {
        for page in described.iter().filter(|page| page.label.seen) {
            score::differences(page);
        }
    }
    mentions::print(verbose)?;
    if let Some(nth) = sample {
        mentions::sample(&described, nth);
    }
    speed(&pages, &described)
}

fn labels(sheet: &Path) -> Result<Vec<Labelled>> {
    let mut labels = Vec::new();
    let mut reader = csv::Reader::from_path(sheet)?;
    let columns = reader.headers()?.clone();
    for row in reader.records() {
        let row = row?;
        let cell = |name: &str| {
            let at = columns.iter().position(|column| column == name);
            at.and_then(|at| row.get(at)).unwrap_or_default().trim().to_owned()
        };
        labels.push(Labelled {
            name: cell("file"),
            title: cell("title"),
            authors: score::names(cell("author").split(" | ")),
            byline: cell("author"),
            date: cell("date"),
            seen: cell("labelled") == "1",
        });
    }
    Ok(labels)
}

/// How often each signal alone is right.
fn by_signal(described: &[Described]) {
    let mut table: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    let mut count = |what, signal, right| {
        let entry = table.entry((what, signal)).or_default();
        entry.0 += 1;
        entry.1 += usize::from(right);
    };
    for Described { label, evidence, .. } in described.iter().filter(|page| page.label.seen) {
        for signal in evidence.dates.iter().filter(|_| !label.date.is_empty()) {
            let day = signal.reading.edtf.as_deref().unwrap_or_default();
            count("date", signal.name, score::same_day(day, &label.date));
        }
        for claim in evidence.titles.iter().filter(|_| !label.title.is_empty()) {
            count("title", claim.signal, score::loosely(&claim.value, &label.title));
        }
        for claim in evidence.creators.iter().filter(|_| !label.authors.is_empty()) {
            let names = score::names(claim.value.iter().map(String::as_str));
            count("author", claim.signal, names == label.authors);
        }
    }
    println!("\n| signal alone | of | says | right | precision |\n|---|---|---|---|---|");
    for ((what, signal), (says, right)) in table {
        println!("| {signal} | {what} | {says} | {right} | {:.3} |", score::share(right, says));
    }
}

/// What has no labels: how often it is answered.
fn others(described: &[Described]) {
    let count =
        |has: fn(&Description) -> bool| described.iter().filter(|page| has(&page.description)).count();
    println!("\n| without labels | answered of {} |\n|---|---|", described.len());
    println!("| publisher | {} |", count(|d| d.publisher.is_some()));
    println!("| source_url | {} |", count(|d| d.source_url.is_some()));
    println!("| language | {} |", count(|d| d.language.is_some()));
    println!("| summary | {} |", count(|d| d.summary.is_some()));
    println!("| remarked on | {} |", count(|d| !d.remarks.is_empty()));
    for page in described.iter().filter(|page| !page.description.remarks.is_empty()) {
        println!("\n{}: {:?}", page.label.name, page.description.remarks);
    }
}

/// Microseconds a page, the best of five rounds, by one thread.
fn speed(pages: &Path, described: &[Described]) -> Result {
    let mut all: Vec<(String, Format, Vec<u8>)> = Vec::new();
    for page in described {
        let octets = fs::read(pages.join(&page.label.name))?;
        let format = FormatIdentifier.identify(&page.label.name, &octets, octets.len() as u64);
        all.push((page.label.name.clone(), format, octets));
    }
    let mut rounds: Vec<Vec<f64>> = vec![Vec::new(); all.len()];
    for _ in 0..5 {
        for (at, (name, format, octets)) in all.iter().enumerate() {
            let start = Instant::now();
            std::hint::black_box(ContentDescriber.describe(&Look::whole(name, format, octets)));
            rounds[at].push(start.elapsed().as_secs_f64() * 1e6);
        }
    }
    let mut best: Vec<f64> =
        rounds.iter().map(|times| times.iter().copied().fold(f64::INFINITY, f64::min)).collect();
    best.sort_by(f64::total_cmp);
    let octets: usize = all.iter().map(|page| page.2.len()).sum();
    #[expect(clippy::cast_precision_loss, reason = "a time needs no 53 bits")]
    let (mean, kib) =
        (best.iter().sum::<f64>() / all.len() as f64, octets as f64 / 1024.0 / all.len() as f64);
    println!(
        "\n{mean:.0} µs a page of {kib:.0} KiB on average; median {:.0}, nine of ten below {:.0}, slowest {:.0}",
        best[best.len() / 2],
        best[best.len() * 9 / 10],
        best.last().copied().unwrap_or_default()
    );
    Ok(())
}
