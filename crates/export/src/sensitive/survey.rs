//! What came of looking at documents, in little memory.

use std::collections::BTreeMap;

/// Wordings that are told apart; there are some dozens. Of a further one only its sort is kept.
const MOST_WORDINGS: usize = 4000;

/// Characters of a wording that are kept.
const LONGEST: usize = 300;

/// Why nobody can say what is in a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unseen {
    /// It could not be read.
    Unreadable,
    /// It was not read to its end: broken, too long, too deep.
    GivenUp,
    /// It holds documents of its own, which were not taken out.
    Unopened,
    /// Nobody here looks into documents in its format.
    Foreign,
    /// Its format is not known.
    Unknown,
}

impl Unseen {
    /// The reason in words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Unreadable => "could not be read",
            Self::GivenUp => "not read to its end",
            Self::Unopened => "holds other documents, which were not taken out",
            Self::Foreign => "fonds cannot look into this format",
            Self::Unknown => "its format is not known",
        }
    }
}

/// What was seen in one document.
#[derive(Debug, Default)]
pub(super) struct Seen {
    /// What could identify a source, in words without any name or number.
    pub(super) found: Vec<String>,
    /// What nobody could look into, and more about it.
    pub(super) unseen: Vec<(Unseen, String)>,
}

/// What was found in all documents, by their numbers.
#[derive(Debug, Default)]
pub struct Survey {
    documents: u64,
    wordings: Vec<Box<str>>,
    places: BTreeMap<Box<str>, u16>,
    found: Vec<(u32, u16)>,
    unseen: Vec<(u32, Unseen, u16)>,
}

impl Survey {
    /// How many documents were looked at.
    #[must_use]
    pub fn documents(&self) -> u64 {
        self.documents
    }

    /// Each document with what could identify a source by it, in words, sorted.
    pub fn found(&self) -> impl Iterator<Item = (usize, Vec<&str>)> {
        self.found.chunk_by(|one, other| one.0 == other.0).map(|of_one| {
            let words = of_one.iter().map(|&(_, wording)| &*self.wordings[usize::from(wording)]);
            (of_one[0].0 as usize, words.collect())
        })
    }

    /// Each document that nobody could look into, with the reason and more about it; the same one
    /// several times where there are several reasons.
    pub fn unseen(&self) -> impl Iterator<Item = (usize, Unseen, &str)> {
        self.unseen
            .iter()
            .map(|&(file, reason, more)| (file as usize, reason, &*self.wordings[usize::from(more)]))
    }

    /// In how many documents something of each sort was found: `position`, `serial number`.
    #[must_use]
    pub fn sorts(&self) -> BTreeMap<&str, u64> {
        let mut sorts = BTreeMap::new();
        for (_, words) in self.found() {
            let mut of_one: Vec<&str> = words.into_iter().map(sort_of).collect();
            of_one.sort_unstable();
            of_one.dedup();
            for sort in of_one {
                *sorts.entry(sort).or_insert(0) += 1;
            }
        }
        sorts
    }

    pub(super) fn take(&mut self, index: usize, seen: Seen) {
        self.documents += 1;
        let file = u32::try_from(index).unwrap_or(u32::MAX);
        for found in seen.found {
            let wording = self.wording(&found);
            self.found.push((file, wording));
        }
        for (reason, more) in seen.unseen {
            let wording = self.wording(&more);
            self.unseen.push((file, reason, wording));
        }
    }

    /// In the order of documents and words, now that all are there: answers come in any order.
    pub(super) fn settled(mut self) -> Self {
        let Self { wordings, found, unseen, .. } = &mut self;
        let words = |wording: u16| &wordings[usize::from(wording)];
        found.sort_by(|one, other| (one.0, words(one.1)).cmp(&(other.0, words(other.1))));
        found.dedup();
        unseen.sort_by(|one, other| (one.0, one.1, words(one.2)).cmp(&(other.0, other.1, words(other.2))));
        unseen.dedup();
        self
    }

    /// The number of a wording.
    fn wording(&mut self, text: &str) -> u16 {
        let text = provenance::name::spell(text);
        let cut = text.char_indices().nth(LONGEST).map_or(text.len(), |(at, _)| at);
        let text = if self.wordings.len() < MOST_WORDINGS { &text[..cut] } else { sort_of(&text[..cut]) };
        if let Some(&known) = self.places.get(text) {
            return known;
        }
        let Ok(number) = u16::try_from(self.wordings.len()) else { return u16::MAX };
        self.wordings.push(text.into());
        self.places.insert(text.into(), number);
        number
    }
}

/// What sort of thing a wording is about: remarks say `position in EXIF and XMP`.
#[must_use]
pub fn sort_of(wording: &str) -> &str {
    let end = [" in ", ": ", ", "].iter().filter_map(|mark| wording.find(mark)).min();
    wording[..end.unwrap_or(wording.len())].trim()
}
