//! Texts that a spreadsheet takes for something else: `50%` for a number, `1/2` for a day, `12:30` for a
//! time. A person who only opened and saved the sheet sees them come back in another form.

use super::Tolerance;

/// As what a spreadsheet took `old` when it made `cell` of it; `None` if it did not.
pub(super) fn taken_for(old: &str, cell: &str) -> Option<Tolerance> {
    if old.is_empty() || old.len().max(cell.len()) > 40 {
        return None;
    }
    if old.eq_ignore_ascii_case(cell) && matches!(cell, "TRUE" | "FALSE") {
        return Some(Tolerance::Case);
    }
    if let (Some(before), Some(after)) = (dressed_number(old), plain_number(cell)) {
        let is_same = (before - after).abs() <= before.abs() * 1e-12;
        return is_same.then_some(Tolerance::Number);
    }
    if let (Some(before), Some(after)) = (clock(old), clock(cell)) {
        return (before == after).then_some(Tolerance::Time);
    }
    is_day_of(old, cell).then_some(Tolerance::Date)
}

fn plain_number(text: &str) -> Option<f64> {
    let is_plain = text.bytes().all(|octet| octet.is_ascii_digit() || b".,+-eE".contains(&octet));
    let number = || text.replace(',', ".").parse::<f64>().ok();
    is_plain.then(number).flatten().filter(|number| number.is_finite())
}

/// A number with a sign of percent or money, or with commas between thousands.
fn dressed_number(text: &str) -> Option<f64> {
    if let Some(percent) = text.strip_suffix('%') {
        return Some(plain_number(percent.trim_end())? / 100.0);
    }
    if let Some(money) = text.strip_prefix(['$', '€', '£', '¥']) {
        let money = money.trim_start();
        return grouped(money).or_else(|| plain_number(money));
    }
    grouped(text)
}

/// `1,234,567.8`
fn grouped(text: &str) -> Option<f64> {
    let whole = text.split('.').next()?;
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut others = groups.peekable();
    others.peek()?;
    let is_group = |group: &str| group.len() == 3 && group.bytes().all(|octet| octet.is_ascii_digit());
    let is_grouped = (1..=3).contains(&first.len()) && others.all(is_group);
    is_grouped.then(|| text.replace(',', "").parse().ok()).flatten()
}

/// Seconds of a time of day: `12:30`, `12:30:00 PM`, `PT12H30M00S`, `1899-12-31T12:30:00`.
fn clock(text: &str) -> Option<u32> {
    let text = ["1899-12-30T", "1899-12-31T", "1900-01-00T"]
        .iter()
        .find_map(|day| text.strip_prefix(day))
        .unwrap_or(text);
    if let Some(duration) = text.strip_prefix("PT").and_then(|text| text.strip_suffix('S')) {
        return seconds(duration.split(['H', 'M']));
    }
    if let Some(morning) = text.strip_suffix(" AM") {
        return seconds(morning.split(':')).map(|seconds| seconds % (12 * 3600));
    }
    if let Some(evening) = text.strip_suffix(" PM") {
        return seconds(evening.split(':')).map(|seconds| seconds % (12 * 3600) + 12 * 3600);
    }
    if text.contains(':') { seconds(text.split(':')) } else { None }
}

fn seconds<'a>(parts: impl Iterator<Item = &'a str>) -> Option<u32> {
    let numbers: Option<Vec<u32>> =
        parts.map(|part| if part.len() <= 2 { part.parse().ok() } else { None }).collect();
    match numbers?[..] {
        [hours, minutes] => Some(hours * 3600 + minutes * 60),
        [hours, minutes, seconds] => Some(hours * 3600 + minutes * 60 + seconds),
        _ => None,
    }
}

/// A day, or as much of one as a text says.
#[derive(Clone, Copy, Debug, Default)]
struct Dated {
    year: Option<u32>,
    month: u32,
    day: Option<u32>,
}

/// Whether `cell` is a day that a spreadsheet made of `old`, which said less, or in another form. What
/// it adds is its own: a year, and the first of a month.
fn is_day_of(old: &str, cell: &str) -> bool {
    let cell = cell.strip_suffix(" 00:00:00").or_else(|| cell.strip_suffix("T00:00:00")).unwrap_or(cell);
    let (Some(before), Some(after)) = (Parts::of(old), Parts::of(cell)) else { return false };
    // A person turns numbers round; a spreadsheet writes years out, or months, or other signs between.
    let is_told = after.has_month || after.has_year;
    if !is_told || before.shape == after.shape {
        return false;
    }
    before.days().iter().any(|old| after.days().iter().any(|new| old.may_be(*new)))
}

impl Dated {
    /// Whether this, which a person wrote, may have become `other`.
    fn may_be(self, other: Self) -> bool {
        let is_same_year = match (self.year, other.year) {
            (Some(one), Some(two)) => one == two || (one.min(two) < 100 && one % 100 == two % 100),
            (Some(_), None) => false,
            (None, _) => true,
        };
        let is_same_day = match (self.day, other.day) {
            (Some(one), Some(two)) => one == two,
            (Some(_), None) => false,
            (None, day) => day.is_none_or(|day| day == 1),
        };
        self.month == other.month && is_same_year && is_same_day
    }
}

/// A number of one, two or four digits.
fn number(word: &str) -> Option<u32> {
    let is_number = matches!(word.len(), 1 | 2 | 4) && word.bytes().all(|octet| octet.is_ascii_digit());
    is_number.then(|| word.parse().ok()).flatten()
}

