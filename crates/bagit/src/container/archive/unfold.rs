//! Unfolds what gzip, bzip2, xz or zstd has folded: compressed octets in, plain octets out.
//!
//! All members, streams or frames are read one after the other, and the checksums in them are
//! verified. Memory stays below the largest window that is accepted and a little more. Octets
//! behind the last member are an error, since other programs pass over them in silence.

mod source;
mod zstd;

use crate::media;
use bzip2::bufread::BzDecoder;
use flate2::bufread::GzDecoder;
use lzma_rust2::XzReader;
use source::Source;
use std::io::{self, Read};
use zstd::{Begun, Frame};

/// The largest dictionary of xz, or window of zstd, that is given memory: as much as the programs
/// themselves take without being told to.
pub(super) const LARGEST_WINDOW: u64 = 128 << 20;
/// What xz asks for besides its dictionary, in KiB; generous.
const BESIDES_KIB: u32 = 1 << 10;
/// The longest signature looked for.
const SIGNATURE: usize = 10;

/// How a file is compressed as a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fold {
    Gzip,
    Bzip2,
    Xz,
    Zstd,
}

impl Fold {
    /// Tells it by the first octets.
    pub(super) fn of(first: &[u8]) -> Option<Self> {
        match first {
            [0x1F, 0x8B, 8, ..] => Some(Self::Gzip),
            // The level, then either the first block or the end of an empty stream.
            [b'B', b'Z', b'h', b'1'..=b'9', 0x31, 0x41, 0x59, 0x26, 0x53, 0x59, ..]
            | [b'B', b'Z', b'h', b'1'..=b'9', 0x17, 0x72, 0x45, 0x38, 0x50, 0x90, ..] => Some(Self::Bzip2),
            [0xFD, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            // A frame, or one to be skipped.
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Some(Self::Zstd),
            _ => None,
        }
    }

    pub(super) const fn name(self) -> &'static str {
        match self {
            Self::Gzip => "gzip",
            Self::Bzip2 => "bzip2",
            Self::Xz => "xz",
            Self::Zstd => "zstd",
        }
    }

    /// The names of the media type of a TAR that is compressed so.
    pub(super) const fn media_types(self) -> &'static [&'static str] {
        match self {
            Self::Gzip => media::TAR_GZIP,
            Self::Bzip2 => media::TAR_BZIP2,
            Self::Xz => media::TAR_XZ,
            Self::Zstd => media::TAR_ZSTD,
        }
    }

    /// Whether zeros behind the last member mean nothing: tapes and the format itself put some.
    const fn is_padded(self) -> bool {
        matches!(self, Self::Gzip | Self::Xz)
    }
}

/// What keeps a stream from being unfolded, besides damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Obstacle {
    /// It may be sound, but would take more memory than is given.
    #[error("it needs a window of more than {} MiB", LARGEST_WINDOW >> 20)]
    Window,
    /// It may be sound, but uses what no decoder here knows: a dictionary, a filter, a checksum.
    #[error("it is compressed in a way that fonds does not know")]
    Unknown,
    /// Octets follow that are no further member.
    #[error("octets follow behind the end of the compressed content")]
    Trailing,
}

impl Obstacle {
    /// The obstacle in an error, if that is what it is.
    pub(super) fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }

    /// Whether the stream may be sound all the same, so that somebody else could check it.
    pub(super) const fn is_ours(self) -> bool {
        matches!(self, Self::Window | Self::Unknown)
    }
}

impl From<Obstacle> for io::Error {
    fn from(obstacle: Obstacle) -> Self {
        Self::new(io::ErrorKind::InvalidData, obstacle)
    }
}

/// A stream that is unfolded while it is read.
pub(super) struct Unfolded<R: Read> {
    fold: Fold,
    /// Whether more than one member is too many.
    is_single: bool,
    member: Member<R>,
}

