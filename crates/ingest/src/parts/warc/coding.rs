//! Content codings of HTTP, undone (RFC 9110 §8.4): what a person would have seen.

use super::chunked::Chunked;
use brotli_decompressor::Decompressor;
use flate2::bufread::MultiGzDecoder;
use flate2::{Decompress, FlushDecompress, Status};
use ruzstd::decoding::{FrameDecoder, StreamingDecoder};
use std::io::{self, BufRead, BufReader, Cursor, Read};

/// Octets read at a time.
const ROOM: usize = 16 << 10;
/// Codings that are undone of one body.
const MOST: usize = 3;
/// The largest window of zstd that a coding may ask for (RFC 9659).
const WINDOW: u64 = 8 << 20;

/// One coding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Coding {
    Gzip,
    Deflate,
    Brotli,
    Zstd,
}

/// The codings of a body in the order in which they were applied.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::parts) struct Codings([Option<Coding>; MOST]);

impl Codings {
    /// By their names; the first that cannot be undone is the error.
    pub(super) fn of<'a>(names: &[&'a str]) -> Result<Self, &'a str> {
        let mut codings = Self::default();
        let mut places = codings.0.iter_mut();
        for name in names {
            let coding = match name.to_ascii_lowercase().as_str() {
                "identity" | "none" => continue,
                "gzip" | "x-gzip" => Coding::Gzip,
                "deflate" => Coding::Deflate,
                "br" => Coding::Brotli,
                "zstd" => Coding::Zstd,
                _ => return Err(name),
            };
            *places.next().ok_or(*name)? = Some(coding);
        }
        Ok(codings)
    }

    pub(super) fn is_none(self) -> bool {
        self.0[0].is_none()
    }

    /// Begins to undo them, the last one first.
    pub(super) fn undo<'a>(self, body: impl BufRead + Send + 'a) -> io::Result<Box<dyn Read + Send + 'a>> {
        let mut reader: Box<dyn BufRead + Send + 'a> = Box::new(body);
        let applied: Vec<Coding> = self.0.into_iter().flatten().collect();
        for coding in applied.into_iter().rev() {
            reader = Box::new(BufReader::with_capacity(ROOM, coding.undo(reader)?));
        }
        Ok(Box::new(reader))
    }
}

impl Coding {
    fn undo<'a>(self, mut body: Box<dyn BufRead + Send + 'a>) -> io::Result<Box<dyn Read + Send + 'a>> {
        let mut first = [0; 2];
        let mut filled = 0;
        while filled < first.len() {
            match body.read(&mut first[filled..])? {
                0 => break,
                octets => filled += octets,
            }
        }
        let begins = first;
        let body = Cursor::new(first).take(filled as u64).chain(body);
        // Some writers undo a coding and leave the field.
        let is_undone = match self {
            Self::Gzip => begins != [0x1F, 0x8B],
            Self::Zstd => begins != [0x28, 0xB5],
            Self::Deflate | Self::Brotli => filled == 0,
        };
        if is_undone {
            return Ok(Box::new(body));
        }
        let undone: Box<dyn Read + Send + 'a> = match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(body)),
            // By the standard deflate is zlib (RFC 1950); some servers have always sent it bare.
            Self::Deflate => {
                Box::new(Inflate { body, inflater: Decompress::new(is_zlib(begins)), ended: false })
            }
            Self::Brotli if asks_for_large_window(begins) => {
                return Err(broken("it asks for more memory than brotli may"));
            }
            Self::Brotli => Box::new(Brotli(Decompressor::new(body, ROOM))),
            Self::Zstd => {
                let decoder = StreamingDecoder::new_with_max_window_size(body, WINDOW);
                Box::new(Zstd(decoder.map_err(|error| broken(&error.to_string()))?))
            }
        };
        Ok(Box::new(Once { undone, end: None }))
    }
}

fn broken(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

/// A decoder that stays at its end, and in its error, once it has come there.
struct Once<'a> {
    undone: Box<dyn Read + Send + 'a>,
    end: Option<Result<(), String>>,
}

impl Read for Once<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match &self.end {
            _ if room.is_empty() => return Ok(0),
            Some(Ok(())) => return Ok(0),
            Some(Err(why)) => return Err(broken(why)),
            None => {}
        }
        match self.undone.read(room) {
            Ok(0) => self.end = Some(Ok(())),
            Err(error) => self.end = Some(Err(error.to_string())),
            Ok(octets) => return Ok(octets),
        }
        self.read(room)
    }
}

/// Deflate or zlib, which has to come to its end, and the body with it.
struct Inflate<R> {
    body: R,
    inflater: Decompress,
    ended: bool,
}

impl<R: BufRead> Read for Inflate<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        loop {
            let ahead = self.body.fill_buf()?;
            if self.ended {
                return if ahead.is_empty() { Ok(0) } else { Err(broken("octets follow behind its end")) };
            }
            if ahead.is_empty() {
                return Err(broken("it ends too early"));
            }
            let (taken, given) = (self.inflater.total_in(), self.inflater.total_out());
            let status = self.inflater.decompress(ahead, room, FlushDecompress::None);
            let status = status.map_err(|error| broken(&error.to_string()))?;
            let step = |now: u64, before: u64| usize::try_from(now - before).unwrap_or(0);
            let taken = step(self.inflater.total_in(), taken);
            let given = step(self.inflater.total_out(), given);
            self.body.consume(taken);
            self.ended = status == Status::StreamEnd;
            if given > 0 {
                return Ok(given);
            }
            if taken == 0 && !self.ended {
                return Err(broken("it leads nowhere"));
            }
        }
    }
}

/// Brotli, which says only when it is asked again after its end that octets follow.
struct Brotli<R: Read>(Decompressor<R>);

impl<R: Read> Read for Brotli<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match self.0.read(room)? {
            0 => self.0.read(room),
            octets => Ok(octets),
        }
    }
}

/// One frame of zstd, with nothing behind it.
struct Zstd<R: Read>(StreamingDecoder<R, FrameDecoder>);

impl<R: Read> Read for Zstd<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        match self.0.read(room)? {
            0 if self.0.get_mut().read(&mut [0])? > 0 => Err(broken("octets follow behind its frame")),
            octets => Ok(octets),
        }
    }
}

/// Whether a stream begins as brotli with windows above 16 MiB does, which the standard does not allow
/// (RFC 7932 §9.1), and which the decoder would follow up to a GiB.
fn asks_for_large_window([first, _]: [u8; 2]) -> bool {
    first & 0x7F == 0x11
}

/// Whether two octets are a header of zlib (RFC 1950 §2.2).
fn is_zlib([method, flags]: [u8; 2]) -> bool {
    method & 0x0F == 8 && method >> 4 <= 7 && (u16::from(method) << 8 | u16::from(flags)).is_multiple_of(31)
}

/// A body as it was before it was transferred; what cannot even begin is an error when it is read.
pub(in crate::parts) fn undo<'a>(
    body: impl BufRead + Send + 'a,
    chunked: bool,
    codings: Codings,
) -> Box<dyn Read + Send + 'a> {
    codings.undo(Chunked::new(body, chunked)).unwrap_or_else(|error| Box::new(Broken(Some(error))))
}

struct Broken(Option<io::Error>);

impl Read for Broken {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(self.0.take().unwrap_or_else(|| io::ErrorKind::InvalidData.into()))
    }
}
