//! Plain text: header lines, headline, byline, dateline. What does not look like an article or a
//! press release gets no title: a letter has none, either.

mod header;

use super::evidence::{Claim, Evidence};
use super::{Mentions, byline, decide, language, prose};
use crate::dates::{Hints, Reading, Signal, Trust, date_in_address, find_dates, read_date};
use crate::mentions::of_text;
use header::{Key, keyed};

/// Lines that are read for headers, headline and byline.
const HEAD: usize = 16;
/// Lines that are read for the language.
const LINES: usize = 400;
/// Characters of a headline.
const HEADLINE: usize = 200;
/// Octets from which a line is a paragraph.
const PARAGRAPH: usize = 100;

/// Names of places to share at.
const SOCIAL: [&str; 14] = [
    "facebook",
    "twitter",
    "instagram",
    "youtube",
    "whatsapp",
    "telegram",
    "linkedin",
    "tiktok",
    "mastodon",
    "t.me/",
    "x.com/",
    "فیسبوک",
    "تلگرام",
    "اینستاگرام",
];

/// What an article in plain text says.
pub(super) fn evidence(text: &str, sought: Mentions) -> Evidence {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).take(LINES).collect();
    let mut evidence = Evidence { languages: languages(&lines), ..Evidence::default() };
    let settled = decide::language(&evidence.languages).map(str::to_owned);
    let hints = Hints { language: settled.as_deref(), ..Hints::default() };
    let mut headline = None;
    let mut is_article = false;
    for (at, line) in lines.iter().take(HEAD).enumerate() {
        if is_social(line) {
            continue;
        }
        let told = if headline.is_none() { header(line, &mut evidence, &hints) } else { false };
        if told || whole_line(line, &mut evidence, &hints) {
            is_article = true;
        } else if line.len() >= PARAGRAPH || headline.is_some() {
            is_article |= dateline(line, &mut evidence, &hints);
            if headline.is_some() && line.len() >= PARAGRAPH {
                break;
            }
            headline = headline.or(Some(None));
        } else {
            headline = Some(is_headline(line).then_some(at));
        }
    }
    // Behind a headline come paragraphs; notes and lists have neither.
    let at = headline
        .flatten()
        .filter(|at| is_article && lines[at + 1..].iter().any(|line| line.len() >= PARAGRAPH));
    evidence
        .titles
        .extend(Claim::of("headline", at.and_then(|at| prose::tidy(lines[at].trim_start_matches('#')))));
    if sought == Mentions::Sought {
        mentions(text, settled.as_deref(), &mut evidence);
    }
    leave_out_unsettled(&mut evidence);
    evidence.dates.sort_by_key(|signal| std::cmp::Reverse(signal.trust));
    evidence
}

/// Who is reported to have said or done what, but for headers and what is for sharing.
fn mentions(text: &str, language: Option<&str>, evidence: &mut Evidence) {
    let hints = Hints { language, ..Hints::default() };
    let is_apart = |number: usize, line: &str| {
        let is_head = number < HEAD && line.len() < 160 && {
            let mut apart = Evidence::default();
            header(line, &mut apart, &hints) || whole_line(line, &mut apart, &hints)
        };
        is_head || line.len() < PARAGRAPH && is_social(line)
    };
    evidence.mention(of_text(text, language, is_apart));
}

/// The languages that the text is in: paragraphs without what is shared about them.
fn languages(lines: &[&str]) -> Vec<Claim> {
    let mut text = String::new();
    for line in lines.iter().filter(|line| line.len() >= 60 && !is_social(line)) {
        text.push_str(prose::beginning(line, 2_000));
        text.push('\n');
        if text.len() > 4_000 {
            break;
        }
    }
    Claim::of("detected", language::detect(&text).map(str::to_owned)).into_iter().collect()
}

