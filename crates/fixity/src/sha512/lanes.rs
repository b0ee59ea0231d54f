//! Deals blocks of many streams out to lanes.

use super::{Block, State};

/// Blocks to be compressed into one state, in order.
pub(crate) struct Job<'a> {
    pub(crate) state: &'a mut State,
    pub(crate) blocks: &'a [Block],
}

/// Compresses every job, many side by side where the processor can.
pub(crate) fn compress_many(jobs: &mut [Job<'_>]) {
    #[cfg(target_arch = "x86_64")]
    if jobs.len() > 1 {
        if let Some(simd) = pulp::x86::V4::try_new() {
            return deal(jobs, simd);
        }
        if let Some(simd) = pulp::x86::V3::try_new() {
            return deal(jobs, simd);
        }
    }
    for job in jobs {
        compress_one(job.state, job.blocks);
    }
}

/// The reference: the block function of `sha2`.
fn compress_one(state: &mut State, blocks: &[Block]) {
    sha2::block_api::compress512(state, blocks);
}

#[cfg(target_arch = "x86_64")]
mod avx2;
#[cfg(target_arch = "x86_64")]
mod avx512;
#[cfg(target_arch = "x86_64")]
mod rounds;

/// Blocks that run before the lanes are dealt out anew.
#[cfg(target_arch = "x86_64")]
const TURN_BLOCKS: usize = 128;

/// With more jobs than this the order does not matter, and looking for it would take time.
#[cfg(target_arch = "x86_64")]
const MOST_ORDERED: usize = 64;

/// Gives the lanes in turns to the jobs with the most left to do, so that ten equal jobs keep
/// eight lanes busy to the end.
#[cfg(target_arch = "x86_64")]
fn deal<const LANES: usize, S: pulp::Simd + rounds::Lanes<LANES>>(jobs: &mut [Job<'_>], simd: S) {
    let mut live = jobs;
    loop {
        live = without_finished(live);
        if let [] | [_] = live {
            // A single stream is faster on the reference than in one of many lanes.
            return live.iter_mut().for_each(|job| compress_one(job.state, job.blocks));
        }
        if (LANES + 1..=MOST_ORDERED).contains(&live.len()) {
            live.select_nth_unstable_by_key(LANES - 1, |job| std::cmp::Reverse(job.blocks.len()));
        }
        let busy = live.len().min(LANES);
        take_turn(&mut live[..busy], simd);
    }
}

/// Moves finished jobs to the end, and answers the others.
#[cfg(target_arch = "x86_64")]
fn without_finished<'s, 'j>(jobs: &'s mut [Job<'j>]) -> &'s mut [Job<'j>] {
    let mut live = 0;
    for index in 0..jobs.len() {
        if !jobs[index].blocks.is_empty() {
            jobs.swap(live, index);
            live += 1;
        }
    }
    &mut jobs[..live]
}

/// Runs as many jobs as there are lanes side by side until the first ends, or the turn is over.
#[cfg(target_arch = "x86_64")]
fn take_turn<const LANES: usize, S: pulp::Simd + rounds::Lanes<LANES>>(jobs: &mut [Job<'_>], simd: S) {
    let shortest = jobs.iter().map(|job| job.blocks.len()).min().unwrap_or(0);
    let count = shortest.min(TURN_BLOCKS);
    let mut words = [[0; LANES]; 8];
    // A lane without a job goes over another's blocks, and nobody looks at what comes out.
    let mut blocks = [&jobs[0].blocks[..count]; LANES];
    for (lane, job) in jobs.iter_mut().enumerate() {
        let (now, later) = job.blocks.split_at(count);
        (blocks[lane], job.blocks) = (now, later);
        for (word, value) in words.iter_mut().zip(&*job.state) {
            word[lane] = *value;
        }
    }
    rounds::compress(simd, &mut words, &blocks, count);
    for (lane, job) in jobs.iter_mut().enumerate() {
        for (value, word) in job.state.iter_mut().zip(&words) {
            *value = word[lane];
        }
    }
}

#[cfg(all(test, target_arch = "x86_64"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// States after the given numbers of blocks, by lanes or by the reference.
    fn states(counts: &[usize], compress: impl FnOnce(&mut [Job<'_>])) -> Vec<State> {
        let texts: Vec<Vec<Block>> = counts
            .iter()
            .enumerate()
            .map(|(job, &count)| (0..count).map(|n| [(n * 37 + job * 11).to_le_bytes()[0]; 128]).collect())
            .collect();
        let mut states = vec![[7; 8]; counts.len()];
        let mut jobs: Vec<Job<'_>> =
            states.iter_mut().zip(&texts).map(|(state, blocks)| Job { state, blocks }).collect();
        compress(&mut jobs);
        states
    }

    fn by_reference(jobs: &mut [Job<'_>]) {
        for job in jobs {
            compress_one(job.state, job.blocks);
        }
    }

    proptest! {
        #[test]
        fn every_register_that_the_processor_has_equals_the_reference(
            counts in proptest::collection::vec(0_usize..300, 0..24),
        ) {
            let expected = states(&counts, by_reference);
            if let Some(simd) = pulp::x86::V4::try_new() {
                prop_assert_eq!(&states(&counts, |jobs| deal(jobs, simd)), &expected);
            }
            if let Some(simd) = pulp::x86::V3::try_new() {
                prop_assert_eq!(&states(&counts, |jobs| deal(jobs, simd)), &expected);
            }
        }
    }
}
