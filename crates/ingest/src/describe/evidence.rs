//! What the signals of a document say, before anything is decided.

use crate::dates::Signal;
use crate::mentions::Mentioned;
use provenance::description::{Mention, Remark, RemarkKind};

/// What one signal says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim<T = String> {
    /// Its name: `json-ld`, `og:title`, `byline`.
    pub signal: &'static str,
    /// What it says.
    pub value: T,
}

/// What all signals of a document say of it, the most trusted first.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// Titles.
    pub titles: Vec<Claim>,
    /// Who made it: all names of a signal together.
    pub creators: Vec<Claim<Vec<String>>>,
    /// When it was published.
    pub dates: Vec<Signal>,
    /// When it was changed: told beside the dates, and no argument for them.
    pub changes: Vec<Signal>,
    /// Whether it is a text that nobody seems to have published, such as a letter: then its date is
    /// that of its making.
    pub is_unpublished: bool,
    /// Whether that date is told to the second, where it is known so well: that of a capture, or of
    /// the sending of mail.
    pub is_moment: bool,
    /// Whether it is a wall before what was to be captured: then all it says is said of the wall.
    pub is_wall: bool,
    /// Who published it.
    pub publishers: Vec<Claim>,
    /// Addresses.
    pub addresses: Vec<Claim>,
    /// Languages by BCP 47.
    pub languages: Vec<Claim>,
    /// What it says of itself.
    pub summaries: Vec<Claim>,
    /// What more is known of its format, in words.
    pub format_detail: String,
    /// Width and height in pixels, of a picture.
    pub pixels: Option<(u32, u32)>,
    /// Who is reported to have said or done what.
    pub mentions: Vec<Mention>,
    /// In words, where a document declares another charset than it is written in.
    pub charset: Option<String>,
    /// What a person should know.
    pub remarks: Vec<Remark>,
}

impl<T> Claim<T> {
    /// A claim, if there is something to claim.
    pub(super) fn of(signal: &'static str, value: Option<T>) -> Option<Self> {
        value.map(|value| Self { signal, value })
    }
}

impl Evidence {
    /// Keeps what is mentioned, and tells what was not looked at.
    pub(super) fn mention(&mut self, mentioned: Mentioned) {
        self.mentions = mentioned.mentions;
        if !mentioned.shortened.is_empty() {
            self.remark(RemarkKind::Shortened, mentioned.shortened);
        }
    }

    pub(super) fn remark(&mut self, kind: RemarkKind, detail: impl Into<String>) {
        self.remarks.push(Remark { kind, detail: detail.into() });
    }
}
