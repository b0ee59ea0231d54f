//! Character encodings of tag files (RFC 8493 §2.1.1, §2.3): everything is read as UTF-8.

use encoding_rs::{Decoder, DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::{self, Read};

/// The encoding of a bag's tag files but `bagit.txt`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagEncoding {
    /// UTF-8, read as it stands.
    #[default]
    Utf8,
    /// US-ASCII: another octet than 00–7F is an error.
    Ascii,
    /// ISO-8859-1: each octet is the character of its number.
    Latin1,
    /// UTF-16 with a byte order mark; without one, the order that the first character shows.
    Utf16,
    /// Any other.
    Other(&'static Encoding),
    /// One that fonds does not know. What is UTF-8 all the same, without NUL, is read as that: whoever
    /// writes another name into `bagit.txt` shall not keep the manifests from being read.
    Unknown,
}

impl TagEncoding {
    /// The encoding of that name or alias (IANA character sets); `None` if fonds cannot decode it.
    #[must_use]
    pub fn named(label: &str) -> Option<Self> {
        match label.trim().to_ascii_lowercase().as_str() {
            "utf-8" | "utf8" => Some(Self::Utf8),
            "us-ascii" | "ascii" | "iso646-us" | "ansi_x3.4-1968" => Some(Self::Ascii),
            // The Encoding Standard takes this name for windows-1252, which bags do not mean.
            "iso-8859-1" | "iso_8859-1" | "iso8859-1" | "iso_8859-1:1987" | "latin1" | "l1" => {
                Some(Self::Latin1)
            }
            "utf-16" | "utf16" => Some(Self::Utf16),
            other => Encoding::for_label_no_replacement(other.as_bytes()).map(Self::Other),
        }
    }

    /// `text` as UTF-8. What is not in this encoding is an error of kind `InvalidData`; UTF-8
    /// itself is passed through, for the reader of lines to judge.
    #[must_use]
    pub fn decoded<'a>(self, text: Box<dyn Read + Send + 'a>) -> Box<dyn Read + Send + 'a> {
        if self == Self::Utf8 {
            return text;
        }
        Box::new(Decoded {
            encoding: self,
            decoder: None,
            text,
            raw: Vec::new(),
            ready: Vec::new(),
            taken: 0,
            ended: false,
        })
    }
}

/// Why a text cannot be decoded; the inner error of one of kind `InvalidData`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the text is not {0}")]
pub struct NotInEncoding(&'static str);

impl NotInEncoding {
    /// The one that an I/O error carries, if it carries one.
    #[must_use]
    pub fn of(error: &io::Error) -> Option<Self> {
        error.get_ref()?.downcast_ref().copied()
    }
}

/// Octets read at a time.
const CHUNK_OCTETS: usize = 64 << 10;

struct Decoded<'a> {
    encoding: TagEncoding,
    /// Begun with the first octets, which show the order of UTF-16.
    decoder: Option<Decoder>,
    text: Box<dyn Read + Send + 'a>,
    raw: Vec<u8>,
    /// UTF-8 that waits to be read, from `taken` on.
    ready: Vec<u8>,
    taken: usize,
    ended: bool,
}

