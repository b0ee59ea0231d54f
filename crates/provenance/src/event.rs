//! What was done to what, in the words of PREMIS 3.

use crate::DigestText;

/// Something that was done to an object (PREMIS 3.0 §2, Event). Borrowed throughout, since a bundle
/// has several per document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Event<'a> {
    /// What was done.
    pub event_type: EventType,
    /// What it was done to: a [`PayloadPath`](fixity::PayloadPath), a name escaped by
    /// [`name::escape`](crate::name::escape) for what was left out, or blank for the whole package.
    pub object_path: &'a str,
    /// The digest of the object before, where it was known.
    pub digest_before: Option<DigestText<'a>>,
    /// The digest of the object after, where it was known.
    pub digest_after: Option<DigestText<'a>>,
    /// How it went.
    pub outcome: Outcome,
    /// More, in words; may be blank.
    pub detail: &'a str,
}

/// Names an address in the vocabulary of the Library of Congress.
macro_rules! uri {
    ($code:literal) => {
        concat!("http://id.loc.gov/vocabulary/preservation/eventType/", $code)
    };
}

/// What was done: the terms of <http://id.loc.gov/vocabulary/preservation/eventType> that fonds uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EventType {
    /// Objects enter the repository. The code is `ing`; `ins` is «ingestion start», another term.
    Ingestion,
    /// Custody of the objects is accepted.
    Accession,
    /// An object is taken, or left out for a reason.
    Appraisal,
    /// The format of an object is told.
    FormatIdentification,
    /// Descriptions are drawn out of an object.
    MetadataExtraction,
    /// An object is given another name.
    FilenameChange,
    /// Documents are taken out of an archive or of a document that holds others.
    Unpacking,
    /// A digest is made.
    MessageDigestCalculation,
    /// A digest is made and compared with an earlier one.
    FixityCheck,
    /// An object or package is held against a specification.
    Validation,
    /// A package is made.
    InformationPackageCreation,
    /// A signature is made. The code is `dsg`; `dig` is the validation of one.
    DigitalSignatureGeneration,
    /// Something is blacked out or taken out.
    Redaction,
    /// A copy leaves for use.
    Dissemination,
    /// Objects move from one custodian to another.
    Transfer,
    /// What is said of an object becomes another. The code is `mem`; `mod` is that of the object itself.
    MetadataModification,
}

impl EventType {
    /// Every type, in the order in which a document usually meets them.
    pub const ALL: [Self; 16] = [
        Self::Ingestion,
        Self::Accession,
        Self::Appraisal,
        Self::FormatIdentification,
        Self::MetadataExtraction,
        Self::FilenameChange,
        Self::Unpacking,
        Self::MessageDigestCalculation,
        Self::FixityCheck,
        Self::Validation,
        Self::InformationPackageCreation,
        Self::DigitalSignatureGeneration,
        Self::Redaction,
        Self::Dissemination,
        Self::Transfer,
        Self::MetadataModification,
    ];

    /// The label of the term, such as `message digest calculation`.
    #[must_use]
    pub fn label(self) -> &'static str {
        self.term().0
    }

    /// The address of the term, such as `http://id.loc.gov/vocabulary/preservation/eventType/mes`.
    #[must_use]
    pub fn uri(self) -> &'static str {
        self.term().1
    }

    /// The type with this label.
    #[must_use]
    pub fn from_label(label: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|event_type| event_type.label() == label)
    }

    fn term(self) -> (&'static str, &'static str) {
        match self {
            Self::Ingestion => ("ingestion", uri!("ing")),
            Self::Accession => ("accession", uri!("acc")),
            Self::Appraisal => ("appraisal", uri!("app")),
            Self::FormatIdentification => ("format identification", uri!("for")),
            Self::MetadataExtraction => ("metadata extraction", uri!("mee")),
            Self::FilenameChange => ("filename change", uri!("fil")),
            Self::Unpacking => ("unpacking", uri!("unp")),
            Self::MessageDigestCalculation => ("message digest calculation", uri!("mes")),
            Self::FixityCheck => ("fixity check", uri!("fix")),
            Self::Validation => ("validation", uri!("val")),
            Self::InformationPackageCreation => ("information package creation", uri!("ipc")),
            Self::DigitalSignatureGeneration => ("digital signature generation", uri!("dsg")),
            Self::Redaction => ("redaction", uri!("red")),
            Self::Dissemination => ("dissemination", uri!("dis")),
            Self::Transfer => ("transfer", uri!("tra")),
            Self::MetadataModification => ("metadata modification", uri!("mem")),
        }
    }
}

/// How an event went (PREMIS `eventOutcome`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// As it should.
    Success,
    /// It did not, or what was examined is unsound.
    Fail,
    /// As it should, with something to look at.
    Warning,
}

impl Outcome {
    /// The outcome in one word: `success`, `fail` or `warning`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Fail => "fail",
            Self::Warning => "warning",
        }
    }

    /// The outcome with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        [Self::Success, Self::Fail, Self::Warning].into_iter().find(|outcome| outcome.word() == word)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_type_has_a_label_and_an_address_of_its_own() {
        let labels: HashSet<_> = EventType::ALL.iter().map(|t| t.label()).collect();
        let uris: HashSet<_> = EventType::ALL.iter().map(|t| t.uri()).collect();
        assert_eq!((labels.len(), uris.len()), (16, 16));
        for (at, event_type) in EventType::ALL.into_iter().enumerate() {
            assert_eq!(event_type as usize, at, "ALL is in the order of declaration");
            assert_eq!(EventType::from_label(event_type.label()), Some(event_type));
        }
        assert_eq!(EventType::from_label("ingestion start"), None);
    }

    #[test]
    fn outcomes_are_three_words() {
        for outcome in [Outcome::Success, Outcome::Fail, Outcome::Warning] {
            assert_eq!(Outcome::from_word(outcome.word()), Some(outcome));
        }
        assert_eq!(Outcome::from_word("Success"), None);
    }
}
