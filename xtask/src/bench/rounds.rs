//! Alternating runs, and what is read off them.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::measure::{Sample, measure};
use crate::Result;

/// A program in a contest.
pub struct Contestant<'a> {
    /// How the report calls it.
    pub name: &'static str,
    /// What must be there before, outside the timing.
    pub prepare: Box<dyn Fn() -> Result + 'a>,
    /// What is timed.
    pub command: Box<dyn Fn() -> Command + 'a>,
    /// Where its output lies, which is removed after each run, outside the timing.
    pub output: PathBuf,
}

/// All runs of one program, in the order of the rounds.
pub struct Score {
    /// How the report calls it.
    pub name: &'static str,
    /// One for each round.
    pub samples: Vec<Sample>,
}

/// Lets every contestant run once in each round, always in the same order: A B C, A B C, …
pub fn play(contestants: &[Contestant], rounds: u16) -> Result<Vec<Score>> {
    let mut scores: Vec<_> =
        contestants.iter().map(|one| Score { name: one.name, samples: Vec::new() }).collect();
    for round in 1..=rounds {
        for (contestant, score) in contestants.iter().zip(&mut scores) {
            (contestant.prepare)()?;
            let complaints = contestant.output.with_extension("stderr");
            let sample = measure(&mut (contestant.command)(), &complaints)?;
            eprintln!("round {round}/{rounds}: {:28} {:8.2} s", contestant.name, sample.wall);
            score.samples.push(sample);
            fs::remove_file(complaints)?;
            remove(&contestant.output)?;
        }
    }
    Ok(scores)
}

/// Removes a file or a tree; nothing there is well too.
pub fn remove(path: &Path) -> Result {
    if path.is_dir() {
        fs::remove_dir_all(path)?;
    } else if path.exists() {
        fs::remove_file(path)?;
    }
    Ok(())
}

impl Score {
    /// The median of one figure over all rounds.
    pub fn median(&self, figure: impl Fn(&Sample) -> f64) -> f64 {
        median(self.samples.iter().map(figure).collect())
    }

    /// The largest peak of any round, in octets.
    pub fn peak(&self) -> u64 {
        self.samples.iter().map(|sample| sample.peak).max().unwrap_or(0)
    }

    /// This program and then another, as if they were one.
    pub fn followed_by(&self, other: &Self, name: &'static str) -> Self {
        let both = |(a, b): (&Sample, &Sample)| Sample {
            wall: a.wall + b.wall,
            cpu: a.cpu + b.cpu,
            peak: a.peak.max(b.peak),
        };
        Self { name, samples: self.samples.iter().zip(&other.samples).map(both).collect() }
    }

    /// The median of the ratios of one figure within each round.
    pub fn pairwise(&self, other: &Self, figure: impl Fn(&Sample) -> f64) -> f64 {
        median(self.samples.iter().zip(&other.samples).map(|(a, b)| figure(a) / figure(b)).collect())
    }
}

fn median(mut figures: Vec<f64>) -> f64 {
    figures.sort_by(f64::total_cmp);
    let middle = figures.len() / 2;
    match figures.len() {
        0 => f64::NAN,
        length if length % 2 == 1 => figures[middle],
        _ => f64::midpoint(figures[middle - 1], figures[middle]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < 1e-9);
        assert!((median(vec![4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < 1e-9);
        assert!(median(Vec::new()).is_nan());
    }
}
