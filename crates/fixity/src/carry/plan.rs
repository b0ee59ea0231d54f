//! Who carries what.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Files up to this size travel in runs.
const SMALL_OCTETS: u64 = 256 << 10;
/// A run is at most so large: the more files are summed together, the better filled are the lanes of
/// SHA-512; larger ones gain nothing more, and leave the processor's cache.
const RUN_OCTETS: u64 = 2 << 20;
/// Where there are few octets, runs are as small as this, so that every worker gets some …
const LEAST_RUN_OCTETS: u64 = 1 << 20;
/// … namely so many runs each.
const RUNS_EACH: u64 = 4;
/// A run has at most so many files.
const RUN_FILES: usize = 512;
/// Large files that one worker has open at once, at most: twice the lanes of SHA-512.
pub(super) const SIDE_BY_SIDE: usize = 16;

/// Runs of small files, and large files by falling size; handed out in turn.
pub(super) struct Plan {
    runs: Vec<Range<usize>>,
    next_run: AtomicUsize,
    large: Vec<usize>,
    next_large: AtomicUsize,
    pub(super) side_by_side: usize,
    /// There are fewer large files than threads: each gets a second thread for its SHA-512.
    pub(super) partnered: bool,
}

impl Plan {
    pub(super) fn new(sizes: &[u64], threads: usize, most_open: usize) -> Self {
        let most_octets = run_octets(sizes, threads);
        let mut runs = Vec::new();
        let mut large = Vec::new();
        let mut begin = 0;
        let mut octets = 0;
        for (index, &size) in sizes.iter().enumerate() {
            let is_large = size > SMALL_OCTETS;
            if is_large || octets + size > most_octets || index - begin >= RUN_FILES {
                if begin < index {
                    runs.push(begin..index);
                }
                (begin, octets) = (index, 0);
            }
            if is_large {
                large.push(index);
                begin = index + 1;
            } else {
                octets += size;
            }
        }
        if begin < sizes.len() {
            runs.push(begin..sizes.len());
        }
        large.sort_by_key(|&index| (std::cmp::Reverse(sizes[index]), index));
        // As many rounds as that many side by side would take, with the files spread evenly over them.
        let rounds = large.len().div_ceil(threads * most_open).max(1);
        let side_by_side = large.len().div_ceil(threads * rounds).clamp(1, most_open);
        Self {
            runs,
            next_run: AtomicUsize::new(0),
            partnered: large.len() < threads,
            large,
            next_large: AtomicUsize::new(0),
            side_by_side,
        }
    }

    pub(super) fn take_large(&self) -> Option<usize> {
        self.large.get(self.next_large.fetch_add(1, Ordering::Relaxed)).copied()
    }

    pub(super) fn take_run(&self) -> Option<Range<usize>> {
        self.runs.get(self.next_run.fetch_add(1, Ordering::Relaxed)).cloned()
    }
}

/// Octets of a run, at most.
fn run_octets(sizes: &[u64], threads: usize) -> u64 {
    let small: u64 = sizes.iter().filter(|&&size| size <= SMALL_OCTETS).sum();
    (small / RUNS_EACH / threads as u64).clamp(LEAST_RUN_OCTETS, RUN_OCTETS)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn few_octets_are_dealt_out_in_smaller_runs() {
        let of = |files: usize| vec![128 << 10; files];
        assert_eq!(run_octets(&of(10_000), 4), RUN_OCTETS);
        assert_eq!(run_octets(&of(192), 4), 3 << 19);
        assert_eq!(run_octets(&of(2), 4), LEAST_RUN_OCTETS);
        assert_eq!(run_octets(&[SMALL_OCTETS + 1; 100], 1), LEAST_RUN_OCTETS);
        assert_eq!(Plan::new(&of(64), 8, SIDE_BY_SIDE).runs.len(), 8);
    }

    #[test]
    fn who_opens_singly_has_one_file_open() {
        let of = |most_open: usize| Plan::new(&[SMALL_OCTETS + 1; 100], 2, most_open).side_by_side;
        assert_eq!((of(1), of(SIDE_BY_SIDE)), (1, 13));
    }

    proptest! {
        #[test]
        fn every_file_is_carried_exactly_once(
            sizes in proptest::collection::vec(prop_oneof![0_u64..9000, 200_000_u64..300_000], 0..1500),
            threads in 1_usize..9,
        ) {
            let plan = Plan::new(&sizes, threads, SIDE_BY_SIDE);
            let mut carried = vec![0; sizes.len()];
            while let Some(index) = plan.take_large() {
                carried[index] += 1;
            }
            while let Some(run) = plan.take_run() {
                prop_assert!(run.len() <= RUN_FILES);
                prop_assert!(run.clone().map(|i| sizes[i]).sum::<u64>() <= RUN_OCTETS);
                for index in run {
                    carried[index] += 1;
                }
            }
            prop_assert!(carried.iter().all(|&times| times == 1));
        }
    }
}