/// A line such as `date 2023-07-05` or `Title: …`: whether it was one.
fn header(line: &str, evidence: &mut Evidence, hints: &Hints) -> bool {
    let Some((key, value, colon)) = keyed(line) else { return false };
    let text = || prose::tidy(prose::beginning(value, 2_000));
    let before = said(evidence);
    match key {
        Key::Date => evidence.dates.extend(signal("header", Trust::Strong, read_date(value, hints))),
        Key::Changed => evidence.changes.extend(signal("header", Trust::Weak, read_date(value, hints))),
        // Without a colon these are words of a sentence.
        _ if !colon => return false,
        Key::Title => evidence.titles.extend(Claim::of("header", text())),
        Key::Author => {
            let names = byline::names(value);
            evidence.creators.extend(Claim::of("header", Some(names).filter(|names| !names.is_empty())));
        }
        Key::Address if is_address(value) => address(value, evidence, hints),
        Key::Publisher | Key::Address => evidence.publishers.extend(Claim::of("header", text())),
        Key::Language => evidence.languages.extend(Claim::of("header", language::tag(value))),
        Key::Summary => evidence.summaries.extend(Claim::of("header", text())),
    }
    said(evidence) > before
}

/// How much has been said.
fn said(evidence: &Evidence) -> usize {
    evidence.dates.len()
        + evidence.changes.len()
        + evidence.titles.len()
        + evidence.creators.len()
        + evidence.publishers.len()
        + evidence.addresses.len()
        + evidence.languages.len()
        + evidence.summaries.len()
}

/// A line that is a date, an address or a byline as a whole: whether it was one.
fn whole_line(line: &str, evidence: &mut Evidence, hints: &Hints) -> bool {
    if line.len() > 160 {
        return false;
    }
    if is_address(line) {
        address(line, evidence, hints);
        return true;
    }
    if let Some(reading) = line.contains(char::is_numeric).then(|| read_date(line, hints)).flatten() {
        evidence.dates.extend(signal("date line", Trust::Fair, Some(reading)));
        return true;
    }
    let names = byline::after_marker(line).map(byline::names).unwrap_or_default();
    if names.is_empty() || !names.iter().all(|name| byline::is_proper(name)) {
        return false;
    }
    let mut found = find_dates(line, hints);
    if found.len() == 1 {
        evidence.dates.extend(signal("byline", Trust::Fair, Some(found.swap_remove(0).reading)));
    }
    evidence.creators.push(Claim { signal: "byline", value: names });
    true
}

/// `CITY, 5 July 2023 (Agency) —` before a paragraph: whether there is one.
fn dateline(line: &str, evidence: &mut Evidence, hints: &Hints) -> bool {
    const ENDS: [&str; 5] = [" — ", " – ", " -- ", " - ", "— "];
    let start = prose::beginning(line, 160);
    let Some(end) = ENDS.iter().filter_map(|dash| start.find(dash)).min() else { return false };
    let start = &start[..end];
    let mut found = find_dates(start, hints);
    if found.len() != 1 || start.split_whitespace().count() > 12 {
        return false;
    }
    evidence.dates.extend(signal("dateline", Trust::Fair, Some(found.swap_remove(0).reading)));
    true
}

/// Whether a line can be a headline: words, and not a sentence, a greeting or a list.
fn is_headline(line: &str) -> bool {
    let words = line.split_whitespace().count();
    let ends = line.ends_with([',', ';', ':', '،', '؛']) || line.ends_with('.') && words > 12;
    let list = line.starts_with(['-', '*', '•', '|', '<', '{', '[']);
    words >= 2 && line.chars().count() <= HEADLINE && prose::letters(line) >= 6 && !ends && !list
}

/// Whether a line is for sharing or following.
fn is_social(line: &str) -> bool {
    let lower = prose::beginning(line, 300).to_lowercase();
    let names = SOCIAL.iter().filter(|name| lower.contains(*name)).count();
    let words = line.split_whitespace().count();
    names > 1 || names == 1 && words <= 8
}

/// Of several addresses none is known to be that of the text, and none tells its day.
fn leave_out_unsettled(evidence: &mut Evidence) {
    let plain = |claim: &Claim| claim.value.trim_end_matches('/').to_owned();
    let first = evidence.addresses.first().map(plain);
    if evidence.addresses.iter().any(|claim| Some(plain(claim)) != first) {
        evidence.addresses.clear();
        evidence.dates.retain(|signal| signal.name != "url");
    }
}

