//! `verify --recursive`: every bag below a folder is found, and nothing is passed over in silence.

use crate::bundles::packed_letters;
use crate::place::Place;
use crate::trees;
use std::ffi::OsStr;
use std::fs::Permissions;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

/// A few letters, packed into a folder that is not there yet.
fn letters_below(target: &str) -> Place {
    let place = Place::new();
    trees::letters(&place);
    place.folder(Path::new(target).parent().unwrap());
    place.bundle("letters", target);
    place
}

fn paths(place: &Place, line: &str, status: i32) -> Vec<String> {
    let answer = place.fonds(&format!("verify --recursive {line} --format json"));
    let json = answer.ends(status).is_harmless().json();
    assert_eq!(json["status"], status);
    json["bags"].as_array().unwrap().iter().map(|bag| bag["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn bags_are_found_at_every_depth_and_told_in_the_order_of_their_paths() {
    let place = letters_below("all/b/deep/er/z.zip");
    place.bundle("letters", "all/b/bag");
    place.bundle("letters", "all/B.ZIP");
    place.bundle("letters", "all/b-first");
    // What lies in a bag is the bag's own.
    std::fs::copy(place.at("all/B.ZIP"), place.at("all/b/bag/data/inner.zip")).unwrap();
    place.file("all/notes.txt", "no bag");
    place.file("all/x.gz", "no bag");
    let found = ["all/B.ZIP", "all/b-first", "all/b/bag", "all/b/deep/er/z.zip"];
    assert_eq!(paths(&place, "all", 1), found);
    assert_eq!(paths(&place, "all/b/deep all/b-first", 0), ["all/b-first", "all/b/deep/er/z.zip"]);
    place
        .fonds("verify --recursive all")
        .ends(1)
        .says("all/b/bag: ALTERED")
        .says("4 bags: 1 ALTERED, 3 CONSISTENT");
    place.file("all/last.tar.zst", "this is no archive");
    place.fonds("verify --recursive all").ends(1).says("UNREADABLE").says("  all/last.tar.zst\n");
}

#[test]
fn a_bag_that_lost_its_declaration_is_not_passed_over() {
    let place = letters_below("all/whole");
    place.folder("all/deep");
    place.bundle("letters", "all/deep/bare");
    std::fs::remove_file(place.at("all/deep/bare/bagit.txt")).unwrap();
    // What lies in a bag is the bag's own, whether it has its declaration or not.
    place.file("all/deep/bare/data/inner/bagit.txt", "no bag of its own");
    place.file("all/whole/data/inner/manifest-md5.txt", "no bag of its own");
    place.folder("all/whole/data/inner/data");
    let bare = place.at("all/tagged");
    place.file(bare.join("tagmanifest-SHA256.txt"), "");
    place.folder(bare.join("data"));
    // Names alone are no bag: of a manifest without payload, and of nothing that fonds could compare.
    place.file("all/lists/manifest-sha256.txt", "");
    place.file("all/figures/manifest-2020.txt", "");
    place.folder("all/figures/data");
    place.folder("all/folders/manifest-sha256.txt");
    place.folder("all/folders/data");
    assert_eq!(paths(&place, "all", 1), ["all/deep/bare", "all/tagged", "all/whole"]);
    place.fonds("verify --recursive all").ends(1).says("all/deep/bare: ALTERED").says("E201");
}

#[test]
fn a_compressed_file_of_any_name_is_a_bag_if_it_holds_a_tar() {
    let place = letters_below("bag");
    place.folder("all");
    for (name, program) in [("a.gz", "gzip"), ("b.GZ", "gzip"), ("c.tbz", "bzip2"), ("d.bz2", "bzip2")] {
        if !place.shell(&format!("tar cf - bag | {program} > all/{name}")).go().err.is_empty() {
            println!("passed over: there is no {program}");
            return;
        }
    }
    place.shell("echo no bag | gzip > all/notes.gz; echo no bag > all/notes.bz2").go().ends(0);
    assert_eq!(paths(&place, "all", 0), ["all/a.gz", "all/b.GZ", "all/c.tbz", "all/d.bz2"]);
}

#[test]
fn where_there_is_no_bag_that_is_said() {
    let place = packed_letters("b.zip");
    for line in ["letters", "letters/none letters"] {
        let refused = place.fonds(&format!("verify --recursive {line}"));
        refused.ends(2).says_nothing().remarks("cannot verify anything: there is no bag below `letters");
    }
    let json = place.fonds("verify --recursive letters --format jsonl").ends(2).json();
    assert!(json["error"].as_str().unwrap().contains("no bag"));
    let nowhere = place.fonds("verify --recursive nowhere b.zip");
    nowhere.ends(2).says("nowhere: not examined: cannot look for bags in `nowhere`").says("  b.zip\n");
}

#[test]
fn links_are_not_followed_and_named() {
    let place = letters_below("all/b.zip");
    symlink(place.at("all/b.zip"), place.at("all/c.zip")).unwrap();
    symlink("..", place.at("all/up")).unwrap();
    place.shell("mkfifo all/pipe.zip").go().ends(0);
    let answer = place.run("verify --recursive all").within(20).go();
    answer.ends(0).remarks("links, which are not followed: 2\n").remarks("  all/c.zip\n").says("\n1 bag: ");
}

#[test]
fn a_folder_that_cannot_be_looked_into_is_an_answer_of_its_own() {
    let place = letters_below("all/b.zip");
    place.folder("all/closed");
    place.bundle("letters", "all/closed/c.zip");
    std::fs::set_permissions(place.at("all/closed"), Permissions::from_mode(0o000)).unwrap();
    if std::fs::read_dir(place.at("all/closed")).is_ok() {
        println!("passed over: whoever runs this may look into every folder");
        return;
    }
    let answer = place.fonds("verify --recursive all");
    answer
        .ends(2)
        .says("all/closed: not examined: cannot look for bags in `all/closed`: ")
        .says("  all/b.zip\n");
    std::fs::set_permissions(place.at("all/closed"), Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn names_that_are_no_text_or_would_be_obeyed_are_found_and_spelt() {
    let place = packed_letters("b.zip");
    let names: [&[u8]; 5] = [
        b"a\xFF.zip",
        b"esc\x1b[2J.zip",
        "x\u{202E}piz.zip".as_bytes(),
        b"line\nE000.zip",
        "\u{9b}31m.zip".as_bytes(),
    ];
    for name in names {
        let bag = place.at("all").join(OsStr::from_bytes(name));
        place.file(&bag, place.octets("b.zip"));
        place.alter(&bag, |octets| octets[700] ^= 1);
    }
    let hostile = place.folder("all/bag\x1b]0;t\x07");
    std::fs::write(hostile.join("bagit.txt"), "\x1b[1m\n").unwrap();
    std::fs::write(hostile.join(OsStr::from_bytes(b"\xFF\x1b\xC2\x9b\xE2\x80\xAE=1")), "x").unwrap();
    for format in ["text", "json", "jsonl"] {
        let answer =
            place.fonds(&format!("verify --recursive all --format {format} --findings {format}.csv"));
        answer.ends(1).is_harmless();
        let sheet = place.text(format!("{format}.csv"));
        let obeyed = sheet.chars().skip(1).find(|&c| crate::outcome::is_obeyed(c) && !"\r\n".contains(c));
        assert_eq!(obeyed, None, "{sheet}");
        assert!(sheet.contains("a\\xFF.zip,"), "{sheet}");
    }
    place.fonds("verify --recursive all").says("  all/a\\xFF.zip\n").says("  all/esc\\x1B[2J.zip\n");
    for name in names {
        let bag = place.at("all").join(OsStr::from_bytes(name));
        place.run("verify").with(&bag).go().ends(1).is_harmless();
        place.run("verify").with(&bag).with(&bag).go().ends(1).is_harmless();
        place.run("extract").with(&bag).with(place.at("out")).go().ends(1).is_harmless();
    }
}
