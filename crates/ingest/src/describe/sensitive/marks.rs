//! Marks in texts behind which a position, an address or a name stands: those of maps and tracks,
//! of calendars and address books, of pages and drawings.

use super::{Clue, Clues, Text, folders};
use crate::eight;
use memchr::memmem::{self, Finder};
use std::sync::LazyLock;

/// Marks of one sort that are looked at.
const MOST: usize = 10_000;
/// Octets of an element or of a value that are looked at.
const VALUE: usize = 1_000;
/// Octets of a line of a calendar or an address book, unfolded.
const LINE: usize = 4 << 10;
/// Octets and lines in which a text may look like mail.
const HEADER: usize = 16 << 10;
const HEADER_LINES: usize = 64;

const COORDINATES: &str = "coordinates that it holds";

/// Notes what the marks of its format tell.
pub(super) fn of_text(octets: &[u8], media_type: Option<&str>, kind: Text, clues: &mut Clues) {
    match (media_type, kind) {
        (media_type, Text::Page) if !is_html(media_type) => of_a_map(octets, clues),
        (_, Text::Data) => of_json(octets, clues),
        (Some("text/calendar" | "text/x-vcalendar"), _) => of_properties(octets, "a calendar", clues),
        (Some("text/vcard"), _) => of_properties(octets, "an address book", clues),
        (Some("text/plain"), _) => of_mail_like_lines(octets, clues),
        _ => {}
    }
}

/// Whether a media type is one of HTML.
pub(super) fn is_html(media_type: Option<&str>) -> bool {
    matches!(media_type, Some("text/html" | "application/xhtml+xml"))
}

/// XML of maps and tracks: GPX 1.1 (`wptType`), KML 2.2 (16.9), `GeoRSS`, Training Center XML.
fn of_a_map(octets: &[u8], clues: &mut Clues) {
    let opens = |at: usize| at.checked_sub(1).is_some_and(|at| matches!(octets[at], b'<' | b':'));
    let points = ["trkpt", "rtept", "wpt"].into_iter().any(|name| {
        memmem::find_iter(octets, name).take(MOST).filter(|at| opens(*at)).any(|at| {
            let element = until(&octets[at + name.len()..], b">");
            let latitude = memmem::find(element, b"lat=").map(|at| &element[at + 4..]);
            latitude.and_then(|value| value.get(1..)).is_some_and(begins_a_number)
        })
    });
    let values = ["coordinates>", "coord>", "georss:point>", "geo:lat>", "LatitudeDegrees>"];
    let is_map = points
        || values.into_iter().any(|name| {
            let found = memmem::find_iter(octets, name).take(MOST).filter(|at| opens(*at));
            found.map(|at| &octets[at + name.len()..]).any(begins_a_number)
        });
    if is_map {
        clues.note(Clue::Position, COORDINATES);
    }
}

/// JSON of maps: `GeoJSON` (RFC 7946, 3.1), and whatever has a latitude and a longitude.
fn of_json(octets: &[u8], clues: &mut Clues) {
    const TYPES: [&str; 5] = ["\"Feature", "\"Point\"", "\"LineString\"", "\"Polygon\"", "\"Multi"];
    const PAIRS: [(&str, &[&str]); 3] = [
        ("\"latitude\"", &["\"longitude\""]),
        ("\"latitudeE7\"", &["\"longitudeE7\""]),
        ("\"lat\"", &["\"lon\"", "\"lng\"", "\"long\""]),
    ];
    let has = |name: &str| memmem::find(octets, name.as_bytes()).is_some();
    let value_is_number = |name: &str, opens: &[u8]| {
        memmem::find_iter(octets, name).take(MOST).any(|at| {
            let value = octets[at + name.len()..].trim_ascii_start().strip_prefix(b":");
            value.is_some_and(|value| begins_a_number(after(value, opens)))
        })
    };
    let is_map = TYPES.into_iter().any(has) && value_is_number("\"coordinates\"", b"[");
    let is_place = || {
        let pairs = PAIRS.into_iter().filter(|(_, others)| others.iter().any(|other| has(other)));
        pairs.map(|(latitude, _)| latitude).any(|latitude| value_is_number(latitude, b"\""))
    };
    if is_map || is_place() {
        clues.note(Clue::Position, COORDINATES);
    }
}

