//! What arrives as a whole: archives, bags and lists of checksums, as they are received.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use fixity::{Algorithm, sum_of};
use ingest::{ErrorKind, Options, Received, receive};
use provenance::{EventType, Outcome, Reason, Source};
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::write::SimpleFileOptions;

/// A ZIP of these files, and folders whose name ends in a slash.
fn zip_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, octets) in files {
        if name.ends_with('/') {
            zip.add_directory(*name, options).unwrap();
        } else {
            zip.start_file(*name, options).unwrap();
            zip.write_all(octets).unwrap();
        }
    }
    zip.finish().unwrap().into_inner()
}

/// A TAR of the form of 1979 with these files.
fn tar_of(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut tar = Vec::new();
    for (name, octets) in files {
        let mut block = [0_u8; 512];
        block[..name.len()].copy_from_slice(name.as_bytes());
        block[100..107].copy_from_slice(b"0000644");
        block[124..135].copy_from_slice(format!("{:011o}", octets.len()).as_bytes());
        block[136..147].copy_from_slice(b"14000000000");
        block[148..156].fill(b' ');
        block[156] = b'0';
        let sum: u32 = block.iter().map(|&octet| u32::from(octet)).sum();
        block[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
        tar.extend(block);
        tar.extend_from_slice(octets);
        tar.resize(tar.len().next_multiple_of(512), 0);
    }
    tar.resize(tar.len() + 1024, 0);
    tar
}

fn gzip(octets: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packed.write_all(octets).unwrap();
    packed.finish().unwrap()
}

struct Place(TempDir);

impl Place {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn file(&self, name: &str, octets: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, octets).unwrap();
        path
    }

    fn at(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn options(&self) -> Options {
        let names = ingest::Names::Portable;
        Options { names, target: Some(self.at("out/target.zip")), ..Options::default() }
    }

    fn receive(&self, name: &str) -> Result<Received, ingest::Error> {
        fs::create_dir_all(self.at("out")).unwrap();
        receive(&[self.at(name)], &self.options(), &())
    }
}

/// Path and octets of everything that was received.
fn contents(received: &Received) -> std::io::Result<Vec<(String, Vec<u8>)>> {
    let read = |item: &provenance::Item| {
        let mut document = received.source.open(item)?;
        let mut octets = Vec::new();
        document.read_to_end(&mut octets)?;
        document.settle()?;
        Ok((item.path.to_string(), octets))
    };
    received.accession.items.iter().map(read).collect()
}

fn paths(received: &Received) -> Vec<&str> {
    received.accession.items.iter().map(|item| item.path.as_str()).collect()
}

fn warnings(received: &Received) -> Vec<String> {
    let odd = received.accession.arrivals.iter().filter(|arrival| arrival.outcome != Outcome::Success);
    odd.map(|arrival| format!("{}: {}", arrival.object_path, arrival.detail)).collect()
}

fn hex(algorithm: Algorithm, octets: &[u8]) -> String {
    sum_of(octets, &[algorithm]).digests[0].to_string()
}

const FILES: [(&str, &[u8]); 4] =
    [("top/b/c.txt", b"see"), ("top/a.txt", b"ay"), ("top/b-", b"bee"), ("top/b/d/e", b"")];

#[test]
fn every_archive_gives_what_was_put_into_it() {
    let place = Place::new();
    let mut expected: Vec<(String, Vec<u8>)> =
        FILES.iter().map(|(name, octets)| (format!("data/{name}"), octets.to_vec())).collect();
    expected.sort();
    let tar = tar_of(&FILES);
    for (name, octets) in [
        ("x.zip", zip_of(&FILES)),
        ("x.tgz", gzip(&tar)),
        ("x.tar.gz", gzip(&tar)),
        ("x", tar.clone()),
        ("x.tar", tar),
    ] {
        place.file(name, &octets);
        let received = place.receive(name).unwrap();
        assert_eq!(contents(&received).unwrap(), expected, "{name}");
        let arrival = &received.accession.arrivals[0];
        assert_eq!((arrival.event_type, arrival.object_path.as_str()), (EventType::Unpacking, name));
        assert_eq!(arrival.digest_before.unwrap(), sum_of(&octets, &[Algorithm::Sha256]).digests[0]);
        assert!(arrival.detail.contains("with 4 files of 8 octets in it"), "{}", arrival.detail);
    }
    let nested = Options { nested: true, ..place.options() };
    let received = receive(&[place.at("x.zip")], &nested, &()).unwrap();
    assert_eq!(paths(&received), ["data/x.zip"]);
    assert!(received.accession.arrivals.is_empty());
}

#[test]
fn a_stored_document_in_an_archive_may_be_looked_at_anywhere() {
    let place = Place::new();
    place.file("x.tar", tar_of(&FILES));
    let received = place.receive("x.tar").unwrap();
    let document = received.source.open(&received.accession.items[2]).unwrap();
    let mut room = [0; 8];
    assert_eq!(document.read_at(1, &mut room).unwrap(), 2);
    assert_eq!(&room[..2], b"ee");
    assert_eq!(document.read_at(3, &mut room).unwrap(), 0);
    place.file("x.zip", zip_of(&FILES));
    let received = place.receive("x.zip").unwrap();
    let document = received.source.open(&received.accession.items[2]).unwrap();
    assert_eq!(document.read_at(0, &mut room).unwrap_err().kind(), std::io::ErrorKind::Unsupported);
}

#[test]
fn litter_in_an_archive_is_appraised_as_in_a_folder() {
    let double: &[u8] = b"\x00\x05\x16\x07 and so on";
    let files: [(&str, &[u8]); 8] = [
        ("a.txt", b"a"),
        ("._a.txt", double),
        ("._b.txt", double),
        ("s/._c", b"a document"),
        ("s/c", b""),
        ("__MACOSX/x/y", b"y"),
        ("__MACOSX/z", b"z"),
        ("t/Thumbs.db", b"z"),
    ];
    let place = Place::new();
    place.file("x.zip", zip_of(&files));
    let received = place.receive("x.zip").unwrap();
    assert_eq!(paths(&received), ["data/._b.txt", "data/a.txt", "data/s/._c", "data/s/c"]);
    let left: Vec<_> =
        received.accession.left_out.iter().map(|left| (left.name.as_str(), left.detail.as_str())).collect();
    let expected =
        [("._a.txt", "AppleDouble companion of a file"), ("__MACOSX", "2 files in it"), ("t/Thumbs.db", "")];
    assert_eq!(left, expected);
    assert_eq!(received.accession.empty_folders.len(), 1, "a folder of litter is empty");
    let keep = Options { keep_litter: true, ..place.options() };
    assert_eq!(receive(&[place.at("x.zip")], &keep, &()).unwrap().accession.items.len(), 8);
}

/// Cut anywhere, or with any octet changed, an archive is refused, stays a document, fails when its
/// documents are read, or still gives what was in it: never anything else.
#[test]
fn a_damaged_archive_never_gives_other_documents() {
    let place = Place::new();
    let files: [(&str, &[u8]); 3] = [("n/a.txt", b"ay ay ay ay"), ("n/b.txt", b"bee"), ("n/empty/", b"")];
    let expected = |name: &str| {
        place.file(name, if name == "x.zip" { zip_of(&files) } else { gzip(&tar_of(&files[..2])) });
        contents(&place.receive(name).unwrap()).unwrap()
    };
    for (name, whole) in [("x.zip", zip_of(&files)), ("x.tgz", gzip(&tar_of(&files[..2])))] {
        let expected = expected(name);
        let cut = (0..whole.len()).map(|length| whole[..length].to_vec());
        let changed = (0..whole.len()).map(|at| {
            let mut octets = whole.clone();
            octets[at] ^= 0x21;
            octets
        });
        for octets in cut.chain(changed) {
            place.file(name, &octets);
            let Ok(received) = place.receive(name) else { continue };
            if paths(&received) == [format!("data/{name}")] {
                continue;
            }
            // One bit makes a link of a file, which is told.
            if received.accession.left_out.iter().any(|left| left.reason == Reason::SymbolicLink) {
                continue;
            }
            let Ok(found) = contents(&received) else { continue };
            let of_names = |contents: &[(String, Vec<u8>)]| {
                contents.iter().map(|(_, octets)| octets.clone()).collect::<Vec<_>>()
            };
            assert_eq!(of_names(&found), of_names(&expected), "{name}");
        }
    }
}

#[test]
fn an_archive_of_endless_folders_costs_little() {
    let deep = format!("{}x", "a/".repeat(2000));
    let files: Vec<(String, &[u8])> = (0..200).map(|number| (format!("{number}/{deep}"), &b""[..])).collect();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, octets)| (name.as_str(), *octets)).collect();
    let place = Place::new();
    place.file("deep.zip", zip_of(&files));
    let error = place.receive("deep.zip").err().unwrap();
    assert_eq!(error.kind(), ErrorKind::Archive, "{error}");
    assert!(error.hint().unwrap().contains("--nested"));
}

