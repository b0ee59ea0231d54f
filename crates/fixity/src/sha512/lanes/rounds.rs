//! The rounds of SHA-512 (FIPS 180-4 §6.4.2), whatever the register.

#![allow(clippy::many_single_char_names, reason = "the names are those of FIPS 180-4")]
#![allow(
    clippy::inline_always,
    reason = "a function that is not inlined would be compiled without the instructions"
)]

use crate::sha512::Block;

/// One word of the state of every lane: `[word][lane]`.
pub(super) type Words<const LANES: usize> = [[u64; LANES]; 8];

/// Registers that hold one 64-bit word of each lane.
pub(super) trait Lanes<const LANES: usize>: Copy {
    /// One such register.
    type Word: Copy;

    fn load(self, words: [u64; LANES]) -> Self::Word;
    fn store(self, word: Self::Word) -> [u64; LANES];
    fn add(self, a: Self::Word, b: Self::Word) -> Self::Word;
    fn shift_right<const BITS: i32>(self, a: Self::Word) -> Self::Word;
    /// Rotates right by `RIGHT`, where `LEFT` is 64 less it.
    fn rotate<const RIGHT: i32, const LEFT: i32>(self, a: Self::Word) -> Self::Word;
    fn xor3(self, a: Self::Word, b: Self::Word, c: Self::Word) -> Self::Word;
    /// Bits of `b` where `a` is set, else of `c`: Ch.
    fn choose(self, a: Self::Word, b: Self::Word, c: Self::Word) -> Self::Word;
    /// Bits that most have: Maj.
    fn majority(self, a: Self::Word, b: Self::Word, c: Self::Word) -> Self::Word;
    /// The 16 words of block `index` of every lane.
    fn first_words(self, blocks: &[&[Block]; LANES], index: usize) -> [Self::Word; 16];
}

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

/// Compresses the first `count` blocks of every lane, with the instructions that `simd` proves the
/// processor to have.
pub(super) fn compress<const LANES: usize, S: pulp::Simd + Lanes<LANES>>(
    simd: S,
    words: &mut Words<LANES>,
    blocks: &[&[Block]; LANES],
    count: usize,
) {
    simd.vectorize(Compress { simd, words, blocks, count });
}

/// What `pulp` calls once it has switched the instructions on.
struct Compress<'a, 'b, const LANES: usize, S> {
    simd: S,
    words: &'a mut Words<LANES>,
    blocks: &'a [&'b [Block]; LANES],
    count: usize,
}

impl<const LANES: usize, S: Lanes<LANES>> pulp::NullaryFnOnce for Compress<'_, '_, LANES, S> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        compress_blocks(self.simd, self.words, self.blocks, self.count);
    }
}

#[inline(always)]
fn compress_blocks<const LANES: usize, L: Lanes<LANES>>(
    lanes: L,
    words: &mut Words<LANES>,
    blocks: &[&[Block]; LANES],
    count: usize,
) {
    let mut state = [lanes.load([0; LANES]); 8];
    for (register, word) in state.iter_mut().zip(&*words) {
        *register = lanes.load(*word);
    }
    for index in 0..count {
        let mut w = lanes.first_words(blocks, index);
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = state;
        for (round, constants) in ROUND_CONSTANTS.as_chunks::<16>().0.iter().enumerate() {
            macro_rules! extend {
                ($t:literal) => {
                    w[$t] = extend(lanes, w[$t], w[($t + 1) % 16], w[($t + 9) % 16], w[($t + 14) % 16]);
                };
            }
            macro_rules! step {
                ($t:literal) => {
                    let (t1, t2) = temporaries(lanes, [a, b, c, e, f, g, h], w[$t], constants[$t]);
                    (h, g, f, e) = (g, f, e, lanes.add(d, t1));
                    (d, c, b, a) = (c, b, a, lanes.add(t1, t2));
                };
            }
            if round > 0 {
                sixteen_times!(extend);
            }
            sixteen_times!(step);
        }
        for (sum, value) in state.iter_mut().zip([a, b, c, d, e, f, g, h]) {
            *sum = lanes.add(*sum, value);
        }
    }
    for (word, register) in words.iter_mut().zip(state) {
        *word = lanes.store(register);
    }
}

/// The next word of the message schedule in place of the oldest (step 1).
#[inline(always)]
fn extend<const LANES: usize, L: Lanes<LANES>>(
    lanes: L,
    oldest: L::Word,
    second: L::Word,
    tenth: L::Word,
    fifteenth: L::Word,
) -> L::Word {
    let small0 = lanes.xor3(
        lanes.rotate::<1, 63>(second),
        lanes.rotate::<8, 56>(second),
        lanes.shift_right::<7>(second),
    );
    let small1 = lanes.xor3(
        lanes.rotate::<19, 45>(fifteenth),
        lanes.rotate::<61, 3>(fifteenth),
        lanes.shift_right::<6>(fifteenth),
    );
    lanes.add(lanes.add(oldest, small0), lanes.add(tenth, small1))
}

/// T1 and T2 of one of the 80 steps (step 3), from all working variables but the fourth.
#[inline(always)]
fn temporaries<const LANES: usize, L: Lanes<LANES>>(
    lanes: L,
    [a, b, c, e, f, g, h]: [L::Word; 7],
    word: L::Word,
    constant: u64,
) -> (L::Word, L::Word) {
    let big1 = lanes.xor3(lanes.rotate::<14, 50>(e), lanes.rotate::<18, 46>(e), lanes.rotate::<41, 23>(e));
    let keyed = lanes.add(lanes.load([constant; LANES]), word);
    let t1 = lanes.add(lanes.add(h, big1), lanes.add(lanes.choose(e, f, g), keyed));
    let big0 = lanes.xor3(lanes.rotate::<28, 36>(a), lanes.rotate::<34, 30>(a), lanes.rotate::<39, 25>(a));
    (t1, lanes.add(big0, lanes.majority(a, b, c)))
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
