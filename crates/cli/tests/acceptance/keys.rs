//! Bundles and keys that tests of seals begin with, made here each time; and the word of `verify`.

use crate::bundles::packed_letters;
use crate::oracle::Oracle;
use crate::outcome::Outcome;
use crate::place::Place;

/// When somebody signs.
pub const LATER: &str = "--at 2026-12-01T09:30:00Z";

/// A bundle of letters and two keys: Ada's, and Bo's behind the passphrase `the tide`. `None` without ssh-keygen.
pub fn letters_and_keys(bundle: &str) -> Option<Place> {
    Oracle::tool("ssh-keygen")?;
    Oracle::tool("openssl")?;
    let place = packed_letters(bundle);
    script(&place, "ssh-keygen -q -t ed25519 -N '' -C ada -f ada");
    script(&place, "ssh-keygen -q -t ecdsa -b 384 -N 'the tide' -C bo -f bo");
    let signers =
        "for who in ada bo; do echo \"$who@archive.example $(cut -d' ' -f1,2 $who.pub)\"; done > signers";
    script(&place, signers);
    Some(place)
}

#[track_caller]
pub fn script(place: &Place, script: &str) -> Outcome {
    let outcome = place.shell(script).go();
    outcome.ends(0);
    outcome
}

/// The one answer of `verify`.
#[track_caller]
fn verified(place: &Place, line: &str) -> serde_json::Value {
    place.fonds(&format!("verify {line} --format json")).json()["bags"][0].clone()
}

#[track_caller]
pub fn has_verdict(place: &Place, line: &str, verdict: &str) -> serde_json::Value {
    let answer = verified(place, line);
    assert_eq!(answer["verdict"], verdict, "{line}: {answer:#}");
    answer
}

/// Where the signature lies that a command says it added.
pub fn added(outcome: &Outcome) -> String {
    outcome.json()["added"][0]["path"].as_str().unwrap().to_owned()
}