#[test]
fn a_container_in_an_archive_is_told_not_to_be_looked_through() {
    let mail = "Subject: minutes\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nDear Bo\n--b\n\
                Content-Type: application/pdf; name=a.pdf\n\n%PDF\n--b--\n";
    let mailbox = format!("From x Thu Jul  6 09:14:02 2023\n{mail}");
    let files: [(&str, &[u8]); 13] = [
        ("in/a.eml", mail.as_bytes()),
        ("in/all.mbox", mailbox.as_bytes()),
        ("in/c.warc.gz", &gzip(b"WARC/1.1\r\n\r\n")),
        ("in/d.warc", b"WARC/1.1\r\n\r\n"),
        ("in/e.wacz", b"PK\x03\x04 and so on"),
        // Nothing in these can be lost.
        ("in/text.eml", b"Subject: no more\n\nthan this\n"),
        ("in/none.eml", b"no mail"),
        ("in/archive", b"a list of what is in the archive"),
        ("in/empty.mbox", b""),
        ("in/note.txt", b"x"),
        // What lies in a bag is nowhere looked at.
        ("bag/bagit.txt", b"BagIt-Version: 1.0\n"),
        ("bag/data/a.eml", mail.as_bytes()),
        ("bag/manifest-sha256.txt", b""),
    ];
    let place = Place::new();
    for (name, octets) in
        [("x y.zip", zip_of(&files)), ("x.tar", tar_of(&files)), ("x.tgz", gzip(&tar_of(&files)))]
    {
        place.file(name, octets);
        fs::create_dir_all(place.at("out")).unwrap();
        let options = Options { parts: true, ..place.options() };
        let received = receive(&[place.at(name)], &options, &()).unwrap();
        let told = received.accession.arrivals.iter().filter(|arrival| {
            arrival.event_type == EventType::Unpacking && arrival.object_path.starts_with("data/")
        });
        let told: Vec<(&str, Outcome, &str)> =
            told.map(|arrival| (&*arrival.object_path, arrival.outcome, &*arrival.detail)).collect();
        let why = format!(
            "not looked through: it lies in an archive; unpack `{name}` and bundle the folder to have its parts as documents"
        );
        let expected: Vec<(String, Outcome, &str)> = files[..5]
            .iter()
            .map(|(path, _)| (format!("data/{path}"), Outcome::Warning, why.as_str()))
            .collect();
        let expected: Vec<(&str, Outcome, &str)> =
            expected.iter().map(|(path, outcome, why)| (&**path, *outcome, *why)).collect();
        assert_eq!(told, expected, "{name}");
        assert_eq!(received.accession.items.len(), files.len());
        // Whoever asked for no parts misses none.
        assert!(place.receive(name).unwrap().accession.arrivals.iter().all(|a| !a.detail.starts_with("not")));
    }
}

