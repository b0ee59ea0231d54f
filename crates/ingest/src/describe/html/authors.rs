//! Authors: of linked data, declarations, microdata, and bylines near the heading.

use super::indexed::Indexed;
use super::{Heading, is_elsewhere};
use crate::describe::byline;
use crate::describe::evidence::Claim;
use crate::describe::folding::{folded, is_joined, joined};
use crate::describe::linked_data::Work;
use crate::describe::page::{Kind, Page, Parts, Spot};
use std::cell::RefCell;

/// Where an author is declared.
const DECLARED: [&str; 11] = [
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "dc:creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "og:article:author",
    "article:author_name",
    "byl",
];

/// Octets between authors that stand side by side.
const BESIDE: usize = 24;

/// What label cards have for authors.
const LABELS: [&str; 9] = [
    "written by",
    "verfasst von",
    "geschrieben von",
    "écrit par",
    "escrito por",
    "author",
    "autor",
    "scritto da",
    "posted by",
];

/// Names that were read as they stand: most signals of a page say the same.
#[derive(Default)]
struct Known(RefCell<Vec<String>>);

impl Known {
    /// The names in a byline.
    fn names(&self, text: &str) -> Vec<String> {
        let mut known = self.0.borrow_mut();
        if known.iter().any(|name| name == text) {
            return vec![text.to_owned()];
        }
        let names = byline::names(text);
        if names.len() == 1 && names[0] == text {
            known.push(text.to_owned());
        }
        names
    }
}

/// All that is said of who made it, the most trusted first.
pub(super) fn creators(
    page: &Indexed,
    main: Option<&Work>,
    heading: Option<&Heading>,
    sites: &[String],
) -> Vec<Claim<Vec<String>>> {
    let mut claims: Vec<Claim<Vec<String>>> = Vec::new();
    let known = Known::default();
    let of_work = main.map(|work| work.creators.iter().flat_map(|name| known.names(name)).collect());
    let mut add = |signal: &'static str, names: Option<Vec<String>>| {
        claims.extend(Claim::of(signal, names.filter(|names| !names.is_empty())));
    };
    add("json-ld", of_work);
    add("microdata", Some(microdata(page, heading, &known)));
    declared(page, &known, &mut add);
    spots(page, heading, &known, &mut add);
    add("byline", near_heading(page, heading));
    add("byline after the text", far(page, heading, &known));
    drop_sites(&mut claims, sites);
    spelled_out(&mut claims);
    complete(&mut claims);
    for claim in claims.iter_mut().filter(|claim| claim.value.len() > 1) {
        let mut seen: Vec<String> = Vec::new();
        claim.value.retain(|name| {
            let folded = name.to_lowercase();
            let fresh = !seen.contains(&folded);
            seen.push(folded);
            fresh
        });
    }
    claims
}

/// The name that all links to authors and all marked bylines in the article have, however far from
/// its heading.
fn far(page: &Page, heading: Option<&Heading>, known: &Known) -> Option<Vec<String>> {
    let mut found: Option<Vec<String>> = None;
    let mut last: Option<String> = None;
    let short =
        |spot: &&Spot| spot.kind == Kind::Author && spot.range.len() < 160 && !is_elsewhere(spot, heading);
    for spot in page.spots.iter().filter(short).take(64) {
        let Some(text) = page.text_of(spot, 400) else { continue };
        let says = !spot.href.is_empty() || byline::after_marker(&text).is_some();
        // Most say the same as the one before.
        if !says || last.as_ref() == Some(&text) {
            continue;
        }
        let names = known.names(&text);
        last = Some(text);
        match &found {
            _ if names.is_empty() => {}
            Some(found) if *found != names => return None,
            _ => found = Some(names),
        }
    }
    found
}

/// Drops names of the site, which is named as the publisher, and firms in declarations, which are
/// often of those who made the site.
fn drop_sites(claims: &mut Vec<Claim<Vec<String>>>, sites: &[String]) {
    const FIRMS: [&str; 8] = ["gmbh", "ag", "kg", "inc", "ltd", "llc", "e v", "s a"];
    let is_site = |name: &str| sites.iter().any(|site| is_joined(name, site));
    for claim in claims.iter_mut() {
        let declared = DECLARED.contains(&claim.signal);
        let is_firm = |name: &str| {
            let name = folded(name);
            FIRMS.iter().any(|firm| name.strip_suffix(firm).is_some_and(|before| before.ends_with(' ')))
        };
        claim.value.retain(|name| !(is_site(name) || declared && is_firm(name)));
    }
    claims.retain(|claim| !claim.value.is_empty());
}

