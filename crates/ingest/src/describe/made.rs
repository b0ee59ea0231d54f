//! What a picture, a film or a recording says of how it was made, whatever its format calls it.

mod packet;

use super::afar::Trouble;
use super::evidence::{Claim, Evidence};
use super::prose;
use super::sensitive::{Clue, Clues};
use crate::dates::{Hints, Signal, Trust, read_date};
use provenance::description::RemarkKind;

/// Octets of the longest value that is taken.
pub(super) const VALUE: usize = 4_000;

/// Claims of one sort that are kept.
const MOST: usize = 8;

/// What cameras and scanners write where a title or a description belongs.
const JUNK: [&str; 24] = [
    "olympus digital camera",
    "sony dsc",
    "digital camera",
    "exif jpeg",
    "exif_jpeg",
    "jpeg",
    "dcim",
    "kodak digital still camera",
    "konica minolta digital camera",
    "minolta digital camera",
    "samsung camera pictures",
    "samsung",
    "dsc",
    "default",
    "untitled",
    "unknown",
    "image description",
    "description",
    "title",
    "screenshot",
    "core media video",
    "binary comment",
    "user comments",
    "camera",
];

/// What is said of the making, and what of it could identify a source.
#[derive(Default)]
pub(super) struct Made {
    pub(super) evidence: Evidence,
    pub(super) clues: Clues,
    make: Option<String>,
    model: Option<String>,
    /// Length in milliseconds.
    pub(super) length: Option<u64>,
    /// Width and height of a film.
    pub(super) frame: Option<(u32, u32)>,
    /// Packets of XMP that were read.
    packets: usize,
    /// What kept the rest from being read.
    trouble: Option<Trouble>,
}

/// What a value is, whatever a format calls it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Key {
    Title,
    Creator,
    Publisher,
    Summary,
    /// The moment of making, as a device writes it by itself.
    Moment,
    /// A day that a person or a program wrote.
    Day,
    Make,
    Model,
    /// Of the clues only that there is one is kept.
    Clue(Clue),
}

impl Made {
    /// Takes a value that stands in `place`, such as `EXIF`.
    pub(super) fn hear(&mut self, key: Key, place: &'static str, value: &str) {
        let Some(value) = prose::tidy(prose::beginning(value, VALUE)) else { return };
        let evidence = &mut self.evidence;
        match key {
            Key::Title => claim(&mut evidence.titles, place, value),
            Key::Publisher => claim(&mut evidence.publishers, place, value),
            Key::Summary => claim(&mut evidence.summaries, place, value),
            Key::Creator => self.creators(place, vec![value]),
            Key::Moment => self.dated(place, Trust::Strong, &value, &value),
            Key::Day => self.dated(place, Trust::Fair, &value, &value),
            Key::Make => self.make = self.make.take().or(Some(value)),
            Key::Model => self.model = self.model.take().or(Some(value)),
            Key::Clue(clue) => self.clues.note(clue, place),
        }
    }

    /// Takes the names of those who made it.
    pub(super) fn creators(&mut self, place: &'static str, names: Vec<String>) {
        let names: Vec<String> = names.into_iter().filter(|name| !is_junk(name)).take(MOST).collect();
        if !names.is_empty() && self.evidence.creators.len() < MOST {
            self.clues.note(Clue::Creator, place);
            self.evidence.creators.push(Claim { signal: place, value: names });
        }
    }

    /// Takes a date that reads `iso`.
    pub(super) fn dated(&mut self, name: &'static str, trust: Trust, as_written: &str, iso: &str) {
        let Some(mut reading) = read_date(iso, &Hints::default()) else { return };
        as_written.clone_into(&mut reading.as_written);
        // A clock that nobody set.
        let trust = if is_unset(iso) { Trust::Weak } else { trust };
        let dates = &mut self.evidence.dates;
        if dates.len() < MOST {
            dates.push(Signal { name, trust, reading });
            dates.sort_by_key(|signal| std::cmp::Reverse(signal.trust));
        }
    }

