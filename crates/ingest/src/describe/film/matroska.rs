//! Matroska and `WebM` (RFC 9559, RFC 8794): what comes before the clusters, and tags behind them.

use crate::dates::Trust;
use crate::describe::afar::{Afar, Trouble, be_32, be_64};
use crate::describe::made::{Key, Made, VALUE};
use crate::describe::sensitive::Clue;
use chrono::{DateTime, Datelike as _};

const WHAT: &str = "an element";
const PLACE: &str = "film metadata";

/// Seconds from 1970 to 2001.
const FROM_2001: i64 = 978_307_200;

/// Identifiers of elements.
mod id {
    pub(super) const SEGMENT: u32 = 0x1853_8067;
    pub(super) const SEEK_HEAD: u32 = 0x114D_9B74;
    pub(super) const SEEK: u32 = 0x4DBB;
    pub(super) const SEEK_ID: u32 = 0x53AB;
    pub(super) const SEEK_POSITION: u32 = 0x53AC;
    pub(super) const INFO: u32 = 0x1549_A966;
    pub(super) const SCALE: u32 = 0x2A_D7B1;
    pub(super) const DURATION: u32 = 0x4489;
    pub(super) const DATE: u32 = 0x4461;
    pub(super) const TITLE: u32 = 0x7BA9;
    pub(super) const FILE_NAME: u32 = 0x7384;
    pub(super) const TRACKS: u32 = 0x1654_AE6B;
    pub(super) const TRACK: u32 = 0xAE;
    pub(super) const VIDEO: u32 = 0xE0;
    pub(super) const WIDTH: u32 = 0xB0;
    pub(super) const HEIGHT: u32 = 0xBA;
    pub(super) const TAGS: u32 = 0x1254_C367;
    pub(super) const TAG: u32 = 0x7373;
    pub(super) const SIMPLE_TAG: u32 = 0x67C8;
    pub(super) const TAG_NAME: u32 = 0x45A3;
    pub(super) const TAG_STRING: u32 = 0x4487;
    pub(super) const CLUSTER: u32 = 0x1F43_B675;
}

/// An element: what it is, and where its content stands.
#[derive(Clone, Copy)]
struct Element {
    id: u32,
    start: u64,
    end: u64,
}

/// The elements beside each other in a part of a document.
struct Elements<'r, 'a> {
    afar: &'r Afar<'a>,
    at: u64,
    end: u64,
}

impl<'r, 'a> Elements<'r, 'a> {
    fn between(afar: &'r Afar<'a>, start: u64, end: u64) -> Self {
        Self { afar, at: start, end }
    }

    fn within(afar: &'r Afar<'a>, parent: Element) -> Self {
        Self::between(afar, parent.start, parent.end)
    }
}

impl Iterator for Elements<'_, '_> {
    type Item = Element;

    fn next(&mut self) -> Option<Element> {
        if self.at >= self.end {
            return None;
        }
        self.afar.step()?;
        let head = self.afar.beginning(self.at, self.end, 12, WHAT)?;
        let Some((id, id_octets)) = number(&head, 4, false) else {
            return self.afar.fails(Trouble::Broken("no element where one should begin"));
        };
        let Some((size, size_octets)) = number(&head[id_octets..], 8, true) else {
            return self.afar.fails(Trouble::Broken("an element without its size"));
        };
        let start = self.at + (id_octets + size_octets) as u64;
        // All ones: its writer did not know.
        let is_unknown = size == (1 << (7 * size_octets)) - 1;
        let end = if is_unknown { Some(self.end) } else { start.checked_add(size) };
        let id = u32::try_from(id).ok()?;
        let Some(end) = end.filter(|end| *end <= self.end) else {
            // A recording that broke off: what is whole of it counts, and a segment is one element.
            self.afar.fails::<()>(Trouble::Cut(WHAT));
            self.at = self.end;
            return (id == id::SEGMENT).then_some(Element { id, start, end: self.end });
        };
        self.at = end;
        Some(Element { id, start, end })
    }
}

