//! What keeps one name from surviving another system, or another checker of bags.

use crate::name::is_unsafe_character;

/// Octets that one name may have.
pub const NAME_LIMIT: usize = 255;

/// Octets that a whole path may have.
pub const PATH_LIMIT: usize = 4096;

/// Characters that Windows cannot store in a name, and every other system can.
pub const FOREIGN_TO_WINDOWS: [char; 7] = ['<', '>', ':', '"', '|', '?', '*'];

/// Why one name, whatever stands beside or above it, does not survive everywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum NameProblem {
    /// Not UTF-8, which packages are written in.
    #[error("is not UTF-8")]
    NotUtf8,
    /// A `%`: some checkers decode `%41` in a manifest, some do not.
    #[error("holds `%`, which checkers of bags decode differently")]
    Percent,
    /// A backslash.
    #[error("holds a backslash, which Windows reads as a separator")]
    Backslash,
    /// The first [unsafe character](is_unsafe_character).
    #[error("holds a control or direction character (U+{:04X})", u32::from(*.0))]
    UnsafeCharacter(char),
    /// A letter and a colon at the start.
    #[error("begins like a drive (`C:`)")]
    Drive,
    /// A space or dot at the end.
    #[error("ends in a space or dot, which Windows drops")]
    TrailingSpaceOrDot,
    /// A device of Windows, such as `CON` or `nul.txt`.
    #[error("is reserved by Windows")]
    Reserved,
    /// More octets than [`NAME_LIMIT`].
    #[error("is longer than 255 octets")]
    TooLong,
}

/// Everything that is wrong with one name, in the order of [`NameProblem`].
///
/// [`FOREIGN_TO_WINDOWS`] is not asked for: such names are too common to be refused.
#[must_use]
pub fn name_problems(raw: &[u8]) -> Vec<NameProblem> {
    let mut problems = Vec::new();
    if std::str::from_utf8(raw).is_err() {
        problems.push(NameProblem::NotUtf8);
    }
    if raw.contains(&b'%') {
        problems.push(NameProblem::Percent);
    }
    if raw.contains(&b'\\') {
        problems.push(NameProblem::Backslash);
    }
    let mut characters = raw.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
    if let Some(character) = characters.find(|&c| is_unsafe_character(c)) {
        problems.push(NameProblem::UnsafeCharacter(character));
    }
    if matches!(raw, [letter, b':', ..] if letter.is_ascii_alphabetic()) {
        problems.push(NameProblem::Drive);
    }
    if matches!(raw, [.., b' ' | b'.']) {
        problems.push(NameProblem::TrailingSpaceOrDot);
    }
    if reserved_stem(raw).is_some() {
        problems.push(NameProblem::Reserved);
    }
    if raw.len() > NAME_LIMIT {
        problems.push(NameProblem::TooLong);
    }
    problems
}

/// How many octets at the start of the name are a device to Windows, whatever extension follows.
#[must_use]
pub fn reserved_stem(raw: &[u8]) -> Option<usize> {
    let stem = raw.split(|&octet| octet == b'.').next()?.trim_ascii_end();
    let is = |device: &str| stem.eq_ignore_ascii_case(device.as_bytes());
    let is_numbered = |device: &str| {
        stem.get(..3).is_some_and(|letters| letters.eq_ignore_ascii_case(device.as_bytes()))
            && match &stem[3..] {
                [digit] => digit.is_ascii_digit(),
                // Windows takes the superscripts ¹ ² ³ for digits.
                rest => ["¹", "²", "³"].iter().any(|digit| rest == digit.as_bytes()),
            }
    };
    let reserved = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$"].into_iter().any(is)
        || ["COM", "LPT"].into_iter().any(is_numbered);
    reserved.then_some(stem.len())
}

/// Whether Windows could not store the name for a character that every other system stores.
#[must_use]
pub fn is_foreign_to_windows(name: &str) -> bool {
    name.contains(FOREIGN_TO_WINDOWS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_survive_everywhere_or_nearly_are_kept() {
        for name in [
            "گزارش ۱۳۶۷.pdf",
            "می‌خواهم",
            "تقرير",
            "Отчёт",
            "😀👩‍👩‍👧",
            " leading",
            "a, b",
            "it's \"so\"",
            "12:30",
            "what?",
            "<*|>",
            ".hidden",
            "a..b",
            "CONSOLE",
            "COM10",
            "com",
            "null.txt",
            "=41",
            "e\u{301}",
        ] {
            assert_eq!(name_problems(name.as_bytes()), [], "{name}");
        }
        assert_eq!(name_problems(&[b'x'; 255]), []);
    }

    #[test]
    fn names_that_do_not_survive_are_told_why() {
        use NameProblem::{
            Backslash, Drive, NotUtf8, Percent, Reserved, TooLong, TrailingSpaceOrDot, UnsafeCharacter,
        };
        for (name, problems) in [
            (&b"100%"[..], vec![Percent]),
            (b"a\\b", vec![Backslash]),
            (b"a\rb", vec![UnsafeCharacter('\r')]),
            (b"a\nb\xff", vec![NotUtf8, UnsafeCharacter('\n')]),
            ("x\u{202E}fdp.exe".as_bytes(), vec![UnsafeCharacter('\u{202E}')]),
            (b"C:", vec![Drive]),
            (b"c:report", vec![Drive]),
            (b"end ", vec![TrailingSpaceOrDot]),
            (b"...", vec![TrailingSpaceOrDot]),
            (&[b'x'; 256], vec![TooLong]),
            (b"\xff", vec![NotUtf8]),
        ] {
            assert_eq!(name_problems(name), problems, "{}", name.escape_ascii());
        }
        for name in
            ["con", "NUL.txt", "Aux.tar.gz", "COM0", "lpt9.doc", "COM¹", "LPT³.x", "conin$", "CON .txt"]
        {
            assert_eq!(name_problems(name.as_bytes()), [Reserved], "{name}");
        }
    }
}
