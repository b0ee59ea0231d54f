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
    TITLE: Person "title" 98;
    ROLE: Person "role before the name" 87;
    APPOSITION: Person "apposition" 93;
    ROLE_APART: Person "role, comma, name" 87;
    SAYING: Person "beside a verb of saying" 50;
    SURNAME: Person "surname of a person named before" 92;
    KNOWN_BODY: Organisation "well-known organisation" 97;
    LONG_FORM: Organisation "long form of an acronym" 66;
    ACRONYM: Organisation "acronym defined in the text" 95;
    HEAD_NOUN: Organisation "name with a word for a body" 93;
    VERB_BEFORE: Quotation "quotation, verb of saying before" 95;
    VERB_AFTER: Quotation "quotation, verb of saying behind" 90;
    COLON: Quotation "quotation, colon before" 50;
    GOES_ON: Quotation "quotation that goes on" 80;
    DATE: Date "date" 97;
    YEAR: Date "year" 97;
    DATELINE: Place "dateline" 71;
    COUNTRY: Place "country or capital" 93;
    NAMED_KIND: Place "word for a place" 77;
    DATED_EVENT: Event "event with its date" 85;
    EVENT_OF: Event "event of whom or where" 50;
    NAMED_EVENT: Event "event by its place" 50;
}
