//! Names on a terminal: which characters do more than stand there.

/// Whether a character would act on a terminal or change how a line reads: C0 and C1 controls,
/// DEL, bidirectional controls, line separators and invisible marks that steer direction.
///
/// The zero-width joiners (U+200C, U+200D) are not among them: Persian needs them.
#[must_use]
pub fn is_unsafe_character(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{061C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Whether no character is unsafe.
#[must_use]
#[expect(clippy::needless_bitwise_bool, reason = "without a branch many octets are compared at once")]
pub fn is_harmless(text: &str) -> bool {
    // Whole ledgers pass through here, so octets are looked at first, in loops without an exit and without
    // a branch, which compilers make fast. Few texts begin an unsafe character, and only they are read by
    // character.
    let octets = text.as_bytes();
    let has_control = octets.iter().fold(false, |has, b| has | (*b < 0x20) | (*b == 0x7F));
    if has_control || octets.is_ascii() {
        return !has_control;
    }
    let begins_unsafe = octets.iter().zip(&octets[1..]).fold(false, |begins, (&one, &next)| {
        begins
            | ((one == 0xC2) & (next <= 0x9F))
            | ((one == 0xD8) & (next == 0x9C))
            | ((one == 0xE2) & (next <= 0x81))
            | ((one == 0xEF) & (next == 0xBB))
    });
    !(begins_unsafe && text.contains(is_unsafe_character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harmless_is_told_right_for_every_character() {
        for c in '\0'..=char::MAX {
            assert_eq!(is_harmless(&format!("a{c}")), !is_unsafe_character(c), "{c:?}");
        }
    }
}
