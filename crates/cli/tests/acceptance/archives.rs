//! Archives of documents are packed as the documents in them.

use crate::bundles::AT;
use crate::deliveries::{delivery, events, made, refused};
use crate::oracle::Oracle;
use crate::place::Place;
use crate::trees;
use std::path::Path;

/// Makes a ZIP as most people's programs do, with a time that Python reads from the files.
const ZIP: &str = "
import sys, zipfile, os
target, top = sys.argv[1:3]
with zipfile.ZipFile(target, 'w', zipfile.ZIP_DEFLATED, strict_timestamps=False) as archive:
    for folder, folders, files in os.walk(top):
        for name in sorted(files + [name + '/' for name in folders]):
            archive.write(os.path.join(folder, name))
";

/// What lies in a ZIP of ours below `data/`, by its names and octets.
#[track_caller]
fn payload(place: &Place, bundle: &str) -> Vec<(String, Vec<u8>)> {
    let out = format!("{bundle}-unpacked");
    place.fonds(&format!("extract {bundle} {out}")).ends(0);
    let script = format!("cd {out}/data && find . -type f | LC_ALL=C sort");
    let names = place.shell(&script).go();
    let lines = names.out.lines().map(|name| name.trim_start_matches("./"));
    lines.map(|name| (name.to_owned(), place.octets(format!("{out}/data/{name}")))).collect()
}

#[test]
fn an_archive_is_packed_as_the_documents_in_it() {
    let place = Place::new();
    delivery(&place);
    place.bundle("letters", "plain.zip");
    let expected = payload(&place, "plain.zip");
    assert_eq!(expected.len(), 5);
    if let Some(python) = Oracle::python(ZIP) {
        python.agrees(&place.at("letters"), &["../archive.zip", "."]);
    }
    made(
        &place,
        "tar cf archive.tar -C letters .; tar cf old.tar --format=v7 -C letters a.txt b.txt sub none large.bin
         gzip -k archive.tar; mv archive.tar.gz archive.tgz
         bzip2 -k archive.tar; xz -k archive.tar; zstd -q archive.tar",
    );
    for archive in
        ["archive.zip", "archive.tar", "archive.tgz", "archive.tar.bz2", "archive.tar.xz", "archive.tar.zst"]
    {
        if !place.at(archive).exists() {
            println!("passed over: nobody here makes `{archive}`");
            continue;
        }
        let bundle = format!("of-{archive}.zip");
        let packed = place.bundle(archive, &bundle);
        packed
            .says(&format!("unpacked   {archive}: "))
            .says("1 empty folders, kept")
            .remarks(".DS_Store: made by");
        assert_eq!(payload(&place, &bundle), expected, "{archive}");
        place.fonds(&format!("verify {bundle}")).ends(0).says("CONSISTENT");
        let sum = place.shell(&format!("sha256sum {archive}")).go().out;
        let unpacking = events(&place, &bundle, ",unpacking,");
        assert!(unpacking[0].contains(&format!(",sha256:{},", &sum[..64])), "{unpacking:?}");
    }
    place.bundle("old.tar", "of-old.zip").says("unpacked   old.tar: TAR of ");
}

#[test]
fn an_archive_gives_the_same_octets_with_any_number_of_threads() {
    let place = Place::new();
    trees::rich(&place, "source");
    made(&place, "tar czf source.tar.gz source; tar cf source.tar source");
    for archive in ["source.tar.gz", "source.tar"] {
        let pack = |threads: u8| {
            let folder = format!("{archive}-{threads}");
            place.folder(&folder);
            place.fonds(&format!("bundle {archive} -o {folder}/same.zip --threads {threads} {AT}")).ends(0);
            place.octets(format!("{folder}/same.zip"))
        };
        let first = pack(1);
        for threads in [2, 5] {
            assert!(pack(threads) == first, "{archive} with {threads} threads");
        }
    }
}

