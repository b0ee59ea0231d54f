//! A file whose cross-reference is broken or cut off: its objects are searched for.

use super::object::{Dictionary, Parser, Value, is_space};
use super::sections::Place;
use crate::describe::reach::Reach;
use std::collections::BTreeMap;

/// Octets that are searched.
const SEARCHED: u64 = 24 << 20;
/// Octets of a piece.
const PIECE: usize = 1 << 20;
/// Octets by which pieces overlap: of a dictionary that says what an object is.
const OVERLAP: usize = 4 << 10;
/// Octets that are passed in reading dictionaries, in all; to begin with one costs as much as these.
const PASSED: usize = 4 << 20;
const PRICE: usize = 128;
/// Words that begin an object, or end one, that are looked at.
const WORDS: usize = 250_000;
/// Objects that are noted.
const OBJECTS: usize = 100_000;
/// Streams of objects that are looked into.
const STREAMS: usize = 64;

/// What was found.
#[derive(Default)]
pub(super) struct Rebuilt {
    /// The last trailer that has a root; if there is none, one that was made up of what was found.
    pub(super) trailer: Dictionary,
    /// Streams of objects, in the order of the file.
    pub(super) streams: Vec<u32>,
    offsets: BTreeMap<u32, u64>,
}

impl Rebuilt {
    /// Where the last object of this number lies.
    pub(super) fn place(&self, number: u32) -> Option<Place> {
        self.offsets.get(&number).map(|offset| Place::At(*offset))
    }
}

/// Searches a file from its beginning.
pub(super) fn search(reach: &Reach<'_>) -> Rebuilt {
    let mut found = Search::default();
    let mut at = 0;
    while at < reach.size().min(SEARCHED) {
        let Some(octets) = reach.at(at, PIECE + OVERLAP) else { break };
        found.piece(at, &octets);
        at += PIECE as u64;
    }
    let Search { mut rebuilt, catalog, encrypted, .. } = found;
    if rebuilt.trailer == Dictionary::default() {
        let root = catalog.map(|number| (b"Root".to_vec(), Value::Reference(number)));
        let encrypted = encrypted.then(|| (b"Encrypt".to_vec(), Value::Other));
        rebuilt.trailer = root.into_iter().chain(encrypted).collect();
    }
    rebuilt
}

#[derive(Default)]
struct Search {
    rebuilt: Rebuilt,
    catalog: Option<u32>,
    encrypted: bool,
    /// Octets that were passed in reading dictionaries.
    passed: usize,
    /// Words that were looked at.
    words: usize,
}

impl Search {
    fn piece(&mut self, start: u64, octets: &[u8]) {
        let own = octets.len().min(PIECE);
        for at in memchr::memmem::find_iter(octets, b"obj").take_while(|at| *at < own) {
            self.words += 1;
            if self.words > WORDS {
                break;
            }
            let Some((number, from)) = header_before(octets, at) else { continue };
            if self.rebuilt.offsets.len() < OBJECTS {
                self.rebuilt.offsets.insert(number, start + from as u64);
            }
            if let Some(dictionary) = self.read(octets, at + 3) {
                self.dictionary(number, dictionary);
            }
        }
        for at in memchr::memmem::find_iter(octets, b"trailer").take_while(|at| *at < own) {
            if self.passed > PASSED {
                break;
            }
            if let Some(trailer) = self.read(octets, at + 7) {
                self.trailer(trailer);
            }
        }
    }

    /// The dictionary that begins at `at`, if it is short, and not too many were read.
    fn read(&mut self, octets: &[u8], at: usize) -> Option<Dictionary> {
        let rest = octets.get(at..octets.len().min(at + OVERLAP))?;
        if self.passed > PASSED || !rest.trim_ascii_start().starts_with(b"<<") {
            return None;
        }
        let mut parser = Parser::over(rest);
        let value = parser.value();
        // What is no value may have been passed to its end in vain.
        let passed = if value.is_ok() { parser.position() } else { rest.len() };
        self.passed += passed + PRICE;
        if let Ok(Value::Dictionary(dictionary)) = value { Some(dictionary) } else { None }
    }

    fn dictionary(&mut self, number: u32, dictionary: Dictionary) {
        if dictionary.is(b"Type", b"Catalog") {
            self.catalog = Some(number);
        } else if dictionary.is(b"Type", b"XRef") {
            self.trailer(dictionary);
        } else if dictionary.is(b"Type", b"ObjStm")
            && self.rebuilt.streams.len() < STREAMS
            && !self.rebuilt.streams.contains(&number)
        {
            self.rebuilt.streams.push(number);
        }
    }

    fn trailer(&mut self, trailer: Dictionary) {
        self.encrypted |= trailer.has(b"Encrypt");
        if trailer.has(b"Root") {
            self.rebuilt.trailer = trailer;
        }
    }
}

/// The number of the object whose `obj` stands at `at`, and where its header begins.
fn header_before(octets: &[u8], at: usize) -> Option<(u32, usize)> {
    let digits_before = |end: usize| {
        let blank = octets.get(..end)?.iter().rev().take_while(|octet| is_space(**octet)).count();
        let end = end.checked_sub(blank).filter(|_| blank > 0 || end == at)?;
        let digits =
            octets.get(..end)?.iter().rev().take(11).take_while(|octet| octet.is_ascii_digit()).count();
        (1..=10).contains(&digits).then(|| (end - digits, end))
    };
    let (generation, _) = digits_before(at)?;
    let (start, end) = digits_before(generation)?;
    let number = std::str::from_utf8(octets.get(start..end)?).ok()?.parse().ok()?;
    Some((number, start))
}
