//! Proofs of OpenTimestamps: made by hand, of blocks that everybody has, and by its own library.

use proptest::prelude::*;
use provenance::seal::ots::{Headers, Witness, read, verify};
use provenance::seal::vouch::{Broken, Scheme, Trust};
use std::env;
use std::fs;
use std::path::Path;
use std::process::Command;

const MAGIC: &[u8] = b"\x00OpenTimestamps\x00\x00Proof\x00\xbf\x89\xe2\xe8\x84\xe8\x92\x94\x01";
const BITCOIN: &[u8] = &[0x05, 0x88, 0x96, 0x0D, 0x73, 0xD7, 0x19, 0x01];
const PENDING: &[u8] = &[0x83, 0xDF, 0xE3, 0x0D, 0x2E, 0xF9, 0x0C, 0x8E];
/// The only transaction of Bitcoin's first block: its Merkle root is the double SHA-256 of this.
const FIRST_TRANSACTION: &str = "01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000";
const FIRST_HEADER: &str = "0100000000000000000000000000000000000000000000000000000000000000000000003ba3edfd7a7b12b27ac72c3e67768f617fc81bc3888a51323a9fb8aa4b1e5e4a29ab5f49ffff001d1dac2b7c";
const FIRST_ROOT: &str = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";

fn first_transaction() -> Vec<u8> {
    base16ct::lower::decode_vec(FIRST_TRANSACTION).unwrap()
}

fn sha256(octets: &[u8]) -> Vec<u8> {
    use sha2::Digest;
    sha2::Sha256::digest(octets).to_vec()
}

/// A proof over `content`, with what follows its digest.
fn proof(content: &[u8], way: &[&[u8]]) -> Vec<u8> {
    [MAGIC, &[0x08], &sha256(content), &way.concat()].concat()
}

fn bitcoin(height: u8) -> Vec<u8> {
    [&[0x00], BITCOIN, &[1, height]].concat()
}

fn pending(calendar: &str) -> Vec<u8> {
    let length = u8::try_from(calendar.len()).unwrap();
    [&[0x00], PENDING, &[length + 1, length], calendar.as_bytes()].concat()
}

#[test]
fn a_block_proves_its_time_to_whoever_has_its_header() {
    let content = first_transaction();
    let octets = proof(&content, &[&[0x08], &bitcoin(0)]);
    let headers = Headers::read(format!("# the first\n\n0 {FIRST_HEADER}\n").as_bytes()).unwrap();
    let vouching = verify(&octets, &content, &headers).remove(0).unwrap();
    assert_eq!(vouching.scheme, Scheme::OpenTimestamps);
    assert_eq!(vouching.key, FIRST_ROOT);
    assert_eq!(vouching.at.unwrap().to_string(), "2009-01-03T18:15:05Z");
    assert_eq!(
        vouching.trust,
        Trust::Known {
            who: "Bitcoin block 0, 000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f".into()
        }
    );

    let unknown = verify(&octets, &content, &Headers::default()).remove(0).unwrap();
    assert_eq!((unknown.trust, unknown.at), (Trust::Unknown, None));
    assert_eq!(unknown.claims.unwrap(), format!("Bitcoin block 0, if its Merkle root is {FIRST_ROOT}"));

    // Another way leads to another root.
    for other in [proof(&content, &[&[0x08, 0x08], &bitcoin(0)]), proof(b"else", &[&[0x08], &bitcoin(0)])] {
        let content =
            if other == proof(b"else", &[&[0x08], &bitcoin(0)]) { b"else".to_vec() } else { content.clone() };
        assert!(matches!(verify(&other, &content, &headers).remove(0), Err(Broken::Mismatch(_))));
    }
    assert!(matches!(verify(&octets, b"else", &headers).remove(0), Err(Broken::Mismatch(_))));
}

