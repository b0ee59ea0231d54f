//! Every form of list is read, and what looks like one is not.

use super::*;
use proptest::prelude::*;

/// Two digests of nothing in particular.
const MD5: &str = "e4e44097de4504d9bd9a8bbd6e5e4e60";
const SHA256: &str = "b8e4f0b0c4b3c3c8c8a1d7b1a8a5b1c3d2e4f6a8b0c2d4e6f8091a2b3c4d5e6f";

fn read_as(name: &str, text: &[u8]) -> Reading {
    read(text, &hint_of(name.as_bytes()).unwrap(), 1000).unwrap()
}

fn digest(hex: &str) -> Digest {
    Digest::from_hex(by_length(hex.len()).unwrap(), hex.as_bytes()).unwrap()
}

fn one(path: &[u8], hex: &str) -> Reading {
    Reading::List(vec![Listed { path: path.to_vec(), digest: digest(hex), is_guessed: false }])
}

#[test]
fn names_of_lists_are_told_from_names_of_documents() {
    for (name, algorithm) in [
        ("SHA256SUMS", Some(Algorithm::Sha256)),
        ("sha256sum.txt", Some(Algorithm::Sha256)),
        ("MD5SUMS", Some(Algorithm::Md5)),
        ("md5sum.txt", Some(Algorithm::Md5)),
        ("delivery.sha512", Some(Algorithm::Sha512)),
        ("letter.pdf.MD5", Some(Algorithm::Md5)),
        ("a.sha1sum", Some(Algorithm::Sha1)),
        ("B2SUMS", Some(Algorithm::Blake2b512)),
        ("a.b3", Some(Algorithm::Blake3)),
        ("a.blake2b", Some(Algorithm::Blake2b512)),
        ("sha3-256sum.txt", Some(Algorithm::Sha3_256)),
        ("checksums.txt", None),
        ("hashdeep-2023.txt", None),
        ("md5deep.txt", Some(Algorithm::Md5)),
        ("manifest-sha384.txt", Some(Algorithm::Sha384)),
    ] {
        assert_eq!(hint_of(name.as_bytes()).map(|hint| hint.algorithm), Some(algorithm), "{name}");
    }
    for name in
        ["letter.txt", "summary.txt", "manifest.txt", "manifest-crc.txt", "sums", "md5.rs", "deep.txt"]
    {
        assert_eq!(hint_of(name.as_bytes()), None, "{name}");
    }
    assert_eq!(hint_of(b"caf\xE9.md5"), None);
}

#[test]
fn each_form_is_read() {
    let gnu = format!("{MD5}  a b.txt\n");
    assert_eq!(read_as("MD5SUMS", gnu.as_bytes()), one(b"a b.txt", MD5));
    let guessed = vec![Listed { path: b"A B.TXT".to_vec(), digest: digest(MD5), is_guessed: true }];
    assert_eq!(read_as("checksums.txt", gnu.to_uppercase().as_bytes()), Reading::List(guessed));
    assert_eq!(read_as("MD5SUMS", format!("{MD5} *a\r\n").as_bytes()), one(b"a", MD5));
    assert_eq!(read_as("MD5SUMS", format!("# note\n\n{MD5} a").as_bytes()), one(b"a", MD5));
    assert_eq!(read_as("MD5SUMS", format!("\u{FEFF}{MD5}  a").as_bytes()), one(b"a", MD5));
    assert_eq!(read_as("MD5SUMS", format!("\\{MD5}  a\\nb\\\\c").as_bytes()), one(b"a\nb\\c", MD5));
    for form in ["SHA256 (x) = ", "SHA256(x)= ", "SHA2-256(x)= "] {
        assert_eq!(read_as("SHA256SUMS", format!("{form}{SHA256}\n").as_bytes()), one(b"x", SHA256));
    }
    let odd = format!("SHA256 (a) = (b) = {SHA256}\n");
    assert_eq!(read_as("x.sha256", odd.as_bytes()), one(b"a) = (b", SHA256));
    assert_eq!(read_as("letter.pdf.md5", format!("{MD5}\n").as_bytes()), one(b"letter.pdf", MD5));
    let deep = format!(
        "%%%% HASHDEEP-1.0\n%%%% size,md5,tiger,sha256,filename\n## Invoked from: /home/ines\n##\n6,{MD5},ab,{SHA256},/in/a, b\n"
    );
    let Reading::List(listed) = read_as("hashdeep.txt", deep.as_bytes()) else { panic!("no list") };
    assert_eq!(listed.iter().map(|l| l.digest).collect::<Vec<_>>(), [digest(MD5), digest(SHA256)]);
    assert!(listed.iter().all(|listed| listed.path == b"/in/a, b"));
}

