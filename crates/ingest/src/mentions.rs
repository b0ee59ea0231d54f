//! Who is reported to have said or done what: persons, organisations, quotations, dates, places and
//! events that a text names. Rules and no guesses: what no rule is sure of is left out.
//!
//! A text is passed once for every word that a rule begins at and every number (`marks`); each rule
//! then looks at the few words about its mark. English and Persian.

mod blocks;
mod dated;
mod events;
mod marks;
mod names;
mod organisations;
mod persons;
mod places;
mod position;
mod quotations;
mod rule;
mod speaker;
mod words;

use std::borrow::Cow;
use std::ops::Range;

use marks::Marks;
pub(crate) use position::Positions;
pub use rule::RULES;
use rule::Rule;

use provenance::description::{Mention, MentionKind};

/// Octets of running text that are looked at.
const TEXT: usize = 256 << 10;

/// Mentions of one document.
const MOST: usize = 2_000;

/// Something that a text mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Spotted {
    kind: MentionKind,
    /// Octets of the text.
    range: Range<usize>,
    role: String,
    speaker: String,
    normalised: String,
    /// Where the title or role begins that stands before a name; else where the mention does.
    outset: usize,
    rule: &'static Rule,
}

impl Spotted {
    fn new(rule: &'static Rule, range: Range<usize>) -> Self {
        let (role, speaker, normalised) = (String::new(), String::new(), String::new());
        Self { kind: rule.kind, outset: range.start, range, role, speaker, normalised, rule }
    }

    /// With a role, whose words stand in the text at `role`.
    fn with_role(self, text: &str, role: Range<usize>) -> Self {
        let outset = self.outset.min(role.start);
        Self { role: words::on_one_line(&text[role]), outset, ..self }
    }

    fn with_normalised(self, normalised: impl Into<String>) -> Self {
        Self { normalised: normalised.into(), ..self }
    }
}

/// What a text mentions.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mentioned {
    /// In the order of the text.
    pub mentions: Vec<Mention>,
    /// In words, what of it was not looked at or left out for its length or number; empty if nothing.
    pub shortened: &'static str,
}

/// An end of a mention in running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Edge {
    /// Octets of the text before it.
    pub(crate) octet: usize,
    /// Whether a mention begins there; else one ends.
    pub(crate) is_start: bool,
}

/// What the running text in `blocks` mentions, each of which is on one line. `place` tells of edges in
/// ascending order how many characters of the document stand before them.
pub(crate) fn mentions(
    text: &str,
    blocks: &[Range<usize>],
    language: Option<&str>,
    place: impl FnOnce(&[Edge]) -> Vec<u64>,
) -> Mentioned {
    // Behind the last block nothing is looked at.
    let end = blocks.last().map_or(0, |block| block.end);
    let found = find(&text[..end], blocks, language);
    let edge = |octet, is_start| Edge { octet, is_start };
    let both = |one: &Spotted| [edge(one.range.start, true), edge(one.range.end, false)];
    let mut edges: Vec<Edge> = found.spotted.iter().flat_map(both).collect();
    edges.sort_unstable();
    edges.dedup();
    let places = place(&edges);
    let at = |edge: Edge| edges.binary_search(&edge).ok().and_then(|at| places.get(at)).copied();
    let mut mentions: Vec<Mention> = Vec::with_capacity(found.spotted.len());
    for one in found.spotted {
        let [start, end] = both(&one).map(|edge| at(edge).unwrap_or_default());
        let text = words::on_one_line(&text[one.range]);
        if start < end && !text.is_empty() {
            mentions.push(Mention {
                kind: one.kind,
                text,
                role: one.role,
                speaker: one.speaker,
                normalised: one.normalised,
                start,
                end,
                signal: one.rule.signal,
                confidence: one.rule.confidence,
            });
        }
    }
    mentions.sort_by_key(|mention| (mention.start, mention.end, mention.kind));
    Mentioned { mentions, shortened: found.shortened }
}

