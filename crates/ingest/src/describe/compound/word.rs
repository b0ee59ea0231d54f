//! Word 97 to 2003 (MS-DOC 2.5): what its file information block says of people.

use super::Compound;
use crate::describe::stated::Stated;

/// Octets of the block that are looked at.
const BLOCK: usize = 1_024;
/// Word 97, the first version with this block.
const WORD_97: u16 = 0xC1;
/// Where the lengths of tables begin, and how far apart they are (`FibRgFcLcb97`).
const TABLES: usize = 0x9A;
/// Tables by their place: who commented, who changed (with its first entry, which is nobody), who
/// saved it last, with the path.
const COMMENTERS: usize = 36;
const REVISERS: usize = 51;
const SAVERS: usize = 71;
/// Octets of the table of revisers that names nobody but `Unknown`.
const NOBODY: u32 = 22;

pub(super) fn describe(file: &Compound<'_, '_>, stated: &mut Stated<'_>) {
    let block = file.read("WordDocument", BLOCK).unwrap_or_default();
    let u16_at = |at: usize| Some(u16::from_le_bytes(block.get(at..at + 2)?.try_into().ok()?));
    if u16_at(0x0A).is_some_and(|flags| flags & 0x0100 != 0) {
        stated.detail("encrypted");
    }
    if u16_at(0x02).is_none_or(|version| version < WORD_97) {
        return;
    }
    let length = |table: usize| {
        let octets = block.get(TABLES + table * 8 + 4..)?.get(..4)?;
        Some(u32::from_le_bytes(octets.try_into().ok()?))
    };
    if length(COMMENTERS).is_some_and(|length| length > 0) {
        stated.sensitive("author of a comment");
    }
    if length(REVISERS).is_some_and(|length| length > NOBODY) {
        stated.sensitive("author of a tracked change");
    }
    if length(SAVERS).is_some_and(|length| length > 6) {
        stated.sensitive("names and paths of who saved it last (hidden history)");
    }
}
