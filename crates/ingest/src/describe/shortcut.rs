//! Documents that are an address and nothing else: Internet shortcuts of Windows (`.url`), macOS
//! (`.webloc`) and the free desktops (`.desktop`), and texts of one address alone.
//!
//! Whoever captures a page by hand leaves one of them beside it.

mod plist;

use super::charset;
use super::evidence::{Claim, Evidence};
use super::has_extension;
use fluent_uri::Iri;
use provenance::description::{Look, RemarkKind};

/// Octets of the longest one: a shortcut of Windows may hold an icon's place and a history, too.
const LONGEST: usize = 64 << 10;

/// The one signal: everything in the document.
const SIGNAL: &str = "shortcut";

/// What a document says that is an address and nothing else; `None` if it is anything else.
pub(super) fn evidence(look: &Look<'_>) -> Option<Evidence> {
    let is = |extension| has_extension(look.name, extension);
    if !(is("url") || is("desktop") || is("webloc") || is("txt")) {
        return None;
    }
    let octets = look.all(LONGEST)?;
    let found = match () {
        () if octets.starts_with(b"bplist00") => plist::address(&octets),
        () if is("webloc") => plist::address_in_xml(&charset::decode(&octets).text),
        () => {
            let text = charset::decode(&octets).text;
            let text = text.trim_start_matches('\u{FEFF}');
            let in_section = if is("url") {
                value(text, "InternetShortcut", "URL")
            } else if is("desktop") {
                value(text, "Desktop Entry", "URL")
            } else {
                None
            };
            in_section.or_else(|| alone(text)).map(str::to_owned)
        }
    }?;
    let mut evidence = Evidence::default();
    let address = Iri::parse(found.trim()).ok()?;
    let is_of_web =
        ["http", "https"].iter().any(|scheme| address.scheme().as_str().eq_ignore_ascii_case(scheme));
    let authority = address.authority().filter(|authority| is_of_web && !authority.host().is_empty())?;
    if authority.has_userinfo() {
        // It would open the page to every reader of the sheet.
        evidence.remark(RemarkKind::Sensitive, "user name in its address");
        return Some(evidence);
    }
    evidence.addresses.extend(Claim::of(SIGNAL, Some(address.as_str().to_owned())));
    Some(evidence)
}

/// The value of a key in a section, as in files of settings: `[Section]`, `Key=Value`.
fn value<'a>(text: &'a str, section: &str, key: &str) -> Option<&'a str> {
    let mut is_in_it = false;
    for line in text.lines().map(str::trim) {
        if let Some(name) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            is_in_it = name.eq_ignore_ascii_case(section);
        } else if is_in_it
            && let Some((found, value)) = line.split_once('=')
            && found.trim_end().eq_ignore_ascii_case(key)
        {
            return Some(value.trim());
        }
    }
    None
}

/// A text of one word.
fn alone(text: &str) -> Option<&str> {
    let mut words = text.split_whitespace();
    words.next().filter(|_| words.next().is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use provenance::Format;

    /// The address; blank where the document is something else.
    fn address(name: &str, octets: &[u8]) -> String {
        let evidence = evidence(&Look::whole(name, &Format::UNKNOWN, octets)).unwrap_or_default();
        evidence.addresses.first().map(|claim| claim.value.clone()).unwrap_or_default()
    }

    const URL: &str = "https://ellery-post.example/2023/07/05/bells?a=1&b=2";

    const XML: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict>
    <key>Other</key><string>https://other.example/</string>
    <key>URL</key>
    <string>https://ellery-post.example/2023/07/05/bells?a=1&amp;b=2</string>
</dict></plist>"#;

    #[test]
    fn shortcuts_of_each_system_hold_an_address() {
        let windows = format!(
            "\u{FEFF}[{{000214A0}}]\r\nURL=https://no.example/\r\n[InternetShortcut]\r\nIDList=\r\nurl={URL}\r\n"
        );
        let linux = format!("[Desktop Entry]\nType=Link\nName=Bells\nURL={URL}\n");
        assert_eq!(address("Bells.URL", windows.as_bytes()), URL);
        assert_eq!(address("bells.desktop", linux.as_bytes()), URL);
        assert_eq!(address("bells.webloc", XML.as_bytes()), URL);
        assert_eq!(address("bells.webloc", &plist::tests::binary(URL)), URL);
        assert_eq!(address("url.txt", format!("\n  {URL}\r\n").as_bytes()), URL);
        assert_eq!(address("url.txt", "https://fa.example/ناقوس".as_bytes()), "https://fa.example/ناقوس");
    }

    #[test]
    fn what_is_more_than_an_address_is_none() {
        for (name, text) in [
            ("note.txt", "see https://ellery-post.example/"),
            ("note.txt", "bells"),
            ("note.txt", "mailto:ada@ellery.example"),
            ("note.txt", "file:///home/ada/bells.html"),
            ("note.txt", "javascript:alert(1)"),
            ("note.txt", "https:///bells"),
            ("note.txt", "https://ellery-post.example/<b>"),
            ("note.txt", ""),
            ("note.md", "https://ellery-post.example/"),
            ("program.desktop", "[Desktop Entry]\nType=Application\nExec=bells\n"),
            ("a.url", "[Other]\nURL=https://ellery-post.example/\n"),
            ("a.webloc", "<plist><dict><key>Title</key><string>https://a.example/</string></dict></plist>"),
        ] {
            assert_eq!(address(name, text.as_bytes()), "", "{name}: {text}");
        }
        let long = format!("{}{URL}", " ".repeat(LONGEST));
        assert_eq!(address("url.txt", long.as_bytes()), "");
    }

    #[test]
    fn a_password_is_not_told() {
        let octets = b"https://ada:secret@ellery-post.example/";
        let evidence = evidence(&Look::whole("url.txt", &Format::UNKNOWN, octets)).unwrap();
        assert!(evidence.addresses.is_empty() && evidence.remarks[0].kind == RemarkKind::Sensitive);
        assert!(!format!("{:?}", evidence.remarks).contains("ada"));
    }

    proptest! {
        #[test]
        fn any_octets_are_survived(octets in prop::collection::vec(any::<u8>(), 0..200), cut in 0..400_usize) {
            let mut binary = plist::tests::binary(URL);
            binary.truncate(cut);
            for name in ["a.url", "a.webloc", "a.desktop", "a.txt"] {
                address(name, &octets);
                address(name, &binary);
                address(name, &[b"bplist00", octets.as_slice()].concat());
                address(name, &XML.as_bytes()[..cut.min(XML.len())]);
            }
        }
    }
}
