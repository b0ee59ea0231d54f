//! Lists of patterns (`ssh_config(5)`, PATTERNS): `*@example.org,!eve@example.org`.

/// Whether a name is in a list: some pattern has it, and no pattern with `!` does.
pub fn matches(list: &str, name: &str) -> bool {
    let mut found = false;
    for pattern in list.split(',') {
        match pattern.strip_prefix('!') {
            Some(never) if one(never.as_bytes(), name.as_bytes()) => return false,
            Some(_) => {}
            None => found |= one(pattern.as_bytes(), name.as_bytes()),
        }
    }
    found
}

/// `*` stands for any octets, `?` for one. Going back only ever to the last `*`, it takes at most the product of
/// both lengths.
fn one(pattern: &[u8], name: &[u8]) -> bool {
    let (mut at, mut here) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while let Some(octet) = name.get(here) {
        match pattern.get(at) {
            Some(b'*') => {
                star = Some((at, here));
                at += 1;
            }
            Some(wanted) if *wanted == b'?' || wanted == octet => {
                at += 1;
                here += 1;
            }
            _ => match star {
                Some((place, from)) => {
                    star = Some((place, from + 1));
                    at = place + 1;
                    here = from + 1;
                }
                None => return false,
            },
        }
    }
    pattern.get(at..).is_some_and(|rest| rest.iter().all(|octet| *octet == b'*'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_the_manual_says() {
        for (list, name, expected) in [
            ("mina@example.org", "mina@example.org", true),
            ("mina@example.org", "Mina@example.org", false),
            ("*", "", true),
            ("*@example.org", "mina@example.org", true),
            ("*@example.org", "mina@example.org.evil", false),
            ("?ina@*.org", "mina@example.org", true),
            ("?", "", false),
            ("a*b*c", "a-b-b-c", true),
            ("a*b*c", "a-c-b", false),
            ("*@example.org,!eve@*", "eve@example.org", false),
            ("!eve@*,*@example.org", "mina@example.org", true),
            ("!eve@*", "mina@example.org", false),
            ("dara,mina", "mina", true),
            ("", "mina", false),
        ] {
            assert_eq!(matches(list, name), expected, "{list} {name}");
        }
    }

    #[test]
    fn many_stars_end() {
        assert!(!matches(&"*a".repeat(2_000), &"a".repeat(1_999)));
    }
}
