//! Goes over a TAR from its first header to its last octet, entry by entry, with limits.
//!
//! Programs differ where a TAR is odd. Here the odd is not resolved but found: whatever GNU tar,
//! bsdtar and Python would read differently is E103, and where nobody can tell what comes next the
//! examination of the archive ends.

use super::header::{BLOCK, Block, until_zero};
use super::pax::Pax;
use crate::finding::{Code, E101, E103, E105, E106, E108, E110, E111, Finding, W112, W212};
use chrono::{DateTime, Utc};
use std::io::{self, Read};

/// The longest extended header, or long name.
const LONGEST_EXTENSION: u64 = 1 << 20;
/// The longest path that a system can store.
const LONGEST_PATH: usize = 4096;
/// Entries that any archive may have …
const ENTRIES_FOR_ANY: u64 = 150_000;
/// … and octets for which it may have one more: a header and a little content.
const OCTETS_FOR_ONE: u64 = 1 << 10;
/// Octets that all names together may have, besides those of the archive itself.
const NAMES_FOR_ANY: u64 = 16 << 20;

/// Where a TAR is read from.
pub(super) trait Source: Read {
    /// Passes over so many octets, or to the end; says how many there were.
    fn pass(&mut self, octets: u64) -> io::Result<u64>;
}

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    File,
    Directory,
    /// A file with holes that are not in the archive.
    Sparse,
    /// A file, to those who know the type.
    Unknown(u8),
}

impl Kind {
    /// Why the content is not read, where it is not.
    pub(super) fn unread(self) -> Option<String> {
        let found = match self {
            Self::File | Self::Directory => return None,
            Self::Sparse => "a sparse file".to_owned(),
            Self::Unknown(kind) => format!("an entry of type `{}`", kind.escape_ascii()),
        };
        Some(format!("expected to read the file, found {found}, which fonds does not know"))
    }
}

/// An entry that may be a file of the bag.
pub(super) struct Found {
    pub(super) name: String,
    pub(super) kind: Kind,
    /// Octets it comes to.
    pub(super) size: u64,
    /// Where its content begins, and how many octets of it there are.
    pub(super) at: u64,
    pub(super) octets: u64,
    pub(super) modified: Option<DateTime<Utc>>,
}

/// A TAR that is gone over.
pub(super) struct Scan<S> {
    source: S,
    /// Octets of the file that holds the TAR, folded or not.
    archive: u64,
    at: u64,
    /// Octets of the last entry's content that were not taken yet, and of its padding.
    content: u64,
    padding: u64,
    entries: u64,
    names: u64,
    has_ended: bool,
    findings: Vec<Finding>,
}

/// What stands before an entry and is about it.
#[derive(Default)]
struct Extensions {
    name: Option<Vec<u8>>,
    link: Option<Vec<u8>>,
    pax: Option<Pax>,
}

impl Extensions {
    fn is_none(&self) -> bool {
        self.name.is_none() && self.link.is_none() && self.pax.is_none()
    }
}

impl<S: Source> Scan<S> {
    pub(super) fn new(source: S, archive: u64) -> Self {
        Self {
            source,
            archive,
            at: 0,
            content: 0,
            padding: 0,
            entries: 0,
            names: 0,
            has_ended: false,
            findings: Vec::new(),
        }
    }

    pub(super) fn source(&self) -> &S {
        &self.source
    }

    pub(super) fn source_mut(&mut self) -> &mut S {
        &mut self.source
    }

    pub(super) fn into_findings(self) -> Vec<Finding> {
        self.findings
    }

    /// The next entry; `None` behind the last, or where nobody can tell what comes next.
    pub(super) fn next(&mut self) -> io::Result<Option<Found>> {
        let mut before = Extensions::default();
        while !self.has_ended {
            let Some(block) = self.next_block()? else { break };
            match block.kind() {
                b'L' | b'K' | b'x' | b'X' | b'g' => self.extend(&block, &mut before)?,
                _ => {
                    if let Some(found) = self.entry(&block, std::mem::take(&mut before))? {
                        return Ok(Some(found));
                    }
                }
            }
        }
        if !before.is_none() {
            self.damage("expected an entry behind what is said of it, found none");
        }
        Ok(None)
    }

