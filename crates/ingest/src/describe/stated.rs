//! What the properties of a document state of it, and what of that is the doing of a program: a
//! title that is a file name, an author called `user`, a day on which clocks begin.

mod junk;
mod traces;

use super::evidence::{Claim, Evidence};
use super::{language, prose};
use crate::dates::{Hints, Signal, Trust, read_date};
use chrono::{Datelike, NaiveDate};
use provenance::description::RemarkKind;
use std::borrow::Cow;

/// Characters of a title.
const TITLE: usize = 400;
/// Characters of a name.
const NAME: usize = 120;
/// Characters of a summary.
const SUMMARY: usize = 1_000;
/// Octets of text that are taken out of markup, and tags before them.
const TEXT: usize = 16 << 10;
const MARKS: usize = 20_000;
/// Dates of all signals.
const DATES: usize = 16;
/// Names of one signal.
const NAMES: usize = 50;

/// The evidence of a document that was written with a program, as it is gathered.
pub(super) struct Stated<'n> {
    evidence: Evidence,
    file_name: &'n str,
}

impl<'n> Stated<'n> {
    /// Of a document that is called so, and is not published as far as is known.
    pub(super) fn of(file_name: &'n str) -> Self {
        Self { evidence: Evidence { is_unpublished: true, ..Evidence::default() }, file_name }
    }

    /// It is a publication: its date is that of publishing it.
    pub(super) fn published(&mut self) {
        self.evidence.is_unpublished = false;
    }

    pub(super) fn title(&mut self, signal: &'static str, text: &str) {
        let title = prose::tidy(text).filter(|title| !junk::is_no_title(title, self.file_name));
        let claim = Claim::of(signal, title.map(|title| prose::shortened(&title, TITLE)));
        add(&mut self.evidence.titles, claim);
    }

