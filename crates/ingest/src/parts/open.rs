//! A part that is being read: exactly the octets that were counted when it was found.

use super::plain::Plain;
use super::pool::{Key, Lent, Pool};
use super::transfer::Decoded;
use super::warc::coding;
use super::window::Window;
use super::{Cut, Holder, Part};
use crate::source::OpenFile;
use provenance::Document;
use std::io::{self, BufReader, Read};
use std::sync::Arc;

/// Octets read at a time.
const ROOM: usize = 32 << 10;

pub(super) struct OpenPart<'a> {
    file: Arc<OpenFile>,
    content: Box<dyn Read + Send + 'a>,
    size: u64,
    /// Octets read so far.
    read: u64,
    /// Where it stands in the container, if it stands there as it is.
    slice: Option<u64>,
}

impl<'a> OpenPart<'a> {
    /// Opens a part; a container that is no longer what was found is an error that says what changed.
    pub(super) fn open(part: &Part, holder: &Holder, pool: &'a Pool) -> io::Result<Self> {
        let file = holder.open()?;
        let mut slice = None;
        let content: Box<dyn Read + Send + 'a> = match part.cut {
            Cut::Slice { at } => {
                slice = Some(at);
                Box::new(Window::new(Arc::clone(&file), at, part.size))
            }
            Cut::Transfer { at, octets, encoding } => {
                let window = Window::new(Arc::clone(&file), at, octets);
                Box::new(Decoded::new(window, encoding))
            }
            Cut::Record { stretch, place, octets, chunked, codings } => {
                let missing =
                    || io::Error::new(io::ErrorKind::InvalidInput, "no such place in the container");
                let stretch_of = holder.stretches.get(stretch as usize).copied().ok_or_else(missing)?;
                let key = Key { holder: part.holder, stretch, from: place.from };
                let lent = match pool.take(key, place.skip) {
                    Some(mut plain) => {
                        plain.skip(place.skip - plain.place().skip)?;
                        plain
                    }
                    None => Plain::open(Arc::clone(&file), stretch_of, place)?,
                };
                let body = BufReader::with_capacity(ROOM, Lent::new(lent, octets, key, pool));
                coding::undo(body, chunked, codings)
            }
        };
        Ok(Self { file, content, size: part.size, read: 0, slice })
    }
}

impl Read for OpenPart<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let left = usize::try_from(self.size - self.read).unwrap_or(usize::MAX);
        let most = room.len().min(left);
        let octets = self.content.read(&mut room[..most])?;
        if octets == 0 && most > 0 {
            return Err(changed(&format!("only {} of {} octets came out of it", self.read, self.size)));
        }
        self.read += octets as u64;
        Ok(octets)
    }
}

impl Document for OpenPart<'_> {
    fn settle(&mut self) -> io::Result<()> {
        self.file.expect_unchanged()?;
        if self.read < self.size {
            return Err(changed(&format!("only {} of {} octets were read", self.read, self.size)));
        }
        if self.content.read(&mut [0])? > 0 {
            return Err(changed(&format!("more than {} octets come out of it", self.size)));
        }
        Ok(())
    }

    fn read_at(&self, offset: u64, room: &mut [u8]) -> io::Result<usize> {
        let at = self.slice.ok_or(io::ErrorKind::Unsupported)?;
        let left = usize::try_from(self.size.saturating_sub(offset)).unwrap_or(usize::MAX);
        let most = room.len().min(left);
        if most == 0 {
            return Ok(0);
        }
        self.file.read_at(at.saturating_add(offset), &mut room[..most])
    }
}

fn changed(how: &str) -> io::Error {
    io::Error::other(format!("what holds it changed since it was found: {how}"))
}
