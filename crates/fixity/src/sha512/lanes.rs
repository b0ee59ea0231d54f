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
    if jobs.len() > 1
        && let Some(kernel) = avx512::Kernel::detect()
    {
        return deal(jobs, kernel);
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
mod avx512;

/// Streams side by side in one register of 512 bits.
#[cfg(target_arch = "x86_64")]
const LANES: usize = 8;

/// Keeps the lanes filled: whenever a job ends, its lane takes the next.
#[cfg(target_arch = "x86_64")]
fn deal(jobs: &mut [Job<'_>], kernel: avx512::Kernel) {
    let mut waiting = 0..jobs.len();
    let mut words = [[0; LANES]; 8];
    let mut lanes: [Option<usize>; LANES] = [None; LANES];
    loop {
        for (lane, place) in lanes.iter_mut().enumerate() {
            if place.is_none()
                && let Some(next) = waiting.next()
            {
                *place = Some(next);
                for (word, value) in words.iter_mut().zip(*jobs[next].state) {
                    word[lane] = value;
                }
            }
        }
        let mut busy = lanes.iter().flatten();
        let Some(&first) = busy.next() else { return };
        let alone = busy.next().is_none();
        let blocks: [&[Block]; LANES] = lanes.map(|job| jobs[job.unwrap_or(first)].blocks);
        // A single stream is faster on the reference than in one of eight lanes.
        let count = if alone { 0 } else { blocks.iter().map(|b| b.len()).min().unwrap_or(0) };
        kernel.compress(&mut words, &blocks, count);
        for (lane, place) in lanes.iter_mut().enumerate() {
            let Some(index) = *place else { continue };
            let job = &mut jobs[index];
            job.blocks = &job.blocks[count..];
            if alone || job.blocks.is_empty() {
                for (value, word) in job.state.iter_mut().zip(&words) {
                    *value = word[lane];
                }
                compress_one(job.state, job.blocks);
                *place = None;
            }
        }
    }
}
