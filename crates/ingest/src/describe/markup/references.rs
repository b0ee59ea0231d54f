//! Character references.

use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// Text with its character references resolved.
pub(in crate::describe) fn resolved(text: &str) -> Cow<'_, str> {
    if memchr(b'&', text.as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let resolved = html_escape::decode_html_entities(text);
    // References to C1 controls mean what windows-1252 has there.
    let octets = resolved.as_bytes();
    let is_c1 = |at: usize| octets.get(at + 1).is_some_and(|octet| (0x80..0xA0).contains(octet));
    if memchr_iter(0xC2, octets).any(is_c1) {
        return Cow::Owned(resolved.chars().map(of_windows_1252).collect());
    }
    resolved
}

fn of_windows_1252(c: char) -> char {
    match u8::try_from(u32::from(c)) {
        Ok(octet @ 0x80..=0x9F) => {
            let octets = [octet];
            let decoded = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&octets).0;
            decoded.chars().next().unwrap_or(c)
        }
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        assert_eq!(resolved("a &amp; b &#1705; &#x6A9; &#147;c&#148; &nope;"), "a & b ک ک “c” &nope;");
    }
}
