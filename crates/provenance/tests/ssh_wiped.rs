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

/// How many octets are looked through at once.
const WINDOW: usize = 1 << 20;

/// Where the secret stands in memory that can be written to.
fn found(window: &mut [u8]) -> Vec<String> {
    let maps = fs::read_to_string("/proc/self/maps").unwrap();
    let mut memory = fs::File::open("/proc/self/mem").unwrap();
    // What this very search holds is no find.
    let own = window.as_ptr().addr() as u64..window.as_ptr().addr() as u64 + WINDOW as u64;
    let mut places = Vec::new();
    for line in maps.lines().filter(|line| line.contains(" rw")) {
        let (from, to) = line.split(' ').next().unwrap().split_once('-').unwrap();
        let [mut from, to] = [from, to].map(|it| u64::from_str_radix(it, 16).unwrap());
        while from < to {
            let count = usize::try_from(to - from).unwrap().min(WINDOW);
            let octets = &mut window[..count];
            if memory.seek(SeekFrom::Start(from)).and_then(|_| memory.read_exact(octets)).is_ok() {
                let here = memchr::memchr_iter(TURNED[0] ^ TURN, octets)
                    .filter_map(|at| Some((from + at as u64, octets.get(at..at + TURNED.len())?)))
                    .filter(|(_, it)| it.iter().zip(TURNED).all(|(octet, turned)| *octet ^ TURN == turned))
                    .filter(|(place, _)| !own.contains(place));
                places.extend(here.map(|(place, _)| format!("{place:x} in {line}")));
            }
            octets.fill(0);
            // Windows lie over one another, so that nothing is missed between two.
            from += if count == WINDOW { WINDOW as u64 - TURNED.len() as u64 } else { count as u64 };
        }
    }
    places
}

#[test]
fn a_key_is_wiped() {
    let mut window = vec![0; WINDOW];
    let mut found = || found(&mut window);
    assert_eq!(found(), [""; 0], "before it was read");
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/ssh/fixtures/");
    for (name, passphrase) in [("ed25519", None), ("encrypted", Some("سلام دنیا".as_bytes()))] {
        let octets = Zeroizing::new(fs::read(format!("{folder}{name}")).unwrap());
        let key = Key::read(&octets, passphrase).unwrap();
        assert_eq!(found().len(), 1, "{name}: in its one place, or this test finds nothing");
        let moved = Box::new(key);
        sign(&moved, b"a root").unwrap();
        assert_eq!(found().len(), 1, "{name}: in its one place");
        drop(moved);
        assert_eq!(found(), [""; 0], "{name}: left behind");
        assert!(Key::read(&octets, Some(b"wrong")).is_ok() == passphrase.is_none());
        assert_eq!(found(), [""; 0], "{name}: left behind");
    }
}
