//! The day that an address names.

use super::context::Context;
use super::cursor::Cursor;
use super::draft::Draft;
use super::token::{Kind, Window};
use super::{Hints, Precision, Reading, chance, compact, numeric, written};

/// No address that anybody uses is longer.
const LONGEST: usize = 4096;
/// Years of eight digits in a row are more often something else.
const FIRST_COMPACT: u64 = 1990;

/// Reads it from the path; `None` where it names none, or two.
pub(super) fn read(address: &str, hints: &Hints<'_>) -> Option<Reading> {
    let address = address.get(..address.len().min(LONGEST)).unwrap_or_default();
    let path = &address[..memchr::memchr2(b'?', b'#', address.as_bytes()).unwrap_or(address.len())];
    let (host, path) = match path.split_once("://") {
        Some((_, rest)) => rest.split_at(rest.find('/').unwrap_or(rest.len())),
        None => ("", path),
    };
    // The country of a host tells its calendar where nothing else does.
    let language = hints.language.or_else(|| in_iran(host).then_some("fa"));
    let hints = Hints { language, ..*hints };
    let context = Context { hints: &hints, whole: true };
    let mut found: Vec<Reading> = Vec::new();
    for start in starts(path) {
        if let Some(reading) = at(&context, &path[start..])
            && !found.iter().any(|other| other.spans == reading.spans)
        {
            found.push(reading);
        }
    }
    let best = found.iter().map(|reading| reading.precision).max()?;
    found.retain(|reading| reading.precision == best);
    (found.len() == 1).then(|| found.remove(0))
}

/// Whether a host is one of Iran's.
fn in_iran(host: &str) -> bool {
    let name = host.split(':').next().unwrap_or_default();
    name.rsplit('.').next().is_some_and(|country| country.eq_ignore_ascii_case("ir"))
}

/// Where numbers of as many digits begin as a date begins with, that are no part of a word or another
/// number.
fn starts(path: &str) -> impl Iterator<Item = usize> {
    let mut next = 0;
    std::iter::from_fn(move || {
        loop {
            let start = chance::next_digit(path, next);
            let first = path[start..].chars().next()?;
            next = start + first.len_utf8();
            let (count, octets) = chance::number(&path[start..]);
            next = next.max(start + octets);
            let is_within = path[..start].chars().next_back().is_some_and(char::is_alphanumeric);
            if matches!(count, 4 | 8) && !is_within {
                return Some(start);
            }
        }
    })
}

/// The date that a rest of a path begins with.
fn at(context: &Context<'_>, rest: &str) -> Option<Reading> {
    // A date is short: the rest need not be looked at.
    let end = rest.char_indices().nth(40).map_or(rest.len(), |(at, _)| at);
    let mut window = Window::new(&rest[..end]);
    let tokens = window.ahead();
    let forms = [year_month_day, joined_day, compact_day, year_month];
    forms.into_iter().find_map(|form| {
        let mut cursor = Cursor::new(tokens);
        let draft = form(context, &mut cursor)?;
        let last = tokens.get(tokens.len() - cursor.left() - 1)?;
        let follows = rest[last.end..].chars().next();
        if follows.is_some_and(char::is_alphanumeric) {
            return None;
        }
        Some(draft.reading(context, &rest[..last.end]))
    })
}

/// `2023/07/05`, `2023-07-05`, `2023/jul/05`.
fn year_month_day(context: &Context<'_>, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let digits = |cursor: &Cursor<'_>| {
        matches!(cursor.peek()?.kind, Kind::Number(number) if number.digits == 4).then_some(())
    };
    digits(cursor)?;
    let mut at = *cursor;
    if let Some(draft) = numeric::date(context, &mut at) {
        *cursor = at;
        return Some(draft).filter(|draft| draft.precision == Precision::Day);
    }
    written::date(context, cursor).filter(|draft| draft.precision == Precision::Day)
}

/// `2023/0705`.
fn joined_day(context: &Context<'_>, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let year = cursor.number(4..=4)?;
    cursor.mark("/")?;
    let rest = cursor.number(4..=4)?;
    compact::from_digits(context, year.value * 10_000 + rest.value, year.persian)
}

/// `20230705`.
fn compact_day(context: &Context<'_>, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let number = cursor.number(8..=8)?;
    let year = number.value / 10_000;
    let draft = compact::from_digits(context, number.value, number.persian)?;
    (year >= FIRST_COMPACT || context.is_solar(number.persian)).then_some(draft)
}

/// `2023/07/`, and nothing that could be a day behind it.
fn year_month(context: &Context<'_>, cursor: &mut Cursor<'_>) -> Option<Draft> {
    let year = cursor.number(4..=4)?;
    let mark = cursor.mark("/-")?;
    let month = cursor.number(2..=2)?;
    let mut then = *cursor;
    if then.mark("/-").is_some() && then.number(1..=2).is_some() {
        return None;
    }
    let (number, month) = (numeric::small(year)?, u32::try_from(month.value).ok()?);
    let calendars = context.calendars(number, None, year.persian);
    let spans = calendars.filter_map(|of| super::calendar::month_span(of, number, month));
    Draft::new(spans, Precision::Month).filter(|_| mark == '/')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dates::fold;

    proptest::proptest! {
        #[test]
        fn no_place_is_passed_over(path in "([/a-z_é-]|/?[12][0-9]{3}|[01][0-9]|[0-9]|20[0-9]{6}|[۰-۹]{2,4}|/){0,12}") {
            let context = Context { hints: &Hints::default(), whole: true };
            let found: Vec<usize> = starts(&path).collect();
            let mut before = '/';
            for (place, c) in path.char_indices() {
                let begins = fold::digit(c).is_some() && !before.is_alphanumeric();
                let is_date = begins && at(&context, &path[place..]).is_some();
                proptest::prop_assert!(found.contains(&place) || !is_date, "{}", &path[place..]);
                proptest::prop_assert!(begins || !found.contains(&place));
                before = c;
            }
        }
    }
}
