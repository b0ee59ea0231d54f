//! Eight octets at once, the first lowest: where every octet of a text is looked at, that pays.

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
