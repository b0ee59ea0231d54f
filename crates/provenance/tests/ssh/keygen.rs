//! `ssh-keygen` and `ssh-agent`, each test with a folder of its own.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

/// A folder with keys, and a tool that works in it.
pub struct Keygen {
    folder: tempfile::TempDir,
}

/// Whether a program is there; under `cargo xtask test` it must be.
#[track_caller]
pub fn has(tool: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    let found = env::split_paths(&path).any(|folder| folder.join(tool).is_file());
    assert!(found || env::var_os("FONDS_ORACLES").is_none(), "there is no `{tool}`: install openssh-client");
    if !found {
        println!("passed over: there is no `{tool}` here");
    }
    found
}

impl Keygen {
    #[track_caller]
    pub fn new() -> Option<Self> {
        has("ssh-keygen").then(|| Self { folder: tempfile::tempdir().unwrap() })
    }

    pub fn at(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, octets: impl AsRef<[u8]>) {
        fs::write(self.at(name), octets).unwrap();
    }

    pub fn octets(&self, name: &str) -> Vec<u8> {
        fs::read(self.at(name)).unwrap()
    }

    pub fn text(&self, name: &str) -> String {
        fs::read_to_string(self.at(name)).unwrap()
    }

    /// Runs it; what it says, and whether it is content.
    pub fn run(&self, arguments: &[impl AsRef<OsStr>], input: Option<&str>) -> (bool, String) {
        tool("ssh-keygen", self.folder.path(), arguments, input.map(|name| self.at(name)).as_deref(), None)
    }

    #[track_caller]
    pub fn agrees(&self, arguments: &[impl AsRef<OsStr>], input: Option<&str>) -> String {
        let (content, said) = self.run(arguments, input);
        assert!(content, "{said}");
        said
    }

    /// Makes a key, and the file of its public half.
    pub fn key(&self, name: &str, kind: &[&str], passphrase: &str) {
        let arguments =
            [&["-q", "-a", "2", "-N", passphrase, "-C", "mina@example.org", "-f", name, "-t"], kind];
        self.agrees(&arguments.concat(), None);
    }

    /// Whether it takes `NAME.sig` for a signature over `message` by somebody of `signers`.
    pub fn verifies(&self, message: &str, signers: &str, who: &str) -> (bool, String) {
        let signature = format!("{message}.sig");
        self.run(
            &[
                "-Y",
                "verify",
                "-f",
                signers,
                "-I",
                who,
                "-n",
                provenance::seal::ssh::NAMESPACE,
                "-s",
                &signature,
            ],
            Some(message),
        )
    }

    /// Signs a file; the signature lies beside it.
    #[track_caller]
    pub fn sign(&self, key: &str, message: &str, options: &[&str]) -> Vec<u8> {
        let _ = fs::remove_file(self.at(&format!("{message}.sig")));
        let arguments =
            [&["-q", "-Y", "sign", "-f", key, "-n", provenance::seal::ssh::NAMESPACE], options, &[message]];
        self.agrees(&arguments.concat(), None);
        self.octets(&format!("{message}.sig"))
    }
}

/// Runs a program in a folder, with no terminal and no agent but the one given.
pub fn tool(
    program: &str,
    folder: &Path,
    arguments: &[impl AsRef<OsStr>],
    input: Option<&Path>,
    agent: Option<&Path>,
) -> (bool, String) {
    let input = input.map_or_else(Stdio::null, |path| fs::File::open(path).unwrap().into());
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).stdin(input).env_remove("SSH_ASKPASS").env("TZ", "UTC");
    match agent {
        Some(socket) => command.env("SSH_AUTH_SOCK", socket),
        None => command.env_remove("SSH_AUTH_SOCK"),
    };
    let output = command.output().unwrap();
    let said =
        [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned()).concat();
    (output.status.success(), said)
}