/// A bag of these payload files, with one manifest by each algorithm.
fn lay_bag(place: &Place, folder: &str, version: &str, encode: &dyn Fn(&str) -> Vec<u8>, encoding: &str) {
    let payload: [(&str, &[u8]); 2] = [("data/a b.txt", b"ay"), ("data/\u{E9}/100%.txt", b"percent")];
    for (path, octets) in payload {
        place.file(&format!("{folder}/{path}"), octets);
    }
    let declaration = format!("BagIt-Version: {version}\nTag-File-Character-Encoding: {encoding}\n");
    place.file(&format!("{folder}/bagit.txt"), declaration);
    place.file(&format!("{folder}/bag-info.txt"), encode("Payload-Oxum: 9.2\n"));
    for algorithm in [Algorithm::Md5, Algorithm::Sha512] {
        let lines: Vec<String> = payload
            .iter()
            .map(|(path, octets)| {
                let path = if version == "1.0" { path.replace('%', "%25") } else { (*path).to_owned() };
                // Some systems spell the same name otherwise.
                format!("{}  {}\r\n", hex(algorithm, octets), path.replace('\u{E9}', "e\u{301}"))
            })
            .collect();
        place.file(&format!("{folder}/manifest-{algorithm}.txt"), encode(&lines.concat()));
    }
}