/// The decoder of one member, or what is there when none is open.
enum Member<R: Read> {
    /// Before the first one, or behind one; `bool` says whether there was one.
    None(Source<R>, bool),
    Gzip(Box<GzDecoder<Source<R>>>),
    Bzip2(Box<BzDecoder<Source<R>>>),
    Xz(Box<XzReader<Source<R>>>),
    Zstd(Box<Frame<R>>),
    Ended,
    /// Whatever is asked after an error is an error again, never a clean end.
    Failed,
}

impl<R: Read> Unfolded<R> {
    /// Begins to unfold what is folded by `fold`.
    pub(super) fn new(fold: Fold, compressed: R) -> Self {
        Self { fold, is_single: false, member: Member::None(Source::new(compressed), false) }
    }

    /// The same of one member, with nothing behind it: in a ZIP some readers stop after the first.
    pub(super) fn only_one(fold: Fold, compressed: R) -> Self {
        Self { is_single: true, ..Self::new(fold, compressed) }
    }

    /// Begins the next member, where there is one.
    fn begin(&self, mut source: Source<R>, had_one: bool) -> io::Result<Member<R>> {
        if had_one && self.fold.is_padded() && !self.is_single {
            source.skip_zeros()?;
        }
        let ahead = source.ahead(SIGNATURE)?;
        if ahead.is_empty() && had_one {
            return Ok(Member::Ended);
        }
        if had_one && self.is_single {
            return Err(Obstacle::Trailing.into());
        }
        if Fold::of(ahead) != Some(self.fold) {
            let message = format!("it does not begin as {} does", self.fold.name());
            return Err(if had_one { Obstacle::Trailing.into() } else { damaged(message) });
        }
        Ok(match self.fold {
            Fold::Gzip => Member::Gzip(Box::new(GzDecoder::new(source))),
            Fold::Bzip2 => Member::Bzip2(Box::new(BzDecoder::new(source))),
            Fold::Xz => {
                let most =
                    u32::try_from(LARGEST_WINDOW >> 10).unwrap_or(u32::MAX).saturating_add(BESIDES_KIB);
                Member::Xz(Box::new(XzReader::new_mem_limit(source, false, most)))
            }
            Fold::Zstd => match Frame::begin(source)? {
                Begun::Frame(frame) => Member::Zstd(frame),
                Begun::Skipped(source) => Member::None(source, true),
            },
        })
    }
}

impl<R: Read> Read for Unfolded<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if room.is_empty() {
            return Ok(0);
        }
        loop {
            let member = std::mem::replace(&mut self.member, Member::Failed);
            let (octets, member) = match member {
                Member::None(source, had_one) => {
                    self.member = self.begin(source, had_one)?;
                    continue;
                }
                Member::Gzip(mut gzip) => (gzip.read(room)?, Member::Gzip(gzip)),
                Member::Bzip2(mut bzip2) => (bzip2.read(room)?, Member::Bzip2(bzip2)),
                Member::Xz(mut xz) => (xz.read(room).map_err(of_xz)?, Member::Xz(xz)),
                Member::Zstd(mut frame) => (frame.read(room)?, Member::Zstd(frame)),
                Member::Ended => (0, Member::Ended),
                Member::Failed => return Err(damaged("reading it has failed before")),
            };
            if octets > 0 {
                self.member = member;
                return Ok(octets);
            }
            self.member = match member {
                Member::Gzip(gzip) => Member::None(gzip.into_inner(), true),
                Member::Bzip2(bzip2) => Member::None(bzip2.into_inner(), true),
                Member::Xz(xz) => Member::None(xz.into_inner(), true),
                Member::Zstd(frame) => Member::None(frame.into_source(), true),
                other => {
                    self.member = other;
                    return Ok(0);
                }
            };
        }
    }
}

fn damaged(message: impl Into<String>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message.into())
}

fn of_xz(error: io::Error) -> io::Error {
    match error.kind() {
        io::ErrorKind::OutOfMemory => Obstacle::Window.into(),
        io::ErrorKind::Unsupported => Obstacle::Unknown.into(),
        _ => error,
    }
}

#[cfg(test)]
mod tests;
