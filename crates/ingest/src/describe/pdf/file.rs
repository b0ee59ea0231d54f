//! The objects of a PDF, found by its cross-reference (ISO 32000-2, 7.5) and read one by one from
//! wherever they lie, so that a file of any size costs what is asked of it.
//!
//! Why not a crate: hayro-syntax and lopdf want the whole file in memory, unfold streams of
//! whatever length comes out, and look at all pages or objects before the first question.

use super::filter;
use super::object::{Dictionary, Fault, Parser, Value};
use super::rebuilt::{self, Rebuilt};
use super::sections::{Place, Sections};
use crate::describe::reach::Reach;
use provenance::description::Look;
use std::cell::{Cell, OnceCell, RefCell};
use std::collections::BTreeMap;
use std::rc::Rc;

/// Octets that are read of a file, in all.
const READ: u64 = 32 << 20;
/// Octets that come out of its streams, in all.
const UNFOLDED: usize = 16 << 20;
/// Octets of an object that is no stream: the largest are arrays of pages.
const OBJECT: usize = 1 << 20;
/// Octets that are first read of an object; most are shorter.
const FIRST: usize = 2 << 10;
/// Objects that are read.
const OBJECTS: usize = 20_000;
/// References that lead to references, and streams whose length is in a stream whose length…
const CHAIN: usize = 8;
/// Octets that come out of a stream of objects.
const OBJECT_STREAM: usize = 4 << 20;
/// Streams of objects that are kept unfolded; neighbours are mostly asked for one after another.
const KEPT: usize = 3;

/// An object, and where the octets of its stream begin if it is one.
#[derive(Clone, Debug)]
pub(super) struct Object {
    pub(super) value: Value,
    stream: Option<u64>,
}

/// An open file.
pub(super) struct File<'l> {
    pub(super) reach: Reach<'l>,
    pub(super) trailer: Dictionary,
    pub(super) sections: Sections,
    rebuilt: OnceCell<Rebuilt>,
    /// Objects of a rebuilt file that are in streams, each with that stream.
    hidden: RefCell<Option<Rc<BTreeMap<u32, u32>>>>,
    kept: RefCell<Vec<(u32, Rc<ObjectStream>)>>,
    unfolded: Cell<usize>,
    objects: Cell<usize>,
}

/// The objects of a stream, unfolded.
struct ObjectStream {
    octets: Vec<u8>,
    /// Number and offset of each, in the order of their numbers.
    index: Vec<(u32, usize)>,
}

impl<'l> File<'l> {
    /// A file of which nothing was read yet: it has no sections and no trailer.
    pub(super) fn of(look: &Look<'l>) -> Self {
        Self {
            reach: Reach::of(look, READ),
            trailer: Dictionary::default(),
            sections: Sections::default(),
            rebuilt: OnceCell::new(),
            hidden: RefCell::default(),
            kept: RefCell::default(),
            unfolded: Cell::new(UNFOLDED),
            objects: Cell::new(OBJECTS),
        }
    }

    /// Whether its strings and streams are encrypted.
    pub(super) fn is_encrypted(&self) -> bool {
        self.trailer.has(b"Encrypt")
    }

    /// Whether objects had to be searched for.
    pub(super) fn is_rebuilt(&self) -> bool {
        self.rebuilt.get().is_some()
    }

    /// Whether so much was read of it that some answers are missing.
    pub(super) fn is_spent(&self) -> bool {
        self.objects.get() == 0 || self.unfolded.get() == 0 || self.reach.is_spent(FIRST as u64)
    }

    /// The root of all that can be looked at.
    pub(super) fn catalog(&self) -> Option<Dictionary> {
        let catalog = self.dictionary(self.trailer.get(b"Root")?)?;
        (catalog.has(b"Pages") || catalog.is(b"Type", b"Catalog")).then_some(catalog)
    }

    /// What a value stands for: itself, or the object that it refers to.
    pub(super) fn resolved(&self, value: &Value) -> Option<Value> {
        let mut value = value.clone();
        for _ in 0..CHAIN {
            match value {
                Value::Reference(number) => value = self.object(number)?.value,
                other => return Some(other),
            }
        }
        None
    }

    /// The dictionary that a value stands for.
    pub(super) fn dictionary(&self, value: &Value) -> Option<Dictionary> {
        match self.resolved(value)? {
            Value::Dictionary(dictionary) => Some(dictionary),
            _ => None,
        }
    }

