//! The sentence that says what a date rests on.

use super::{Decision, Signal, Stance, Trust};

/// Lists every signal, and whether they agree.
pub(super) fn sentence(signals: &[Signal], decision: Option<&Decision>) -> String {
    match decision {
        Some(decision) => decided(signals, decision),
        None => undecided(signals),
    }
}

/// `json-ld and url agree`; `json-ld 2023-07-05; text 2023-07-06 disagrees`.
fn decided(signals: &[Signal], decision: &Decision) -> String {
    let mut agreeing = Vec::with_capacity(signals.len());
    agreeing.push(signals[decision.signal].name);
    let mut parts = Vec::new();
    let mut contradicted = false;
    for (_, signal) in signals.iter().enumerate().filter(|(at, _)| *at != decision.signal) {
        match decision.stance(&signal.reading) {
            Stance::Agrees if agreeing.contains(&signal.name) => {}
            Stance::Agrees => agreeing.push(signal.name),
            Stance::May => parts.push(may_be(signal)),
            Stance::Apart => {
                contradicted = true;
                parts.push(format!("{} is a day apart, as zones may explain", dated(signal)));
            }
            Stance::Disagrees => {
                contradicted = true;
                parts.push(format!("{} disagrees", dated(signal)));
            }
        }
    }
    let mut sentence = list(&agreeing);
    if contradicted {
        sentence.push(' ');
        sentence.push_str(&decision.span.edtf());
    } else if agreeing.len() > 1 {
        sentence.push_str(" agree");
    }
    let deciding = &signals[decision.signal];
    if deciding.reading.edtf.is_none() {
        parts.push(format!("{}, which the others settle", may_be(deciding)));
    }
    parts.extend(deciding.reading.note.filter(|_| deciding.reading.edtf.is_some()).map(str::to_owned));
    for part in parts {
        sentence.push_str("; ");
        sentence.push_str(&part);
    }
    sentence
}

/// `json-ld 2023-07-05 and url 2023-07-09 do not agree: not settled`.
fn undecided(signals: &[Signal]) -> String {
    let settled: Vec<&Signal> = signals.iter().filter(|signal| signal.reading.edtf.is_some()).collect();
    let mut parts: Vec<String> =
        signals.iter().filter(|signal| signal.reading.edtf.is_none()).map(may_be).collect();
    if !settled.is_empty() {
        let dated: Vec<String> = settled.iter().map(|signal| dated(signal)).collect();
        let names: Vec<&str> = dated.iter().map(String::as_str).collect();
        let weak = settled.iter().all(|signal| signal.trust == Trust::Weak);
        let why = if weak { "is not enough" } else { "do not agree" };
        parts.insert(0, format!("{} {why}", list(&names)));
    }
    if parts.is_empty() {
        return String::new();
    }
    format!("{}: not settled", parts.join("; "))
}

/// A signal with its date.
fn dated(signal: &Signal) -> String {
    match &signal.reading.edtf {
        Some(edtf) => format!("{} {edtf}", signal.name),
        None => may_be(signal),
    }
}

/// `text 05/07/2023 may be 2023-07-05 or 2023-05-07`, and why.
fn may_be(signal: &Signal) -> String {
    let alternatives = signal.reading.alternatives.join(" or ");
    let why = signal.reading.note.map(|note| format!(" ({note})")).unwrap_or_default();
    format!("{} {} may be {alternatives}{why}", signal.name, signal.reading.as_written)
}

/// `a`, `a and b`, `a, b and c`.
fn list(names: &[&str]) -> String {
    let octets: usize = names.iter().map(|name| name.len() + 5).sum();
    let mut list = String::with_capacity(octets + 32);
    for (number, name) in names.iter().enumerate() {
        match names.len() - number {
            _ if number == 0 => {}
            1 => list.push_str(" and "),
            _ => list.push_str(", "),
        }
        list.push_str(name);
    }
    list
}
