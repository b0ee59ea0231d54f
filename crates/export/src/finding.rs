//! Findings about what only a bundle of fonds has.
//!
//! `FORMAT.md` beside this crate's manifest has a row for each, as for those of [`bagit::finding`].

bagit::codes! {
    E501 Altered "FORMAT §events.csv" "compare events.csv with an earlier copy of the bundle";
    E502 Altered "FORMAT §manifest.csv" "compare manifest.csv with an earlier copy of the bundle";
    E503 Altered "FORMAT §manifest.csv" "compare manifest.csv and the payload with an earlier copy of the bundle";
    E504 Altered "FORMAT §manifest.csv" "compare manifest.csv and this file with an earlier copy of the bundle";
    E505 Altered "FORMAT §Layout" "get a complete copy of the bundle; every bundle has this file";
    E506 Altered "FORMAT §Manifests" "get another copy; this manifest is not as fonds wrote it";
    W507 Incomplete "FORMAT §Versions" "use a newer fonds";
    E508 Altered "FORMAT §events.csv" "compare events.csv and this file with an earlier copy of the bundle";
    W509 Consistent "FORMAT §Empty folders" "nothing is lost but the folder's name, which events.csv keeps";
    E510 Altered "FORMAT §Layout" "ask the sender for the seal, or for a copy of the bundle that still has it";
    E511 Altered "FORMAT §mentions.csv" "compare mentions.csv with an earlier copy of the bundle";
    E512 Altered "FORMAT §The seal" "compare this file with an earlier copy of the bundle";
    E513 Altered "FORMAT §The seal" "compare the bundle with an earlier copy, and its fingerprint with one kept elsewhere: what was sealed is not what is here";
    E514 Altered "FORMAT §The seal" "ask the sender for the seal, or for a copy of the bundle that still has it";
    E515 Altered "FORMAT §The seal" "get the whole bundle with seal/seed.txt, or a disclosure that was made of it";
    W516 Incomplete "FORMAT §The seal" "use a newer fonds, or metadata/verify.py";
    E521 Altered "FORMAT §The seal" "compare the bundle with an earlier copy: this signature or timestamp was made over something else than what is here";
    E522 Altered "FORMAT §The seal" "take this file from an earlier copy of the bundle, or ask whoever signed for it";
    W523 Incomplete "FORMAT §The seal" "check it with ssh-keygen, openssl or ots; or ask whoever signed to do so again by a stronger algorithm";
    E524 Altered "FORMAT §The seal" "compare seal/events.csv with an earlier copy of the bundle";
    E525 Altered "FORMAT §The seal" "find out who took this signature or timestamp away, and take it from an earlier copy of the bundle";
    W526 Consistent "FORMAT §The seal" "`fonds seal --signature FILE` adds signatures and records them";
    W527 Consistent "FORMAT §The seal" "do not rely on this file; it vouches for nothing, and nothing protects it";
    E530 Altered "FORMAT §The seal" "ask the sender for another copy of the disclosure";
    E531 Altered "FORMAT §The seal" "ask the sender for another copy of the disclosure: what is here is not proved to be of the sealed bundle";
    E532 Altered "FORMAT §The seal" "ask the sender for another copy of the disclosure: this file is not proved to be of the sealed bundle";
    E533 Altered "FORMAT §The seal" "ask the sender for another copy of the disclosure, or of its statement";
    E534 Altered "FORMAT §The seal" "tell the sender at once: whoever has this file can open all that was withheld";
    E540 Altered "FORMAT §Receipts" "keep this copy and the receipt as they are; look for the copy that the receipt was made of, and ask whoever kept this one what was changed";
    W541 Incomplete "FORMAT §Receipts" "look for the receipt of this bundle, or for the bundle of this receipt; a bundle that was given another name is another one";
    W542 Consistent "FORMAT §Receipts" "find out who took signatures or timestamps away, and take them from the copy that the receipt was made of: `fonds seal --signature FILE` puts them back";
}