    /// The value of a key, resolved.
    pub(super) fn get(&self, dictionary: &Dictionary, key: &[u8]) -> Option<Value> {
        self.resolved(dictionary.get(key)?)
    }

    /// An object by its number.
    pub(super) fn object(&self, number: u32) -> Option<Object> {
        self.object_within(number, 0)
    }

    fn object_within(&self, number: u32, depth: usize) -> Option<Object> {
        if depth > CHAIN {
            return None;
        }
        self.objects.set(self.objects.get().checked_sub(1)?);
        let place = self.sections.place(&self.reach, number);
        if let Some(Place::Free) = place {
            return None;
        }
        let found = place.and_then(|place| self.at(number, place, depth));
        found.or_else(|| self.at(number, self.searched(number)?, depth))
    }

    /// Where a search finds an object.
    fn searched(&self, number: u32) -> Option<Place> {
        self.rebuilt().place(number).or_else(|| self.hidden().get(&number).map(|stream| Place::In(*stream)))
    }

    fn hidden(&self) -> Rc<BTreeMap<u32, u32>> {
        if let Some(hidden) = &*self.hidden.borrow() {
            return Rc::clone(hidden);
        }
        // Opening a stream may ask for objects, which are in no other stream then.
        *self.hidden.borrow_mut() = Some(Rc::default());
        let mut hidden = BTreeMap::new();
        for stream in &self.rebuilt().streams {
            let found = self.object_stream(*stream, 1);
            hidden.extend(found.iter().flat_map(|found| &found.index).map(|(number, _)| (*number, *stream)));
        }
        let hidden = Rc::new(hidden);
        *self.hidden.borrow_mut() = Some(Rc::clone(&hidden));
        hidden
    }

    /// The root of a file whose trailer is gone, from the streams that hold its objects.
    pub(super) fn hidden_root(&self) -> Option<u32> {
        let may_be = |stream: &&u32| {
            let found = self.object_stream(**stream, 1);
            found.is_some_and(|found| memchr::memmem::find(&found.octets, b"/Catalog").is_some())
        };
        let hidden = self.hidden();
        let streams: Vec<u32> = self.rebuilt().streams.iter().filter(may_be).copied().collect();
        let is_root = |number: &&u32| {
            let object = self.object(**number);
            object.and_then(|found| Some(found.value.dictionary()?.is(b"Type", b"Catalog"))) == Some(true)
        };
        hidden
            .iter()
            .filter(|(_, stream)| streams.contains(stream))
            .map(|(number, _)| number)
            .find(is_root)
            .copied()
    }

    fn at(&self, number: u32, place: Place, depth: usize) -> Option<Object> {
        match place {
            Place::At(offset) => {
                self.object_at(offset).filter(|(found, _)| *found == number).map(|(_, object)| object)
            }
            Place::In(stream) if stream != number => {
                let stream = self.object_stream(stream, depth + 1)?;
                let found = stream.index.binary_search_by_key(&number, |(found, _)| *found).ok()?;
                let (_, at) = stream.index.get(found)?;
                let value = Parser::over(stream.octets.get(*at..)?).value().ok()?;
                Some(Object { value, stream: None })
            }
            Place::In(_) | Place::Free | Place::Unreadable => None,
        }
    }

    /// The object that is written at an offset, with its number.
    pub(super) fn object_at(&self, offset: u64) -> Option<(u32, Object)> {
        let mut size = FIRST;
        loop {
            let octets = self.reach.at(offset, size)?;
            let is_all = octets.len() < size || size >= OBJECT;
            let mut parser = Parser::over(&octets);
            let number = parser.object_header();
            let value = number.map(|_| parser.value());
            let after = value.as_ref().is_some_and(Result::is_ok).then(|| {
                parser.space();
                parser.rest().len() > 8
            });
            match (number, value) {
                (Some(number), Some(Ok(value))) if after == Some(true) || is_all => {
                    let is_stream = matches!(value, Value::Dictionary(_)) && parser.word(b"stream");
                    let line_end = match parser.rest() {
                        [b'\r', b'\n', ..] => 2,
                        [b'\n' | b'\r', ..] => 1,
                        _ => 0,
                    };
                    let start = offset + (parser.position() + line_end) as u64;
                    return Some((number, Object { value, stream: is_stream.then_some(start) }));
                }
                (Some(_), Some(Err(Fault::Bad))) | (None, _) => return None,
                _ if is_all => return None,
                _ => size *= 8,
            }
        }
    }