#[test]
fn beside_other_sources_an_archive_has_a_folder_of_its_own() {
    let place = Place::new();
    trees::letters(&place);
    place.file("note.txt", "a note\n");
    made(&place, "tar czf first.tar.gz -C letters a.txt; tar cf second.tar letters");
    place.fonds(&format!("bundle first.tar.gz second.tar note.txt letters -o all.zip {AT}")).ends(0);
    let names: Vec<String> = payload(&place, "all.zip").into_iter().map(|(name, _)| name).collect();
    let expected = [
        "first/a.txt",
        "letters/a.txt",
        "letters/b.txt",
        "letters/sub/c.txt",
        "note.txt",
        "second/letters/a.txt",
        "second/letters/b.txt",
        "second/letters/sub/c.txt",
    ];
    assert_eq!(names, expected);
    // The order in which they are named makes no difference.
    place.folder("other");
    place.fonds(&format!("bundle note.txt letters second.tar first.tar.gz -o other/all.zip {AT}")).ends(0);
    assert!(place.octets("all.zip") == place.octets("other/all.zip"), "the order makes a difference");
    made(&place, "cp second.tar letters.tar");
    refused(&place.fonds("bundle letters letters.tar -o clash.zip"), &place, "clash.zip", "same name");
}

#[test]
fn what_is_built_on_an_archive_and_what_lies_deeper_stays_a_document() {
    let place = Place::new();
    trees::letters(&place);
    made(
        &place,
        "tar cf letters/inner.tar letters/a.txt; cp letters/inner.tar book.cbz; gzip -c letters/a.txt > a.gz",
    );
    let script = "
import zipfile
for name, first in [('report.zip', 'mimetype'), ('web.zip', 'datapackage.json')]:
    with zipfile.ZipFile(name, 'w') as z:
        z.writestr(first, 'application/epub+zip')
        z.writestr('archive/data.warc.gz', 'x')
";
    let mut sources = vec!["letters/inner.tar --nested", "book.cbz", "a.gz"];
    if let Some(python) = Oracle::python(script) {
        python.agrees(place.root(), &[""; 0]);
        sources.extend(["report.zip", "web.zip"]);
    }
    for source in sources {
        let target = format!("{}.zip", source.replace(['/', ' ', '.'], "-"));
        let packed = place.fonds(&format!("bundle {source} -o {target}"));
        packed.ends(0).says("1 file, ");
        assert!(!packed.out.contains("unpacked"), "{packed}");
    }
    let names: Vec<_> = payload_names(&place, "letters", "folder.zip");
    assert!(names.contains(&"inner.tar".to_owned()), "{names:?}");
}

#[track_caller]
fn payload_names(place: &Place, source: &str, target: &str) -> Vec<String> {
    place.bundle(source, target);
    payload(place, target).into_iter().map(|(name, _)| name).collect()
}

#[test]
fn links_in_an_archive_are_left_out_and_never_followed() {
    let place = Place::new();
    trees::letters(&place);
    made(&place, "ln -s /etc/passwd letters/link; mkfifo letters/pipe; tar cf l.tar -C letters .");
    let packed = place.bundle("l.tar", "l.zip");
    packed.remarks("link: symbolic link, never followed").remarks("pipe: named pipe");
    let names: Vec<_> = payload(&place, "l.zip").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["a.txt", "b.txt", "sub/c.txt"]);
    // A hard link is a document, whose octets stand elsewhere.
    made(&place, "ln letters/a.txt letters/again.txt; tar cf h.tar -C letters a.txt again.txt");
    refused(&place.fonds("bundle h.tar -o h.zip"), &place, "h.zip", "a hard link");
    place.fonds("bundle h.tar -o h.zip --nested").ends(0);
}

