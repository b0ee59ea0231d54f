//! Columns in which a device tells of itself, such as those of `ProofMode`.

use super::{Clue, Clues};
use memchr::memmem;

/// Columns as `ProofMode` calls them, and what each could tell.
const COLUMNS: [(&str, Option<Clue>); 30] = [
    ("DeviceID", Some(Clue::UniqueNumber)),
    ("Wifi MAC", Some(Clue::NetworkAddress)),
    ("IPv4", Some(Clue::NetworkAddress)),
    ("IPv6", Some(Clue::NetworkAddress)),
    ("CellInfo", Some(Clue::Network)),
    ("Location.Latitude", Some(Clue::Position)),
    ("Location.Longitude", Some(Clue::Position)),
    ("Location.Accuracy", None),
    ("Location.Altitude", None),
    ("Location.Bearing", None),
    ("Location.Provider", None),
    ("Location.Speed", None),
    ("Location.Time", None),
    ("File Path", None),
    ("File Hash SHA256", None),
    ("File Created", None),
    ("File Modified", None),
    ("Proof Generated", None),
    ("Language", None),
    ("Locale", None),
    ("Network", None),
    ("NetworkType", None),
    ("DataType", None),
    ("Hardware", None),
    ("Manufacturer", None),
    ("ScreenSize", None),
    ("SafetyCheck", None),
    ("SafetyCheckBasicIntegrity", None),
    ("SafetyCheckCtsMatch", None),
    ("SafetyCheckTimestamp", None),
];

/// Known columns that must stand together: one alone may be anything.
const SEVERAL: usize = 3;

/// Octets of a table that are looked at.
const LOOK: usize = 256 << 10;
/// Rows and columns of a table that are looked at.
const ROWS: usize = 200;
const WIDTH: usize = 200;

const PLACE: &str = "values of a device";

/// Notes what the columns of a table tell.
pub(super) fn of_a_table(octets: &[u8], clues: &mut Clues) {
    let octets = octets.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(octets);
    let mut lines = octets[..octets.len().min(LOOK)].split(|octet| *octet == b'\n');
    let header = lines.next().unwrap_or_default();
    let Some(separator) = [b',', b';', b'\t']
        .into_iter()
        .max_by_key(|separator| memchr::memchr_iter(*separator, header).count())
    else {
        return;
    };
    let known: Vec<Option<&(&str, Option<Clue>)>> = fields(header, separator)
        .map(|field| COLUMNS.iter().find(|(name, _)| name.as_bytes().eq_ignore_ascii_case(field)))
        .collect();
    if known.iter().flatten().count() < SEVERAL {
        return;
    }
    for line in lines.take(ROWS) {
        for (column, value) in known.iter().zip(fields(line, separator)) {
            if let Some((_, Some(clue))) = column
                && says_something(value)
            {
                clues.note(*clue, PLACE);
            }
        }
    }
}

/// Notes what values by the same names in JSON tell.
pub(super) fn of_json(octets: &[u8], clues: &mut Clues) {
    let octets = &octets[..octets.len().min(LOOK)];
    let values = |name: &str| {
        let quoted = format!("\"{name}\"");
        memmem::find_iter(octets, &quoted)
            .filter_map(|at| octets[at + quoted.len()..].trim_ascii_start().strip_prefix(b":"))
            .take(ROWS)
            .map(value)
            .collect::<Vec<_>>()
    };
    let found: Vec<(Option<Clue>, Vec<&[u8]>)> =
        COLUMNS.iter().map(|(name, clue)| (*clue, values(name))).collect();
    if found.iter().filter(|(_, values)| !values.is_empty()).count() < SEVERAL {
        return;
    }
    for (clue, values) in found {
        if let Some(clue) = clue.filter(|_| values.iter().any(|value| says_something(value))) {
            clues.note(clue, PLACE);
        }
    }
}

/// Fields of a line, without quotes around them. A field with a line break inside is cut there.
fn fields(line: &[u8], separator: u8) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(line);
    std::iter::from_fn(move || {
        let line = rest?;
        let mut quoted = false;
        let end = line.iter().position(|octet| {
            quoted ^= *octet == b'"';
            *octet == separator && !quoted
        });
        rest = end.map(|end| &line[end + 1..]);
        let field = line[..end.unwrap_or(line.len())].trim_ascii();
        Some(field.strip_prefix(b"\"").and_then(|field| field.strip_suffix(b"\"")).unwrap_or(field))
    })
    .take(WIDTH)
}

/// The value of JSON that begins here, without its quotes.
fn value(octets: &[u8]) -> &[u8] {
    let octets = octets.trim_ascii_start();
    let (octets, closes): (&[u8], &[u8]) = match octets.strip_prefix(b"\"") {
        Some(octets) => (octets, b"\""),
        None => (octets, b",}] \t\r\n"),
    };
    let octets = &octets[..octets.len().min(100)];
    let end = octets.iter().position(|octet| closes.contains(octet)).unwrap_or(octets.len());
    &octets[..end]
}

/// Whether a cell holds more than a word for nothing.
fn says_something(value: &[u8]) -> bool {
    const NOTHING: [&[u8]; 8] =
        [b"null", b"none", b"unknown", b"n/a", b"-", b"false", b"02:00:00:00:00:00", b"nan"];
    let value = value.trim_ascii();
    let has_content = value.iter().any(|octet| octet.is_ascii_alphabetic() || (b'1'..=b'9').contains(octet));
    has_content && !NOTHING.iter().any(|nothing| value.eq_ignore_ascii_case(nothing))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(told: impl Fn(&mut Clues)) -> Vec<Clue> {
        let mut clues = Clues::default();
        told(&mut clues);
        clues.0.into_keys().collect()
    }

    #[test]
    fn a_table_of_proof_mode() {
        let table = "File Path,File Hash SHA256,DeviceID,Wifi MAC,IPv4,IPv6,Location.Latitude,CellInfo\n\
                     \"a, b.jpg\",00ff,4711abcd,,192.0.2.7,,0.0,\"[cell]\"\n";
        assert_eq!(
            of(|clues| of_a_table(table.as_bytes(), clues)),
            [Clue::UniqueNumber, Clue::NetworkAddress, Clue::Network]
        );
        let empty = table.lines().next().unwrap();
        assert_eq!(of(|clues| of_a_table(empty.as_bytes(), clues)), []);
        let semicolons = table.replace(',', ";").replace("a; b", "a, b");
        assert_eq!(of(|clues| of_a_table(semicolons.as_bytes(), clues)).len(), 3);
    }

    #[test]
    fn one_column_is_not_enough() {
        let table = "Name,Language,IPv4\nAnna,de,192.0.2.7\n";
        assert_eq!(of(|clues| of_a_table(table.as_bytes(), clues)), []);
        assert_eq!(of(|clues| of_a_table(b"", clues)), []);
        assert_eq!(of(|clues| of_json(br#"{"IPv4": "192.0.2.7", "Language": "de"}"#, clues)), []);
    }

    #[test]
    fn the_same_in_json() {
        let json = br#"{"File Hash SHA256":"00", "DeviceID" : "4711", "IPv6": null, "IPv4": "", "Location.Latitude": 35.6}"#;
        assert_eq!(of(|clues| of_json(json, clues)), [Clue::Position, Clue::UniqueNumber]);
    }
}
