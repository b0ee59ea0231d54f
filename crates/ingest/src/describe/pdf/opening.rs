//! Opening a file: its cross-references, the newest first (ISO 32000-2, 7.5.8), or a search for its
//! objects where these lead nowhere.

use super::file::File;
use super::object::{Dictionary, Parser, Value};
use super::sections::{ENTRY, Section, Sections};
use crate::describe::reach::Reach;
use provenance::description::Look;
use std::collections::BTreeSet;

/// Sections, one for each time that a file was saved.
const SECTIONS: usize = 500;
/// Runs of entries in all sections.
const RUNS: usize = 5_000;
/// Octets of a cross-reference stream.
const ENTRIES: usize = 6 << 20;
/// Octets behind which no reader looks for the end of a file.
const END: u64 = 2 << 10;
/// Octets of a trailer.
const TRAILER: usize = 64 << 10;

impl<'l> File<'l> {
    /// Opens a file; what was reached of it is given back if no way leads to its objects.
    pub(super) fn open(look: &Look<'l>) -> Result<Self, Reach<'l>> {
        let mut file = Self::of(look);
        if let Some((sections, trailer)) = read(&file) {
            (file.sections, file.trailer) = (sections, trailer);
        }
        if !file.is_encrypted() && file.catalog().is_none() {
            file.trailer = file.rebuilt().trailer.clone();
            if !file.is_encrypted() && file.catalog().is_none() {
                let root = file.hidden_root().map(|number| (b"Root".to_vec(), Value::Reference(number)));
                file.trailer = root.into_iter().collect();
            }
            let is_found = file.is_encrypted() || file.catalog().is_some();
            return if is_found { Ok(file) } else { Err(file.reach) };
        }
        Ok(file)
    }
}

/// The sections of a file and its newest trailer; `None` where any is not as it must be.
fn read(file: &File<'_>) -> Option<(Sections, Dictionary)> {
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