#[test]
fn headers_are_read_strictly() {
    let flipped = FIRST_HEADER.replace("3ba3edfd", "3ba3edfe");
    // Bits that ask for less work than any block had: everybody can make one.
    let easy = FIRST_HEADER.replace("ffff001d", "ffff7f20");
    for (text, line) in [
        (format!("0 {FIRST_HEADER}\n0 {flipped}"), "line 2"),
        (format!("0 {easy}"), "line 1"),
        ("\n\n0 abc".to_owned(), "line 3"),
        (FIRST_HEADER.to_owned(), "line 1"),
        (format!("-1 {FIRST_HEADER}"), "line 1"),
        (format!("0 {FIRST_HEADER}00"), "line 1"),
    ] {
        match Headers::read(text.as_bytes()) {
            Err(Broken::Unreadable(why) | Broken::Mismatch(why)) => assert!(why.contains(line), "{why}"),
            other => panic!("{text}: {other:?}"),
        }
    }
    assert!(Headers::read(&[0xFF]).is_err());
}

#[test]
fn ways_fork_and_end_with_different_witnesses() {
    let litecoin =
        [&[0x00][..], &[0x06, 0x86, 0x9A, 0x0D, 0x73, 0xD7, 0x1B, 0x45], &[2, 0x80, 0x01]].concat();
    let unknown = [&[0x00][..], &[1, 2, 3, 4, 5, 6, 7, 8], &[3, 9, 9, 9]].concat();
    let octets = proof(
        b"a",
        &[
            &[0xFF],
            &pending("https://calendar.example/"),
            &[0xF0, 0x02, 0xAA, 0xBB, 0xFF, 0x08],
            &bitcoin(7),
            &[0xFF, 0xF1, 0x01, 0xCC, 0x67],
            &litecoin,
            &[0xF2, 0xF3],
            &unknown,
        ],
    );
    let found = read(&octets, b"a").unwrap();
    let digest = sha256(b"a");
    let appended = [&digest[..], &[0xAA, 0xBB]].concat();
    let mut reversed = appended.clone();
    reversed.reverse();
    assert_eq!(found.len(), 4);
    assert_eq!(found[0].witness, Witness::Pending { calendar: "https://calendar.example/".into() });
    assert_eq!(found[0].commitment.as_ref().unwrap(), &digest);
    assert_eq!(found[1].witness, Witness::Bitcoin { height: 7 });
    assert_eq!(found[1].commitment.as_ref().unwrap(), &sha256(&appended));
    assert_eq!(found[2].witness, Witness::Litecoin { height: 128 });
    assert_eq!(found[3].witness, Witness::Unknown { tag: "0102030405060708".into() });
    assert_eq!(found[3].commitment.as_ref().unwrap(), base16ct::lower::encode_string(&reversed).as_bytes());
    let promised = verify(&octets, b"a", &Headers::default()).remove(0).unwrap();
    assert_eq!(promised.claims.unwrap(), "a promise of the calendar https://calendar.example/");
}

#[test]
fn weak_steps_are_not_taken() {
    for step in [0x02, 0x03] {
        let octets = proof(b"a", &[&[0xFF, step, 0x08], &bitcoin(1), &bitcoin(2)]);
        let answers = verify(&octets, b"a", &Headers::default());
        assert!(
            matches!(&answers[0], Err(Broken::Unsupported(why)) if why.contains("block 1")),
            "{answers:?}"
        );
        assert!(answers[1].is_ok());
        let weak = [MAGIC, &[step], &[0; 20], &bitcoin(1)].concat();
        assert!(matches!(read(&weak, b"a"), Err(Broken::Unsupported(_))));
    }
}

