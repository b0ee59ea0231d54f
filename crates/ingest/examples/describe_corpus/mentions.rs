//! How good the suggested mentions are.

use std::collections::BTreeMap;

use super::gold::{Count, Pair, count, pairs};
use super::score::share;
use super::{Described, Result};

const KINDS: [&str; 6] = ["person", "organisation", "quotation", "date", "place", "event"];

/// A part of the articles, and what is of it.
type Part = (&'static str, fn(&Pair) -> bool);

/// Prints precision and recall by kind, language, half and rule.
pub fn print(verbose: bool) -> Result {
    let pairs = pairs()?;
    let halves: [Part; 4] = [
        ("Articles that the rules were tuned on", |pair| pair.is_tuned()),
        ("Articles held out", |pair| !pair.is_tuned()),
        ("English", |pair| pair.file.starts_with("en")),
        ("Persian", |pair| pair.file.starts_with("fa")),
    ];
    println!("\n## Mentions in fixtures/articles");
    for (title, is_of) in halves {
        println!(
            "\n### {title}\n\n| kind | labelled | suggested | precision | recall | precision, loosely | recall, loosely |\n|---|---|---|---|---|---|---|"
        );
        for kind in KINDS {
            row(kind, count(pairs.iter().filter(|pair| is_of(pair) && pair.kind() == kind)));
        }
        row("all", count(pairs.iter().filter(|pair| is_of(pair))));
    }
    by_rule(&pairs);
    values(&pairs);
    if verbose {
        for pair in pairs.iter().filter(|pair| !pair.is_exact()) {
            let half = if pair.is_tuned() { "tuned" } else { "held-out" };
            let answer = pair.answer.as_ref().map(|answer| (answer.signal, answer.text.as_str()));
            let label = pair.label.as_ref().map(|label| label.text.as_str());
            println!("{half} {} {}: {answer:?}, labelled {label:?}", pair.file, pair.kind());
        }
    }
    Ok(())
}

fn row(kind: &str, count: Count) {
    println!(
        "| {kind} | {} | {} | {:.3} | {:.3} | {:.3} | {:.3} |",
        count.labels,
        count.answers,
        share(count.exact, count.answers),
        share(count.exact, count.labels),
        share(count.loose, count.answers),
        share(count.loose, count.labels)
    );
}

/// What each rule says, and what `rule.rs` may say of it.
fn by_rule(pairs: &[Pair]) {
    println!("\n| rule | kind | answers | right | confidence measured | stated |\n|---|---|---|---|---|---|");
    let mut rules: BTreeMap<(&str, &str), (usize, usize)> = BTreeMap::new();
    for pair in pairs {
        if let Some(answer) = &pair.answer {
            let entry = rules.entry((answer.kind.word(), answer.signal)).or_default();
            entry.0 += 1;
            entry.1 += usize::from(pair.is_exact());
        }
    }
    for rule in ingest::mentions::RULES {
        let (answers, right) = rules.get(&(rule.kind.word(), rule.signal)).copied().unwrap_or_default();
        let measured = right * 100 / (answers + 1);
        println!(
            "| {} | {} | {answers} | {right} | {measured} | {} |",
            rule.signal,
            rule.kind.word(),
            rule.confidence
        );
    }
}

/// Roles, speakers and normal forms of what was found.
fn values(pairs: &[Pair]) {
    println!("\n| value | labelled | answered | right |\n|---|---|---|---|");
    let of = |what: &str, kind: &str, get: fn(&Pair) -> Option<(String, String)>| {
        let both: Vec<_> =
            pairs.iter().filter(|pair| pair.is_loose() && pair.kind() == kind).filter_map(get).collect();
        let labelled = both.iter().filter(|(_, label)| !label.is_empty()).count();
        let answered = both.iter().filter(|(answer, _)| !answer.is_empty()).count();
        let right = both.iter().filter(|(answer, label)| !answer.is_empty() && answer == label).count();
        println!("| {what} | {labelled} | {answered} | {right} |");
    };
    of("role of a person", "person", |pair| Some((pair.answer.clone()?.role, pair.label.clone()?.role)));
    of("speaker of a quotation", "quotation", |pair| {
        Some((pair.answer.clone()?.speaker, pair.label.clone()?.speaker))
    });
    of("EDTF of a date", "date", |pair| {
        Some((pair.answer.clone()?.normalised, pair.label.clone()?.normalised))
    });
}

/// Mentions of the pages to be read by a person: every `nth`.
pub fn sample(described: &[Described], nth: usize) {
    let mut number = 0;
    for page in described {
        for mention in &page.description.mentions {
            number += 1;
            if number % nth == 0 {
                println!(
                    "{} | {} | {} | {} | {} | {} | {}",
                    page.label.name,
                    mention.kind.word(),
                    mention.signal,
                    mention.text,
                    mention.role,
                    mention.speaker,
                    mention.normalised
                );
            }
        }
    }
    println!("{number} mentions in {} pages", described.len());
}
