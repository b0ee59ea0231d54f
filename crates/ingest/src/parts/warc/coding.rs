//! Content codings of HTTP, undone (RFC 9110 §8.4): what a person would have seen.

use super::http::Chunked;
use brotli_decompressor::Decompressor;
use flate2::bufread::{DeflateDecoder, MultiGzDecoder, ZlibDecoder};
use ruzstd::decoding::StreamingDecoder;
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
        Ok(match self {
            Self::Gzip => Box::new(MultiGzDecoder::new(body)),
            // By the standard deflate is zlib (RFC 1950); some servers have always sent it bare.
            Self::Deflate if is_zlib(begins) => Box::new(ZlibDecoder::new(body)),
            Self::Deflate => Box::new(DeflateDecoder::new(body)),
            Self::Brotli => Box::new(Decompressor::new(body, ROOM)),
            Self::Zstd => {
                let decoder = StreamingDecoder::new_with_max_window_size(body, WINDOW);
                Box::new(decoder.map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error))?)
            }
        })
    }
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
