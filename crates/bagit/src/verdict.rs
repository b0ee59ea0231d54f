//! What an examination came to in one word, and what a finding weighs in it.

/// The answer to "is this bag sound?", from the best to the worst.
///
/// A bag has the worst verdict that one of its findings asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// Consistent, and all of it was signed by somebody whom whoever checks believes. No finding asks for it.
    Verified,
    /// Every requirement of the standard holds and every digest agrees; nobody vouches for it.
    Consistent,
    /// Consistent, but only by digests that can be forged.
    Weak,
    /// All that could be checked agrees, but not all is there or could be checked.
    Incomplete,
    /// It, or a part of it, cannot be read; or it is no bag.
    Unreadable,
    /// It is not what was packed, or was never packed rightly.
    Altered,
    /// It may harm who unpacks it, or two programs may read two different contents out of it.
    Unsafe,
}

impl Verdict {
    /// Every verdict, from the best to the worst.
    pub const ALL: [Self; 7] = [
        Self::Verified,
        Self::Consistent,
        Self::Weak,
        Self::Incomplete,
        Self::Unreadable,
        Self::Altered,
        Self::Unsafe,
    ];

    /// The word for it, the same in every answer.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Verified => "VERIFIED",
            Self::Consistent => "CONSISTENT",
            Self::Weak => "WEAK",
            Self::Incomplete => "INCOMPLETE",
            Self::Unreadable => "UNREADABLE",
            Self::Altered => "ALTERED",
            Self::Unsafe => "UNSAFE",
        }
    }

    /// What a finding weighs that asks for this verdict.
    #[must_use]
    pub const fn severity(self) -> Severity {
        match self {
            Self::Verified | Self::Consistent | Self::Weak => Severity::Warning,
            Self::Incomplete => Severity::Unchecked,
            Self::Unreadable | Self::Altered | Self::Unsafe => Severity::Error,
        }
    }

    /// Whether everything that was asked holds.
    #[must_use]
    pub const fn is_sound(self) -> bool {
        matches!(self.severity(), Severity::Warning)
    }
}

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// A MUST is broken: the bag is not valid.
    Error,
    /// Something could not be checked: the bag may be sound.
    Unchecked,
    /// A SHOULD is broken, or there is a danger: the bag is valid all the same.
    Warning,
}

impl Severity {
    /// The word used in answers.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Unchecked => "unchecked",
            Self::Warning => "warning",
        }
    }
}