/// The number of a month by its English name, or the first three letters of it.
fn month(word: &str) -> Option<u32> {
    let word = word.to_ascii_lowercase();
    (1..)
        .zip(MONTHS)
        .find(|(_, name)| *name == word || (word.len() == 3 && name.starts_with(&word)))
        .map(|(number, _)| number)
}

/// The numbers and the month in a text.
struct Parts {
    /// Numbers, and whether each is of four digits.
    numbers: Vec<(u32, bool)>,
    month: Option<u32>,
    has_month: bool,
    has_year: bool,
    /// What stands between, and where four digits or a month are.
    shape: String,
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

impl Parts {
    fn of(text: &str) -> Option<Self> {
        let mut parts = Self {
            numbers: Vec::new(),
            month: None,
            has_month: false,
            has_year: false,
            shape: String::new(),
        };
        let is_between = |c: char| matches!(c, '/' | '-' | '.' | ' ' | ',');
        for word in text.split_inclusive(is_between) {
            let bare = word.trim_end_matches(is_between);
            if let Some(number) = number(bare) {
                let is_year = bare.len() == 4;
                parts.numbers.push((number, is_year));
                parts.has_year |= is_year;
                parts.shape.push(if is_year { 'y' } else { 'n' });
            } else if !bare.is_empty() {
                if parts.month.replace(month(bare)?).is_some() {
                    return None;
                }
                parts.has_month = true;
                parts.shape.push('m');
            }
            parts.shape.push_str(&word[bare.len()..]);
        }
        let count = parts.numbers.len() + usize::from(parts.has_month);
        (2..=3).contains(&count).then_some(parts)
    }

    /// Every day that these may be.
    fn days(&self) -> Vec<Dated> {
        let is_month = |(number, is_year): (u32, bool)| !is_year && (1..=12).contains(&number);
        let is_day = |(number, is_year): (u32, bool)| !is_year && (1..=31).contains(&number);
        let mut days = Vec::new();
        let mut add = |year: Option<(u32, bool)>, month: Option<(u32, bool)>, day: Option<(u32, bool)>| {
            let month_number = match month {
                Some(month) if is_month(month) => month.0,
                Some(_) => return,
                None => self.month.unwrap_or(0),
            };
            if day.is_none_or(is_day) {
                let number = |part: Option<(u32, bool)>| part.map(|(number, _)| number);
                days.push(Dated { year: number(year), month: month_number, day: number(day) });
            }
        };
        match (self.month, &self.numbers[..]) {
            (Some(_), &[one]) => {
                add(None, None, Some(one));
                add(Some(one), None, None);
            }
            (Some(_), &[one, two]) => {
                add(Some(two), None, Some(one));
                add(Some(one), None, Some(two));
            }
            (None, &[one, two]) => {
                add(None, Some(one), Some(two));
                add(None, Some(two), Some(one));
                add(Some(one), Some(two), None);
                add(Some(two), Some(one), None);
            }
            (None, &[one, two, three]) => {
                add(Some(one), Some(two), Some(three));
                add(Some(three), Some(two), Some(one));
                add(Some(three), Some(one), Some(two));
            }
            _ => {}
        }
        days
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_makes_of_texts_is_no_change() {
        let same = [
            ("50%", "0.5", Tolerance::Number),
            ("5.5%", "0.055", Tolerance::Number),
            ("$5", "5", Tolerance::Number),
            ("1,234", "1234", Tolerance::Number),
            ("true", "TRUE", Tolerance::Case),
            ("12:30", "1899-12-31T12:30:00", Tolerance::Time),
            ("12:30", "PT12H30M00S", Tolerance::Time),
            ("12:30", "12:30:00 PM", Tolerance::Time),
            ("00:05", "12:05:00 AM", Tolerance::Time),
            ("1:2:3", "01:02:03 AM", Tolerance::Time),
            ("1/2", "2026-01-02", Tolerance::Date),
            ("1/2", "01/02/2026", Tolerance::Date),
            ("3-4", "04-Mar", Tolerance::Date),
            ("1/2/3", "2003-01-02", Tolerance::Date),
            ("Jan 5", "2026-01-05", Tolerance::Date),
            ("5 July", "05-Jul", Tolerance::Date),
            ("Mar 1988", "1988-03-01", Tolerance::Date),
            ("1988-07", "Jul-88", Tolerance::Date),
            ("1988-07", "1988-07-01", Tolerance::Date),
            ("1988-07", "1988-07-01 00:00:00", Tolerance::Date),
        ];
        for (old, cell, why) in same {
            assert_eq!(taken_for(old, cell), Some(why), "{old} {cell}");
        }
    }

    #[test]
    fn what_a_person_writes_is_a_change() {
        let changed = [
            ("50%", "0.6"),
            ("50%", "50"),
            ("1,234", "1235"),
            ("true", "FALSE"),
            ("12:30", "12:31"),
            ("12:30", "12:30 at night"),
            ("1/2", "2/1"),
            ("1.2", "2.1"),
            ("1/2", "2026-01-03"),
            ("1/2/2003", "2/1/2003"),
            ("12/2/2003", "2/12/2003"),
            ("1988-07", "1988-07-28"),
            ("1988-07", "1988-08-01"),
            ("1988", "1988-01-01"),
            ("1988-07-28", "Jul-88"),
            ("March", "2026-03-01"),
            ("", "1988-07-28"),
            ("pages 3-4", "04-Mar"),
        ];
        for (old, cell) in changed {
            assert_eq!(taken_for(old, cell), None, "{old} {cell}");
        }
    }
}
