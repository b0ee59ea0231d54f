//! Every digest against its standard, and against Python's hashlib.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use fixity::{Algorithm, Digest, Pass, sum_of};
use std::io::{ErrorKind, Write};
use std::process::{Command, Stdio};

/// The digest of `abc`: FIPS 180-4, FIPS 202, RFC 1321, RFC 7693 and their published examples.
const OF_ABC: [(&str, &str); 17] = [
    ("blake2b160", "384264f676f39536840523f284921cdc68b6846b"),
    ("blake2b256", "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319"),
    (
        "blake2b384",
        "6f56a82c8e7ef526dfe182eb5212f7db9df1317e57815dbda46083fc30f54ee6c66ba83be64b302d7cba6ce15bb556f4",
    ),
    (
        "blake2b512",
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1\
         7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
    ),
    ("blake2s256", "508c5e8c327c14e2e1a72ba34eeb452f37458b209ed63a294d999b4c86675982"),
    ("md5", "900150983cd24fb0d6963f7d28e17f72"),
    ("sha1", "a9993e364706816aba3e25717850c26c9cd0d89d"),
    ("sha224", "23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7"),
    ("sha256", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    ("sha3224", "e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf"),
    ("sha3256", "3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532"),
    (
        "sha3384",
        "ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25",
    ),
    (
        "sha3512",
        "b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e\
         10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0",
    ),
    (
        "sha384",
        "cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7",
    ),
    (
        "sha512",
        "ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a\
         2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f",
    ),
    ("sha512224", "4634270f707b6a54daae7530460842e20e37ed265ceee9a43e8924aa"),
    ("sha512256", "53048e2681941ef99b2e29b76b4c7dabe4c2d0c634fc6d46e0e2f13107e7af23"),
];

/// The published vectors of BLAKE3: octets of the message that its authors use, and the digest.
const OF_BLAKE3: [(usize, &str); 8] = [
    (0, "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"),
    (1, "2d3adedff11b61f14c886e35afa036736dcd87a74d27b5c1510225d0f592e213"),
    (1023, "10108970eeda3eb932baac1428c7a2163b0e924c9a9e25b35bba72b28f70bd11"),
    (1024, "42214739f095a406f3fc83deb889744ac00df831c10daa55189b5d121c855af7"),
    (1025, "d00278ae47eb27b34faecf67b4fe263f82d5412916c1ffd97c8cb7fb814b8444"),
    (4097, "9b4052b38f1c5fc8b1f9ff7ac7b27cd242487b3d890d15c96a1c25b8aa0fb995"),
    (7169, "a003fc7a51754a9b3c7fae0367ab3d782dccf28855a03d435f8cfe74605e7817"),
    (102_400, "bc3e3d41a1146b069abffad3c0d44860cf664390afce4d9661f7902e7943e085"),
];

/// The message of that many octets by which the authors of BLAKE3 made their vectors.
fn message(octets: usize) -> Vec<u8> {
    (0..251).cycle().take(octets).collect()
}

fn hex_of(octets: &[u8], algorithm: Algorithm) -> String {
    sum_of(octets, &[algorithm]).digests[0].to_string()
}

#[test]
fn every_digest_is_that_of_its_standard() {
    let sum = sum_of(b"abc", &Algorithm::ALL);
    let made: Vec<(&str, String)> = sum
        .digests
        .iter()
        .filter(|digest| digest.algorithm() != Algorithm::Blake3)
        .map(|digest| (digest.algorithm().name(), digest.to_string()))
        .collect();
    let published: Vec<(&str, String)> = OF_ABC.iter().map(|&(name, hex)| (name, hex.to_owned())).collect();
    assert_eq!(made, published);
    assert_eq!((sum.crc32, sum.size_octets), (0x3524_41c2, 3));
    for (octets, hex) in OF_BLAKE3 {
        assert_eq!(hex_of(&message(octets), Algorithm::Blake3), hex, "{octets}");
    }
}

#[test]
fn octets_in_pieces_sum_to_the_same_and_a_copy_goes_on_by_itself() {
    let whole = message(3000);
    for at in [0, 1, 63, 64, 72, 104, 127, 128, 136, 144, 1024, 1025, 2999, 3000] {
        let mut pass = Pass::new(&Algorithm::ALL);
        pass.update(&whole[..at]);
        let mut copy = pass.clone();
        pass.update(&whole[at..]);
        assert_eq!(pass.finish(), sum_of(&whole, &Algorithm::ALL), "{at}");
        copy.update(b"something else");
        assert_eq!(
            copy.finish(),
            sum_of(&[&whole[..at], b"something else"].concat(), &Algorithm::ALL),
            "{at}"
        );
    }
}

/// Lengths on both sides of the block of each algorithm, and some long ones.
fn lengths() -> impl Iterator<Item = usize> {
    (0..=300).chain([1023, 1024, 1025, 4096, 65_535, 100_000])
}

const HASHLIB: &str = r#"
import hashlib, sys
def made(name, octets):
    if name.startswith("blake2b"):
        return hashlib.blake2b(octets, digest_size=int(name[7:]) // 8)
    if name.startswith("blake2s"):
        return hashlib.blake2s(octets, digest_size=int(name[7:]) // 8)
    if name.startswith("sha3"):
        name = "sha3_" + name[4:] if name[4:] in ("224", "256", "384", "512") else name
    elif name.startswith("sha512") and len(name) == 9:
        name = "sha512_" + name[6:]
    return hashlib.new(name, octets)
for line in sys.stdin:
    name, octets = line.split()
    print(name, octets, made(name, bytes(i % 251 for i in range(int(octets)))).hexdigest())
"#;

/// What Python answers; `None` where there is no Python.
fn ask_python(questions: String) -> Option<String> {
    let mut command = Command::new("python3");
    command.args(["-c", HASHLIB]).stdin(Stdio::piped()).stdout(Stdio::piped());
    let mut python = match command.spawn() {
        Err(error) if error.kind() == ErrorKind::NotFound => return None,
        spawned => spawned.unwrap(),
    };
    let mut stdin = python.stdin.take().unwrap();
    let asking = std::thread::spawn(move || stdin.write_all(questions.as_bytes()));
    let output = python.wait_with_output().unwrap();
    assert!(output.status.success(), "hashlib lacks an algorithm: {}", output.status);
    asking.join().unwrap().unwrap();
    Some(String::from_utf8(output.stdout).unwrap())
}

#[test]
fn hashlib_makes_the_same_of_every_length() {
    // hashlib has no BLAKE3: the vectors of its authors stand above.
    let algorithms = Algorithm::ALL.into_iter().filter(|&algorithm| algorithm != Algorithm::Blake3);
    let asked: Vec<(Algorithm, usize)> =
        algorithms.flat_map(|algorithm| lengths().map(move |octets| (algorithm, octets))).collect();
    let questions: Vec<String> =
        asked.iter().map(|(algorithm, octets)| format!("{algorithm} {octets}")).collect();
    let Some(answers) = ask_python(questions.join("\n")) else {
        return println!("passed over: there is no `python3` here");
    };
    assert_eq!(answers.lines().count(), asked.len());
    for (&(algorithm, octets), answer) in asked.iter().zip(answers.lines()) {
        assert_eq!(answer, format!("{algorithm} {octets} {}", hex_of(&message(octets), algorithm)));
    }
}

#[test]
fn digests_of_every_algorithm_come_back_from_their_hexadecimal() {
    for digest in sum_of(b"abc", &Algorithm::ALL).digests {
        assert_eq!(Digest::from_hex(digest.algorithm(), digest.to_string().as_bytes()), Some(digest));
    }
}
