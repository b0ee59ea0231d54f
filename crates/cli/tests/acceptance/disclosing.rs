//! Disclosures: nothing of what is withheld is in them, and nothing but what was sealed is proved.

use crate::bundles::AT;
use crate::oracle::Oracle;
use crate::place::Place;
use crate::trees::noise;
use std::fs;
use std::path::{Path, PathBuf};

/// Names of what is withheld, and parts of them that no disclosed name has.
const NAMES: [&str; 9] = [
    "parvin",
    "zarrin",
    "testimony-",
    "box.eml",
    "secretplan",
    "kept.html",
    "parvin/testimony-zarrin.bin",
    "testimony-zarrin",
    "data/mail",
];
/// A size that no other file has.
const OCTETS: usize = 77_771;
const WITHHELD: [&str; 4] = [
    "data/parvin/testimony-zarrin.bin",
    "data/mail/box.eml",
    "data/open/kept.html",
    "data/mail/box.eml.parts/01 secretplan.txt",
];

/// A bundle in whose sheets the names of what will be withheld stand in many places.
fn packed() -> Place {
    let place = Place::new();
    place.file("tree/open/letter-1.txt", "an open letter, the first\n");
    place.file("tree/open/letter-2.txt", "an open letter, the second\n");
    place.file("tree/open/kept.html", "<title>Kept page</title><p>words of the page that is withheld</p>");
    place.file("tree/open/kept.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x10\0\0\0\x20");
    place.file("tree/parvin/testimony-zarrin.bin", noise(7, OCTETS));
    place.file(
        "tree/mail/box.eml",
        "From: a@example.org\r\nSubject: plain\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n\
         --b\r\nContent-Type: text/plain\r\n\r\nhello there\r\n--b\r\nContent-Type: text/plain; name=secretplan.txt\r\n\
         Content-Disposition: attachment; filename=secretplan.txt\r\n\r\nthe hidden plan itself\r\n--b--\r\n",
    );
    let id = "item-e37fdb65cfeadc4e"; // that of data/parvin/testimony-zarrin.bin
    place.file(
        "list.csv",
        format!(
            "path,title,derived_from,notes,description\n\
             data/open/letter-1.txt,Letter one,{id},as Zarrin says,\n\
             data/open/letter-2.txt,Letter two,,see parvin/testimony-zarrin.bin,a plain letter\n"
        ),
    );
    place.fonds(&format!("bundle tree -o whole --describe list.csv {AT}")).ends(0);
    let said = place.text("whole/metadata/manifest.csv");
    assert!(said.contains(id) && said.contains("with kept.html") && said.contains("as Zarrin says"));
    place
}

fn part(place: &Place, target: &str) {
    let line = format!("disclose whole --select data/open/* --withhold data/open/kept.html -o {target} {AT}");
    let outcome = place.fonds(&format!("{line} --reason source-protection"));
    outcome.ends(0);
    for blank in [
        "capture of data/open/kept.png",
        "derived_from of data/open/letter-1.txt",
        "notes of data/open/letter-2.txt",
    ] {
        assert!(outcome.err.contains(&format!("left blank: {blank}")), "{}", outcome.err);
    }
}

fn files_below(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(files_below(&path)) } else { files.push(path) }
    }
    files.sort();
    files
}

/// What the manifest of the whole says is the digest of a file.
fn digest(place: &Place, manifest: &str, path: &str) -> String {
    let text = place.text(format!("whole/{manifest}"));
    let line = text.lines().find(|line| line.ends_with(&format!("  {path}")));
    line.unwrap_or_else(|| panic!("{path}")).split_once(' ').unwrap().0.to_owned()
}

fn octets_of(hex: &str) -> Vec<u8> {
    (0..hex.len() / 2).map(|at| u8::from_str_radix(&hex[2 * at..2 * at + 2], 16).unwrap()).collect()
}

fn base64(octets: &[u8]) -> String {
    const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let bits =
        octets.iter().flat_map(|octet| (0..8).rev().map(move |bit| octet >> bit & 1)).collect::<Vec<_>>();
    bits.chunks_exact(6)
        .map(|six| char::from(LETTERS[six.iter().fold(0_usize, |sum, bit| sum << 1 | usize::from(*bit))]))
        .collect()
}

fn holds(hay: &[u8], needle: &[u8]) -> bool {
    hay.windows(needle.len()).any(|window| window == needle)
}

