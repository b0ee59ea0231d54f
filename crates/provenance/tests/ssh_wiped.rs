//! What is left of a private key in memory once it is let go: looked for in all that this process holds.
//!
//! One test in a process of its own, since any other would hold the same key.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use provenance::seal::ssh::{Key, sign};
use std::fs;
use std::io::{Read as _, Seek as _, SeekFrom};
use zeroize::Zeroizing;

/// The secret of `fixtures/ed25519` with each octet turned by `TURN`, so that it stands nowhere itself.
const TURNED: [u8; 32] = [
    0x1c, 0x74, 0x53, 0xa3, 0xcf, 0x5b, 0x85, 0x46, 0x7e, 0x2c, 0x79, 0x2d, 0x09, 0x41, 0x42, 0xfa, 0x44,
    0x9c, 0x7a, 0x1f, 0x9c, 0x3f, 0x02, 0x59, 0x81, 0xbb, 0x7c, 0xf3, 0x31, 0x6a, 0x22, 0xc1,
];
const TURN: u8 = 0xa5;

/// How often the secret stands in memory that can be written to.
fn found() -> usize {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let mut memory = fs::File::open("/proc/self/mem").unwrap();
    let mut times = 0;
    let mut octets = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let [from, to] = [from, to].map(|it| u64::from_str_radix(it, 16).unwrap());
        octets.resize(usize::try_from(to - from).unwrap(), 0);
        if memory.seek(SeekFrom::Start(from)).and_then(|_| memory.read_exact(&mut octets)).is_ok() {
            // What this very search holds at the moment is no find.
            let own = octets.as_ptr().addr() as u64..octets.as_ptr().addr() as u64 + octets.len() as u64;
            times += memchr::memchr_iter(TURNED[0] ^ TURN, &octets)
                .filter_map(|at| octets.get(at..at + TURNED.len()).map(|it| (from + at as u64, it)))
                .filter(|(place, it)| {
                    !own.contains(place)
                        && it.iter().zip(TURNED).all(|(octet, turned)| *octet ^ TURN == turned)
                })
                .count();
        }
        // What was looked through must not be found again.
        octets.fill(0);
    }
    times
}

#[test]
fn a_key_is_wiped() {
    assert_eq!(found(), 0, "before it was read");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ssh/fixtures/");
    for (name, passphrase) in [("ed25519", None), ("encrypted", Some("سلام دنیا".as_bytes()))] {
        let octets = Zeroizing::new(fs::read(format!("{folder}{name}")).unwrap());
        let key = Key::read(&octets, passphrase).unwrap();
        assert_eq!(found(), 1, "{name}: in its one place, or this test finds nothing");
        let moved = Box::new(key);
        sign(&moved, b"a root").unwrap();
        assert_eq!(found(), 1, "{name}: in its one place");
        drop(moved);
        assert_eq!(found(), 0, "{name}: left behind");
        assert!(Key::read(&octets, Some(b"wrong")).is_ok() == passphrase.is_none());
        assert_eq!(found(), 0, "{name}: left behind");
    }
}
