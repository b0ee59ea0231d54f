//! HTML: what a page's signals say.

mod authors;
mod capture;
mod dated;
mod indexed;
mod mentioned;
mod titles;

use super::evidence::{Claim, Evidence};
use super::folding::{folded, joined};
use super::linked_data::{self, Work};
use super::markup::resolved;
use super::page::{Kind, Page, Parts, Spot};
use super::script::Written;
use super::{Mentions, language, prose};
use crate::dates::Hints;
use dated::Dated;
use fluent_uri::UriRef;
use indexed::Indexed;
use std::ops::RangeInclusive;

/// Where a publisher's name is declared.
const PUBLISHERS: [&str; 6] = [
    "og:site_name",
    "dc.publisher",
    "dcterms.publisher",
    "citation_publisher",
    "publisher",
    "application-name",
];

/// Where a summary is declared.
const SUMMARIES: [&str; 5] =
    ["description", "og:description", "dc.description", "dcterms.abstract", "twitter:description"];

/// Where a language is declared.
const LANGUAGES: [&str; 4] = ["content-language", "language", "dc.language", "og:locale"];

/// Characters of a summary that are kept.
const SUMMARY: usize = 600;

/// What a page's signals say.
pub(super) fn evidence(source: &str, mentions: Mentions) -> Evidence {
    let page = Indexed::of(Page::read(source));
    let works = linked_data::works(&page.json_ld);
    let mut evidence = Evidence {
        addresses: addresses(&page, &works),
        publishers: publishers(&page, &works),
        ..Evidence::default()
    };
    let sites = sites(&evidence);
    let heading = titles::main_heading(&page, &works, &sites);
    evidence.titles = titles::titles(&page, &works, heading.as_ref(), &sites);
    let main = main_work(&works, &evidence);
    let text = running_text(&page);
    let languages = languages(&page, main, &text);
    let settled = super::decide::language(&languages);
    evidence.creators = authors::creators(&page, main, heading.as_ref(), &sites);
    let dated = Dated {
        page: &page,
        main,
        heading: heading.as_ref(),
        address: evidence.addresses.first().map(|claim| claim.value.as_str()),
        hints: Hints { language: settled, ..Hints::default() },
    };
    let (dates, changes) = (dated.signals(), dated.changes());
    (evidence.dates, evidence.changes) = (dates, changes);
    evidence.summaries = summaries(&page, main);
    capture::remark(&page, &text, &works, &mut evidence);
    if mentions == Mentions::Sought {
        mentioned::mentions(source, &page, heading.as_ref(), settled, &mut evidence);
    }
    evidence.languages = languages;
    evidence
}

/// The heading over the article, and what is near it.
#[derive(Clone, Debug)]
struct Heading {
    text: String,
    start: usize,
    end: usize,
    /// Parts of the page that it lies in: they tell nothing of what lies in them, too.
    parts: Parts,
    is_first_level: bool,
}

impl Heading {
    /// The octets of the text that are near enough to speak of this heading.
    fn neighbourhood(&self) -> RangeInclusive<usize> {
        self.start.saturating_sub(400)..=self.end + 1_200
    }

    fn is_near(&self, at: usize) -> bool {
        self.neighbourhood().contains(&at)
    }
}

/// Names of the site, folded and in one word: of its publishers, and of its host.
fn sites(evidence: &Evidence) -> Vec<String> {
    let mut sites: Vec<String> = Vec::with_capacity(evidence.publishers.len() + 2 * evidence.addresses.len());
    sites.extend(evidence.publishers.iter().map(|claim| joined(&claim.value)));
    let mut known = "";
    for claim in &evidence.addresses {
        let host = claim.value.split('/').nth(2).unwrap_or_default();
        let host = host.strip_prefix("www.").unwrap_or(host);
        if std::mem::replace(&mut known, host) == host {
            continue;
        }
        sites.push(joined(host));
        sites.extend(host.rsplit_once('.').map(|(name, _)| joined(name)));
    }
    sites.retain(|site| site.len() > 1);
    sites.dedup();
    sites
}

/// Whether a spot speaks of something else than the article.
fn is_elsewhere(spot: &Spot, heading: Option<&Heading>) -> bool {
    let uninformative = heading.map_or(Parts::default(), |heading| heading.parts);
    spot.parts.without(uninformative).any(Parts::ELSEWHERE)
}

/// Whether a line speaks of something else than the article, or of who wrote it and when.
fn is_elsewhere_line(parts: Parts, heading: Option<&Heading>) -> bool {
    let uninformative = heading.map_or(Parts::default(), |heading| heading.parts);
    let about = Parts::ELSEWHERE.with(Parts::AUTHOR).with(Parts::ABOUT);
    parts.without(uninformative).any(about)
}

