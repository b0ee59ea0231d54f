//! From octets of running text to characters of the document.

/// Octets whose sum fits into one; whole registers of any processor.
const SUMMED: usize = 192;

/// Counts characters of a text up to places in ascending order, in one pass.
pub(crate) struct Positions<'t> {
    text: &'t str,
    octet: usize,
    characters: u64,
}

impl<'t> Positions<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, octet: 0, characters: 0 }
    }

    /// Characters before this octet, which is no smaller than any asked for before.
    pub(crate) fn before(&mut self, octet: usize) -> u64 {
        let octet = octet.clamp(self.octet, self.text.len());
        let more = characters(&self.text.as_bytes()[self.octet..octet]);
        self.octet = octet;
        self.characters += more as u64;
        self.characters
    }
}

/// How many characters begin among octets: all but those that go on with one.
fn characters(octets: &[u8]) -> usize {
    let (whole, rest) = octets.as_chunks::<SUMMED>();
    let begins = |octet: &u8| u8::from(octet.cast_signed() >= -0x40);
    let of_whole: usize = whole.iter().map(|octets| usize::from(octets.iter().map(begins).sum::<u8>())).sum();
    of_whole + usize::from(rest.iter().map(begins).sum::<u8>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_counted_not_octets() {
        let text = format!("aé‌ک{}😀z", "ش".repeat(1000));
        let mut positions = Positions::new(&text);
        for (number, (octet, _)) in text.char_indices().enumerate() {
            assert_eq!(positions.before(octet), number as u64);
        }
        assert_eq!(positions.before(text.len() + 9), text.chars().count() as u64);
    }

    proptest::proptest! {
        #[test]
        fn characters_are_counted_anywhere(piece in "(a|é|گ|😀){1,90}", count in 1..400_usize, ends in proptest::prelude::any::<[proptest::sample::Index; 2]>()) {
            let text = piece.repeat(count);
            let mut ends = ends.map(|end| text.floor_char_boundary(end.index(text.len() + 1)));
            ends.sort_unstable();
            let mut positions = Positions::new(&text);
            for end in ends {
                proptest::prop_assert_eq!(positions.before(end), text[..end].chars().count() as u64);
            }
        }
    }
}
