//! What in documents could identify a source: the report, before packing and after, and the warning.

use crate::bundles::AT;
use crate::place::Place;

/// A document with a name and a password in it, which must never be told.
const SECRET: &str = "[InternetShortcut]\r\nURL=https://quillfeather:hunter2@ellery-post.example/\r\n";

const NOTE: &str = "The bells of Port Ellery rang at noon.\n";

fn two_of_three() -> Place {
    let place = Place::new();
    place.file("papers/a/login.url", SECRET);
    place.file("papers/ناقوس.url", SECRET);
    place.file("papers/note.txt", NOTE);
    place
}

#[track_caller]
fn tells_nothing(text: &str) {
    for value in ["quillfeather", "hunter2"] {
        assert!(!text.contains(value), "{value} is told in {text}");
    }
}

#[test]
fn the_same_is_found_before_packing_and_in_a_bundle_of_any_form() {
    let place = two_of_three();
    place.bundle("papers", "bag");
    place.bundle("papers", "stored.zip");
    place.fonds(&format!("bundle papers {AT} --compress -o packed.zip")).ends(0);
    place.shell("tar cf bag.tar bag").go().ends(0);
    let before = place.snapshot("");
    for (path, what, below) in [
        ("papers", "folder", ""),
        ("bag", "bag", "data/"),
        ("stored.zip", "bag", "data/"),
        ("packed.zip", "bag", "data/"),
        ("bag.tar", "bag", "data/"),
    ] {
        let answer = place.fonds(&format!("inspect --sensitive {path}"));
        answer.ends(0).remarks_nothing();
        answer.says(&format!("{path}: a {what} of 3 documents; in 2 of them something was found"));
        answer.says(&format!("  {below}a/login.url: user name in its address\n"));
        answer.says(&format!("  {below}ناقوس.url: user name in its address\n"));
        answer
            .says("       2  user name\n")
            .says("Nothing was changed")
            .says("faces")
            .says("keep the original");
        assert!(!answer.out.contains("note.txt"), "{answer}");
        tells_nothing(&answer.out);

        let json =
            place.fonds(&format!("inspect --sensitive {path} --format json --threads 1")).ends(0).json();
        assert_eq!((&json["documents"], &json["sorts"]["user name"]), (&3.into(), &2.into()));
        assert_eq!(json["found"][0]["path"], format!("{below}a/login.url"));
        assert_eq!(json["found"][1]["found"][0], "user name in its address");
        assert_eq!(json["not_looked_into"].as_array().map(Vec::len), Some(0));
        assert_eq!((&json["status"], &json["what"]), (&0.into(), &what.into()));
        tells_nothing(&json.to_string());
    }
    place.snapshot("").expect_same(&before);
}

