//! Eight blocks at once in AVX-512 registers.
//!
//! `pulp` finds the instructions at run time and hands out a token that makes calling them safe.

#![allow(clippy::many_single_char_names, reason = "the names are those of FIPS 180-4")]
#![allow(
    clippy::inline_always,
    reason = "a function that is not inlined would be compiled without the instructions"
)]

use super::LANES;
use crate::sha512::Block;
use core::arch::x86_64::__m512i;
use pulp::x86::V4;

/// One word of the state of every lane: `[word][lane]`.
type Words = [[u64; LANES]; 8];

/// Proof that the processor has AVX-512.
#[derive(Clone, Copy)]
pub(crate) struct Kernel(V4);

impl Kernel {
    pub(crate) fn detect() -> Option<Self> {
        V4::try_new().map(Self)
    }

    /// Compresses the first `count` blocks of every lane.
    pub(crate) fn compress(self, words: &mut Words, blocks: &[&[Block]; LANES], count: usize) {
        if count > 0 {
            pulp::Simd::vectorize(self.0, Compress { simd: self.0, words, blocks, count });
        }
    }
}

struct Compress<'a, 'b> {
    simd: V4,
    words: &'a mut Words,
    blocks: &'a [&'b [Block]; LANES],
    count: usize,
}

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

/// Writes a step out sixteen times: the compiler would rather loop, and keep the words in memory.
macro_rules! sixteen_times {
    ($step:ident) => {
        $step!(0);
        $step!(1);
        $step!(2);
        $step!(3);
        $step!(4);
        $step!(5);
        $step!(6);
        $step!(7);
        $step!(8);
        $step!(9);
        $step!(10);
        $step!(11);
        $step!(12);
        $step!(13);
        $step!(14);
        $step!(15);
    };
}

impl pulp::NullaryFnOnce for Compress<'_, '_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Self { simd, words, blocks, count } = self;
        let f = simd.avx512f;
        let mut state: [__m512i; 8] = words.map(pulp::cast);
        for index in 0..count {
            let mut w = schedule_start(simd, blocks, index);
            let [mut a, mut b, mut c, mut d, mut e, mut g, mut h, mut i] = state;
            for (round, constants) in ROUND_CONSTANTS.as_chunks::<16>().0.iter().enumerate() {
                macro_rules! extend {
                    ($t:literal) => {
                        w[$t] = extend(simd, w[$t], w[($t + 1) % 16], w[($t + 9) % 16], w[($t + 14) % 16]);
                    };
                }
                macro_rules! step {
                    ($t:literal) => {
                        let (t1, t2) = temporaries(simd, [a, b, c, e, g, h, i], w[$t], constants[$t]);
                        (i, h, g, e) = (h, g, e, f._mm512_add_epi64(d, t1));
                        (d, c, b, a) = (c, b, a, f._mm512_add_epi64(t1, t2));
                    };
                }
                if round > 0 {
                    sixteen_times!(extend);
                }
                sixteen_times!(step);
            }
            for (sum, value) in state.iter_mut().zip([a, b, c, d, e, g, h, i]) {
                *sum = f._mm512_add_epi64(*sum, value);
            }
        }
        *words = state.map(pulp::cast);
    }
}

