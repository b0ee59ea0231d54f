//! The plain octets of a WARC, whatever it is wrapped in, and where each can be found again.
//!
//! A WARC is plain, or compressed by gzip, as a rule with each record in a member of its own (ISO
//! 28500, Annex D). In a WACZ it may be deflated besides. Whatever begins a gzip member can be found
//! again without the members before it; inside of one, only by unfolding it from its beginning.

use super::window::Window;
use crate::source::OpenFile;
use flate2::bufread::GzDecoder;
use flate2::read::DeflateDecoder;
use std::io::{self, BufRead, BufReader, Read};
use std::sync::Arc;

/// Octets read at a time, compressed and plain.
const ROOM: usize = 64 << 10;
/// How a member of gzip begins (RFC 1952 §2.3.1), compressed by deflate as all are.
pub(super) const GZIP: [u8; 3] = [0x1F, 0x8B, 8];

/// Where a WARC lies in its container, and how it is wrapped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stretch {
    /// Its first octet in the file.
    pub(super) at: u64,
    /// Octets it takes there.
    pub(super) octets: u64,
    /// Whether they are deflated: an entry of a ZIP.
    pub(super) deflated: bool,
    /// Whether what then comes out is compressed by gzip.
    pub(super) gzip: bool,
}

/// Where an octet can be found again in a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// Where unfolding begins, from the beginning of the stretch.
    pub(super) from: u64,
    /// Plain octets that are then passed over.
    pub(super) skip: u64,
}

/// The plain octets of a stretch, one after the other.
pub(super) struct Plain<'w> {
    stretch: Stretch,
    input: Input<'w>,
    room: Box<[u8]>,
    start: usize,
    end: usize,
    /// Where the open gzip member begins.
    member: u64,
    /// Octets of the open member that were given out; of the whole stretch where there are no members.
    passed: u64,
    /// Octets that may still come out.
    left: u64,
    /// Whether more would have come out than may.
    spent: bool,
    /// Gzip members that have ended, each with a check that it passed.
    members: u64,
    /// Whether what was read is not what was written.
    corrupt: bool,
}