    /// Takes octets of the last entry's content; 0 at its end, or, after a finding, where the archive
    /// ends before.
    pub(super) fn read_content(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let most = room.len().min(usize::try_from(self.content).unwrap_or(usize::MAX));
        if most == 0 {
            return Ok(0);
        }
        let octets = self.read_some(&mut room[..most])?;
        if octets == 0 {
            self.lack_rest();
        }
        self.content -= octets as u64;
        Ok(octets)
    }

    fn read_some(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            match self.source.read(room) {
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
                Ok(octets) => {
                    self.at += octets as u64;
                    return Ok(octets);
                }
            }
        }
    }

    fn end(&mut self, code: &'static Code, path: &str, message: impl Into<String>) {
        self.findings.push(Finding::new(code, path, message.into()));
        self.has_ended = true;
    }

    /// The archive is damaged here; what stands before it may still be examined.
    fn damage(&mut self, message: &str) {
        let code = if self.entries == 0 { &E101 } else { &E108 };
        let message = format!("{message} at octet {}; nothing behind it is examined", self.at);
        self.end(code, "", message);
    }

    fn lack_rest(&mut self) {
        self.damage("expected the rest of an entry, found the end of the file");
    }

    /// Passes over what is left of the last entry, and reads one block; `None` at the end.
    fn next_block(&mut self) -> io::Result<Option<Block>> {
        let left = self.content.saturating_add(self.padding);
        (self.content, self.padding) = (0, 0);
        let passed = self.source.pass(left)?;
        self.at = self.at.saturating_add(passed);
        if passed < left {
            self.lack_rest();
            return Ok(None);
        }
        let Some(block) = self.block()? else {
            self.has_ended = true;
            return Ok(None);
        };
        if block.is_zero() {
            self.finish()?;
            return Ok(None);
        }
        if !block.has_other_numbers() && block.is_header() {
            let name = String::from_utf8_lossy(&block.name()).into_owned();
            self.end(&E103, &name, "expected numbers in a header that every program reads, found others");
            return Ok(None);
        }
        if !block.is_header() {
            self.damage("expected a header whose octets sum to what it states, found another block");
            return Ok(None);
        }
        Ok(Some(block))
    }

    /// One whole block; `None`, after a finding, where there is none.
    fn block(&mut self) -> io::Result<Option<Block>> {
        let mut octets = [0; BLOCK];
        let mut filled = 0;
        while filled < BLOCK {
            match self.read_some(&mut octets[filled..])? {
                0 if filled == 0 && self.entries > 0 => {
                    self.lack_end();
                    return Ok(None);
                }
                0 => {
                    self.damage("expected a whole block, found the end of the file");
                    return Ok(None);
                }
                more => filled += more,
            }
        }
        Ok(Some(Block::new(&octets)))
    }

    /// The archive ends behind a whole entry and without its end. Some programs write no end, so that
    /// all may be there; whether something was cut off, nobody can tell.
    fn lack_end(&mut self) {
        self.end(
            &W112,
            "",
            "expected two blocks of zeros at the end, found fewer; the archive may be cut short",
        );
    }

    /// Behind the first block of zeros: another, and nothing but zeros to the end.
    fn finish(&mut self) -> io::Result<()> {
        self.has_ended = true;
        let mut zeros = BLOCK;
        let mut room = vec![0; 64 << 10];
        loop {
            match self.read_some(&mut room)? {
                0 if zeros < 2 * BLOCK => {
                    self.lack_end();
                    return Ok(());
                }
                0 => return Ok(()),
                octets if room[..octets].iter().any(|&octet| octet != 0) => {
                    let message = "expected nothing behind the end of the TAR, found other octets than zeros";
                    self.end(&E111, "", message);
                    return Ok(());
                }
                octets => zeros = zeros.saturating_add(octets),
            }
        }
    }

    /// Takes in an extended header or a long name.
    fn extend(&mut self, block: &Block, before: &mut Extensions) -> io::Result<()> {
        let Some(size) = block.size() else {
            self.end(&E103, "", DOUBTFUL_SIZE);
            return Ok(());
        };
        if size > LONGEST_EXTENSION {
            let message =
                format!("expected an extended header of at most {LONGEST_EXTENSION} octets, found {size}");
            self.end(&E110, "", message);
            return Ok(());
        }
        (self.content, self.padding) = (size, padding_of(size));
        let mut text = vec![0; usize::try_from(size).unwrap_or(0)];
        let mut filled = 0;
        while filled < text.len() {
            let octets = self.read_some(&mut text[filled..])?;
            if octets == 0 {
                self.damage("expected the rest of an extended header, found the end of the file");
                return Ok(());
            }
            filled += octets;
        }
        self.content = 0;
        let taken = match block.kind() {
            b'L' => long(&text).and_then(|name| once(&mut before.name, name)),
            b'K' => long(&text).and_then(|name| once(&mut before.link, name)),
            b'g' => Pax::check_global(&text),
            _ => Pax::of_entry(&text).and_then(|pax| once(&mut before.pax, pax)),
        };
        if let Err(found) = taken {
            self.end(&E103, "", format!("expected extended headers that are read in one way, found {found}"));
        }
        Ok(())
    }

    /// Takes in the header of an entry; `None` if it is no file of a bag.
    fn entry(&mut self, block: &Block, before: Extensions) -> io::Result<Option<Found>> {
        self.entries += 1;
        let (raw, pax) = (name_of(block, &before), before.pax.unwrap_or_default());
        let name = String::from_utf8_lossy(&raw.name).into_owned();
        let Some(stated) = block.size() else {
            self.end(&E103, &name, DOUBTFUL_SIZE);
            return Ok(None);
        };
        let octets = pax.size.unwrap_or(stated);
        if !block.leaves_size(octets) {
            let message =
                format!("expected one size, found {stated} in the header and {octets} in the one before");
            self.findings.push(Finding::new(&E103, &*name, message));
        }
        self.findings.extend(raw.doubt.map(|found| {
            Finding::new(&E103, &*name, format!("expected a name that is read in one way, found {found}"))
        }));
        if !self.is_within_limits(raw.name.len()) {
            return Ok(None);
        }
        let mut size = octets;
        let kind = match block.kind() {
            b'1'..=b'6' if octets > 0 => {
                let message = format!("expected no content in what is no file, found {octets} octets");
                self.end(&E103, &name, message);
                return Ok(None);
            }
            0 | b'0' | b'7' if pax.is_sparse => {
                size = pax.sparse_size.unwrap_or(octets);
                Kind::Sparse
            }
            0 if raw.name.ends_with(b"/") => Kind::Directory,
            0 | b'0' | b'7' => Kind::File,
            b'5' => Kind::Directory,
            b'S' => {
                size = block.sparse().0.unwrap_or(octets);
                self.pass_sparse_blocks(block)?;
                Kind::Sparse
            }
            b'1'..=b'6' => {
                self.findings.push(Finding::new(&E106, &*name, special(block.kind())));
                return Ok(None);
            }
            other => Kind::Unknown(other),
        };
        (self.content, self.padding) = (octets, padding_of(octets));
        if kind == Kind::Directory && octets > 0 {
            self.end(&E103, &name, format!("expected no content in a directory, found {octets} octets"));
            return Ok(None);
        }
        if matches!(kind, Kind::Unknown(b'V' | b'D')) {
            // The label of a volume, or a list of names: no reader makes a file of the bag of it.
            self.findings.push(Finding::new(&W212, &*name, kind.unread().unwrap_or_default()));
            return Ok(None);
        }
        let modified = pax.modified.or_else(|| block.modified());
        let name = pax.sparse_name.filter(|_| kind == Kind::Sparse).unwrap_or(raw.name);
        Ok(self.plain(&name).map(|name| Found { name, kind, size, at: self.at, octets, modified }))
    }

    /// A name as it stands in a bag, if it can stand there at all.
    fn plain(&mut self, name: &[u8]) -> Option<String> {
        let wrong = if name.len() > LONGEST_PATH {
            format!("expected a path of at most {LONGEST_PATH} octets, found {}", name.len())
        } else if let Ok(text) = std::str::from_utf8(name) {
            let mut text = text;
            // `tar -c .` begins every name so; all programs agree on what it means.
            while let Some(rest) = text.strip_prefix("./") {
                text = rest;
            }
            return (!matches!(text, "" | ".") || name.is_empty()).then(|| text.to_owned());
        } else {
            "expected a name in UTF-8, found other octets".to_owned()
        };
        let shown = String::from_utf8_lossy(&name[..name.len().min(LONGEST_PATH)]);
        self.findings.push(Finding::new(&E105, &*shown, wrong));
        None
    }

    fn is_within_limits(&mut self, name: usize) -> bool {
        self.names = self.names.saturating_add(name as u64);
        let most = ENTRIES_FOR_ANY + self.at.max(self.archive) / OCTETS_FOR_ONE;
        if self.entries <= most && self.names <= self.archive.saturating_add(NAMES_FOR_ANY) {
            return true;
        }
        let message = format!("expected at most {most} entries with names of moderate length, found more");
        self.end(&E110, "", message);
        false
    }

    fn pass_sparse_blocks(&mut self, block: &Block) -> io::Result<()> {
        let mut goes_on = block.sparse().1;
        while goes_on {
            let Some(block) = self.block()? else { break };
            goes_on = block.goes_on();
        }
        Ok(())
    }
}

