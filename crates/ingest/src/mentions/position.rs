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
        // All octets but those that go on with a character.
        let passed = &self.text.as_bytes()[self.octet..octet];
        let more: usize = passed
            .chunks(SUMMED)
            .map(|chunk| usize::from(chunk.iter().map(|octet| u8::from(octet & 0xC0 != 0x80)).sum::<u8>()))
            .sum();
        self.octet = octet;
        self.characters += more as u64;
        self.characters
    }
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
}
