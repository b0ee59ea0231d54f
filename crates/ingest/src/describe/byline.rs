//! Names as bylines have them: what comes before, between and after them.

mod quick;
mod words;

use super::folding::folded;
use super::prose;
use quick::{has_no_such_word, may_begin};
use std::borrow::Cow;
use words::{AGENCIES, AND, BEFORE, BEFORE_DATES, BEHIND, BETWEEN, LABELS, NO_NAME, ROLES, SMALL};

/// Whether a line begins with words that say who wrote: what follows them.
pub(super) fn after_marker(line: &str) -> Option<&str> {
    let begins = line.bytes().next().is_some_and(|first| first.is_ascii_alphanumeric());
    if begins && !may_begin(line) {
        return None;
    }
    let line = line.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '|' | '•' | '·' | '–' | '-' | '—' | '/')
    });
    if !may_begin(line) {
        return None;
    }
    let initial = lower(line.chars().next()?);
    let rest = |words: &[&str]| with_initial(words, initial).find_map(|word| behind(line, word));
    let named = |rest: &'_ str| -> Option<usize> {
        let name = rest.trim_start_matches([':', ' ', '\u{A0}']);
        (name.len() < rest.len() && !name.is_empty()).then_some(name.len())
    };
    if let Some(rest) = rest(&BEFORE) {
        return named(rest).map(|length| &rest[rest.len() - length..]);
    }
    let rest = rest(&LABELS)?;
    let name = rest.trim_start().strip_prefix(':')?.trim_start();
    (!name.is_empty()).then_some(name)
}

/// Of words in the order of their initials those with this one.
fn with_initial<'w>(words: &'w [&'w str], initial: char) -> impl Iterator<Item = &'w str> {
    let initial_of = |word: &str| word.chars().next().unwrap_or_default();
    let from = words.partition_point(|word| initial_of(word) < initial);
    words[from..].iter().copied().take_while(move |word| initial_of(word) == initial)
}

/// What follows a word in lower case that a line begins with, in any case.
fn behind<'l>(line: &'l str, word: &str) -> Option<&'l str> {
    let mut rest = line.chars();
    for expected in word.chars() {
        if rest.next().map(lower) != Some(expected) {
            return None;
        }
    }
    // A letter after it, and it was another word.
    (!rest.as_str().starts_with(char::is_alphanumeric)).then_some(rest.as_str())
}

/// A letter as it is in lower case, if it is one letter then.
fn lower(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    let mut lower = c.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some(lower), None) => lower,
        _ => c,
    }
}

/// The names in what is known to be a byline or an author; none if it does not look like names.
pub(super) fn names(text: &str) -> Vec<String> {
    let Some(line) = prose::tidied(Cow::Borrowed(prose::beginning(text, 400))) else { return Vec::new() };
    let mut line = &*line;
    // "Author: By" and the like; twice is enough.
    for _ in 0..2 {
        line = after_marker(line).unwrap_or(line);
    }
    if let Some(names) = family_first(line) {
        return names;
    }
    let line = before_what_follows(line.trim_start_matches(['©', ' ']));
    let mut names: Vec<String> = Vec::new();
    let (one, several) = if may_be_several(line) { (None, parts(line)) } else { (Some(line), Vec::new()) };
    for part in one.into_iter().chain(several) {
        let part = part.trim_matches(|c: char| c.is_whitespace() || ",;:*\"|-–„“©".contains(c));
        let part = without_agency(said_once(part));
        let is_first = names.is_empty();
        if !is_first && (is_role(part) || is_agency(part)) {
            continue;
        }
        // After a name written as names are, what is not written so is something else.
        let falls_off = names.first().is_some_and(|first| is_proper(first)) && !is_proper(part);
        if falls_off || !is_name(part) {
            if is_first {
                return Vec::new();
            }
            break;
        }
        if !names.iter().any(|known| known == part) {
            names.push(part.to_owned());
        }
    }
    names.truncate(12);
    names
}

/// A name that stands there twice, for the eye and for the screen reader, once.
fn said_once(name: &str) -> &str {
    let half = name.len() / 2;
    match name.split_at_checked(half) {
        Some((one, other)) if half > 3 && one == other => one,
        _ => match (name.get(..half), name.get(half + 1..)) {
            (Some(one), Some(other)) if half > 3 && one == other => one,
            _ => name,
        },
    }
}

