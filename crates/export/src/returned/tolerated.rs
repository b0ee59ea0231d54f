//! Whether a cell that reads otherwise says the same.

use super::guise::taken_for;
use super::tolerance::Tolerance;
use chrono::NaiveDate;

/// Why a cell still says `value`, though it reads otherwise; `None` if it says something else.
/// `cell` is as it came, with its apostrophe if there is one.
pub(super) fn tolerated(value: &str, cell: &str) -> Option<Tolerance> {
    let spaced = |text: &str| text.replace("\r\n", "\n").replace('\r', "\n").trim().to_owned();
    let (old, new) = (spaced(value), spaced(cell));
    if old == new {
        return Some(Tolerance::Spaces);
    }
    // A spreadsheet has no tabulators in its cells.
    if old.contains('\t') && (old.replace('\t', "") == new || old.replace('\t', " ") == new) {
        return Some(Tolerance::Spaces);
    }
    let bare = |text: &str| spaced(text.strip_prefix('\'').unwrap_or(text));
    if old == bare(&new) || bare(&old) == new {
        return Some(Tolerance::Apostrophe);
    }
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|octet| octet.is_ascii_digit());
    let is_shorter = new.len() < old.len();
    if is_shorter
        && is_digits(&old)
        && is_digits(&new)
        && old.trim_start_matches('0') == new.trim_start_matches('0')
    {
        return Some(Tolerance::LeadingZeros);
    }
    if is_same_number(&old, &new) {
        return Some(Tolerance::Number);
    }
    if is_same_day(&old, &new) { Some(Tolerance::Date) } else { taken_for(&old, &new) }
}

/// Whether a number is another in the notation of a spreadsheet, which keeps 15 digits and may show six.
fn is_same_number(old: &str, new: &str) -> bool {
    let looks_like_one = |text: &str| {
        text.len() <= 40 && text.bytes().all(|octet| octet.is_ascii_digit() || b".,+-eE".contains(&octet))
    };
    if !looks_like_one(old) || !looks_like_one(new) {
        return false;
    }
    let number = |text: &str| text.replace(',', ".").parse::<f64>().ok().filter(|number| number.is_finite());
    let (Some(before), Some(after)) = (number(old), number(new)) else { return false };
    // What only a person writes: more zeros in front, or a plus where there was none.
    let zeros = |text: &str| {
        let digits = text.trim_start_matches(['+', '-']);
        let zeros = digits.len() - digits.trim_start_matches('0').len();
        // The one before a point, or that is the number, stands for nothing else.
        zeros - usize::from(zeros > 0 && !digits[zeros..].starts_with(|c: char| c.is_ascii_digit()))
    };
    if zeros(new) > zeros(old) || (new.starts_with('+') && !old.starts_with('+')) {
        return false;
    }
    // A spreadsheet has no more digits than 15, a program no more than tell the number from others.
    let told = significant(new);
    if told.len() > 15 {
        return told == significant(&format!("{before:e}")) || told == significant(old);
    }
    let digits = new.split(['e', 'E']).next().unwrap_or(new).bytes().filter(u8::is_ascii_digit).count();
    // As many digits as it shows are the same, if it shows enough to tell.
    let is_short = digits < 15;
    if is_short && !(new.contains(['e', 'E']) && digits >= 3) {
        return before.total_cmp(&after).is_eq();
    }
    let kept = i32::try_from(digits.min(15)).unwrap_or(15) - 1;
    (before - after).abs() <= before.abs() * 10_f64.powi(-kept)
}

/// The digits of a number that are not zeros at its ends.
fn significant(number: &str) -> String {
    let mantissa = number.split(['e', 'E']).next().unwrap_or(number);
    let digits: String = mantissa.chars().filter(char::is_ascii_digit).collect();
    digits.trim_matches('0').to_owned()
}

/// Whether a day written with numbers may be the day `old`, which is in EDTF.
fn is_same_day(old: &str, new: &str) -> bool {
    let Ok(day) = old.parse::<NaiveDate>() else { return false };
    // A time of midnight is what a spreadsheet adds.
    let new = new.strip_suffix(" 00:00:00").or_else(|| new.strip_suffix("T00:00:00")).unwrap_or(new);
    let forms = [
        "%d/%m/%Y", "%m/%d/%Y", "%d.%m.%Y", "%d-%m-%Y", "%m-%d-%Y", "%Y/%m/%d", "%Y.%m.%d", "%d/%m/%y",
        "%m/%d/%y", "%d.%m.%y", "%Y-%m-%d", "%d-%b-%Y", "%d-%b-%y",
    ];
    forms.iter().any(|form| NaiveDate::parse_from_str(new, form).is_ok_and(|read| read == day))
}

#[cfg(test)]
mod tests {
    use super::{Tolerance, tolerated};

    #[test]
    fn what_spreadsheets_do_by_themselves_is_no_change() {
        let same = [
            ("a b", " a b ", Tolerance::Spaces),
            ("a\nb", "a\r\nb", Tolerance::Spaces),
            ("a\tb", "ab", Tolerance::Spaces),
            ("1/2", "2026-01-02", Tolerance::Date),
            ("=1+1", "'=1+1", Tolerance::Apostrophe),
            ("'tis", "tis", Tolerance::Apostrophe),
            ("007", "7", Tolerance::LeadingZeros),
            ("12345678901", "1.23457E+10", Tolerance::Number),
            ("98123456789012345", "98123456789012300", Tolerance::Number),
            ("98123456789012345", "98123456789012350", Tolerance::Number),
            ("98123456789012345", "9.812345678901235e+16", Tolerance::Number),
            ("+98912", "98912", Tolerance::Number),
            ("1988-07-28", "28/07/1988", Tolerance::Date),
            ("1988-07-05", "7/5/1988", Tolerance::Date),
            ("1988-07-28", "28.07.88", Tolerance::Date),
            ("1988-07-28", "1988-07-28 00:00:00", Tolerance::Date),
        ];
        for (old, new, why) in same {
            assert_eq!(tolerated(old, new), Some(why), "{old} {new}");
        }
    }

    #[test]
    fn what_a_person_did_is_a_change() {
        let changed = [
            ("", "x"),
            ("x", ""),
            ("007", "8"),
            ("10", "1E+02"),
            ("1988", "1989"),
            ("1988-07-28", "29/07/1988"),
            ("1988-07-28", "1988-07"),
            ("12345678901", "1.3E+10"),
            ("12345", "12346"),
            ("a", "A"),
            ("1.5", "15"),
            ("7", "007"),
            ("007", "0007"),
            ("3.0", "003"),
            ("98912", "+98912"),
            ("98123456789012345", "98123456789012346"),
            ("98123456789012345", "98123456789012344"),
        ];
        for (old, new) in changed {
            assert_eq!(tolerated(old, new), None, "{old} {new}");
        }
    }
}
