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
    /// The primary language in lower case, and the region in upper case.
    fn language(&self) -> (String, String) {
        let mut parts = self.hints.language.unwrap_or_default().split(['-', '_']);
        let language = parts.next().unwrap_or_default().to_ascii_lowercase();
        let region = parts.find(|part| part.len() == 2).unwrap_or_default().to_ascii_uppercase();
        (language, region)
    }

    /// Whether Hijri years are solar here; digits of Persian count where no language is told.
    pub(super) fn is_solar(&self, persian_digits: bool) -> bool {
        let (language, region) = self.language();
        SOLAR.contains(&language.as_str())
            || matches!(region.as_str(), "IR" | "AF")
            || (persian_digits && !NOT_SOLAR.contains(&language.as_str()))
    }

    /// Whether Hijri years are lunar here.
    pub(super) fn is_lunar(&self, persian_digits: bool) -> bool {
        LUNAR.contains(&self.language().0.as_str()) && !self.is_solar(persian_digits)
    }

    /// The order of day and month, where it is certain.
    ///
    /// A language alone makes it certain only where none of its regions puts the month first.
    pub(super) fn order(&self) -> Option<Order> {
        if self.hints.order.is_some() {
            return self.hints.order;
        }
        let (language, region) = self.language();
        if DAY_FIRST.contains(&language.as_str()) {
            return Some(Order::DayMonth);
        }
        if !BY_REGION.contains(&language.as_str()) {
            return None;
        }
        if DAY_FIRST_REGIONS.contains(&region.as_str()) {
            return Some(Order::DayMonth);
        }
        (language == "en" && region == "US").then_some(Order::MonthDay)
    }

    /// The calendars that a bare year can be counted in, with an era behind it or not.
    ///
    /// 1304 is when Iran took the solar calendar: an earlier year in a Persian text may be lunar.
    pub(super) fn calendars(&self, year: i32, era: Option<Era>, persian_digits: bool) -> Vec<Calendar> {
        use Calendar::{Gregorian, Islamic, Persian, PersianImperial};
        let solar = self.is_solar(persian_digits);
        let thai = self.language().0 == "th";
        let windows = [
            (Gregorian, (1700..=2100).contains(&year)),
            (Persian, (1300..=1420).contains(&year)),
            (Islamic, (1300..=1460).contains(&year)),
            (
                PersianImperial,
                !thai && ((2535..=2537).contains(&year) || (solar && (2500..=2560).contains(&year))),
            ),
        ];
        let mut calendars: Vec<Calendar> = match era {
            None => windows.into_iter().filter(|(_, inside)| *inside).map(|(calendar, _)| calendar).collect(),
            Some(Era::Gregorian) => (1583..=2100).contains(&year).then_some(Gregorian).into_iter().collect(),
            Some(Era::Imperial) => {
                (2500..=2560).contains(&year).then_some(PersianImperial).into_iter().collect()
            }
            Some(Era::Solar) => (1200..=1500).contains(&year).then_some(Persian).into_iter().collect(),
            Some(Era::Lunar) => (1200..=1500).contains(&year).then_some(Islamic).into_iter().collect(),
            Some(Era::Hijri) => {
                [Persian, Islamic].into_iter().filter(|_| (1200..=1500).contains(&year)).collect()
            }
        };
        if calendars.contains(&Persian) && calendars.contains(&Islamic) {
            if solar && year >= 1304 {
                calendars.retain(|calendar| *calendar == Persian);
            } else if self.is_lunar(persian_digits) {
                calendars.retain(|calendar| *calendar == Islamic);
            }
        }
        calendars
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
