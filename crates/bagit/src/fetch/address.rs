//! Where a URL of a fetch file leads (RFC 8493 §5.2), told from its text alone: no name is looked up.

use super::network::local_host;
use fluent_uri::Uri;

/// Schemes that programs which complete bags know.
const FETCHED: [&str; 5] = ["ftp", "ftps", "http", "https", "sftp"];

/// Schemes that open something on the reader's own computer, or bring their content with them.
const LOCAL: [&str; 14] = [
    "about",
    "blob",
    "chrome",
    "data",
    "file",
    "filesystem",
    "jar",
    "javascript",
    "netdoc",
    "php",
    "res",
    "unix",
    "vbscript",
    "view-source",
];

/// What a URL came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// It leads to a public place, as far as its text tells.
    Fine,
    /// It has another scheme, this one, for which a program of its own is needed.
    Foreign(String),
    /// It is no absolute URI (RFC 3986 §4.3); in words, why.
    Malformed(String),
    /// It leads to the reader's own machine or network, or carries credentials; in words, how.
    Local(String),
}

/// Judges a URL; `is_strict` asks for an absolute URI in the sense of RFC 3986 §4.3, as BagIt 1.0
/// does: without a fragment.
#[must_use]
pub fn judge_address(url: &str, is_strict: bool) -> Address {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme).to_ascii_lowercase();
    // Before its form is asked: a sloppy program opens a sloppy `file:` all the same.
    if scheme.split('+').any(|part| LOCAL.contains(&part)) {
        return Address::Local(format!("opens something on the reader's own computer (`{scheme}:`)"));
    }
    if scheme.len() == 1 {
        return Address::Local("is a path on a drive".into());
    }
    let uri = match Uri::parse(url) {
        Ok(uri) => uri,
        Err(error) => return Address::Malformed(format!("departs from RFC 3986 ({error})")),
    };
    if is_strict && uri.has_fragment() {
        return Address::Malformed("has a fragment (`#…`)".into());
    }
    let is_fetched = FETCHED.contains(&scheme.as_str());
    if let Some(problem) = judge_authority(url, &uri, is_fetched) {
        return problem;
    }
    if is_fetched { Address::Fine } else { Address::Foreign(scheme) }
}