fn validation(received: &Received) -> Vec<(String, Outcome, String)> {
    let arrivals = received.accession.arrivals.iter();
    let validations = arrivals
        .filter(|arrival| arrival.event_type == EventType::Validation && arrival.object_path.ends_with('/'));
    validations
        .map(|arrival| (arrival.object_path.clone(), arrival.outcome, arrival.detail.clone()))
        .collect()
}

#[test]
fn bags_of_any_version_and_encoding_are_read_by_their_own_rules() {
    let utf8 = |text: &str| text.as_bytes().to_vec();
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect();
    for (version, encoding, encode) in [
        ("1.0", "UTF-8", &utf8 as &dyn Fn(&str) -> Vec<u8>),
        ("0.96", "UTF-8", &utf8),
        ("1.0", "UTF-16", &utf16),
    ] {
        let place = Place::new();
        lay_bag(&place, "in/bag", version, encode, encoding);
        place.file("in/note.txt", "beside");
        let received = place.receive("in").unwrap();
        assert_eq!(received.accession.supplied.len(), 4, "{version} {encoding}");
        assert_eq!(received.accession.lists, ["data/bag/manifest-md5.txt", "data/bag/manifest-sha512.txt"]);
        for supplied in &received.accession.supplied {
            let (_, octets) = &contents(&received).unwrap()[supplied.item];
            assert_eq!(sum_of(octets, &[supplied.digest.algorithm()]).digests[0], supplied.digest);
        }
        let detail =
            format!("bag of BagIt {version} with 2 payload files; Payload-Oxum 9.2 agrees; complete");
        assert_eq!(validation(&received), [("data/bag/".to_owned(), Outcome::Success, detail)]);
        assert!(warnings(&received).is_empty());
    }
}

#[test]
fn what_is_wrong_with_a_bag_is_told() {
    let place = Place::new();
    lay_bag(&place, "bag", "1.0", &|text| text.as_bytes().to_vec(), "UTF-8");
    fs::remove_file(place.at("bag/data/a b.txt")).unwrap();
    place.file("bag/data/more.txt", "more");
    place.file("bag/data/.DS_Store", "a bag stays whole");
    place.file("bag/manifest-tiger.txt", "x");
    let odd = fs::read_to_string(place.at("bag/manifest-md5.txt")).unwrap();
    place.file("bag/manifest-md5.txt", format!("{odd}nonsense\n{}  ../out\n", hex(Algorithm::Md5, b"")));
    let received = place.receive("bag").unwrap();
    let told = validation(&received);
    assert_eq!(told[0].1, Outcome::Warning);
    for words in [
        "2 lines of manifest-md5.txt cannot be read, the first is line 3",
        "manifest-tiger.txt is by an algorithm that fonds does not know",
        "Payload-Oxum is 9.2, and ",
        "1 listed files are not there",
        "2 payload files are not listed",
    ] {
        assert!(told[0].2.contains(words), "{words}: {}", told[0].2);
    }
    let warned = warnings(&received);
    for words in [
        "data/data/a b.txt: listed in data/manifest-md5.txt, and not there",
        "data/data/more.txt: in the payload of a bag that does not list it",
        "data/data/.DS_Store: in the payload of a bag that does not list it",
    ] {
        assert!(warned.iter().any(|warning| warning == words), "{words}: {warned:#?}");
    }
    assert!(received.missing.iter().all(|missing| missing.path == "data/data/a b.txt"));
    // What is promised is no fault.
    place.file(
        "bag/fetch.txt",
        "http://example.org/a - data/a%20b.txt\nhttp://example.org/a 2 data/a b.txt\n",
    );
    let received = place.receive("bag").unwrap();
    assert!(!validation(&received)[0].2.contains("listed files are not there"));
    assert!(warnings(&received).iter().any(|warning| warning.ends_with("fetch.txt says where it was")));
    let nested = Options { nested: true, ..place.options() };
    let received = receive(&[place.at("bag")], &nested, &()).unwrap();
    assert!(received.accession.arrivals.is_empty() && received.accession.lists.is_empty());
}

