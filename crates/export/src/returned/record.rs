//! What `events.csv` says of a sheet that was applied.

use super::rewrite::{Rewritten, cannot_write};
use crate::format::FORMAT_VERSION;
use crate::{Error, ErrorKind, Result};
use provenance::{Attribution, DigestText, Event, EventType, LedgerWriter, Outcome, Sha256Hex};
use std::fmt::Write as _;
use std::io::{self, Read, Write};

/// Where the ledger lies in a bundle.
const LEDGER: &str = "metadata/events.csv";

/// The sheet that came back.
#[derive(Clone, Debug)]
pub struct SheetFile {
    /// Its file name, escaped by [`provenance::name::escape`].
    pub name: String,
    /// Its SHA-256.
    pub sha256: Sha256Hex,
    /// How it is written, in words.
    pub dialect: String,
}

/// The bundle that a revision is made from.
pub(super) struct Before {
    /// The tag manifest that stands for it.
    pub(super) tag_manifest: String,
    /// SHA-256 of that.
    pub(super) sha256: Sha256Hex,
}

/// Octets of a value in an event: as many as the row has room for, and fewer only then.
const MOST_OCTETS: [usize; 5] = [usize::MAX, 4_000, 1_000, 300, 100];

/// Copies a ledger, and records behind it what was changed.
///
/// # Errors
/// If the ledger breaks its rules, or cannot be read or written.
pub(super) fn record(
    existing: impl Read,
    out: impl Write,
    sheet: &SheetFile,
    items: &[Rewritten<'_>],
    before: &Before,
    by: &Attribution,
) -> Result<()> {
    let failed = |error: provenance::Error| match error.kind() {
        provenance::ErrorKind::Io => {
            let cause = std::error::Error::source(&error).and_then(|cause| cause.downcast_ref::<io::Error>());
            let kind = cause.map_or(io::ErrorKind::Other, io::Error::kind);
            cannot_write(LEDGER, io::Error::new(kind, error))
        }
        _ => Error::new(ErrorKind::Read, error.to_string())
            .with_hint("`fonds verify` says what is wrong with this bundle"),
    };
    let mut ledger = LedgerWriter::resuming(existing, out).map_err(failed)?;
    let cells: usize = items.iter().map(|item| item.changes.len()).sum();
    let detail = format!("a sheet that came back, {}; not packed", sheet.dialect);
    let arrived = Event {
        event_type: EventType::MessageDigestCalculation,
        object_path: &sheet.name,
        digest_before: DigestText::new("sha256", sheet.sha256.as_str()),
        digest_after: None,
        outcome: Outcome::Success,
        detail: &detail,
    };
    ledger.record(&arrived, by).map_err(failed)?;
    for item in items {
        modified(&mut ledger, item, by).map_err(failed)?;
    }
    let detail = format!(
        "revision of the bundle whose {} has this digest: {cells} cells of {} items changed; fonds format \
         {FORMAT_VERSION}",
        before.tag_manifest,
        items.len()
    );
    let package = Event {
        event_type: EventType::InformationPackageCreation,
        object_path: "",
        digest_before: DigestText::new("sha256", before.sha256.as_str()),
        digest_after: None,
        outcome: Outcome::Success,
        detail: &detail,
    };
    ledger.record(&package, by).map_err(failed)?;
    ledger.finish().map_err(failed)?.flush().map_err(|error| cannot_write(LEDGER, error))
}

/// Records the changes of one item, with values as long as the row has room for.
fn modified<W: Write>(
    ledger: &mut LedgerWriter<W>,
    item: &Rewritten<'_>,
    by: &Attribution,
) -> std::result::Result<(), provenance::Error> {
    let mut outcome = Ok(());
    for most in MOST_OCTETS {
        let detail = told(item, most);
        let event = Event {
            event_type: EventType::MetadataModification,
            object_path: item.path,
            digest_before: DigestText::new("sha256", item.before.as_str()),
            digest_after: DigestText::new("sha256", item.after.as_str()),
            outcome: Outcome::Success,
            detail: &detail,
        };
        outcome = ledger.record(&event, by);
        let is_too_long = |error: &provenance::Error| error.kind() == provenance::ErrorKind::TooLong;
        if !outcome.as_ref().is_err_and(is_too_long) {
            break;
        }
    }
    outcome
}

/// `title: "Tide" → "Tides of Ellery"; notes: blank → "torn"`.
fn told(item: &Rewritten<'_>, most_octets: usize) -> String {
    let mut text = String::new();
    for change in item.changes {
        let gap = if text.is_empty() { "" } else { "; " };
        let [old, new] = [&change.old, &change.new].map(|value| quoted(value, most_octets));
        let _ = write!(text, "{gap}{}: {old} → {new}", change.column);
    }
    text
}

/// A value in quotes; of a long one the beginning, and what tells the whole.
fn quoted(value: &str, most_octets: usize) -> String {
    if value.is_empty() {
        return "blank".to_owned();
    }
    let mut text = String::from("\"");
    let mut end = value.len();
    for (at, character) in value.char_indices() {
        let before = text.len();
        match character {
            '"' => text.push_str("\\\""),
            '\\' => text.push_str("\\\\"),
            '\n' => text.push_str("\\n"),
            '\r' => text.push_str("\\r"),
            '\t' => text.push_str("\\t"),
            other => text.push(other),
        }
        if text.len() > most_octets {
            text.truncate(before);
            end = at;
            break;
        }
    }
    text.push('"');
    if end < value.len() {
        let digest = Sha256Hex::of(value.as_bytes());
        let _ = write!(text, "… ({} octets, sha256 {digest})", value.len());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::super::Change;
    use super::*;
    use chrono::DateTime;
    use provenance::check_ledger;

    #[test]
    fn a_value_has_one_reading() {
        assert_eq!(quoted("", 9), "blank");
        assert_eq!(quoted("blank", 9), "\"blank\"");
        assert_eq!(quoted("a\"b\\n\nc", 99), r#""a\"b\\n\nc""#);
        let digest = Sha256Hex::of("دریا و باران".as_bytes());
        assert_eq!(quoted("دریا و باران", 4), format!("\"د\"… (22 octets, sha256 {digest})"));
    }

    /// However long and odd the values are, their event has room.
    #[test]
    fn the_longest_changes_have_room() {
        let by = Attribution {
            agent: Some("\"".repeat(1000)),
            role: String::new(),
            software: "fonds test".to_owned(),
            at: DateTime::UNIX_EPOCH,
        };
        let sheet = SheetFile {
            name: "letters.csv".to_owned(),
            sha256: Sha256Hex::of(b""),
            dialect: "CSV".to_owned(),
        };
        let before = Before { tag_manifest: "tagmanifest-sha256.txt".to_owned(), sha256: Sha256Hex::of(b"") };
        let path = format!("data/{}", "\"".repeat(4091));
        for value in ["\n".repeat(10_000), "\"".repeat(10_000), "\u{7}".repeat(10_000), "x".repeat(1000)] {
            let columns = crate::sheet::COLUMNS[crate::sheet::MEASURED..].iter();
            let change = |column: &crate::sheet::Column| Change {
                item_id: String::new(),
                path: path.clone(),
                column: column.name,
                old: value.clone(),
                new: value.clone(),
                line: 2,
                is_withdrawn: false,
            };
            let changes: Vec<Change> = columns.map(change).collect();
            let (old, new) = (Sha256Hex::of(b"old"), Sha256Hex::of(b"new"));
            let item = Rewritten { path: &path, before: old, after: new, changes: &changes };
            let empty = LedgerWriter::new(Vec::new()).unwrap().finish().unwrap();
            let mut out = Vec::new();
            record(&empty[..], &mut out, &sheet, &[item], &before, &by).unwrap();
            let summary = check_ledger(&out[..], &mut |problem| panic!("{problem}")).unwrap();
            assert_eq!(summary.rows, 3);
        }
    }
}