fn judge_authority(url: &str, uri: &Uri<&str>, is_fetched: bool) -> Option<Address> {
    let authority = uri.authority();
    if authority.as_ref().is_some_and(fluent_uri::component::Authority::has_userinfo) {
        return Some(Address::Local("carries credentials".into()));
    }
    let host = authority.as_ref().map_or("", |authority| authority.host());
    if host.is_empty() && is_fetched {
        // RFC 3986 sees no host in `http:/x/`; browsers, and programs made like them, see `x`.
        let lenient = url.split_once(':').map_or("", |(_, rest)| rest.trim_start_matches('/'));
        let lenient = lenient.split(['/', '?', '#']).next().unwrap_or_default();
        let lenient = lenient.rsplit('@').next().unwrap_or_default();
        let lenient = lenient.rsplit_once(':').map_or(lenient, |(host, _)| host);
        return Some(match local_host(lenient, true) {
            Ok(Some(reason)) if !lenient.is_empty() => Address::Local(reason),
            _ => Address::Malformed("names no host".into()),
        });
    }
    if authority.is_some_and(|authority| authority.port_to_u16().is_err()) {
        return Some(Address::Malformed("has a port beyond 65535".into()));
    }
    match local_host(host, is_fetched) {
        Ok(None) => None,
        Ok(Some(reason)) => Some(Address::Local(reason)),
        Err(reason) => Some(Address::Malformed(reason.into())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn public_places_are_fine() {
        for url in [
            "https://archive.example/a",
            "HTTP://Archive.Example:8080/a%20b?c=d",
            "ftp://ftp.archive.example/pub/x",
            "sftp://archive.example/x",
            "https://93.184.215.14/x",
            "http://0x5db8d70e/x",
            "https://[2606:2800:21f:cb07:6820:80da:af6b:8b2c]/x",
            "http://[64:ff9b::5db8:d70e]/x",
            "https://localhost.archive.example/",
            "https://xn--bcher-kva.example/",
            "https://100.128.0.1/",
        ] {
            assert_eq!(judge_address(url, true), Address::Fine, "{url}");
        }
    }

    #[test]
    fn the_readers_own_machine_and_network_are_known_in_every_spelling() {
        for url in [
            "file:///etc/passwd",
            "FILE:/etc/pass wd",
            "git+file:///x",
            "data:text/plain,x",
            "javascript:alert(1)",
            "jar:https://archive.example/a.zip!/x",
            "C:/Windows/x",
            "http://localhost/x",
            "http://LOCALHOST.:8989/x",
            "http://x.localhost/",
            "http://printer.local/",
            "http://metadata.google.internal/",
            "http://router.home.arpa/",
            "http://intranet/x",
            "http://127.0.0.1/",
            "http://127.1/",
            "http://2130706433/",
            "http://017700000001/",
            "http://0x7f.1/",
            "http://0x7F000001/",
            "http://0177.0.0.01/",
            "http://0127.0.0.1/",
            "http://127.0.0.1./",
            "http://0/",
            "http://0x/",
            "http://10.1.2.3/",
            "http://100.64.0.1/",
            "http://169.254.169.254/latest/meta-data",
            "http://172.31.255.255/",
            "http://192.168.0.1/",
            "http://198.19.0.1/",
            "http://224.0.0.1/",
            "http://255.255.255.255/",
            "http://[::]/",
            "http://[::1]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[::127.0.0.1]/",
            "http://[64:ff9b::a00:1]/",
            "http://[64:ff9b:1::1]/",
            "http://[2002:7f00:1::]/",
            "http://[2001:0:1::1]/",
            "http://[fe80::1]/",
            "http://[fec0::1]/",
            "http://[fd00::1]/",
            "http://[ff02::1]/",
            "http://%6c%6fcalhost/",
            "http://archive.example@127.0.0.1/",
            "https://user:secret@archive.example/x",
            "sftp://user@archive.example/x",
            "http:/localhost/x",
            "http:localhost/x",
            "http:///127.0.0.1/x",
            "s3://localhost/x",
            "gopher://127.0.0.1:25/x",
        ] {
            assert!(
                matches!(judge_address(url, true), Address::Local(_)),
                "{url}: {:?}",
                judge_address(url, true)
            );
        }
    }

    #[test]
    fn what_is_no_absolute_uri_is_refused() {
        for url in [
            "archive.example/x",
            "/x",
            "//archive.example/x",
            "",
            "https://archive.example/a\u{e9}",
            "https://archive.example/<x>",
            "https://archive.example/100%",
            "https://archive.example\\x",
            "https://archive.example/x\u{7f}",
            "https://archive.example:99999/",
            "https://archive.example/x#part",
            "http://256.1.1.1/",
            "http://1.2.3.4.5/",
            "http://[v1.x]/",
            "https:///",
            "https:archive.example/x",
        ] {
            assert!(
                matches!(judge_address(url, true), Address::Malformed(_)),
                "{url}: {:?}",
                judge_address(url, true)
            );
        }
        assert_eq!(judge_address("https://archive.example/x#part", false), Address::Fine);
    }

    #[test]
    fn other_schemes_need_a_program_of_their_own() {
        for (url, scheme) in [
            ("s3://bucket/x", "s3"),
            ("gs://b.internal/x", "gs"),
            ("GLOBUS://a/x", "globus"),
            ("urn:x:y", "urn"),
        ] {
            assert_eq!(judge_address(url, true), Address::Foreign(scheme.into()), "{url}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_met_without_panic(text in "\\PC{0,60}", dense in "(http|s3):/{0,3}[0-9a-fx.:@%\\[\\]]{0,40}") {
            let _ = judge_address(&text, true);
            let _ = judge_address(&dense, true);
        }
    }
}
