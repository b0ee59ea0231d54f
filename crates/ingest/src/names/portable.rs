//! Rewriting a name so that every system and checker keeps it, and a reader can still read it.

use fixity::name::is_unsafe_character;
use fixity::portable::{FOREIGN_TO_WINDOWS, NAME_LIMIT, reserved_stem};
use sha2::{Digest, Sha256};
use std::fmt::Write;

/// Octets of an extension, with its dot, that is kept when a name is shortened; more is none.
const EXTENSION_LIMIT: usize = 32;

/// Spells `raw` portably: what would not survive becomes `=HH` for each octet, and a name that
/// is then too long is cut and marked with a digest of all of it.
///
/// As long as nothing is cut, different names are spelt differently: a `=` that looks like the
/// beginning of an escape is itself escaped.
pub(crate) fn spell(raw: &[u8]) -> String {
    let reserved = reserved_stem(raw);
    let mut name = String::with_capacity(raw.len());
    let mut at = 0;
    for chunk in raw.utf8_chunks() {
        for c in chunk.valid().chars() {
            let octets = &raw[at..at + c.len_utf8()];
            at += octets.len();
            let last_of_name = at == raw.len() && matches!(c, ' ' | '.');
            let like_escape =
                c == '=' && matches!(raw[at..], [a, b, ..] if is_upper_hex(a) && is_upper_hex(b));
            if last_of_name || like_escape || reserved == Some(at) || never_survives(c) {
                push_escaped(&mut name, octets);
            } else {
                name.push(c);
            }
        }
        push_escaped(&mut name, chunk.invalid());
        at += chunk.invalid().len();
    }
    if name.len() > NAME_LIMIT {
        let digest = Sha256::digest(raw);
        let mark = digest[..4].iter().fold(String::from("~"), |mut mark, octet| {
            let _ = write!(mark, "{octet:02x}");
            mark
        });
        name = mark_before_extension(&name, &mark);
    }
    name
}

/// Puts `mark` before the extension, and cuts as much before it as is needed to keep the limit.
pub(super) fn mark_before_extension(name: &str, mark: &str) -> String {
    let (stem, extension) = match name.rfind('.') {
        Some(dot) if dot > 0 && name.len() - dot <= EXTENSION_LIMIT => name.split_at(dot),
        _ => (name, ""),
    };
    let room = NAME_LIMIT - mark.len() - extension.len();
    format!("{}{mark}{extension}", &stem[..stem.floor_char_boundary(room)])
}

fn never_survives(c: char) -> bool {
    matches!(c, '%' | '\\') || is_unsafe_character(c) || FOREIGN_TO_WINDOWS.contains(&c)
}

fn is_upper_hex(octet: u8) -> bool {
    matches!(octet, b'0'..=b'9' | b'A'..=b'F')
}

fn push_escaped(name: &mut String, octets: &[u8]) {
    for octet in octets {
        // Writing to a string cannot fail.
        let _ = write!(name, "={octet:02X}");
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixity::portable::name_problems;
    use proptest::prelude::*;

    #[test]
    fn only_what_would_not_survive_is_spelt_out() {
        for (raw, spelt) in [
            (&b"100%"[..], "100=25"),
            (b"a\r\nb", "a=0D=0Ab"),
            (b"caf\xe9.txt", "caf=E9.txt"),
            (b"C:", "C=3A"),
            (b"what? <a|b>*", "what=3F =3Ca=7Cb=3E=2A"),
            (b"end..", "end.=2E"),
            (b"con.txt", "co=6E.txt"),
            ("COM¹".as_bytes(), "COM=C2=B9"),
            (b"CON .txt", "CO=4E .txt"),
            (b"a=25", "a=3D25"),
            (b"a=2f=", "a=2f="),
            ("گزارش، «۱۳۶۷»".as_bytes(), "گزارش، «۱۳۶۷»"),
            ("x\u{202E}y".as_bytes(), "x=E2=80=AEy"),
        ] {
            assert_eq!(spell(raw), spelt);
        }
    }

    #[test]
    fn a_long_name_keeps_its_extension_and_whole_characters() {
        let raw = format!("{}.docx", "گ".repeat(200));
        let spelt = spell(raw.as_bytes());
        let (stem, extension) = spelt.rsplit_once('.').unwrap();
        assert!(spelt.len() <= 255 && stem.starts_with("گگ"), "{spelt}");
        assert_eq!(extension, "docx");
        assert_ne!(spelt, spell(format!("{}.docx", "گ".repeat(201)).as_bytes()));
    }

    fn read_back(spelt: &str) -> Vec<u8> {
        let mut raw = Vec::new();
        let mut rest = spelt.as_bytes();
        while let [first, after @ ..] = rest {
            rest = match *rest {
                [b'=', a, b, ref after @ ..] if is_upper_hex(a) && is_upper_hex(b) => {
                    raw.push(u8::from_str_radix(std::str::from_utf8(&[a, b]).unwrap(), 16).unwrap());
                    after
                }
                _ => {
                    raw.push(*first);
                    after
                }
            };
        }
        raw
    }

    proptest! {
        #[test]
        fn a_spelt_name_is_strict_and_comes_back(
            raw in "(con|[=A-F0-9%. a:\\\\]|[\\x01-\\x7f&&[^/]]|\\PC){1,40}".prop_map(String::into_bytes),
            tail in proptest::collection::vec(0x80_u8.., 0..4),
        ) {
            let raw = [raw, tail].concat();
            let spelt = spell(&raw);
            prop_assert_eq!(name_problems(spelt.as_bytes()), []);
            prop_assert_eq!(read_back(&spelt), raw);
        }
    }
}