/// Names with the family first, as catalogues have them: `Arden, Gus; Ray, Ida` in the order of speech, and
/// one alone as it stands, since `Arden, Gus` may be two.
fn family_first(line: &str) -> Option<Vec<String>> {
    if !line.contains([';', ',']) && !line.trim().is_empty() {
        return None;
    }
    let is_part = |part: &str| {
        let words = part.split_whitespace().count();
        (1..=3).contains(&words) && is_proper(part) && is_name(part) && !is_role(part) && !is_agency(part)
    };
    let name = |piece: &str| {
        let (family, given) = piece.split_once(',')?;
        let (family, given) = (family.trim(), given.trim());
        (is_part(family) && is_part(given)).then(|| format!("{given} {family}"))
    };
    let pieces: Vec<&str> = line.split(';').map(str::trim).filter(|piece| !piece.is_empty()).collect();
    match pieces[..] {
        [only] => {
            let (family, given) = only.split_once(", ")?;
            let are_words = !family.contains(' ') && !given.contains(' ');
            (are_words && is_part(family) && is_part(given)).then(|| vec![only.to_owned()])
        }
        _ => pieces.into_iter().take(12).map(name).collect(),
    }
}

/// A name without the agency that is written behind it: `Gus Arden/AFP`.
fn without_agency(name: &str) -> &str {
    match name.rsplit_once('/') {
        Some((person, agency)) if is_agency(agency.trim()) && person.contains(' ') => person.trim_end(),
        _ => name,
    }
}

/// Whether this is the name of a news agency.
fn is_agency(name: &str) -> bool {
    AGENCIES.iter().any(|agency| name.eq_ignore_ascii_case(agency))
}

/// A byline up to where something else begins: a date, an address, a separator, a bracket.
fn before_what_follows(line: &str) -> &str {
    let mut end = line.len();
    let separators = if may_hold_separator(line) { &BEHIND[..] } else { &[] };
    for separator in separators {
        let mark = separator.trim_ascii_start().as_bytes()[0];
        if memchr::memchr(mark, line.as_bytes()).is_none() {
            continue;
        }
        if let Some(at) = line[..end].find(separator).filter(|at| *at > 0) {
            end = at;
        }
    }
    // A date or a time after a name.
    let (mut before, mut dated) = (' ', false);
    // The number in a word that stands alone is a part of it: somebody logs in by it.
    let is_login = !line[..end].contains(char::is_whitespace);
    let may_be_dated = line.bytes().any(|octet| octet.is_ascii_digit() || !octet.is_ascii());
    for (at, c) in line[..end].char_indices().filter(|_| may_be_dated) {
        if c.is_numeric() && !before.is_alphanumeric() && before != '_' && at > 0 && !is_login {
            (end, dated) = (at, true);
            break;
        }
        before = c;
    }
    let line = line[..end].trim_end_matches([' ', ',']);
    let line = if dated { before_place(line) } else { line };
    match line.rsplit_once(' ') {
        Some((name, word)) if dated && BEFORE_DATES.contains(&word) => name.trim(),
        _ => line.trim(),
    }
}

/// Whether one of the separators may stand in a line: most bylines are nothing but a name, which has
/// none of their marks and none of their words.
fn may_hold_separator(line: &str) -> bool {
    // The marks of ASCII, and the first octets of the others.
    let is_mark = |octet: u8| matches!(octet, b'|' | b'-' | b'(' | b'@' | b'/' | 0xC2 | 0xE2);
    line.bytes().fold(false, |found, octet| found | is_mark(octet))
        || line.split(' ').any(|word| matches!(word, "am" | "vom" | "on"))
        || line.as_bytes().windows(4).any(|octets| octets == b"http")
}

/// A name without what stands between it and a date: `Jane Example, Port Example, 3 May` may name a
/// place or a second author, and a place must not become one.
fn before_place(line: &str) -> &str {
    let mut parts = line.split([',', '،']);
    match (parts.next(), parts.next(), parts.next()) {
        (Some(name), Some(_), None) if is_proper(name.trim()) => name.trim_end(),
        _ => line,
    }
}

/// Whether a line may have parts, and is not empty.
fn may_be_several(line: &str) -> bool {
    // Marks of ASCII, and the first octet of the comma of Arabic.
    let parts = |octet: u8| matches!(octet, b',' | b';' | b'|' | 0xD8);
    line.bytes().any(parts) || line.split(' ').any(is_and) || line.trim().is_empty()
}

/// Whether this is a word for "and". The longest of them has three letters.
fn is_and(word: &str) -> bool {
    word.len() <= 3 && AND.iter().any(|and| and.trim_ascii() == word)
}

/// Parts between commas, and between words for "and" where these join names and do not stand in one.
fn parts(line: &str) -> Vec<&str> {
    let mut parts: Vec<&str> = line.split(BETWEEN).collect();
    let has_and = line.split(' ').any(is_and);
    for and in AND.iter().filter(|_| has_and) {
        if line.contains(and) {
            let split = |part: &&str| part.split(and).all(|name| is_proper(name.trim()));
            parts = parts
                .into_iter()
                .flat_map(|part| if split(&part) { part.split(and).collect() } else { vec![part] })
                .collect();
        }
    }
    parts.retain(|part| !part.trim().is_empty());
    parts
}