#[test]
fn nothing_withheld_is_in_a_disclosure() {
    let place = packed();
    part(&place, "part.zip");
    place.fonds("extract part.zip out").ends(0);
    let mut scanned: Vec<(String, Vec<u8>)> = files_below(&place.at("out"))
        .into_iter()
        .map(|path| (path.display().to_string(), fs::read(path).unwrap()))
        .collect();
    scanned.push(("part.zip".into(), place.octets("part.zip")));
    assert!(scanned.len() > 15, "{}", scanned.len());

    let mut needles: Vec<Vec<u8>> = Vec::new();
    let mut digests: Vec<String> = Vec::new();
    for path in WITHHELD {
        let octets = place.octets(format!("whole/{path}"));
        needles.extend(octets.windows(16).step_by(7).map(<[u8]>::to_vec).take(400));
        digests.push(digest(&place, "manifest-sha256.txt", path));
        digests.push(digest(&place, "manifest-sha512.txt", path));
    }
    // No old manifest, sheet, ledger or row of it is there, nor named by its digest.
    let old = [
        "bag-info.txt",
        "manifest-sha256.txt",
        "manifest-sha512.txt",
        "metadata/manifest.csv",
        "metadata/events.csv",
    ];
    for path in old {
        digests.push(digest(&place, "tagmanifest-sha256.txt", path));
        digests.push(digest(&place, "tagmanifest-sha512.txt", path));
    }
    let ledger = place.text("whole/metadata/events.csv");
    // The first event has the digest of the header, which is the same in every bundle.
    digests.extend(ledger.lines().skip(2).map(|row| row.rsplit_once(',').unwrap().1.to_owned()));
    digests.push(place.text("whole/seal/seed.txt").trim().to_owned());
    for hex in &digests {
        let raw = octets_of(hex);
        // Without the last digit, which depends on what follows.
        needles.push(base64(&raw).as_bytes()[..20].to_vec());
        needles.extend([hex.clone().into_bytes(), hex.to_uppercase().into_bytes(), raw]);
    }
    needles.extend(WITHHELD.iter().map(|path| path.as_bytes().to_vec()));
    let oxum = place.text("whole/bag-info.txt");
    let oxum = oxum.lines().find_map(|line| line.strip_prefix("Payload-Oxum: ")).unwrap();
    needles.push(oxum.as_bytes().to_vec());
    assert!(needles.len() > 500, "{}", needles.len());
    // What looks finds it in the whole.
    let whole: Vec<Vec<u8>> =
        files_below(&place.at("whole")).iter().map(|path| fs::read(path).unwrap()).collect();
    assert!(needles.iter().filter(|needle| whole.iter().any(|octets| holds(octets, needle))).count() > 400);

    for (path, octets) in &scanned {
        for needle in &needles {
            assert!(!holds(octets, needle), "{path}: {}", String::from_utf8_lossy(needle));
        }
        let lower = octets.to_ascii_lowercase();
        for name in NAMES {
            assert!(!holds(&lower, name.as_bytes()), "{path}: {name}");
        }
        let is_text =
            |path: &str| ["csv", "txt"].iter().any(|kind| path.ends_with(kind)) && !path.contains("/data/");
        assert!(!(is_text(path) && holds(octets, OCTETS.to_string().as_bytes())), "{path}: a size");
    }
    let names: Vec<_> = scanned.iter().map(|(path, _)| path.as_str()).collect();
    assert!(!names.iter().any(|path| path.contains("seed")), "{names:?}");
}

#[test]
fn a_disclosure_is_proved_and_says_how_much_it_withholds() {
    let place = packed();
    part(&place, "part");
    let one = &place.fonds("verify part --format json").ends(0).json()["bags"][0];
    let said = &one["disclosure"];
    assert_eq!(
        (&said["slots"], &said["opened"], &said["withheld"]),
        (&32.into(), &3.into(), &29.into()),
        "{said}"
    );
    assert_eq!(said["withholdings"][0]["reason"], "source-protection");
    place.fonds("verify part").ends(0).says("29 of 32 slots withheld");
    let whole = place.fonds("inspect whole --format json").json();
    assert_eq!(one["fingerprint"], whole["fingerprint"]);
    // The same run gives the same octets.
    part(&place, "other");
    for path in [
        "metadata/manifest.csv",
        "metadata/events.csv",
        "seal/disclosure/opened.txt",
        "seal/disclosure/proof.txt",
    ] {
        assert_eq!(place.octets(format!("part/{path}")), place.octets(format!("other/{path}")), "{path}");
    }
    place.fonds("verify part whole").ends(0).says("part: a disclosure of `whole`: 29 of 32 slots withheld");
    let Some(_) = Oracle::tool("python3") else { return };
    place.shell("python3 -I part/metadata/verify.py part").go().ends(0).says("29 of 32 slots withheld");
}

