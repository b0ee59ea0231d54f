//! Where objects lie: cross-reference tables and streams (ISO 32000-2, 7.5.4 and 7.5.8), the newest
//! first. Of a table only its runs are kept, and an entry is read when it is asked for.

use super::object::Parser;
use crate::describe::reach::Reach;

/// Octets of an entry in a table.
pub(super) const ENTRY: u64 = 20;

/// Where an object is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// Written at an offset.
    At(u64),
    /// In the stream of objects with this number.
    In(u32),
    /// Nowhere: it was deleted.
    Free,
    /// What its entry says cannot be read.
    Unreadable,
}

/// All sections that a file has.
#[derive(Default)]
pub(super) struct Sections(pub(super) Vec<Section>);

/// The entries of one section.
pub(super) enum Section {
    /// First number, how many, and the offset of the first entry.
    Table(Vec<(u32, u64, u64)>),
    /// First number and how many, the widths of the three fields, and the rows one after another.
    Stream(Vec<(u32, u64)>, [usize; 3], Vec<u8>),
}

impl Sections {
    /// Where the newest section that has the object says it is; `None` if there are no sections. What
    /// none has is nowhere: references to such objects are common, and stand for nothing.
    pub(super) fn place(&self, reach: &Reach<'_>, number: u32) -> Option<Place> {
        if self.0.is_empty() {
            return None;
        }
        self.0.iter().find_map(|section| section.place(reach, number)).or(Some(Place::Free))
    }
}

impl Section {
    /// Its entry for an object, if it has one.
    fn place(&self, reach: &Reach<'_>, number: u32) -> Option<Place> {
        let step =
            |first: u32, count: u64| number.checked_sub(first).map(u64::from).filter(|step| *step < count);
        match self {
            Self::Table(runs) => {
                let at = runs
                    .iter()
                    .find_map(|(first, count, start)| Some(start + step(*first, *count)? * ENTRY))?;
                Some(of_table(reach, at).unwrap_or(Place::Unreadable))
            }
            Self::Stream(runs, widths, rows) => {
                let mut before = 0_u64;
                let row = runs.iter().find_map(|(first, count)| {
                    let row = step(*first, *count).map(|step| before + step);
                    before += count;
                    row
                })?;
                let width: usize = widths.iter().sum();
                let row = rows.chunks_exact(width.max(1)).nth(usize::try_from(row).ok()?)?;
                Some(of_row(row, widths).unwrap_or(Place::Unreadable))
            }
        }
    }
}

/// An entry of a table, which begins at `at`.
fn of_table(reach: &Reach<'_>, at: u64) -> Option<Place> {
    let entry = reach.at(at, 18)?;
    let offset = Parser::over(entry.get(..10)?).integer()?;
    match entry.get(17)? {
        b'n' => Some(Place::At(u64::try_from(offset).ok()?)),
        b'f' => Some(Place::Free),
        _ => None,
    }
}

/// An entry of a stream: its kind, and two numbers.
fn of_row(row: &[u8], widths: &[usize; 3]) -> Option<Place> {
    let (kind, rest) = row.split_at_checked(widths[0])?;
    let second = rest.get(..widths[1])?;
    let field = |octets: &[u8]| octets.iter().fold(0_u64, |sum, octet| sum << 8 | u64::from(*octet));
    match if kind.is_empty() { 1 } else { field(kind) } {
        1 => Some(Place::At(field(second))),
        2 => Some(Place::In(u32::try_from(field(second)).ok()?)),
        // Of a kind that is not known, an object is nowhere.
        _ => Some(Place::Free),
    }
}
