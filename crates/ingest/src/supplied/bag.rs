//! A bag among the documents: what it says of itself, held against what arrived.

use super::LONGEST_LIST;
use super::places::Places;
use super::sink::Sink;
use crate::source::Documents;
use crate::suitability::is_bag;
use crate::{Error, ErrorKind};
use bagit::encoding::TagEncoding;
use bagit::{Version, declaration, fetch, info};
use fixity::manifest::{lines, parse_line};
use fixity::{Algorithm, Oxum};
use provenance::name::{escape, excerpt};
use provenance::{EventType, Outcome, Source};
use std::collections::HashSet;
use std::io::{self, Cursor, Read};
use std::ops::Range;

/// Octets of `bagit.txt` and of `bag-info.txt` that are read.
const LONGEST_TAG: u64 = 4 << 20;
/// Octets of `fetch.txt` that are read.
const LONGEST_FETCH: u64 = 64 << 20;

/// A folder that is a bag.
pub(super) struct Bag {
    /// The folder in the package: `data`, or `data/…`.
    folder: String,
    /// Its raw path below `data/`.
    raw: Vec<u8>,
    /// All items in it.
    items: Range<usize>,
    declaration: usize,
    /// Manifests: item, the algorithm by name, and whether it lists the payload.
    manifests: Vec<(usize, String, bool)>,
}

impl Bag {
    pub(super) fn manifests(&self) -> impl Iterator<Item = usize> {
        self.manifests.iter().map(|(item, ..)| *item)
    }

    /// The path of an item from the bag on.
    fn within<'a>(&self, item: usize, places: &Places<'a>) -> &'a [u8] {
        let raw = places.raw(item);
        if self.raw.is_empty() { raw } else { raw.get(self.raw.len() + 1..).unwrap_or_default() }
    }

    /// The item at a path in the bag.
    fn find(&self, path: &str, places: &Places<'_>) -> Option<usize> {
        places.find(&self.full(path))
    }

    fn full(&self, path: &str) -> Vec<u8> {
        if self.raw.is_empty() { path.into() } else { [&self.raw[..], b"/", path.as_bytes()].concat() }
    }

    /// Its payload as it arrived. What was taken out of one of its files was not in it.
    fn payload(&self, places: &Places<'_>) -> Vec<usize> {
        let is_derived =
            |item: usize| places.item(item).given.iter().any(|given| given.column == "derived_from");
        let items = self.items.clone();
        items.filter(|&item| self.within(item, places).starts_with(b"data/") && !is_derived(item)).collect()
    }
}

/// Every bag among the documents, however deep.
pub(super) fn find(places: &Places<'_>) -> Vec<Bag> {
    let mut bags = Vec::new();
    for declaration in 0..places.count() {
        let raw = places.raw(declaration);
        let Some(above) = raw.strip_suffix(b"bagit.txt").filter(|above| matches!(above, [] | [.., b'/']))
        else {
            continue;
        };
        let raw = above.strip_suffix(b"/").unwrap_or(above).to_vec();
        let path = places.item(declaration).path.as_str();
        let Some((folder, _)) = path.rsplit_once('/') else { continue };
        let items = places.below(folder);
        let folder = folder.to_owned();
        let mut bag = Bag { folder, raw, items, declaration, manifests: Vec::new() };
        let names = bag.items.clone().map(|item| match bag.within(item, places) {
            path if path.starts_with(b"data/") => (&b"data"[..], true),
            path => (path, false),
        });
        if is_bag(names) {
            bag.manifests = manifests(&bag, places);
            bags.push(bag);
        }
    }
    bags
}

fn manifests(bag: &Bag, places: &Places<'_>) -> Vec<(usize, String, bool)> {
    let named = bag.items.clone().filter_map(|item| {
        let stem = std::str::from_utf8(bag.within(item, places)).ok()?.strip_suffix(".txt")?;
        let (algorithm, is_payload) = match stem.strip_prefix("manifest-") {
            Some(algorithm) => (algorithm, true),
            None => (stem.strip_prefix("tagmanifest-")?, false),
        };
        (!algorithm.contains('/')).then(|| (item, algorithm.to_owned(), is_payload))
    });
    named.collect()
}

/// What is known of a bag while it is checked.
struct Check<'a> {
    bag: &'a Bag,
    places: &'a Places<'a>,
    source: &'a Documents,
    version: Version,
    encoding: TagEncoding,
    /// What its `fetch.txt` promises.
    promised: HashSet<String>,
    /// What is wrong with it, in words.
    faults: Vec<String>,
}

