//! What several signals say together.

mod basis;

use chrono::TimeDelta;
use provenance::description::Dates;

use super::span::Span;
use super::{Calendar, Reading};

/// How far a signal is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// A date somewhere in the document: it only confirms.
    Weak,
    /// A date at a place that usually has the day of publication: a `<time>`, a byline, the address.
    Fair,
    /// A statement of the day of publication: JSON-LD, `article:published_time`, a mail's `Date`.
    Strong,
}

/// What one signal says.
#[derive(Clone, Debug)]
pub struct Signal {
    /// Its name in the basis: `json-ld`, `url`.
    pub name: &'static str,
    /// How far it is believed.
    pub trust: Trust,
    /// The date it gives.
    pub reading: Reading,
}

/// Weighs signals, the most trusted first, to the day of publication.
///
/// `published`, `as_written`, `calendar` and `basis` are filled, `created` never. The rules:
///
/// 1. The first settled signal of the highest trust leads. A reading that is not settled leads only
///    where another signal fits exactly one of its alternatives, and then with that one.
/// 2. Weak signals never lead: where there are no others, `published` is blank.
/// 3. Where a signal of equal trust contradicts the leader, the one that more of the others confirm
///    is right; where that settles nothing, `published` is blank.
/// 4. A contradiction of lower trust is shown and overruled, unless two such signals agree with each
///    other and nothing confirms the leader: then `published` is blank.
/// 5. Of dates that fit within each other, the narrowest that is not weak is taken.
/// 6. A day's difference that time zones can explain is no contradiction. It is shown; the leader's
///    day stays, as written.
///
/// `basis` lists every signal. `as_written` prefers, among those that agree, one that is not in the
/// Gregorian calendar: that is the form nobody can restore.
#[must_use]
pub fn agree(signals: &[Signal]) -> Dates {
    let decision = decide(signals);
    let basis = basis::sentence(signals, decision.as_ref());
    let Some(decision) = decision else {
        let first = signals.iter().find(|signal| signal.trust > Trust::Weak);
        return Dates {
            as_written: first.map(|signal| signal.reading.as_written.clone()),
            calendar: first.and_then(|signal| signal.reading.calendar).map(Calendar::name),
            basis,
            ..Dates::default()
        };
    };
    let native = signals.iter().find(|signal| {
        signal.reading.calendar.is_some_and(|calendar| calendar != Calendar::Gregorian)
            && decision.stance(&signal.reading) == Stance::Agrees
    });
    let written = native.map_or(&signals[decision.signal].reading, |signal| &signal.reading);
    Dates {
        published: Some(decision.span.edtf()),
        created: None,
        as_written: Some(written.as_written.clone()),
        calendar: Some(written.calendar.unwrap_or(decision.span.calendar).name()),
        basis,
    }
}

/// What was decided.
#[derive(Clone, Copy, Debug)]
struct Decision {
    /// The reading.
    span: Span,
    /// The signal that gave it.
    signal: usize,
    /// The moment it was given for.
    utc: Option<chrono::NaiveDateTime>,
}

/// How a reading stands to a decision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stance {
    /// It is the same, or one lies within the other.
    Agrees,
    /// One of its alternatives is.
    May,
    /// A day apart, as time zones may explain.
    Apart,
    /// It is another.
    Disagrees,
}

impl Decision {
    /// The reading of one signal that is settled, or that `span` settles.
    fn of(signals: &[Signal], signal: usize, span: Span) -> Decision {
        Decision { span, signal, utc: signals[signal].reading.utc }
    }

    /// How a reading stands to it.
    fn stance(&self, reading: &Reading) -> Stance {
        let fits = reading.spans.iter().any(|span| span.fits(&self.span));
        match (fits, reading.edtf.is_some()) {
            (true, true) => Stance::Agrees,
            (true, false) => Stance::May,
            (false, _) if self.zones_explain(reading) => Stance::Apart,
            (false, _) => Stance::Disagrees,
        }
    }

    /// Whether both can be of one moment, seen from different zones.
    fn zones_explain(&self, reading: &Reading) -> bool {
        let [span] = reading.spans.as_slice() else { return false };
        let (Some(one), Some(other)) = (self.span.day(), span.day()) else { return false };
        let reaches = |moment: Option<chrono::NaiveDateTime>, day| {
            moment.is_some_and(|moment| {
                let (west, east) = (moment - TimeDelta::hours(12), moment + TimeDelta::hours(14));
                (west.date()..=east.date()).contains(&day)
            })
        };
        match (self.utc, reading.utc) {
            // Two moments are compared as moments.
            (Some(a), Some(b)) => (a - b).num_minutes().abs() < 1,
            _ => reaches(self.utc, other) || reaches(reading.utc, one),
        }
    }

    /// How many signals confirm it, itself left out.
    fn support(&self, signals: &[Signal]) -> usize {
        let others = signals.iter().enumerate().filter(|(at, _)| *at != self.signal);
        others
            .filter(|(_, signal)| matches!(self.stance(&signal.reading), Stance::Agrees | Stance::May))
            .count()
    }
}

/// The policy: see [`agree`].
fn decide(signals: &[Signal]) -> Option<Decision> {
    let candidates = candidates(signals);
    let trust = |decision: &Decision| signals[decision.signal].trust;
    let highest = candidates.iter().map(trust).max()?;
    let mut peers = candidates.iter().filter(|candidate| trust(candidate) == highest);
    let mut leader = *peers.next()?;
    let contradicts = |a: &Decision, b: &Decision| a.stance(&signals[b.signal].reading) == Stance::Disagrees;
    for peer in peers.filter(|peer| contradicts(&leader, peer)).collect::<Vec<_>>() {
        match leader.support(signals).cmp(&peer.support(signals)) {
            std::cmp::Ordering::Less => leader = *peer,
            std::cmp::Ordering::Equal => return None,
            std::cmp::Ordering::Greater => {}
        }
    }
    let against: Vec<&Decision> =
        candidates.iter().filter(|other| trust(other) < highest && contradicts(&leader, other)).collect();
    let outvoted = against.iter().any(|other| other.support(signals) > 0);
    if outvoted && leader.support(signals) == 0 {
        return None;
    }
    // The narrowest that fits; the leader's own where none is narrower.
    let fitting = candidates.iter().filter(|other| other.span.fits(&leader.span));
    let narrowest = fitting.min_by_key(|other| (other.span.length(), other.signal))?;
    Some(if narrowest.span.length() < leader.span.length() { *narrowest } else { leader })
}

/// Signals that may lead: settled ones, and those that exactly one other reading settles.
fn candidates(signals: &[Signal]) -> Vec<Decision> {
    let mut candidates = Vec::new();
    for (at, signal) in signals.iter().enumerate().filter(|(_, signal)| signal.trust > Trust::Weak) {
        if signal.reading.edtf.is_some() {
            candidates.extend(signal.reading.spans.first().map(|span| Decision::of(signals, at, *span)));
            continue;
        }
        let others = signals.iter().enumerate().filter(|(other, _)| *other != at);
        let settled: Vec<Span> = others
            .filter(|(_, other)| other.reading.edtf.is_some())
            .filter_map(|(_, other)| other.reading.spans.first().copied())
            .collect();
        let confirmed: Vec<&Span> = signal
            .reading
            .spans
            .iter()
            .filter(|span| {
                settled.iter().any(|other| other.fits(span) && other.length() <= span.length() + 2)
            })
            .collect();
        if let [span] = confirmed.as_slice() {
            candidates.push(Decision::of(signals, at, **span));
        }
    }
    candidates
}