#[test]
fn disclosures_are_narrowed_and_merged_without_the_seed() {
    let place = packed();
    part(&place, "part.zip");
    place
        .fonds(&format!("disclose part.zip --select data/**/letter-1.txt -o narrow {AT} --reason privacy"))
        .ends(0);
    place.fonds("verify narrow").ends(0).says("31 of 32 slots withheld");
    let statement = place.text("narrow/seal/disclosure/statement.txt");
    assert!(
        statement.contains("withheld 29 source-protection") && statement.contains("withheld 2 privacy"),
        "{statement}"
    );
    place.fonds(&format!("disclose whole --select data/mail/** -o mail {AT}")).ends(0);
    place.fonds(&format!("disclose --merge narrow mail -o union.zip {AT}")).ends(0);
    place.fonds("verify union.zip").ends(0).says("29 of 32 slots withheld, 3 opened");
    place.fonds("extract union.zip union").ends(0);
    assert_eq!(place.octets("union/seal/disclosure/statement-1.txt"), statement.as_bytes());
    // The very proof that the whole gives for the same documents.
    let line = "disclose whole --select data/mail/** --select data/open/letter-1.txt -o direct";
    place.fonds(&format!("{line} {AT}")).ends(0);
    for path in ["opened.txt", "proof.txt"] {
        let path = format!("seal/disclosure/{path}");
        assert_eq!(place.octets(format!("union/{path}")), place.octets(format!("direct/{path}")), "{path}");
    }
    // Of another bundle: another root.
    place.fonds(&format!("bundle tree -o else {AT} --no-describe")).ends(0);
    place.fonds(&format!("disclose else --select data/mail/** -o third {AT}")).ends(0);
    place.fonds(&format!("disclose --merge narrow third -o no {AT}")).ends(2);
    place.fonds(&format!("disclose --merge narrow whole -o no {AT}")).ends(2);
    assert!(!place.at("no").exists());
}

#[test]
fn what_is_refused_leaves_nothing() {
    let place = packed();
    for line in [
        "disclose whole --select data/nothing-* -o no",
        "disclose whole --select data/** --withhold data/nothing-* -o no",
        "disclose whole --select data/** --withhold data/** -o no",
        "disclose whole -o no",
        "disclose whole --select nowhere.csv -o no",
        "disclose whole --select data/** --reason secrecy -o no",
        "disclose tree --select data/** -o no",
    ] {
        assert_ne!(place.fonds(&format!("{line} {AT}")).status, Some(0), "{line}");
        assert!(!place.at("no").exists(), "{line}");
    }
    place.file("sheet.csv", "path\ndata/open/letter-2.txt\n");
    place.fonds(&format!("disclose whole --select sheet.csv -o listed {AT}")).ends(0);
    place.fonds("verify listed").ends(0).says("31 of 32 slots withheld");
    place.alter("whole/data/open/letter-2.txt", |octets| octets[0] ^= 1);
    place.fonds(&format!("disclose whole --select data/open/letter-1.txt -o no {AT}")).ends(1);
    assert!(!place.at("no").exists());
}

/// Its root stands for what is withheld, too: whoever signs it, having seen a part, would vouch for the whole.
#[test]
fn nobody_seals_the_whole_by_a_part_of_it() {
    let place = packed();
    part(&place, "part");
    let Some(_) = Oracle::tool("ssh-keygen") else { return };
    place.shell("ssh-keygen -q -t ed25519 -N '' -f key").go().ends(0);
    let statement = place.octets("part/seal/disclosure/statement.txt");
    let sealed = place.fonds(&format!("seal part --key key {AT}"));
    sealed.ends(2).remarks("expected a whole bundle, found a disclosure").remarks("--key");
    place.fonds(&format!("seal part --timestamp-request part.tsq {AT}")).ends(2);
    assert!(!place.at("part.tsq").exists() && !place.at("part/seal/signatures").exists());
    assert_eq!(place.octets("part/seal/disclosure/statement.txt"), statement);
}

/// Every attack on a disclosure that an insider can make, with manifests that agree.
#[test]
fn no_attack_passes() {
    let place = packed();
    part(&place, "part");
    let Some(oracle) = Oracle::python(include_str!("oracles/attacks_disclosure.py")) else { return };
    let fonds = PathBuf::from(crate::outcome::FONDS);
    println!("{}", oracle.agrees(place.root(), &[fonds, place.at("part"), place.at("whole")]));
}
