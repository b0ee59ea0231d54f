//! Timestamps of an authority that `openssl ts` plays.

use crate::authority::{ALWAYS, Authority};
use proptest::prelude::*;
use provenance::seal::certificate::Anchors;
use provenance::seal::imprint::Imprint;
use provenance::seal::timestamp::{Request, verify};
use provenance::seal::vouch::{Broken, Scheme, Trust};

const CONTENT: &[u8] = b"the signature that is stamped";
const NONCE: [u8; 16] = [0, 0, 0x93, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

/// `content` and our request for it, and `clock`'s answer.
fn stamped(kind: &str, imprint: Imprint) -> (Authority, Request) {
    let here = Authority::of_time(kind);
    let request = Request::over(CONTENT, imprint, NONCE);
    here.write("content", CONTENT);
    here.write("ours.tsq", &request.to_der().unwrap());
    here.stamp("ours.tsq", "clock", "ours.tsr", "");
    (here, request)
}

fn anchors(here: &Authority) -> Anchors {
    Anchors::read(&here.read("root.crt")).unwrap()
}

#[test]
fn answers_to_our_requests_are_verified_as_openssl_does() {
    for (kind, imprint) in [
        ("rsa", Imprint::Sha256),
        ("rsa", Imprint::Sha512),
        ("p256", Imprint::Sha512),
        ("p384", Imprint::Sha256),
    ] {
        let (here, request) = stamped(kind, imprint);
        assert_eq!(Request::read(&here.read("ours.tsq")).unwrap(), request);
        let text = String::from_utf8(here.ask("ts -query -in ours.tsq -text").stdout).unwrap();
        assert!(text.contains("Nonce: 0x930405060708090A0B0C0D0E0F10"), "{text}");
        assert!(text.contains("Certificate required: yes"), "{text}");
        here.openssl("ts -verify -data content -in ours.tsr -CAfile root.crt");
        here.openssl("ts -verify -queryfile ours.tsq -in ours.tsr -CAfile root.crt");

        // An authority may be past its time today, if OpenSSL is told to look back.
        assert!(!here.agrees("ts -verify -data content -in ours.tsr -CAfile root.crt -attime 4000000000"));
        here.openssl("ts -verify -data content -in ours.tsr -CAfile root.crt -attime 1800000000");

        let answer = here.read("ours.tsr");
        let stamp = verify(&answer, CONTENT, Some(&request), &anchors(&here)).unwrap();
        assert_eq!(stamp.vouching.scheme, Scheme::TimeStamp);
        assert_eq!(stamp.vouching.trust, Trust::Known { who: "CN=clock,O=Archive-of-Narvan".into() });
        assert_eq!(stamp.accuracy, Some(1_500_100));
        assert_eq!(stamp.policy, "1.2.3.4.1");
        assert!(!stamp.modified);
        let text = String::from_utf8(here.ask("ts -reply -in ours.tsr -text").stdout).unwrap();
        let time = chrono::DateTime::<chrono::Utc>::from(stamp.vouching.at.unwrap());
        // OpenSSL pads the day with a space and the time with noughts: `Nov  3 01:02:03 2026 GMT`.
        let shown = time.format("%b %e %H:%M:%S %Y GMT").to_string();
        assert!(text.contains(&shown), "{text} {shown}");
        assert!(text.to_lowercase().contains(&format!("0x{}", stamp.serial)), "{text} {}", stamp.serial);

        here.openssl("ts -reply -in ours.tsr -token_out -out ours.token");
        assert_eq!(
            verify(&here.read("ours.token"), CONTENT, Some(&request), &anchors(&here)).unwrap(),
            stamp
        );
    }
}

#[test]
fn answers_to_others_requests_are_verified() {
    for (words, ess) in [
        ("-sha256 -cert", "sha256"),
        ("-sha512 -cert -no_nonce", "sha1"),
        ("-sha384 -cert -tspolicy 1.2.3.4.5", "sha512"),
    ] {
        let here = Authority::of_time("rsa");
        let configuration = String::from_utf8(here.read("openssl.cnf")).unwrap();
        here.write(
            "openssl.cnf",
            configuration.replace("ess_cert_id_alg = sha256", &format!("ess_cert_id_alg = {ess}")).as_bytes(),
        );
        here.write("content", CONTENT);
        here.openssl(&format!("ts -query -data content {words} -out theirs.tsq"));
        here.stamp("theirs.tsq", "clock", "theirs.tsr", "");
        let request = Request::read(&here.read("theirs.tsq")).unwrap();
        request.is_over(CONTENT).unwrap();
        assert!(matches!(request.is_over(b"else"), Err(Broken::Mismatch(_))));
        let stamp = verify(&here.read("theirs.tsr"), CONTENT, Some(&request), &anchors(&here)).unwrap();
        assert!(matches!(stamp.vouching.trust, Trust::Known { .. }), "{words}");
        let policy = if words.contains("-tspolicy") { "1.2.3.4.5" } else { "1.2.3.4.1" };
        assert_eq!(stamp.policy, policy);
    }
}

#[test]
fn what_does_not_belong_together_is_told() {
    let (here, request) = stamped("p256", Imprint::Sha256);
    let answer = here.read("ours.tsr");
    let mismatch = |content: &[u8], request: Option<&Request>, word: &str| match verify(
        &answer,
        content,
        request,
        &anchors(&here),
    ) {
        Err(Broken::Mismatch(why)) => assert!(why.contains(word), "{why}"),
        other => panic!("{word}: {other:?}"),
    };
    mismatch(b"something else", None, "other octets");
    mismatch(CONTENT, Some(&Request::over(CONTENT, Imprint::Sha256, [7; 16])), "nonce");
    mismatch(CONTENT, Some(&Request::over(b"else", Imprint::Sha256, NONCE)), "other octets");
    mismatch(CONTENT, Some(&Request::over(CONTENT, Imprint::Sha512, NONCE)), "other octets");
    here.openssl("ts -query -data content -sha256 -cert -no_nonce -tspolicy 1.2.3.4.5 -out policy.tsq");
    mismatch(CONTENT, Some(&Request::read(&here.read("policy.tsq")).unwrap()), "policy");

    here.make("stranger", "p256", "root", "stranger");
    let stranger = Anchors::read(&here.read("stranger.crt")).unwrap();
    assert_eq!(verify(&answer, CONTENT, Some(&request), &stranger).unwrap().vouching.trust, Trust::Unknown);
    assert!(!here.agrees("ts -verify -data content -in ours.tsr -CAfile stranger.crt"));
    let nobody = verify(&answer, CONTENT, None, &Anchors::default()).unwrap().vouching;
    assert_eq!(nobody.trust, Trust::Unknown);
    assert_eq!(nobody.claims.as_deref(), Some("CN=clock,O=Archive-of-Narvan"));
}

#[test]
fn an_authority_past_its_time_is_not_believed() {
    let here = Authority::new();
    here.key("root", "p256");
    here.certify("root", "root", "root", ("20000101000000Z", "20010101000000Z"));
    here.key("clock", "p256");
    here.certify("clock", "stamps", "root", ALWAYS);
    here.write("content", CONTENT);
    here.openssl("ts -query -data content -sha256 -cert -out q.tsq");
    here.stamp("q.tsq", "clock", "q.tsr", "");
    assert!(!here.agrees("ts -verify -data content -in q.tsr -CAfile root.crt"));
    let trust = verify(&here.read("q.tsr"), CONTENT, None, &anchors(&here)).unwrap().vouching.trust;
    assert!(matches!(trust, Trust::OutOfTime(_)), "{trust:?}");
}

#[test]
fn certificates_that_are_not_for_timestamps_alone_are_refused() {
    // `openssl ts -reply` refuses to stamp with them, so the token is signed as CMS; so is a right one, to show
    // that it is the certificate that is refused.
    let here = Authority::of_time("p256");
    for what in ["person", "stamps_not_critical", "stamps_and_more", "stamps_for_secrets"] {
        here.make(what, "p256", what, "root");
    }
    here.write("content", CONTENT);
    here.openssl("ts -query -data content -sha256 -cert -out q.tsq");
    here.stamp("q.tsq", "clock", "q.tsr", "-token_out");
    here.openssl("cms -verify -binary -inform DER -in q.tsr -CAfile root.crt -purpose any -out info");
    for (who, right) in [
        ("clock", true),
        ("person", false),
        ("stamps_not_critical", false),
        ("stamps_and_more", false),
        ("stamps_for_secrets", false),
    ] {
        here.openssl(&format!(
            "cms -sign -binary -nodetach -cades -econtent_type 1.2.840.113549.1.9.16.1.4 -in info -signer {who}.crt -inkey {who}.key -outform DER -out {who}.token"
        ));
        let answer = verify(&here.read(&format!("{who}.token")), CONTENT, None, &anchors(&here));
        match answer {
            Ok(stamp) if right => assert!(matches!(stamp.vouching.trust, Trust::Known { .. })),
            Err(Broken::Mismatch(why)) if !right => assert!(why.contains("not one for timestamps"), "{why}"),
            other => panic!("{who}: {other:?}"),
        }
    }
    here.openssl("cms -sign -binary -nodetach -econtent_type 1.2.840.113549.1.9.16.1.4 -in info -signer clock.crt -inkey clock.key -outform DER -out bare.token");
    let bare = verify(&here.read("bare.token"), CONTENT, None, &anchors(&here));
    assert!(matches!(&bare, Err(Broken::Mismatch(why)) if why.contains("does not name")), "{bare:?}");
    // Signed data of any other kind is none.
    here.openssl("cms -sign -binary -nodetach -cades -in info -signer clock.crt -inkey clock.key -outform DER -out data.token");
    assert!(matches!(
        verify(&here.read("data.token"), CONTENT, None, &anchors(&here)),
        Err(Broken::Unreadable(_))
    ));
}

#[test]
fn a_certificate_that_is_not_in_it_is_asked_for() {
    let here = Authority::of_time("p256");
    here.write("content", CONTENT);
    here.openssl("ts -query -data content -sha256 -out q.tsq");
    here.stamp("q.tsq", "clock", "q.tsr", "");
    let missing = verify(&here.read("q.tsr"), CONTENT, None, &anchors(&here));
    assert!(matches!(&missing, Err(Broken::Unsupported(why)) if why.contains("hand it over")), "{missing:?}");
    let both = [here.read("root.crt"), here.read("clock.crt")].concat();
    let stamp = verify(&here.read("q.tsr"), CONTENT, None, &Anchors::read(&both).unwrap()).unwrap();
    assert!(matches!(stamp.vouching.trust, Trust::Known { .. }));
}

#[test]
fn a_revoked_authority_proves_no_time() {
    for (reason, trusted) in [("keyCompromise", false), ("superseded", true)] {
        let (here, _) = stamped("p256", Imprint::Sha256);
        std::thread::sleep(std::time::Duration::from_millis(1100)); // dates of revocation are in whole seconds
        here.openssl(&format!(
            "ca -config openssl.cnf -cert root.crt -keyfile root.key -revoke clock.crt -crl_reason {reason}"
        ));
        here.openssl("ca -config openssl.cnf -cert root.crt -keyfile root.key -gencrl -out root.crl");
        let anchors = anchors(&here).with_revocations(&here.read("root.crl")).unwrap();
        let trust = verify(&here.read("ours.tsr"), CONTENT, None, &anchors).unwrap().vouching.trust;
        assert_eq!(matches!(trust, Trust::Known { .. }), trusted, "{reason}: {trust:?}");
        assert_eq!(trust == Trust::Revoked, !trusted, "{reason}: {trust:?}");
    }
}

#[test]
fn a_refusal_is_told_in_words() {
    let here = Authority::of_time("p256");
    here.write("content", CONTENT);
    here.openssl("ts -query -data content -sha256 -cert -tspolicy 1.9.9 -out q.tsq");
    let _ = here
        .ask("ts -reply -config openssl.cnf -queryfile q.tsq -inkey clock.key -signer clock.crt -out q.tsr");
    match verify(&here.read("q.tsr"), CONTENT, None, &anchors(&here)) {
        Err(Broken::Unreadable(why)) => {
            assert!(why.contains("refusal: rejection, it does not know the policy"), "{why}");
            assert!(why.contains("Requested policy is not supported"), "{why}");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_weak_digest_is_no_timestamp() {
    let here = Authority::of_time("rsa");
    here.write("content", CONTENT);
    here.openssl("ts -query -data content -sha1 -cert -out q.tsq");
    here.stamp("q.tsq", "clock", "q.tsr", "");
    assert!(matches!(
        verify(&here.read("q.tsr"), CONTENT, None, &anchors(&here)),
        Err(Broken::Unsupported(_))
    ));
    assert!(matches!(Request::read(&here.read("q.tsq")), Err(Broken::Unsupported(_))));
}

#[test]
fn no_flipped_bit_of_a_token_verifies() {
    let (here, request) = stamped("p256", Imprint::Sha256);
    here.openssl("ts -reply -in ours.tsr -token_out -out ours.token");
    let token = here.read("ours.token");
    let anchors = anchors(&here);
    verify(&token, CONTENT, Some(&request), &anchors).unwrap();
    for bit in 0..token.len() * 8 {
        let mut flipped = token.clone();
        flipped[bit / 8] ^= 1 << (bit % 8);
        assert!(
            verify(&flipped, CONTENT, Some(&request), &anchors).is_err(),
            "bit {bit} at octet {}",
            bit / 8
        );
    }
    let answer = here.read("ours.tsr");
    for length in 0..answer.len() {
        assert!(verify(&answer[..length], CONTENT, Some(&request), &anchors).is_err(), "{length}");
    }
    let longer = [&answer[..], &[0]].concat();
    assert!(verify(&longer, CONTENT, Some(&request), &anchors).is_err());
    assert!(matches!(verify(&vec![0; (1 << 20) + 1], CONTENT, None, &anchors), Err(Broken::Unreadable(_))));
}

proptest! {
    #[test]
    fn no_octets_make_it_panic(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(verify(&octets, CONTENT, None, &Anchors::default()).is_err());
        prop_assert!(Request::read(&octets).is_err());
    }

    #[test]
    fn requests_come_back(content in proptest::collection::vec(any::<u8>(), 0..50), nonce: [u8; 16]) {
        for imprint in [Imprint::Sha256, Imprint::Sha384, Imprint::Sha512] {
            let request = Request::over(&content, imprint, nonce);
            let octets = request.to_der().unwrap();
            prop_assert_eq!(&Request::read(&octets).unwrap(), &request);
            for length in 0..octets.len() {
                prop_assert!(Request::read(&octets[..length]).is_err());
            }
        }
    }
}
