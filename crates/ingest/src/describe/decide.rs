//! From what signals say to what is suggested.

use super::charset::Doubt;
use super::evidence::{Claim, Evidence};
use super::folding::folded;
use super::{discreet, garbled, language};
use crate::dates::{Signal, Trust, agree};
use chrono::NaiveDate;
use provenance::description::{Dates, Description, Suggestion};
use std::cell::OnceCell;

/// Signals that no declaration overrules.
const WITNESSES: [&str; 4] = ["url", "time", "class", "line"];

/// The description that the evidence supports.
pub(super) fn description(evidence: Evidence) -> Description {
    let evidence = garbled::evidence(discreet::evidence(evidence), Doubt::None);
    if evidence.is_wall {
        let Evidence { remarks, format_detail, .. } = evidence;
        return Description { remarks, format_detail, ..Description::default() };
    }
    let dates = dates(&evidence);
    let (of_title, of_publisher) = (OnceCell::new(), OnceCell::new());
    Description {
        title: first(evidence.titles, |one, other| {
            let own: &String = of_title.get_or_init(|| folded(one));
            let other = folded(other);
            *own == other || (own.len() > 12 && other.contains(own))
        }),
        creators: creators(&evidence.creators),
        publisher: first(evidence.publishers, |one, other| {
            *of_publisher.get_or_init(|| folded(one)) == folded(other)
        }),
        source_url: first(evidence.addresses, |_, _| false),
        dates,
        language: language_suggestion(evidence.languages),
        summary: first(evidence.summaries, |_, _| false),
        format_detail: evidence.format_detail,
        pixels: evidence.pixels,
        mentions: evidence.mentions,
        remarks: evidence.remarks,
    }
}

/// The day of publication; that of a change is told in its basis.
fn dates(evidence: &Evidence) -> Dates {
    let mut dates = agree(&evidence.dates);
    if let Some(witness) = dates.published.as_deref().and_then(|day| contradicting(&evidence.dates, day)) {
        dates.published = None;
        dates.basis.push_str("; not settled against ");
        dates.basis.push_str(witness.name);
    }
    if evidence.is_unpublished {
        // A letter or a testimony has a day on which it was written, and no other.
        dates.created = dates.published.take();
    }
    if evidence.is_unpublished && evidence.is_moment {
        dates.created = dates.created.map(|day| moment(&evidence.dates, &day).unwrap_or(day));
    }
    for signal in &evidence.changes {
        let Some(day) = &signal.reading.edtf else { continue };
        if !dates.basis.is_empty() {
            dates.basis.push_str("; ");
        }
        for piece in [signal.name, ": changed ", day] {
            dates.basis.push_str(piece);
        }
    }
    dates
}

/// The time on a day, where a statement of it is as exact. What is believed less tells a day only: the
/// zone of its clock is not sure.
fn moment(signals: &[Signal], day: &str) -> Option<String> {
    let is_exact =
        |signal: &&Signal| signal.trust == Trust::Strong && signal.reading.edtf.as_deref() == Some(day);
    signals.iter().find(is_exact)?.reading.timestamp.clone()
}

/// A witness that is too good to be overruled, and names another day: the address, which is given
/// with the first publication, and what readers see beside the heading. A day's difference is that
/// of clocks or of an edition.
fn contradicting<'a>(signals: &'a [Signal], written: &str) -> Option<&'a Signal> {
    let published = written.parse::<NaiveDate>().ok()?;
    let contradicts = |signal: &&Signal| {
        let day = signal.reading.edtf.as_deref().filter(|day| *day != written);
        let day = day.and_then(|day| day.parse::<NaiveDate>().ok());
        day.is_some_and(|day| (day - published).num_days().abs() > 1)
    };
    signals.iter().filter(|signal| WITNESSES.contains(&signal.name)).find(contradicts)
}

/// The first claim, with the signals of all that are the same or agree with it.
fn first(claims: Vec<Claim>, agrees: impl Fn(&str, &str) -> bool) -> Option<Suggestion> {
    let mut claims = claims.into_iter();
    let Claim { signal, value } = claims.next()?;
    let mut signals = Vec::with_capacity(1 + claims.len());
    signals.push(signal);
    for claim in claims {
        if !signals.contains(&claim.signal) && (claim.value == value || agrees(&value, &claim.value)) {
            signals.push(claim.signal);
        }
    }
    Some(Suggestion { value, signals })
}

/// Who made it: the names of the most trusted signal, each with the signals that have it, too.
fn creators(claims: &[Claim<Vec<String>>]) -> Vec<Suggestion> {
    let Some((decided, others)) = claims.split_first() else { return Vec::new() };
    let suggestion = |name: &String| {
        let own = OnceCell::new();
        let mut signals = Vec::with_capacity(1 + others.len());
        signals.push(decided.signal);
        for claim in others {
            let is_same = |other: &String| *own.get_or_init(|| folded(name)) == folded(other);
            let has = || claim.value.contains(name) || claim.value.iter().any(is_same);
            if !signals.contains(&claim.signal) && has() {
                signals.push(claim.signal);
            }
        }
        Suggestion { value: name.clone(), signals }
    };
    decided.value.iter().map(suggestion).collect()
}

/// The language, if its signals allow it: what is declared, unless what was detected is another language;
/// then neither.
pub(super) fn language(claims: &[Claim]) -> Option<&str> {
    let decided = &claims.first()?.value;
    let detected = claims.iter().find(|claim| claim.signal == "detected");
    detected.is_none_or(|claim| is_one_language(&claim.value, decided)).then_some(decided)
}

fn language_suggestion(claims: Vec<Claim>) -> Option<Suggestion> {
    language(&claims)?;
    first(claims, is_one_language)
}

fn is_one_language(one: &str, other: &str) -> bool {
    language::primary(one) == language::primary(other)
}