/// What one manifest lists.
struct Listing {
    listed: HashSet<usize>,
    /// Not there, and not promised either.
    absent: Vec<String>,
}

/// Reads all manifests of a bag, and says whether it is complete.
pub(super) fn check(
    bag: &Bag,
    places: &Places<'_>,
    source: &Documents,
    sink: &mut Sink,
) -> Result<(), Error> {
    let mut check = Check {
        bag,
        places,
        source,
        version: Version::Unknown,
        encoding: TagEncoding::Utf8,
        promised: HashSet::new(),
        faults: Vec::new(),
    };
    let declared = check.declaration()?;
    check.promises()?;
    let payload = bag.payload(places);
    let mut listings = Vec::new();
    let mut missing = HashSet::new();
    for (item, algorithm, is_payload) in &bag.manifests {
        if let Some(Listing { listed, absent }) = check.manifest(*item, algorithm, sink)? {
            missing.extend(absent);
            if *is_payload {
                listings.push(listed);
            }
        }
    }
    let unlisted = check.unlisted(&payload, &listings);
    let paths: Vec<String> = unlisted.iter().map(|&item| places.item(item).path.to_string()).collect();
    sink.tell_each(&paths, EventType::Validation, "in the payload of a bag that does not list it");
    let oxum = check.oxum(&payload)?;
    let mut words = vec![format!("bag of BagIt {declared} with {} payload files", payload.len())];
    words.extend(oxum);
    for (count, what) in
        [(missing.len(), "listed files are not there"), (unlisted.len(), "payload files are not listed")]
    {
        if count > 0 {
            check.faults.push(format!("{count} {what}"));
        }
    }
    if listings.is_empty() {
        check.faults.push("no payload manifest could be read".to_owned());
    }
    let outcome = if check.faults.is_empty() { Outcome::Success } else { Outcome::Warning };
    words.extend(if check.faults.is_empty() { vec!["complete".to_owned()] } else { check.faults });
    sink.note(EventType::Validation, &format!("{}/", bag.folder), outcome, words.join("; "));
    Ok(())
}

