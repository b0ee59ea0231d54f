//! What can be wrong with one name.

use super::COMPONENT_LIMIT;
use provenance::name::is_unsafe_character;

/// Why a name cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Problem {
    #[error("is not UTF-8")]
    NotUtf8,
    #[error("holds `%`, which checkers of bags decode differently")]
    Percent,
    #[error("holds a backslash, which Windows reads as a separator")]
    Backslash,
    #[error("holds a control or direction character (U+{:04X})", u32::from(*.0))]
    UnsafeCharacter(char),
    #[error("begins like a drive (`C:`)")]
    Drive,
    #[error("ends in a space or dot, which Windows drops")]
    TrailingSpaceOrDot,
    #[error("is reserved by Windows")]
    Reserved,
    #[error("is longer than 255 octets")]
    TooLong,
    #[error("has a path longer than 4096 octets")]
    PathTooLong,
    #[error("differs from `{0}` only in case or Unicode normalization")]
    TwinOf(String),
}

/// Everything that is wrong with one name, whatever stands beside it.
pub(super) fn component_problems(raw: &[u8]) -> Vec<Problem> {
    let mut problems = Vec::new();
    if std::str::from_utf8(raw).is_err() {
        problems.push(Problem::NotUtf8);
    }
    if raw.contains(&b'%') {
        problems.push(Problem::Percent);
    }
    if raw.contains(&b'\\') {
        problems.push(Problem::Backslash);
    }
    let mut characters = raw.utf8_chunks().flat_map(|chunk| chunk.valid().chars());
    if let Some(character) = characters.find(|&c| is_unsafe_character(c)) {
        problems.push(Problem::UnsafeCharacter(character));
    }
    if matches!(raw, [letter, b':', ..] if letter.is_ascii_alphabetic()) {
        problems.push(Problem::Drive);
    }
    if matches!(raw, [.., b' ' | b'.']) {
        problems.push(Problem::TrailingSpaceOrDot);
    }
    if reserved_stem(raw).is_some() {
        problems.push(Problem::Reserved);
    }
    if raw.len() > COMPONENT_LIMIT {
        problems.push(Problem::TooLong);
    }
    problems
}

/// How many octets at the start of the name are a device to Windows, whatever extension follows.
pub(super) fn reserved_stem(raw: &[u8]) -> Option<usize> {
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
            assert_eq!(component_problems(name.as_bytes()), [], "{name}");
        }
        assert_eq!(component_problems(&[b'x'; 255]), []);
    }

    #[test]
    fn names_that_do_not_survive_are_told_why() {
        use Problem::{
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
            assert_eq!(component_problems(name), problems, "{}", name.escape_ascii());
        }
        for name in
            ["con", "NUL.txt", "Aux.tar.gz", "COM0", "lpt9.doc", "COM¹", "LPT³.x", "conin$", "CON .txt"]
        {
            assert_eq!(component_problems(name.as_bytes()), [Reserved], "{name}");
        }
    }
}
