//! Undoing what mail does to octets on their way (RFC 2045 §6), octet by octet, so that it does not
//! matter in what pieces they come.

use std::io::{self, Read};

/// Octets read at a time.
const ROOM: usize = 16 << 10;
/// White space that may stand before a line break and is held until it is known whether it does.
const MOST_WHITE: usize = 1 << 10;

/// How a part is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Base64,
    QuotedPrintable,
}

/// A decoder of one part.
#[derive(Debug)]
pub(super) enum Decoder {
    Base64(Base64),
    QuotedPrintable(QuotedPrintable),
}

/// Letters of base64, four to three octets (RFC 2045 §6.8).
#[derive(Debug, Default)]
pub(super) struct Base64 {
    bits: u32,
    letters: u8,
    ended: bool,
    /// Whether letters stand behind the end.
    pub(super) more: bool,
    /// Whether it was not as it should be before the end: a character of no base64, padding where none
    /// belongs, or an end within four letters.
    pub(super) damaged: bool,
}

/// Text with `=HH` and soft line breaks (RFC 2045 §6.7).
#[derive(Debug, Default)]
pub(super) struct QuotedPrintable {
    state: Quoted,
    /// White space that is deleted if the line ends behind it.
    white: Vec<u8>,
}

#[derive(Clone, Copy, Debug, Default)]
enum Quoted {
    #[default]
    Text,
    /// After `=`.
    Equals,
    /// After `=` and one digit.
    Digit(u8),
    /// After `=` and white space, or a CR.
    SoftBreak,
    /// After a CR that may begin a line break.
    Return,
}

impl Encoding {
    /// By the name in `Content-Transfer-Encoding`; `None` where octets stand as they are.
    pub(super) fn of(name: &str) -> Option<Self> {
        let name = name.trim();
        if name.eq_ignore_ascii_case("base64") {
            Some(Self::Base64)
        } else if name.eq_ignore_ascii_case("quoted-printable") {
            Some(Self::QuotedPrintable)
        } else {
            None
        }
    }

    /// Whether octets stand as they are by that name (RFC 2045 §6.2).
    pub(super) fn is_none(name: &str) -> bool {
        let name = name.trim();
        ["", "7bit", "8bit", "binary"].iter().any(|none| none.eq_ignore_ascii_case(name))
    }

    pub(super) fn decoder(self) -> Decoder {
        match self {
            Self::Base64 => Decoder::Base64(Base64::default()),
            Self::QuotedPrintable => Decoder::QuotedPrintable(QuotedPrintable::default()),
        }
    }
}

impl Decoder {
    /// Decodes more octets, behind what is in `out`.
    pub(super) fn push(&mut self, octets: &[u8], out: &mut Vec<u8>) {
        match self {
            Self::Base64(base64) => base64.push_all(octets, out),
            Self::QuotedPrintable(quoted) => octets.iter().for_each(|&octet| quoted.push(octet, out)),
        }
    }

    /// What is left when nothing more comes.
    pub(super) fn finish(&mut self, out: &mut Vec<u8>) {
        match self {
            Self::Base64(base64) => base64.finish(out),
            Self::QuotedPrintable(quoted) => quoted.finish(out),
        }
    }
}

/// What no letter of base64 stands for.
const NO_LETTER: u8 = 64;
/// What each octet stands for (RFC 4648 §4).
const VALUES: [u8; 256] = values();

const fn values() -> [u8; 256] {
    let letters = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut values = [NO_LETTER; 256];
    let mut value = 0;
    while value < NO_LETTER {
        values[letters[value as usize] as usize] = value;
        value += 1;
    }
    values
}

impl Base64 {
    fn push_all(&mut self, mut octets: &[u8], out: &mut Vec<u8>) {
        loop {
            // Four letters at a time, as long as nothing stands between them.
            while self.letters == 0
                && !self.ended
                && let [a, b, c, d, rest @ ..] = octets
                && let [a, b, c, d] = [a, b, c, d].map(|letter| VALUES[usize::from(*letter)])
                && a | b | c | d < NO_LETTER
            {
                let bits = u32::from(a) << 18 | u32::from(b) << 12 | u32::from(c) << 6 | u32::from(d);
                out.extend_from_slice(&bits.to_be_bytes()[1..]);
                octets = rest;
            }
            let [octet, rest @ ..] = octets else { return };
            self.push(*octet, out);
            octets = rest;
        }
    }