fn is_address(text: &str) -> bool {
    (text.starts_with("http://") || text.starts_with("https://")) && !text.contains(char::is_whitespace)
}

fn address(text: &str, evidence: &mut Evidence, hints: &Hints) {
    evidence.dates.extend(signal("url", Trust::Fair, date_in_address(text, hints)));
    evidence.addresses.push(Claim { signal: "header", value: prose::beginning(text, 2_000).to_owned() });
}

fn signal(name: &'static str, trust: Trust, reading: Option<Reading>) -> Option<Signal> {
    reading.map(|reading| Signal { name, trust, reading })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAGRAPHS: &str = "The council of the harbour heard the families on Wednesday evening, and promised once more to open the books.\n\nNobody who had been there that night was willing to speak to this paper, which has asked for the books since spring.\n";

    #[test]
    fn header_lines_headline_and_byline() {
        let text = format!(
            "date 2023-07-05\nCouncil opens the books\nBy Jane Example\n\n{PARAGRAPHS}\nFacebook Twitter\n"
        );
        let description = decide::description(evidence(&text, Mentions::Sought));
        assert_eq!(description.title.unwrap().value, "Council opens the books");
        assert_eq!(description.creators[0].value, "Jane Example");
        assert_eq!(description.dates.published.as_deref(), Some("2023-07-05"));
        assert_eq!(description.language.unwrap().value, "en");
    }

    #[test]
    fn a_dateline_has_a_day() {
        let text = format!("Council opens the books\n\nPORT EXAMPLE, 5 July 2023 (EX) — {PARAGRAPHS}");
        let description = decide::description(evidence(&text, Mentions::Sought));
        assert_eq!(description.title.unwrap().value, "Council opens the books");
        assert_eq!(description.dates.published.as_deref(), Some("2023-07-05"));
    }

    #[test]
    fn a_letter_has_no_title_and_no_author_by_accident() {
        for text in
            ["Dear friends,\n\nBy the time you read this I am gone.\n", "milk\neggs\n", "", "\n\n", "5\n6\n7"]
        {
            let description = decide::description(evidence(text, Mentions::Sought));
            assert_eq!(description.title, None, "{text}");
            assert_eq!(description.creators, [], "{text}");
        }
    }

    #[test]
    fn persian_headers() {
        let text = "عنوان: شورای شهر دفترها را باز می‌کند\nتاریخ: ۱۴۰۲/۰۴/۱۴\nنویسنده: آرش نمونه\nمنبع: روزنامه نمونه\n\nمتن\n";
        let description = decide::description(evidence(text, Mentions::Sought));
        assert_eq!(description.title.unwrap().value, "شورای شهر دفترها را باز می‌کند");
        assert_eq!(description.creators[0].value, "آرش نمونه");
        assert_eq!(description.dates.published.as_deref(), Some("2023-07-05"));
        assert_eq!(description.publisher.unwrap().value, "روزنامه نمونه");
    }

    #[test]
    fn of_two_addresses_none_is_that_of_the_text() {
        let one = format!("https://a.example/2023/07/05/books\nCouncil opens the books\n\n{PARAGRAPHS}");
        let address = |text: &str| decide::description(evidence(text, Mentions::Sought)).source_url;
        assert_eq!(address(&one).unwrap().value, "https://a.example/2023/07/05/books");
        assert!(address(&format!("{one}\nURL: https://a.example/2023/07/05/books/\n")).is_some());
        let two = format!("Source: https://b.example/2019/01/02/other\n{one}");
        let description = decide::description(evidence(&two, Mentions::Sought));
        assert_eq!((description.source_url, description.dates.published), (None, None));
        assert_eq!(address("https://a.example/1\nhttps://a.example/2\n"), None);
    }

    #[test]
    fn what_is_for_sharing_is_recognised() {
        assert!(is_social("Facebook | Twitter | Telegram"));
        assert!(is_social("Follow us on Instagram"));
        assert!(!is_social(
            "The minister wrote on Twitter that the books would be opened before summer came."
        ));
    }
}
