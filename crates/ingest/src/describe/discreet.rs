//! What must not stand in an open sheet, whoever declares it: addresses of mail, ways into accounts,
//! and what a program wrote where a person should have.

use super::evidence::{Claim, Evidence};
use super::sensitive::{Clue, Clues};

/// Keys of a query whose values open something, or say who asked.
const SECRETS: [&str; 21] = [
    "auth",
    "key",
    "authkey",
    "accesskey",
    "password",
    "passwd",
    "pass",
    "pwd",
    "session",
    "phpsessid",
    "sid",
    "sig",
    "jwt",
    "otp",
    "ticket",
    "email",
    "mail",
    "user",
    "username",
    "login",
    "awsaccesskeyid",
];

/// How such keys end that have more before them: `access_token`, `X-Amz-Signature`, `api_key`.
const SECRET_ENDS: [&str; 12] = [
    "token",
    "signature",
    "password",
    "secret",
    "credential",
    "sessionid",
    "session_id",
    "apikey",
    "_key",
    "-key",
    "_sig",
    "-sig",
];

/// Names that nobody has.
const NOBODY: [&str; 14] = [
    "undefined",
    "null",
    "none",
    "unknown",
    "root",
    "admin",
    "administrator",
    "webmaster",
    "editor",
    "user",
    "cms-import",
    "web team",
    "wordpress",
    "drupal",
];

/// The evidence without what a sheet must not say; what was left out is told, but not what it was.
pub(super) fn evidence(mut evidence: Evidence) -> Evidence {
    let mut clues = Clues::default();
    let addresses = evidence.addresses.len();
    evidence.addresses.retain(|claim| !opens_something(&claim.value));
    if evidence.addresses.len() < addresses {
        clues.note(Clue::UserName, "its address");
    }
    for claim in &mut evidence.creators {
        claim.value.retain_mut(|name| is_somebody(name, &mut clues));
    }
    evidence.creators.retain(|claim| !claim.value.is_empty());
    evidence.publishers.retain(|claim| !is_nobody(&claim.value));
    if evidence.is_unpublished {
        // What was published is public; a letter, a paper or a picture is not.
        keep_discreet(&mut evidence.titles, "its title", &mut clues);
        keep_discreet(&mut evidence.summaries, "its description", &mut clues);
    }
    clues.tell(&mut evidence);
    evidence
}

fn keep_discreet(claims: &mut Vec<Claim>, place: &'static str, clues: &mut Clues) {
    claims.retain(|claim| {
        let clue = match () {
            () if mail_address(&claim.value).is_some() => Clue::MailAddress,
            () if has_coordinates(&claim.value) => Clue::Position,
            () => return true,
        };
        clues.note(clue, place);
        false
    });
}

/// Whether an address has a user's name or password in it, or a key.
pub(crate) fn opens_something(address: &str) -> bool {
    if memchr::memchr2(b'@', b'=', address.as_bytes()).is_none() {
        return false;
    }
    has_secret(address)
}

/// The same with care.
fn has_secret(address: &str) -> bool {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    // Some hand them on behind a fragment, or a semicolon of the path.
    let pairs = rest.split(['?', '&', ';', '#']).skip(1).filter_map(|pair| pair.split_once('='));
    authority.contains('@') || pairs.into_iter().any(|(key, value)| !value.is_empty() && is_secret(key))
}

fn is_secret(key: &str) -> bool {
    let key = percent_decoded(key).to_ascii_lowercase();
    SECRETS.contains(&key.as_str()) || SECRET_ENDS.iter().any(|end| key.ends_with(end))
}

/// A key without percent codes of ASCII.
fn percent_decoded(key: &str) -> String {
    let mut plain = String::new();
    let mut rest = key;
    while let Some((before, behind)) = rest.split_once('%') {
        plain.push_str(before);
        let octet = behind.get(..2).and_then(|digits| u8::from_str_radix(digits, 16).ok());
        if let Some(octet) = octet.filter(u8::is_ascii) {
            plain.push(char::from(octet));
            rest = &behind[2..];
        } else {
            plain.push('%');
            rest = behind;
        }
    }
    plain + rest
}

/// Whether a name is somebody's; the address of mail behind it is taken off.
fn is_somebody(name: &mut String, clues: &mut Clues) -> bool {
    let Some(address) = mail_address(name) else { return !is_nobody(name) };
    clues.note(Clue::MailAddress, "its creator");
    let rest = name.replace(address, " ").replace("mailto:", " ");
    let rest = rest.trim_matches(|c: char| !c.is_alphanumeric() && c != '.' && c != '\'');
    let is_left = rest.chars().filter(|c| c.is_alphabetic()).count() > 1 && !is_nobody(rest);
    rest.trim().clone_into(name);
    is_left
}

