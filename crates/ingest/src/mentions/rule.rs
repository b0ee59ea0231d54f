//! The rules, and how often each was right.

use provenance::description::MentionKind::{self, Date, Event, Organisation, Person, Place, Quotation};

/// A rule that finds mentions.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// What it finds.
    pub kind: MentionKind,
    /// Its name, as it stands in `mentions.csv`.
    pub signal: &'static str,
    /// How often it was right, in per cent: of the answers on `fixtures/articles` and one more, which
    /// was wrong, rounded down. `cargo xtask bench describe` measures it.
    pub confidence: u8,
}

const fn rule(kind: MentionKind, signal: &'static str, confidence: u8) -> Rule {
    Rule { kind, signal, confidence }
}

macro_rules! rules {
    ($($name:ident: $kind:ident $signal:literal $confidence:literal;)*) => {
        $(pub(super) static $name: Rule = rule($kind, $signal, $confidence);)*
        /// Every rule.
        pub static RULES: &[&Rule] = &[$(&$name),*];
    };
}

rules! {
    TITLE: Person "title" 90;
    ROLE: Person "role before the name" 90;
    APPOSITION: Person "apposition" 90;
    ROLE_APART: Person "role, comma, name" 90;
    SAYING: Person "beside a verb of saying" 90;
    SURNAME: Person "surname of a person named before" 90;
    KNOWN_BODY: Organisation "well-known organisation" 90;
    LONG_FORM: Organisation "long form of an acronym" 90;
    ACRONYM: Organisation "acronym defined in the text" 90;
    HEAD_NOUN: Organisation "name with a word for a body" 90;
    VERB_BEFORE: Quotation "quotation, verb of saying before" 90;
    VERB_AFTER: Quotation "quotation, verb of saying behind" 90;
    COLON: Quotation "quotation, colon before" 90;
    GOES_ON: Quotation "quotation that goes on" 90;
    DATE: Date "date" 90;
    YEAR: Date "year" 90;
    DATELINE: Place "dateline" 90;
    COUNTRY: Place "country or capital" 90;
    NAMED_KIND: Place "word for a place" 90;
    DATED_EVENT: Event "event with its date" 90;
    EVENT_OF: Event "event of whom or where" 90;
    NAMED_EVENT: Event "event by its place" 90;
}
