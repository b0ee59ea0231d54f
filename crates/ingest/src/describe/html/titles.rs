//! Titles: of the heading, of the declarations, of the element `title`.

use super::Heading;
use crate::describe::evidence::Claim;
use crate::describe::folding::{fold_into, folded, is_joined, joined};
use crate::describe::linked_data::Work;
use crate::describe::page::{Kind, Page, Parts, Spot};
use crate::describe::prose;

/// A title that is longer is none.
const LONGEST: usize = 400;

/// Where a title is declared.
const DECLARED: [&str; 8] = [
    "og:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
    "twitter:title",
    "sailthru.title",
    "parsely-title",
    "title",
];

/// What parts a title from the name of its site.
const SEPARATORS: [&str; 14] =
    [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " · ", " • ", " › ", " / ", " |", "│", ": "];

/// What the page is declared to be called, best first, without the name of the site.
fn declared<'a>(page: &'a Page) -> impl Iterator<Item = (&'static str, &'a str)> {
    DECLARED.iter().filter_map(|name| Some((*name, page.meta(name)?)))
}

/// The heading over the article: one that says what is declared, else the only `h1` of some length.
pub(super) fn main_heading(page: &Page, works: &[Work], sites: &[String]) -> Option<Heading> {
    let of_works =
        works.iter().filter(|work| work.is_article).filter_map(|work| work.title.as_deref()).take(3);
    let mut declared: Vec<String> =
        declared(page).map(|(_, title)| title).chain(of_works).map(folded).collect();
    // Most of them say the same.
    declared.sort_unstable();
    declared.dedup();
    let title = page.title.as_deref().unwrap_or_default();
    let (whole, part) = (folded(title), folded(longest_part(title)));
    let fresh = (!declared.contains(&whole)).then_some(&whole);
    let others: Vec<Words> = declared.iter().chain(fresh).map(|title| Words::of(title.as_bytes())).collect();
    let mut best: Option<(usize, &Spot)> = None;
    let mut folded = Vec::new();
    for spot in &page.spots {
        let (level, is_heading) = match spot.kind {
            Kind::Heading(level) => (usize::from(level), true),
            Kind::Title if spot.property.is_empty() => (5, false),
            Kind::Title => (4, false),
            _ => continue,
        };
        let Some(text) = page.text.get(spot.range.clone()).filter(|text| text.len() <= 3 * LONGEST) else {
            continue;
        };
        fold_into(&mut folded, text);
        let is_first = level == 1 && !spot.parts.any(BURIED);
        let count = Words::count(&folded);
        if folded.is_empty() || !is_first && !others.iter().any(|title| title.may_be_like(count)) {
            continue;
        }
        let words = Words::of(&folded);
        let alike = others.iter().map(|title| words.likeness(title)).max().unwrap_or(0);
        let is_declared = declared.iter().any(|title| title.as_bytes() == folded);
        let equal = if is_declared { 30 } else { 20 * usize::from(part.as_bytes() == folded) };
        let score = match alike + equal {
            60.. if is_heading || words.each.len() >= 3 => 100 + alike + equal - level * 5,
            _ if is_first => 60 + alike / 2 - 10 * usize::from(spot.parts.any(Parts::ELSEWHERE)),
            _ => continue,
        };
        let is_better = best.is_none_or(|(known, _)| score > known);
        if is_better && is_short(text) && !sites.iter().any(|site| is_joined(text, site)) {
            best = Some((score, spot));
        }
    }
    let (_, spot) = best?;
    Some(heading(spot, page.text_of(spot, 3 * LONGEST)?))
}

/// Whether a text has no more characters than titles have.
fn is_short(text: &str) -> bool {
    text.len() <= LONGEST || prose::tidy(text).is_some_and(|text| text.chars().count() <= LONGEST)
}

/// Parts in which no heading is that of the article.
const BURIED: Parts = Parts::MENU.with(Parts::FOOTER).with(Parts::COMMENTS).with(Parts::CONSENT);

