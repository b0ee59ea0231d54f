//! What parts are called: by what the container says, so that a person finds them and no system stumbles.

/// Octets of a name that is made of an address.
const LONGEST_OF_URL: usize = 100;
/// Octets of an extension, without its dot, that is taken for one.
const LONGEST_EXTENSION: usize = 5;

/// Extensions by media type, for parts whose name has none.
const EXTENSIONS: [(&str, &str); 40] = [
    ("application/gzip", "gz"),
    ("application/javascript", "js"),
    ("application/json", "json"),
    ("application/ld+json", "json"),
    ("application/msword", "doc"),
    ("application/pdf", "pdf"),
    ("application/pgp-keys", "asc"),
    ("application/pgp-signature", "asc"),
    ("application/pkcs7-mime", "p7m"),
    ("application/pkcs7-signature", "p7s"),
    ("application/rss+xml", "xml"),
    ("application/rtf", "rtf"),
    ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx"),
    ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx"),
    ("application/x-javascript", "js"),
    ("application/xhtml+xml", "xhtml"),
    ("application/xml", "xml"),
    ("application/zip", "zip"),
    ("audio/mpeg", "mp3"),
    ("audio/ogg", "ogg"),
    ("font/woff", "woff"),
    ("font/woff2", "woff2"),
    ("image/avif", "avif"),
    ("image/gif", "gif"),
    ("image/jpeg", "jpg"),
    ("image/png", "png"),
    ("image/svg+xml", "svg"),
    ("image/tiff", "tif"),
    ("image/webp", "webp"),
    ("image/x-icon", "ico"),
    ("message/rfc822", "eml"),
    ("text/calendar", "ics"),
    ("text/css", "css"),
    ("text/csv", "csv"),
    ("text/html", "html"),
    ("text/javascript", "js"),
    ("text/plain", "txt"),
    ("text/xml", "xml"),
    ("video/mp4", "mp4"),
    ("video/webm", "webm"),
];

/// The extension for a media type such as `text/html; charset=utf-8`.
pub(super) fn extension_of(media_type: &str) -> Option<&'static str> {
    let plain = media_type.split(';').next()?.trim().to_ascii_lowercase();
    let index = EXTENSIONS.binary_search_by(|(known, _)| (*known).cmp(&plain)).ok()?;
    Some(EXTENSIONS[index].1)
}

/// A name for what was captured from `url`: host and path, in letters, digits, `.`, `_` and `-`.
pub(super) fn of_url(url: &str, media_type: &str) -> String {
    let is_private = ["file:", "mailto:", "tel:", "sms:"]
        .iter()
        .any(|scheme| url.get(..scheme.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(scheme)));
    let after_scheme = url.split_once("://").map_or(url, |(_, rest)| rest);
    let after_scheme = if is_private { "resource" } else { after_scheme };
    let place = after_scheme.split(['?', '#']).next().unwrap_or(after_scheme);
    let place =
        place.split_once('/').map_or((without_user(place), ""), |(host, path)| (without_user(host), path));
    let mut name = plain(place.0);
    let path = plain(&decoded(place.1));
    let has_extension = place.1.rsplit('/').next().is_some_and(ends_in_extension);
    if !path.is_empty() {
        name.push('-');
        name.push_str(&path);
    }
    let extension = if has_extension { None } else { extension_of(media_type) };
    let tail = match (&extension, name.rfind('.')) {
        (Some(extension), _) => format!(".{extension}"),
        (None, Some(dot)) if has_extension => name.split_off(dot),
        _ => String::new(),
    };
    name.truncate(name.floor_char_boundary(LONGEST_OF_URL.saturating_sub(tail.len())));
    let stem = name.trim_end_matches(['-', '.']);
    format!("{}{tail}", if stem.is_empty() { "capture" } else { stem })
}

/// Passwords stand before a host.
fn without_user(host: &str) -> &str {
    host.rsplit_once('@').map_or(host, |(_, host)| host)
}

fn ends_in_extension(segment: &str) -> bool {
    segment.rsplit_once('.').is_some_and(|(stem, extension)| {
        !stem.is_empty()
            && (1..=LONGEST_EXTENSION).contains(&extension.len())
            && extension.bytes().all(|octet| octet.is_ascii_alphanumeric())
    })
}

