//! The tree of the seal against vectors that others made: those of `fixtures/seal`, which a program in
//! another language computed by the book, the one of the design, and proofs of transparency logs.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use provenance::seal::disclosure::{Opened, parse_opened, parse_proof, prove, write_opened, write_proof};
use provenance::seal::hash::{leaf, root_of};
use provenance::seal::multiproof::root_from;
use provenance::seal::{Fingerprint, Hash, Kind, Record, Root, Seed, Tree};
use serde_json::Value;
use std::fs;
use std::path::{Path, PathBuf};

fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn json(path: &Path) -> Value {
    serde_json::from_slice(&fs::read(path).unwrap()).unwrap()
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap()
}

fn number(value: &Value) -> usize {
    usize::try_from(value.as_u64().unwrap()).unwrap()
}

fn hex(digits: &str) -> Vec<u8> {
    (0..digits.len()).step_by(2).map(|at| u8::from_str_radix(&digits[at..at + 2], 16).unwrap()).collect()
}

fn hash(value: &Value) -> Hash {
    hex(value.as_str().unwrap()).try_into().unwrap()
}

fn hashes(value: &Value) -> Vec<Hash> {
    value.as_array().unwrap().iter().map(hash).collect()
}

fn seed(value: &Value) -> Seed {
    Seed::parse(format!("{}\n", text(value, "seed")).as_bytes()).unwrap()
}

fn record(value: &Value) -> Record<'_> {
    let record =
        Record::of_file(text(value, "path"), value["size"].as_u64().unwrap(), hash(&value["sha256"]));
    assert_eq!(record.kind.word(), text(value, "kind"));
    record
}

fn records(vector: &Value) -> Vec<Record<'_>> {
    vector["records"].as_array().unwrap().iter().map(record).collect()
}

