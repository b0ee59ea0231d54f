//! Findings: what is wrong with a bag, each with a code that never changes its meaning.
//!
//! `crates/export/FORMAT.md` has a row for each code. A code without a row there, or a row without
//! a code, fails the tests.

use crate::{Severity, Verdict};
use std::sync::Arc;

/// A kind of finding.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `E` or `W` and three digits.
    pub id: &'static str,
    /// The best verdict that a bag with such a finding can have.
    pub verdict: Verdict,
    /// The clause that asks for what was not found.
    pub clause: &'static str,
    /// What to do about it.
    pub hint: &'static str,
}

impl Code {
    /// How much it weighs: what its verdict weighs.
    #[must_use]
    pub const fn severity(&self) -> Severity {
        self.verdict.severity()
    }
}

/// One finding. A bag may have very many: paths are boxed, and equal messages may be shared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// What kind.
    pub code: &'static Code,
    /// Path inside the bag, or empty where the bag as a whole is meant.
    pub path: Box<str>,
    /// One sentence: what was expected and what was found.
    pub message: Arc<str>,
}

impl Finding {
    /// A finding about one path.
    #[must_use]
    pub fn new(code: &'static Code, path: impl Into<Box<str>>, message: impl Into<Arc<str>>) -> Self {
        Self { code, path: path.into(), message: message.into() }
    }
}

/// Declares codes, one to a line: name, verdict, clause and hint; and the list `CODES` of them.
#[macro_export]
macro_rules! codes {
    ($($name:ident $verdict:ident $clause:literal $hint:literal;)*) => {
        $(
            #[doc = concat!("Finding ", stringify!($name), " (", $clause, ").")]
            pub static $name: $crate::Code = $crate::Code {
                id: stringify!($name),
                verdict: $crate::Verdict::$verdict,
                clause: $clause,
                hint: $hint,
            };
        )*
        /// Every code of this crate.
        pub static CODES: &[&$crate::Code] = &[$(&$name),*];
    };
}

