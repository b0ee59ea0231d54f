//! Four blocks at once in AVX2 registers, which most processors since 2013 have.
//!
//! `pulp` finds the instructions at run time and hands out a token that makes calling them safe.

#![allow(
    clippy::inline_always,
    reason = "a function that is not inlined would be compiled without the instructions"
)]

use super::rounds::Lanes;
use crate::sha512::Block;
use core::arch::x86_64::__m256i;
use pulp::x86::V3;

/// Reverses the octets of each of four 64-bit words.
const BIG_ENDIAN: [u8; 32] = {
    let mut order = [0; 32];
    let mut i = 0_u8;
    while i < 32 {
        order[i as usize] = (i & 8) | (7 - (i & 7));
        i += 1;
    }
    order
};

impl Lanes<4> for V3 {
    type Word = __m256i;

    #[inline(always)]
    fn load(self, words: [u64; 4]) -> __m256i {
        pulp::cast(words)
    }

    #[inline(always)]
    fn store(self, word: __m256i) -> [u64; 4] {
        pulp::cast(word)
    }

    #[inline(always)]
    fn add(self, a: __m256i, b: __m256i) -> __m256i {
        self.avx2._mm256_add_epi64(a, b)
    }

    #[inline(always)]
    fn shift_right<const BITS: i32>(self, a: __m256i) -> __m256i {
        self.avx2._mm256_srli_epi64::<BITS>(a)
    }

    #[inline(always)]
    fn rotate<const RIGHT: i32, const LEFT: i32>(self, a: __m256i) -> __m256i {
        self.avx2
            ._mm256_or_si256(self.avx2._mm256_srli_epi64::<RIGHT>(a), self.avx2._mm256_slli_epi64::<LEFT>(a))
    }

    #[inline(always)]
    fn xor3(self, a: __m256i, b: __m256i, c: __m256i) -> __m256i {
        self.avx2._mm256_xor_si256(self.avx2._mm256_xor_si256(a, b), c)
    }

    #[inline(always)]
    fn choose(self, a: __m256i, b: __m256i, c: __m256i) -> __m256i {
        // One instruction less than the standard's own writing: c ^ (a & (b ^ c)).
        let differing = self.avx2._mm256_and_si256(a, self.avx2._mm256_xor_si256(b, c));
        self.avx2._mm256_xor_si256(c, differing)
    }

    #[inline(always)]
    fn majority(self, a: __m256i, b: __m256i, c: __m256i) -> __m256i {
        let either = self.avx2._mm256_and_si256(c, self.avx2._mm256_xor_si256(a, b));
        self.avx2._mm256_xor_si256(self.avx2._mm256_and_si256(a, b), either)
    }

    #[inline(always)]
    fn first_words(self, blocks: &[&[Block]; 4], index: usize) -> [__m256i; 16] {
        let mut words = [self.load([0; 4]); 16];
        for (quarter, words) in words.as_chunks_mut::<4>().0.iter_mut().enumerate() {
            let mut rows = [self.load([0; 4]); 4];
            for (row, blocks) in rows.iter_mut().zip(blocks) {
                let octets = blocks[index].as_chunks::<32>().0[quarter];
                *row = self.avx2._mm256_shuffle_epi8(pulp::cast(octets), pulp::cast(BIG_ENDIAN));
            }
            *words = transpose(self, rows);
        }
        words
    }
}

/// Turns four rows of four words into four columns.
#[inline(always)]
fn transpose(simd: V3, [r0, r1, r2, r3]: [__m256i; 4]) -> [__m256i; 4] {
    let f = simd.avx2;
    let (low01, high01) = (f._mm256_unpacklo_epi64(r0, r1), f._mm256_unpackhi_epi64(r0, r1));
    let (low23, high23) = (f._mm256_unpacklo_epi64(r2, r3), f._mm256_unpackhi_epi64(r2, r3));
    [
        f._mm256_permute2x128_si256::<0x20>(low01, low23),
        f._mm256_permute2x128_si256::<0x20>(high01, high23),
        f._mm256_permute2x128_si256::<0x31>(low01, low23),
        f._mm256_permute2x128_si256::<0x31>(high01, high23),
    ]
}