/// A number whose first octet says how long it is: with or without that mark.
fn number(octets: &[u8], longest: usize, without_mark: bool) -> Option<(u64, usize)> {
    let first = *octets.first()?;
    let length = first.leading_zeros() as usize + 1;
    let all = octets.get(..length).filter(|_| length <= longest)?;
    let value = all.iter().fold(0, |number, octet| number << 8 | u64::from(*octet));
    let mark = 1_u64 << (7 * length);
    Some((if without_mark { value & (mark - 1) } else { value }, length))
}

/// Takes what the film says.
pub(super) fn read(afar: &Afar<'_>, made: &mut Made) -> Option<()> {
    let segment = Elements::between(afar, 0, afar.end()).find(|element| element.id == id::SEGMENT)?;
    let mut seen = Vec::new();
    let mut promised = Vec::new();
    for element in Elements::within(afar, segment) {
        match element.id {
            id::CLUSTER => break,
            id::SEEK_HEAD => promised = positions(afar, element),
            _ => part(afar, element, made)?,
        }
        seen.push(element.id);
    }
    for (wanted, position) in promised {
        if seen.contains(&wanted) {
            continue;
        }
        seen.push(wanted);
        let at = segment.start.saturating_add(position);
        if let Some(element) =
            Elements::between(afar, at, segment.end).next().filter(|found| found.id == wanted)
        {
            part(afar, element, made)?;
        }
    }
    Some(())
}

/// Where the parts that matter are said to stand, behind the beginning of the segment.
fn positions(afar: &Afar<'_>, head: Element) -> Vec<(u32, u64)> {
    let mut positions = Vec::new();
    for seek in Elements::within(afar, head).filter(|element| element.id == id::SEEK).take(50) {
        let (mut wanted, mut position) = (None, None);
        for element in Elements::within(afar, seek) {
            match element.id {
                id::SEEK_ID => wanted = unsigned(afar, element),
                id::SEEK_POSITION => position = unsigned(afar, element),
                _ => {}
            }
        }
        let wanted = wanted.and_then(|wanted| u32::try_from(wanted).ok());
        if let (Some(wanted @ (id::INFO | id::TRACKS | id::TAGS)), Some(position)) = (wanted, position) {
            positions.push((wanted, position));
        }
    }
    positions
}

fn part(afar: &Afar<'_>, element: Element, made: &mut Made) -> Option<()> {
    match element.id {
        id::INFO => information(afar, element, made)?,
        id::TRACKS => {
            for track in Elements::within(afar, element).filter(|found| found.id == id::TRACK).take(50) {
                let video = Elements::within(afar, track).find(|found| found.id == id::VIDEO);
                if let Some(video) = video {
                    size(afar, video, made);
                }
            }
        }
        id::TAGS => {
            for tag in Elements::within(afar, element).filter(|found| found.id == id::TAG) {
                for simple in Elements::within(afar, tag).filter(|found| found.id == id::SIMPLE_TAG) {
                    simple_tag(afar, simple, made);
                }
            }
        }
        _ => {}
    }
    Some(())
}

fn information(afar: &Afar<'_>, info: Element, made: &mut Made) -> Option<()> {
    let (mut scale, mut duration) = (1_000_000, None);
    for element in Elements::within(afar, info) {
        match element.id {
            id::SCALE => scale = unsigned(afar, element)?,
            id::DURATION => duration = float(afar, element),
            id::TITLE => made.hear(Key::Title, PLACE, &text(afar, element)?),
            id::FILE_NAME if crate::describe::sensitive::leads_to_a_user(&text(afar, element)?) => {
                made.clues.note(Clue::UserName, PLACE);
            }
            id::DATE => {
                let octets = afar.beginning(element.start, element.end, 8, "a date")?;
                let moment = be_64(&octets, 0).and_then(|since| {
                    DateTime::from_timestamp(since.cast_signed() / 1_000_000_000 + FROM_2001, 0)
                });
                // The time of writing by the clock of whatever wrote it: it tells a day, and no more.
                if let Some(moment) = moment.filter(|moment| (1990..2100).contains(&moment.year())) {
                    let iso = moment.format("%Y-%m-%dT%H:%M:%SZ").to_string();
                    made.dated("film header", Trust::Fair, &iso, &iso);
                }
            }
            _ => {}
        }
    }
    // Units of so many nanoseconds each.
    #[allow(clippy::cast_precision_loss, reason = "no film is as long as that")]
    let length = duration.map(|duration| duration * scale as f64 / 1e6);
    #[allow(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "within these bounds it is exact"
    )]
    let length = length.filter(|length| (0.0..1e12).contains(length)).map(|length| length as u64);
    made.length = made.length.or(length);
    Some(())
}

