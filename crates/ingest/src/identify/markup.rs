//! HTML, XHTML, SVG and other XML.

use super::{Head, by_crate};
use provenance::Format;

const KML: &str = "application/vnd.google-earth.kml+xml";

/// What comes before the first element.
struct Prolog<'a> {
    /// The XML declaration, without `<?xml` and `?>`.
    declaration: Option<&'a str>,
    /// The document type, from its name on and without `>`.
    doctype: Option<&'a str>,
    /// From the first element on.
    rest: &'a str,
}

pub(super) fn identify(text: &str, head: Head) -> Option<Format> {
    if !text.trim_start().starts_with('<') {
        return None;
    }
    let prolog = prolog(text);
    let is_element = |name: &str| {
        let rest = prolog.rest.strip_prefix('<')?;
        let (found, after) = rest.split_at_checked(name.len())?;
        let ends = after.starts_with(|c: char| c.is_ascii_whitespace() || matches!(c, '>' | '/'));
        (found.eq_ignore_ascii_case(name) && ends).then_some(after)
    };
    if let Some(doctype) = prolog.doctype.filter(|doctype| starts_with_word(doctype, "html")) {
        return Some(html_by_doctype(&doctype["html".len()..]));
    }
    if let Some(attributes) = is_element("html") {
        let attributes = attributes.split('>').next().unwrap_or_default();
        if prolog.declaration.is_some() || attributes.contains("http://www.w3.org/1999/xhtml") {
            return Some(format("application/xhtml+xml", None, "text: element html of XHTML"));
        }
        return Some(format("text/html", Some("fmt/96"), "text: element html"));
    }
    if ["head", "body", "title"].iter().any(|name| is_element(name).is_some()) {
        return Some(format("text/html", None, "text: first element is of HTML"));
    }
    if let Some(attributes) = is_element("svg") {
        return Some(svg(attributes.split('>').next().unwrap_or_default(), prolog.declaration.is_some()));
    }
    if let Some(attributes) = is_element("kml") {
        let declared =
            prolog.declaration.is_some_and(is_version_1) && attributes.trim_start().starts_with("xmlns=");
        return Some(format(KML, declared.then_some("fmt/244"), "text: element kml"));
    }
    if let Some(attributes) = is_element("gpx") {
        return Some(gpx(attributes.split('>').next().unwrap_or_default(), prolog.declaration.is_some()));
    }
    prolog.declaration.map(|declaration| xml(declaration, head))
}

fn format(media_type: &'static str, puid: Option<&'static str>, basis: &'static str) -> Format {
    Format { media_type: Some(media_type), puid, basis }
}

/// Goes over space, comments, processing instructions, the XML declaration and the document type.
fn prolog(text: &str) -> Prolog<'_> {
    let mut prolog = Prolog { declaration: None, doctype: None, rest: text.trim_start() };
    loop {
        let rest = prolog.rest;
        let after = if let Some(comment) = rest.strip_prefix("<!--") {
            comment.split_once("-->").map(|(_, after)| after)
        } else if let Some(instruction) = rest.strip_prefix("<?") {
            instruction.split_once("?>").map(|(instruction, after)| {
                if starts_with_word(instruction, "xml") {
                    prolog.declaration = Some(&instruction["xml".len()..]);
                }
                after
            })
        } else if rest.get(..9).is_some_and(|mark| mark.eq_ignore_ascii_case("<!doctype")) {
            let doctype = rest[9..].trim_start();
            // A document type of XML may hold declarations in brackets.
            let end = match (doctype.find('['), doctype.find('>')) {
                (Some(bracket), Some(end)) if bracket < end => doctype.find("]>").map(|end| end + 1),
                (_, end) => end,
            };
            end.map(|end| {
                prolog.doctype = Some(&doctype[..end]);
                &doctype[end + 1..]
            })
        } else {
            None
        };
        match after {
            Some(after) => prolog.rest = after.trim_start(),
            None => return prolog,
        }
    }
}

fn starts_with_word(text: &str, word: &str) -> bool {
    text.split_at_checked(word.len()).is_some_and(|(start, after)| {
        start.eq_ignore_ascii_case(word)
            && !after.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '-')
    })
}

/// HTML and XHTML: `rest` is what the document type says after `html`.
fn html_by_doctype(rest: &str) -> Format {
    const PUBLIC: [(&str, &str, &str); 6] = [
        ("//DTD XHTML 1.0", "application/xhtml+xml", "fmt/102"),
        ("//DTD XHTML 1.1", "application/xhtml+xml", "fmt/103"),
        ("//DTD HTML 4.01", "text/html", "fmt/100"),
        ("//DTD HTML 4.0", "text/html", "fmt/99"),
        ("//DTD HTML 3.2", "text/html", "fmt/98"),
        ("//DTD HTML 2.0", "text/html", "fmt/97"),
    ];
    let basis = "text: document type of HTML, version read";
    let upper = rest.to_ascii_uppercase();
    if upper.trim().is_empty() || upper.contains("ABOUT:LEGACY-COMPAT") {
        return format("text/html", Some("fmt/471"), basis);
    }
    match PUBLIC.iter().find(|(public, ..)| upper.contains(public)) {
        Some((_, media_type, puid)) => format(media_type, Some(puid), basis),
        None => format("text/html", Some("fmt/96"), "text: document type of HTML"),
    }
}

/// SVG: by its version, where it says one; PRONOM knows it only behind an XML declaration.
fn svg(attributes: &str, declared: bool) -> Format {
    let says = |version: &str| {
        attributes.contains(&format!("version=\"{version}\""))
            || attributes.contains(&format!("version='{version}'"))
    };
    let puid = match () {
        () if !declared => None,
        () if says("1.0") => Some("fmt/91"),
        () if says("1.1") => Some("fmt/92"),
        () => None,
    };
    let basis = if puid.is_some() { "text: element svg, version read" } else { "text: element svg" };
    format("image/svg+xml", puid, basis)
}

/// GPX: by the namespace of its version.
fn gpx(attributes: &str, declared: bool) -> Format {
    let puid = match () {
        () if !declared => None,
        () if attributes.contains("http://www.topografix.com/GPX/1/0") => Some("fmt/243"),
        () if attributes.contains("http://www.topografix.com/GPX/1/1") => Some("fmt/1134"),
        () => None,
    };
    let basis = if puid.is_some() { "text: element gpx, version read" } else { "text: element gpx" };
    format("application/gpx+xml", puid, basis)
}

/// Any other XML; the crate knows the first elements of many formats.
fn xml(declaration: &str, head: Head) -> Format {
    let known = by_crate(head).and_then(|format| format.media_type);
    if let Some(media_type) =
        known.filter(|known| !matches!(*known, "text/xml" | "application/xml" | "text/plain"))
    {
        return format(media_type, None, "text: first element of XML");
    }
    format("application/xml", is_version_1(declaration).then_some("fmt/101"), "text: XML declaration")
}

fn is_version_1(declaration: &str) -> bool {
    declaration.contains("version=\"1.0\"") || declaration.contains("version='1.0'")
}
