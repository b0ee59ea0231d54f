//! An authority of one's own: keys, certificates and timestamps by the command line of OpenSSL.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output};
use tempfile::TempDir;

/// Long enough for every test that asks nothing about time.
pub const ALWAYS: (&str, &str) = ("20000101000000Z", "20900101000000Z");

const CONFIGURATION: &str = "
[ca]
default_ca = here
[here]
dir = .
new_certs_dir = .
database = index.txt
serial = serial
crlnumber = crlnumber
default_md = sha256
default_crl_days = 30
policy = any
unique_subject = no
[any]
organizationName = optional
commonName = supplied
[req]
distinguished_name = names
[names]
[root]
basicConstraints = critical, CA:true
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[narrow]
basicConstraints = critical, CA:true, pathlen:0
keyUsage = critical, keyCertSign, cRLSign
[no_certifier]
basicConstraints = critical, CA:true
keyUsage = critical, digitalSignature
[person]
basicConstraints = CA:false
keyUsage = digitalSignature
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[stamps]
basicConstraints = CA:false
keyUsage = critical, digitalSignature
extendedKeyUsage = critical, timeStamping
[stamps_for_secrets]
basicConstraints = CA:false
keyUsage = critical, keyEncipherment
extendedKeyUsage = critical, timeStamping
[stamps_not_critical]
basicConstraints = CA:false
extendedKeyUsage = timeStamping
[stamps_and_more]
basicConstraints = CA:false
extendedKeyUsage = critical, timeStamping, codeSigning
[tsa]
default_tsa = clock
[clock]
serial = stampserial
crypto_device = builtin
signer_digest = sha256
default_policy = 1.2.3.4.1
other_policies = 1.2.3.4.5
digests = sha1, sha256, sha384, sha512
accuracy = secs:1, millisecs:500, microsecs:100
ordering = yes
tsa_name = yes
ess_cert_id_alg = sha256
";

/// A folder of its own, with `openssl.cnf` and an empty register of certificates.
pub struct Authority {
    place: TempDir,
}

impl Authority {
    pub fn new() -> Self {
        let here = Self { place: tempfile::tempdir().unwrap() };
        here.write("openssl.cnf", CONFIGURATION.as_bytes());
        here.write("index.txt", b"");
        for file in ["serial", "crlnumber", "stampserial"] {
            here.write(file, b"1001\n");
        }
        here
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.place.path().join(name)
    }

    pub fn write(&self, name: &str, octets: &[u8]) {
        fs::write(self.path(name), octets).unwrap();
    }

    pub fn read(&self, name: &str) -> Vec<u8> {
        fs::read(self.path(name)).unwrap()
    }

    /// What `openssl` says to words that are parted by spaces.
    pub fn ask(&self, words: &str) -> Output {
        Command::new("openssl")
            .args(words.split_whitespace())
            .current_dir(self.place.path())
            .output()
            .unwrap()
    }

    /// Whether `openssl` agrees.
    pub fn agrees(&self, words: &str) -> bool {
        self.ask(words).status.success()
    }

    pub fn openssl(&self, words: &str) {
        let output = self.ask(words);
        assert!(output.status.success(), "openssl {words}: {}", String::from_utf8_lossy(&output.stderr));
    }

    /// `NAME.key`: `rsa`, `rsa1024`, `p256`, `p384`, `p521`, `ed25519`.
    pub fn key(&self, name: &str, kind: &str) {
        let kind = match kind {
            "rsa" => "RSA -pkeyopt rsa_keygen_bits:2048",
            "rsa1024" => "RSA -pkeyopt rsa_keygen_bits:1024",
            "p256" => "EC -pkeyopt ec_paramgen_curve:P-256",
            "p384" => "EC -pkeyopt ec_paramgen_curve:P-384",
            "p521" => "EC -pkeyopt ec_paramgen_curve:P-521",
            other => other,
        };
        self.openssl(&format!("genpkey -quiet -algorithm {kind} -out {name}.key"));
    }

    /// `NAME.crt` for `NAME.key`, by `issuer` or by itself.
    pub fn certify(&self, name: &str, as_what: &str, issuer: &str, validity: (&str, &str)) {
        self.certify_by(name, as_what, issuer, validity, "-md sha256");
    }

    /// The same, signed in some other way.
    pub fn certify_by(
        &self,
        name: &str,
        as_what: &str,
        issuer: &str,
        (from, until): (&str, &str),
        how: &str,
    ) {
        self.openssl(&format!("req -new -config openssl.cnf -key {name}.key -subj /O=Archive-of-Narvan/CN={name} -out {name}.csr"));
        let by = if issuer == name {
            format!("-selfsign -keyfile {name}.key")
        } else {
            format!("-cert {issuer}.crt -keyfile {issuer}.key")
        };
        self.openssl(&format!(
            "ca -batch -config openssl.cnf {by} -in {name}.csr -out {name}.crt -notext {how} -extensions {as_what} -startdate {from} -enddate {until}"
        ));
    }

    /// A key and its certificate.
    pub fn make(&self, name: &str, kind: &str, as_what: &str, issuer: &str) {
        self.key(name, kind);
        self.certify(name, as_what, issuer, ALWAYS);
    }

    /// A root, one below it, and a person below that: `root`, `between`, `person`.
    pub fn chain(kind: &str) -> Self {
        let here = Self::new();
        here.make("root", kind, "root", "root");
        here.make("between", kind, "root", "root");
        here.make("person", kind, "person", "between");
        here
    }

    /// A root and an authority for timestamps below it: `root`, `clock`.
    pub fn of_time(kind: &str) -> Self {
        let here = Self::new();
        here.make("root", kind, "root", "root");
        here.make("clock", kind, "stamps", "root");
        here
    }

    /// `REPLY` to `REQUEST`, by `who`.
    pub fn stamp(&self, request: &str, who: &str, reply: &str, more: &str) {
        self.openssl(&format!(
            "ts -reply -config openssl.cnf -queryfile {request} -inkey {who}.key -signer {who}.crt -out {reply} {more}"
        ));
    }
}