/// The text in which lines that are broken for their width are none to the rules; no octet moves.
fn lined<'t>(text: &'t str, blocks: &[Range<usize>]) -> Cow<'t, str> {
    let is_broken =
        |block: &Range<usize>| memchr::memchr3(b'\n', b'\r', b'\t', &text.as_bytes()[block.clone()]);
    if !blocks.iter().any(|block| is_broken(block).is_some()) {
        return Cow::Borrowed(text);
    }
    let end = blocks.last().map_or(0, |block| block.end);
    let mut octets = text.as_bytes()[..end].to_vec();
    for octet in &mut octets {
        *octet = if matches!(*octet, b'\n' | b'\r' | b'\t') { b' ' } else { *octet };
    }
    Cow::Owned(String::from_utf8(octets).unwrap_or_default())
}

/// What a plain text mentions, without the lines that `is_apart` tells to be none of its words: it is
/// given their numbers, blank ones not counted.
pub(crate) fn of_text(
    text: &str,
    language: Option<&str>,
    is_apart: impl FnMut(usize, &str) -> bool,
) -> Mentioned {
    let blocks = blocks::paragraphs(text, is_apart);
    mentions(&lined(text, &blocks), &blocks, language, |edges| {
        let mut positions = Positions::new(text);
        edges.iter().map(|edge| positions.before(edge.octet)).collect()
    })
}

/// What was found, and what was not looked at.
struct Found {
    spotted: Vec<Spotted>,
    shortened: &'static str,
}

fn find(text: &str, blocks: &[Range<usize>], language: Option<&str>) -> Found {
    let (blocks, is_long) = first(blocks);
    let marks = Marks::of(text, blocks, language.is_none_or(is_read));
    let mut named = organisations::find(text, &marks);
    named.extend(persons::find(text, &marks));
    named.extend(places::find(text, &marks));
    let mut named = without_overlaps(named);
    named.extend(persons::of_sayings(text, &marks));
    let mut named = without_overlaps(named);
    named.extend(names::again(text, &marks, &named));
    let named = without_overlaps(named);
    let (quotations, is_cut) = quotations::find(text, &marks, &named);
    let dates = dated::find(text, &marks, language);
    let events = without_overlaps(events::find(text, &marks, &dates));
    let mut spotted = named;
    for more in [quotations, dates, events] {
        spotted.extend(more);
    }
    spotted.sort_by_key(|one| (one.range.start, one.range.end, one.kind));
    let is_many = spotted.len() > MOST;
    spotted.truncate(MOST);
    let shortened = match (is_long, is_many, is_cut) {
        (true, ..) => "mentions: only the first 256 KiB of text were looked at",
        (_, true, _) => "mentions: only the first 2,000 are kept",
        (_, _, true) => "mentions: no quotation of more than 2,000 characters",
        _ => "",
    };
    Found { spotted, shortened }
}

/// Whether the rules know the words of a language. Of others they find titles, bodies, countries and
/// dates.
fn is_read(language: &str) -> bool {
    let primary = language.split('-').next().unwrap_or_default();
    ["en", "fa", "prs"].iter().any(|known| primary.eq_ignore_ascii_case(known))
}

/// As many blocks as are looked at, and whether there are more.
fn first(blocks: &[Range<usize>]) -> (Vec<Range<usize>>, bool) {
    let mut left = TEXT;
    let mut kept = Vec::with_capacity(blocks.len().min(1_000));
    for block in blocks {
        let Some(less) = left.checked_sub(block.len()) else { return (kept, true) };
        left = less;
        kept.push(block.clone());
    }
    (kept, false)
}

/// Of mentions that overlap the longest, and of equal ones the first.
fn without_overlaps(mut mentions: Vec<Spotted>) -> Vec<Spotted> {
    mentions.sort_by_key(|one| (one.range.start, std::cmp::Reverse(one.range.end)));
    let mut kept: Vec<Spotted> = Vec::with_capacity(mentions.len());
    for one in mentions {
        match kept.last_mut() {
            Some(last) if last.range.end > one.range.start => {
                if one.range.len() > last.range.len() {
                    *last = one;
                }
            }
            _ => kept.push(one),
        }
    }
    kept
}
