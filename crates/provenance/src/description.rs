//! What a machine suggests of a document: never facts, and a blank where the signals do not suffice.

use std::borrow::Cow;
use std::io;

/// A suggested value, and the signals that speak for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suggestion {
    /// The value as it shall stand in a sheet.
    pub value: String,
    /// Where it was found: `json-ld`, `og:title`, `byline`. The first is the one that decided.
    pub signals: Vec<&'static str>,
}

/// What a document says of when it was made or published.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Dates {
    /// When it was published, in EDTF (ISO 8601-2); `None` where unknown or not settled.
    pub published: Option<String>,
    /// When its content was made, in EDTF.
    pub created: Option<String>,
    /// The date as it stands in the document, verbatim.
    pub as_written: Option<String>,
    /// The calendar of that date by its CLDR name: `gregorian`, `persian`, `islamic`, `persian-imperial`.
    pub calendar: Option<&'static str>,
    /// Which signals gave the dates and whether they agree, in words; also what was not settled and
    /// why: `05/07/2023 may be 2023-07-05 or 2023-05-07`.
    pub basis: String,
}

/// Something about a document that a person should know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Remark {
    /// What sort of remark.
    pub kind: RemarkKind,
    /// More, in words; never a name or a position itself.
    pub detail: String,
}

/// What sort of remark it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum RemarkKind {
    /// Extraction was given up: broken, too deep, too long, too slow.
    GivenUp,
    /// A web capture without its content: a login wall, a robot check, an empty body.
    HollowCapture,
    /// Something in it could identify a source: a position, a serial number, an author, a path.
    Sensitive,
    /// A suggestion was longer than a sheet takes, and was cut or left out.
    Shortened,
    /// A suggestion cannot be right, such as a date that was still to come when the document was packed.
    Doubtful,
}

impl RemarkKind {
    /// Every kind, in the order of declaration.
    pub const ALL: [Self; 5] =
        [Self::GivenUp, Self::HollowCapture, Self::Sensitive, Self::Shortened, Self::Doubtful];

    /// The kind in words, as it stands in `events.csv`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::GivenUp => "extraction given up",
            Self::HollowCapture => "hollow capture",
            Self::Sensitive => "may identify a source",
            Self::Shortened => "shortened",
            Self::Doubtful => "doubtful",
        }
    }
}

/// What is reported to have been said or done, and by whom: suggested, to be confirmed by a person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// What is mentioned.
    pub kind: MentionKind,
    /// The words themselves, as they stand in the document's decoded text.
    pub text: String,
    /// The title or apposition of a person, such as `former President of the UN Human Rights Council`; blank if none.
    pub role: String,
    /// Who said it, for a quotation; blank if not settled.
    pub speaker: String,
    /// A date in EDTF, the long form of an acronym; blank where nothing is made of the words.
    pub normalised: String,
    /// Its first character in the decoded text, counted from 0 in Unicode scalar values, without a
    /// byte order mark. Of a page the decoded text is its source with all markup.
    pub start: u64,
    /// The character after its last.
    pub end: u64,
    /// The rule that found it: `apposition`, `quotation, verb before speaker`.
    pub signal: &'static str,
    /// How often the rule was right when it was measured, in per cent.
    pub confidence: u8,
}

/// What is mentioned.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MentionKind {
    /// A person.
    Person,
    /// An organisation.
    Organisation,
    /// What somebody is reported to have said.
    Quotation,
    /// A date or a year.
    Date,
    /// A place.
    Place,
    /// Something that happened.
    Event,
}

impl MentionKind {
    /// Every kind, in the order of declaration.
    pub const ALL: [Self; 6] =
        [Self::Person, Self::Organisation, Self::Quotation, Self::Date, Self::Place, Self::Event];

    /// The kind in one word, as it stands in `mentions.csv`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Quotation => "quotation",
            Self::Date => "date",
            Self::Place => "place",
            Self::Event => "event",
        }
    }
}

/// Everything that is suggested of one document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description {
    /// Title in the document's own language.
    pub title: Option<Suggestion>,
    /// Who made it, one suggestion for each.
    pub creators: Vec<Suggestion>,
    /// Who published it.
    pub publisher: Option<Suggestion>,
    /// Address it was captured from, or published at.
    pub source_url: Option<Suggestion>,
    /// When.
    pub dates: Dates,
    /// Language by BCP 47.
    pub language: Option<Suggestion>,
    /// What it says of itself in a sentence or two.
    pub summary: Option<Suggestion>,
    /// What more is known of its format, in words: `12 pages, text layer, not encrypted`; blank if nothing.
    pub format_detail: String,
    /// Width and height in pixels, of a picture.
    pub pixels: Option<(u32, u32)>,
    /// Who is reported to have said or done what, in the order of the text.
    pub mentions: Vec<Mention>,
    /// What a person should know.
    pub remarks: Vec<Remark>,
}