/// Whether this is the inside of a `meta` element.
pub(super) fn is_meta(inside: &[u8]) -> bool {
    inside.first_chunk().is_some_and(|name: &[u8; 4]| name.eq_ignore_ascii_case(b"meta"))
}

/// Whether the inside of a `meta` element of HTML says where.
pub(super) fn tells_a_place(inside: &[u8]) -> bool {
    let element = until(inside, b">");
    let name = b"content=";
    let is_content = |to: usize| {
        element[..to].last_chunk().is_some_and(|found: &[u8; 8]| found.eq_ignore_ascii_case(name))
    };
    let mut to = 0;
    let content = loop {
        // The next is near.
        let Some(more) = eight::find(b'=', &element[to..]) else { break None };
        to += more + 1;
        if is_content(to) {
            break Some(&element[to..]);
        }
    };
    content.is_some_and(|value| begins_a_number(after(value, b"\"'"))) && {
        let mut small = [0; VALUE];
        let small = &mut small[..element.len()];
        small.copy_from_slice(element);
        small.make_ascii_lowercase();
        PLACES.iter().any(|name| name.find(small).is_some())
    }
}

/// Names of `meta` elements that say where.
static PLACES: LazyLock<[Finder<'static>; 4]> =
    LazyLock::new(|| ["geo.position", "icbm", "og:latitude", "place:location:latitude"].map(Finder::new));

/// Attributes by which drawing programs remember where a drawing or a picture in it lay.
pub(super) const DRAWINGS: [&str; 3] = ["export-filename=", "absref=", "docbase="];

/// Whether the value of such an attribute is the folder of a user.
pub(super) fn lay_in_a_users_folder(value: &[u8]) -> bool {
    let value = value.get(1..).map(|value| until(value, b"\"'<>"));
    // It may be the folder itself: then nothing else stands behind it.
    let value = value.map(|value| format!("{}/-", String::from_utf8_lossy(value)));
    value.is_some_and(|value| folders::is_named_after_a_user(&value))
}

/// Lines of iCalendar (RFC 5545, 3.1) and vCard (RFC 6350, 3.2), which may be folded.
fn of_properties(octets: &[u8], place: &'static str, clues: &mut Clues) {
    let mut whole: Vec<u8> = Vec::new();
    for line in octets.split(|octet| *octet == b'\n') {
        let line = line.strip_suffix(b"\r").unwrap_or(line);
        let Some(more) = line.strip_prefix(b" ").or_else(|| line.strip_prefix(b"\t")) else {
            of_a_property(&whole, place, clues);
            whole.clear();
            whole.extend_from_slice(&line[..line.len().min(LINE)]);
            continue;
        };
        let room = LINE.saturating_sub(whole.len());
        whole.extend_from_slice(&more[..more.len().min(room)]);
    }
    of_a_property(&whole, place, clues);
}

fn of_a_property(line: &[u8], place: &'static str, clues: &mut Clues) {
    let mut quoted = false;
    let Some(colon) = line.iter().position(|octet| {
        quoted ^= *octet == b'"';
        *octet == b':' && !quoted
    }) else {
        return;
    };
    let (before, value) = (&line[..colon], &line[colon + 1..]);
    let (name, parameters) = before.split_at(before.iter().position(|o| *o == b';').unwrap_or(colon));
    // `item1.EMAIL` is one of a group.
    let name = name.rsplit(|octet| *octet == b'.').next().unwrap_or_default().to_ascii_uppercase();
    let parameters = parameters.to_ascii_uppercase();
    let is_filled = value.iter().any(|octet| octet.is_ascii_alphanumeric() || !octet.is_ascii());
    let has_number = || value.iter().any(|octet| matches!(octet, b'1'..=b'9'));
    let found = match &name[..] {
        b"GEO" | b"X-APPLE-STRUCTURED-LOCATION" if has_number() => Some(Clue::Position),
        b"TEL" if has_number() => Some(Clue::Telephone),
        b"ADR" | b"LABEL" if is_filled => Some(Clue::Address),
        b"FN" | b"N" | b"NICKNAME" if is_filled => Some(Clue::Name),
        b"EMAIL" | b"ORGANIZER" | b"ATTENDEE" if has_address(value) => Some(Clue::MailAddress),
        _ => None,
    };
    if let Some(clue) = found {
        clues.note(clue, place);
    }
    if matches!(&name[..], b"ORGANIZER" | b"ATTENDEE") && memmem::find(&parameters, b";CN=").is_some() {
        clues.note(Clue::Name, place);
    }
}

/// Mail that was saved as text, without what makes it mail for a program.
fn of_mail_like_lines(octets: &[u8], clues: &mut Clues) {
    const NAMES: [&[u8]; 6] = [b"from", b"to", b"cc", b"bcc", b"reply-to", b"sender"];
    let octets = octets.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(octets).trim_ascii_start();
    let lines = octets[..octets.len().min(HEADER)].split(|octet| *octet == b'\n');
    let header = lines.map(<[u8]>::trim_ascii).take(HEADER_LINES).take_while(|line| !line.is_empty());
    let tells = |line: &[u8]| {
        let colon = memchr::memchr(b':', line);
        colon.map(|at| line.split_at(at)).is_some_and(|(name, value)| {
            NAMES.into_iter().any(|known| known.eq_ignore_ascii_case(name)) && has_address(value)
        })
    };
    if header.into_iter().any(tells) {
        clues.note(Clue::MailAddress, "lines like the header of mail");
    }
}

/// Whether an address of mail stands in a value.
fn has_address(value: &[u8]) -> bool {
    let is_word = |octet: Option<&u8>| octet.is_some_and(|o| o.is_ascii_alphanumeric() || !o.is_ascii());
    memchr::memchr_iter(b'@', value).any(|at| {
        let before = value[..at].last();
        (is_word(before) || before.is_some_and(|octet| b"._+-\"".contains(octet)))
            && is_word(value.get(at + 1))
    })
}

/// Whether one number or several begin here of which not all are nought.
fn begins_a_number(octets: &[u8]) -> bool {
    let octets = octets.trim_ascii_start();
    let numbers = &octets[..octets.len().min(100)];
    let is_part =
        |octet: &u8| octet.is_ascii_digit() || octet.is_ascii_whitespace() || b"+-.,;".contains(octet);
    let end = numbers.iter().position(|octet| !is_part(octet)).unwrap_or(numbers.len());
    numbers[..end].iter().any(|octet| matches!(octet, b'1'..=b'9'))
}

/// What comes before any of some octets, and at most [`VALUE`] of it.
fn until<'a>(octets: &'a [u8], ends: &[u8]) -> &'a [u8] {
    let octets = &octets[..octets.len().min(VALUE)];
    let end = match ends {
        [end] => memchr::memchr(*end, octets),
        ends => octets.iter().position(|octet| ends.contains(octet)),
    };
    &octets[..end.unwrap_or(octets.len())]
}

/// What comes after white space and any of some octets.
fn after<'a>(octets: &'a [u8], opens: &[u8]) -> &'a [u8] {
    let octets = &octets[..octets.len().min(VALUE)];
    let is_lead = |octet: &u8| octet.is_ascii_whitespace() || opens.contains(octet);
    &octets[octets.iter().take_while(|octet| is_lead(octet)).count()..]
}
