//! The charset that a page or an XML document declares.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE};

/// Where the HTML standard looks for a declaration; a little more, as many pages are late with it.
const DECLARED_WITHIN: usize = 4096;

/// The charset in a `meta` element or an XML declaration.
pub(super) fn declared(octets: &[u8]) -> Option<&'static Encoding> {
    let head = &octets[..octets.len().min(DECLARED_WITHIN)];
    let xml = head.starts_with(b"<?xml").then(|| label_after(head, b"encoding")).flatten();
    let label = xml.or_else(|| label_after(head, b"charset"))?;
    // Whoever could read a declaration of UTF-16 was not reading UTF-16.
    Encoding::for_label_no_replacement(label).filter(|found| ![UTF_16LE, UTF_16BE].contains(found))
}

/// What stands after `key` and `=`, quoted or not.
fn label_after<'a>(octets: &'a [u8], key: &[u8]) -> Option<&'a [u8]> {
    let (first, _) = key.split_first()?;
    memchr::memchr2_iter(*first, first.to_ascii_uppercase(), octets).find_map(|at| {
        let (found, after) = octets[at..].split_at_checked(key.len())?;
        if !found.eq_ignore_ascii_case(key) {
            return None;
        }
        let value = after.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let value = value.strip_prefix(b"\"").or_else(|| value.strip_prefix(b"'")).unwrap_or(value);
        let belongs = |octet: &u8| octet.is_ascii_alphanumeric() || b"-_:.".contains(octet);
        let end = value.iter().position(|octet| !belongs(octet)).unwrap_or(value.len());
        (end > 0).then(|| &value[..end])
    })
}
