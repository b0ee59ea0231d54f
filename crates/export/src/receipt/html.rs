//! A receipt as a page of HTML for print: one file, no script, nothing fetched.

use super::page::{Kind, Language, Row, persian_digits, rows};
use super::qr;
use super::words::{WITH, WITHOUT, Words};
use provenance::receipt::{Receipt, Unwritable};
use std::fmt::Write as _;

/// Whatever got into the page by a name, a browser runs nothing and asks nobody.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("receipt.css");

pub(super) fn write(receipt: &Receipt, language: Language) -> Result<String, Unwritable> {
    let block = receipt.block()?;
    let code = qr::code(&receipt.line())?;
    let languages = language.words();
    let first = languages[0];
    let title = escaped(&receipt.root.bundle);
    let mut page = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n<title>{}: {title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n",
        first.tag,
        direction(first),
        first.title,
    );
    head(languages, &mut page);
    facts(&rows(receipt), languages, &qr::svg(&code), &mut page);
    fingerprint(&receipt.root.fingerprint().to_string(), languages, &mut page);
    sides(languages, "explained", &mut page, explained);
    for label in [|w: &Words| w.given_by, |w: &Words| w.received_by] {
        by_hand(label, languages, &mut page);
    }
    let _ = write!(
        page,
        "<div class=\"programs\">\n<h2>{}</h2>\n<pre dir=\"ltr\" lang=\"en\">\n{}</pre>\n</div>\n</body>\n</html>\n",
        in_all(languages, |w| w.block),
        escaped(&block)
    );
    Ok(page)
}

fn direction(words: &Words) -> &'static str {
    if words.is_right_to_left { "rtl" } else { "ltr" }
}

/// Text that a browser takes for nothing else; a reader of receipts knows these three and no more.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A phrase in each language, each in its direction and apart from the others.
fn in_all(languages: &[&Words], phrase: impl Fn(&Words) -> &'static str) -> String {
    let phrases = languages.iter().map(|words| {
        format!("<bdi lang=\"{}\" dir=\"{}\">{}</bdi>", words.tag, direction(words), escaped(phrase(words)))
    });
    phrases.collect::<Vec<_>>().join(" · ")
}

fn head(languages: &[&Words], page: &mut String) {
    let _ = writeln!(page, "<h1>{}</h1>", in_all(languages, |w| w.title));
    sides(languages, "intro", page, |words, page| {
        let _ = writeln!(page, "<p>{}</p>", words.intro);
    });
}

/// What is said in each language, side by side where there are two.
fn sides(languages: &[&Words], class: &str, page: &mut String, say: impl Fn(&Words, &mut String)) {
    let _ = writeln!(page, "<table class=\"{class}\"><tr>");
    for words in languages {
        let _ = writeln!(page, "<td lang=\"{}\" dir=\"{}\">", words.tag, direction(words));
        say(words, page);
        page.push_str("</td>\n");
    }
    page.push_str("</tr></table>\n");
}

/// The facts with the QR code beside them; the name of a fact stands on the side where its language begins.
fn facts(rows: &[Row], languages: &[&Words], svg: &str, page: &mut String) {
    let _ = writeln!(page, "<div class=\"qr\">{svg}\n{}</div>", {
        let said = languages
            .iter()
            .map(|w| format!("<p lang=\"{}\" dir=\"{}\">{}</p>", w.tag, direction(w), latin_apart(w, w.qr)));
        said.collect::<Vec<_>>().join("\n")
    });
    page.push_str("<table class=\"facts\">\n");
    for row in rows {
        let label = |words: &Words| {
            let (tag, direction, label) = (words.tag, direction(words), (row.label)(words));
            format!("<th lang=\"{tag}\" dir=\"{direction}\">{}</th>", latin_apart(words, label))
        };
        let is_long = row.value.chars().count() > 30;
        let class = match row.kind {
            Kind::Exact if is_long => " class=\"long\"",
            Kind::Words if is_long => " class=\"small\"",
            _ => "",
        };
        let (first, second) = (label(languages[0]), languages.get(1).map(|words| label(words)));
        let _ = writeln!(
            page,
            "<tr>{first}<td{class}>{}</td>{}</tr>",
            value(row, languages),
            second.unwrap_or_default()
        );
    }
    page.push_str("</table>\n");
}

