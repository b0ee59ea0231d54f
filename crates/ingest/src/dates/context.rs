//! What the hints say of calendars, and of the order of day and month.

use super::names::Era;
use super::{Calendar, Hints, Order};

/// Languages of countries that count in solar Hijri years.
const SOLAR: [&str; 11] = ["fa", "prs", "pes", "ps", "pbt", "pst", "mzn", "glk", "lrc", "azb", "haz"];
/// Languages whose Hijri years are lunar.
const LUNAR: [&str; 4] = ["ar", "ur", "ms", "sd"];
/// Languages that use ۰ to ۹ although their countries do not count in solar years, or not all.
const NOT_SOLAR: [&str; 6] = ["ar", "ur", "sd", "ks", "pa", "ckb"];
/// Languages that write the day before the month wherever they are written.
const DAY_FIRST: [&str; 26] = [
    "de", "it", "nl", "pt", "ru", "uk", "pl", "tr", "cs", "sk", "sl", "hr", "sr", "bs", "bg", "ro", "el",
    "da", "nb", "no", "nn", "fi", "et", "id", "vi", "he",
];
/// Regions that write so in English, French or Spanish.
const DAY_FIRST_REGIONS: [&str; 24] = [
    "GB", "IE", "AU", "NZ", "IN", "PK", "FR", "BE", "CH", "LU", "ES", "MX", "AR", "CO", "CL", "PE", "VE",
    "EC", "BO", "UY", "PY", "CU", "MA", "NG",
];
/// Languages of which some regions put the month first: only the region tells.
const BY_REGION: [&str; 3] = ["en", "fr", "es"];

/// What is known before a date is read.
#[derive(Clone, Copy)]
pub(super) struct Context<'h> {
    /// The hints.
    pub(super) hints: &'h Hints<'h>,
    /// Whether the text is one date and nothing else.
    pub(super) whole: bool,
}

impl Context<'_> {
    /// The primary language and the region, in any case.
    fn language(&self) -> (&str, &str) {
        let mut parts = self.hints.language.unwrap_or_default().split(['-', '_']);
        let language = parts.next().unwrap_or_default();
        (language, parts.find(|part| part.len() == 2).unwrap_or_default())
    }

    /// Whether Hijri years are solar here; digits of Persian count where no language is told.
    pub(super) fn is_solar(&self, persian_digits: bool) -> bool {
        let (language, region) = self.language();
        is_of(&SOLAR, language)
            || is_of(&["IR", "AF"], region)
            || (persian_digits && !is_of(&NOT_SOLAR, language))
    }

    /// Whether Hijri years are lunar here.
    pub(super) fn is_lunar(&self, persian_digits: bool) -> bool {
        is_of(&LUNAR, self.language().0) && !self.is_solar(persian_digits)
    }

    /// The order of day and month, where it is certain.
    ///
    /// A language alone makes it certain only where none of its regions puts the month first.
    pub(super) fn order(&self) -> Option<Order> {
        if self.hints.order.is_some() {
            return self.hints.order;
        }
        let (language, region) = self.language();
        if is_of(&DAY_FIRST, language) {
            return Some(Order::DayMonth);
        }
        if !is_of(&BY_REGION, language) {
            return None;
        }
        if is_of(&DAY_FIRST_REGIONS, region) {
            return Some(Order::DayMonth);
        }
        (is_of(&["en"], language) && is_of(&["US"], region)).then_some(Order::MonthDay)
    }

    /// The calendars that a bare year can be counted in, with an era behind it or not.
    ///
    /// 1304 is when Iran took the solar calendar: an earlier year in a Persian text may be lunar.
    pub(super) fn calendars(
        &self,
        year: i32,
        era: Option<Era>,
        persian_digits: bool,
    ) -> impl Iterator<Item = Calendar> + use<> {
        use Calendar::{Gregorian, Islamic, Persian, PersianImperial};
        let is = |first: i32, last: i32| (first..=last).contains(&year);
        let (gregorian, mut persian, mut islamic, imperial) = match era {
            None => {
                (is(1700, 2100), is(1300, 1420), is(1300, 1460), self.may_be_imperial(year, persian_digits))
            }
            Some(Era::Gregorian) => (is(1583, 2100), false, false, false),
            Some(Era::Imperial) => (false, false, false, is(2500, 2560)),
            Some(Era::Solar) => (false, is(1200, 1500), false, false),
            Some(Era::Lunar) => (false, false, is(1200, 1500), false),
            Some(Era::Hijri) => (false, is(1200, 1500), is(1200, 1500), false),
        };
        if persian && islamic {
            if year >= 1304 && self.is_solar(persian_digits) {
                islamic = false;
            } else if self.is_lunar(persian_digits) {
                persian = false;
            }
        }
        let all =
            [(Gregorian, gregorian), (Persian, persian), (Islamic, islamic), (PersianImperial, imperial)];
        all.into_iter().filter(|(_, may)| *may).map(|(calendar, _)| calendar)
    }

    /// Whether a bare year may count from Cyrus; in Thailand years of that size count from the Buddha.
    fn may_be_imperial(&self, year: i32, persian_digits: bool) -> bool {
        (2500..=2560).contains(&year)
            && !is_of(&["th"], self.language().0)
            && ((2535..=2537).contains(&year) || self.is_solar(persian_digits))
    }

    /// The full years that a year of two digits can mean.
    pub(super) fn centuries(&self, year: i32, persian_digits: bool) -> Vec<(Calendar, i32)> {
        let mut years: Vec<(Calendar, i32)> =
            [1900, 2000].map(|century| (Calendar::Gregorian, century + year)).to_vec();
        if self.is_solar(persian_digits) {
            years.extend([1300, 1400].map(|century| (Calendar::Persian, century + year)));
        }
        years.retain(|(calendar, year)| match calendar {
            Calendar::Gregorian => (1900..2050).contains(year),
            _ => (1300..=1420).contains(year),
        });
        years
    }
}

/// Whether a subtag is one of these.
fn is_of(subtags: &[&str], subtag: &str) -> bool {
    subtags.iter().any(|known| known.eq_ignore_ascii_case(subtag))
}
