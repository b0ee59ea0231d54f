//! Tag files in other encodings than UTF-8.

use super::findings::answer;
use super::shelf::{Shelf, declaration};
use bagit::encoding::TagEncoding;
use std::io::{self, Cursor, Read};

/// One of each kind of decoder.
const LABELS: [&str; 13] = [
    "US-ASCII",
    "ISO-8859-1",
    "UTF-16",
    "UTF-16LE",
    "UTF-16BE",
    "windows-1256",
    "Shift_JIS",
    "EUC-JP",
    "ISO-2022-JP",
    "EUC-KR",
    "GB18030",
    "Big5",
    "x-user-defined",
];

/// Gives a few octets at a time, so that every split of a character is met.
struct Dribble<R>(R, usize);

impl<R: Read> Read for Dribble<R> {
    fn read(&mut self, room: &mut [u8]) -> io::Result<usize> {
        let most = room.len().min(self.1);
        self.0.read(&mut room[..most])
    }
}

/// A text in an encoding: what comes out is UTF-8, the same however it was cut, and what another
/// decoder makes of it; its octets may name an encoding as well.
pub fn encoding(octets: &[u8]) {
    // A long text in steps of one would take minutes.
    let coarse = octets.len() / 512;
    for label in LABELS {
        let whole = decoded(label, octets, usize::MAX);
        for step in [1 + coarse, 3 + coarse] {
            assert_eq!(decoded(label, octets, step), whole, "{label} in steps of {step}");
        }
        match label {
            "US-ASCII" => assert_eq!(whole.is_some(), octets.is_ascii()),
            "ISO-8859-1" => {
                assert_eq!(whole, Some(octets.iter().map(|&octet| char::from(octet)).collect()));
            }
            "UTF-16LE" => assert_eq!(whole, utf16(octets, u16::from_le_bytes)),
            "UTF-16BE" => assert_eq!(whole, utf16(octets, u16::from_be_bytes)),
            _ => {}
        }
    }
    let label = String::from_utf8_lossy(octets);
    let _ = TagEncoding::named(&label);
    let bag = Shelf::sound()
        .with("bagit.txt", &declaration("1.0", LABELS[octets.len() % LABELS.len()]))
        .with("bag-info.txt", octets)
        .with("fetch.txt", octets)
        .with("manifest-sha512.txt", octets);
    answer(&bag, 3 * octets.len());
}

/// The text, or nothing if it is not in this encoding.
fn decoded(label: &str, octets: &[u8], step: usize) -> Option<String> {
    let encoding = TagEncoding::named(label).expect("a name that is known");
    let mut out = Vec::new();
    encoding.decoded(Box::new(Dribble(Cursor::new(octets), step))).read_to_end(&mut out).ok()?;
    Some(String::from_utf8(out).expect("decoded text is UTF-8"))
}

/// The text as the standard library reads it, without its mark.
fn utf16(octets: &[u8], unit: fn([u8; 2]) -> u16) -> Option<String> {
    let (pairs, rest) = octets.as_chunks();
    let units = pairs.iter().map(|&pair| unit(pair));
    let text = char::decode_utf16(units).collect::<Result<String, _>>().ok().filter(|_| rest.is_empty())?;
    Some(text.strip_prefix('\u{FEFF}').map_or_else(|| text.clone(), str::to_owned))
}