fn is_role(part: &str) -> bool {
    folded(part).split(' ').any(|word| ROLES.contains(&word))
}

/// Whether this can be a name: of a person, a pen, a desk or an agency.
pub(super) fn is_name(part: &str) -> bool {
    let words = part.split_whitespace().count();
    let length = part.chars().count();
    if !(1..=6).contains(&words) || !(2..=60).contains(&length) || !part.contains(char::is_alphabetic) {
        return false;
    }
    let is_of_no_name =
        |octet: u8| matches!(octet, b'<' | b'>' | b'{' | b'}' | b'=' | b'?' | b'!' | b'"' | b':');
    if part.bytes().any(is_of_no_name) || part.contains('.') && part.contains("www.") || part.starts_with('@')
    {
        return false;
    }
    has_no_such_word(part) || !is_no_name(part)
}

/// Whether a word stands in a line of which a line that has one is no name.
fn is_no_name(part: &str) -> bool {
    let folded = folded(part);
    folded == "super user" || folded.split(' ').any(|word| NO_NAME.contains(&word))
}

/// Whether every word begins as names do: for lines that only look like a byline.
pub(super) fn is_proper(name: &str) -> bool {
    let mut words = name.split_whitespace().peekable();
    words.peek().is_some()
        && words.all(|word| {
            let initial = word.chars().next().unwrap_or(' ');
            !initial.is_lowercase() && initial.is_alphabetic() || SMALL.contains(&word)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bylines_of_many_languages() {
        for (line, expected) in [
            ("By Jane Example", vec!["Jane Example"]),
            ("BY JANE EXAMPLE", vec!["JANE EXAMPLE"]),
            ("Von Max Muster und Erika Beispiel, 3. Mai 2020", vec!["Max Muster", "Erika Beispiel"]),
            ("Par Jeanne Exemple", vec!["Jeanne Exemple"]),
            ("Por: Juana Ejemplo | 5 mayo", vec!["Juana Ejemplo"]),
            ("نوشته: آرش نمونه", vec!["آرش نمونه"]),
            ("بقلم سلمى مثال", vec!["سلمى مثال"]),
            ("Jane Example, Staff Writer", vec!["Jane Example"]),
            ("© Jane Example Jane Example", vec!["Jane Example"]),
            ("By Jane Example, Port Example, 3 May 2020", vec!["Jane Example"]),
            ("Par Jeanne Exemple le 7 mai 2020", vec!["Jeanne Exemple"]),
            ("Ministerium für Bau und Verkehr", vec!["Ministerium für Bau und Verkehr"]),
            ("By Gus Arden/AFP", vec!["Gus Arden"]),
            ("By Gus Arden, AFP and Ida Ray", vec!["Gus Arden", "Ida Ray"]),
            ("Gus Arden, Reuters", vec!["Gus Arden"]),
            ("AFP", vec!["AFP"]),
            ("Arden, Gus; Ray, Ida Maria", vec!["Gus Arden", "Ida Maria Ray"]),
            ("Arden, Gus", vec!["Arden, Gus"]),
            ("Gus Arden, Ida Ray", vec!["Gus Arden", "Ida Ray"]),
            ("Gus Arden; Ida Ray", vec!["Gus Arden", "Ida Ray"]),
            ("zora_1979", vec!["zora_1979"]),
            ("zora.1979", vec!["zora.1979"]),
            ("By Our Shipping Correspondents", vec!["Our Shipping Correspondents"]),
            ("@example", vec![]),
            ("admin", vec![]),
            ("https://example.org/authors/1", vec![]),
            ("This is a sentence that is far too long for a name", vec![]),
        ] {
            assert_eq!(names(line), expected, "{line}");
        }
    }

    #[test]
    fn a_marker_needs_a_name_behind_it() {
        assert_eq!(after_marker("Byzantium"), None);
        assert_eq!(after_marker("By"), None);
        assert_eq!(after_marker("Autor: Max Muster"), Some("Max Muster"));
        assert_eq!(after_marker("Autoren sind Menschen"), None);
    }

    #[test]
    fn no_separator_is_passed_over() {
        for separator in BEHIND {
            assert!(may_hold_separator(&format!("Jane Example{separator}Port")), "{separator}");
        }
        assert!(!may_hold_separator("Jörg Ampère de Montréal"));
    }

    #[test]
    fn proper_names() {
        assert!(is_proper("Alexa von Beispiel"));
        assert!(is_proper("آرش نمونه"));
        assert!(!is_proper("am Montag"));
    }
}
