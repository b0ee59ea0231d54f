//! Property sets (MS-OLEPS 2): the first section of a stream of them.

use super::code_page;
use crate::describe::prose;
use chrono::{DateTime, TimeDelta};

/// Properties that are read.
const MOST: usize = 200;
/// Octets of a text.
const TEXT: usize = 8 << 10;

/// The properties of a section.
pub(super) struct Properties {
    found: Vec<(u32, Property)>,
    code_page: Option<u16>,
}

/// A property.
pub(super) enum Property {
    /// Text in the code page of the set.
    Narrow(Vec<u8>),
    /// Text in UTF-16.
    Wide(Vec<u8>),
    Number(u64),
    /// Steps of 100 ns since 1601.
    Moment(u64),
    /// A picture for the clipboard.
    Picture,
}

impl Properties {
    /// Reads the first section; `None` if there is none.
    pub(super) fn read(octets: &[u8]) -> Option<Self> {
        let section = octets.get(usize::try_from(u32_at(octets, 44)?).ok()?..)?;
        let count = usize::try_from(u32_at(section, 4)?).ok()?.min(MOST);
        let mut properties = Self { found: Vec::new(), code_page: None };
        for at in 0..count {
            let (Some(id), Some(offset)) = (u32_at(section, 8 + at * 8), u32_at(section, 12 + at * 8)) else {
                break;
            };
            let Some(value) = usize::try_from(offset).ok().and_then(|offset| section.get(offset..)) else {
                continue;
            };
            let Some(property) = property(value) else { continue };
            if let (1, Property::Number(page)) = (id, &property) {
                properties.code_page = u16::try_from(*page & 0xFFFF).ok();
            }
            properties.found.push((id, property));
        }
        Some(properties)
    }

    pub(super) fn get(&self, id: u32) -> Option<&Property> {
        self.found.iter().find(|(found, _)| *found == id).map(|(_, property)| property)
    }

    /// Whether there is a text that is not empty, readable or not.
    pub(super) fn has_text(&self, id: u32) -> bool {
        let Some(Property::Narrow(text) | Property::Wide(text)) = self.get(id) else { return false };
        text.iter().any(|octet| !matches!(octet, 0 | b' '))
    }

    /// A text, if it can be decoded and is not empty.
    pub(super) fn text(&self, id: u32) -> Option<String> {
        let text = match self.get(id)? {
            Property::Narrow(text) => code_page::decoded(text, self.code_page)?,
            Property::Wide(text) => code_page::decoded(text, Some(1200))?,
            _ => return None,
        };
        prose::tidy(&text)
    }

    pub(super) fn number(&self, id: u32) -> Option<u64> {
        if let Property::Number(number) = self.get(id)? { Some(*number) } else { None }
    }

    /// A moment in the form of RFC 3339.
    pub(super) fn moment(&self, id: u32) -> Option<String> {
        if let Property::Moment(ticks) = self.get(id)? { moment(*ticks) } else { None }
    }
}

/// A `FILETIME` in the form of RFC 3339; none where it was never set.
pub(super) fn moment(ticks: u64) -> Option<String> {
    let since = TimeDelta::microseconds(i64::try_from(ticks / 10).ok()?);
    let first = DateTime::from_timestamp(-11_644_473_600, 0)?;
    let moment = first.checked_add_signed(since)?;
    (ticks > 0).then(|| moment.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

fn property(value: &[u8]) -> Option<Property> {
    let text = |width: usize| {
        let length = usize::try_from(u32_at(value, 4)?).ok()?.saturating_mul(width).min(TEXT);
        Some(value.get(8..value.len().min(8 + length))?.to_vec())
    };
    Some(match u32_at(value, 0)? & 0xFFFF {
        2 => Property::Number(u64::from(u16::from_le_bytes(value.get(4..6)?.try_into().ok()?))),
        3 | 19 => Property::Number(u64::from(u32_at(value, 4)?)),
        30 => Property::Narrow(text(1)?),
        31 => Property::Wide(text(2)?),
        64 => Property::Moment(u64::from_le_bytes(value.get(4..12)?.try_into().ok()?)),
        71 => Property::Picture,
        _ => return None,
    })
}

fn u32_at(octets: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(octets.get(at..at.checked_add(4)?)?.try_into().ok()?))
}
