//! What is mentioned in `fixtures/articles`, as a person labelled it, against what is suggested.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use ingest::FormatIdentifier;
use ingest::describe::ContentDescriber;
use provenance::Identifier;
use provenance::description::{Describer, Look, Mention};

/// What a person labelled.
#[derive(Clone, Debug)]
pub struct Label {
    /// Name of the article's file.
    pub file: String,
    /// What is mentioned, in one word.
    pub kind: String,
    /// The words.
    pub text: String,
    /// What the person is.
    pub role: String,
    /// Who said it.
    pub speaker: String,
    /// A date in EDTF, a long form, a whole name.
    pub normalised: String,
    /// Characters of the decoded file.
    pub start: u64,
    /// The character behind the last.
    pub end: u64,
}

/// A suggestion, a label, or both where they meet.
#[derive(Clone, Debug)]
pub struct Pair {
    /// Name of the article's file.
    pub file: String,
    /// What is suggested.
    pub answer: Option<Mention>,
    /// What a person labelled.
    pub label: Option<Label>,
}

impl Pair {
    /// Whether both say the same words.
    pub fn is_exact(&self) -> bool {
        match (&self.answer, &self.label) {
            (Some(answer), Some(label)) => core(&answer.text) == core(&label.text),
            _ => false,
        }
    }

    /// Whether both are there, and overlap.
    pub fn is_loose(&self) -> bool {
        self.answer.is_some() && self.label.is_some()
    }

    /// The kind of either.
    pub fn kind(&self) -> &str {
        self.answer
            .as_ref()
            .map(|answer| answer.kind.word())
            .or(self.label.as_ref().map(|l| l.kind.as_str()))
            .unwrap_or_default()
    }

    /// Whether the rules were tuned on this article: those with odd numbers.
    pub fn is_tuned(&self) -> bool {
        self.file.as_bytes().get(3).is_some_and(|digit| digit % 2 == 1)
    }
}

/// Words without the white space and marks about them.
pub fn core(text: &str) -> &str {
    text.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Where the articles lie.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/articles")
}

/// All labels, by article.
pub fn labels() -> Result<BTreeMap<String, Vec<Label>>, Box<dyn std::error::Error>> {
    let mut labels: BTreeMap<String, Vec<Label>> = BTreeMap::new();
    let mut reader = csv::Reader::from_path(folder().join("mentions.csv"))?;
    for row in reader.records() {
        let row = row?;
        let cell = |at: usize| row.get(at).unwrap_or_default().to_owned();
        let label = Label {
            file: cell(0),
            kind: cell(1),
            text: cell(2),
            role: cell(3),
            speaker: cell(4),
            normalised: cell(5),
            start: cell(6).parse()?,
            end: cell(7).parse()?,
        };
        labels.entry(label.file.clone()).or_default().push(label);
    }
    Ok(labels)
}

/// Every suggestion with the label that it meets, and the labels that none meets.
pub fn pairs() -> Result<Vec<Pair>, Box<dyn std::error::Error>> {
    let mut pairs = Vec::new();
    for (file, labels) in labels()? {
        let octets = fs::read(folder().join(&file))?;
        let format = FormatIdentifier.identify(&file, &octets, octets.len() as u64);
        let mentions = ContentDescriber.describe(&Look::whole(&file, &format, &octets)).mentions;
        pairs.extend(paired(&file, mentions, labels));
    }
    Ok(pairs)
}

/// Pairs of one article: first those that say the same words, then those that overlap.
fn paired(file: &str, mentions: Vec<Mention>, labels: Vec<Label>) -> Vec<Pair> {
    let mut answers: Vec<Option<Mention>> = mentions.into_iter().map(Some).collect();
    let mut labels: Vec<Option<Label>> = labels.into_iter().map(Some).collect();
    let mut pairs = Vec::new();
    for exact in [true, false] {
        for answer in &mut answers {
            let Some(found) = answer.clone() else { continue };
            let meets = |label: &Label| {
                label.kind == found.kind.word()
                    && label.start < found.end
                    && found.start < label.end
                    && (!exact || core(&label.text) == core(&found.text))
            };
            if let Some(label) = labels.iter_mut().find(|label| label.as_ref().is_some_and(meets)) {
                pairs.push(Pair { file: file.to_owned(), answer: answer.take(), label: label.take() });
            }
        }
    }
    let alone = |answer, label| Pair { file: file.to_owned(), answer, label };
    pairs.extend(answers.into_iter().flatten().map(|answer| alone(Some(answer), None)));
    pairs.extend(labels.into_iter().flatten().map(|label| alone(None, Some(label))));
    pairs
}

/// How many were suggested, labelled, right, and right loosely.
#[derive(Clone, Copy, Debug, Default)]
pub struct Count {
    /// Suggested.
    pub answers: usize,
    /// Labelled.
    pub labels: usize,
    /// The same words.
    pub exact: usize,
    /// Overlapping.
    pub loose: usize,
}

/// Counts pairs.
pub fn count<'a>(pairs: impl Iterator<Item = &'a Pair>) -> Count {
    let mut count = Count::default();
    for pair in pairs {
        count.answers += usize::from(pair.answer.is_some());
        count.labels += usize::from(pair.label.is_some());
        count.exact += usize::from(pair.is_exact());
        count.loose += usize::from(pair.is_loose());
    }
    count
}