fn is_nobody(name: &str) -> bool {
    let name = name.trim();
    let plain = name.split([' ', '/', '(']).next().unwrap_or_default();
    NOBODY.iter().any(|nobody| name.eq_ignore_ascii_case(nobody))
        || ["wordpress", "drupal", "joomla"].iter().any(|program| plain.eq_ignore_ascii_case(program))
}

/// The first address of mail in a text.
fn mail_address(text: &str) -> Option<&str> {
    let is_of_it = |c: char| c.is_alphanumeric() || matches!(c, '.' | '_' | '%' | '+' | '-');
    text.match_indices('@').find_map(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + 1..]);
        let begin = before.trim_end_matches(is_of_it).len();
        let end = after.find(|c| !is_of_it(c)).unwrap_or(after.len());
        let host = after[..end].trim_end_matches(['.', '-']);
        (begin < at && host.contains('.') && !host.starts_with('.'))
            .then(|| &text[begin..at + 1 + host.len()])
    })
}

/// Whether two numbers stand in a text with as many decimals as only places have.
fn has_coordinates(text: &str) -> bool {
    let is_exact = |number: &str| {
        number.trim_matches(|c: char| !c.is_ascii_digit()).split_once('.').is_some_and(|(whole, part)| {
            let digits = |text: &str| text.bytes().all(|octet| octet.is_ascii_digit());
            (1..=3).contains(&whole.len()) && part.len() >= 4 && digits(whole) && digits(part)
        })
    };
    text.split([' ', ',', ';', '/']).filter(|number| is_exact(number)).count() > 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn claim(value: &str) -> Claim {
        Claim { signal: "s", value: value.to_owned() }
    }

    #[test]
    fn ways_into_accounts_are_no_addresses() {
        for secret in [
            "https://jane:pw@x.example/",
            "https://x.example/?token=1",
            "https://x.example/a?b=1&Session=9#c",
            "https://x.example/?email=a%40b.example",
            "https://x.example/a.pdf?X-Amz-Date=1&X-Amz-Signature=ab12",
            "https://x.example/?a=1&sig=9",
            "https://x.example/#access_token=1",
            "https://x.example/a;jsessionid=1?b=2",
            "https://x.example/?%74oken=1",
            "https://x.example/?api_key=1",
        ] {
            assert!(opens_something(secret), "{secret}");
        }
        for open in [
            "https://x.example/@jane/1",
            "https://x.example/?page=2&token=",
            "https://x.example/?monkey=1",
            "https://x.example/?design=1&keyword=2",
        ] {
            assert!(!opens_something(open), "{open}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_first_look_and_the_careful_way_agree(address in "(https://)?(a|@|=|/|\\?|&|;|#|:|sig|%74oken|key|é){0,9}") {
            proptest::prop_assert_eq!(opens_something(&address), has_secret(&address));
        }
    }

    #[test]
    fn creators_are_people_without_their_addresses() {
        let creators =
            ["Mara Lund <mara.lund@x.example>", "mara@x.example", "root", "CMS-Import", "Ida @ home"];
        let creators = Claim { signal: "s", value: creators.map(str::to_owned).to_vec() };
        let found = evidence(Evidence { creators: vec![creators], ..Evidence::default() });
        assert_eq!(found.creators[0].value, ["Mara Lund", "Ida @ home"]);
        assert_eq!(found.remarks.len(), 1);
        assert!(!found.remarks[0].detail.contains("mara"));
    }

    #[test]
    fn what_nobody_published_says_no_place_and_no_address() {
        let summaries =
            || vec![claim("Taken at 35.123456, 51.654321"), claim("for desk@x.example."), claim("At 3.5 km")];
        let found =
            evidence(Evidence { summaries: summaries(), is_unpublished: true, ..Evidence::default() });
        assert_eq!(found.summaries, [claim("At 3.5 km")]);
        assert_eq!(found.remarks.len(), 2);
        assert_eq!(evidence(Evidence { summaries: summaries(), ..Evidence::default() }).summaries.len(), 3);
        let publishers =
            vec![claim("undefined"), claim("Drupal 7 (https://x.example)"), claim("Port Ellery Press")];
        let found = evidence(Evidence { publishers, ..Evidence::default() });
        assert_eq!(found.publishers, [claim("Port Ellery Press")]);
    }
}