enum Input<'w> {
    Stored(Wrapped<'w>),
    Gzip(Box<GzDecoder<BufReader<Wrapped<'w>>>>),
    Between(BufReader<Wrapped<'w>>),
    Ended,
    /// Whatever is asked after an error is that error again, never a clean end.
    Failed(String),
}

enum Wrapped<'w> {
    Bare(Window<'w>),
    Deflated(Box<DeflateDecoder<Window<'w>>>),
}

impl Stretch {
    /// A whole file.
    pub(super) fn whole(octets: u64, gzip: bool) -> Self {
        Self { at: 0, octets, deflated: false, gzip }
    }

    /// Whether a place in it can be had without all that stands before it.
    fn is_seekable(self) -> bool {
        !self.deflated
    }

    /// Where plain octets at `place` lie in the file as they are, if they do.
    pub(super) fn bare(self, place: Place) -> Option<u64> {
        (!self.deflated && !self.gzip).then(|| self.at.saturating_add(place.from).saturating_add(place.skip))
    }
}

impl<'w> Plain<'w> {
    /// Begins where `place` says, short of what is to be passed over; gives at most `most` octets.
    pub(super) fn begin(window: Window<'w>, stretch: Stretch, place: Place, most: u64) -> Self {
        let wrapped = if stretch.deflated {
            Wrapped::Deflated(Box::new(DeflateDecoder::new(window)))
        } else {
            Wrapped::Bare(window)
        };
        let input = if stretch.gzip {
            Input::Between(BufReader::with_capacity(ROOM, wrapped))
        } else {
            Input::Stored(wrapped)
        };
        // A stretch without members is one that begins at its beginning.
        let passed = if stretch.gzip { 0 } else { place.from };
        let room = vec![0; ROOM].into_boxed_slice();
        Self {
            stretch,
            input,
            room,
            start: 0,
            end: 0,
            member: place.from,
            passed,
            left: most,
            spent: false,
            members: 0,
            corrupt: false,
        }
    }

    /// Opens `stretch` at `place`.
    pub(super) fn open(file: Arc<OpenFile>, stretch: Stretch, place: Place) -> io::Result<Self> {
        let left = stretch.octets.saturating_sub(place.from);
        let window = Window::new(file, stretch.at.saturating_add(place.from), left);
        let mut plain = Self::begin(window, stretch, place, u64::MAX);
        plain.skip(place.skip)?;
        Ok(plain)
    }

    /// Where the next octet is to be found again; asked when there is one.
    pub(super) fn place(&self) -> Place {
        match (self.stretch.is_seekable(), self.stretch.gzip) {
            (true, true) => Place { from: self.member, skip: self.passed },
            (true, false) => Place { from: self.passed, skip: 0 },
            (false, _) => Place { from: 0, skip: self.passed },
        }
    }

    /// The next octets, at least `least` of them where the member has so many.
    pub(super) fn ahead(&mut self, least: usize) -> io::Result<&[u8]> {
        if self.start == self.end {
            self.fill_buf()?;
        }
        if self.room.len() - self.start < least {
            self.room.copy_within(self.start..self.end, 0);
            (self.start, self.end) = (0, self.end - self.start);
        }
        while self.end - self.start < least.min(self.room.len()) {
            let read = match &mut self.input {
                Input::Stored(wrapped) => wrapped.read(&mut self.room[self.end..]),
                Input::Gzip(gzip) => gzip.read(&mut self.room[self.end..]),
                _ => Ok(0),
            };
            match read {
                Ok(0) => break,
                Ok(octets) => self.take_in(octets)?,
                Err(error) => return Err(self.fail(error)),
            }
        }
        Ok(&self.room[self.start..self.end])
    }

    /// Passes over so many octets, which have to be there.
    pub(super) fn skip(&mut self, octets: u64) -> io::Result<()> {
        let mut left = octets;
        while left > 0 {
            let ahead = self.fill_buf()?.len();
            if ahead == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
            let step = usize::try_from(left).unwrap_or(usize::MAX).min(ahead);
            self.consume(step);
            left -= step as u64;
        }
        Ok(())
    }

    /// Passes over the rest of the open gzip member; `false` where there are no members.
    pub(super) fn skip_member(&mut self) -> io::Result<bool> {
        if !self.stretch.gzip {
            return Ok(false);
        }
        loop {
            self.consume(self.end - self.start);
            if !matches!(self.input, Input::Gzip(_)) {
                return Ok(true);
            }
            self.refill()?;
        }
    }

    /// Octets that may still come out.
    pub(super) fn budget_left(&self) -> u64 {
        self.left
    }

    /// Whether more would have come out than may.
    pub(super) fn is_spent(&self) -> bool {
        self.spent
    }

    /// Gzip members that have ended, each with a check that it passed.
    pub(super) fn members(&self) -> u64 {
        self.members
    }

    /// Whether the open member cannot be unfolded, or fails its check: not where it is only cut.
    pub(super) fn is_corrupt(&self) -> bool {
        self.corrupt
    }

    /// Whether nothing more can be had from it.
    pub(super) fn has_failed(&self) -> bool {
        matches!(self.input, Input::Failed(_))
    }

    /// Reads into the empty room; leaves it empty at the end of a member.
    fn refill(&mut self) -> io::Result<()> {
        (self.start, self.end) = (0, 0);
        let input = std::mem::replace(&mut self.input, Input::Ended);
        match self.step(input) {
            Ok((octets, input)) => {
                self.input = input;
                self.take_in(octets)
            }
            Err(error) => Err(self.fail(error)),
        }
    }

    /// Reads once, or goes from one member to the next.
    fn step(&mut self, input: Input<'w>) -> io::Result<(usize, Input<'w>)> {
        Ok(match input {
            Input::Stored(mut wrapped) => match wrapped.read(&mut self.room)? {
                0 => (0, Input::Ended),
                octets => (octets, Input::Stored(wrapped)),
            },
            Input::Gzip(mut gzip) => match gzip.read(&mut self.room)? {
                0 => {
                    self.members += 1;
                    (0, Input::Between(gzip.into_inner()))
                }
                octets => (octets, Input::Gzip(gzip)),
            },
            Input::Between(mut reader) => {
                skip_zeros(&mut reader)?;
                if reader.fill_buf()?.is_empty() {
                    return Ok((0, Input::Ended));
                }
                if self.stretch.is_seekable() {
                    self.member = position(&reader).saturating_sub(self.stretch.at);
                    self.passed = 0;
                }
                (0, Input::Gzip(Box::new(GzDecoder::new(reader))))
            }
            Input::Ended => (0, Input::Ended),
            Input::Failed(why) => return Err(io::Error::other(why)),
        })
    }

    fn take_in(&mut self, octets: usize) -> io::Result<()> {
        self.end += octets;
        let Some(left) = self.left.checked_sub(octets as u64) else {
            self.spent = true;
            let bomb = "it unfolds to more than 256 times its own octets and 64 MiB";
            return Err(self.fail(io::Error::other(bomb)));
        };
        self.left = left;
        Ok(())
    }

    /// Nothing more comes after an error.
    fn fail(&mut self, error: io::Error) -> io::Error {
        (self.start, self.end) = (0, 0);
        self.corrupt |= matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData);
        self.input = Input::Failed(error.to_string());
        error
    }
}

impl BufRead for Plain<'_> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        while self.start == self.end && !matches!(self.input, Input::Ended) {
            self.refill()?;
        }
        Ok(&self.room[self.start..self.end])
    }

    fn consume(&mut self, octets: usize) {
        let octets = octets.min(self.end - self.start);
        self.start += octets;
        self.passed += octets as u64;
    }
}

impl Read for Plain<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let ahead = self.fill_buf()?;
        let octets = ahead.len().min(room.len());
        room[..octets].copy_from_slice(&ahead[..octets]);
        self.consume(octets);
        Ok(octets)
    }
}

impl Read for Wrapped<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match self {
            Self::Bare(window) => window.read(room),
            Self::Deflated(inflated) => inflated.read(room),
        }
    }
}

/// Where in the file the next octet of `reader` stands, if it lies there as it is.
fn position(reader: &BufReader<Wrapped<'_>>) -> u64 {
    match reader.get_ref() {
        Wrapped::Bare(window) => window.at() - reader.buffer().len() as u64,
        Wrapped::Deflated(_) => 0,
    }
}

/// Some writers pad their files with zeros.
fn skip_zeros(reader: &mut impl BufRead) -> io::Result<()> {
    loop {
        let ahead = reader.fill_buf()?;
        let zeros = ahead.iter().take_while(|&&octet| octet == 0).count();
        let is_all = zeros == ahead.len();
        reader.consume(zeros);
        if !is_all || zeros == 0 {
            return Ok(());
        }
    }
}