/// The work that is the article of this page, not one of others that it lists.
fn main_work<'a>(works: &'a [Work], evidence: &Evidence) -> Option<&'a Work> {
    let titled = |work: &&Work| {
        let Some(title) = work.title.as_deref().map(folded) else { return false };
        evidence.titles.iter().filter(|claim| claim.signal != "json-ld").any(|claim| {
            let other = folded(&claim.value);
            !title.is_empty() && (other.contains(&title) || !other.is_empty() && title.contains(&other))
        })
    };
    works.iter().filter(|work| work.is_article).find(titled).or_else(|| {
        let articles = works.iter().filter(|work| work.is_article).count();
        // One of several that do not bear the title of the page is none of them.
        works.first().filter(|_| articles <= 1)
    })
}

fn addresses(page: &Indexed, works: &[Work]) -> Vec<Claim> {
    let absolute = |address: String| {
        let resolved = UriRef::parse(address.as_str()).is_ok_and(|uri| uri.has_scheme());
        (resolved && (address.starts_with("http://") || address.starts_with("https://"))).then_some(address)
    };
    let of_work = works.iter().find(|work| work.is_article).and_then(|work| work.address.clone());
    [
        Claim::of("saved-from", page.saved_from.map(str::to_owned).and_then(absolute)),
        Claim::of("canonical", page.canonical.clone().and_then(absolute)),
        Claim::of("og:url", page.meta("og:url").map(str::to_owned).and_then(absolute)),
        Claim::of("json-ld", of_work.and_then(absolute)),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn publishers(page: &Indexed, works: &[Work]) -> Vec<Claim> {
    let of_work = works.iter().find_map(|work| work.publisher.clone());
    let of_metas = PUBLISHERS.iter().filter_map(|name| Claim::of(name, page.meta(name).map(str::to_owned)));
    let of_microdata = page.spots.iter().find(|spot| spot.kind == Kind::Publisher).and_then(|spot| {
        let said = spot.value.and_then(|value| prose::tidy(&resolved(value)));
        said.or_else(|| page.text_of(spot, 160))
    });
    Claim::of("json-ld", of_work)
        .into_iter()
        .chain(of_metas)
        .chain(Claim::of("microdata", of_microdata))
        .filter(|claim| claim.value.len() <= 120 || claim.value.chars().count() <= 120)
        .filter(|claim| !claim.value.starts_with("http"))
        .collect()
}

fn summaries(page: &Indexed, main: Option<&Work>) -> Vec<Claim> {
    let of_work = main.and_then(|work| work.summary.as_deref()).map(|summary| ("json-ld", summary));
    let of_metas = SUMMARIES.iter().filter_map(|name| Some((*name, page.meta(name)?)));
    let shortened = |text: &str| {
        // As many octets have no more characters.
        if text.len() <= SUMMARY { text.to_owned() } else { prose::shortened(text, SUMMARY) }
    };
    of_metas.chain(of_work).map(|(signal, text)| Claim { signal, value: shortened(text) }).collect()
}

/// Declared languages, and the one that is detected where a declaration does not suffice.
fn languages(page: &Indexed, main: Option<&Work>, text: &str) -> Vec<Claim> {
    let mut claims: Vec<Claim> = Vec::new();
    claims.extend(Claim::of("html lang", page.language.and_then(language::tag)));
    claims
        .extend(Claim::of("json-ld", main.and_then(|work| work.language.as_deref()).and_then(language::tag)));
    claims
        .extend(LANGUAGES.iter().filter_map(|name| Claim::of(name, page.meta(name).and_then(language::tag))));
    // Of a short text the title is the longer part; it is of another script than declared, or it is not.
    let title = page.title.as_deref().unwrap_or_default();
    let letters = if language::letters_up_to(text, 120) < 120 {
        [text, " ", &[title, " "].concat().repeat(200 / (prose::letters(title) + 1))].concat()
    } else {
        String::new()
    };
    let letters = if letters.is_empty() { text } else { &letters };
    let written = Written::of(letters);
    claims.retain(|claim| !written.contradicts(&claim.value));
    // English is what templates declare where nobody chose a language.
    let chosen = claims.first().is_some_and(|claim| language::primary(&claim.value) != "en");
    if !chosen {
        claims.extend(Claim::of("detected", language::detect(text).map(str::to_owned)));
    }
    claims
}

/// The longest lines that lie in the article, if any, in their order: some 2,000 characters.
fn running_text(page: &Page) -> String {
    let mut text = String::with_capacity(page.text.len().min(4_000) + 1_002);
    for least in [160, 60] {
        for (_, line, parts) in page.lines() {
            if line.len() >= least && !parts.any(Parts::ELSEWHERE) {
                text.push_str(prose::beginning(line, 1_000));
                text.push('\n');
            }
            if text.len() > 4_000 {
                return text;
            }
        }
        if text.len() > 400 {
            break;
        }
        text.clear();
    }
    text
}