/// The leaves that a disclosure of a vector opens.
fn opened(disclosure: &Value, records: &[Record<'_>]) -> Vec<Opened> {
    let opened = |one: &Value| {
        let Record { kind, path, size_octets, sha256 } = records[number(&one["record"])];
        let index = one["index"].as_u64().unwrap();
        Opened { index, salt: hash(&one["salt"]), kind, path: path.into(), size_octets, sha256 }
    };
    disclosure["opened"].as_array().unwrap().iter().map(opened).collect()
}

fn vectors() -> Vec<(PathBuf, Value)> {
    let paths = fs::read_dir(here("../../fixtures/seal")).unwrap().map(|item| item.unwrap().path());
    let ours = paths.filter(|path| path.to_str().unwrap().ends_with("_records.json"));
    ours.map(|path| (path.clone(), json(&path))).collect()
}

#[test]
fn leaves_roots_and_fingerprints_are_those_of_the_vectors() {
    let vectors = vectors();
    assert_eq!(vectors.len(), 4, "0, 1, 3 and 13 records");
    for (path, vector) in &vectors {
        let name = path.display();
        let records = records(vector);
        for (record, listed) in records.iter().zip(vector["records"].as_array().unwrap()) {
            let mut encoded = Vec::new();
            record.encode(&mut encoded);
            assert_eq!(encoded, hex(text(listed, "encoded")), "{name}: {}", record.path);
            assert_eq!(Record::decode(&encoded), Ok(*record));
        }
        let seed = seed(vector);
        let salts = seed.salts();
        let made: Vec<Hash> = (0..vector["size"].as_u64().unwrap()).map(|j| salts.of(j)).collect();
        assert_eq!(made, hashes(&vector["salts"]), "{name}");
        let tree = Tree::grow(&seed, records.iter().copied());
        assert_eq!(tree.leaves(), hashes(&vector["leaves"]), "{name}");
        let root = Root { bundle: text(vector, "bundle").into(), size: tree.size(), hash: tree.root() };
        assert_eq!(root.text(), text(vector, "root_txt"), "{name}");
        assert_eq!(Root::parse(root.text().as_bytes()), Ok(root.clone()));
        assert_eq!(root.fingerprint().to_string(), text(vector, "fingerprint"), "{name}");
        assert_eq!(Fingerprint::of(text(vector, "root_txt").as_bytes()), root.fingerprint());
        let derived = Seed::derived(records.iter().copied());
        assert_eq!(derived.text().as_bytes(), format!("{}\n", text(vector, "derived_seed")).as_bytes());
    }
}

#[test]
fn disclosures_are_those_of_the_vectors() {
    let mut proved = 0;
    for (path, vector) in vectors() {
        let root = Root::parse(text(&vector, "root_txt").as_bytes()).unwrap();
        let records = records(&vector);
        let tree = Tree::grow(&seed(&vector), records.iter().copied());
        for disclosure in vector["disclosures"].as_array().unwrap() {
            let opened = opened(disclosure, &records);
            for (one, listed) in opened.iter().zip(disclosure["opened"].as_array().unwrap()) {
                assert_eq!(tree.leaves()[usize::try_from(one.index).unwrap()], hash(&listed["leaf"]));
            }
            let indices: Vec<u64> = opened.iter().map(|one| one.index).collect();
            let nodes = hashes(&disclosure["proof"]);
            assert_eq!(tree.proof(&indices), nodes, "{}: {indices:?}", path.display());
            assert_eq!(prove(&root, &opened, &nodes), Ok(disclosure["withheld"].as_u64().unwrap()));
            let (opened_text, proof_text) = (text(disclosure, "opened_txt"), text(disclosure, "proof_txt"));
            assert_eq!(
                (write_opened(&opened).as_str(), write_proof(&nodes).as_str()),
                (opened_text, proof_text)
            );
            assert_eq!(parse_opened(opened_text.as_bytes()), Ok(opened));
            assert_eq!(parse_proof(proof_text.as_bytes()), Ok(nodes));
            proved += 1;
        }
    }
    assert_eq!(proved, 14);
}

#[test]
fn every_flipped_bit_of_a_disclosure_is_refused() {
    let vector = json(&here("../../fixtures/seal/3_records.json"));
    let root = Root::parse(text(&vector, "root_txt").as_bytes()).unwrap();
    let disclosure = &vector["disclosures"][3];
    let (opened, nodes) = (opened(disclosure, &records(&vector)), hashes(&disclosure["proof"]));
    assert!(opened.iter().any(|one| one.kind == Kind::Payload) && !nodes.is_empty());
    let texts = [root.text(), write_opened(&opened), write_proof(&nodes)].map(String::into_bytes);
    let is_proved = |texts: &[Vec<u8>; 3]| {
        let Ok(found) = Root::parse(&texts[0]) else { return false };
        // The name says nothing of the tree; signatures and the fingerprint are over all octets.
        let is_same = found.fingerprint() == root.fingerprint();
        match (parse_opened(&texts[1]), parse_proof(&texts[2])) {
            (Ok(opened), Ok(nodes)) => is_same && prove(&found, &opened, &nodes).is_ok(),
            _ => false,
        }
    };
    assert!(is_proved(&texts));
    for file in 0..3 {
        for bit in 0..8 * texts[file].len() {
            let mut changed = texts.clone();
            changed[file][bit / 8] ^= 1 << (bit % 8);
            assert!(!is_proved(&changed), "bit {bit} of text {file}");
        }
    }
}

/// The vector of the design's prototype. Its records have the kind `item`, and how it fills the tree up
/// is not told; leaves, tree and proof are those of the seal.
#[test]
fn the_prototype_comes_to_the_same() {
    let vector = json(&here("../../fixtures/seal/prototype.json"));
    let leaves = hashes(&vector["leaves"]);
    let stated = text(&vector, "header").split("root ").nth(1).unwrap().trim();
    let root: Hash = hex(stated).try_into().unwrap();
    assert_eq!(root_of(&leaves), root);
    let field = |octets: &[u8]| [&(octets.len() as u64).to_be_bytes(), octets].concat();
    let salts = seed(&vector).salts();
    for (j, item) in (0..).zip(vector["items"].as_array().unwrap()) {
        let size = item[1].as_u64().unwrap().to_be_bytes();
        let fields: [&[u8]; 4] = [b"item", item[0].as_str().unwrap().as_bytes(), &size, &hash(&item[2])];
        let encoded: Vec<u8> = fields.into_iter().flat_map(field).collect();
        assert!(leaves.contains(&leaf(&salts.of(j), &encoded)), "item {j}");
    }
    let opened =
        |one: &Value| (one[0].as_u64().unwrap(), leaf(&hash(&one[1]), &hex(one[2].as_str().unwrap())));
    let opened: Vec<(u64, Hash)> =
        vector["redacted"]["open"].as_array().unwrap().iter().map(opened).collect();
    let nodes = hashes(&vector["redacted"]["nodes"]);
    assert_eq!((opened.len(), nodes.len()), (8, 4));
    assert_eq!(root_from(16, &opened, &nodes), Ok(root));
}

/// A proof of RFC 9162 §2.1.3 runs from the leaf up; ours from left to right. `None` where the standard
/// refuses its length.
fn left_to_right(index: u64, size: u64, proof: &[Hash]) -> Option<Vec<Hash>> {
    if index >= size {
        return None;
    }
    let (mut left, mut right, mut rest) = (Vec::new(), Vec::new(), proof.iter());
    let (mut at, mut last) = (index, size - 1);
    while last > 0 {
        if at % 2 == 1 {
            left.push(*rest.next()?);
        } else if at < last {
            right.push(*rest.next()?);
        }
        (at, last) = (at / 2, last / 2);
    }
    left.reverse();
    left.extend(right);
    left.extend(rest);
    Some(left)
}

#[test]
fn proofs_of_transparency_logs_are_judged_alike() {
    let folder = here("../../../shared/corpora/rfc6962-merkle-proofs/inclusion");
    if !folder.is_dir() {
        println!("passed over: the corpus `rfc6962-merkle-proofs` is not at hand");
        return;
    }
    let (mut good, mut bad) = (0, 0);
    let mut waiting = vec![folder];
    while let Some(path) = waiting.pop() {
        if path.is_dir() {
            waiting.extend(fs::read_dir(path).unwrap().map(|item| item.unwrap().path()));
            continue;
        }
        let case = json(&path);
        let octets = |value: &Value| base64(value.as_str().unwrap_or_default());
        let proof: Option<Vec<Hash>> =
            case["proof"].as_array().into_iter().flatten().map(|one| octets(one).try_into().ok()).collect();
        let (index, size) = (case["leafIdx"].as_u64().unwrap(), case["treeSize"].as_u64().unwrap());
        let root = proof.zip(octets(&case["leafHash"]).try_into().ok()).and_then(|(proof, leaf)| {
            let nodes = left_to_right(index, size, &proof)?;
            root_from(size, &[(index, leaf)], &nodes).ok()
        });
        let is_proved = root.is_some_and(|root| root.as_slice() == octets(&case["root"]));
        assert_eq!(is_proved, !case["wantErr"].as_bool().unwrap(), "{}", path.display());
        *(if is_proved { &mut good } else { &mut bad }) += 1;
    }
    assert!(good >= 5 && bad >= 80, "{good} good and {bad} bad proofs");
}

fn base64(text: &str) -> Vec<u8> {
    const LETTERS: &str = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let (mut octets, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for letter in text.trim_end_matches('=').chars() {
        bits = bits << 6 | u32::try_from(LETTERS.find(letter).unwrap()).unwrap();
        held += 6;
        if held >= 8 {
            held -= 8;
            octets.push(u8::try_from(bits >> held & 0xFF).unwrap());
        }
    }
    octets
}
