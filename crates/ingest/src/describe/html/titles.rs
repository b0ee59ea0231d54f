//! Titles: of the heading, of the declarations, of the element `title`.

mod likeness;
mod separators;

use super::Heading;
use super::indexed::Indexed;
use crate::describe::evidence::Claim;
use crate::describe::folding::{is_joined, joined};
use crate::describe::linked_data::Work;
use crate::describe::page::{Kind, Parts, Spot};
use crate::describe::prose;
use likeness::{Told, Words};
use separators::{Separator, separators_in};
use std::cmp::Reverse;

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

/// What the page is declared to be called, best first, without the name of the site.
fn declared<'a>(page: &'a Indexed) -> impl Iterator<Item = (&'static str, &'a str)> {
    DECLARED.iter().filter_map(|name| Some((*name, page.meta(name)?)))
}

/// The heading over the article: one that says what is declared, else the only `h1` of some length.
pub(super) fn main_heading(page: &Indexed, works: &[Work], sites: &[String]) -> Option<Heading> {
    let of_works =
        works.iter().filter(|work| work.is_article).filter_map(|work| work.title.as_deref()).take(3);
    let written = declared(page).map(|(_, title)| title).chain(of_works);
    let told = Told::of(written, page.title.as_deref().unwrap_or_default());
    let mut best: Option<(usize, Reverse<usize>)> = None;
    let mut words = Words::default();
    // Those of the first level have the best chances: what can do no better is not looked at.
    for is_first in [true, false] {
        for (place, spot) in page.spots.iter().enumerate() {
            let Some((level, is_heading)) = level(spot).filter(|(level, _)| (*level == 1) == is_first) else {
                continue;
            };
            let is_better = |score: usize| best.is_none_or(|known| (score, Reverse(place)) > known);
            let text = page.text.get(spot.range.clone()).filter(|text| text.len() <= 3 * LONGEST);
            let Some(text) = text.filter(|_| is_better(230 - level * 5)) else { continue };
            let is_first = is_first && !spot.parts.any(BURIED);
            // Most headings are word for word what is declared.
            let is_declared = is_heading && told.has(text);
            let alike = if is_declared { Some((100, 30)) } else { told.alike(text, is_first, &mut words) };
            let score = match alike {
                Some((alike, whole)) if alike + whole >= 60 && (is_heading || words.count() >= 3) => {
                    100 + alike + whole - level * 5
                }
                Some((alike, _)) if is_first => {
                    60 + alike / 2 - 10 * usize::from(spot.parts.any(Parts::ELSEWHERE))
                }
                _ => continue,
            };
            if is_better(score) && is_short(text) && !sites.iter().any(|site| is_joined(text, site)) {
                best = Some((score, Reverse(place)));
            }
        }
    }
    let spot = &page.spots[best?.1.0];
    Some(heading(spot, page.text_of(spot, 3 * LONGEST)?))
}

/// How far down an element names something, and whether it is a heading.
fn level(spot: &Spot) -> Option<(usize, bool)> {
    match spot.kind {
        Kind::Heading(level) => Some((usize::from(level), true)),
        Kind::Title if spot.property.is_empty() => Some((5, false)),
        Kind::Title => Some((4, false)),
        _ => None,
    }
}

/// Whether a text has no more characters than titles have.
fn is_short(text: &str) -> bool {
    text.len() <= LONGEST || prose::tidy(text).is_some_and(|text| text.chars().count() <= LONGEST)
}

/// Parts in which no heading is that of the article.
const BURIED: Parts = Parts::MENU.with(Parts::FOOTER).with(Parts::COMMENTS).with(Parts::CONSENT);

fn heading(spot: &Spot, text: String) -> Heading {
    Heading {
        text,
        start: spot.range.start,
        end: spot.range.end,
        parts: spot.parts,
        is_first_level: spot.kind == Kind::Heading(1),
    }
}

