//! What arrives as a whole: archives of documents, bags, lists of checksums, lists of descriptions.

use crate::bundles::{AT, packed_letters};
use crate::oracle::{Oracle, bagit_validates};
use crate::outcome::Outcome;
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

/// A delivery of letters, with what macOS leaves behind and an empty folder.
fn delivery(place: &Place) {
    trees::letters(place);
    place.file("letters/گزارش.txt", "یک گزارش\n");
    place.file("letters/large.bin", trees::noise(7, 700_000));
    place.file("letters/.DS_Store", "litter");
    place.file("letters/__MACOSX/._a.txt", "litter");
}

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

/// The rows of `events.csv` of a bundle that hold a text.
#[track_caller]
fn events(place: &Place, bundle: &str, text: &str) -> Vec<String> {
    let out = format!("{bundle}-for-events");
    if !place.at(&out).exists() {
        place.fonds(&format!("extract {bundle} {out}")).ends(0);
    }
    let ledger = place.text(format!("{out}/metadata/events.csv"));
    ledger.lines().filter(|line| line.contains(text)).map(str::to_owned).collect()
}

#[track_caller]
fn made(place: &Place, script: &str) {
    place.shell(script).go().ends(0);
}

/// `sha256sum` and its kin over everything in a folder.
#[track_caller]
fn summed(place: &Place, folder: &str, program: &str, list: &str) {
    let script = format!(
        "cd {folder} && find . -type f ! -name {list} ! -name .DS_Store -exec {program} {{}} + > {list}"
    );
    made(place, &script);
}

