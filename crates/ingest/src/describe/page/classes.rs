//! Classes that were seen before: most elements of a page have one that another has.

use super::parts::{Parts, parts_by_words};

/// How many classes are remembered.
const ROOMS: usize = 64;

/// What the classes of a page tell, each looked at once unless another took its room.
pub(super) struct Classes<'a> {
    rooms: [(&'a str, Parts); ROOMS],
}

impl Default for Classes<'_> {
    fn default() -> Self {
        Self { rooms: [("", Parts::NONE); ROOMS] }
    }
}

impl<'a> Classes<'a> {
    /// What the words in the `class` of an element tell.
    pub(super) fn parts(&mut self, class: &'a str) -> Parts {
        if class.is_empty() {
            return Parts::NONE;
        }
        let room = &mut self.rooms[room(class)];
        if room.0 != class {
            *room = (class, parts_by_words(class));
        }
        room.1
    }
}

/// The room of a class: by its length and its end, which tells more than its beginning.
#[expect(clippy::cast_possible_truncation, reason = "of the product, the upper bits are left")]
fn room(class: &str) -> usize {
    let octets = class.as_bytes();
    let end = octets.last_chunk().map_or_else(
        || octets.iter().fold(0, |end, octet| end << 8 | u64::from(*octet)),
        |end| u64::from_le_bytes(*end),
    );
    let mixed = (end ^ octets.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    (mixed >> (u64::BITS - ROOMS.ilog2())) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_class_tells_the_same_whatever_was_seen_before() {
        let all: Vec<String> = ["author", "date", "menu", "x"]
            .iter()
            .flat_map(|word| (0..99).map(move |n| format!("{word}-{n}")))
            .collect();
        let mut classes = Classes::default();
        for class in all.iter().chain(all.iter().rev()) {
            for _ in 0..2 {
                assert_eq!(classes.parts(class), parts_by_words(class), "{class}");
            }
        }
        assert_eq!(classes.parts(""), Parts::NONE);
    }

    proptest::proptest! {
        /// Classes that share a length and an end, as many do of one page, are not taken for each other.
        #[test]
        fn none_is_taken_for_another(
            all in proptest::collection::vec("(by|aut|men|x){0,1}(line|hor|u){0,1}( |-|_){0,1}(date|meta|item|é){0,2}", 0..200),
        ) {
            let mut classes = Classes::default();
            for class in &all {
                proptest::prop_assert_eq!(classes.parts(class), parts_by_words(class), "{}", class);
            }
        }
    }
}
