//! What counts as right, and how often it is.

use std::collections::BTreeSet;

use super::{Described, Labelled};

/// Halves of the corpus: one that the rules were made on, and one that tells whether they are rules.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Half {
    /// That was looked at.
    Tuned,
    /// That tells whether they are rules.
    Other,
    /// The whole corpus.
    Both,
}

impl Half {
    /// Whether a page is in this half, by a hash of its name (FNV-1a).
    pub fn has(self, name: &str) -> bool {
        let hash = name.bytes().fold(0xCBF2_9CE4_8422_2325_u64, |hash, octet| {
            (hash ^ u64::from(octet)).wrapping_mul(0x0100_0000_01B3)
        });
        match self {
            Self::Tuned => (hash >> 32).is_multiple_of(2),
            Self::Other => !(hash >> 32).is_multiple_of(2),
            Self::Both => true,
        }
    }

    fn title(self) -> &'static str {
        match self {
            Self::Tuned => "Half that the rules were tuned on",
            Self::Other => "The other half",
            Self::Both => "All pages",
        }
    }
}

/// Answers to one question.
#[derive(Default)]
struct Score {
    labelled: usize,
    answered: usize,
    right: usize,
    /// Answers where the label is blank: nobody can tell whether they are wrong.
    unasked: usize,
}

impl Score {
    fn count(&mut self, labelled: bool, answered: bool, right: bool) {
        if labelled {
            self.labelled += 1;
            self.answered += usize::from(answered);
            self.right += usize::from(right);
        } else {
            self.unasked += usize::from(answered);
        }
    }

    fn row(&self, what: &str, precision: Option<f64>, answered: Option<f64>, recall: Option<f64>) {
        let met = |value: f64, aim: Option<f64>| match aim {
            Some(aim) if value >= aim => format!("{value:.3} (≥ {aim}: met)"),
            Some(aim) => format!("{value:.3} (≥ {aim}: missed)"),
            None => format!("{value:.3}"),
        };
        println!(
            "| {what} | {} | {} | {} | {} | {} | {} | {} |",
            self.labelled,
            self.answered,
            met(share(self.answered, self.labelled), answered),
            self.right,
            met(share(self.right, self.answered), precision),
            met(share(self.right, self.labelled), recall),
            self.unasked,
        );
    }
}

/// Answers to all questions.
#[derive(Default)]
pub struct Scores {
    title: Score,
    author: Score,
    author_split: Score,
    date: Score,
}

impl Scores {
    /// Counts one page.
    pub(super) fn count(&mut self, page: &Described) {
        let Described { label, description, .. } = page;
        let title = description.title.as_ref().map(|title| title.value.as_str());
        self.title.count(
            !label.title.is_empty(),
            title.is_some(),
            title.is_some_and(|title| loosely(title, &label.title)),
        );
        let answer = authors(page);
        self.author.count(!label.authors.is_empty(), !answer.is_empty(), answer == label.authors);
        self.author_split.count(!label.authors.is_empty(), !answer.is_empty(), answer == split(label));
        let date = description.dates.published.as_deref();
        self.date.count(
            !label.date.is_empty(),
            date.is_some(),
            date.is_some_and(|date| same_day(date, &label.date)),
        );
    }

    /// Prints the table of this half.
    pub fn print(&self, half: Half) {
        println!("\n### {}\n", half.title());
        println!(
            "| what | labelled | answered | share | right | precision | recall | answers without a label |"
        );
        println!("|---|---|---|---|---|---|---|---|");
        self.date.row("publication day", Some(0.95), Some(0.85), None);
        self.title.row("title, loosely", None, None, Some(0.90));
        self.author.row("author, exactly", None, None, Some(0.65));
        self.author_split.row("author, labels split at commas", None, None, None);
    }
}

/// Prints what differs from its label.
pub(super) fn differences(page: &Described) {
    let Described { label, description, evidence } = page;
    let half = if Half::Tuned.has(&label.name) { "tuned" } else { "other" };
    let title = description.title.as_ref().map_or("", |title| title.value.as_str());
    if !label.title.is_empty() && !loosely(title, &label.title) {
        println!(
            "\n{half} {} title: {title:?}, labelled {:?}\n    of {:?}",
            label.name, label.title, evidence.titles
        );
    }
    let answer = authors(page);
    if answer != label.authors {
        println!(
            "\n{half} {} author: {answer:?}, labelled {:?}\n    of {:?}",
            label.name, label.byline, evidence.creators
        );
    }
    let date = description.dates.published.as_deref().unwrap_or_default();
    if !(date.is_empty() && label.date.is_empty() || same_day(date, &label.date)) {
        println!(
            "\n{half} {} date: {date:?}, labelled {:?}\n    {}",
            label.name, label.date, description.dates.basis
        );
        for signal in &evidence.dates {
            println!("    {}: {:?} {:?}", signal.name, signal.reading.edtf, signal.reading.as_written);
        }
    }
}

/// The names that are suggested.
fn authors(page: &Described) -> BTreeSet<String> {
    names(page.description.creators.iter().map(|creator| creator.value.as_str()))
}

/// Names as a set: trimmed, in lower case.
pub fn names<'a>(names: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
    names.map(|name| name.trim().to_lowercase()).filter(|name| !name.is_empty()).collect()
}

/// A label parted where people part names.
fn split(label: &Labelled) -> BTreeSet<String> {
    let mut parts = vec![label.byline.as_str()];
    for separator in [" | ", ", ", "; ", " & ", " und ", " and "] {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    names(parts.into_iter())
}

/// Whether an EDTF date, or a timestamp, is of that day.
pub fn same_day(date: &str, day: &str) -> bool {
    !date.is_empty() && date.get(..10) == day.get(..10)
}

/// Whether two titles are the same, or one contains the other: without case, punctuation, space.
pub fn loosely(title: &str, label: &str) -> bool {
    let folded = |text: &str| {
        let words: String = text
            .chars()
            .map(|c| if c.is_alphanumeric() { c } else { ' ' })
            .flat_map(char::to_lowercase)
            .collect();
        words.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (title, label) = (folded(title), folded(label));
    !title.is_empty() && (title.contains(&label) || label.contains(&title))
}

/// A share of a whole; one of nothing is nothing.
#[expect(clippy::cast_precision_loss, reason = "counts of pages")]
pub fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn loose_titles() {
        assert!(loosely("River rises | Daily Example", "»River« rises"));
        assert!(!loosely("River falls", "River rises"));
        assert!(!loosely("", "River rises"));
    }

    #[test]
    fn days_and_halves() {
        assert!(same_day("2020-01-02", "2020-01-02"));
        assert!(!same_day("2020-01", "2020-01-02"));
        assert_ne!(Half::Tuned.has("t0001.html"), Half::Other.has("t0001.html"));
    }
}