#[test]
fn what_is_no_list_is_told_from_a_broken_one() {
    for text in ["", "Dear Ines,\n", "\n\n# only remarks\n", &format!("{SHA256}\n")] {
        assert_eq!(read_as("MD5SUMS", text.as_bytes()), Reading::NoList, "{text}");
    }
    // A list by another algorithm than its name says is none by that name.
    assert_eq!(read_as("SHA256SUMS", format!("{MD5}  a\n").as_bytes()), Reading::NoList);
    let cut = format!("{MD5}  a\n{MD5}  b\n{}", &MD5[..20]);
    assert_eq!(read_as("MD5SUMS", cut.as_bytes()), Reading::Broken(3));
    assert_eq!(read_as("a.md5", format!("{MD5}\n{MD5}\n").as_bytes()), Reading::Broken(2));
    let long = format!("{MD5}  a\n{MD5}  {}\n", "x".repeat(LONGEST_LINE));
    assert_eq!(read_as("MD5SUMS", long.as_bytes()), Reading::Broken(2));
    let many = format!("{MD5}  a\n").repeat(1001);
    assert_eq!(read_as("MD5SUMS", many.as_bytes()), Reading::TooLong);
}

#[test]
fn lines_may_end_in_cr_alone() {
    let both =
        |end: &str| read_as("MD5SUMS", format!("# of a Macintosh{end}{MD5}  a{end}{MD5}  b").as_bytes());
    let Reading::List(listed) = both("\n") else { panic!("no list") };
    assert_eq!(listed.len(), 2);
    assert_eq!(both("\r"), Reading::List(listed));
    // Where there is an LF, a CR is a part of the name.
    assert_eq!(read_as("MD5SUMS", format!("{MD5}  a\rb\n").as_bytes()), one(b"a\rb", MD5));
    let broken = format!("{MD5}  a\r{MD5}  b\rDear Ines,\r");
    assert_eq!(read_as("MD5SUMS", broken.as_bytes()), Reading::Broken(3));
}

#[test]
fn the_length_tells_which_blake2b_it_is() {
    let Reading::List(listed) = read_as("B2SUMS", format!("{SHA256}  a\n").as_bytes()) else {
        panic!("no list")
    };
    assert_eq!((listed[0].digest.algorithm(), listed[0].is_guessed), (Algorithm::Blake2b256, false));
    assert_eq!(read_as("B2SUMS", format!("{MD5}  a\n").as_bytes()), Reading::NoList);
}

/// A name as coreutils writes it: escaped, and then with a mark in front of the line.
fn written(name: &[u8]) -> (&'static str, Vec<u8>) {
    let mut escaped = Vec::new();
    for &octet in name {
        match octet {
            b'\\' => escaped.extend(b"\\\\"),
            b'\n' => escaped.extend(b"\\n"),
            b'\r' => escaped.extend(b"\\r"),
            plain => escaped.push(plain),
        }
    }
    (if escaped.len() > name.len() { "\\" } else { "" }, escaped)
}

proptest! {
    #[test]
    fn what_coreutils_write_is_read_back(
        names in proptest::collection::vec(proptest::collection::vec(1_u8.., 1..20), 1..5),
        octets: [u8; 32],
        form in 0..4_u8,
    ) {
        let digest = Digest::from_octets(Algorithm::Sha256, &octets).unwrap();
        let mut text = Vec::new();
        for name in &names {
            let (mark, escaped) = written(name);
            let (before, after) = match form {
                0 => (format!("{mark}{digest}  "), String::new()),
                1 => (format!("{mark}{digest} *"), String::new()),
                2 => (format!("{mark}SHA256 ("), format!(") = {digest}")),
                _ => (format!("6,{digest},"), String::new()),
            };
            // hashdeep escapes nothing.
            let name = if form == 3 { name } else { &escaped };
            text.extend([before.as_bytes(), name, after.as_bytes(), b"\n"].concat());
        }
        let is_deep = form == 3;
        if is_deep {
            text.splice(0..0, *b"%%%% HASHDEEP-1.0\n%%%% size,sha256,filename\n");
            prop_assume!(names.iter().all(|name| !name.contains(&b'\n') && !name.ends_with(b"\r")));
        }
        let list = names.iter().map(|name| Listed { path: name.clone(), digest, is_guessed: false });
        let name = if is_deep { "hashdeep.txt" } else { "SHA256SUMS" };
        prop_assert_eq!(read_as(name, &text), Reading::List(list.collect()));
    }

    #[test]
    fn any_octets_are_met_without_panic(text in proptest::collection::vec(any::<u8>(), 0..300)) {
        for name in ["MD5SUMS", "checksums.txt", "a.sha1", "hashdeep.txt"] {
            let _ = read_as(name, &text);
            let _ = read_as(name, &[b"%%%% a,md5,filename\n", &text[..]].concat());
            let _ = read_as(name, &[MD5.as_bytes(), &text[..]].concat());
        }
    }
}
