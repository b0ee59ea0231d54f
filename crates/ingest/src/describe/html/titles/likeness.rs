//! How far titles say the same.

use super::separators::longest_part;
use crate::describe::folding::fold_into;
use std::cell::OnceCell;

/// What a page is declared to be called.
pub(super) struct Told<'a> {
    /// As it is written, each once.
    written: Vec<&'a str>,
    /// The element `title`.
    title: &'a str,
    /// All of it folded; most pages have a heading that is word for word the same, and need none.
    folded: OnceCell<Folded>,
    /// The longest part of the title, folded.
    part: OnceCell<Words>,
}

struct Folded {
    each: Vec<Words>,
    /// How many of them are declared; behind these is the title, where it is another.
    declared: usize,
}

impl<'a> Told<'a> {
    pub(super) fn of(declared: impl Iterator<Item = &'a str>, title: &'a str) -> Self {
        let mut written: Vec<&str> = Vec::with_capacity(8);
        for title in declared {
            if !written.contains(&title) {
                written.push(title);
            }
        }
        Self { written, title, folded: OnceCell::new(), part: OnceCell::new() }
    }

    /// Whether a text is word for word what is declared, and has letters.
    pub(super) fn has(&self, text: &str) -> bool {
        self.written.contains(&text.trim_ascii()) && text.contains(char::is_alphanumeric)
    }

    fn folded(&self) -> &Folded {
        self.folded.get_or_init(|| {
            let mut each: Vec<Words> = Vec::with_capacity(self.written.len() + 1);
            for title in &self.written {
                add(&mut each, title);
            }
            let declared = each.len();
            add(&mut each, self.title);
            Folded { each, declared }
        })
    }

    /// How much of what is declared a text says, out of 100, and what it gains by saying all of it; `words`
    /// are those of the text then. Nothing where it says nothing, or too little to be a heading that is not
    /// the first.
    pub(super) fn alike(&self, text: &str, is_first: bool, words: &mut Words) -> Option<(usize, usize)> {
        words.fold(text);
        let Folded { each, declared } = self.folded();
        let count = words.count();
        if words.is_empty() || !is_first && !each.iter().any(|title| title.may_be_like(count)) {
            return None;
        }
        let alike = each.iter().map(|title| words.likeness(title)).max().unwrap_or(0);
        let is_declared = each[..*declared].iter().any(|title| title.whole == words.whole);
        let part = || self.part.get_or_init(|| Words::of(longest_part(self.title)));
        let whole = if is_declared { 30 } else { 20 * usize::from(part().whole == words.whole) };
        Some((alike, whole))
    }
}

/// Adds a title, unless it is known.
fn add(known: &mut Vec<Words>, title: &str) {
    let words = Words::of(title);
    if !known.iter().any(|known| known.whole == words.whole) {
        known.push(words);
    }
}

/// The words of a title, folded.
#[derive(Default)]
pub(super) struct Words {
    whole: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl Words {
    pub(super) fn of(text: &str) -> Self {
        let mut words = Self::default();
        words.fold(text);
        words
    }

    /// Puts those of a text in the place of what was there.
    pub(super) fn fold(&mut self, text: &str) {
        fold_into(&mut self.whole, text);
        self.ends.clear();
        self.ends.reserve(1 + self.whole.len() / 4);
        self.ends.extend(memchr::memchr_iter(b' ', &self.whole));
        self.ends.push(self.whole.len());
    }

    pub(super) fn is_empty(&self) -> bool {
        self.whole.is_empty()
    }

    pub(super) fn count(&self) -> usize {
        self.ends.len()
    }

    fn each(&self) -> impl Iterator<Item = &[u8]> {
        let mut start = 0;
        self.ends.iter().map(move |end| {
            let word = &self.whole[start..*end];
            start = end + 1;
            word
        })
    }

    /// Whether this title and one of so many words are alike enough, if as many as can be are shared:
    /// else there is nothing to compare.
    fn may_be_like(&self, count: usize) -> bool {
        let (least, most) = (self.count().min(count), self.count().max(count));
        (least >= 2 || most <= 3) && least * 200 / (least + most / 3) >= 60
    }

    /// How far two titles say the same, out of 100: shared words, out of those of the shorter, where
    /// it is not much shorter.
    pub(super) fn likeness(&self, other: &Self) -> usize {
        if self.is_empty() || other.is_empty() {
            return 0;
        }
        if self.whole == other.whole {
            return 100;
        }
        if !self.may_be_like(other.count()) {
            return 0;
        }
        let (short, long) = if self.count() <= other.count() { (self, other) } else { (other, self) };
        let (least, most) = (short.count(), long.count());
        let shared = short.each().filter(|word| long.each().any(|other| other == *word)).count();
        shared * 200 / (least * 2).max(least + most / 3)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_of_words() {
        let likeness = |one: &str, other: &str| Words::of(one).likeness(&Words::of(other));
        assert_eq!(likeness("a b c", "a b c"), 100);
        assert!(likeness("river rises again", "river rises again daily example") >= 60);
        assert!(likeness("news", "river rises again today") < 60);
        assert_eq!(likeness("", "a"), 0);
    }

    proptest::proptest! {
        #[test]
        fn what_is_word_for_word_the_same_is_alike(title in "(a|Bc|é| |-|1){0,6}", other in "(a|Bc| ){0,6}", text in "(a|Bc|é|-|1)(a|Bc|é| |-|1){0,5}") {
            let told = Told::of([title.as_str(), &other].into_iter(), &other);
            if told.has(&text) {
                proptest::prop_assert_eq!(told.alike(&text, true, &mut Words::default()), Some((100, 30)));
            }
        }
    }
}
