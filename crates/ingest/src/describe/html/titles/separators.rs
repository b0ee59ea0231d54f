//! What parts a title from the name of its site.

/// A mark with the spaces around it.
pub(super) struct Separator {
    text: &'static str,
    /// Octets before the mark.
    lead: usize,
    /// The first octet of the mark.
    mark: u8,
}

/// All of them.
const ALL: [Separator; 14] = [
    Separator::of(" | "),
    Separator::of(" - "),
    Separator::of(" – "),
    Separator::of(" — "),
    Separator::of(" :: "),
    Separator::of(" » "),
    Separator::of(" « "),
    Separator::of(" · "),
    Separator::of(" • "),
    Separator::of(" › "),
    Separator::of(" / "),
    Separator::of(" |"),
    Separator::of("│"),
    Separator::of(": "),
];

impl Separator {
    const fn of(text: &'static str) -> Self {
        let octets = text.as_bytes();
        let lead = if octets[0] == b' ' { 1 } else { 0 };
        Self { text, lead, mark: octets[lead] }
    }

    /// Octets of it.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// Where it stands in a title.
    pub(super) fn places(&self, title: &str) -> impl DoubleEndedIterator<Item = usize> {
        let octets = title.as_bytes();
        memchr::memchr_iter(self.mark, octets).filter_map(move |at| {
            let start = at.checked_sub(self.lead)?;
            octets[start..].starts_with(self.text.as_bytes()).then_some(start)
        })
    }
}

/// Those that stand in a title, in their order.
#[derive(Clone)]
pub(super) struct Separators(u16);

impl Iterator for Separators {
    type Item = &'static Separator;

    fn next(&mut self) -> Option<&'static Separator> {
        let next = ALL.get(usize::try_from(self.0.trailing_zeros()).ok()?)?;
        self.0 &= self.0 - 1;
        Some(next)
    }
}

pub(super) fn separators_in(title: &str) -> Separators {
    // Octets of ASCII, and the first of the others: many titles have none.
    let is_mark = |octet: u8| matches!(octet, b'|' | b'-' | b':' | b'/' | 0xC2 | 0xE2);
    if !title.bytes().fold(false, |found, octet| found | is_mark(octet)) {
        return Separators(0);
    }
    let stands = |separator: &Separator| u16::from(separator.places(title).next().is_some());
    let each = ALL.iter().enumerate();
    Separators(each.fold(0, |all, (number, separator)| all | stands(separator) << number))
}

/// The longest part of a title, the last of several.
pub(super) fn longest_part(title: &str) -> &str {
    longest(title, separators_in(title)).trim()
}

fn longest(title: &str, mut separators: Separators) -> &str {
    let Some(separator) = separators.next() else { return title };
    let (mut rest, mut best) = (title, "");
    loop {
        let end = separator.places(rest).next();
        let part = longest(end.map_or(rest, |end| &rest[..end]), separators.clone());
        if part.len() >= best.len() {
            best = part;
        }
        let Some(end) = end else { return best };
        rest = &rest[end + separator.len()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The same, separator by separator.
    fn longest_with_care(title: &str) -> &str {
        let mut parts = vec![title];
        for separator in &ALL {
            parts = parts.into_iter().flat_map(|part| part.split(separator.text)).collect();
        }
        parts.into_iter().max_by_key(|part| part.len()).unwrap_or_default().trim()
    }

    proptest::proptest! {
        #[test]
        fn separators_are_found_as_text_is(title in "(a|bc| |\\||-|–|’|»|é|:|/|│){0,12}") {
            let found: Vec<&str> = separators_in(&title).map(|separator| separator.text).collect();
            let expected: Vec<&str> =
                ALL.iter().map(|separator| separator.text).filter(|text| title.contains(text)).collect();
            proptest::prop_assert_eq!(found, expected);
            for separator in &ALL {
                proptest::prop_assert_eq!(separator.places(&title).next(), title.find(separator.text));
                proptest::prop_assert_eq!(separator.places(&title).last(), title.rfind(separator.text));
            }
            proptest::prop_assert_eq!(longest_part(&title), longest_with_care(&title));
        }
    }
}