fn size(afar: &Afar<'_>, video: Element, made: &mut Made) {
    let (mut width, mut height) = (None, None);
    for element in Elements::within(afar, video) {
        match element.id {
            id::WIDTH => width = unsigned(afar, element),
            id::HEIGHT => height = unsigned(afar, element),
            _ => {}
        }
    }
    let side = |side: Option<u64>| side.and_then(|side| u32::try_from(side).ok()).filter(|side| *side > 0);
    made.frame = made.frame.or_else(|| side(width).zip(side(height)));
}

fn simple_tag(afar: &Afar<'_>, tag: Element, made: &mut Made) -> Option<()> {
    let (mut name, mut value) = (None, None);
    for element in Elements::within(afar, tag) {
        match element.id {
            id::TAG_NAME => name = text(afar, element),
            id::TAG_STRING => value = text(afar, element),
            _ => {}
        }
    }
    let (name, value) = (name?.to_uppercase(), value?);
    match name.as_str() {
        "COM.APPLE.QUICKTIME.CREATIONDATE" => {
            made.dated("QuickTime creation date", Trust::Strong, value.trim(), value.trim());
        }
        "DATE_RECORDED" => made.dated("recording date", Trust::Strong, value.trim(), value.trim()),
        "CREATION_TIME" => made.dated("creation time", Trust::Fair, value.trim(), value.trim()),
        _ => {
            let key = match name.as_str() {
                "TITLE" => Key::Title,
                "ARTIST" | "DIRECTOR" | "AUTHOR" => Key::Creator,
                "PUBLISHER" => Key::Publisher,
                "DESCRIPTION" | "SUMMARY" => Key::Summary,
                "DATE" => Key::Day,
                "MAKE" | "COM.APPLE.QUICKTIME.MAKE" => Key::Make,
                "MODEL" | "COM.APPLE.QUICKTIME.MODEL" => Key::Model,
                name if name.contains("LOCATION") || name.contains("GPS") => Key::Clue(Clue::Position),
                name if name.contains("SERIAL") => Key::Clue(Clue::SerialNumber),
                _ => return None,
            };
            made.hear(key, PLACE, &value);
        }
    }
    Some(())
}

fn text(afar: &Afar<'_>, element: Element) -> Option<String> {
    let octets = afar.beginning(element.start, element.end, VALUE, WHAT)?;
    let text = octets.split(|octet| *octet == 0).next().unwrap_or_default();
    Some(String::from_utf8_lossy(text).into_owned())
}

fn unsigned(afar: &Afar<'_>, element: Element) -> Option<u64> {
    let octets = afar.beginning(element.start, element.end, 8, WHAT)?;
    Some(octets.iter().fold(0, |number, octet| number << 8 | u64::from(*octet)))
}

fn float(afar: &Afar<'_>, element: Element) -> Option<f64> {
    let octets = afar.beginning(element.start, element.end, 8, WHAT)?;
    match octets.len() {
        4 => be_32(&octets, 0).map(|bits| f64::from(f32::from_bits(bits))),
        8 => be_64(&octets, 0).map(f64::from_bits),
        _ => None,
    }
}
