//! Where objects lie: cross-reference tables and streams (ISO 32000-2, 7.5.4 and 7.5.8), the newest
//! first. Of a table only its runs are kept, and an entry is read when it is asked for.

use super::file::File;
use super::object::{Dictionary, Parser, Value};
use crate::describe::reach::Reach;
use std::collections::BTreeSet;

/// Sections, one for each time that a file was saved.
const SECTIONS: usize = 500;
/// Runs of entries in all sections.
const RUNS: usize = 5_000;
/// Octets of a cross-reference stream.
const ENTRIES: usize = 6 << 20;
/// Octets of an entry in a table.
const ENTRY: u64 = 20;
/// Octets behind which no reader looks for the end of a file.
const END: u64 = 2 << 10;
/// Octets of a trailer.
const TRAILER: usize = 64 << 10;

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
pub(super) struct Sections(Vec<Section>);

/// The entries of one section.
enum Section {
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

/// The sections of a file and its newest trailer; `None` where any is not as it must be.
pub(super) fn read(file: &File<'_>) -> Option<(Sections, Dictionary)> {
    let size = file.reach.size();
    let end = file.reach.at(size.saturating_sub(END), usize::try_from(END).ok()?)?;
    let mark = memchr::memmem::rfind(&end, b"startxref")?;
    let start = Parser::over(end.get(mark + 9..)?).integer()?;
    let mut ahead = vec![u64::try_from(start).ok()?];
    let (mut sections, mut newest, mut seen, mut runs) = (Vec::new(), None, BTreeSet::new(), 0);
    while let Some(offset) = ahead.pop() {
        if !seen.insert(offset) || seen.len() > SECTIONS {
            return None;
        }
        let (section, trailer) = table(file, offset).or_else(|| stream(file, offset))?;
        runs += match &section {
            Section::Table(runs) => runs.len(),
            Section::Stream(runs, ..) => runs.len(),
        };
        if runs > RUNS {
            return None;
        }
        // A hybrid file hides what old readers shall not see in a stream, which counts before the table.
        let hybrid = trailer.integer(b"XRefStm").and_then(|offset| u64::try_from(offset).ok());
        sections.extend(hybrid.and_then(|offset| stream(file, offset)).map(|(section, _)| section));
        sections.push(section);
        ahead.extend(trailer.integer(b"Prev").and_then(|offset| u64::try_from(offset).ok()));
        // What any revision encrypted is so in all of them.
        newest.get_or_insert(trailer);
    }
    Some((Sections(sections), newest?))
}

fn table(file: &File<'_>, offset: u64) -> Option<(Section, Dictionary)> {
    let lead = file.reach.at(offset, 64)?;
    let mut parser = Parser::over(&lead);
    parser.word(b"xref").then_some(())?;
    let mut at = offset + parser.position() as u64;
    let mut runs = Vec::new();
    loop {
        let lead = file.reach.at(at, 64)?;
        let mut parser = Parser::over(&lead);
        if parser.word(b"trailer") {
            let start = at + parser.position() as u64;
            let octets = file.reach.at(start, TRAILER)?;
            let Ok(Value::Dictionary(trailer)) = Parser::over(&octets).value() else { return None };
            return Some((Section::Table(runs), trailer));
        }
        let (first, count) = (parser.integer()?, u64::try_from(parser.integer()?).ok()?);
        parser.space();
        let start = at + parser.position() as u64;
        runs.push((u32::try_from(first).ok()?, count, start));
        at = count.checked_mul(ENTRY)?.checked_add(start).filter(|at| *at < file.reach.size())?;
        if runs.len() > RUNS {
            return None;
        }
    }
}

fn stream(file: &File<'_>, offset: u64) -> Option<(Section, Dictionary)> {
    let (_, object) = file.object_at(offset)?;
    let dictionary = object.value.dictionary()?;
    let sizes = dictionary.get(b"W")?.each();
    let width = |at: usize| usize::try_from(sizes.get(at)?.integer()?).ok().filter(|width| *width <= 8);
    let widths = [width(0)?, width(1)?, width(2)?];
    let whole = [Value::Integer(0), Value::Integer(dictionary.integer(b"Size")?)];
    let index = dictionary.get(b"Index").map_or(&whole[..], Value::each);
    let mut runs = Vec::new();
    for pair in index.chunks_exact(2) {
        let (first, count) = (pair[0].integer()?, pair[1].integer()?);
        runs.push((u32::try_from(first).ok()?, u64::try_from(count).ok()?.min(1 << 32)));
    }
    let rows = file.content(&object, ENTRIES, 0)?;
    Some((Section::Stream(runs, widths, rows), dictionary.clone()))
}