/// All titles, the one that decides first.
pub(super) fn titles(
    page: &Indexed,
    works: &[Work],
    heading: Option<&Heading>,
    sites: &[String],
) -> Vec<Claim> {
    let of_work = works.iter().find(|work| work.is_article).and_then(|work| work.title.as_deref());
    let mut written: Vec<(&'static str, &str)> = declared(page).collect();
    let at = written.len().min(1);
    if let Some(title) = of_work {
        written.insert(at, ("json-ld", title));
    }
    written.extend(page.title.as_deref().map(|title| ("title", title)));
    let mut declared: Vec<Claim> = Vec::with_capacity(written.len() + 1);
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
        let heading = Words::of(&heading.text);
        declared.iter().any(|claim| heading.likeness(&Words::of(&claim.value)) >= 60)
    };
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
    let place =
        heading.filter(|heading| leads(heading) && !is_section(heading)).map_or(declared.len(), |_| 0);
    let mut claims = declared;
    if let Some(heading) = heading {
        let claim = Claim { signal: "heading", value: heading.text.clone() };
        claims.insert(place, claim);
    }
    // What is called as its site is, is not called at all, where a heading says more.
    let is_site_itself = |claim: &Claim| sites.iter().any(|site| is_joined(&claim.value, site));
    if claims.iter().any(|claim| claim.signal == "heading" && !is_site_itself(claim)) {
        claims.retain(|claim| !is_site_itself(claim));
    }
    claims.retain(|claim| {
        let length = claim.value.len();
        length > 0 && (length <= LONGEST || claim.value.chars().count() <= LONGEST)
    });
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
        let place = |separator: &Separator| Some((separator.places(rest).next_back()?, separator.len()));
        match separators.clone().filter_map(place).max() {
            Some((at, length)) if at > 0 && is_site(&rest[at + length..]) => rest = rest[..at].trim_end(),
            _ => break,
        }
    }
    let place = |separator: &Separator| Some((separator.places(rest).next()?, separator.len()));
    if let Some((at, length)) = separators.filter_map(place).min()
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
    use crate::describe::page::Page;
    use proptest::prelude::*;

    /// Where the main heading begins, when every element is weighed in its order.
    fn with_care(page: &Indexed, sites: &[String]) -> Option<usize> {
        let written = declared(page).map(|(_, title)| title);
        let told = Told::of(written, page.title.as_deref().unwrap_or_default());
        let mut best: Option<(usize, usize)> = None;
        for spot in &page.spots {
            let (Some((level, is_heading)), Some(text)) = (level(spot), page.text.get(spot.range.clone()))
            else {
                continue;
            };
            let is_first = level == 1 && !spot.parts.any(BURIED);
            let elsewhere = 10 * usize::from(spot.parts.any(Parts::ELSEWHERE));
            let score = match told.alike(text, is_first, &mut Words::default()) {
                Some((alike, whole))
                    if alike + whole >= 60 && (is_heading || Words::of(text).count() >= 3) =>
                {
                    100 + alike + whole - level * 5
                }
                Some((alike, _)) if is_first => 60 + alike / 2 - elsewhere,
                _ => continue,
            };
            let is_site = sites.iter().any(|site| joined(text) == *site);
            if best.is_none_or(|(most, _)| score > most) && is_short(text) && !is_site {
                best = Some((score, spot.range.start));
            }
        }
        best.map(|(_, start)| start)
    }

    proptest! {
        #[test]
        fn the_first_look_and_the_careful_way_find_one_heading(
            title in "(River|rises|again|by night|Example){1,5}( \\| Example)?",
            parts in prop::collection::vec(
                ("(h1|h1|h2|h3|h5|p class=headline|p itemprop=headline)", "((River|rises|again|by night|Example|-) ?){0,5}", "(nav|footer|article|aside)"),
                0..7,
            ),
        ) {
            let spaced = title.replace("rises", " rises ").replace("again", " again ");
            let body = parts.iter().map(|(tag, text, around)| {
                let end = tag.split(' ').next().unwrap_or_default();
                format!("<{around}><{tag}>{text}</{end}><p>Some words.</p></{around}>")
            });
            let html = format!(
                "<title>{spaced}</title><meta property=og:title content='{spaced}'><body>{}", body.collect::<String>()
            );
            let page = Indexed::of(Page::read(&html));
            let sites = ["example".to_owned()];
            let found = main_heading(&page, &[], &sites);
            prop_assert_eq!(found.map(|heading| heading.start), with_care(&page, &sites), "{}", html);
        }
    }

    #[test]
    fn the_name_of_the_site_is_left_off() {
        let sites = vec!["dailyexample".to_owned(), "exampleorg".to_owned(), "example".to_owned()];
        assert_eq!(without_site("River rises | Daily Example", &sites), "River rises");
        assert_eq!(without_site("Daily Example - River rises", &sites), "River rises");
        assert_eq!(without_site("River - rises", &sites), "River - rises");
        assert_eq!(without_site("Daily Example", &sites), "Daily Example");
    }
}
