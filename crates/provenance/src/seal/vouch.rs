//! What a signature or a timestamp is worth to the person who checks it.

use crate::Timestamp;

/// How something was signed, in the words of the tool that checks it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `ssh-keygen -Y verify` (OpenSSH's PROTOCOL.sshsig).
    OpenSsh,
    /// `openssl cms -verify` (RFC 5652).
    Cms,
    /// `openssl ts -verify` (RFC 3161).
    TimeStamp,
    /// `ots verify` (OpenTimestamps).
    OpenTimestamps,
}

/// Whether whoever checks has a reason to believe the key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Trust {
    /// The file that the person who checks handed over says who this is.
    Known {
        /// The name that stands there: a principal, or the subject of a certificate.
        who: String,
    },
    /// The signature is right, and nothing says whose key it is.
    Unknown,
    /// The key was revoked, and nothing shows that the signature is older.
    Revoked,
    /// The key or certificate was not valid at the time that counts; says when it was.
    OutOfTime(String),
}

/// A signature or timestamp that is right by its octets.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vouching {
    /// How it is checked without us.
    pub scheme: Scheme,
    /// The key as people compare it: `SHA256:…` as `ssh-keygen -l` prints it, or SHA-256 of the certificate in hex.
    pub key: String,
    /// Who it says it is by, as far as the file itself tells: a comment, a subject. Never a reason to believe.
    pub claims: Option<String>,
    /// The time in it. Only that of a timestamp from a known authority is more than claimed.
    pub at: Option<Timestamp>,
    /// Whether there is a reason to believe.
    pub trust: Trust,
}

/// Why a file of the seal says nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Broken {
    /// Not what its name says; says what was expected and found.
    Unreadable(String),
    /// Well formed, and made over other octets or with another key: somebody changed one or the other.
    Mismatch(String),
    /// Well formed and not to be judged here: an algorithm that is too weak or not known; says which.
    Unsupported(String),
}