codes! {
    E101 Unreadable "FORMAT §ZIP" "get another copy; this file is damaged or cut short";
    E102 Unsafe "FORMAT §ZIP" "get another copy, and do not unpack this one; if you zipped it anew yourself, verify the folder instead";
    E103 Unsafe "APPNOTE 4.3" "get another copy; two programs may read two different contents out of this one";
    E104 Altered "APPNOTE 4.4.7" "get another copy, or a copy of this file";
    E105 Unsafe "FORMAT §Names" "do not unpack it; ask the sender for a bag with plain names";
    E106 Unsafe "FORMAT §Names" "do not unpack it; ask the sender for a bag without links and devices";
    E107 Altered "FORMAT §ZIP" "ask the sender for an archive that holds one bag and nothing else";
    E108 Unreadable "RFC 8493 §3" "check the disk and the permissions, or get another copy of this file";
    E109 Unsafe "FORMAT §Names" "do not unpack it; one of the two would overwrite the other";
    W112 Consistent "FORMAT §TAR" "nothing needs to be done here: all that the manifests list is there; but ask the sender if the archive was cut short";
    W115 Consistent "RFC 8493 §6.1.1" "unpack it on a system that tells such names apart, or one file will replace the other";
    W116 Consistent "RFC 8493 §6.1.2" "unpack it on a system that can keep this name, or ask the sender for plain names";
    W117 Consistent "RFC 8493 §6.1" "nothing needs to be done here, but a system may change or delete this file without asking, and the bag with it";
    E110 Unsafe "FORMAT §Findings" "get another copy and do not unpack this one; if it is genuine, unpack it where there is room, and verify the directory";
    E111 Unsafe "FORMAT §Findings" "get another copy; other programs pass over these octets, or find another archive in them";
    W113 Consistent "FORMAT §Findings" "nothing needs to be done here; unpack it into a directory of its own";
    W118 Consistent "FORMAT §Other people's ZIPs" "nothing needs to be done here, but other programs may unpack these files under other names";
    E201 Unreadable "RFC 8493 §2.1.1" "check that this is a bag; every bag has this file";
    E202 Unreadable "RFC 8493 §2.1.1" "ask the sender; the file must have two lines, BagIt-Version and Tag-File-Character-Encoding";
    W203 Incomplete "RFC 8493 §2.1.1" "use a newer fonds, or a tool for that version";
    E204 Altered "RFC 8493 §2.1.2" "ask the sender for a complete bag";
    E205 Unreadable "RFC 8493 §2.1.3" "ask the sender for a complete bag; without a manifest nothing can be checked";
    W206 Incomplete "RFC 8493 §2.4" "use a tool that knows this algorithm";
    W207 Weak "RFC 8493 §2.4" "add a manifest by sha256 or sha512; these digests can be forged";
    W208 Incomplete "RFC 8493 §2.3" "use a newer fonds, or a tool that knows this encoding";
    E209 Altered "RFC 8493 §2.2.2" "ask the sender; each line must be `Label: value`";
    E210 Altered "RFC 8493 §2.3" "ask the sender; remove the byte order mark";
    W211 Incomplete "RFC 8493 §2.2.3" "fetch the missing files from where they are kept, then verify again";
    W212 Incomplete "FORMAT §ZIP" "unpack the archive with the program that made it, and verify the directory";
    W213 Consistent "RFC 8493 §2.1.1" "nothing needs to be done here, but stricter tools will refuse this bag";
    W214 Consistent "RFC 8493 §2.2.2" "ask the sender which of the values is meant";
    E215 Altered "RFC 8493 §2.3" "ask the sender in which encoding the tag files were written; bagit.txt must name it";
    E216 Altered "RFC 8493 §2.1.3" "compare the two manifests; a bag has one for each algorithm";
    W217 Incomplete "FORMAT §Bags of others" "check this manifest with sha512sum or another tool of its algorithm";
    E301 Altered "RFC 8493 §2.1.3" "compare this line with an earlier copy of the bag";
    E302 Altered "RFC 8493 §2.1.3" "compare this manifest with an earlier copy of the bag";
    E303 Unsafe "RFC 8493 §2.1.3" "compare this manifest with an earlier copy of the bag";
    E304 Altered "RFC 8493 §2.2.1" "compare this tag manifest with an earlier copy of the bag";
    E305 Altered "RFC 8493 §2.2.1" "compare this tag manifest with an earlier copy of the bag";
    W306 Consistent "RFC 8493 §6.1.3" "nothing needs to be done here, but stricter tools will refuse this line";
    E307 Altered "RFC 8493 §2.1.3" "compare this manifest with an earlier copy of the bag; it lists payload files only";
    W308 Consistent "RFC 8493 §2.1.3" "nothing needs to be done here, but the rules of BagIt 1.0 forbid it";
    W309 Consistent "RFC 8493 §6.1.1" "nothing needs to be done here, but tools that compare names octet by octet will miss this file";
    E401 Altered "RFC 8493 §3" "look for the file in another copy of the bag";
    E402 Altered "RFC 8493 §3" "find out who added the file; it was not in the bag when it was made";
    E403 Altered "RFC 8493 §3" "take this file from another copy of the bag; it is not what was packed";
    E404 Altered "RFC 8493 §2.2.2" "look at the missing, extra and altered files listed here";
    E405 Altered "RFC 8493 §2.2.2" "ask the sender; the form is OctetCount.StreamCount, once";
    W406 Consistent "RFC 8493 §2.2.1" "do not rely on this file; a change to it could not be noticed";
    W407 Consistent "RFC 8493 §2.2.1" "do not rely on the bag's description; only its payload is protected";
    W408 Consistent "RFC 8493 §2.2.1" "nothing needs to be done here; the tag manifest that is there was checked";
    W409 Consistent "RFC 8493 §2.2.1" "nothing needs to be done here; the tag manifests that list the file agree with it";
    E601 Altered "RFC 8493 §2.2.3" "ask the sender; each line must be `url length filepath`, with a number or `-` as length";
    E602 Unsafe "RFC 8493 §5.1" "do not let any program complete this bag; a file would be written outside of it";
    E603 Altered "RFC 8493 §2.2.3" "ask the sender; only files below data/ can be fetched";
    E604 Altered "RFC 8493 §2.2.3" "ask the sender for complete manifests; nothing could check what is fetched";
    E605 Altered "RFC 8493 §2.2.3" "ask the sender which of the lines is right";
    E606 Altered "RFC 8493 §2.2.3" "ask the sender for a complete URL, with everything unusual in it percent-encoded";
    E607 Unsafe "RFC 8493 §5.2" "do not let any program complete this bag; ask the sender where the file is published";
    W608 Consistent "RFC 8493 §2.2.3" "fetch the file with the program that this kind of address needs";
    E609 Altered "RFC 8493 §2.2.3" "find out which is right: the file, or the length in fetch.txt";
    W610 Consistent "RFC 8493 §2.2.3" "nothing needs to be fetched; the line can be taken out when the bag is made anew";
    E701 Altered "BagIt Profiles §Bag-Info" "ask the sender to describe the bag as the profile asks";
    E702 Altered "BagIt Profiles §Bag-Info" "ask the sender for one of the values that the profile accepts";
    E703 Altered "BagIt Profiles §Bag-Info" "ask the sender which of the values is meant";
    E704 Altered "BagIt Profiles §Manifests-Required" "ask the sender for a bag with this manifest";
    E705 Altered "BagIt Profiles §Manifests-Allowed" "ask the sender for a bag without this manifest";
    E706 Altered "BagIt Profiles §Tag-Manifests-Required, §Tag-Manifests-Allowed" "ask the sender for a bag with the tag manifests of the profile";
    E707 Altered "BagIt Profiles §Allow-Fetch.txt, §Fetch.txt-Required" "ask the sender for a bag with all files in it, or for the fetch file, as the profile asks";
    E708 Altered "BagIt Profiles §Serialization, §Accept-Serialization" "ask the sender for a bag in the form that the profile accepts";
    E709 Altered "BagIt Profiles §Accept-BagIt-Version" "ask the sender for a bag of a version that the profile accepts";
    E710 Altered "BagIt Profiles §Tag-Files-Required" "ask the sender for a bag with this file";
    E711 Altered "BagIt Profiles §Tag-Files-Allowed" "ask the sender for a bag without this file";
    E712 Altered "BagIt Profiles §Payload-Files-Required, §Payload-Files-Allowed, §Data-Empty" "ask the sender for a bag with the payload that the profile describes";
    W713 Consistent "BagIt Profiles §Bag-Info" "nothing needs to be done here, but the archive would like to know";
    W714 Consistent "BagIt Profiles §BagIt-Profile-Identifier" "make sure that this is the profile that was agreed upon";
    E715 Altered "BagIt Profiles §BagIt-Profile-Identifier" "ask the sender which profile the bag is meant to keep";
}
