//! What is suggested of the articles in `fixtures/articles`, against what a person found in them.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "../examples/describe_corpus/gold.rs"]
#[allow(dead_code, reason = "the bench asks for more")]
mod gold;

use gold::{Pair, count, folder, labels, pairs};

/// A part of the articles: its name, what is of it, and the least recall in per cent.
type Part = (&'static str, fn(&Pair) -> bool, usize);

fn format_of(file: &str) -> &str {
    file.rsplit_once('.').map_or("", |(_, extension)| extension)
}

/// A share in per cent, rounded down.
fn percent(part: usize, whole: usize) -> usize {
    part * 100 / whole.max(1)
}

#[test]
fn labels_say_where_their_words_stand() {
    let labels = labels().unwrap();
    assert!(labels.len() >= 24, "{} articles", labels.len());
    for (file, labels) in labels {
        let text: Vec<char> = std::fs::read_to_string(folder().join(&file)).unwrap().chars().collect();
        for label in labels {
            let at = |octet: u64| usize::try_from(octet).unwrap();
            let slice: String = text[at(label.start)..at(label.end)].iter().collect();
            if format_of(&file) == "txt" {
                let slice = slice.split_whitespace().collect::<Vec<_>>().join(" ");
                assert_eq!(slice, label.text, "{file}");
            } else {
                assert!(
                    slice.starts_with(label.text.chars().next().unwrap()) || slice.starts_with(['<', '&']),
                    "{file} {slice}"
                );
            }
        }
    }
}

#[test]
fn nine_of_ten_suggestions_are_right_in_every_part() {
    let pairs = pairs().unwrap();
    let parts: [Part; 5] = [
        ("all", |_| true, 75),
        ("tuned on", Pair::is_tuned, 75),
        ("held out", |pair| !pair.is_tuned(), 70),
        ("English", |pair| pair.file.starts_with("en"), 75),
        ("Persian", |pair| pair.file.starts_with("fa"), 65),
    ];
    for (name, is_of, least_recall) in parts {
        let count = count(pairs.iter().filter(|pair| is_of(pair)));
        let (precision, recall) = (percent(count.exact, count.answers), percent(count.exact, count.labels));
        assert!(precision >= 90, "{name}: precision {precision} %");
        assert!(recall >= least_recall, "{name}: recall {recall} %");
    }
}

#[test]
fn no_rule_says_that_it_is_surer_than_it_was() {
    let pairs = pairs().unwrap();
    let mut boasts = Vec::new();
    for rule in ingest::mentions::RULES {
        let of_rule = |pair: &&Pair| {
            pair.answer
                .as_ref()
                .is_some_and(|answer| answer.signal == rule.signal && answer.kind == rule.kind)
        };
        let count = count(pairs.iter().filter(of_rule));
        let measured = percent(count.exact, count.answers + 1);
        if usize::from(rule.confidence) != measured {
            boasts.push(format!(
                "{:?} {}: stated {}, measured {measured} of {}",
                rule.kind, rule.signal, rule.confidence, count.answers
            ));
        }
    }
    assert!(boasts.is_empty(), "{boasts:#?}");
}

#[test]
fn speakers_and_dates_are_right_where_they_are_told() {
    let pairs = pairs().unwrap();
    let both = |kind: &'static str| pairs.iter().filter(move |pair| pair.is_loose() && pair.kind() == kind);
    let (mut told, mut right) = (0, 0);
    for pair in both("quotation") {
        let (answer, label) = (pair.answer.as_ref().unwrap(), pair.label.as_ref().unwrap());
        told += usize::from(!answer.speaker.is_empty());
        right += usize::from(!answer.speaker.is_empty() && answer.speaker == label.speaker);
    }
    assert!(told >= 40 && percent(right, told) >= 90, "speakers: {right} of {told}");
    for pair in both("date").filter(|pair| pair.is_exact()) {
        let (answer, label) = (pair.answer.as_ref().unwrap(), pair.label.as_ref().unwrap());
        assert_eq!(answer.normalised, label.normalised, "{} {}", pair.file, label.text);
    }
}
