//! Mail (RFC 5322), and pages that a browser saved in its form (MHTML, RFC 2557).

mod header;
mod parts;

use super::evidence::{Claim, Evidence};
use super::sensitive::{Clue, Clues};
use super::{Mentions, html, language, prose};
use crate::dates::{Hints, Signal, Trust, read_date};
use header::Header;
use memchr::memmem;
use parts::{Kind, Text};
use provenance::description::{Look, RemarkKind};

/// What a message says, of which `octets` are the beginning.
pub(super) fn message(look: &Look<'_>, octets: &[u8], mentions: Mentions) -> (Evidence, Clues) {
    let header = Header::read(octets);
    let mut clues = Clues::default();
    let parts = parts::texts(octets);
    let mut evidence = if header.is_saved_page {
        let is_searched = octets.len() as u64 == look.size_octets && parts.given_up.is_none();
        saved_page(&header, &parts.texts, is_searched, mentions)
    } else {
        header.note(&mut clues);
        letter(&header, &parts.texts)
    };
    if let Some(why) = parts.given_up {
        evidence.remark(RemarkKind::GivenUp, why);
    }
    (evidence, clues)
}

/// How many messages a mailbox has, if all of it is at hand.
pub(super) fn mailbox(look: &Look<'_>, octets: &[u8]) -> (Evidence, Clues) {
    let mut clues = Clues::default();
    clues.note(Clue::MailAddress, "messages of the mailbox");
    let mut evidence = Evidence::default();
    if octets.len() as u64 == look.size_octets {
        let later = memmem::find_iter(octets, b"\nFrom ").filter(|at| begins_a_message(octets, *at)).count();
        let count = later + usize::from(octets.starts_with(b"From "));
        evidence.format_detail =
            if count == 1 { "1 message".to_owned() } else { format!("{count} messages") };
    }
    (evidence, clues)
}

fn letter(header: &Header, texts: &[Text]) -> Evidence {
    let mut evidence = Evidence { is_unpublished: true, is_moment: true, ..Evidence::default() };
    let title = header.subject.as_deref().and_then(|subject| prose::tidy(prose::beginning(subject, 2_000)));
    evidence.titles.extend(Claim::of("Subject", title));
    evidence.creators.extend(Claim::of("From", header.author.clone().map(|author| vec![author])));
    evidence.dates.extend(sent(header));
    let plain = texts.iter().find(|text| text.kind == Kind::Plain);
    let page = texts.iter().find(|text| text.kind == Kind::Page);
    let detected = match (plain, page) {
        (Some(plain), _) => language::detect(&own_words(&plain.text)).map(str::to_owned),
        (None, Some(page)) => {
            let languages = html::evidence(&page.text, Mentions::Unsought).languages;
            super::decide::language(&languages).map(str::to_owned)
        }
        (None, None) => None,
    };
    evidence.languages.extend(Claim::of("detected", detected));
    evidence
}

/// Whether the line behind the line break at `at` begins a message: it follows a blank line, and has a
/// time of day. Whoever begins a line so within a message seldom tells one.
fn begins_a_message(octets: &[u8], at: usize) -> bool {
    const LONGEST: usize = 300;
    let (before, line) = (&octets[..at], &octets[at + 1..]);
    let line = &line[..line.len().min(LONGEST)];
    let line = &line[..memchr::memchr(b'\n', line).unwrap_or(line.len())];
    let is_clock = |three: &[u8]| three[0].is_ascii_digit() && three[1] == b':' && three[2].is_ascii_digit();
    (before.ends_with(b"\n") || before.ends_with(b"\n\r")) && line.windows(3).any(is_clock)
}

/// When it was sent.
fn sent(header: &Header) -> Option<Signal> {
    let reading = read_date(header.date.as_deref()?, &Hints::default())?;
    Some(Signal { name: "Date", trust: Trust::Strong, reading })
}

/// What a page that was saved says of itself, and where it was saved from. `is_searched`: `texts` are
/// those of the whole file.
fn saved_page(header: &Header, texts: &[Text], is_searched: bool, mentions: Mentions) -> Evidence {
    let page = texts.iter().find(|text| text.kind == Kind::Page);
    let mut evidence = page.map(|page| html::evidence(&page.text, mentions)).unwrap_or_default();
    // The header says what the browser had before it, the page what it calls itself.
    if let Some(address) = &header.location {
        evidence.addresses.insert(0, Claim { signal: "mhtml", value: address.clone() });
    }
    let title = header.subject.as_deref().and_then(|subject| prose::tidy(prose::beginning(subject, 2_000)));
    evidence.titles.extend(Claim::of("mhtml", title));
    let saved = sent(header).and_then(|signal| signal.reading.timestamp.or(signal.reading.edtf));
    let what = if page.is_some() { "web page saved" } else { "saved as a web page" };
    evidence.format_detail = match saved {
        Some(saved) => format!("{what} at {saved}"),
        None => what.to_owned(),
    };
    if page.is_none() && is_searched {
        evidence.remark(RemarkKind::HollowCapture, "no page could be read in it");
    }
    evidence
}

/// The lines that are not quoted from another message.
fn own_words(text: &str) -> String {
    let mut words = String::new();
    for line in text.lines().map(str::trim).filter(|line| !line.starts_with(['>', '|'])) {
        words.push_str(prose::beginning(line, 2_000));
        words.push('\n');
        if words.len() > 4_000 {
            break;
        }
    }
    words
}