/// The longest part of a title.
fn longest_part(title: &str) -> &str {
    let mut parts = vec![title];
    for separator in separators_in(title) {
        parts = parts.into_iter().flat_map(|part| part.split(separator)).collect();
    }
    parts.into_iter().max_by_key(|part| part.len()).unwrap_or_default().trim()
}

/// The separators that may stand in a title: their marks do.
fn separators_in(title: &str) -> impl Iterator<Item = &'static str> + Clone {
    // Octets of ASCII, and the first of the others: many titles have none.
    let is_mark = |octet: u8| matches!(octet, b'|' | b'-' | b':' | b'/' | 0xC2 | 0xE2);
    let has_mark = title.bytes().fold(false, |found, octet| found | is_mark(octet));
    let mark = |separator: &str| separator.trim_ascii_start().chars().next();
    let separators = if has_mark { &SEPARATORS[..] } else { &[] };
    separators
        .iter()
        .copied()
        .filter(move |separator| mark(separator).is_some_and(|mark| title.contains(mark)))
}

fn heading(spot: &Spot, text: String) -> Heading {
    Heading {
        text,
        start: spot.range.start,
        end: spot.range.end,
        parts: spot.parts,
        is_first_level: spot.kind == Kind::Heading(1),
    }
}

/// A folded title and its words.
struct Words<'a> {
    whole: &'a [u8],
    each: Vec<&'a [u8]>,
}

impl<'a> Words<'a> {
    fn of(folded: &'a [u8]) -> Self {
        let mut each = Vec::with_capacity(Self::count(folded));
        each.extend(folded.split(|octet| *octet == b' '));
        Self { whole: folded, each }
    }

    /// How many words there are in a folded text.
    fn count(folded: &[u8]) -> usize {
        1 + memchr::memchr_iter(b' ', folded).count()
    }

    /// Whether this title and one of so many words are alike enough, if as many as can be are shared:
    /// else there is nothing to compare.
    fn may_be_like(&self, count: usize) -> bool {
        let (least, most) = (self.each.len().min(count), self.each.len().max(count));
        (least >= 2 || most <= 3) && least * 200 / (least + most / 3) >= 60
    }

    /// How far two titles say the same, out of 100: shared words, out of those of the shorter, where
    /// it is not much shorter.
    fn likeness(&self, other: &Self) -> usize {
        if self.whole.is_empty() || other.whole.is_empty() {
            return 0;
        }
        if self.whole == other.whole {
            return 100;
        }
        if !self.may_be_like(other.each.len()) {
            return 0;
        }
        let (short, long) = if self.each.len() <= other.each.len() { (self, other) } else { (other, self) };
        let (least, most) = (short.each.len(), long.each.len());
        let shared = short.each.iter().filter(|word| long.each.contains(word)).count();
        shared * 200 / (least * 2).max(least + most / 3)
    }
}