/// A document that is looked at.
#[derive(Clone, Copy)]
pub struct Look<'a> {
    /// What it is called, without its folders.
    pub name: &'a str,
    /// Where it lies in a package, with all its folders; blank where it lies in none.
    pub path: &'a str,
    /// What format it is in.
    pub format: &'a crate::Format,
    /// Its first octets: all of them where `size_octets` equals their number.
    pub beginning: &'a [u8],
    /// Octets of the whole document.
    pub size_octets: u64,
    /// Reads octets anywhere in it; see [`crate::Document::read_at`].
    pub again: &'a dyn Fn(u64, &mut [u8]) -> io::Result<usize>,
}

impl<'a> Look<'a> {
    /// A look at a document that is in memory.
    #[must_use]
    pub fn whole(name: &'a str, format: &'a crate::Format, octets: &'a [u8]) -> Self {
        Self {
            name,
            path: "",
            format,
            beginning: octets,
            size_octets: octets.len() as u64,
            again: &nothing_more,
        }
    }

    /// Whether all of it is in memory.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        self.size_octets <= self.beginning.len() as u64
    }

    /// At most `octets` octets from `offset` on; fewer only where the document ends.
    ///
    /// # Errors
    /// If they cannot be had: the document lies compressed in an archive, or the disk fails.
    pub fn read(&self, offset: u64, octets: usize) -> io::Result<Cow<'a, [u8]>> {
        let left = usize::try_from(self.size_octets.saturating_sub(offset)).unwrap_or(usize::MAX);
        let octets = octets.min(left);
        if octets == 0 {
            return Ok(Cow::Borrowed(&[]));
        }
        if let Ok(start) = usize::try_from(offset)
            && let Some(known) = start.checked_add(octets).and_then(|end| self.beginning.get(start..end))
        {
            return Ok(Cow::Borrowed(known));
        }
        let mut room = vec![0; octets];
        let mut filled = 0;
        while filled < octets {
            match (self.again)(offset + filled as u64, &mut room[filled..]) {
                Ok(0) => break,
                Ok(count) => filled += count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        room.truncate(filled);
        Ok(Cow::Owned(room))
    }

    /// All of it, if it has no more than `most` octets and they can be had.
    #[must_use]
    pub fn all(&self, most: usize) -> Option<Cow<'a, [u8]>> {
        let size = usize::try_from(self.size_octets).ok().filter(|&size| size <= most)?;
        self.read(0, size).ok().filter(|octets| octets.len() == size)
    }
}

#[expect(clippy::unnecessary_wraps, reason = "of the shape of `Look::again`")]
fn nothing_more(_: u64, _: &mut [u8]) -> io::Result<usize> {
    Ok(0)
}

/// Suggests descriptions by content.
pub trait Describer: Sync {
    /// Describes a document. Never fails: what cannot be told stays blank.
    fn describe(&self, look: &Look<'_>) -> Description;

    /// Whether it looks into documents in `format` at all: where not, a description that says nothing
    /// means nothing.
    fn looks_into(&self, _format: &crate::Format) -> bool {
        false
    }

    /// Octets from the beginning that are wanted of a large document in `format`. Fewer may be
    /// given, and no more than a few are held for one of which none are wanted. Any others can be
    /// read through the [`Look`].
    fn wants(&self, _format: &crate::Format) -> usize {
        0
    }

    /// Whether what documents mention shall be written down. Names are, if it says so.
    fn mentions(&self) -> bool {
        true
    }
}

/// Describes nothing.
impl Describer for () {
    fn describe(&self, _: &Look<'_>) -> Description {
        Description::default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_look_reads_what_it_has_and_then_again() {
        let text = b"0123456789";
        let again = |offset: u64, room: &mut [u8]| {
            let rest = &text[usize::try_from(offset).map_err(io::Error::other)?.min(text.len())..];
            // One octet at a time, as a slow disk might.
            let count = rest.len().min(room.len()).min(1);
            room[..count].copy_from_slice(&rest[..count]);
            Ok(count)
        };
        let format = &crate::Format::UNKNOWN;
        let look = Look { again: &again, size_octets: 10, ..Look::whole("a", format, &text[..4]) };
        assert!(!look.is_whole());
        assert!(matches!(look.read(1, 3), Ok(Cow::Borrowed(b"123"))));
        assert!(matches!(look.read(2, 5), Ok(Cow::Owned(octets)) if octets == b"23456"));
        assert!(matches!(look.read(8, 5), Ok(Cow::Owned(octets)) if octets == b"89"));
        assert!(matches!(look.read(10, 5), Ok(octets) if octets.is_empty()));
        assert!(look.all(9).is_none());
        assert_eq!(look.all(10).as_deref(), Some(&text[..]));
        assert!(Look::whole("a", format, text).is_whole());
    }
}
