//! RTF (RTF Specification 1.9.1): what the group `\info` states, and who changed the document.

mod token;

use super::compound::code_page;
use super::evidence::Evidence;
use super::stated::{Stated, counted};
use provenance::description::Look;
use token::{Token, Tokens};

/// The signal.
const INFO: &str = "rtf info";
/// Where the properties are, in words.
const PROPERTIES: &str = "the document properties";
/// Octets of a document that are read: what is looked for stands before its text.
const READ: usize = 2 << 20;
/// Groups within each other.
const DEEPEST: usize = 200;
/// Values that are kept: a document has a few, and one for each who changed it.
const TEXTS: usize = 2_000;
/// Octets of a value.
const VALUE: usize = 8 << 10;

/// What the properties of a document say.
pub(super) fn evidence(look: &Look<'_>) -> Evidence {
    let mut stated = Stated::of(look.name);
    let octets = &look.beginning[..look.beginning.len().min(READ)];
    let mut reading = Reading::default();
    let mut is_deep = false;
    for token in Tokens::over(octets) {
        if !reading.take(token) {
            is_deep = reading.groups.len() > DEEPEST;
            break;
        }
    }
    reading.tell(&mut stated);
    if is_deep {
        stated.given_up("RTF: groups nest too deep, not all of it was read");
    }
    stated.evidence()
}

/// Which value is being read, in the innermost group that has one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Slot {
    /// Text of the document, and all that is not looked for.
    #[default]
    None,
    /// The group `\info` itself.
    Info,
    Title,
    Author,
    Operator,
    Company,
    Manager,
    Subject,
    Comment,
    Made,
    Changed,
    Template,
    /// Names of those who changed it, one group for each.
    Revisers,
    /// The name of who wrote a comment.
    Commenter,
    Skipped,
}

/// What is read of an open group.
#[derive(Clone, Copy)]
struct Group {
    slot: Slot,
    /// Characters that follow one by its number, for readers that know no numbers.
    stand_ins: usize,
}

/// What was read so far.
#[derive(Default)]
struct Reading {
    groups: Vec<Group>,
    code_page: Option<u16>,
    /// Texts by their slots, and whether each could be decoded.
    texts: Vec<(Slot, String)>,
    /// Octets in a code page that wait for their neighbours.
    octets: Vec<u8>,
    /// Stand-ins that are still to be passed.
    to_pass: usize,
    /// The first half of a character beyond the first plane.
    high: Option<u16>,
    /// Year, month, day, hour, minute and second, as far as each was told.
    dates: [(Slot, [Option<i32>; 6]); 2],
    pages: Option<u64>,
    is_changed: bool,
}

impl Reading {
    /// Takes one token; whether to go on.
    fn take(&mut self, token: Token<'_>) -> bool {
        if !matches!(token, Token::Octet(_)) {
            self.decode();
        }
        match token {
            Token::Open => {
                let group = self.groups.last().copied().unwrap_or(Group { slot: Slot::None, stand_ins: 1 });
                let slot = match group.slot {
                    // A group within a value is no part of it, but each reviser is a group.
                    Slot::None | Slot::Info | Slot::Revisers => group.slot,
                    slot => slot,
                };
                self.groups.push(Group { slot, ..group });
                self.to_pass = 0;
                if slot == Slot::Revisers && self.texts.len() < TEXTS {
                    self.texts.push((slot, String::new()));
                }
            }
            Token::Close => {
                self.groups.pop();
                self.to_pass = 0;
            }
            Token::Word(word, number) => self.word(word, number),
            Token::Octet(octet) if self.to_pass == 0 => self.octet(octet),
            Token::Octet(_) => self.to_pass -= 1,
            Token::Character(character) => self.character(character),
        }
        self.groups.len() <= DEEPEST
    }

    fn word(&mut self, word: &[u8], number: Option<i32>) {
        let slot = self.groups.last().map_or(Slot::None, |group| group.slot);
        let entered = match (slot, word) {
            (Slot::None, b"info") => Slot::Info,
            (Slot::None, b"template") => Slot::Template,
            (Slot::None, b"revtbl") => Slot::Revisers,
            (Slot::None, b"atnauthor") => Slot::Commenter,
            (Slot::Info, b"title") => Slot::Title,
            (Slot::Info, b"author") => Slot::Author,
            (Slot::Info, b"operator") => Slot::Operator,
            (Slot::Info, b"company") => Slot::Company,
            (Slot::Info, b"manager") => Slot::Manager,
            (Slot::Info, b"subject") => Slot::Subject,
            (Slot::Info, b"doccomm") => Slot::Comment,
            (Slot::Info, b"creatim") => Slot::Made,
            (Slot::Info, b"revtim") => Slot::Changed,
            (Slot::Info, b"printim" | b"buptim" | b"keywords" | b"category" | b"hlinkbase")
            | (
                Slot::None,
                b"fonttbl" | b"stylesheet" | b"colortbl" | b"pict" | b"objdata" | b"themedata" | b"datastore",
            ) => Slot::Skipped,
            _ => slot,
        };
        if entered != slot {
            if let Some(group) = self.groups.last_mut() {
                group.slot = entered;
            }
            let is_text =
                !matches!(entered, Slot::Info | Slot::Made | Slot::Changed | Slot::Skipped | Slot::Revisers);
            self.texts.extend((is_text && self.texts.len() < TEXTS).then(|| (entered, String::new())));
            return;
        }
        match (word, number) {
            (b"ansicpg", Some(page)) => self.code_page = u16::try_from(page).ok(),
            (b"ansi", _) if self.code_page.is_none() => self.code_page = Some(1252),
            (b"mac", _) => self.code_page = Some(10_000),
            (b"uc", Some(count)) => {
                if let Some(group) = self.groups.last_mut() {
                    group.stand_ins = usize::try_from(count).unwrap_or(0).min(100);
                }
            }
            (b"u", Some(code)) => self.unicode(code),
            // The same text again, in Unicode.
            (b"ud", _) => {
                if let Some((_, text)) = self.texts.last_mut().filter(|(found, _)| *found == slot) {
                    text.clear();
                }
            }
            (b"nofpages", Some(pages)) if slot == Slot::Info => self.pages = u64::try_from(pages).ok(),
            (b"revised" | b"deleted", None) => self.is_changed = true,
            (b"tab" | b"line" | b"par", _) => self.character(' '),
            _ => self.date(slot, word, number),
        }
    }

