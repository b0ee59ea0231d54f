//! Which files are looked at: by their names alone, so that a folder of anything else costs nothing.

/// A kind of container that a name promises; content decides whether it is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Warc,
    Wacz,
    /// One mail.
    Mail,
    /// Mails one after the other, each behind a `From ` line (RFC 4155).
    Mailbox,
}

/// Folders of mail programs, which keep each in a file of that name.
const MAILBOXES: [&[u8]; 12] = [
    b"mbox",
    b"inbox",
    b"outbox",
    b"sent",
    b"sent items",
    b"drafts",
    b"trash",
    b"junk",
    b"spam",
    b"archive",
    b"archives",
    b"templates",
];

impl Kind {
    /// The kind that `name` promises. Of names without an extension these are mailboxes: the usual ones, and
    /// those beside which `has_sibling` knows the index of Thunderbird (`NAME.msf`).
    pub(crate) fn asked(name: &[u8], has_sibling: impl Fn(&[u8]) -> bool) -> Option<Self> {
        let ends = |extension: &str| {
            name.len() > extension.len()
                && name[name.len() - extension.len()..].eq_ignore_ascii_case(extension.as_bytes())
        };
        if ends(".warc") || ends(".warc.gz") {
            Some(Self::Warc)
        } else if ends(".wacz") {
            Some(Self::Wacz)
        } else if ends(".eml") {
            Some(Self::Mail)
        } else if ends(".mbox") || ends(".mbx") || is_mailbox_of_program(name, has_sibling) {
            Some(Self::Mailbox)
        } else {
            None
        }
    }
}

/// Whether a mail program would call a mailbox so.
fn is_mailbox_of_program(name: &[u8], has_sibling: impl Fn(&[u8]) -> bool) -> bool {
    !name.contains(&b'.')
        && (MAILBOXES.iter().any(|usual| usual.eq_ignore_ascii_case(name))
            || has_sibling(&[name, b".msf"].concat()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_ask_to_be_looked_at() {
        let asked = |name: &str| Kind::asked(name.as_bytes(), |sibling| sibling == b"Lists.msf");
        for (name, kind) in [
            ("a.warc", Some(Kind::Warc)),
            ("A.WARC.GZ", Some(Kind::Warc)),
            ("a.gz", None),
            (".warc", None),
            ("a.wacz", Some(Kind::Wacz)),
            ("نامه.EML", Some(Kind::Mail)),
            ("all.mbox", Some(Kind::Mailbox)),
            ("Inbox", Some(Kind::Mailbox)),
            ("Lists", Some(Kind::Mailbox)),
            ("README", None),
            ("a.txt", None),
            ("", None),
        ] {
            assert_eq!(asked(name), kind, "{name}");
        }
    }
}
