//! The folded letters of one word, kept where the word is: most words of a text are no names, and room of
//! its own for each costs more than looking it up.

/// Octets of the longest name; what has more is no name.
const MOST: usize = 39;

/// What stands for letters that are too many. No name has it.
const TOO_MANY: &str = "\0";

/// Folded letters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Letters {
    octets: [u8; MOST],
    /// How many octets there are; more than there is room for where they were too many.
    length: u8,
}

impl Letters {
    pub(super) const NONE: Self = Self { octets: [0; MOST], length: 0 };

    pub(super) fn push(&mut self, letter: char) {
        let at = usize::from(self.length);
        match self.octets.get_mut(at..at + letter.len_utf8()) {
            Some(room) => {
                letter.encode_utf8(room);
                self.length += u8::try_from(room.len()).unwrap_or(u8::MAX);
            }
            None => self.length = u8::MAX,
        }
    }

    /// Adds octets of ASCII.
    pub(super) fn push_plain(&mut self, octet: u8) {
        match self.octets.get_mut(usize::from(self.length)) {
            Some(room) => {
                *room = octet & 0x7F;
                self.length += 1;
            }
            None => self.length = u8::MAX,
        }
    }

    pub(super) fn clear(&mut self) {
        self.length = 0;
    }

    pub(super) fn as_str(&self) -> &str {
        let octets = self.octets.get(..usize::from(self.length));
        octets.and_then(|octets| str::from_utf8(octets).ok()).unwrap_or(TOO_MANY)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::names;

    #[test]
    fn every_name_has_room() {
        for name in names::all() {
            let mut letters = Letters::NONE;
            name.chars().for_each(|letter| letters.push(letter));
            assert_eq!(letters.as_str(), name);
        }
    }

    #[test]
    fn what_is_longer_is_no_name() {
        let mut letters = Letters::NONE;
        for _ in 0..300 {
            letters.push('é');
            letters.push_plain(b'e');
        }
        assert_eq!(letters.as_str(), TOO_MANY);
        assert!(names::name(TOO_MANY).is_none());
    }
}
