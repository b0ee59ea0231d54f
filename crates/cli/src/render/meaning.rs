//! What each verdict means, for a reader who is no programmer: as data, and nothing else.
//!
//! Sentences are short and plain: they are read by people whose first language is not English, and in
//! the moment in which something is wrong.

use crate::answer::Answer;
use bagit::Verdict;

/// The rest of the line on which a verdict stands.
pub(super) fn meaning(answer: &Answer) -> &'static str {
    match answer.verdict {
        None => "no verdict was reached",
        Some(Verdict::Verified) => "every file is there, every digest agrees, and the seal vouches for it",
        Some(Verdict::Consistent) => "every file is there, and every digest agrees",
        Some(Verdict::Weak) => "every digest agrees, but these digests can be forged",
        Some(Verdict::Incomplete) => "what could be checked agrees, but not all could be checked",
        Some(Verdict::Unreadable) => "it, or a part of it, cannot be read",
        Some(Verdict::Altered) if answer.breaks_only_its_profile() => {
            "every file agrees with its manifests; what is missing is what the profile asks for"
        }
        Some(Verdict::Altered) => "it is not what was packed, or was never packed rightly",
        Some(Verdict::Unsafe) => "it may harm who unpacks it, or show two readers two different things",
    }
}

/// What it means, what to do next, and what it does not prove; in lines of at most 80 characters.
pub(super) fn paragraph(answer: &Answer) -> &'static [&'static str] {
    match answer.verdict {
        None => NOT_EXAMINED,
        Some(Verdict::Altered) if answer.breaks_only_its_profile() => PROFILE_BROKEN,
        Some(Verdict::Verified) if answer.disclosure.is_some() => VERIFIED_PART,
        Some(verdict) => of_verdict(verdict),
    }
}

fn of_verdict(verdict: Verdict) -> &'static [&'static str] {
    match verdict {
        Verdict::Verified => VERIFIED,
        Verdict::Consistent => CONSISTENT,
        Verdict::Weak => WEAK,
        Verdict::Incomplete => INCOMPLETE,
        Verdict::Unreadable => UNREADABLE,
        Verdict::Altered => ALTERED,
        Verdict::Unsafe => UNSAFE,
    }
}

const VERIFIED: &[&str] = &[
    "VERIFIED means: every file is here and unchanged, and the one whose seal you trust",
    "has sealed it. You can work with it.",
    "It does not prove that the documents are true, or that nothing was left out",
    "before it was packed.",
];

const VERIFIED_PART: &[&str] = &[
    "VERIFIED means: every document here is, octet for octet, one of those that the one",
    "whose seal you trust has sealed. You can work with it.",
    "It does not prove what is in the documents that were withheld, that these are true,",
    "or what the sheets and events say: those are of whoever made this disclosure.",
];

const CONSISTENT: &[&str] = &[
    "CONSISTENT means: every file on the lists of this bag is here, and every digest",
    "agrees. You can work with it.",
    "It does not prove who made the bag, or when, or that the documents are true, or",
    "that nothing was left out. Whoever changes a file and all the lists leaves no",
    "trace here. So compare the digest of a manifest with one that was kept elsewhere.",
];

const WEAK: &[&str] = &[
    "WEAK means: every file agrees with the lists of this bag, but the lists use old",
    "digests. Damage by accident would have been noticed. A change on purpose may not.",
    "Ask the sender for a bag with sha256 or sha512.",
    "It does not prove who made the bag, or when, or that the documents are true, or",
    "that nothing was left out.",
];

const INCOMPLETE: &[&str] = &[
    "INCOMPLETE means: nothing wrong was found, but a part is not here or could not be",
    "checked. Do not rely on that part. The list above says which it is, and what to do.",
    "What was checked does not prove who made the bag, or when, or that the documents",
    "are true.",
];

const UNREADABLE: &[&str] = &[
    "UNREADABLE means: this is no bag, or it or a part of it cannot be read. A damaged",
    "disk or a copy that broke off is the usual cause; it need not be anybody's fault.",
    "Keep this copy as it is, change nothing in it, and get another copy.",
];

const ALTERED: &[&str] = &[
    "ALTERED means: something is missing, added or changed since the bag was made, or",
    "the bag was never made rightly. It does not say whether by accident or on purpose.",
    "Keep this copy as it is, and write down where it came from. Compare it with another",
    "copy, and do not rely on it before you know what happened.",
];

const PROFILE_BROKEN: &[&str] = &[
    "ALTERED here means: every file agrees with the lists of this bag. Nothing was lost",
    "or changed. But the bag does not have all that its profile asks for, so that it is",
    "not the kind of bag that was agreed on. Ask the sender to complete it.",
    "It does not prove who made the bag, or when, or that the documents are true.",
];

const UNSAFE: &[&str] = &[
    "UNSAFE means: do not unpack or open this. It may write outside its folder, or show",
    "one reader other documents than another. A broken program can make such a bag; so",
    "can somebody who means harm. Keep it apart, tell whoever looks after your computers,",
    "and ask the sender on another way whether it is theirs.",
];

const NOT_EXAMINED: &[&str] = &[
    "Not examined means: fonds could not look at it, and says nothing about it, neither",
    "good nor bad. See the reason above, mend it, and verify again.",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_are_short_and_name_their_verdict() {
        for verdict in Verdict::ALL {
            assert!(of_verdict(verdict)[0].starts_with(verdict.word()));
            if verdict.is_sound() {
                assert!(of_verdict(verdict).iter().any(|line| line.contains("does not prove")));
            }
        }
        let others = [PROFILE_BROKEN, NOT_EXAMINED, VERIFIED_PART].into_iter();
        for line in Verdict::ALL.into_iter().map(of_verdict).chain(others).flatten() {
            assert!(line.chars().count() <= 85, "{line}");
        }
    }
}