#[test]
fn what_is_no_proof_is_refused() {
    let right = proof(b"a", &[&[0xFF], &pending("https://calendar.example"), &[0x08], &bitcoin(1)]);
    read(&right, b"a").unwrap();
    for length in 0..right.len() {
        assert!(read(&right[..length], b"a").is_err(), "{length}");
    }
    let end = bitcoin(1);
    let long_calendar = [&[0x00], PENDING, &[0xEA, 0x07, 0xE8, 0x07], &[b'a'; 1001][..]].concat();
    for wrong in [
        proof(b"a", &[&end, &[0]]),                         // something behind it
        proof(b"a", &[&[0xFF, 0xFF], &end, &end, &end]),    // a fork that is none
        proof(b"a", &[&[0xF0, 0x00], &end]),                // nothing appended
        proof(b"a", &[&[0xF4], &end]),                      // an unknown step
        proof(b"a", &[&[0xF3; 8], &end]),                   // too long a message
        proof(b"a", &[&[0x08; 257], &end]),                 // too long a way
        proof(b"a", &[&[0x00], BITCOIN, &[2, 0x81, 0x00]]), // a number in a long form
        proof(b"a", &[&[0x00], BITCOIN, &[2, 1, 1]]),       // more than a height
        proof(b"a", &[&pending("https://calendar.example/\u{1b}[2J")]), // what acts on a terminal
        proof(b"a", &[&long_calendar]),
        proof(b"a", &[&vec![0x08; 1 << 16], &end]), // too long
    ] {
        assert!(matches!(read(&wrong, b"a"), Err(Broken::Unreadable(_))), "{wrong:02x?}");
    }
    let forks: Vec<u8> = [0xFF, 0x08].repeat(257);
    assert!(matches!(read(&proof(b"a", &[&forks, &end]), b"a"), Err(Broken::Unreadable(_))));
    let mut version = right.clone();
    version[31] = 2;
    assert!(matches!(read(&version, b"a"), Err(Broken::Unsupported(_))));
}

#[test]
#[allow(clippy::disallowed_methods, reason = "where the oracles are is said by whoever runs the tests")]
fn the_library_of_opentimestamps_finds_the_same() {
    const MAKE: &str = r#"
import sys
from opentimestamps.core.timestamp import Timestamp, DetachedTimestampFile
from opentimestamps.core.op import *
from opentimestamps.core.notary import *
from opentimestamps.core.serialize import StreamSerializationContext
with open("content", "rb") as f:
    proof = DetachedTimestampFile.from_fd(OpSHA256(), f)
proof.timestamp.attestations.add(PendingAttestation("https://calendar.example"))
way = proof.timestamp
for i in range(40):
    way = way.ops.add(OpAppend(bytes([i])) if i % 3 else OpPrepend(bytes([i, i])))
    way = way.ops.add(OpSHA256())
    if i % 10 == 0:
        way.attestations.add(BitcoinBlockHeaderAttestation(i * 1000))
way.ops.add(OpReverse()).ops.add(OpHexlify()).ops.add(OpKECCAK256()).attestations.add(LitecoinBlockHeaderAttestation(3))
way.attestations.add(UnknownAttestation(b"12345678", b"what"))
way.attestations.add(BitcoinBlockHeaderAttestation(999999))
with open("proof.ots", "wb") as f:
    proof.serialize(StreamSerializationContext(f))
for msg, witness in sorted(proof.timestamp.all_attestations(), key=lambda it: repr(it)):
    print(msg.hex(), type(witness).__name__)
"#;
    let python = env::var_os("FONDS_ORACLES").map(|venv| Path::new(&venv).join("bin/python"));
    let Some(python) = python else {
        println!("passed over: FONDS_ORACLES names no Python environment (`cargo xtask test` makes one)");
        return;
    };
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("content"), b"what was kept").unwrap();
    let output =
        Command::new(python).args(["-W", "ignore", "-c", MAKE]).current_dir(place.path()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let mut theirs: Vec<String> = String::from_utf8(output.stdout).unwrap().lines().map(Into::into).collect();
    let octets = fs::read(place.path().join("proof.ots")).unwrap();
    let mut ours: Vec<String> = read(&octets, b"what was kept")
        .unwrap()
        .into_iter()
        .map(|it| {
            let name = match it.witness {
                Witness::Pending { .. } => "PendingAttestation",
                Witness::Bitcoin { .. } => "BitcoinBlockHeaderAttestation",
                Witness::Litecoin { .. } => "LitecoinBlockHeaderAttestation",
                Witness::Unknown { .. } => "UnknownAttestation",
            };
            format!("{} {name}", base16ct::lower::encode_string(&it.commitment.unwrap()))
        })
        .collect();
    theirs.sort();
    ours.sort();
    assert_eq!(ours, theirs);
    assert_eq!(ours.len(), 8);
}

proptest! {
    #[test]
    fn no_octets_make_it_panic(way in proptest::collection::vec(prop_oneof![any::<u8>(), Just(0xFF), Just(0x08), Just(0xF3)], 0..300)) {
        let _ = read(&proof(b"a", &[&way]), b"a");
        let _ = read(&way, b"a");
        let _ = Headers::read(&way);
    }
}
