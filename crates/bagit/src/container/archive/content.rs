//! The content of a ZIP entry by its method: octets as they are kept in, plain octets out.
//!
//! Memory is bounded, whatever the content asks for. Content that ends before its place does is
//! an error: what stands behind it would be seen by nobody.

use super::unfold::{Fold, Obstacle, Unfolded};
use super::{Inflated, Window};
use crate::container::Stream;
use deflate64::InflaterManaged;
use std::io::{self, Read};

/// Octets read at a time.
const ROOM: usize = 32 << 10;
/// The last octets are given one by one, so that those which are not needed are noticed.
const SINGLY: u64 = 8;

/// Plain octets of what is kept by `method` (4.4.5); `Err` says in words why fonds cannot have them.
pub(super) fn of(method: u16, kept: Window<'_>) -> Result<Stream<'_>, String> {
    match method {
        0 => Ok(Box::new(kept)),
        8 => Ok(Box::new(Inflated::new(kept))),
        9 => Ok(Box::new(Inflated64::new(kept))),
        12 => unfolded(Fold::Bzip2, kept),
        93 => unfolded(Fold::Zstd, kept),
        95 => unfolded(Fold::Xz, kept),
        _ => Err(match name(method) {
            Some(name) => format!("it is compressed by {name}"),
            None => format!("it is compressed by method {method}"),
        }),
    }
}

/// Whether what is kept by `method` may ask for much memory.
pub(super) const fn takes_a_window(method: u16) -> bool {
    matches!(method, 93 | 95)
}

const fn name(method: u16) -> Option<&'static str> {
    Some(match method {
        1 => "shrink",
        2..=5 => "reduce",
        6 => "implode",
        14 => "LZMA",
        98 => "PPMd",
        99 => "something encrypted by AES",
        _ => return None,
    })
}

/// A stream says in its first octets what memory it needs.
fn unfolded(fold: Fold, kept: Window<'_>) -> Result<Stream<'_>, String> {
    let mut rest = Unfolded::only_one(fold, kept);
    let mut first = [0];
    let first = match rest.read(&mut first) {
        Ok(0) => None,
        Ok(_) => Some(Ok(first[0])),
        Err(error) => match Obstacle::of(&error) {
            Some(obstacle) if obstacle.is_ours() => return Err(obstacle.to_string()),
            _ => Some(Err(error)),
        },
    };
    Ok(Box::new(Begun { first, rest }))
}

/// A stream of which the first octet has been read.
struct Begun<R> {
    first: Option<io::Result<u8>>,
    rest: R,
}

impl<R: Read> Read for Begun<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let Some(place) = room.first_mut() else {
            return Ok(0);
        };
        match self.first.take() {
            Some(first) => {
                *place = first?;
                Ok(1)
            }
            None => self.rest.read(room),
        }
    }
}

/// A stretch of a file, inflated by deflate64.
struct Inflated64<'a> {
    kept: Window<'a>,
    inflater: Box<InflaterManaged>,
    room: Box<[u8]>,
    at: usize,
    end: usize,
}

impl<'a> Inflated64<'a> {
    fn new(kept: Window<'a>) -> Self {
        let room = vec![0; ROOM].into_boxed_slice();
        Self { kept, inflater: Box::new(InflaterManaged::new()), room, at: 0, end: 0 }
    }

    fn refill(&mut self) -> io::Result<()> {
        let most = self.kept.left.saturating_sub(SINGLY).clamp(1, ROOM as u64);
        let most = usize::try_from(most).unwrap_or(ROOM);
        self.at = 0;
        self.end = self.kept.read(&mut self.room[..most])?;
        Ok(())
    }
}

impl Read for Inflated64<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        if room.is_empty() {
            return Ok(0);
        }
        loop {
            let result = self.inflater.inflate(&self.room[self.at..self.end], room);
            self.at += result.bytes_consumed;
            if result.data_error {
                return Err(damaged("the compressed content is damaged"));
            }
            if result.bytes_written > 0 {
                return Ok(result.bytes_written);
            }
            let is_used_up = self.at == self.end;
            match (self.inflater.finished(), is_used_up && self.kept.left == 0) {
                (true, true) => return Ok(0),
                (true, false) => {
                    return Err(damaged("the compressed content ends before its place in the archive does"));
                }
                (false, true) => return Err(io::ErrorKind::UnexpectedEof.into()),
                (false, false) if is_used_up => self.refill()?,
                (false, false) if result.bytes_consumed == 0 => {
                    return Err(damaged("the compressed content leads nowhere"));
                }
                (false, false) => {}
            }
        }
    }
}

fn damaged(message: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message)
}
