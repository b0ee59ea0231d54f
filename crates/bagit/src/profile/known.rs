//! Profiles that are at hand without a network, by name or by identifier.

use super::{Profile, ProfileProblem};

/// A profile that is built in.
#[derive(Clone, Copy, Debug)]
pub struct Known {
    /// What to call it: `aptrust-2.3`.
    pub name: &'static str,
    /// Whose it is, for people.
    pub title: &'static str,
    /// What a bag names to say that it keeps it.
    pub identifier: &'static str,
    /// The profile, in JSON.
    pub text: &'static str,
}

impl Known {
    /// The profile, read.
    ///
    /// # Errors
    /// None that a release has: the tests read all of them.
    pub fn profile(&self) -> Result<Profile, ProfileProblem> {
        Profile::parse(self.text.as_bytes())
    }
}

static KNOWN: [Known; 4] = [
    Known {
        name: "aptrust-2.2",
        title: "APTrust, version 2.2",
        identifier: "https://raw.githubusercontent.com/APTrust/preservation-services/master/profiles/aptrust-v2.2.json",
        text: include_str!("known/aptrust-2.2.json"),
    },
    Known {
        name: "aptrust-2.3",
        title: "APTrust, version 2.3",
        identifier: "https://raw.githubusercontent.com/APTrust/preservation-services/master/profiles/aptrust-v2.3.json",
        text: include_str!("known/aptrust-2.3.json"),
    },
    Known {
        name: "btr-1.0",
        title: "Beyond the Repository, version 1.0",
        identifier: "https://github.com/dpscollaborative/btr_bagit_profile/releases/download/1.0/btr-bagit-profile.json",
        text: include_str!("known/btr-1.0.json"),
    },
    Known {
        name: "fonds-1",
        title: "bundles of fonds, version 1",
        identifier: "urn:fonds:bagit-profile:1",
        text: include_str!("known/fonds-1.json"),
    },
];

/// Every profile that is built in, by name.
#[must_use]
pub fn known() -> &'static [Known] {
    &KNOWN
}

/// The profile of this name, in any case, or of this identifier.
#[must_use]
pub fn find(name_or_identifier: &str) -> Option<&'static Known> {
    KNOWN.iter().find(|known| {
        known.name.eq_ignore_ascii_case(name_or_identifier) || known.identifier == name_or_identifier
    })
}
