//! What in a document could identify a source: said in words, never by the value itself.

mod columns;
mod finder;
mod folders;
mod marks;
mod pages;

use super::charset;
use super::evidence::Evidence;
use provenance::description::{Look, Remark, RemarkKind};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What could identify a source. A report groups by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Clue {
    /// Where it was made: coordinates, or the name of a place that a device put there.
    Position,
    /// The serial number of a camera, a lens or a device.
    SerialNumber,
    /// Whom a device belongs to.
    Owner,
    /// Who made it.
    Creator,
    /// Who can be seen in it.
    Person,
    /// A number that one device or one picture has alone.
    UniqueNumber,
    /// What only the maker of a camera can read in full, often with its serial number.
    MakerNotes,
    /// A small picture of the picture, which may show what was cut away later.
    Thumbnail,
    /// The computer that it was made on.
    Computer,
    /// Addresses of mail.
    MailAddress,
    /// Addresses of computers in a network.
    NetworkAddress,
    /// The program that a mail was written with.
    Program,
    /// The zone of a clock.
    TimeZone,
    /// What a user is called on a computer.
    UserName,
    /// The networks that a telephone saw.
    Network,
    /// What somebody is called, in an address book or a calendar.
    Name,
    /// The number of somebody's telephone.
    Telephone,
    /// Where somebody lives or works.
    Address,
}

impl Clue {
    /// Every one, in the order of declaration.
    pub const ALL: [Self; 18] = [
        Self::Position,
        Self::SerialNumber,
        Self::Owner,
        Self::Creator,
        Self::Person,
        Self::UniqueNumber,
        Self::MakerNotes,
        Self::Thumbnail,
        Self::Computer,
        Self::MailAddress,
        Self::NetworkAddress,
        Self::Program,
        Self::TimeZone,
        Self::UserName,
        Self::Network,
        Self::Name,
        Self::Telephone,
        Self::Address,
    ];

    /// In words, with which every remark on it begins. They never change.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Position => "position",
            Self::SerialNumber => "serial number",
            Self::Owner => "name of the owner",
            Self::Creator => "name of the creator",
            Self::Person => "name of a person shown",
            Self::UniqueNumber => "unique number",
            Self::MakerNotes => "notes of the maker",
            Self::Thumbnail => "thumbnail",
            Self::Computer => "name of a computer",
            Self::MailAddress => "mail address",
            Self::NetworkAddress => "network address",
            Self::Program => "mail program",
            Self::TimeZone => "time zone",
            Self::UserName => "user name",
            Self::Network => "telephone network",
            Self::Name => "name of a person",
            Self::Telephone => "telephone number",
            Self::Address => "postal address",
        }
    }

    /// The one that a remark speaks of, by its detail; `None` if it is of no sort known here.
    #[must_use]
    pub fn of(remark: &Remark) -> Option<Self> {
        let (words, _) = remark.detail.split_once(" in ")?;
        let is_meant = |clue: &Self| remark.kind == RemarkKind::Sensitive && clue.words() == words;
        Self::ALL.into_iter().find(is_meant)
    }
}

/// What was found in one document, and where.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clues(BTreeMap<Clue, Vec<&'static str>>);

impl Clues {
    /// Notes that there is one at `place`: `EXIF`, `the header`.
    pub(super) fn note(&mut self, clue: Clue, place: &'static str) {
        let places = self.0.entry(clue).or_default();
        if !places.contains(&place) {
            places.push(place);
        }
    }

    /// One remark for each: `position in EXIF and XMP`.
    pub(super) fn tell(self, evidence: &mut Evidence) {
        for (clue, mut places) in self.0 {
            places.sort_unstable();
            let places = match places.as_slice() {
                [before @ .., last] if !before.is_empty() => format!("{} and {last}", before.join(", ")),
                places => places.concat(),
            };
            evidence.remark(RemarkKind::Sensitive, format!("{} in {places}", clue.words()));
        }
    }
}

/// Notes what the path of a document says, and text that is looked at.
pub(super) fn of_path_and_text(look: &Look<'_>, octets: &[u8], clues: &mut Clues) {
    if folders::is_named_after_a_user(look.path) {
        clues.note(Clue::UserName, "its path");
    }
    let Some(kind) = Text::of(look.format.media_type) else { return };
    let octets = &*readable(octets);
    if kind == Text::Page {
        pages::look(octets, marks::is_html(look.format.media_type), clues);
    } else if folders::names_a_user(octets, kind) {
        clues.note(Clue::UserName, "paths that it holds");
    }
    match kind {
        Text::Table => columns::of_a_table(octets, clues),
        Text::Data => columns::of_json(octets, clues),
        Text::Page | Text::Plain => {}
    }
    marks::of_text(octets, look.format.media_type, kind, clues);
}

/// A text in wide characters in narrower ones; any other as it is.
fn readable(octets: &[u8]) -> Cow<'_, [u8]> {
    let is_utf_16 = octets.starts_with(b"\xFF\xFE") || octets.starts_with(b"\xFE\xFF");
    if is_utf_16 { charset::decode(octets).text.into_owned().into_bytes().into() } else { octets.into() }
}

/// Whether a value holds a path that leads through the folder of a user.
pub(super) fn leads_to_a_user(value: &str) -> bool {
    folders::names_a_user(value.as_bytes(), Text::Plain)
}

/// What sort of text a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Text {
    /// HTML and XML, in which addresses look like paths.
    Page,
    /// Values in lines.
    Table,
    /// JSON.
    Data,
    /// Any other.
    Plain,
}

impl Text {
    /// The sort by media type; `None` for what is no text.
    pub(super) fn of(media_type: Option<&str>) -> Option<Self> {
        match media_type? {
            "text/html" | "application/xhtml+xml" => Some(Self::Page),
            "text/csv" | "text/tab-separated-values" => Some(Self::Table),
            other if other == "application/json" || other.ends_with("+json") => Some(Self::Data),
            other if other.ends_with("/xml") || other.ends_with("+xml") => Some(Self::Page),
            other => (other.starts_with("text/") || other == "application/yaml").then_some(Self::Plain),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn remarks_can_be_told_apart_again() {
        for clue in Clue::ALL {
            assert!(!clue.words().contains(" in "), "{clue:?}");
            let (mut clues, mut evidence) = (Clues::default(), Evidence::default());
            clues.note(clue, "EXIF");
            clues.note(clue, "XMP");
            clues.note(clue, "EXIF");
            clues.tell(&mut evidence);
            assert_eq!(evidence.remarks[0].detail, format!("{} in EXIF and XMP", clue.words()));
            assert_eq!(Clue::of(&evidence.remarks[0]), Some(clue));
        }
        let other = Remark { kind: RemarkKind::GivenUp, detail: "position in EXIF".to_owned() };
        assert_eq!(Clue::of(&other), None);
    }
}
