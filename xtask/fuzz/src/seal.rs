//! The texts of a seal and of a disclosure, and records.

use provenance::name::is_harmless;
use provenance::seal::disclosure::{
    DisclosureFault, Opened, parse_opened, parse_proof, prove, write_opened, write_proof,
};
use provenance::seal::hash::leaf;
use provenance::seal::multiproof::root_from;
use provenance::seal::{Record, Root, Seed};

/// A root, seed, list of opened leaves, proof or record: what is read has one spelling, whatever is said
/// of the rest is harmless, and nothing passes for a proof of another root.
pub fn seal(octets: &[u8]) {
    match Root::parse(octets) {
        Ok(root) => assert_eq!(root.text().as_bytes(), octets),
        Err(fault) => assert!(is_harmless(&fault.to_string())),
    }
    if let Ok(seed) = Seed::parse(octets) {
        assert_eq!(seed.text().as_bytes(), octets);
    }
    if let Ok(record) = Record::decode(octets) {
        let mut again = Vec::new();
        record.encode(&mut again);
        assert_eq!(again, octets);
        assert_eq!(record.check(), Ok(()));
    }
    let nodes = parse_proof(octets).unwrap_or_default();
    if !nodes.is_empty() {
        assert_eq!(write_proof(&nodes).as_bytes(), octets);
    }
    match parse_opened(octets) {
        Ok(opened) => {
            assert_eq!(write_opened(&opened).as_bytes(), octets);
            proves_no_other_root(&opened);
        }
        Err(fault) => assert!(is_harmless(&fault.to_string()), "{fault}"),
    }
    for size in [0, 1, 4, 1 << 20, 1 << 63] {
        let is_one = root_from(size, &[], &nodes).is_ok();
        assert_eq!(is_one, if size == 0 { nodes.is_empty() } else { nodes.len() == 1 });
    }
}

/// Whatever the leaves, each change of the root that they lead to is refused.
fn proves_no_other_root(opened: &[Opened]) {
    let mut encoded = Vec::new();
    let leaves: Vec<_> = opened
        .iter()
        .map(|one| {
            encoded.clear();
            one.record().encode(&mut encoded);
            (one.index, leaf(&one.salt, &encoded))
        })
        .collect();
    for depth in [0, 1, 4, 20, 63] {
        let size = 1 << depth;
        let nodes: Vec<_> = (0..64 * (1 + opened.len())).map(|_| [7; 32]).collect();
        // As many nodes as it needs, if there is such a number.
        let Some((hash, needed)) =
            (0..nodes.len()).find_map(|count| Some((root_from(size, &leaves, &nodes[..count]).ok()?, count)))
        else {
            continue;
        };
        let mut root = Root { bundle: String::new(), size, hash };
        let is_proved = prove(&root, opened, &nodes[..needed]);
        assert!(
            is_proved.is_ok() || matches!(is_proved, Err(DisclosureFault::Salt | DisclosureFault::Path(_)))
        );
        root.hash[0] ^= 1;
        assert!(prove(&root, opened, &nodes[..needed]).is_err());
    }
}
