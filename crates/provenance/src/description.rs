//! What a machine suggests of a document: never facts, and a blank where the signals do not suffice.

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
    /// Its extension says another format than its content.
    ExtensionDisagrees,
    /// A web capture without its content: a login wall, a robot check, an empty body.
    HollowCapture,
    /// Something in it could identify a source: a position, a serial number, an author, a path.
    Sensitive,
    /// A suggestion was longer than a sheet takes, and was cut or left out.
    Shortened,
}

impl RemarkKind {
    /// Every kind, in the order of declaration.
    pub const ALL: [Self; 5] =
        [Self::GivenUp, Self::ExtensionDisagrees, Self::HollowCapture, Self::Sensitive, Self::Shortened];

    /// The kind in words, as it stands in `events.csv`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::GivenUp => "extraction given up",
            Self::ExtensionDisagrees => "extension and content disagree",
            Self::HollowCapture => "hollow capture",
            Self::Sensitive => "may identify a source",
            Self::Shortened => "shortened",
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
    /// What a person should know.
    pub remarks: Vec<Remark>,
}

/// Suggests descriptions by content.
pub trait Describer: Sync {
    /// Describes a document called `name` in `format`, of which `octets` is the beginning: all of it
    /// where `size_octets` equals its length. Never fails: what cannot be told stays blank.
    fn describe(&self, name: &str, format: &crate::Format, octets: &[u8], size_octets: u64) -> Description;

    /// Octets from the beginning that are wanted of a large document in `format`. Fewer may be
    /// given, and no more than a few are held for one of which none are wanted.
    fn wants(&self, _format: &crate::Format) -> usize {
        0
    }
}

/// Describes nothing.
impl Describer for () {
    fn describe(&self, _: &str, _: &crate::Format, _: &[u8], _: u64) -> Description {
        Description::default()
    }
}