/// Takes a name from a signal that spells it out: `janeexample` is Jane Example, and where a link
/// to an author has the end of a name, what comes before it is no name.
fn spelled_out(claims: &mut [Claim<Vec<String>>]) {
    let Some((first, others)) = claims.split_first_mut() else { return };
    for name in &mut first.value {
        let is_one_word = !name.contains(' ');
        let better = others.iter().find_map(|claim| {
            let link = matches!(claim.signal, "rel=author" | "author-link");
            claim.value.iter().find(|other| {
                if !other.contains(' ') {
                    return false;
                }
                let same = is_one_word && is_joined(other, &joined(name));
                let ends = name.strip_suffix(other.as_str()).is_some_and(|before| before.ends_with(' '));
                let begins = name.strip_prefix(other.as_str()).is_some_and(|rest| rest.starts_with(' '));
                same || link && ends || begins && name.split(' ').count() > 3
            })
        });
        if let Some(better) = better {
            name.clone_from(better);
        }
    }
}

/// Takes the longer list where two other signals agree on one that has all names and more: linked
/// data often knows the first author only.
fn complete(claims: &mut [Claim<Vec<String>>]) {
    let Some((first, others)) = claims.split_first_mut() else { return };
    let has_all = |list: &Vec<String>| {
        list.len() > first.value.len() && first.value.iter().all(|name| list.contains(name))
    };
    let longer = others.iter().map(|claim| &claim.value).filter(|list| has_all(list));
    let agreed = longer.clone().find(|list| longer.clone().filter(|other| other == list).count() > 1);
    if let Some(agreed) = agreed {
        first.value.clone_from(agreed);
    }
}

/// `meta` elements; several of one name are several authors.
fn declared(page: &Indexed, known: &Known, add: &mut impl FnMut(&'static str, Option<Vec<String>>)) {
    for name in DECLARED {
        let mut names = Vec::new();
        for content in page.metas(name) {
            names.append(&mut known.names(content));
        }
        add(name, Some(names));
    }
    for (label, data) in [("twitter:label1", "twitter:data1"), ("twitter:label2", "twitter:data2")] {
        let Some(label) = page.meta(label).map(str::to_lowercase) else { continue };
        if LABELS.iter().any(|known| label.starts_with(known)) {
            add("twitter:data", page.meta(data).map(byline::names));
        }
    }
}

/// `itemprop=author`, with the name in it where it has one.
fn microdata(page: &Page, heading: Option<&Heading>, known: &Known) -> Vec<String> {
    let mut names = Vec::new();
    for spot in page.spots.iter().filter(|spot| spot.kind == Kind::Author && !spot.property.is_empty()) {
        if is_elsewhere(spot, heading) {
            continue;
        }
        let said = spot.value.map(str::to_owned).or_else(|| page.text_of(spot, 400));
        names.extend(said.iter().flat_map(|text| known.names(text)));
    }
    names.truncate(8);
    names
}

/// Elements that say they are of an author, by relation, class or address; the nearest to the
/// heading that has a name.
fn spots(
    page: &Page,
    heading: Option<&Heading>,
    known: &Known,
    add: &mut impl FnMut(&'static str, Option<Vec<String>>),
) {
    type Test = fn(&Spot) -> bool;
    let tests: [(&'static str, Test); 3] = [
        ("rel=author", |spot| spot.relation.eq_ignore_ascii_case("author")),
        ("author-link", |spot| !spot.href.is_empty()),
        ("class", |_| true),
    ];
    for (signal, test) in tests {
        let near = |spot: &&Spot| heading.is_none_or(|heading| heading.is_near(spot.range.start));
        let found = page
            .spots
            .iter()
            .filter(|spot| spot.kind == Kind::Author && spot.property.is_empty() && test(spot))
            .filter(|spot| !is_elsewhere(spot, heading) && !spot.parts.any(Parts::ABOUT))
            .filter(near);
        // Several authors stand side by side.
        let (mut names, mut end): (Vec<String>, usize) = (Vec::new(), 0);
        for spot in found {
            if !names.is_empty() && spot.range.start > end + BESIDE {
                break;
            }
            let more = page.text_of(spot, 400).map(|text| known.names(&text)).unwrap_or_default();
            if !more.is_empty() {
                end = end.max(spot.range.end);
                names.extend(more);
            }
            if signal == "class" && !names.is_empty() {
                break;
            }
        }
        add(signal, Some(names));
    }
}

/// A line near the heading that begins with "by", and goes on with a name.
fn near_heading(page: &Page, heading: Option<&Heading>) -> Option<Vec<String>> {
    let heading = heading?;
    page.lines_within(heading.neighbourhood())
        .filter(|(_, line, _)| line.len() < 200)
        .filter_map(|(_, line, _)| {
            let names = byline::names(byline::after_marker(line)?);
            let alone = line.split_whitespace().count() <= 6;
            let fits = |name: &String| byline::is_proper(name) && (alone || name.contains(' '));
            names.iter().all(fits).then_some(names)
        })
        .find(|names| !names.is_empty())
}
