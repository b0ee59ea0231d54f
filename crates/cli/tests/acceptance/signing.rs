//! `fonds seal` with a key of OpenSSH, and who vouches by the word of `verify`: ssh-keygen agrees in both
//! directions.

use crate::keys::{LATER, added, has_verdict, letters_and_keys, script};
use crate::oracle::Oracle;
use crate::outcome::FONDS;
use crate::place::Place;

#[test]
fn a_signature_is_checked_by_ssh_keygen_and_makes_a_bundle_verified() {
    for bundle in ["bag.zip", "bag"] {
        let Some(place) = letters_and_keys(bundle) else { return };
        has_verdict(&place, bundle, "CONSISTENT");
        let before = (bundle == "bag").then(|| place.snapshot("bag/data"));
        let signed = place.fonds(&format!("seal {bundle} --key ada {LATER} --agent Ada --format json"));
        signed.ends(0).remarks_nothing();
        let path = added(&signed);
        if let Some(before) = before {
            before.expect_same(&place.snapshot("bag/data"));
        }

        let answer = has_verdict(&place, &format!("{bundle} --allowed-signers signers"), "VERIFIED");
        assert_eq!(answer["vouchers"][0]["who"], "ada@archive.example");
        assert_eq!(answer["vouchers"][0]["since"], serde_json::Value::Null);
        let answer = has_verdict(&place, bundle, "CONSISTENT");
        assert_eq!(answer["vouchers"][0]["trust"], "unknown");
        let said = place.fonds(&format!("verify {bundle}"));
        said.ends(0).says("nobody whom you said you know vouches");
        assert!(!said.out.contains("VERIFIED"), "{said}");
        place.fonds(&format!("inspect {bundle}")).ends(0).says(&path).says("not judged");

        let folder = if bundle == "bag" {
            "bag"
        } else {
            script(&place, "unzip -q bag.zip -d out");
            "out/bag"
        };
        let check = format!(
            "ssh-keygen -Y verify -f signers -I ada@archive.example -n 'bundle-root@fonds' -s {folder}/{path} \
             < {folder}/seal/root.txt"
        );
        script(&place, &check).says("Good \"bundle-root@fonds\" signature");

        // A second time with the same key is told; somebody else may sign at any time.
        let again = place.fonds(&format!("seal {bundle} --key ada {LATER} --format json")).ends(0).json();
        assert_eq!(
            (&again["added"], again["already"].as_array().map(Vec::len)),
            (&serde_json::json!([]), Some(1))
        );
        place.file("passphrase", "the tide\n");
        script(
            &place,
            &format!("fonds seal {bundle} --key bo --passphrase-fd 3 --at 2026-12-02 3<passphrase"),
        );
        let answer = has_verdict(&place, &format!("{bundle} --allowed-signers signers"), "VERIFIED");
        assert_eq!(answer["vouchers"].as_array().unwrap().len(), 2);
        assert_eq!(answer["findings"], serde_json::json!([]));
    }
}

#[test]
fn a_wrong_passphrase_is_told_and_changes_nothing() {
    let Some(place) = letters_and_keys("bag.zip") else { return };
    let before = place.octets("bag.zip");
    place.file("wrong", "the ebb\n");
    let said = place.shell("fonds seal bag.zip --key bo --passphrase-fd 3 3<wrong").go();
    said.ends(2).remarks("wrong passphrase").says_nothing();
    // Nobody is there to be asked: the passphrase is needed, and that is all.
    if Oracle::tool("setsid").is_some() {
        place.shell("setsid -w \"$FONDS\" seal bag.zip --key bo # fonds ").go().ends(2).remarks("passphrase");
    }
    place.fonds("seal bag.zip --key ada.pub").ends(2).remarks("a public key");
    place.fonds("seal bag.zip").ends(2).remarks("expected a key or a timestamp");
    assert_eq!(place.octets("bag.zip"), before);
}

/// Types the passphrases when the program asks for that of Bo's key, the wrong one first.
#[track_caller]
fn typed(place: &Place, line: &str) -> bool {
    let Some(python) = Oracle::python(include_str!("oracles/types_passphrases.py")) else { return false };
    python.agrees(place.root(), &[FONDS].into_iter().chain(line.split(' ')).collect::<Vec<_>>());
    true
}