    /// The content of the stream that a value refers to, at most `most` octets of it.
    pub(super) fn stream(&self, value: &Value, most: usize) -> Option<Vec<u8>> {
        self.content(&self.object(value.reference()?)?, most, 0)
    }

    /// The content of an object that is a stream; `None` where a filter is not known here.
    pub(super) fn content(&self, object: &Object, most: usize, depth: usize) -> Option<Vec<u8>> {
        let dictionary = object.value.dictionary()?;
        let start = object.stream?;
        let most = most.min(self.unfolded.get());
        let raw = self.raw(dictionary, start, most, depth)?;
        let content = filter::unfolded(&self.direct(dictionary), &raw, most)?;
        self.unfolded.set(self.unfolded.get().saturating_sub(content.len()));
        Some(content)
    }

    /// The octets of a stream: as many as it says where its end stands behind them, else up to the
    /// next end.
    fn raw(&self, dictionary: &Dictionary, start: u64, most: usize, depth: usize) -> Option<Vec<u8>> {
        const END: &[u8] = b"endstream";
        let length = match dictionary.get(b"Length")? {
            Value::Reference(number) => {
                self.object_within(*number, depth + 1).and_then(|found| found.value.integer())
            }
            value => value.integer(),
        };
        let length = length.and_then(|length| usize::try_from(length).ok()).filter(|length| *length <= most);
        if let Some(length) = length {
            let octets = self.reach.at(start, length + END.len() + 2)?;
            let (content, behind) = octets.split_at(octets.len().min(length));
            if behind.trim_ascii_start().starts_with(END) {
                return Some(content.to_vec());
            }
        }
        let octets = self.reach.at(start, most)?;
        let end = memchr::memmem::find(&octets, END).unwrap_or(octets.len());
        Some(octets.get(..end)?.to_vec())
    }

    /// A dictionary of a stream whose filters stand in it and not elsewhere.
    fn direct(&self, dictionary: &Dictionary) -> Dictionary {
        let keys: [&[u8]; 4] = [b"Filter", b"F", b"DecodeParms", b"DP"];
        let pairs = keys.iter().filter_map(|key| {
            let value = self.get(dictionary, key)?;
            let each = value.each().iter().take(8).map(|value| self.resolved(value).unwrap_or(Value::Other));
            Some((key.to_vec(), Value::Array(each.collect())))
        });
        pairs.collect()
    }

    fn object_stream(&self, number: u32, depth: usize) -> Option<Rc<ObjectStream>> {
        if let Some((_, kept)) = self.kept.borrow().iter().find(|(found, _)| *found == number) {
            return Some(Rc::clone(kept));
        }
        let object = self.object_within(number, depth)?;
        let octets = self.content(&object, OBJECT_STREAM, depth)?;
        let stream = Rc::new(ObjectStream { index: index(object.value.dictionary()?, &octets)?, octets });
        let mut kept = self.kept.borrow_mut();
        if kept.len() >= KEPT {
            kept.remove(0);
        }
        kept.push((number, Rc::clone(&stream)));
        Some(stream)
    }

    /// What a search of the whole file finds.
    pub(super) fn rebuilt(&self) -> &Rebuilt {
        self.rebuilt.get_or_init(|| rebuilt::search(&self.reach))
    }
}

/// Number and offset of each object in a stream of them (ISO 32000-2, 7.5.7).
fn index(dictionary: &Dictionary, octets: &[u8]) -> Option<Vec<(u32, usize)>> {
    let count = usize::try_from(dictionary.integer(b"N")?).ok()?;
    let first = usize::try_from(dictionary.integer(b"First")?).ok()?;
    let mut parser = Parser::over(octets.get(..first.min(octets.len()))?);
    let mut index = Vec::new();
    for _ in 0..count.min(OBJECTS) {
        let (Some(number), Some(offset)) = (parser.integer(), parser.integer()) else { break };
        let (number, offset) = (u32::try_from(number).ok()?, usize::try_from(offset).ok()?);
        index.push((number, first.checked_add(offset)?));
    }
    index.sort_by_key(|(number, _)| *number);
    Some(index)
}