    /// Whatever is no letter is passed over; padding ends it, as the RFC takes it.
    fn push(&mut self, octet: u8, out: &mut Vec<u8>) {
        let value = match VALUES[usize::from(octet)] {
            value if value < NO_LETTER => value,
            _ if octet == b'=' && self.letters >= 2 => return self.end(out),
            // What ends a line, and the padding behind the first.
            _ if octet.is_ascii_whitespace() || self.ended => return,
            _ => {
                self.damaged = true;
                return;
            }
        };
        if self.ended {
            self.more = true;
            return;
        }
        self.bits = self.bits << 6 | u32::from(value);
        self.letters += 1;
        if self.letters == 4 {
            out.extend_from_slice(&self.bits.to_be_bytes()[1..]);
            (self.bits, self.letters) = (0, 0);
        }
    }

    /// Nothing more comes, though the padding did not say so.
    fn finish(&mut self, out: &mut Vec<u8>) {
        self.damaged |= self.letters > 0;
        self.end(out);
    }

    fn end(&mut self, out: &mut Vec<u8>) {
        match self.letters {
            2 => out.extend_from_slice(&(self.bits << 12).to_be_bytes()[1..2]),
            3 => out.extend_from_slice(&(self.bits << 6).to_be_bytes()[1..3]),
            _ => {}
        }
        self.letters = 0;
        self.ended = true;
    }
}

impl QuotedPrintable {
    fn push(&mut self, octet: u8, out: &mut Vec<u8>) {
        match (self.state, octet) {
            (Quoted::Text, _) => self.text(octet, out),
            (Quoted::Equals, b' ' | b'\t' | b'\r') => self.state = Quoted::SoftBreak,
            (Quoted::Equals | Quoted::SoftBreak, b'\n') => self.state = Quoted::Text,
            (Quoted::SoftBreak, b' ' | b'\t' | b'\r') => {}
            (Quoted::Equals, _) if octet.is_ascii_hexdigit() => self.state = Quoted::Digit(octet),
            (Quoted::Equals | Quoted::SoftBreak, _) => {
                // What is no escape stands for itself.
                out.push(b'=');
                self.state = Quoted::Text;
                self.text(octet, out);
            }
            (Quoted::Digit(first), _) => {
                self.state = Quoted::Text;
                if let (Some(high), Some(low)) = (hex(first), hex(octet)) {
                    out.push(high << 4 | low);
                } else {
                    out.extend_from_slice(&[b'=', first]);
                    self.text(octet, out);
                }
            }
            (Quoted::Return, _) => {
                self.state = Quoted::Text;
                if octet == b'\n' {
                    self.white.clear();
                    out.extend_from_slice(b"\r\n");
                } else {
                    out.append(&mut self.white);
                    out.push(b'\r');
                    self.text(octet, out);
                }
            }
        }
    }

    fn text(&mut self, octet: u8, out: &mut Vec<u8>) {
        match octet {
            b' ' | b'\t' if self.white.len() < MOST_WHITE => self.white.push(octet),
            b'\r' => self.state = Quoted::Return,
            b'\n' => {
                self.white.clear();
                out.push(b'\n');
            }
            _ => {
                out.append(&mut self.white);
                if octet == b'=' { self.state = Quoted::Equals } else { out.push(octet) }
            }
        }
    }

    fn finish(&mut self, out: &mut Vec<u8>) {
        match self.state {
            Quoted::Return => {
                out.append(&mut self.white);
                out.push(b'\r');
            }
            Quoted::Digit(first) => out.extend_from_slice(&[b'=', first]),
            // The text ends with its line, and so does a soft break.
            Quoted::Text | Quoted::Equals | Quoted::SoftBreak => self.white.clear(),
        }
        self.state = Quoted::Text;
    }
}

fn hex(digit: u8) -> Option<u8> {
    char::from(digit).to_digit(16).and_then(|value| u8::try_from(value).ok())
}