    /// Takes the day of the last change, where it is not the day of making.
    pub(super) fn changed(&mut self, name: &'static str, iso: &str) {
        let Some(reading) = read_date(iso, &Hints::default()).filter(|_| !is_unset(iso)) else { return };
        let is_known = self.evidence.dates.iter().any(|date| date.reading.edtf == reading.edtf);
        if !is_known && self.evidence.changes.is_empty() && !self.evidence.dates.is_empty() {
            self.evidence.changes.push(Signal { name, trust: Trust::Weak, reading });
        }
    }

    /// All of it, with what kept the rest from being read.
    pub(super) fn told(mut self, trouble: Option<Trouble>) -> (Evidence, Clues) {
        let details = [
            self.length.filter(|length| *length > 0).map(duration),
            self.frame.map(|(width, height)| format!("{width} × {height}")),
            camera(self.make.as_deref(), self.model.as_deref()),
        ];
        self.evidence.format_detail = details.into_iter().flatten().collect::<Vec<_>>().join(", ");
        self.evidence.is_unpublished = true;
        self.evidence.is_moment = true;
        if let Some(trouble) = trouble.or(self.trouble) {
            self.evidence.remark(RemarkKind::GivenUp, trouble.words());
        }
        (self.evidence, self.clues)
    }
}

fn claim(claims: &mut Vec<Claim>, signal: &'static str, value: String) {
    if !is_junk(&value) && claims.len() < MOST {
        claims.push(Claim { signal, value });
    }
}

fn is_junk(value: &str) -> bool {
    let lower = value.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    lower.is_empty() || JUNK.contains(&lower.as_str())
}

/// Whether it is the moment at which clocks begin.
fn is_unset(iso: &str) -> bool {
    const BEGINNINGS: [&str; 3] = ["1904-01-01", "1970-01-01", "1980-01-01"];
    // Cameras that lost their battery begin with a year, and take a few pictures before midday.
    let is_new_year = iso.get(4..10) == Some("-01-01") && iso.get(11..14) == Some("00:");
    BEGINNINGS.iter().any(|day| iso.starts_with(day)) || is_new_year
}

/// `camera: Example E-100`; makers often begin the model with their name.
fn camera(make: Option<&str>, model: Option<&str>) -> Option<String> {
    const LONGEST: usize = 80;
    let (make, model) = (make.unwrap_or_default(), model.unwrap_or_default());
    let first = make.split_whitespace().next().unwrap_or_default().to_lowercase();
    let name = if !first.is_empty() && model.to_lowercase().starts_with(&first) {
        model.to_owned()
    } else {
        format!("{make} {model}")
    };
    let name = name.trim().replace([',', ';', '|'], " ");
    (!name.is_empty()).then(|| format!("camera: {}", prose::shortened(&name, LONGEST)))
}

/// `1 h 3 min 12 s`, of so many milliseconds.
fn duration(length: u64) -> String {
    let seconds = length.saturating_add(500) / 1_000;
    let parts = [(seconds / 3_600, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let words: Vec<String> =
        parts.iter().filter(|(count, _)| *count > 0).map(|(count, unit)| format!("{count} {unit}")).collect();
    if words.is_empty() { "less than 1 s".to_owned() } else { words.join(" ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cameras_are_called_once() {
        assert_eq!(camera(Some("EXAMPLE"), Some("Example E-100")).as_deref(), Some("camera: Example E-100"));
        assert_eq!(
            camera(Some("Example Corp."), Some("E-100")).as_deref(),
            Some("camera: Example Corp. E-100")
        );
        assert_eq!(camera(None, Some("E, 100")).as_deref(), Some("camera: E  100"));
        assert_eq!(camera(None, None), None);
    }

    #[test]
    fn lengths_are_read_by_people() {
        assert_eq!(duration(192_000), "3 min 12 s");
        assert_eq!(duration(3_600_000), "1 h");
        assert_eq!(duration(200), "less than 1 s");
    }

    #[test]
    fn clocks_that_nobody_set_date_nothing() {
        for iso in
            ["1970-01-01T08:00:00", "2000-01-01T00:00:07", "1904-01-01T00:00:00Z", "2013-01-01T00:01:00"]
        {
            assert!(is_unset(iso), "{iso}");
        }
        assert!(
            !is_unset("2000-01-01T14:00:00") && !is_unset("2023-07-05T00:03:00") && !is_unset("2013-01-01")
        );
    }
}
