//! BagIt Profiles 1.4.0: what an archive asks of bags beyond the standard. Always read offline.

mod check;
mod facts;
mod json;
mod known;
mod names;
mod object;
mod pattern;
mod read;
mod rules;

pub use facts::Facts;
pub use known::{Known, find, known};
pub use pattern::Patterns;
pub use rules::{Fetch, Files, Kinds, Rules, Serialization, TagRule};

use crate::finding::Finding;
use std::fmt;

/// The most octets that a profile may have.
pub const MOST_OCTETS: usize = 4 << 20;

/// A profile that can be kept: what it asks is not at odds with itself.
#[derive(Clone, Debug)]
pub struct Profile {
    info: Info,
    rules: Rules,
    remarks: Vec<String>,
}

/// What a profile says of itself (`BagIt-Profile-Info`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Info {
    /// `BagIt-Profile-Identifier`: what a bag names to say that it keeps this profile.
    pub identifier: String,
    /// `BagIt-Profile-Version`, the version of the specification: major and minor. 1.1 where the
    /// profile does not say.
    pub specification: (u32, u32),
    /// `Version` of the profile itself.
    pub version: String,
    /// `Source-Organization`: whose profile it is.
    pub organization: String,
    /// `External-Description`: what it is for.
    pub description: String,
}

/// Why a document is no profile that can be kept: everything that is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileProblem {
    /// One or more.
    pub faults: Vec<Fault>,
}

/// One thing that is wrong with a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Where: keys from the outside in, joined by `/`; empty for the document as a whole.
    pub place: String,
    /// What was expected and what was found.
    pub message: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.as_str() {
            "" => f.write_str(&self.message),
            place => write!(f, "{place}: {}", self.message),
        }
    }
}

impl fmt::Display for ProfileProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (number, fault) in self.faults.iter().enumerate() {
            write!(f, "{}{fault}", if number == 0 { "" } else { "; " })?;
        }
        Ok(())
    }
}

impl std::error::Error for ProfileProblem {}

impl Profile {
    /// Reads a profile, of version 1.0 to 1.4 of the specification.
    ///
    /// Fields that the specification does not know are passed over with a remark.
    ///
    /// # Errors
    /// Everything that is wrong with it, or the one fault that keeps it from being JSON.
    pub fn parse(text: &[u8]) -> Result<Self, ProfileProblem> {
        read::profile(text)
    }

    /// What it says of itself.
    #[must_use]
    pub const fn info(&self) -> &Info {
        &self.info
    }

    /// What it asks of bags. Two profiles with equal rules ask the same.
    #[must_use]
    pub const fn rules(&self) -> &Rules {
        &self.rules
    }

    /// What was passed over or taken in another way than the specification has it, in words.
    #[must_use]
    pub fn remarks(&self) -> &[String] {
        &self.remarks
    }

    /// Everything that a bag does not keep of it.
    #[must_use]
    pub fn check(&self, facts: &Facts<'_>) -> Vec<Finding> {
        check::check(&self.info.identifier, &self.rules, facts)
    }
}