#[test]
fn what_nobody_could_look_into_is_told_and_changes_the_status() {
    let place = two_of_three();
    place.file("papers/unknown.bin", b"\x00\x01\x02\x03");
    place.file("papers/inner.zip", b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0");
    place.shell("ln -s note.txt papers/link").go().ends(0);
    let answer = place.fonds("inspect --sensitive papers");
    answer.ends(3).says("a folder of 5 documents; in 2 of them").says("1 links, pipes or devices");
    answer.says("  inner.zip: holds other documents, which were not taken out\n");
    answer.says("  unknown.bin: its format is not known\n");
    let json = place.fonds("inspect --sensitive papers --format json").ends(3).json();
    assert_eq!(json["not_looked_into"].as_array().map(Vec::len), Some(2));
    assert_eq!((&json["left_out"], &json["status"]), (&1.into(), &3.into()));
    // A document that is a ZIP inside is one document, and a ZIP of documents holds several.
    place
        .fonds("inspect --sensitive papers/note.txt")
        .ends(0)
        .says("a single file of 1 document; in 0 of them");
    place.shell("cd papers && python3 -m zipfile -c ../loose.zip note.txt a/login.url").go().ends(0);
    place.fonds("inspect --sensitive loose.zip").ends(0).says("an archive of 2 documents; in 1 of them");
}

#[test]
fn a_sheet_has_a_row_for_each_thing() {
    let place = two_of_three();
    place.file("papers/=1+1.url", SECRET);
    place.file("papers/unknown.bin", b"\x00\x01\x02\x03");
    place.fonds("inspect --sensitive papers --sheet found.csv").ends(3).says("all of it is in found.csv");
    let sheet = place.text("found.csv");
    assert_eq!(
        sheet,
        "\u{FEFF}path,sort,what\r\n\
         '=1+1.url,user name,user name in its address\r\n\
         a/login.url,user name,user name in its address\r\n\
         ناقوس.url,user name,user name in its address\r\n\
         unknown.bin,not looked into,its format is not known\r\n"
    );
    place.fonds("inspect --sensitive papers --sheet found.csv").ends(2).remarks("exists already");
    place.fonds("inspect --sensitive papers --sheet papers/b.csv").ends(2).remarks("would lie in the folder");
    assert_eq!(place.text("found.csv"), sheet);
    place.fonds("inspect papers --sheet other.csv").ends(2).remarks("--sensitive");
}

#[test]
fn what_cannot_be_looked_into_at_all_is_refused_in_plain_words() {
    let place = two_of_three();
    place.bundle("papers", "bag");
    place.shell("tar czf bag.tar.gz bag").go().ends(0);
    place
        .fonds("inspect --sensitive bag.tar.gz")
        .ends(2)
        .remarks("cannot be had one by one")
        .remarks("hint: unpack it");
    place.fonds("inspect --sensitive nowhere").ends(2).remarks("nowhere");
    place.bundle("papers", "cut.zip");
    place.alter("cut.zip", |octets| octets.truncate(octets.len() / 2));
    place.fonds("inspect --sensitive cut.zip").ends(2).remarks("cannot look into `cut.zip`");
    let json = place.fonds("inspect --sensitive nowhere --format json").ends(2).json();
    assert!(json["error"].as_str().is_some_and(|error| error.contains("nowhere")), "{json}");
}

#[test]
fn names_do_nothing_to_a_terminal() {
    let place = Place::new();
    place.file("papers/a\u{1b}[31m\u{202e}.url", SECRET);
    let answer = place.fonds("inspect --sensitive papers");
    answer.ends(0).is_harmless().says("  a\\x1B[31m\\xE2\\x80\\xAE.url: user name in its address");
}

#[test]
fn packing_warns_of_them_and_stays_short() {
    let place = Place::new();
    for number in 0..25 {
        place.file(format!("papers/{number:02}.url"), SECRET);
    }
    place.file("papers/note.txt", NOTE);
    let answer = place.fonds(&format!("bundle papers {AT} -o papers.zip"));
    answer.ends(0).remarks("warning: 25 document(s) could identify a source");
    answer.remarks("  found: user name in 25\n").remarks("  data/00.url\n").remarks("  data/19.url\n");
    answer.remarks("  … and 5 more\n").remarks("fonds inspect --sensitive papers.zip --sheet FILE.csv");
    assert!(!answer.err.contains("20.url"), "{answer}");
    tells_nothing(&answer.err);
    let json = place.fonds(&format!("bundle papers {AT} -o other.zip --format json")).ends(0).json();
    assert_eq!(json["suggested"]["sensitive"].as_array().map(Vec::len), Some(25));
    assert_eq!(json["suggested"]["sensitive_sorts"]["user name"], 25);
}

/// A JPEG with a position and the serial number of a camera in its EXIF, as a telephone writes them.
fn photo() -> Vec<u8> {
    const SERIAL: &[u8] = b"SN-47110815\0";
    // TIFF, greater octet first: two directories of entries of 12 octets, then their values.
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [&tag.to_be_bytes()[..], &kind.to_be_bytes(), &count.to_be_bytes(), &value].concat()
    };
    let directory = |entries: &[Vec<u8>]| {
        let count = u16::try_from(entries.len()).unwrap().to_be_bytes();
        [&count[..], &entries.concat(), &[0; 4]].concat()
    };
    let (exif_at, gps_at) = (8 + 2 + 2 * 12 + 4, 8 + 2 + 2 * 12 + 4 + 2 + 12 + 4);
    let values_at = gps_at + 2 + 4 * 12 + 4;
    let at = |offset: usize| u32::try_from(offset).unwrap().to_be_bytes();
    let degrees = |degrees: u32| [degrees, 1, 41, 1, 30, 1].map(u32::to_be_bytes).concat();
    let tiff = [
        b"MM\0\x2A\0\0\0\x08".to_vec(),
        directory(&[entry(0x8769, 4, 1, at(exif_at)), entry(0x8825, 4, 1, at(gps_at))]),
        directory(&[entry(0xA431, 2, 12, at(values_at))]),
        directory(&[
            entry(1, 2, 2, *b"N\0\0\0"),
            entry(2, 5, 3, at(values_at + 12)),
            entry(3, 2, 2, *b"E\0\0\0"),
            entry(4, 5, 3, at(values_at + 36)),
        ]),
        SERIAL.to_vec(),
        degrees(35),
        degrees(51),
    ]
    .concat();
    let exif = [b"Exif\0\0", &tiff[..]].concat();
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    let scan = b"\xFF\xDA\0\x08\x01\x01\0\0\x3F\0\0\xFF\xD9";
    [b"\xFF\xD8\xFF\xE1", &length[..], &exif, scan].concat()
}

#[test]
fn a_photo_a_mail_and_a_path_could_each_identify_a_source() {
    let place = Place::new();
    place.file("disk/Users/quillfeather/Desktop/bell.jpg", photo());
    place.file(
        "disk/letter.eml",
        "From: Ada Quillfeather <quillfeather@ellery.example>\r\nTo: post@ellery.example\r\n\
         Date: Wed, 5 Jul 2023 08:00:00 +0330\r\nReceived: from [198.51.100.7] by ellery.example\r\n\
         X-Mailer: Bellmail 3\r\nMIME-Version: 1.0\r\nContent-Type: text/plain\r\n\r\nhunter2\r\n",
    );
    place.file("disk/note.txt", NOTE);
    place.bundle("disk", "bag.zip");
    for (path, below) in [("disk", ""), ("bag.zip", "data/")] {
        let answer = place.fonds(&format!("inspect --sensitive {path}"));
        answer.ends(0).says("of 3 documents; in 2 of them something was found");
        let line = |name: &str| {
            let beginning = format!("  {below}{name}: ");
            answer.out.lines().find_map(|line| line.strip_prefix(&beginning)).unwrap_or_default().to_owned()
        };
        let photo = line("Users/quillfeather/Desktop/bell.jpg");
        for clue in ["position in EXIF", "serial number in EXIF", "user name in its path"] {
            assert!(photo.contains(clue), "{clue} is not in `{photo}`");
        }
        let mail = line("letter.eml");
        for clue in ["mail address", "network address", "mail program"] {
            assert!(mail.contains(clue), "{clue} is not in `{mail}`");
        }
        answer.says("       1  position\n");
        // The path is the document's name; what stands in it is told nowhere else.
        let rest = answer.out.replace("Users/quillfeather/Desktop", "");
        tells_nothing(&rest);
        for value in ["47110815", "35", "198.51", "Bellmail", "Ada"] {
            assert!(!rest.contains(value), "{value} is told in {rest}");
        }
    }
}
