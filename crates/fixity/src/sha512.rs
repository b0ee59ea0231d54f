//! SHA-512 (FIPS 180-4), one stream or many side by side.
//!
//! SHA-512 is the dear one of the two default digests: one stream runs at about a third of
//! SHA-256 with the processor's own instructions. Eight independent streams in the eight lanes of
//! an AVX-512 register run four times faster than one after the other, four in AVX2 registers twice
//! as fast, and a bag has many files.
//! The block function of the crate `sha2` is the reference: it takes over wherever there is
//! no such processor or only one stream, and a test holds both equal.

mod lanes;

pub(crate) use lanes::{Job, compress_many};

/// Octets of one block.
pub(crate) const BLOCK: usize = 128;
/// One block.
pub(crate) type Block = [u8; BLOCK];
/// The chaining value.
pub(crate) type State = [u64; 8];

const INITIAL: State = [
    0x6a09_e667_f3bc_c908,
    0xbb67_ae85_84ca_a73b,
    0x3c6e_f372_fe94_f82b,
    0xa54f_f53a_5f1d_36f1,
    0x510e_527f_ade6_82d1,
    0x9b05_688c_2b3e_6c1f,
    0x1f83_d9ab_fb41_bd6b,
    0x5be0_cd19_137e_2179,
];

/// One running SHA-512.
#[derive(Clone, Debug)]
pub(crate) struct Sha512 {
    state: State,
    /// Octets that do not fill a block yet; `length % BLOCK` of them count.
    pending: Block,
    length: u128,
}

impl Sha512 {
    pub(crate) fn new() -> Self {
        Self { state: INITIAL, pending: [0; BLOCK], length: 0 }
    }

    fn pending_octets(&self) -> usize {
        usize::try_from(self.length % BLOCK as u128).unwrap_or(0)
    }

    /// Completes a begun block with octets from the front of `input`; answers what is left of it.
    fn top_up<'a>(&mut self, input: &'a [u8]) -> &'a [u8] {
        let begun = self.pending_octets();
        if begun == 0 {
            return input;
        }
        let (front, rest) = input.split_at(input.len().min(BLOCK - begun));
        self.pending[begun..begun + front.len()].copy_from_slice(front);
        self.length += front.len() as u128;
        if begun + front.len() == BLOCK {
            compress_many(&mut [Job { state: &mut self.state, blocks: &[self.pending] }]);
        }
        rest
    }

    /// Keeps what does not fill a block, and answers the blocks to be compressed before it.
    fn take_blocks<'a>(&mut self, input: &'a [u8]) -> &'a [Block] {
        let (blocks, tail) = input.as_chunks::<BLOCK>();
        self.pending[..tail.len()].copy_from_slice(tail);
        self.length += input.len() as u128;
        blocks
    }

    /// Feeds every stream its own octets, side by side.
    pub(crate) fn update_many<'a>(streams: impl Iterator<Item = (&'a mut Self, &'a [u8])>) {
        let mut jobs: Vec<Job<'a>> = Vec::new();
        for (stream, input) in streams {
            let rest = stream.top_up(input);
            if rest.is_empty() {
                continue;
            }
            let blocks = stream.take_blocks(rest);
            if !blocks.is_empty() {
                jobs.push(Job { state: &mut stream.state, blocks });
            }
        }
        compress_many(&mut jobs);
    }

    /// Finishes every stream, side by side; each then answers its [`Sha512::octets`].
    pub(crate) fn finish_many<'a>(streams: impl Iterator<Item = &'a mut Self>) {
        let mut streams: Vec<&'a mut Self> = streams.collect();
        let paddings: Vec<([Block; 2], usize)> = streams.iter().map(|s| s.padding()).collect();
        let mut jobs: Vec<Job<'_>> = streams
            .iter_mut()
            .zip(&paddings)
            .map(|(stream, (blocks, count))| Job { state: &mut stream.state, blocks: &blocks[..*count] })
            .collect();
        compress_many(&mut jobs);
    }

    /// The last one or two blocks: what is pending, a one bit, zeros, the length in bits (§5.1.2).
    fn padding(&self) -> ([Block; 2], usize) {
        let begun = self.pending_octets();
        let mut blocks = [[0; BLOCK]; 2];
        blocks[0][..begun].copy_from_slice(&self.pending[..begun]);
        blocks[0][begun] = 0x80;
        let count = if begun < BLOCK - 16 { 1 } else { 2 };
        blocks[count - 1][BLOCK - 16..].copy_from_slice(&(self.length * 8).to_be_bytes());
        (blocks, count)
    }

    /// The digest, once finished.
    pub(crate) fn octets(&self) -> [u8; 64] {
        let mut octets = [0; 64];
        for (place, word) in octets.chunks_exact_mut(8).zip(self.state) {
            place.copy_from_slice(&word.to_be_bytes());
        }
        octets
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use sha2::Digest as _;

    fn ours(messages: &[Vec<u8>], step: usize) -> Vec<[u8; 64]> {
        let mut streams = vec![Sha512::new(); messages.len()];
        let longest = messages.iter().map(Vec::len).max().unwrap_or(0);
        for from in (0..longest).step_by(step) {
            Sha512::update_many(streams.iter_mut().zip(messages).map(|(stream, message)| {
                (stream, &message[from.min(message.len())..(from + step).min(message.len())])
            }));
        }
        Sha512::finish_many(streams.iter_mut());
        streams.iter().map(Sha512::octets).collect()
    }

    proptest! {
        #[test]
        fn many_streams_of_any_lengths_equal_the_reference(
            lengths in proptest::collection::vec(0_usize..1200, 0..40),
            step in 1_usize..700,
        ) {
            let messages: Vec<Vec<u8>> = lengths
                .iter()
                .map(|&n| (0..n).map(|i| u8::try_from((i * 7 + n) % 251).unwrap()).collect())
                .collect();
            let expected: Vec<[u8; 64]> = messages.iter().map(|m| sha2::Sha512::digest(m).into()).collect();
            prop_assert_eq!(ours(&messages, step), expected);
        }
    }

    #[test]
    fn every_length_around_a_block_equals_the_reference() {
        let messages: Vec<Vec<u8>> = (0..=300).map(|n| vec![0x5a; n]).collect();
        let expected: Vec<[u8; 64]> = messages.iter().map(|m| sha2::Sha512::digest(m).into()).collect();
        assert_eq!(ours(&messages, 4096), expected);
    }
}
