//! JSON: by its syntax, as far as the first octets go.

use provenance::Format;

/// Octets whose syntax is followed: enough to tell JSON from other text, and quick.
const LOOK: usize = 1024;

/// Nesting that is followed.
const DEPTH: usize = 64;

pub(super) fn identify(text: &str, whole: bool) -> Option<Format> {
    if !text.trim_start().starts_with(['{', '[']) {
        return None;
    }
    let seen = &text[..text.floor_char_boundary(LOOK)];
    let whole = whole && seen.len() == text.len();
    is_json(seen.as_bytes(), whole).then_some(Format {
        media_type: Some("application/json"),
        puid: Some("fmt/817"),
        basis: "text: valid UTF-8, JSON syntax",
    })
}

/// What may come next.
#[derive(Clone, Copy, PartialEq)]
enum Next {
    Value,
    ValueOrEnd,
    Name,
    NameOrEnd,
    Colon,
    CommaOrEnd,
}

/// Whether `octets` are JSON, or where they are not `whole`, the beginning of it.
fn is_json(octets: &[u8], whole: bool) -> bool {
    let mut open = Vec::with_capacity(DEPTH);
    let mut next = Next::Value;
    let mut rest = octets.trim_ascii_start();
    // A lone bracket or two is no evidence yet.
    let mut tokens = 0;
    while let [first, after @ ..] = rest {
        tokens += 1;
        let in_object = open.last() == Some(&b'{');
        let (expected, length) = match (first, next) {
            (b'{' | b'[', Next::Value | Next::ValueOrEnd) => {
                if open.len() == DEPTH {
                    return true;
                }
                open.push(*first);
                (if *first == b'{' { Next::NameOrEnd } else { Next::ValueOrEnd }, Some(1))
            }
            (b'}', Next::NameOrEnd | Next::CommaOrEnd) if in_object => (close(&mut open), Some(1)),
            (b']', Next::ValueOrEnd | Next::CommaOrEnd) if !in_object => (close(&mut open), Some(1)),
            (b',', Next::CommaOrEnd) => (if in_object { Next::Name } else { Next::Value }, Some(1)),
            (b':', Next::Colon) => (Next::Value, Some(1)),
            (b'"', Next::Name | Next::NameOrEnd) => (Next::Colon, string_length(after)),
            (b'"', Next::Value | Next::ValueOrEnd) => (Next::CommaOrEnd, string_length(after)),
            (_, Next::Value | Next::ValueOrEnd) => (Next::CommaOrEnd, scalar_length(rest, whole)),
            _ => return false,
        };
        let Some(length) = length else {
            return !whole && *first == b'"' && tokens > 1;
        };
        rest = rest[length..].trim_ascii_start();
        next = expected;
        if open.is_empty() {
            return rest.is_empty();
        }
    }
    !whole && tokens > 2
}

fn close(open: &mut Vec<u8>) -> Next {
    open.pop();
    Next::CommaOrEnd
}

/// Octets of a string with both quotes, whose first is before `after`; `None` if it does not end.
fn string_length(after: &[u8]) -> Option<usize> {
    let mut escaped = false;
    let end = after.iter().position(|&octet| {
        let ends = octet == b'"' && !escaped;
        escaped = octet == b'\\' && !escaped;
        ends
    })?;
    Some(end + 2)
}

/// Octets of a number or of `true`, `false`, `null`; `None` if there is none.
fn scalar_length(rest: &[u8], whole: bool) -> Option<usize> {
    let is_end = |octet: &u8| matches!(octet, b',' | b']' | b'}' | b' ' | b'\t' | b'\r' | b'\n');
    let length = rest.iter().position(is_end).unwrap_or(rest.len());
    let scalar = &rest[..length];
    let cut = length == rest.len() && !whole;
    let literal = ["true", "false", "null"]
        .iter()
        .any(|word| scalar == word.as_bytes() || cut && word.as_bytes().starts_with(scalar));
    let number = scalar.strip_prefix(b"-").unwrap_or(scalar);
    let is_number = number.first().is_some_and(u8::is_ascii_digit)
        && number.iter().all(|octet| matches!(octet, b'0'..=b'9' | b'.' | b'e' | b'E' | b'+' | b'-'));
    (literal || is_number).then_some(length)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syntax_decides() {
        for text in
            ["{}", "[]", r#"{"a": [1, -2.5e3, true, null, {"b\"": "c"}]}"#, "[\n]", " [\"\u{6af}\"]\n"]
        {
            assert!(is_json(text.as_bytes(), true), "{text}");
        }
        for text in
            ["[section]\nkey=1", "[1] see there", "{a: 1}", "[1,]", "{\"a\"}", "[1}", "{", "[\"", "{} {}"]
        {
            assert!(!is_json(text.as_bytes(), true), "{text}");
        }
        for cut in ["{\"a\": 1, \"b", "[[1, 2], [3", "[true, fal", "{\"a\":"] {
            assert!(is_json(cut.as_bytes(), false), "{cut}");
        }
        assert!(!is_json(b"[", false));
    }
}
