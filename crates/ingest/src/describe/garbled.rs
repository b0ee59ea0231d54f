//! What was read in a wrong encoding, or in one that cannot be told: a blank is better than letters that
//! nobody wrote.

use super::charset::Doubt;
use super::evidence::{Claim, Evidence};
use crate::identify::encoding::has_faults;
use provenance::description::RemarkKind;

/// The evidence without what is garbled; that something was left out is told.
pub(super) fn evidence(mut evidence: Evidence, doubt: Doubt) -> Evidence {
    let is_sound = |text: &str| match doubt {
        _ if text.is_ascii() => true,
        Doubt::None => !is_of_no_text(text),
        Doubt::OfWords => !is_of_no_text(text) && !has_faults(text),
        Doubt::OfAll => false,
    };
    let mut left_out: Vec<&str> = Vec::new();
    for (what, claims) in [
        ("title", &mut evidence.titles),
        ("publisher", &mut evidence.publishers),
        ("description", &mut evidence.summaries),
    ] {
        if keep(claims, |text| is_sound(text)) {
            left_out.push(what);
        }
    }
    let creators = evidence.creators.len();
    evidence.creators.retain(|claim| claim.value.iter().all(|name| is_sound(name)));
    if evidence.creators.len() < creators {
        left_out.push("creator");
    }
    if !left_out.is_empty() {
        let what = left_out.join(", ");
        let why = format!("in a wrong encoding, or one that cannot be told, and left out: {what}");
        evidence.remark(RemarkKind::GivenUp, why);
    }
    evidence
}

/// Keeps what is sound; answers whether anything was not.
fn keep(claims: &mut Vec<Claim>, is_sound: impl Fn(&str) -> bool) -> bool {
    let before = claims.len();
    claims.retain(|claim| is_sound(&claim.value));
    claims.len() < before
}

/// Whether a character stands in a text that stands in none that was read rightly: what stands for octets without a meaning,
/// and controls that no document has had since Unicode.
fn is_of_no_text(text: &str) -> bool {
    memchr::memchr2_iter(0xC2, 0xEF, text.as_bytes()).any(|at| match text.as_bytes()[at..] {
        [0xC2, last, ..] => last < 0xA0 && last != 0x85,
        [0xEF, 0xBF, last, ..] => last == 0xBD,
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn titles(title: &str, doubt: Doubt) -> (usize, usize) {
        let titles = vec![Claim { signal: "title", value: title.to_owned() }];
        let found = evidence(Evidence { titles, ..Evidence::default() }, doubt);
        (found.titles.len(), found.remarks.len())
    }

    #[test]
    fn characters_of_no_text_are_told_by_their_octets() {
        for c in (0..=0x2_FFFF).filter_map(char::from_u32) {
            let expected = matches!(c, '\u{FFFD}' | '\u{80}'..='\u{84}' | '\u{86}'..='\u{9F}');
            assert_eq!(is_of_no_text(&format!("é{c}")), expected, "{c:?}");
        }
    }

    #[test]
    fn garbled_titles_are_left_out_and_told() {
        let (kept, left_out) = ((1, 0), (0, 1));
        for doubt in [Doubt::None, Doubt::OfWords] {
            assert_eq!(titles("Bells over Port Ellery", doubt), kept);
            assert_eq!(titles("Die Größe der Häuser – „neu“", doubt), kept);
            assert_eq!(titles("L\u{FFFD}eau monte", doubt), left_out);
            assert_eq!(titles("L\u{92}eau monte", doubt), left_out);
        }
        // Letters that no word has, of an old Macintosh and of DOS.
        assert_eq!(titles("Le fleuve dŽborde", Doubt::OfWords), left_out);
        assert_eq!(titles("Le fleuve d‚borde", Doubt::OfWords), left_out);
        assert_eq!(titles("Le fleuve dŽborde", Doubt::None), kept);
        assert_eq!(titles("Le fleuve déborde", Doubt::OfAll), left_out);
        assert_eq!(titles("The river rises", Doubt::OfAll), kept);
    }
}