/// Percent codes taken back, as far as they are UTF-8.
fn decoded(path: &str) -> String {
    let mut octets = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, after @ ..] = rest {
        let code = std::str::from_utf8(after.get(..2).unwrap_or_default()).ok();
        let code = code.filter(|code| *first == b'%' && code.bytes().all(|b| b.is_ascii_hexdigit()));
        if let Some(octet) = code.and_then(|code| u8::from_str_radix(code, 16).ok()) {
            octets.push(octet);
            rest = &after[2..];
        } else {
            octets.push(*first);
            rest = after;
        }
    }
    String::from_utf8_lossy(&octets).into_owned()
}

/// Letters and digits of any script, `.` and `_` stay; whatever stands between is one `-`.
fn plain(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() || c == '_' || (c == '.' && !plain.is_empty() && !plain.ends_with(['-', '.']))
        {
            plain.push(c);
        } else if !plain.is_empty() && !plain.ends_with('-') {
            plain.push('-');
        }
    }
    plain.truncate(plain.trim_end_matches(['-', '.']).len());
    plain
}

/// The name of an attachment without the folders before it, on one line; `None` if nothing is left.
pub(super) fn of_attachment(given: &str) -> Option<String> {
    let last = given.trim().rsplit(['/', '\\']).next().unwrap_or_default();
    let words: Vec<&str> = last.split(|c: char| c.is_whitespace() || c.is_control()).collect();
    let name = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let says_something = name.chars().any(|c| c != '.' && c != ' ');
    says_something.then_some(name)
}

/// The name of a coding, if it is as short and plain as such names are.
pub(super) fn of_coding(name: &str) -> String {
    let is_plain =
        name.len() <= 20 && name.bytes().all(|octet| octet.is_ascii_alphanumeric() || octet == b'-');
    if is_plain { name.to_ascii_lowercase() } else { "an unknown coding".to_owned() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fixity::portable::name_problems;
    use proptest::prelude::*;

    #[test]
    fn extensions_are_sorted_to_be_found() {
        assert!(EXTENSIONS.is_sorted_by(|a, b| a.0 < b.0));
        assert_eq!(extension_of("Text/HTML; charset=utf-8"), Some("html"));
        assert_eq!(extension_of("x/y"), None);
    }

    #[test]
    fn an_address_becomes_a_name() {
        for (url, media_type, name) in [
            ("https://example.org", "text/html", "example.org.html"),
            ("https://example.org/", "", "example.org"),
            (
                "https://ellery-post.example/2023/07/05/bells",
                "text/html",
                "ellery-post.example-2023-07-05-bells.html",
            ),
            ("http://a.example/pic.JPG?x=1#y", "image/jpeg", "a.example-pic.JPG"),
            ("http://user:secret@a.example:8080/", "text/html", "a.example-8080.html"),
            ("http://a.example/%DA%AF%D8%B2%D8%A7%D8%B1%D8%B4", "text/html", "a.example-گزارش.html"),
            ("http://a.example/../..%2F..%5Cetc%00/con.", "", "a.example-etc-con"),
            ("urn:view:https://a.example/", "image/png", "a.example.png"),
            ("://///", "", "capture"),
        ] {
            assert_eq!(of_url(url, media_type), name, "{url}");
        }
        let long = of_url(&format!("http://a.example/{}.pdf", "گ".repeat(300)), "");
        assert!(long.len() <= 100 && long.ends_with("گ.pdf"), "{long}");
    }

    #[test]
    fn an_attachment_keeps_its_name_without_folders() {
        for (given, name) in [
            ("report.pdf", Some("report.pdf")),
            ("../../etc/passwd", Some("passwd")),
            ("C:\\Users\\somebody\\scan 1.png", Some("scan 1.png")),
            (" two\r\n lines\t.txt ", Some("two lines .txt")),
            ("..", None),
            ("a/", None),
            ("", None),
        ] {
            assert_eq!(of_attachment(given).as_deref(), name, "{given}");
        }
    }

    proptest! {
        #[test]
        fn any_address_gives_a_name_that_survives(url in "(https?://)?(\\PC|[/.%?]|con){0,150}", html in any::<bool>()) {
            let name = format!("1 {}", of_url(&url, if html { "text/html" } else { "" }));
            prop_assert_eq!(name_problems(name.as_bytes()), []);
        }
    }
}