#[test]
fn a_passphrase_is_typed_on_a_terminal_without_being_shown() {
    let Some(place) = letters_and_keys("bag.zip") else { return };
    if typed(&place, "seal bag.zip --key bo") {
        has_verdict(&place, "bag.zip --allowed-signers signers", "VERIFIED");
    }
}

#[test]
fn what_is_withheld_is_stated_with_a_key_behind_a_passphrase() {
    let Some(place) = letters_and_keys("bag") else { return };
    if !typed(&place, &format!("disclose bag --select data/a.txt {LATER} --key bo -o part")) {
        return;
    }
    has_verdict(&place, "part", "CONSISTENT");
    let check = "ssh-keygen -Y verify -f signers -I bo@archive.example -n 'bundle-disclosure@fonds' \
                 -s part/seal/disclosure/statement.txt.sig < part/seal/disclosure/statement.txt";
    script(&place, check).says("Good \"bundle-disclosure@fonds\" signature for bo@archive.example");
    // Nobody is there to be asked.
    if Oracle::tool("setsid").is_some() {
        let line = "setsid -w \"$FONDS\" disclose bag --select data/a.txt --key bo -o none # fonds ";
        place.shell(line).go().ends(2).remarks("passphrase");
        assert!(!place.at("none").exists());
    }
}

#[test]
fn a_pipe_that_is_named_as_a_key_keeps_nobody_waiting() {
    let Some(place) = letters_and_keys("bag.zip") else { return };
    place.file("back.csv", "path,title\ndata/a.txt,A letter\n");
    script(&place, "mkfifo pipe");
    let before = place.octets("bag.zip");
    for line in [
        "seal bag.zip --key pipe",
        "seal bag.zip --agent-key pipe",
        "seal bag.zip --key ada --certificate pipe",
        "seal bag.zip --key pipe --certificate ada.pub",
        "seal bag.zip --signature pipe",
        "disclose bag.zip --select data/a.txt --key pipe -o none",
        "bundle letters --sign pipe -o none",
        "bundle letters --seed pipe -o none",
        "describe bag.zip back.csv --apply --seed pipe -o none",
    ] {
        let refused = place.run(line).within(20).go();
        refused.ends(2).remarks("`pipe`").remarks("it is no file");
        assert!(!place.at("none").exists(), "{line}");
    }
    assert_eq!(place.octets("bag.zip"), before);
}

#[test]
fn an_agent_signs_with_a_key_that_it_holds() {
    let Some(place) = letters_and_keys("bag.zip") else { return };
    let agent = "eval $(ssh-agent -s) > agent.log; trap 'kill $SSH_AGENT_PID' EXIT; ssh-add -q ada && \
                 fonds seal bag.zip --agent-key ada.pub && ! fonds seal bag.zip --agent-key bo.pub";
    let said = place.shell(agent).go();
    said.ends(0).says(".sig").remarks("does not hold the key");
    has_verdict(&place, "bag.zip --allowed-signers signers", "VERIFIED");
    place
        .run("seal bag.zip --agent-key ada.pub")
        .env("SSH_AUTH_SOCK", "")
        .go()
        .ends(2)
        .remarks("SSH_AUTH_SOCK");
}

#[test]
fn no_key_stands_in_what_is_said_or_written() {
    let Some(place) = letters_and_keys("bag") else { return };
    place.file("passphrase", "the tide");
    let said = place.shell("fonds seal bag --key bo --passphrase-fd 3 --format json 3<passphrase").go();
    said.ends(0);
    let secret: String = place.text("ada").lines().nth(3).unwrap().to_owned();
    let said_too = place.fonds("seal bag --key ada");
    for text in [&said.out, &said.err, &said_too.out, &said_too.err] {
        assert!(!text.contains("the tide") && !text.contains(&secret), "{text}");
    }
    let found = place.shell(&format!("grep -rl -e 'the tide' -e '{secret}' bag")).go();
    found.says_nothing();
}
