//! What spreadsheets do to cells by themselves: no change that a person made.

/// Why a cell that differs says the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tolerance {
    /// Spaces around it, or line ends in it.
    Spaces,
    /// The apostrophe that keeps a cell from being run is there, or is not.
    Apostrophe,
    /// Zeros at its beginning were lost.
    LeadingZeros,
    /// A number in another notation, or with fewer digits than a spreadsheet keeps.
    Number,
    /// A date in another notation.
    Date,
    /// A time of day in another notation.
    Time,
    /// Words of a list in another case.
    Case,
    /// A fact was left blank.
    Blank,
    /// What stood there before a person changed something: the sheet was sent out before.
    Before,
}

impl Tolerance {
    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Spaces => "spaces or line ends",
            Self::Apostrophe => "an apostrophe",
            Self::LeadingZeros => "leading zeros lost",
            Self::Number => "a number in another notation",
            Self::Date => "a date in another notation",
            Self::Time => "a time in another notation",
            Self::Case => "capital letters",
            Self::Blank => "a fact left blank",
            Self::Before => "what stood there before a person's change",
        }
    }
}
