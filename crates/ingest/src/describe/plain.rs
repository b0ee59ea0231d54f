//! Text that is a value as it stands: most is, and need not be copied to become one.

use super::prose;
use std::borrow::Cow;

/// Text on one line, without what is unwanted; nothing where nothing is left.
pub(super) fn tidy(text: &str) -> Option<Cow<'_, str>> {
    if is_tidy(text) { Some(Cow::Borrowed(text)) } else { prose::tidy(text).map(Cow::Owned) }
}

/// Whether text is printed ASCII with single spaces between its words. Other text may be tidy, too.
fn is_tidy(text: &str) -> bool {
    let octets = text.as_bytes();
    let is_edge = |octet: Option<&u8>| octet.is_none_or(|octet| *octet == b' ');
    !is_edge(octets.first()) && !is_edge(octets.last()) && is_printed(octets) && !has_wide_gap(octets)
}

fn is_printed(octets: &[u8]) -> bool {
    octets.iter().fold(true, |printed, octet| printed & (octet.wrapping_sub(b' ') <= b'~' - b' '))
}

#[expect(clippy::needless_bitwise_bool, reason = "many octets at a time, without a branch")]
fn has_wide_gap(octets: &[u8]) -> bool {
    let pairs = octets.iter().zip(octets.get(1..).unwrap_or_default());
    pairs.fold(false, |found, (one, other)| found | ((*one == b' ') & (*other == b' ')))
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn both_ways_of_tidying_are_one(text in "( |\n|\t|\x00|~|\x7F|a|b c|é|\u{A0}|\u{200F}){0,8}") {
            proptest::prop_assert_eq!(tidy(&text).map(Cow::into_owned), prose::tidy(&text));
        }
    }
}
