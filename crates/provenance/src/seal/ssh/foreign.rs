//! What a file is that is no key of OpenSSH, and how it becomes one.

/// How a file begins, what it is then, and what to do.
const KINDS: [(&str, &str); 14] = [
    ("-----BEGIN OPENSSH PRIVATE KEY-----", "an OpenSSH private key: name the public one, FILE.pub"),
    (
        "PuTTY-User-Key-File-",
        "a key of PuTTY: make an OpenSSH one of it with `puttygen FILE -O private-openssh-new -o NEW`",
    ),
    (
        "---- BEGIN SSH2 PUBLIC KEY ----",
        "a public key in the form of RFC 4716: `ssh-keygen -i -f FILE` makes an OpenSSH one of it",
    ),
    (
        "---- BEGIN SSH2 ENCRYPTED PRIVATE KEY ----",
        "a private key of ssh.com: convert it with the program that made it",
    ),
    (
        "-----BEGIN RSA PRIVATE KEY-----",
        "a PEM private key: `ssh-keygen -p -f COPY` writes a copy of it anew in OpenSSH's form",
    ),
    (
        "-----BEGIN EC PRIVATE KEY-----",
        "a PEM private key: `ssh-keygen -p -f COPY` writes a copy of it anew in OpenSSH's form",
    ),
    (
        "-----BEGIN DSA PRIVATE KEY-----",
        "a DSA key, which is too weak: make another with `ssh-keygen -t ed25519`",
    ),
    (
        "-----BEGIN PRIVATE KEY-----",
        "a PKCS#8 private key: sign with CMS and its certificate, or let `ssh-keygen -p -f COPY` write a copy of it anew",
    ),
    (
        "-----BEGIN ENCRYPTED PRIVATE KEY-----",
        "an encrypted PKCS#8 private key: sign with CMS and its certificate, or let `ssh-keygen -p -f COPY` write a copy of it anew",
    ),
    ("-----BEGIN CERTIFICATE-----", "an X.509 certificate: it goes with CMS signatures"),
    (
        "-----BEGIN PUBLIC KEY-----",
        "a PEM public key: `ssh-keygen -i -m PKCS8 -f FILE` makes an OpenSSH one of it",
    ),
    ("-----BEGIN PGP ", "a file of OpenPGP, which fonds does not sign with"),
    ("-----BEGIN SSH SIGNATURE-----", "an OpenSSH signature and no key"),
    ("SSHKRL\n", "a key revocation list"),
];

/// What some octets are, as words for a message.
pub fn what(octets: &[u8]) -> String {
    let start = octets.trim_ascii_start();
    if start.is_empty() {
        return "nothing: the file is empty".to_owned();
    }
    if let Some((_, what)) = KINDS.iter().find(|(begin, _)| start.starts_with(begin.as_bytes())) {
        return (*what).to_owned();
    }
    if [&b"ssh-"[..], b"ecdsa-sha2-", b"sk-ssh-", b"sk-ecdsa-"].iter().any(|kind| start.starts_with(kind)) {
        return "a public key: name the private one, which has the same name without .pub, \
                or sign with an agent that holds it"
            .to_owned();
    }
    // Never an excerpt: whatever this is, it was handed over as a secret.
    "another sort of file".to_owned()
}
