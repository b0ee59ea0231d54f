//! Formats that are written as text and begin with a line of their own.

use provenance::Format;

/// First line, media type, basis.
const FIRST_LINES: &[(&str, &str, &str)] = &[
    ("-----BEGIN PGP MESSAGE-----", "application/pgp-encrypted", "text: armour of an OpenPGP message"),
    ("-----BEGIN PGP SIGNATURE-----", "application/pgp-signature", "text: armour of an OpenPGP signature"),
    ("-----BEGIN PGP PUBLIC KEY BLOCK-----", "application/pgp-keys", "text: armour of an OpenPGP key"),
    (
        "-----BEGIN PGP PRIVATE KEY BLOCK-----",
        "application/pgp-keys",
        "text: armour of an OpenPGP private key",
    ),
    ("-----BEGIN PGP SIGNED MESSAGE-----", "text/plain", "text: with an OpenPGP signature below it"),
    ("-----BEGIN PKCS7-----", "application/pkcs7-mime", "text: armour of a CMS message"),
    ("-----BEGIN CMS-----", "application/cms", "text: armour of a CMS message"),
    ("-----BEGIN CERTIFICATE-----", "application/pem-certificate-chain", "text: armour of a certificate"),
];

/// Octets in which a format must show itself.
const LOOK: usize = 2 << 10;

pub(super) fn identify(text: &str) -> Option<Format> {
    let start = &text[..text.floor_char_boundary(LOOK)];
    let line = start.split('\n').next()?.trim_end();
    if let Some((_, media_type, basis)) = FIRST_LINES.iter().find(|known| line == known.0) {
        return Some(Format { media_type: Some(media_type), puid: None, basis });
    }
    if line.starts_with("%!PS") {
        return Some(Format {
            media_type: Some("application/postscript"),
            puid: None,
            basis: "text: first line of PostScript",
        });
    }
    card(text, line).or_else(|| web_subtitles(start, line)).or_else(|| subtitles(start))
}

/// vCard and iCalendar: by their first lines, and by their versions.
fn card(text: &str, line: &str) -> Option<Format> {
    let is_card = line.eq_ignore_ascii_case("BEGIN:VCARD");
    if !is_card && !line.eq_ignore_ascii_case("BEGIN:VCALENDAR") {
        return None;
    }
    let version = text.lines().take(50).find_map(|line| Some(line.strip_prefix("VERSION:")?.trim()));
    // PRONOM asks for upper case, for the end, and of a card for CRLF before its version at once.
    let ended = |end: &str| text.trim_end().ends_with(end);
    let early = text.starts_with("BEGIN:VCARD\r\nVERSION:") && ended("END:VCARD");
    let (media_type, puid, basis) = match (is_card, version) {
        (true, Some("2.1")) if early => {
            ("text/vcard", Some("fmt/1879"), "text: first line of a vCard, version read")
        }
        (true, Some("3.0")) if early => {
            ("text/vcard", Some("fmt/1880"), "text: first line of a vCard, version read")
        }
        (true, Some("4.0")) if early => {
            ("text/vcard", Some("fmt/1881"), "text: first line of a vCard, version read")
        }
        (true, _) => ("text/vcard", None, "text: first line of a vCard"),
        (false, Some("1.0")) => {
            ("text/x-vcalendar", Some("fmt/387"), "text: first line of a calendar, version read")
        }
        (false, Some("2.0")) => {
            ("text/calendar", Some("fmt/388"), "text: first line of a calendar, version read")
        }
        (false, _) => ("text/calendar", None, "text: first line of a calendar"),
    };
    let puid = puid.filter(|_| is_card || line == "BEGIN:VCALENDAR" && ended("END:VCALENDAR"));
    Some(Format { media_type: Some(media_type), puid, basis })
}

/// `WebVTT`: by its first line; a title may follow in it.
fn web_subtitles(text: &str, line: &str) -> Option<Format> {
    let after = line.strip_prefix("WEBVTT")?;
    if !after.is_empty() && !after.starts_with([' ', '\t']) {
        return None;
    }
    // PRONOM asks for a cue with hours in its times.
    let cue = text
        .lines()
        .take(50)
        .any(|line| line.split_once(" --> ").is_some_and(|(from, _)| is_time(from.trim(), '.')));
    Some(Format {
        media_type: Some("text/vtt"),
        puid: cue.then_some("fmt/1454"),
        basis: "text: first line of WebVTT",
    })
}

/// Whether this is a time of a cue, with its hours, and thousandths after `point`.
fn is_time(time: &str, point: char) -> bool {
    let digits = |part: &str, count| part.len() == count && part.bytes().all(|octet| octet.is_ascii_digit());
    let mut parts = time.split(':');
    let (Some(hours), Some(minutes), Some(rest), None) =
        (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let seconds = rest.split_once(point);
    digits(hours, 2)
        && digits(minutes, 2)
        && seconds.is_some_and(|(whole, parts)| digits(whole, 2) && digits(parts, 3))
}

/// `SubRip`: the first cue has its number, its times, and words.
fn subtitles(text: &str) -> Option<Format> {
    let mut lines = text.trim_start().lines();
    let number = lines.next()?.trim();
    let (from, to) = lines.next()?.trim().split_once(" --> ")?;
    let is_time = |time: &str| is_time(time, ',') || is_time(time, '.');
    let is_number = (1..=6).contains(&number.len()) && number.bytes().all(|octet| octet.is_ascii_digit());
    (is_number && is_time(from) && is_time(to.split(' ').next().unwrap_or_default())).then_some(Format {
        media_type: Some("application/x-subrip"),
        puid: Some("fmt/1218"),
        basis: "text: number and times of a subtitle",
    })
}
