//! The figures as Markdown tables.

use super::contest::{BAGIT_CREATE, BAGIT_VALIDATE, COPY, ZIP};
use super::corpus::Corpus;
use super::rounds::Score;

/// What the issue that laid the foundations asked of full-size corpora (two cores, warm cache).
fn aim_against(corpus: &Corpus, peer: &str) -> Option<f64> {
    let small = corpus.size < 1 << 20;
    match peer {
        BAGIT_CREATE if small => Some(0.25),
        BAGIT_VALIDATE if small => Some(0.12),
        BAGIT_VALIDATE => Some(1.0),
        _ => None,
    }
}

const BAGIT_AND_ZIP: &str = "bagit.py, then zip -0";

/// Bundling and verifying in memory, against every peer and against what the digests allow.
pub fn in_memory(corpus: &Corpus, bundle: &[Score], verify: &[Score], rate: f64) {
    println!("\n### {}, memory file system\n", corpus.title());
    heading();
    peers(corpus, bundle);
    let find = |name| bundle.iter().find(|score| score.name == name);
    if let (Some(fonds), Some(bagit), Some(zip)) = (bundle.first(), find(BAGIT_CREATE), find(ZIP)) {
        row(fonds, &bagit.followed_by(zip, BAGIT_AND_ZIP), Some(1.0));
    }
    peers(corpus, verify);
    #[expect(clippy::cast_precision_loss, reason = "a time in seconds needs no 53 bits")]
    let limit = corpus.octets() as f64 / rate;
    let copy = find(COPY).map_or(0.0, |score| score.median(|sample| sample.wall));
    if corpus.size >= 1 << 20 {
        against_limit(bundle, "the larger of digest limit and cp -r", limit.max(copy), 1.15);
        against_limit(verify, "digest limit", limit, 1.1);
    }
    memory(corpus, bundle.iter().chain(verify));
}

/// Bundling to disk, fsync included.
pub fn on_disk(corpus: &Corpus, scores: &[Score]) {
    println!("\n### {}, on disk, until all is safely there\n", corpus.title());
    heading();
    if let Some((fonds, peers)) = scores.split_first() {
        for peer in peers {
            row(fonds, peer, None);
        }
    }
}

fn heading() {
    println!("| fonds | against | ratio of medians | median of pairs | CPU | seconds | theirs | aim |");
    println!("|---|---|---|---|---|---|---|---|");
}

/// The first score is ours, the others are its peers.
fn peers(corpus: &Corpus, scores: &[Score]) {
    if let Some((fonds, peers)) = scores.split_first() {
        for peer in peers {
            row(fonds, peer, aim_against(corpus, peer.name));
        }
    }
}

fn row(fonds: &Score, peer: &Score, aim: Option<f64>) {
    let (ours, theirs) = (fonds.median(|sample| sample.wall), peer.median(|sample| sample.wall));
    let cpu = fonds.median(|sample| sample.cpu) / peer.median(|sample| sample.cpu);
    let aim = aim.map_or(String::new(), |aim| verdict(ours / theirs, aim));
    let (name, against, pairs) = (fonds.name, peer.name, fonds.pairwise(peer, |sample| sample.wall));
    println!(
        "| {name} | {against} | **{:.3}** | {pairs:.3} | {cpu:.3} | {ours:.2} | {theirs:.2} | {aim} |",
        ours / theirs
    );
}

fn against_limit(scores: &[Score], against: &str, limit: f64, aim: f64) {
    if let Some(fonds) = scores.first() {
        let ours = fonds.median(|sample| sample.wall);
        let (ratio, aim) = (ours / limit, verdict(ours / limit, aim));
        println!("| {} | {against} | **{ratio:.3}** | | | {ours:.2} | {limit:.2} | {aim} |", fonds.name);
    }
}

fn verdict(ratio: f64, aim: f64) -> String {
    format!("≤ {aim}: {}", if ratio <= aim { "met" } else { "missed" })
}

/// The aim for memory is 64 MiB and 400 octets for each file, whatever their size.
fn memory<'a>(corpus: &Corpus, scores: impl Iterator<Item = &'a Score>) {
    let allowed = (64 << 20) + 400 * corpus.files;
    println!("\n| program | peak MiB | aim |\n|---|---|---|");
    for score in scores {
        let ours = score.name.starts_with("fonds");
        let met = if score.peak() <= allowed { "met" } else { "missed" };
        let aim = if ours { format!("≤ {}: {met}", allowed >> 20) } else { String::new() };
        println!("| {} | {} | {aim} |", score.name, score.peak() >> 20);
    }
}
