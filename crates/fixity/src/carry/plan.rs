//! Who carries what.

use std::ops::Range;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Files up to this size travel in runs.
const SMALL_OCTETS: u64 = 256 << 10;
/// A run is at most so large …
const RUN_OCTETS: u64 = 1 << 20;
/// … and has at most so many files.
const RUN_FILES: usize = 512;
/// Large files that one worker has open at once: twice the lanes of SHA-512.
const SIDE_BY_SIDE: usize = 16;

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
    pub(super) fn new(sizes: &[u64], threads: usize) -> Self {
        let mut runs = Vec::new();
        let mut large = Vec::new();
        let mut begin = 0;
        let mut octets = 0;
        for (index, &size) in sizes.iter().enumerate() {
            let is_large = size > SMALL_OCTETS;
            if is_large || octets + size > RUN_OCTETS || index - begin >= RUN_FILES {
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
        let rounds = large.len().div_ceil(threads * SIDE_BY_SIDE).max(1);
        let side_by_side = large.len().div_ceil(threads * rounds).clamp(1, SIDE_BY_SIDE);
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_file_is_carried_exactly_once(
            sizes in proptest::collection::vec(prop_oneof![0_u64..9000, 200_000_u64..300_000], 0..1500),
            threads in 1_usize..9,
        ) {
            let plan = Plan::new(&sizes, threads);
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