#[track_caller]
fn refused(outcome: &Outcome, place: &Place, target: &str, text: &str) {
    outcome.ends(2).says_nothing().remarks(text);
    assert!(!place.at(target).exists(), "{outcome}");
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
fn a_bag_is_packed_whole_and_checked_by_its_own_manifests() {
    let place = packed_letters("bag");
    made(&place, "echo litter > bag/data/.DS_Store");
    let odd = place.bundle("bag", "odd.zip");
    odd.remarks("data/data/.DS_Store: in the payload of a bag that does not list it");
    made(&place, "rm bag/data/.DS_Store; tar czf bag.tar.gz bag");
    for source in ["bag", "bag.tar.gz"] {
        let target = format!("of-{source}.zip");
        let packed = place.bundle(source, &target);
        packed.says("checked    28 of 28 digests of 4 lists agree").remarks_nothing();
        let validation = events(&place, &target, ",validation,");
        let said = "bag of BagIt 1.0 with 3 payload files; Payload-Oxum 43.3 agrees; complete";
        assert!(validation[0].contains(said), "{validation:?}");
        assert_eq!(events(&place, &target, ",fixity check,").len(), 4);
        let inner = if source == "bag" { "data" } else { "data/bag" };
        place.fonds(&format!("verify {target}-for-events/{inner}")).ends(0).says("CONSISTENT");
        bagit_validates(&place, &format!("{target}-for-events/{inner}"));
    }
}

#[test]
fn a_bag_that_is_not_what_it_says_is_not_packed_in_silence() {
    let place = packed_letters("bag");
    place.alter("bag/data/a.txt", |octets| octets[0] ^= 1);
    let damaged = place.fonds("bundle bag -o out.zip");
    damaged.ends(1).says("DAMAGED: nothing was written").says("checked    26 of 28 digests of 4 lists agree");
    damaged.says("data/data/a.txt: expected sha256 ").says(" by data/manifest-sha512.txt, found ");
    damaged.remarks("--accept-damaged");
    assert_eq!(place.names(), ["bag", "letters"]);
    let told = place.fonds("bundle bag -o out.zip --format json").ends(1).json();
    assert_eq!(told["checked"]["disagreements"].as_array().unwrap().len(), 2);
    assert_eq!(told["status"], 1);
    place
        .fonds("bundle bag -o out.zip --accept-damaged")
        .ends(0)
        .remarks("WARNING: packed though 2 digest(s)");
    place.fonds("verify out.zip").ends(0);
    let fails: Vec<String> = events(&place, "out.zip", ",fixity check,")
        .into_iter()
        .filter(|row| row.contains(",fail,"))
        .collect();
    assert_eq!(fails.len(), 4, "two manifests, and two digests of one file: {fails:#?}");
    assert!(fails.iter().any(|row| row.contains("data/data/a.txt,sha256:") && row.contains(",sha256:")));
    place.shell("rm bag/data/b.txt bag/data/a.txt").go().ends(0);
    let incomplete = place.fonds("bundle bag -o less.zip");
    incomplete
        .ends(0)
        .says("missing    2 that lists")
        .remarks("data/data/b.txt: listed in data/manifest-sha256.txt");
    incomplete.remarks("Payload-Oxum is 43.3, and 17.1 arrived; 2 listed files are not there");
    place.fonds("bundle bag -o nested.zip --nested").ends(0).remarks_nothing();
}

#[test]
fn lists_of_checksums_are_checked_in_every_form() {
    let place = Place::new();
    delivery(&place);
    place.file("letters/back\\slash\nline.txt", "odd\n");
    for (program, list) in [
        ("sha256sum", "SHA256SUMS"),
        ("md5sum --tag", "MD5SUMS"),
        ("sha1sum --binary", "all.sha1"),
        ("sha384sum", "checksums.txt"),
        ("shasum -a 224", "x.sha224"),
    ] {
        if Oracle::tool(program.split(' ').next().unwrap()).is_none() {
            continue;
        }
        summed(&place, "letters", program, list);
        let target = format!("{list}.zip");
        let packed = place.fonds(&format!("bundle letters -o {target} --names portable {AT}"));
        packed.ends(0).says("checked    6 of 6 digests of 1 list agree");
        let told = packed.err.contains("warning: 1 thing(s)") && packed.err.contains("was left out");
        assert!(told, "what lies in __MACOSX is listed and left out: {packed}");
        let algorithm = events(&place, &target, "digests agree");
        assert!(
            algorithm[0].contains(&format!("data/{list},,,success,6 of 6 digests agree")),
            "{algorithm:?}"
        );
        let manifests = place.shell(&format!("ls {target}-for-events | grep -c manifest-")).go().out;
        assert_eq!(manifests.trim(), "4", "a list adds no manifest");
        std::fs::remove_file(place.at(format!("letters/{list}"))).unwrap();
    }
}

#[test]
fn a_list_of_hashdeep_with_paths_of_another_machine_is_understood() {
    let place = Place::new();
    trees::letters(&place);
    let sum = |file: &str, program: &str| {
        place.shell(&format!("{program} letters/{file}")).go().out.split(' ').next().unwrap().to_owned()
    };
    let line =
        |path: &str, file: &str| format!("9,{},{},{path}\n", sum(file, "md5sum"), sum(file, "sha256sum"));
    let head = "%%%% HASHDEEP-1.0\n%%%% size,md5,sha256,filename\n## Invoked from: /home/ines\n## $ hashdeep -r in\n##\n";
    let lines = [
        line("/home/ines/in/a.txt", "a.txt"),
        line("/home/ines/in/sub/c.txt", "sub/c.txt"),
        line("/home/ines/in/gone.txt", "b.txt"),
    ];
    place.file("hashdeep.txt", format!("{head}{}", lines.concat()));
    let packed = place.fonds("bundle letters --checksums hashdeep.txt -o out.zip");
    packed.ends(0).says("checked    4 of 4 digests of 1 list agree").says("missing    1 that lists");
    packed.remarks("data/gone.txt: listed in hashdeep.txt, and not there");
}

#[test]
fn a_list_leads_nowhere_else_and_may_not_speak_of_itself() {
    let place = Place::new();
    trees::letters(&place);
    place.file("secret.txt", "letter a.txt\n");
    let sum = "6dcd4ce23d88e2ee9568ba546c007c63d9131c1b5c0c5b3f6f3f0a5f0c1c1a11";
    place.file(
        "letters/sub/SHA256SUMS",
        format!("{sum}  ../../secret.txt\n{sum}  /etc/passwd\n{sum}  ../a.txt\n{sum}  SHA256SUMS\n"),
    );
    let packed = place.fonds("bundle letters -o out.zip");
    packed.ends(0).remarks("3 of its paths lead elsewhere and were not followed, such as ../../secret.txt");
    packed
        .remarks("lists itself, which no list can do rightly")
        .says("checked    0 of 0 digests of 1 list agree");
    place.file("letters/sub/SHA256SUMS", format!("{sum}  c.txt\nand so on\n"));
    place
        .fonds("bundle letters -o broken.zip")
        .ends(0)
        .remarks("its line 2 is none of a list; nothing was checked");
}

#[test]
fn a_list_beside_the_sources_is_checked_and_not_packed() {
    let place = Place::new();
    delivery(&place);
    summed(&place, "letters", "sha512sum", "sums.txt");
    made(&place, "mv letters/sums.txt sums.txt; grep -v MACOSX sums.txt > list; mv list sums.txt");
    place
        .fonds("bundle letters -o out.zip --checksums sums.txt")
        .ends(0)
        .says("checked    5 of 5 digests of 1 list");
    let recorded = events(&place, "out.zip", "came beside the documents");
    assert!(recorded[0].contains("sums.txt,sha256:"), "{recorded:?}");
    place.alter("letters/large.bin", |octets| octets[600_000] ^= 4);
    let damaged = place.fonds("bundle letters -o damaged.zip --checksums sums.txt");
    damaged.ends(1).says("data/large.bin: expected sha512 ").says("by sums.txt");
    place.file("no-list.txt", "Dear all,\n");
    place.file("of-others.txt", format!("{}  photos/1.jpg\n", "0f".repeat(32)));
    for (list, why) in [
        ("no-list.txt", "expected lines such as"),
        ("none.txt", "No such file"),
        ("letters", "no file"),
        ("of-others.txt", "expected paths of these documents, found none in 1 lines, such as `photos/1.jpg`"),
    ] {
        let outcome = place.fonds(&format!("bundle letters -o no.zip --checksums {list}"));
        refused(&outcome, &place, "no.zip", why);
    }
    assert!(!place.at("damaged.zip").exists());
}

#[test]
fn descriptions_from_a_list_stand_in_the_sheet() {
    let place = Place::new();
    trees::letters(&place);
    place
        .file("letters/page.html", "<!DOCTYPE html><title>A page</title><p>Text of a page that says little.");
    place.file(
        "list.csv",
        "path;title;date_created;notes\r\npage.html;A tide table;1988-07~;'=torn\r\ndata/sub/c.txt;;;\"of; Ines\"\r\n",
    );
    let packed = place.fonds(&format!("bundle letters -o out.zip --describe list.csv {AT}"));
    packed.ends(0).says("described  2 documents by the list");
    place.fonds("verify out.zip").ends(0).says("CONSISTENT");
    place.fonds("extract out.zip out").ends(0);
    let sheet = place.text("out/metadata/manifest.csv");
    let row = sheet.lines().find(|line| line.contains("data/page.html")).unwrap();
    assert!(
        row.contains(",A tide table,") && row.contains(",1988-07~,") && row.ends_with(",'=torn"),
        "{row}"
    );
    assert!(row.contains("title: list; date_created: list; notes: list"), "{row}");
    assert!(
        sheet.lines().any(|line| line.contains("data/sub/c.txt") && line.ends_with(",of; Ines")),
        "{sheet}"
    );
    place.file("bad.csv", "path,title,date_published\nnone.txt,x,\na.txt,x,July\n./a.txt,y,\n");
    let refusal = place.fonds("bundle letters -o no.zip --describe bad.csv");
    refused(&refusal, &place, "no.zip", "row 3: the date_published `July` is no date in EDTF");
    refusal
        .remarks("row 2: expected the path of a document")
        .remarks("row 4: `./a.txt` is described by row 3 already");
}

#[test]
fn an_archive_that_changes_meanwhile_is_noticed() {
    let place = Place::new();
    trees::many(&place, "many", 3000);
    made(&place, "tar cf many.tar many");
    let mut underway = place.run("bundle many.tar -o out.zip --threads 1").begin();
    while underway.is_running() && !underway.holds("many.tar") {}
    place.alter("many.tar", |octets| octets[600] ^= 1);
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