impl Check<'_> {
    fn failed(&self, item: usize, error: &io::Error) -> Error {
        let path = &self.places.item(item).path;
        Error::new(ErrorKind::Unreadable, format!("cannot read `{path}` of a bag: {error}"))
    }

    /// Text of a tag file, as it stands; `None` if it is too long.
    fn octets(&self, item: usize, most: u64) -> Result<Option<Vec<u8>>, Error> {
        if self.places.item(item).size_octets > most {
            return Ok(None);
        }
        let mut text = Vec::new();
        let mut document =
            self.source.open(self.places.item(item)).map_err(|error| self.failed(item, &error))?;
        let read = document.read_to_end(&mut text).and_then(|_| document.settle());
        read.map_err(|error| self.failed(item, &error))?;
        Ok(Some(text))
    }

    /// The same in UTF-8; `None`, after a word on it, if it cannot be had.
    fn text(&mut self, item: usize, most: u64) -> Result<Option<Vec<u8>>, Error> {
        let name = escape(self.bag.within(item, self.places));
        let Some(octets) = self.octets(item, most)? else {
            self.faults.push(format!("{name} is longer than {most} octets"));
            return Ok(None);
        };
        if self.encoding == TagEncoding::Utf8 {
            return Ok(Some(octets));
        }
        let mut text = Vec::new();
        if self.encoding.decoded(Box::new(Cursor::new(octets))).read_to_end(&mut text).is_err() {
            self.faults.push(format!("{name} is not in the encoding that bagit.txt declares"));
            return Ok(None);
        }
        Ok(Some(text))
    }

    /// Reads `bagit.txt`; answers the version for a sentence.
    fn declaration(&mut self) -> Result<String, Error> {
        let text = self.octets(self.bag.declaration, LONGEST_TAG)?.unwrap_or_default();
        match declaration::parse(&text) {
            Ok(declared) => {
                self.version = Version::named(&declared.version);
                if self.version == Version::Unknown {
                    self.faults.push("its version is not known".to_owned());
                }
                self.encoding = TagEncoding::named(&declared.encoding).unwrap_or(TagEncoding::Unknown);
                Ok(excerpt(declared.version.as_bytes()))
            }
            Err(problem) => {
                self.faults.push(format!("bagit.txt is malformed: {}", excerpt(problem.as_bytes())));
                Ok("unknown version".to_owned())
            }
        }
    }

    /// Reads which files `fetch.txt` promises. Nothing is fetched.
    fn promises(&mut self) -> Result<(), Error> {
        let Some(item) = self.bag.find("fetch.txt", self.places) else { return Ok(()) };
        let Some(text) = self.text(item, LONGEST_FETCH)? else { return Ok(()) };
        let decoding = self.version.decoding();
        let promised = lines(&text).filter_map(|line| {
            let line = std::str::from_utf8(line).ok()?;
            Some(fetch::parse_line(line, decoding).ok()?.path.to_string())
        });
        self.promised = promised.collect();
        Ok(())
    }

    /// Reads one manifest; `None` if nothing could be made of it.
    fn manifest(&mut self, item: usize, algorithm: &str, sink: &mut Sink) -> Result<Option<Listing>, Error> {
        let name = escape(self.bag.within(item, self.places));
        let Ok(algorithm) = algorithm.parse::<Algorithm>() else {
            self.faults.push(format!("{name} is by an algorithm that fonds does not know"));
            return Ok(None);
        };
        let Some(text) = self.text(item, LONGEST_LIST)? else { return Ok(None) };
        let list = sink.begin(self.places.item(item).path.to_string());
        let (mut listed, mut absent, mut promised) = (HashSet::new(), Vec::new(), Vec::new());
        let (mut bad, mut first_bad) = (0_u64, None);
        for (number, line) in (1_u64..).zip(lines(text.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&text))) {
            if sink.room() <= absent.len() + promised.len() {
                self.faults
                    .push(format!("{name} was read up to line {number} only, since there are too many"));
                break;
            }
            let line = match parse_line(line, algorithm, self.version.decoding()) {
                Ok(line) => line,
                Err(problem) => {
                    bad += 1;
                    first_bad.get_or_insert_with(|| format!("line {number}: {problem}"));
                    continue;
                }
            };
            let path = line.path.as_str();
            let literal = || self.bag.find(line.literal.as_ref()?.as_str(), self.places);
            if let Some(item) = self.bag.find(path, self.places).or_else(literal) {
                listed.insert(item);
                sink.expect(list, item, line.digest);
            } else {
                let shown = format!("data/{}", escape(&self.bag.full(path)));
                if self.promised.contains(path) { &mut promised } else { &mut absent }.push(shown);
            }
        }
        if let Some(first) = first_bad {
            self.faults.push(format!("{bad} lines of {name} cannot be read, the first is {first}"));
        }
        sink.tell_missing(list, absent.clone(), "not there");
        sink.tell_missing(list, promised, "not there; fetch.txt says where it was");
        Ok(Some(Listing { listed, absent }))
    }

    /// Payload files that no payload manifest lists, or since version 1.0 not every one.
    fn unlisted(&self, payload: &[usize], listings: &[HashSet<usize>]) -> Vec<usize> {
        let is_listed = |item: &usize| {
            if self.version.is_strict() {
                listings.iter().all(|listed| listed.contains(item))
            } else {
                listings.iter().any(|listed| listed.contains(item))
            }
        };
        payload.iter().copied().filter(|item| !is_listed(item)).collect()
    }

    /// Compares Payload-Oxum, if the bag states one; answers that it agrees, if so.
    fn oxum(&mut self, payload: &[usize]) -> Result<Option<String>, Error> {
        let names = [self.version.info_file(), "bag-info.txt"];
        let Some(item) = names.into_iter().find_map(|name| self.bag.find(name, self.places)) else {
            return Ok(None);
        };
        let Some(text) = self.text(item, LONGEST_TAG)? else { return Ok(None) };
        let (elements, _) = info::parse(&String::from_utf8_lossy(&text), self.version);
        let mut found = Oxum::default();
        for &item in payload {
            found.add(self.places.item(item).size_octets);
        }
        let stated: Vec<&str> = elements
            .iter()
            .filter(|(label, _)| label.eq_ignore_ascii_case("Payload-Oxum"))
            .map(|(_, value)| value.trim())
            .collect();
        let wrong = stated.iter().find(|value| value.parse::<Oxum>() != Ok(found));
        match (stated.first(), wrong) {
            (None, _) => Ok(None),
            (Some(_), None) => Ok(Some(format!("Payload-Oxum {found} agrees"))),
            // What is still to be fetched may be counted in.
            (_, Some(_)) if !self.promised.is_empty() => Ok(None),
            (_, Some(wrong)) => {
                self.faults
                    .push(format!("Payload-Oxum is {}, and {found} arrived", excerpt(wrong.as_bytes())));
                Ok(None)
            }
        }
    }
}