#[test]
fn a_bag_in_an_archive_and_a_bag_in_a_bag_are_checked_too() {
    let place = Place::new();
    let (inner, outer) = (hex(Algorithm::Sha256, b"inner"), hex(Algorithm::Sha256, b"outer"));
    let declaration: &[u8] = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n";
    let inner_manifest = format!("{inner}  data/x\n");
    let outer_manifest = format!(
        "{inner}  data/in/data/x\n{outer}  data/y\n{}  data/in/bagit.txt\n{}  data/in/manifest-sha256.txt\n",
        hex(Algorithm::Sha256, declaration),
        hex(Algorithm::Sha256, inner_manifest.as_bytes()),
    );
    let files: [(&str, &[u8]); 6] = [
        ("bag/bagit.txt", declaration),
        ("bag/manifest-sha256.txt", outer_manifest.as_bytes()),
        ("bag/data/y", b"outer"),
        ("bag/data/in/bagit.txt", declaration),
        ("bag/data/in/manifest-sha256.txt", inner_manifest.as_bytes()),
        ("bag/data/in/data/x", b"inner"),
    ];
    place.file("bag.tgz", gzip(&tar_of(&files)));
    let received = place.receive("bag.tgz").unwrap();
    let told: Vec<_> = validation(&received).into_iter().map(|(path, outcome, _)| (path, outcome)).collect();
    let expected = [("data/bag/", Outcome::Success), ("data/bag/data/in/", Outcome::Success)];
    let sorted = |mut rows: Vec<(String, Outcome)>| {
        rows.sort_by(|a, b| a.0.cmp(&b.0));
        rows
    };
    assert_eq!(sorted(told), expected.map(|(path, outcome)| (path.to_owned(), outcome)));
    assert_eq!(received.accession.supplied.len(), 5);
}

#[test]
fn lists_of_several_sources_and_from_above_find_their_documents() {
    let place = Place::new();
    let sum = hex(Algorithm::Sha1, b"ay");
    place.file("one/a.txt", "ay");
    place.file("one/sub/SHA1SUMS", format!("{sum}  b.txt\n"));
    place.file("one/sub/b.txt", "ay");
    place.file("two/a.txt", "ay");
    let beside = place.file("all.sha1", format!("{sum}  one/a.txt\n{sum}  two/a.txt\n{sum}  one/gone\n"));
    let options = Options { checksums: vec![beside.clone()], ..place.options() };
    let received = receive(&[place.at("one"), place.at("two")], &options, &()).unwrap();
    assert_eq!(received.accession.lists, ["all.sha1", "data/one/sub/SHA1SUMS"]);
    assert_eq!(received.accession.supplied.len(), 3);
    assert_eq!(received.missing[0].path, "data/one/gone");
    // Of one source alone the list speaks from above.
    let alone = place.file("one.sha1", format!("{sum}  ./one/a.txt\n{sum}  one/sub/b.txt\n"));
    let options = Options { checksums: vec![alone], ..place.options() };
    let received = receive(&[place.at("one")], &options, &()).unwrap();
    assert_eq!((received.accession.supplied.len(), received.missing.len()), (3, 0));
    let digest = sum_of(&fs::read(&beside).unwrap(), &[Algorithm::Sha256]).digests[0];
    assert_ne!(received.accession.arrivals[0].digest_before, Some(digest), "another list, another digest");
}

