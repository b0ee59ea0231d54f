//! What a revocation undoes, and what a proven time saves.

use crate::authority::Authority;
use crate::cms::{ROOT, at};
use provenance::seal::certificate::{Anchors, Moment};
use provenance::seal::cms::verify;
use provenance::seal::vouch::{Broken, Trust};

/// `person` signed; then `who` was revoked by `by`, now, for that reason. Gives the trust at moments.
fn revoked(who: &str, by: &str, reason: &str) -> (Authority, Anchors) {
    let here = Authority::chain("p256");
    here.write("root.txt", ROOT);
    here.openssl("cms -sign -binary -in root.txt -signer person.crt -inkey person.key -certfile between.crt -outform DER -out person.p7s");
    here.openssl(&format!(
        "ca -config openssl.cnf -cert {by}.crt -keyfile {by}.key -revoke {who}.crt {reason}"
    ));
    here.openssl(&format!("ca -config openssl.cnf -cert {by}.crt -keyfile {by}.key -gencrl -out {by}.crl"));
    let anchors = Anchors::read(&here.read("root.crt")).unwrap();
    let anchors = anchors.with_revocations(&here.read(&format!("{by}.crl"))).unwrap();
    (here, anchors)
}

fn trust(here: &Authority, anchors: &Anchors, moment: Moment) -> Trust {
    let mut answers = verify(&here.read("person.p7s"), ROOT, anchors, moment);
    answers.pop().unwrap().unwrap().trust
}

#[test]
fn a_revoked_key_vouches_for_nothing_unless_its_signature_is_older() {
    for (who, by) in [("person", "between"), ("between", "root")] {
        let (here, anchors) = revoked(who, by, "-crl_reason keyCompromise");
        let early = at("2020-01-01T00:00:00Z");
        let late = at("2080-01-01T00:00:00Z");
        assert_eq!(trust(&here, &anchors, Moment::Told(late)), Trust::Revoked, "{who}");
        assert_eq!(
            trust(&here, &anchors, Moment::Told(early)),
            Trust::Revoked,
            "{who}: a clock proves nothing"
        );
        assert_eq!(trust(&here, &anchors, Moment::Proven(late)), Trust::Revoked, "{who}");
        assert!(matches!(trust(&here, &anchors, Moment::Proven(early)), Trust::Known { .. }), "{who}");
    }
}

#[test]
fn a_key_that_was_lost_early_was_lost_then() {
    let (here, anchors) = revoked("person", "between", "-crl_compromise 20150601000000Z");
    assert_eq!(trust(&here, &anchors, Moment::Proven(at("2020-01-01T00:00:00Z"))), Trust::Revoked);
    assert!(matches!(
        trust(&here, &anchors, Moment::Proven(at("2014-01-01T00:00:00Z"))),
        Trust::Known { .. }
    ));
}

#[test]
fn a_list_of_others_changes_nothing() {
    let (here, _) = revoked("person", "between", "");
    here.openssl("ca -config openssl.cnf -cert root.crt -keyfile root.key -gencrl -out none.crl");
    let anchors = Anchors::read(&here.read("root.crt")).unwrap();
    // OpenSSL keeps one register, so the list of `root` names the number, and `root` did not give it.
    let anchors = anchors.with_revocations(&here.read("none.crl")).unwrap();
    assert!(matches!(trust(&here, &anchors, Moment::Told(at("2026-01-01T00:00:00Z"))), Trust::Known { .. }));
    for nothing in [&b""[..], b"words", &here.read("root.crt")] {
        assert!(matches!(Anchors::default().with_revocations(nothing), Err(Broken::Unreadable(_))));
    }
}

#[test]
fn a_certificate_that_is_believed_itself_can_be_revoked() {
    let (here, _) = revoked("person", "between", "-crl_reason keyCompromise");
    let anchors =
        Anchors::read(&here.read("person.crt")).unwrap().with_revocations(&here.read("between.crl")).unwrap();
    assert_eq!(trust(&here, &anchors, Moment::Told(at("2026-01-01T00:00:00Z"))), Trust::Revoked);
}

#[test]
fn an_authority_that_is_believed_itself_can_be_revoked() {
    let (here, _) = revoked("between", "root", "-crl_reason keyCompromise");
    let lone = Anchors::read(&here.read("between.crt")).unwrap();
    let anchors = lone.clone().with_revocations(&here.read("root.crl")).unwrap();
    let (early, late) = (at("2020-01-01T00:00:00Z"), at("2080-01-01T00:00:00Z"));
    assert!(matches!(trust(&here, &lone, Moment::Told(late)), Trust::Known { .. }));
    assert_eq!(trust(&here, &anchors, Moment::Told(late)), Trust::Revoked);
    assert_eq!(trust(&here, &anchors, Moment::Proven(late)), Trust::Revoked);
    assert!(matches!(trust(&here, &anchors, Moment::Proven(early)), Trust::Known { .. }));
}