/// A direction of its own for a run of text, by element and by character: not every program that prints
/// knows both. No name can end it, since none holds such a character.
#[derive(Clone, Copy)]
enum Apart {
    /// That of its first letter.
    ByLetter,
    LeftToRight,
}

fn apart(text: &str, how: Apart) -> String {
    let (attribute, begin) = match how {
        Apart::ByLetter => ("", "&#x2068;"),
        Apart::LeftToRight => (" dir=\"ltr\"", "&#x2066;"),
    };
    format!("<bdi{attribute}>{begin}{}&#x2069;</bdi>", escaped(text))
}

fn value(row: &Row, languages: &[&Words]) -> String {
    let latin = || apart(&row.value, Apart::LeftToRight);
    let persian = || apart(&persian_digits(&row.value), Apart::LeftToRight);
    let has_digits = row.value.bytes().any(|octet| octet.is_ascii_digit());
    match (row.kind, languages) {
        (Kind::Words, _) => apart(&row.value, Apart::ByLetter),
        (Kind::Numbers, [one]) if one.is_right_to_left => persian(),
        (Kind::Numbers, [_, _]) if has_digits => format!("{} · {}", latin(), persian()),
        _ => latin(),
    }
}

/// Ten groups from left to right, in the digits of each language.
fn fingerprint(fingerprint: &str, languages: &[&Words], page: &mut String) {
    let _ = writeln!(page, "<h2>{}</h2>", in_all(languages, |w| w.fingerprint));
    let mut row = |groups: &str, tag| {
        let cells = groups.replace(' ', "</td><td>");
        let _ = writeln!(
            page,
            "<table class=\"groups\" dir=\"ltr\" lang=\"{tag}\"><tr><td>{cells}</td></tr></table>"
        );
    };
    row(fingerprint, "en");
    if languages.iter().any(|words| words.is_right_to_left) {
        row(&persian_digits(fingerprint), "fa");
    }
}

fn explained(words: &Words, page: &mut String) {
    let _ = writeln!(page, "<h2>{}</h2>", words.proves);
    for sentence in words.proof {
        let _ = writeln!(page, "<p>{sentence}</p>");
    }
    let _ = writeln!(page, "<h2>{}</h2>", words.compare);
    for (sentence, commands) in [(words.with, WITH.as_slice()), (words.without, &WITHOUT)] {
        let _ = writeln!(page, "<p>{}</p>", latin_apart(words, sentence));
        for command in commands {
            let _ = writeln!(page, "<p class=\"typed\" dir=\"ltr\" lang=\"en\">{command}</p>");
        }
    }
}

/// Runs of Latin words in a sentence that runs the other way, kept from mixing with it.
fn latin_apart(words: &Words, sentence: &str) -> String {
    if !words.is_right_to_left {
        return escaped(sentence);
    }
    let is_latin = |word: &str| word.starts_with(|c: char| c.is_ascii_graphic());
    let mut pieces: Vec<(bool, String)> = Vec::new();
    for word in sentence.split(' ') {
        match pieces.last_mut() {
            // A mark behind a Latin word belongs to the sentence, and ends the run.
            Some((latin, run))
                if *latin == is_latin(word) && !(*latin && run.ends_with([',', '،', '.', ':'])) =>
            {
                run.push(' ');
                run.push_str(word);
            }
            _ => pieces.push((is_latin(word), word.to_owned())),
        }
    }
    let piece = |(latin, run): &(bool, String)| {
        let core = run.trim_end_matches(|c: char| !c.is_ascii_alphanumeric());
        if *latin {
            format!("{}{}", apart(core, Apart::LeftToRight), escaped(&run[core.len()..]))
        } else {
            escaped(run)
        }
    };
    pieces.iter().map(piece).collect::<Vec<_>>().join(" ")
}

/// A side that signs: empty lines for name, signature and date.
fn by_hand(label: fn(&Words) -> &'static str, languages: &[&Words], page: &mut String) {
    let _ = writeln!(page, "<table class=\"sign\"><tr><th>{}</th>", in_all(languages, label));
    for at in 0..3 {
        let _ = writeln!(page, "<td>{}</td>", in_all(languages, |w| w.by_hand[at]));
    }
    page.push_str("</tr></table>\n");
}