    fn date(&mut self, slot: Slot, word: &[u8], number: Option<i32>) {
        const FIELDS: [&[u8]; 6] = [b"yr", b"mo", b"dy", b"hr", b"min", b"sec"];
        let Some(field) = FIELDS.iter().position(|field| *field == word) else { return };
        let date = match slot {
            Slot::Made => &mut self.dates[0],
            Slot::Changed => &mut self.dates[1],
            _ => return,
        };
        date.0 = slot;
        date.1[field] = date.1[field].or(number);
    }

    /// `\u`: a unit of UTF-16, as a number that may be negative; halves of pairs come one by one.
    fn unicode(&mut self, code: i32) {
        self.to_pass = self.groups.last().map_or(1, |group| group.stand_ins);
        let Some(unit) = u16::try_from(code).ok().or_else(|| u16::try_from(code + 0x1_0000).ok()) else {
            return;
        };
        match (unit, self.high.take()) {
            (0xD800..=0xDBFF, _) => self.high = Some(unit),
            (0xDC00..=0xDFFF, Some(high)) => {
                let pair = char::decode_utf16([high, unit]).next();
                self.character(pair.and_then(Result::ok).unwrap_or('\u{FFFD}'));
            }
            _ => self.character(char::from_u32(u32::from(unit)).unwrap_or('\u{FFFD}')),
        }
    }

    fn octet(&mut self, octet: u8) {
        let slot = self.groups.last().map_or(Slot::None, |group| group.slot);
        if slot != Slot::None && slot != Slot::Skipped && self.octets.len() < VALUE {
            self.octets.push(octet);
        }
    }

    fn character(&mut self, character: char) {
        let slot = self.groups.last().map_or(Slot::None, |group| group.slot);
        if let Some((_, text)) =
            self.texts.last_mut().filter(|(found, text)| *found == slot && text.len() < VALUE)
        {
            text.push(character);
        }
    }

    /// Reads the octets that were waiting, of the group that is still open.
    fn decode(&mut self) {
        if self.octets.is_empty() {
            return;
        }
        let octets = std::mem::take(&mut self.octets);
        let text = code_page::decoded(&octets, self.code_page).unwrap_or_else(|| "\u{FFFD}".into());
        for character in text.chars() {
            self.character(character);
        }
    }

    fn tell(&mut self, stated: &mut Stated<'_>) {
        self.decode();
        for (slot, text) in &self.texts {
            // What could not be decoded names somebody for all that, and is no suggestion.
            let is_sound = !text.contains('\u{FFFD}');
            match slot {
                Slot::Title if is_sound => {
                    stated.paths("title", text);
                    stated.title(INFO, text);
                }
                Slot::Author if is_sound => stated.creators(INFO, PROPERTIES, [text.as_str()]),
                Slot::Author => stated.sensitive(&format!("author in {PROPERTIES}")),
                Slot::Operator => stated.person(&format!("last editor in {PROPERTIES}"), text),
                Slot::Company => stated.person(&format!("company in {PROPERTIES}"), text),
                Slot::Manager => stated.person(&format!("manager in {PROPERTIES}"), text),
                Slot::Comment | Slot::Subject if is_sound => stated.summary(INFO, text),
                Slot::Template => stated.paths("template", text),
                Slot::Commenter => stated.person("author of a comment", text),
                Slot::Revisers if text.trim_end_matches(';') != "Unknown" => {
                    stated.person("author of a tracked change", text);
                }
                _ => {}
            }
        }
        for (slot, fields) in &self.dates {
            let Some(date) = written(fields) else { continue };
            match slot {
                Slot::Made => stated.made(INFO, &date),
                _ => stated.changed(INFO, &date),
            }
        }
        if let Some(pages) = self.pages.filter(|pages| *pages > 0) {
            stated.detail(&format!("{} by its own count", counted(pages, "page", "pages")));
        }
        if self.is_changed {
            stated.detail("with tracked changes");
        }
    }
}

/// A date in the form of ISO 8601, in no zone: RTF tells none.
fn written(fields: &[Option<i32>; 6]) -> Option<String> {
    let [year, month, day, hour, minute, second] = *fields;
    let day = format!("{:04}-{:02}-{:02}", year?, month?, day?);
    Some(match (hour, minute) {
        (Some(hour), Some(minute)) => format!("{day}T{hour:02}:{minute:02}:{:02}", second.unwrap_or(0)),
        _ => day,
    })
}