    /// Those who made it, of whom a property of `place` says so: `the document properties`; blank where
    /// they signed a publication, and are no secret. One text may name several, between semicolons.
    pub(super) fn creators<'t>(
        &mut self,
        signal: &'static str,
        place: &str,
        texts: impl IntoIterator<Item = &'t str>,
    ) {
        let mut names: Vec<String> = Vec::new();
        let pieces = texts.into_iter().flat_map(|text| text.split(';')).filter_map(prose::tidy).take(NAMES);
        for name in pieces {
            if !place.is_empty() && !junk::is_a_program(&name) {
                self.sensitive(&format!("author in {place}"));
            }
            if !junk::is_no_person(&name) && name.chars().count() <= NAME && !names.contains(&name) {
                names.push(name);
            }
        }
        if !names.is_empty() {
            add(&mut self.evidence.creators, Some(Claim { signal, value: names }));
        }
    }

    /// A name that is no suggestion, and may identify somebody: `what` says what and where.
    pub(super) fn person(&mut self, what: &str, name: &str) {
        if prose::tidy(name).is_some_and(|name| !junk::is_a_program(&name)) {
            self.sensitive(what);
        }
    }

    /// A text in which paths may stand; `place` says which.
    pub(super) fn paths(&mut self, place: &str, text: &str) {
        match traces::of_paths(text) {
            Some(traces::Path::OfUser) => self.sensitive(&format!("user name in a path ({place})")),
            Some(traces::Path::OfComputer) => self.sensitive(&format!("path on a computer ({place})")),
            None => {}
        }
    }

    /// Something that may identify somebody, told once.
    pub(super) fn sensitive(&mut self, what: &str) {
        let is_told = |remark: &provenance::description::Remark| {
            remark.kind == RemarkKind::Sensitive && remark.detail == what
        };
        if !self.evidence.remarks.iter().any(is_told) {
            self.evidence.remark(RemarkKind::Sensitive, what);
        }
    }

    /// When it was made.
    pub(super) fn made(&mut self, signal: &'static str, text: &str) {
        if let Some(date) = self.date(signal, text).filter(|_| self.evidence.dates.len() < DATES) {
            self.evidence.dates.push(date);
        }
    }

    /// When it was last changed.
    pub(super) fn changed(&mut self, signal: &'static str, text: &str) {
        if let Some(date) = self
            .date(signal, text)
            .filter(|date| date.trust > Trust::Weak && self.evidence.changes.len() < DATES)
        {
            self.evidence.changes.push(date);
        }
    }

    fn date(&self, name: &'static str, text: &str) -> Option<Signal> {
        let text = text.trim();
        let mut reading = read_date(&plain(text), &Hints::default())?;
        text.clone_into(&mut reading.as_written);
        let day = reading.edtf.as_deref().and_then(|edtf| edtf.parse::<NaiveDate>().ok());
        let year = day.map(|day| day.year()).or_else(|| {
            let year = reading.edtf.as_deref()?.split(['-', '/', '~', '?']).next()?;
            year.parse().ok()
        });
        let is_possible =
            |year: i32| if self.evidence.is_unpublished { 1980..=2100 } else { 1000..=2100 }.contains(&year);
        if year.is_some_and(|year| !is_possible(year)) || day.is_some_and(junk::is_epoch) {
            return None;
        }
        let trust = if junk::is_of_a_template(text) { Trust::Weak } else { Trust::Strong };
        Some(Signal { name, trust, reading })
    }

    pub(super) fn publisher(&mut self, signal: &'static str, text: &str) {
        let publisher = prose::tidy(text).filter(|name| !junk::is_a_program(name));
        let claim = Claim::of(signal, publisher.map(|name| prose::shortened(&name, NAME)));
        add(&mut self.evidence.publishers, claim);
    }

    pub(super) fn language(&mut self, signal: &'static str, text: &str) {
        add(&mut self.evidence.languages, Claim::of(signal, language::tag(text)));
    }

    /// Detects the language of some of the text: where it is not the one that is declared, neither
    /// is suggested, for programs declare that of their user.
    pub(super) fn text(&mut self, text: &str) {
        let detected = prose::tidy(text).and_then(|text| language::detect(&text));
        add(&mut self.evidence.languages, Claim::of("detected", detected.map(str::to_owned)));
    }

    pub(super) fn summary(&mut self, signal: &'static str, text: &str) {
        let summary = prose::tidy(text).filter(|text| prose::letters(text) > 2);
        let claim = Claim::of(signal, summary.map(|text| prose::shortened(&text, SUMMARY)));
        add(&mut self.evidence.summaries, claim);
    }

    /// An address that it was published at.
    pub(super) fn address(&mut self, signal: &'static str, text: &str) {
        let is_address = |text: &&str| {
            (text.starts_with("https://") || text.starts_with("http://"))
                && fluent_uri::Uri::parse(*text).is_ok()
        };
        let address = Some(text.trim()).filter(is_address).map(str::to_owned);
        add(&mut self.evidence.addresses, Claim::of(signal, address));
    }

    /// One more thing that is known of the format.
    pub(super) fn detail(&mut self, words: &str) {
        let detail = &mut self.evidence.format_detail;
        if !detail.is_empty() {
            detail.push_str(", ");
        }
        detail.push_str(words);
    }

    /// What could not be read, and why.
    pub(super) fn given_up(&mut self, what: &str) {
        self.evidence.remark(RemarkKind::GivenUp, what);
    }

    pub(super) fn evidence(mut self) -> Evidence {
        let title = self.evidence.titles.first().map(|title| title.value.as_str()).unwrap_or_default();
        // A title is too short for the measure, and enough where it is in another script.
        let title = [title, " "].concat().repeat(400 / (prose::letters(title) + 1));
        if !language::is_of_latin_letters(&title) {
            self.evidence.languages.retain(|claim| !language::is_in_latin_letters(&claim.value));
        }
        self.evidence
    }
}

/// A signal says one thing, and says it first.
fn add<T>(claims: &mut Vec<Claim<T>>, claim: Option<Claim<T>>) {
    let is_new = |claim: &Claim<T>| claims.iter().all(|known| known.signal != claim.signal);
    let claim = claim.filter(is_new);
    claims.extend(claim);
}

/// A date in a form that is read, where only PDFs have it in another.
fn plain(text: &str) -> Cow<'_, str> {
    // Macs write both `Z` and the difference to it.
    let twice = text.trim_end_matches('\'').strip_suffix("00'00");
    if let Some(rest) = twice.filter(|rest| rest.ends_with('Z')) {
        return Cow::Borrowed(rest);
    }
    match text.strip_prefix("D:").filter(|digits| digits.bytes().all(|octet| octet.is_ascii_digit())) {
        Some(year) if year.len() == 4 => Cow::Borrowed(year),
        Some(month) if month.len() == 6 => Cow::Owned([&month[..4], "-", &month[4..]].concat()),
        _ => Cow::Borrowed(text),
    }
}

/// Some of the text of a document in XML or HTML, without its tags.
pub(super) fn untagged(markup: &str) -> String {
    let mut plain = String::new();
    for piece in markup.split('<').take(MARKS) {
        let text = piece.split_once('>').map_or(piece, |(_, text)| text);
        plain.push(' ');
        plain.push_str(prose::beginning(text, TEXT));
        if plain.len() >= TEXT {
            break;
        }
    }
    html_escape::decode_html_entities(&plain).into_owned()
}

/// How many of something, in words: `1 page`, `3 pages`.
pub(super) fn counted(count: u64, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}
