//! Eight blocks at once in AVX-512 registers.
//!
//! `pulp` finds the instructions at run time and hands out a token that makes calling them safe.

#![allow(
    clippy::inline_always,
    reason = "a function that is not inlined would be compiled without the instructions"
)]

use super::rounds::Lanes;
use crate::sha512::Block;
use core::arch::x86_64::__m512i;
use pulp::x86::V4;

/// Three-way exclusive or, choice and majority as truth tables of the ternary instruction.
const XOR3: i32 = 0x96;
const CHOOSE: i32 = 0xca;
const MAJORITY: i32 = 0xe8;

/// Reverses the octets of each of eight 64-bit words.
const BIG_ENDIAN: [u8; 64] = {
    let mut order = [0; 64];
    let mut i = 0_u8;
    while i < 64 {
        order[i as usize] = (i & 8) | (7 - (i & 7));
        i += 1;
    }
    order
};

impl Lanes<8> for V4 {
    type Word = __m512i;

    #[inline(always)]
    fn load(self, words: [u64; 8]) -> __m512i {
        pulp::cast(words)
    }

    #[inline(always)]
    fn store(self, word: __m512i) -> [u64; 8] {
        pulp::cast(word)
    }

    #[inline(always)]
    fn add(self, a: __m512i, b: __m512i) -> __m512i {
        self.avx512f._mm512_add_epi64(a, b)
    }

    #[inline(always)]
    fn shift_right<const BITS: i32>(self, a: __m512i) -> __m512i {
        self.avx512f._mm512_srl_epi64(a, self.sse2._mm_cvtsi32_si128(BITS))
    }

    #[inline(always)]
    fn rotate<const RIGHT: i32, const LEFT: i32>(self, a: __m512i) -> __m512i {
        self.avx512f._mm512_ror_epi64::<RIGHT>(a)
    }

    #[inline(always)]
    fn xor3(self, a: __m512i, b: __m512i, c: __m512i) -> __m512i {
        self.avx512f._mm512_ternarylogic_epi64::<XOR3>(a, b, c)
    }

    #[inline(always)]
    fn choose(self, a: __m512i, b: __m512i, c: __m512i) -> __m512i {
        self.avx512f._mm512_ternarylogic_epi64::<CHOOSE>(a, b, c)
    }

    #[inline(always)]
    fn majority(self, a: __m512i, b: __m512i, c: __m512i) -> __m512i {
        self.avx512f._mm512_ternarylogic_epi64::<MAJORITY>(a, b, c)
    }

    #[inline(always)]
    fn first_words(self, blocks: &[&[Block]; 8], index: usize) -> [__m512i; 16] {
        let mut words = [self.load([0; 8]); 16];
        for (half, words) in words.as_chunks_mut::<8>().0.iter_mut().enumerate() {
            let mut rows = [self.load([0; 8]); 8];
            for (row, blocks) in rows.iter_mut().zip(blocks) {
                let octets = blocks[index].as_chunks::<64>().0[half];
                *row = self.avx512bw._mm512_shuffle_epi8(pulp::cast(octets), pulp::cast(BIG_ENDIAN));
            }
            *words = transpose(self, rows);
        }
        words
    }
}

/// Turns eight rows of eight words into eight columns.
#[inline(always)]
fn transpose(simd: V4, [r0, r1, r2, r3, r4, r5, r6, r7]: [__m512i; 8]) -> [__m512i; 8] {
    let f = simd.avx512f;
    let (low01, high01) = (f._mm512_unpacklo_epi64(r0, r1), f._mm512_unpackhi_epi64(r0, r1));
    let (low23, high23) = (f._mm512_unpacklo_epi64(r2, r3), f._mm512_unpackhi_epi64(r2, r3));
    let (low45, high45) = (f._mm512_unpacklo_epi64(r4, r5), f._mm512_unpackhi_epi64(r4, r5));
    let (low67, high67) = (f._mm512_unpacklo_epi64(r6, r7), f._mm512_unpackhi_epi64(r6, r7));
    let [c0, c2, c4, c6] = quarters(simd, [low01, low23, low45, low67]);
    let [c1, c3, c5, c7] = quarters(simd, [high01, high23, high45, high67]);
    [c0, c1, c2, c3, c4, c5, c6, c7]
}

/// From four registers of row pairs, every other column.
#[inline(always)]
fn quarters(simd: V4, [r0, r1, r2, r3]: [__m512i; 4]) -> [__m512i; 4] {
    let f = simd.avx512f;
    let (even01, odd01) = (f._mm512_shuffle_i64x2::<0x88>(r0, r1), f._mm512_shuffle_i64x2::<0xdd>(r0, r1));
    let (even23, odd23) = (f._mm512_shuffle_i64x2::<0x88>(r2, r3), f._mm512_shuffle_i64x2::<0xdd>(r2, r3));
    [
        f._mm512_shuffle_i64x2::<0x88>(even01, even23),
        f._mm512_shuffle_i64x2::<0x88>(odd01, odd23),
        f._mm512_shuffle_i64x2::<0xdd>(even01, even23),
        f._mm512_shuffle_i64x2::<0xdd>(odd01, odd23),
    ]
}