#[test]
fn strangers_in_a_list_do_not_keep_it_from_its_documents() {
    let place = Place::new();
    let sum = hex(Algorithm::Sha1, b"ay");
    for name in ["a.txt", "b/c.txt", "b/d.txt", "readme.txt"] {
        place.file(&format!("letters/{name}"), "ay");
    }
    let line = |path: &str| format!("{sum}  {path}\n");
    let list = |paths: &[&str]| {
        let beside = place.file("all.sha1", paths.iter().map(|path| line(path)).collect::<String>());
        receive(&[place.at("letters")], &Options { checksums: vec![beside], ..place.options() }, &())
    };
    let checked = |received: &Received| {
        let items = received.accession.supplied.iter().map(|one| &received.accession.items[one.item]);
        items.map(|item| item.path.as_str().to_owned()).collect::<Vec<_>>()
    };
    // One folder up, with other folders in it, and one document that is called as one of these.
    let received = list(&["letters/a.txt", "letters/b/c.txt", "photos/1.jpg", "readme.txt"]).unwrap();
    assert_eq!(checked(&received), ["data/a.txt", "data/b/c.txt"]);
    assert!(warnings(&received)[0].contains("2 of its paths lead elsewhere"), "{:?}", warnings(&received));
    // Absolute, with strangers among them.
    let received = list(&["/home/ines/letters/a.txt", "/home/ines/letters/b/d.txt", "/etc/fstab"]).unwrap();
    assert_eq!(checked(&received), ["data/a.txt", "data/b/d.txt"]);
    assert!(warnings(&received)[0].contains("1 of its paths lead elsewhere"), "{:?}", warnings(&received));
    // As they stand more are found.
    let received = list(&["a.txt", "b/c.txt", "letters/readme.txt"]).unwrap();
    assert_eq!(checked(&received), ["data/a.txt", "data/b/c.txt"]);
    assert_eq!(received.missing[0].path, "data/letters/readme.txt");
    // One name may be that of any document.
    let error = list(&["x/b/a.txt", "y/b/c.txt"]).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Checksums);
    let error = list(&["photos/1.jpg", "/photos/2.jpg"]).unwrap_err();
    let said = error.to_string();
    assert!(said.contains("all.sha1") && said.contains("2 lines") && said.contains("photos/1.jpg"), "{said}");
}

#[test]
fn a_list_among_the_documents_may_begin_one_folder_up() {
    let place = Place::new();
    let sum = hex(Algorithm::Sha1, b"ay");
    place.file("letters/a.txt", "ay");
    place.file("letters/b/c.txt", "ay");
    place.file("letters/SHA1SUMS", format!("{sum}  letters/a.txt\n{sum}  letters/b/c.txt\n"));
    assert_eq!(place.receive("letters").unwrap().accession.supplied.len(), 2);
    // Most of these are not here: what has such a name may be another document.
    place.file("letters/SHA1SUMS", format!("{sum}  old/a.txt\n{sum}  old/e.txt\n"));
    let received = place.receive("letters").unwrap();
    assert_eq!((received.accession.supplied.len(), received.missing.len()), (0, 2));
}

#[test]
fn an_archive_that_changed_since_is_noticed() {
    let place = Place::new();
    let path: &Path = &place.file("x.tar", tar_of(&FILES));
    let received = place.receive("x.tar").unwrap();
    std::thread::sleep(std::time::Duration::from_millis(20));
    let mut octets = fs::read(path).unwrap();
    octets[512] ^= 1;
    fs::write(path, octets).unwrap();
    let error = contents(&received).unwrap_err().to_string();
    assert!(error.contains("changed since it was found"), "{error}");
}
