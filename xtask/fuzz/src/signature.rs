//! Signatures, timestamps and proofs below `seal/`, and the certificates and requests that go with them.

use provenance::Timestamp;
use provenance::seal::certificate::{Anchors, Certificate, Moment};
use provenance::seal::cms::{self, Key};
use provenance::seal::timestamp::{self, Request};
use provenance::seal::vouch::{Broken, Trust, Vouching};
use provenance::seal::{nabit, ots};

/// What a seed is over.
const CONTENT: &[u8] = b"a root\n";

/// Whatever the file is, nobody is known to whoever believes nobody; a request that is read is written the same;
/// and what is told of a signature is short.
pub fn signature(octets: &[u8]) {
    let now: Timestamp = "2026-01-02T03:04:05Z".parse().expect("a time");
    let nobody = Anchors::default();
    for answer in cms::verify(octets, CONTENT, &nobody, Moment::Told(now)) {
        is_modest(&answer);
    }
    is_modest(&timestamp::verify(octets, CONTENT, None, &nobody).map(|stamp| stamp.vouching));
    for answer in ots::verify(octets, CONTENT, &ots::Headers::default()) {
        is_modest(&answer);
    }
    if let Ok(request) = Request::read(octets) {
        assert!(
            request.to_der().expect("what was read can be written") == octets,
            "read, and not as written"
        );
    }
    for certificate in Certificate::read_all(octets).unwrap_or_default() {
        assert!(provenance::name::is_harmless(&certificate.subject()));
    }
    if let Ok(anchors) = Anchors::read(octets) {
        let _ = cms::verify(octets, CONTENT, &anchors, Moment::Proven(now));
    }
    let _ = nobody.with_revocations(octets);
    let _ = Key::read(octets, None);
    let _ = ots::Headers::read(octets);
    let names = String::from_utf8_lossy(octets);
    if let Some(signed) = nabit::signed(names.lines()) {
        assert!(signed.links.len() + signed.astray.len() <= names.lines().count());
    }
}

fn is_modest(answer: &Result<Vouching, Broken>) {
    match answer {
        Ok(vouching) => {
            assert!(
                !matches!(vouching.trust, Trust::Known { .. } | Trust::Revoked),
                "believed without a reason"
            );
            assert!(vouching.claims.as_ref().is_none_or(|claims| claims.len() < 16_000));
        }
        Err(Broken::Unreadable(why) | Broken::Mismatch(why) | Broken::Unsupported(why)) => {
            assert!(why.len() < 16_000);
        }
    }
}