/// All titles, the one that decides first.
pub(super) fn titles(page: &Page, works: &[Work], heading: Option<&Heading>, sites: &[String]) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    let of_work = works.iter().find(|work| work.is_article).and_then(|work| work.title.as_deref());
    let mut written: Vec<(&'static str, &str)> = declared(page).collect();
    let at = written.len().min(1);
    if let Some(title) = of_work {
        written.insert(at, ("json-ld", title));
    }
    written.extend(page.title.as_deref().map(|title| ("title", title)));
    let mut declared: Vec<Claim> = Vec::new();
    for (at, (signal, title)) in written.iter().enumerate() {
        // Most of them say the same.
        let known = written[..at].iter().position(|(_, known)| known == title);
        let value = known.map_or_else(|| without_site(title, sites), |known| declared[known].value.clone());
        declared.push(Claim { signal, value });
    }
    let agrees = |heading: &Heading| {
        if declared.iter().any(|claim| claim.value == heading.text) {
            return true;
        }
        let folded_heading = folded(&heading.text);
        let heading = Words::of(folded_heading.as_bytes());
        declared.iter().any(|claim| heading.likeness(&Words::of(folded(&claim.value).as_bytes())) >= 60)
    };
    let heading_claim = heading.map(|heading| Claim { signal: "heading", value: heading.text.clone() });
    let visible = |heading: &Heading| heading.is_first_level && heading.text.split_whitespace().count() >= 3;
    // A heading of one word is often that of a section.
    let is_section = |heading: &Heading| {
        let longer = |claim: &Claim| claim.signal != "title" && claim.value.split_whitespace().count() >= 3;
        !heading.text.contains(' ') && declared.iter().any(longer)
    };
    // And what is declared in one word, too.
    let says_more = |heading: &Heading| {
        heading.text.contains(' ') && declared.iter().all(|claim| !claim.value.contains(' '))
    };
    let leads = |heading: &Heading| agrees(heading) || visible(heading) || says_more(heading);
    if heading.is_some_and(|heading| leads(heading) && !is_section(heading)) {
        claims.extend(heading_claim);
        claims.extend(declared);
    } else {
        claims.extend(declared);
        claims.extend(heading_claim);
    }
    // What is called as its site is, is not called at all, where a heading says more.
    let is_site_itself = |claim: &Claim| sites.iter().any(|site| is_joined(&claim.value, site));
    if claims.iter().any(|claim| claim.signal == "heading" && !is_site_itself(claim)) {
        claims.retain(|claim| !is_site_itself(claim));
    }
    claims.retain(|claim| !claim.value.is_empty() && claim.value.chars().count() <= LONGEST);
    claims
}

/// Whether this is the name of the site, or contains it or is a part of it.
fn is_site(part: &str, sites: &[String]) -> bool {
    let joined = joined(part);
    let alike = |site: &String| {
        joined == *site
            || joined.len() >= 4 && site.contains(&joined)
            || site.len() >= 4 && joined.contains(site)
    };
    !joined.is_empty() && sites.iter().any(alike)
}

/// A title without the name of its site before or behind it.
fn without_site(title: &str, sites: &[String]) -> String {
    let is_site = |part: &str| is_site(part, sites);
    let mut rest = title.trim();
    let separators = separators_in(title);
    // Often a section stands between the title and the site.
    for _ in 0..3 {
        let last =
            separators.clone().filter_map(|separator| Some((rest.rfind(separator)?, separator.len()))).max();
        match last {
            Some((at, length)) if at > 0 && is_site(&rest[at + length..]) => rest = rest[..at].trim_end(),
            _ => break,
        }
    }
    let first = separators.filter_map(|separator| Some((rest.find(separator)?, separator.len()))).min();
    if let Some((at, length)) = first
        && is_site(&rest[..at])
        && !rest[at + length..].trim().is_empty()
    {
        rest = rest[at + length..].trim();
    }
    rest.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_the_site_is_left_off() {
        let sites = vec!["dailyexample".to_owned(), "exampleorg".to_owned(), "example".to_owned()];
        assert_eq!(without_site("River rises | Daily Example", &sites), "River rises");
        assert_eq!(without_site("Daily Example - River rises", &sites), "River rises");
        assert_eq!(without_site("River - rises", &sites), "River - rises");
        assert_eq!(without_site("Daily Example", &sites), "Daily Example");
    }

    #[test]
    fn no_separator_is_passed_over() {
        for separator in SEPARATORS {
            let title = format!("Rivers{separator}Daily Example");
            assert!(separators_in(&title).any(|found| found == separator), "{separator}");
        }
    }

    #[test]
    fn likeness_is_of_words() {
        let likeness =
            |one: &str, other: &str| Words::of(one.as_bytes()).likeness(&Words::of(other.as_bytes()));
        assert_eq!(likeness("a b c", "a b c"), 100);
        assert!(likeness("river rises again", "river rises again daily example") >= 60);
        assert!(likeness("news", "river rises again today") < 60);
        assert_eq!(likeness("", "a"), 0);
    }
}