/// A stream that is decoded while it is read.
pub(super) struct Decoded<R> {
    reader: R,
    decoder: Decoder,
    coded: Box<[u8]>,
    plain: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Decoded<R> {
    pub(super) fn new(reader: R, encoding: Encoding) -> Self {
        Self {
            reader,
            decoder: encoding.decoder(),
            coded: vec![0; ROOM].into_boxed_slice(),
            plain: Vec::with_capacity(ROOM),
            at: 0,
            ended: false,
        }
    }
}

impl<R: Read> Read for Decoded<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        while self.at == self.plain.len() && !self.ended {
            self.plain.clear();
            self.at = 0;
            match self.reader.read(&mut self.coded)? {
                0 => {
                    self.decoder.finish(&mut self.plain);
                    self.ended = true;
                }
                octets => self.decoder.push(&self.coded[..octets], &mut self.plain),
            }
        }
        let octets = room.len().min(self.plain.len() - self.at);
        room[..octets].copy_from_slice(&self.plain[self.at..self.at + octets]);
        self.at += octets;
        Ok(octets)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn decoded(encoding: Encoding, text: &[u8]) -> Vec<u8> {
        let mut octets = Vec::new();
        Decoded::new(text, encoding).read_to_end(&mut octets).unwrap();
        octets
    }

    #[test]
    fn base64_is_read_as_the_rfc_has_it() {
        for (text, octets) in [
            (&b""[..], &b""[..]),
            (b"Zm9v", b"foo"),
            (b"Zm9vYg==\r\n", b"foob"),
            (b"Zm 9\r\nv*Y(mE=", b"fooba"),
            (b"Zm9vYmFy", b"foobar"),
            (b"Zm9vYg", b"foob"),
            (b"Zm9vYg==\r\n-- \r\nlist footer", b"foob"),
            (b"=Zm9v", b"foo"),
            (b"Z", b""),
        ] {
            assert_eq!(decoded(Encoding::Base64, text), octets, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn damage_in_base64_is_noticed() {
        for (text, damaged) in [
            (&b"Zm9v\r\nYmFy\r\n"[..], false),
            (b"Zm 9v\tYg= =\r\n", false),
            (b"Zm9vYg==\r\n-- \r\n*list* footer", false),
            (b"", false),
            (b"Zm9*vYg==", true),
            (b"Zm9v\xFFYmFy", true),
            (b"Zm9vYg", true),
            (b"Zm9vYm=", false),
            (b"Zm9vY", true),
            (b"=Zm9v", true),
        ] {
            let mut base64 = Base64::default();
            let mut out = Vec::new();
            base64.push_all(text, &mut out);
            base64.finish(&mut out);
            assert_eq!(base64.damaged, damaged, "{}", text.escape_ascii());
        }
    }

    #[test]
    fn quoted_printable_is_read_as_the_rfc_has_it() {
        for (text, octets) in [
            (&b"a=3Db"[..], &b"a=b"[..]),
            (b"caf=C3=A9 =e9", b"caf\xc3\xa9 \xe9"),
            (b"soft=\r\nbreak=  \r\ntoo=\nhere", b"softbreaktoohere"),
            (b"kept \t x  \r\ny \nz ", b"kept \t x\r\ny\nz"),
            (b"=XY=4Z=", b"=XY=4Z"),
            (b"cr\ralone\r", b"cr\ralone\r"),
        ] {
            assert_eq!(decoded(Encoding::QuotedPrintable, text), octets, "{}", text.escape_ascii());
        }
    }

    proptest! {
        #[test]
        fn it_does_not_matter_in_what_pieces_octets_come(
            text in "([A-Za-z0-9+/=]|=[0-9A-F]{2}|=?\\r?\\n| |\\t){0,60}",
            cut in 0_usize..60,
        ) {
            let text = text.as_bytes();
            for encoding in [Encoding::Base64, Encoding::QuotedPrintable] {
                let mut decoder = encoding.decoder();
                let mut out = Vec::new();
                let (one, other) = text.split_at(cut.min(text.len()));
                decoder.push(one, &mut out);
                decoder.push(other, &mut out);
                decoder.finish(&mut out);
                prop_assert_eq!(out, decoded(encoding, text));
            }
        }
    }
}
