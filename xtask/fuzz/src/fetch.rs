//! `fetch.txt`.

use super::findings::answer;
use super::shelf::{PAYLOAD, Shelf, VERSIONS, declaration};
use bagit::fetch::{Address, FetchItem, FetchProblem, judge_address, parse_line};
use fixity::PayloadPath;
use fixity::manifest::{Decoding, Oddity, lines};
use std::net::{Ipv4Addr, Ipv6Addr};

const DECODINGS: [Decoding; 3] = [Decoding::Nothing, Decoding::LineEnds, Decoding::LineEndsAndPercent];

/// A fetch file: no path leads out, no URL that is fine leads into one's own network, what is read is
/// written and read the same, and a bag with a hole is not sound whatever the file says of it.
pub fn fetch(octets: &[u8]) {
    for line in lines(octets).filter_map(|line| str::from_utf8(line).ok()) {
        for decoding in DECODINGS {
            if let Ok(item) = parse_line(line, decoding) {
                comes_back(&item);
                for is_strict in [false, true] {
                    if matches!(judge_address(&item.url, is_strict), Address::Fine) {
                        leads_to_a_public_place(&item.url);
                    }
                }
            }
        }
    }
    for (_, version) in VERSIONS {
        let bag = Shelf::sound().with("bagit.txt", &declaration(version, "UTF-8")).with("fetch.txt", octets);
        answer(&bag, octets.len());
        assert!(!answer(&bag.without(PAYLOAD[0].0), octets.len()).verdict().is_sound(), "a hole is sound");
    }
}

fn comes_back(item: &FetchItem) {
    assert_eq!(PayloadPath::problem(item.path.as_str()), None, "{}", item.path);
    assert!(!item.path.as_str().starts_with('~'), "{}", item.path);
    let line = item.to_string();
    assert!(!line.contains(['\n', '\r']), "{line:?}");
    match parse_line(&line, Decoding::LineEndsAndPercent) {
        Ok(again) => {
            // A path that begins with a blank has no plain form: `./` keeps it apart from the gap.
            let oddity = item.path.as_str().starts_with([' ', '\t']).then_some(Oddity::LeadingDot);
            assert_eq!(again, FetchItem { oddity, ..item.clone() });
        }
        // Where `%` is no code, a name may hold what another program would decode into a way out.
        Err(problem) => assert!(matches!(problem, FetchProblem::LeadsOut(_)), "{line:?}: {problem}"),
    }
}

/// An independent look at a URL: its scheme, and its host where that is an address.
fn leads_to_a_public_place(url: &str) {
    assert!(url.is_ascii() && !url.contains(|c: char| c.is_ascii_control()), "{url:?}");
    let (scheme, rest) = url.split_once("://").expect("a scheme and an authority");
    let known = ["http", "https", "ftp", "ftps", "sftp"];
    assert!(known.iter().any(|known| scheme.eq_ignore_ascii_case(known)), "{url}");
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.rsplit('@').next().unwrap_or_default().to_ascii_lowercase();
    if let Some(address) = host.strip_prefix('[').and_then(|host| host.split(']').next()) {
        let local = |ip: &Ipv6Addr| ip.is_loopback() || ip.is_unspecified() || ip.is_unique_local();
        assert!(!address.parse().as_ref().is_ok_and(local), "{url}");
        return;
    }
    let name = host.split(':').next().unwrap_or_default().trim_end_matches('.');
    assert!(!name.is_empty() && name != "localhost" && !name.ends_with(".localhost"), "{url}");
    let local =
        |ip: &Ipv4Addr| ip.is_loopback() || ip.is_private() || ip.is_link_local() || ip.is_unspecified();
    assert!(!name.parse().as_ref().is_ok_and(local), "{url}");
}
