//! The records of a WARC, one after the other.

use super::chunked::{Chunked, looks_chunked};
use super::digest::Stated;
use super::head::Head;
use super::http::Response;
use super::report::{self, Disagreement};
use super::{Captures, MAGIC};
use crate::parts::found::{FoundPart, Full, Label};
use crate::parts::plain::{Plain, Stretch};
use crate::parts::warc::coding::Codings;
use crate::parts::{Cut, label};
use fixity::{Digest, Pass};
use std::io::{self, BufRead, Read};

/// Octets in which the first chunk of a body would show.
const PEEK: usize = 64;
/// Octets copied at a time.
const ROOM: usize = 16 << 10;

/// A WARC that is being read.
pub(super) struct Records<'w> {
    plain: Plain<'w>,
    number: u32,
    stretch: Stretch,
}

/// What a body comes to.
struct Measured {
    /// Octets; `None` if they are more than there is room for.
    size: Option<u64>,
    chunked: bool,
    codings: Codings,
    /// The codings were declared and could not be undone.
    is_broken: bool,
    digests: Vec<Digest>,
}

impl<'w> Records<'w> {
    /// The stretch of that number, begun.
    pub(super) fn new(plain: Plain<'w>, number: u32, stretch: Stretch) -> Self {
        Self { plain, number, stretch }
    }

    pub(super) fn plain(&mut self) -> &mut Plain<'w> {
        &mut self.plain
    }

    pub(super) fn budget_left(&self) -> u64 {
        self.plain.budget_left()
    }

    /// Reads one record, and what stands behind it up to the next.
    pub(super) fn next(&mut self, captures: &mut Captures) -> io::Result<()> {
        if !self.plain.ahead(MAGIC.len())?.starts_with(MAGIC) {
            return self.go_astray(captures);
        }
        captures.tally.records += 1;
        let Some(head) = Head::read(&mut self.plain)? else {
            return self.go_astray(captures);
        };
        let Some(length) = head.field("Content-Length").and_then(|length| length.parse().ok()) else {
            return self.go_astray(captures);
        };
        self.block(&head, length, captures)?;
        // Two line breaks end a record (clause 4); more do no harm.
        loop {
            let ahead = self.plain.fill_buf()?;
            let breaks = ahead.iter().take_while(|octet| matches!(octet, b'\r' | b'\n')).count();
            let is_all = breaks == ahead.len();
            self.plain.consume(breaks);
            if !is_all || breaks == 0 {
                return Ok(());
            }
        }
    }

    /// What stands here is no record: looks for one at the beginning of another gzip member, and
    /// nowhere else, since what a page says of records is none.
    fn go_astray(&mut self, captures: &mut Captures) -> io::Result<()> {
        let behind = captures.tally.records;
        while self.plain.skip_member()? {
            if self.plain.fill_buf()?.is_empty() || self.plain.ahead(MAGIC.len())?.starts_with(MAGIC) {
                captures
                    .tally
                    .damage(format!("octets behind the beginning of record {behind} are no record"));
                return Ok(());
            }
        }
        Err(io::Error::new(io::ErrorKind::InvalidData, "what follows is no record"))
    }

    /// Reads the block of a record: digests are held against it, and a capture is taken.
    fn block(&mut self, head: &Head, length: u64, captures: &mut Captures) -> io::Result<()> {
        let block_digest = head.field("WARC-Block-Digest").map(Stated::read);
        let mut payload_digest = head.field("WARC-Payload-Digest").map(Stated::read);
        let kind = head.field("WARC-Type").unwrap_or_default().to_ascii_lowercase();
        if kind == "revisit" || head.field("WARC-Segment-Number").is_some() {
            // The payload that they speak of is not, or not all, in this record.
            payload_digest = None;
        }
        let mut block = Tee::new(Block { plain: &mut self.plain, left: length }, block_digest);
        let is_http = head
            .field("Content-Type")
            .is_some_and(|media_type| media_type.trim().to_ascii_lowercase().starts_with("application/http"));
        let response = match is_http.then(|| Head::read(&mut block)).transpose()? {
            Some(Some(http)) => Some(Response::of(&http)),
            // A head without an end has no body.
            Some(None) => Some(Response::default()),
            None => None,
        };
        block.reader.plain.ahead(PEEK)?;
        let (place, octets) = (block.reader.plain.place(), block.reader.left);
        let wanted = report::is_capture(&kind, head);
        let room = captures.found.room(captures.container).min(captures.undoing);
        let measured = measure(&mut block, response.as_ref(), payload_digest, wanted.then_some(room))?;
        if wanted && !measured.codings.is_none() {
            captures.undoing -= measured.size.unwrap_or(room).min(captures.undoing);
        }
        let block_sums = block.digest();
        let agree = [
            (block_digest, block_sums.as_slice(), "block"),
            (payload_digest, measured.digests.as_slice(), "payload"),
        ];
        let mut is_stated = false;
        for (stated, sums, what) in agree {
            is_stated |= stated.is_some();
            captures.tally.compare(stated, sums, &Disagreement { what, head });
        }
        captures.tally.without_digest += u64::from(!is_stated);
        captures.mark(&self.plain);
        if captures.tally.count(&kind, head, wanted, octets) {
            let cut = match self.stretch.bare(place) {
                Some(at) if !measured.chunked && measured.codings.is_none() => Cut::Slice { at },
                _ => {
                    let Measured { chunked, codings, .. } = measured;
                    Cut::Record { stretch: self.number, place, octets, chunked, codings }
                }
            };
            take(captures, head, &response.unwrap_or_default(), &measured, cut);
        }
        Ok(())
    }
}