/// The 16 words of block `index` of every lane, one word a register.
#[inline(always)]
fn schedule_start(simd: V4, blocks: &[&[Block]; LANES], index: usize) -> [__m512i; 16] {
    let mut words = [pulp::cast([0_u64; LANES]); 16];
    for (half, words) in words.as_chunks_mut::<8>().0.iter_mut().enumerate() {
        let mut rows = [pulp::cast([0_u64; LANES]); 8];
        for (row, blocks) in rows.iter_mut().zip(blocks) {
            let octets = blocks[index].as_chunks::<64>().0[half];
            *row = simd.avx512bw._mm512_shuffle_epi8(pulp::cast(octets), pulp::cast(BIG_ENDIAN));
        }
        *words = transpose(simd, rows);
    }
    words
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
fn quarters(simd: V4, [a, b, c, d]: [__m512i; 4]) -> [__m512i; 4] {
    let f = simd.avx512f;
    let (even_ab, odd_ab) = (f._mm512_shuffle_i64x2::<0x88>(a, b), f._mm512_shuffle_i64x2::<0xdd>(a, b));
    let (even_cd, odd_cd) = (f._mm512_shuffle_i64x2::<0x88>(c, d), f._mm512_shuffle_i64x2::<0xdd>(c, d));
    [
        f._mm512_shuffle_i64x2::<0x88>(even_ab, even_cd),
        f._mm512_shuffle_i64x2::<0x88>(odd_ab, odd_cd),
        f._mm512_shuffle_i64x2::<0xdd>(even_ab, even_cd),
        f._mm512_shuffle_i64x2::<0xdd>(odd_ab, odd_cd),
    ]
}

/// The next word of the message schedule in place of the oldest (§6.4.2 step 1).
#[inline(always)]
fn extend(simd: V4, oldest: __m512i, second: __m512i, tenth: __m512i, fifteenth: __m512i) -> __m512i {
    let f = simd.avx512f;
    let small0 = f._mm512_ternarylogic_epi64::<XOR3>(
        f._mm512_ror_epi64::<1>(second),
        f._mm512_ror_epi64::<8>(second),
        f._mm512_srli_epi64::<7>(second),
    );
    let small1 = f._mm512_ternarylogic_epi64::<XOR3>(
        f._mm512_ror_epi64::<19>(fifteenth),
        f._mm512_ror_epi64::<61>(fifteenth),
        f._mm512_srli_epi64::<6>(fifteenth),
    );
    f._mm512_add_epi64(f._mm512_add_epi64(oldest, small0), f._mm512_add_epi64(tenth, small1))
}

/// T1 and T2 of one of the 80 steps (§6.4.2 step 3), from all working variables but the fourth.
#[inline(always)]
fn temporaries(
    simd: V4,
    [a, b, c, e, g, h, i]: [__m512i; 7],
    word: __m512i,
    constant: u64,
) -> (__m512i, __m512i) {
    let f = simd.avx512f;
    let big1 = f._mm512_ternarylogic_epi64::<XOR3>(
        f._mm512_ror_epi64::<14>(e),
        f._mm512_ror_epi64::<18>(e),
        f._mm512_ror_epi64::<41>(e),
    );
    let choice = f._mm512_ternarylogic_epi64::<CHOOSE>(e, g, h);
    let keyed = f._mm512_add_epi64(f._mm512_set1_epi64(constant.cast_signed()), word);
    let t1 = f._mm512_add_epi64(f._mm512_add_epi64(i, big1), f._mm512_add_epi64(choice, keyed));
    let big0 = f._mm512_ternarylogic_epi64::<XOR3>(
        f._mm512_ror_epi64::<28>(a),
        f._mm512_ror_epi64::<34>(a),
        f._mm512_ror_epi64::<39>(a),
    );
    (t1, f._mm512_add_epi64(big0, f._mm512_ternarylogic_epi64::<MAJORITY>(a, b, c)))
}

/// Fractional parts of the cube roots of the first eighty primes (§4.2.3).
const ROUND_CONSTANTS: [u64; 80] = [
    0x428a_2f98_d728_ae22,
    0x7137_4491_23ef_65cd,
    0xb5c0_fbcf_ec4d_3b2f,
    0xe9b5_dba5_8189_dbbc,
    0x3956_c25b_f348_b538,
    0x59f1_11f1_b605_d019,
    0x923f_82a4_af19_4f9b,
    0xab1c_5ed5_da6d_8118,
    0xd807_aa98_a303_0242,
    0x1283_5b01_4570_6fbe,
    0x2431_85be_4ee4_b28c,
    0x550c_7dc3_d5ff_b4e2,
    0x72be_5d74_f27b_896f,
    0x80de_b1fe_3b16_96b1,
    0x9bdc_06a7_25c7_1235,
    0xc19b_f174_cf69_2694,
    0xe49b_69c1_9ef1_4ad2,
    0xefbe_4786_384f_25e3,
    0x0fc1_9dc6_8b8c_d5b5,
    0x240c_a1cc_77ac_9c65,
    0x2de9_2c6f_592b_0275,
    0x4a74_84aa_6ea6_e483,
    0x5cb0_a9dc_bd41_fbd4,
    0x76f9_88da_8311_53b5,
    0x983e_5152_ee66_dfab,
    0xa831_c66d_2db4_3210,
    0xb003_27c8_98fb_213f,
    0xbf59_7fc7_beef_0ee4,
    0xc6e0_0bf3_3da8_8fc2,
    0xd5a7_9147_930a_a725,
    0x06ca_6351_e003_826f,
    0x1429_2967_0a0e_6e70,
    0x27b7_0a85_46d2_2ffc,
    0x2e1b_2138_5c26_c926,
    0x4d2c_6dfc_5ac4_2aed,
    0x5338_0d13_9d95_b3df,
    0x650a_7354_8baf_63de,
    0x766a_0abb_3c77_b2a8,
    0x81c2_c92e_47ed_aee6,
    0x9272_2c85_1482_353b,
    0xa2bf_e8a1_4cf1_0364,
    0xa81a_664b_bc42_3001,
    0xc24b_8b70_d0f8_9791,
    0xc76c_51a3_0654_be30,
    0xd192_e819_d6ef_5218,
    0xd699_0624_5565_a910,
    0xf40e_3585_5771_202a,
    0x106a_a070_32bb_d1b8,
    0x19a4_c116_b8d2_d0c8,
    0x1e37_6c08_5141_ab53,
    0x2748_774c_df8e_eb99,
    0x34b0_bcb5_e19b_48a8,
    0x391c_0cb3_c5c9_5a63,
    0x4ed8_aa4a_e341_8acb,
    0x5b9c_ca4f_7763_e373,
    0x682e_6ff3_d6b2_b8a3,
    0x748f_82ee_5def_b2fc,
    0x78a5_636f_4317_2f60,
    0x84c8_7814_a1f0_ab72,
    0x8cc7_0208_1a64_39ec,
    0x90be_fffa_2363_1e28,
    0xa450_6ceb_de82_bde9,
    0xbef9_a3f7_b2c6_7915,
    0xc671_78f2_e372_532b,
    0xca27_3ece_ea26_619c,
    0xd186_b8c7_21c0_c207,
    0xeada_7dd6_cde0_eb1e,
    0xf57d_4f7f_ee6e_d178,
    0x06f0_67aa_7217_6fba,
    0x0a63_7dc5_a2c8_98a6,
    0x113f_9804_bef9_0dae,
    0x1b71_0b35_131c_471b,
    0x28db_77f5_2304_7d84,
    0x32ca_ab7b_40c7_2493,
    0x3c9e_be0a_15c9_bebc,
    0x431d_67c4_9c10_0d4c,
    0x4cc5_d4be_cb3e_42b6,
    0x597f_299c_fc65_7e2a,
    0x5fcb_6fab_3ad6_faec,
    0x6c44_198c_4a47_5817,
];
