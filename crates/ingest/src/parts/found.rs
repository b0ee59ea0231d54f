//! What is found in a container.

use super::{Cut, MOST_PARTS, budget};
use provenance::{EventType, Given, Outcome};

/// What a container holds, and what a person should know of it.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// In the order of their names.
    pub(super) parts: Vec<FoundPart>,
    /// In the order in which they shall stand in the ledger.
    pub(crate) notes: Vec<Note>,
    /// Octets of all parts.
    octets: u64,
}

/// One part.
#[derive(Debug)]
pub(crate) struct FoundPart {
    pub(super) size: u64,
    pub(super) cut: Cut,
    /// The part that it lies in, if that is not the container itself.
    pub(super) parent: Option<u32>,
    /// Number and name, portable; the number is written with as many digits as the others have.
    pub(super) label: Label,
    /// What the container says of it.
    pub(super) given: Vec<Given>,
}

/// What a part is to be called.
#[derive(Debug)]
pub(super) struct Label {
    /// Its number, and that within its message.
    pub(super) number: u32,
    pub(super) within: Option<u32>,
    /// Its name, portable but for its length; it begins with a dot where no space stands before it.
    pub(super) name: String,
}

/// What stands in the ledger of a container.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) event_type: EventType,
    pub(crate) outcome: Outcome,
    pub(crate) detail: String,
}

/// A part with its name, ready for the tree.
#[derive(Debug)]
pub(crate) struct Sort {
    pub(crate) name: String,
    /// Number of the part in the container.
    pub(crate) part: usize,
    pub(crate) size: u64,
    pub(crate) parent: Option<u32>,
    pub(crate) given: Vec<Given>,
}

/// Why a part is not taken, though there is nothing wrong with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Full {
    Parts,
    Octets,
}

impl Found {
    /// Whether it holds no parts.
    pub(crate) fn is_empty(&self) -> bool {
        self.parts.is_empty()
    }

    pub(super) fn note(&mut self, event_type: EventType, outcome: Outcome, detail: String) {
        self.notes.push(Note { event_type, outcome, detail });
    }

    /// What the container cannot be looked through for.
    pub(crate) fn unread(why: &str) -> Self {
        let mut found = Self::default();
        found.note(EventType::Unpacking, Outcome::Warning, format!("not looked through: {why}"));
        found
    }

    /// Octets that the next part may have, of a container of `container` octets.
    pub(super) fn room(&self, container: u64) -> u64 {
        budget::of(container).saturating_sub(self.octets)
    }

    /// Whether there is no room for a part of `size` octets.
    pub(super) fn is_full(&self, container: u64, size: u64) -> Option<Full> {
        if self.parts.len() >= MOST_PARTS {
            Some(Full::Parts)
        } else if size > self.room(container) {
            Some(Full::Octets)
        } else {
            None
        }
    }

    /// Takes a part; answers its number.
    pub(super) fn take(&mut self, part: FoundPart) -> u32 {
        self.octets = self.octets.saturating_add(part.size);
        self.parts.push(part);
        u32::try_from(self.parts.len() - 1).unwrap_or(u32::MAX)
    }

    /// Takes back all parts but the first `kept`; answers how many those are.
    pub(super) fn withdraw(&mut self, kept: usize) -> u64 {
        let withdrawn = self.parts.split_off(kept.min(self.parts.len()));
        let octets = withdrawn.iter().fold(0_u64, |sum, part| sum.saturating_add(part.size));
        self.octets = self.octets.saturating_sub(octets);
        withdrawn.len() as u64
    }

    /// All parts by the names that they get, sorted; what the container says of them is taken along.
    pub(crate) fn sorted(&mut self) -> Vec<Sort> {
        let digits = |most: u32| most.checked_ilog10().unwrap_or(0) as usize + 1;
        let most = self.parts.iter().map(|part| part.label.number).max().unwrap_or(0);
        let most_within = self.parts.iter().filter_map(|part| part.label.within).max().unwrap_or(0);
        let (width, width_within) = (digits(most).max(2), digits(most_within).max(2));
        let mut sorted: Vec<Sort> = (0..)
            .zip(&mut self.parts)
            .map(|(number, part)| Sort {
                name: part.label.spell(width, width_within),
                part: number,
                size: part.size,
                parent: part.parent,
                given: std::mem::take(&mut part.given),
            })
            .collect();
        sorted.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        sorted
    }
}

impl Label {
    /// `01 report.pdf`, `00017-02 report.pdf`, `00017.eml`: no two parts have one number, so no two
    /// names are twins, and none is reserved by any system.
    fn spell(&self, width: usize, width_within: usize) -> String {
        let gap = if self.name.starts_with('.') { "" } else { " " };
        let name = match self.within {
            Some(within) => format!("{:0width$}-{within:0width_within$}{gap}{}", self.number, self.name),
            None => format!("{:0width$}{gap}{}", self.number, self.name),
        };
        crate::names::spell(name.as_bytes())
    }
}