/// Takes a capture, if there is room for it.
fn take(captures: &mut Captures, head: &Head, response: &Response, measured: &Measured, cut: Cut) {
    let full =
        measured.size.map_or(Some(Full::Octets), |size| captures.found.is_full(captures.container, size));
    let Some(size) = measured.size.filter(|_| full.is_none()) else {
        captures.tally.not_taken += 1;
        return;
    };
    captures.tally.undone_in_vain += u64::from(measured.is_broken || response.unknown.is_some());
    let given = report::given(head, response, measured.is_broken, &captures.titles);
    let url = report::target(head);
    let media_type = if response.media_type.is_empty() {
        head.field("Content-Type").unwrap_or_default()
    } else {
        &response.media_type
    };
    let number = u32::try_from(captures.found.parts.len() + 1).unwrap_or(u32::MAX);
    captures.found.take(FoundPart {
        size,
        cut,
        parent: None,
        label: Label { number, within: None, name: label::of_url(url, media_type) },
        given,
    });
}

/// Reads a body to its end: what it comes to when all is undone that was done for the transfer, where
/// anybody wants it, within so many octets; and what it sums to as it was transferred, and without chunks.
fn measure(
    block: &mut Tee<Block<'_, '_>>,
    response: Option<&Response>,
    stated: Option<Stated>,
    wanted: Option<u64>,
) -> io::Result<Measured> {
    let says_chunked = response.is_some_and(|response| response.chunked);
    let chunked = says_chunked && looks_chunked(block.fill_buf()?);
    let codings = response.map(|response| response.codings).unwrap_or_default();
    let mut raw = Tee::new(block, stated);
    let mut unchunked = Tee::new(Chunked::new(&mut raw, chunked), stated.filter(|_| chunked));
    let undone = match wanted {
        Some(most) => codings.undo(&mut unchunked).and_then(|body| count(body, most)),
        None => Ok(None),
    };
    let rest = drain(&mut unchunked);
    let (size_unchunked, digest_unchunked) = (unchunked.octets, unchunked.digest());
    // Whatever is wrong with the file itself shows here again.
    drain(&mut raw)?;
    let (size, chunked, codings, is_broken) = match (undone, rest) {
        (Ok(size), _) => (size, chunked, codings, false),
        (Err(_), Ok(())) => (Some(size_unchunked), chunked, Codings::default(), true),
        (Err(_), Err(_)) => (Some(raw.octets), false, Codings::default(), true),
    };
    let digests = [raw.digest(), digest_unchunked].into_iter().flatten().collect();
    Ok(Measured { size, chunked, codings, is_broken, digests })
}

/// How many octets come, unless they are more than `most`.
fn count(reader: impl Read, most: u64) -> io::Result<Option<u64>> {
    let mut reader = reader.take(most.saturating_add(1));
    let mut room = [0; ROOM];
    let mut count = 0_u64;
    loop {
        match reader.read(&mut room)? {
            0 => return Ok((count <= most).then_some(count)),
            octets => count += octets as u64,
        }
    }
}

fn drain(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let ahead = reader.fill_buf()?.len();
        if ahead == 0 {
            return Ok(());
        }
        reader.consume(ahead);
    }
}

/// The block of a record.
struct Block<'p, 'w> {
    plain: &'p mut Plain<'w>,
    left: u64,
}

impl BufRead for Block<'_, '_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left == 0 {
            return Ok(&[]);
        }
        let ahead = self.plain.fill_buf()?;
        if ahead.is_empty() {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the file ends within the record"));
        }
        Ok(&ahead[..ahead.len().min(usize::try_from(self.left).unwrap_or(usize::MAX))])
    }

    fn consume(&mut self, octets: usize) {
        self.plain.consume(octets);
        self.left -= octets as u64;
    }
}

impl Read for Block<'_, '_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        read_ahead(self, room)
    }
}

/// A reader that sums what passes, where it is to be held against a digest.
struct Tee<R> {
    reader: R,
    pass: Option<Pass>,
    octets: u64,
}

impl<R: BufRead> Tee<R> {
    fn new(reader: R, stated: Option<Stated>) -> Self {
        let pass = stated.and_then(Stated::algorithm).map(|algorithm| Pass::new(&[algorithm]));
        Self { reader, pass, octets: 0 }
    }

    /// What has passed sums to that.
    fn digest(&mut self) -> Vec<Digest> {
        self.pass.take().map(|pass| pass.finish().digests).unwrap_or_default()
    }
}

impl<R: BufRead> BufRead for Tee<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    fn consume(&mut self, octets: usize) {
        // They are in memory already: asking again reads nothing.
        if let (Some(pass), Ok(ahead)) = (&mut self.pass, self.reader.fill_buf()) {
            pass.update(&ahead[..octets.min(ahead.len())]);
        }
        self.octets += octets as u64;
        self.reader.consume(octets);
    }
}

impl<R: BufRead> Read for Tee<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        read_ahead(self, room)
    }
}

fn read_ahead(reader: &mut impl BufRead, room: &mut [u8]) -> io::Result<usize> {
    let ahead = reader.fill_buf()?;
    let octets = ahead.len().min(room.len());
    room[..octets].copy_from_slice(&ahead[..octets]);
    reader.consume(octets);
    Ok(octets)
}