const DOUBTFUL_SIZE: &str = "expected a size that every program reads alike, found another";

/// The name of an entry, and what in it is read in several ways.
struct RawName {
    name: Vec<u8>,
    doubt: Option<&'static str>,
}

fn name_of(block: &Block, before: &Extensions) -> RawName {
    let own = block.name();
    let long = before.name.as_ref();
    let path = before.pax.as_ref().and_then(|pax| pax.path.as_ref());
    let name = path.or(long).unwrap_or(&own);
    let slash = |name: &[u8]| name.ends_with(b"/");
    let is_file = matches!(block.kind(), 0 | b'0' | b'7');
    let doubt = if path.zip(long).is_some_and(|(path, long)| path != long) {
        Some("two extended headers with two names")
    } else if path.or(long).is_none() && block.has_doubtful_prefix() {
        Some("octets where only some headers have the beginning of the name")
    } else if is_file && slash(name) && block.kind() != 0 {
        Some("a slash behind the name of a file")
    } else if block.kind() == 0 && slash(name) != slash(&own) {
        Some("a slash behind one of its two names")
    } else {
        None
    };
    RawName { name: name.clone(), doubt }
}

/// A long name of GNU: it ends at the first zero, behind which nothing may stand.
fn long(text: &[u8]) -> Result<Vec<u8>, String> {
    let name = until_zero(text);
    if text[name.len()..].iter().any(|&octet| octet != 0) {
        return Err("octets behind the end of a long name".to_owned());
    }
    Ok(name.to_vec())
}

fn once<T>(place: &mut Option<T>, value: T) -> Result<(), String> {
    match place.replace(value) {
        None => Ok(()),
        Some(_) => Err("two of one kind for one entry".to_owned()),
    }
}

fn special(kind: u8) -> String {
    let what = match kind {
        b'1' => "a hard link",
        b'2' => "a symbolic link",
        b'6' => "a pipe",
        _ => "a device",
    };
    format!("expected a regular file or directory, found {what}")
}

const fn padding_of(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}
