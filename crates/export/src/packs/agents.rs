//! Whoever answers for events, and the programs that did them.

use crate::{Error, ErrorKind, Result};
use provenance::ledger::StoredEvent;
use std::collections::BTreeSet;

/// Distinct agents that are kept until all events are read; a bundle has one or two.
const MOST: usize = 10_000;

/// Everybody whom events name, each once.
#[derive(Default)]
pub(super) struct Agents {
    /// Persons and organisations: the ledger does not say which.
    pub(super) people: BTreeSet<String>,
    /// Programs with their versions.
    pub(super) software: BTreeSet<String>,
}

impl Agents {
    /// Takes note of the agents of an event.
    ///
    /// # Errors
    /// If there are more than any bundle has.
    pub(super) fn note(&mut self, event: &StoredEvent<'_>) -> Result<()> {
        for (known, name) in
            [(&mut self.people, event.agent.unwrap_or_default()), (&mut self.software, event.software)]
        {
            if !name.is_empty() && !known.contains(name) {
                known.insert(name.to_owned());
            }
            if known.len() > MOST {
                let why = format!(
                    "expected at most {MOST} agents and programs in `metadata/events.csv`, found more"
                );
                return Err(Error::new(ErrorKind::TooLong, why)
                    .with_hint("`fonds sheet --sheet events` writes the events for a spreadsheet"));
            }
        }
        Ok(())
    }
}

/// Parts `fonds 0.1.0` into a name and a version; a version begins with a digit.
pub(super) fn parted(software: &str) -> (&str, Option<&str>) {
    match software.rsplit_once(' ') {
        Some((name, version)) if version.starts_with(|c: char| c.is_ascii_digit()) => (name, Some(version)),
        _ => (software, None),
    }
}

#[cfg(test)]
mod tests {
    use super::parted;

    #[test]
    fn a_version_begins_with_a_digit() {
        assert_eq!(parted("fonds 0.1.0"), ("fonds", Some("0.1.0")));
        assert_eq!(parted("Paper Scan 2.1b"), ("Paper Scan", Some("2.1b")));
        assert_eq!(parted("by hand"), ("by hand", None));
        assert_eq!(parted("fonds"), ("fonds", None));
    }
}