#[test]
fn a_damaged_archive_is_refused_and_nothing_is_written() {
    let place = Place::new();
    delivery(&place);
    made(&place, "tar cf whole.tar letters; gzip -k whole.tar");
    if let Some(python) = Oracle::python(ZIP) {
        python.agrees(place.root(), &["whole.zip", "letters"]);
    }
    for name in ["whole.tar", "whole.tar.gz", "whole.zip"].into_iter().filter(|name| place.at(name).exists())
    {
        let octets = place.octets(name);
        let damaged = name.replace("whole", "damaged");
        for cut in [600, octets.len() / 2, octets.len() * 9 / 10] {
            place.file(&damaged, &octets[..cut]);
            let outcome = place.run(&format!("bundle {damaged} -o out.zip")).within(20).go();
            refused(&outcome, &place, "out.zip", "--nested");
        }
        let mut other = octets.clone();
        let middle = other.len() / 2;
        other[middle] ^= 0x55;
        place.file(&damaged, &other);
        // A TAR has no sums of its content: nobody can tell.
        if name != "whole.tar" {
            refused(&place.fonds(&format!("bundle {damaged} -o out.zip")), &place, "out.zip", "--nested");
        }
    }
    assert_eq!(place.names().iter().filter(|name| name.contains("partial")).count(), 0);
}

#[test]
fn hostile_archives_are_refused_at_once() {
    let Some(python) = Oracle::python(include_str!("oracles/hostile.py")) else { return };
    for case in ["parent", "absolute", "dot", "double-slash", "backslash", "drive", "link-then-file", "twice"]
    {
        let place = Place::new();
        let outside = place.folder("outside");
        python.agrees(place.root(), &[case, "hostile.zip", outside.to_str().unwrap()]);
        let outcome = place.run("bundle hostile.zip -o out.zip").within(20).go();
        outcome.is_harmless();
        refused(&outcome, &place, "out.zip", "hostile.zip");
        assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0, "{case}");
    }
}

#[test]
fn names_in_an_archive_are_judged_as_those_in_a_folder() {
    let Some(python) = Oracle::python(
        "import zipfile\nwith zipfile.ZipFile('n.zip', 'w') as z:\n  z.writestr('CON.txt', 'x')\n  z.writestr('a%b', 'y')",
    ) else {
        return;
    };
    let place = Place::new();
    python.agrees(place.root(), &[""; 0]);
    refused(&place.fonds("bundle n.zip -o out.zip"), &place, "out.zip", "`CON.txt`");
    place.fonds("bundle n.zip -o out.zip --names portable").ends(0);
    let names: Vec<_> = payload(&place, "out.zip").into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["CO=4E.txt", "a=25b"]);
}

#[test]
fn an_archive_that_changes_meanwhile_is_noticed() {
    let place = Place::new();
    trees::many(&place, "many", 3000);
    made(&place, "tar cf many.tar many");
    let mut underway = place.run("bundle many.tar -o out.zip --threads 1").begin();
    while underway.is_running() && !underway.holds("many.tar") {}
    // In a document: a header that is altered before it is read is refused for its own checksum.
    place.alter("many.tar", |octets| {
        let first = octets.windows(5).position(|five| five == b"file ").unwrap();
        octets[first] ^= 1;
    });
    let outcome = underway.end();
    if outcome.status == Some(0) {
        println!("passed over: it was done before the archive changed");
        return;
    }
    outcome.ends(2).remarks("many.tar").remarks("hanged since");
    assert!(!place.at("out.zip").exists());
}

/// Archives that others made to break readers: each is refused at once, or packed as the document that
/// its content says it is; nothing hangs, and nothing is left.
#[test]
fn archives_that_were_made_to_break_readers_break_nothing() {
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared/corpora");
    for (folder, is_refused) in [("zip-bombs", true), ("yauzl/failure", false), ("zip2-tests", false)] {
        let Ok(archives) = std::fs::read_dir(corpora.join(folder)) else {
            println!("passed over: the corpus `{folder}` is not at hand");
            continue;
        };
        for archive in archives.map(|item| item.unwrap().path()).filter(|path| path.is_file()) {
            let place = Place::new();
            let outcome = place.run("bundle -o out.zip").with(&archive).within(20).go();
            outcome.is_harmless();
            if is_refused || outcome.status != Some(0) {
                outcome.ends(2).says_nothing();
                assert!(place.names().is_empty(), "{outcome}");
            } else {
                place.fonds("verify out.zip").ends(0);
            }
            assert!(folder != "yauzl/failure" || !outcome.out.contains("unpacked"), "{outcome}");
        }
    }
}
