//! Eight octets at once, the first lowest, or sixteen: where every octet of a text is looked at, that pays.

use memchr::memchr;

/// The highest bit of each octet: it tells what is asked of that octet.
pub(crate) const HIGHEST: u64 = each(0x80);

/// Eight times the same octet.
#[inline]
pub(crate) const fn each(octet: u8) -> u64 {
    u64::from_le_bytes([octet; 8])
}

/// The highest bit of each octet that is a letter of ASCII.
#[inline]
pub(crate) const fn letters(eight: u64) -> u64 {
    // Sums whose highest bit says `at least a` and `beyond z`; no octet carries into the next.
    let small = (eight | each(0x20)) & !HIGHEST;
    let is_from_a = small + each(0x80 - b'a');
    let is_beyond_z = small + each(0x7F - b'z');
    is_from_a & !is_beyond_z & !eight & HIGHEST
}

/// The highest bit of each octet that is this one.
#[inline]
pub(crate) const fn equal(eight: u64, octet: u8) -> u64 {
    let differing = eight ^ each(octet);
    // No octet carries into the next.
    !((differing & !HIGHEST).wrapping_add(!HIGHEST) | differing) & HIGHEST
}

/// How many times sixteen octets are looked at here before a search that needs more of a run-up.
const NEAR: usize = 6;

/// Where an octet first is, which is most often quite near: the end of a tag, or of what is quoted.
#[expect(clippy::needless_bitwise_bool, reason = "sixteen octets at a time, without a branch")]
pub(crate) fn find(sought: u8, octets: &[u8]) -> Option<usize> {
    let blocks = octets.as_chunks::<16>().0;
    let blocks = &blocks[..blocks.len().min(NEAR)];
    for (number, block) in blocks.iter().enumerate() {
        if block.iter().fold(false, |found, octet| found | (*octet == sought)) {
            return Some(number * 16 + first_of(sought, block));
        }
    }
    let far = blocks.len() * 16;
    memchr(sought, &octets[far..]).map(|at| far + at)
}

/// Where among sixteen octets one first is that is there.
fn first_of(sought: u8, block: &[u8; 16]) -> usize {
    let differing = u128::from_le_bytes(*block) ^ u128::from_le_bytes([sought; 16]);
    // Only the lowest of these bits counts: above it, a borrow may set others.
    let ones = u128::from_le_bytes([1; 16]);
    let equal = differing.wrapping_sub(ones) & !differing & ones << 7;
    equal.trailing_zeros() as usize / 8
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn what_is_near_is_found_as_what_is_far(octets in proptest::collection::vec(0_u8..4, 0..100), high in proptest::num::u8::ANY, length in 0_usize..150) {
            let far = [vec![high; length], octets].concat();
            for sought in [0, 1, 3, high, high ^ 0x80, high ^ 1] {
                let first = far.iter().position(|octet| *octet == sought);
                proptest::prop_assert_eq!(find(sought, &far), first);
            }
        }
    }
}