impl Decoded<'_> {
    /// Decodes one more chunk into `ready`.
    fn refill(&mut self) -> io::Result<()> {
        self.ready.clear();
        self.taken = 0;
        self.fill()?;
        match self.encoding {
            TagEncoding::Utf8 => self.ready.append(&mut self.raw),
            TagEncoding::Ascii if self.raw.is_ascii() => self.ready.append(&mut self.raw),
            TagEncoding::Ascii => return Err(malformed("US-ASCII")),
            TagEncoding::Latin1 => {
                self.ready.extend_from_slice(encoding_rs::mem::decode_latin1(&self.raw).as_bytes());
            }
            TagEncoding::Unknown if self.raw.contains(&0) => {
                return Err(malformed("any encoding that is known"));
            }
            TagEncoding::Unknown => self.decode(Some(UTF_8))?,
            TagEncoding::Utf16 => self.decode(None)?,
            TagEncoding::Other(encoding) => self.decode(Some(encoding))?,
        }
        Ok(())
    }

    /// Reads a chunk of at least two octets, which show the order of UTF-16, unless there are fewer.
    fn fill(&mut self) -> io::Result<()> {
        self.raw.resize(CHUNK_OCTETS, 0);
        let mut filled = 0;
        while filled < 2 && !self.ended {
            match self.text.read(&mut self.raw[filled..]) {
                Ok(0) => self.ended = true,
                Ok(octets) => filled += octets,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        self.raw.truncate(filled);
        Ok(())
    }

    fn decode(&mut self, encoding: Option<&'static Encoding>) -> io::Result<()> {
        let raw = &self.raw;
        let decoder = self.decoder.get_or_insert_with(|| match encoding {
            Some(encoding) => encoding.new_decoder_with_bom_removal(),
            None => utf16_order(raw).new_decoder_with_bom_removal(),
        });
        let most = decoder.max_utf8_buffer_length_without_replacement(self.raw.len());
        self.ready.resize(most.unwrap_or(0), 0);
        let (result, _, written) =
            decoder.decode_to_utf8_without_replacement(&self.raw, &mut self.ready, self.ended);
        self.ready.truncate(written);
        match result {
            DecoderResult::InputEmpty => Ok(()),
            DecoderResult::OutputFull | DecoderResult::Malformed(..) => {
                Err(malformed(decoder.encoding().name()))
            }
        }
    }
}

/// The order that a byte order mark names, or that the first character shows: a tag file begins with
/// a digit or letter of ASCII.
fn utf16_order(begin: &[u8]) -> &'static Encoding {
    match begin {
        [0xFF, 0xFE, ..] => UTF_16LE,
        [first, 0, ..] if *first != 0 => UTF_16LE,
        _ => UTF_16BE,
    }
}

fn malformed(name: &'static str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, NotInEncoding(name))
}

impl Read for Decoded<'_> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        while self.taken == self.ready.len() && !self.ended {
            self.refill()?;
        }
        let count = room.len().min(self.ready.len() - self.taken);
        room[..count].copy_from_slice(&self.ready[self.taken..self.taken + count]);
        self.taken += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Gives a few octets at a time, so that every split of a character is met.
    struct Dribble(Vec<u8>, usize);

    impl Read for Dribble {
        fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(self.1).min(room.len());
            room[..count].copy_from_slice(&self.0[..count]);
            self.0.drain(..count);
            Ok(count)
        }
    }

    fn decoded(label: &str, octets: &[u8], step: usize) -> io::Result<String> {
        let text = Box::new(Dribble(octets.to_vec(), step));
        let mut out = String::new();
        TagEncoding::named(label).unwrap().decoded(text).read_to_string(&mut out).map(|_| out)
    }

    proptest! {
        #[test]
        fn utf16_comes_back_in_either_order(text in "[a-z]\\PC{0,40}", step in 1_usize..9) {
            let big: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
            let little: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
            let marked = [&[0xFE, 0xFF][..], &big].concat();
            prop_assert_eq!(decoded("UTF-16", &marked, step).unwrap(), text.clone());
            prop_assert_eq!(decoded("utf-16", &big, step).unwrap(), text.clone());
            prop_assert_eq!(decoded("UTF-16", &little, step).unwrap(), text.clone());
            prop_assert_eq!(decoded("UTF-16LE", &little, step).unwrap(), text);
        }
    }

    #[test]
    fn one_octet_encodings_are_what_their_names_say() {
        assert_eq!(decoded("ISO-8859-1", b"Th\xE9r\xE8se \x93", 2).unwrap(), "Thérèse \u{93}");
        assert_eq!(decoded("windows-1256", b"\xD8\xE5\xD1\xC7\xE4", 2).unwrap(), "طهران");
        assert_eq!(decoded("US-ASCII", b"plain", 2).unwrap(), "plain");
        assert_eq!(decoded("US-ASCII", b"\xE9", 2).unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(decoded("UTF-16", b"\xFE\xFF\xD8\x00", 9).unwrap_err().kind(), io::ErrorKind::InvalidData);
        assert_eq!(TagEncoding::named("klingon"), None);
        assert_eq!(TagEncoding::named("utf-32"), None);
    }
}
