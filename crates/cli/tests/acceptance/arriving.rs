//! What arrives with documents: bags, lists of checksums, lists of descriptions.

use crate::bundles::{AT, packed_letters};
use crate::deliveries::{delivery, events, made, refused};
use crate::oracle::{Oracle, bagit_validates};
use crate::place::Place;
use crate::trees;

/// `sha256sum` and its kin over everything in a folder.
#[track_caller]
fn summed(place: &Place, folder: &str, program: &str, list: &str) {
    let script = format!(
        "cd {folder} && find . -type f ! -name {list} ! -name .DS_Store -exec {program} {{}} + > {list}"
    );
    made(place, &script);
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
