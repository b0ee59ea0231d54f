//! Who runs against whom, and with which words.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::corpus::Corpus;
use super::rounds::{Contestant, remove};
use crate::Result;
use crate::process::{find, run as to_the_end};

/// The programs under `bundle` and `verify`.
pub struct Tools {
    /// The release binary.
    pub fonds: PathBuf,
    /// The Python environment with `bagit.py`.
    pub python: PathBuf,
}

/// `fonds bundle` to a stored ZIP with both digests.
pub const FONDS_BUNDLE: &str = "fonds bundle";
/// `fonds verify` of that ZIP.
pub const FONDS_VERIFY: &str = "fonds verify";
/// `bagit.py` creating in place, both digests, two processes.
pub const BAGIT_CREATE: &str = "bagit.py, in place";
/// `bagit.py --validate`, two processes.
pub const BAGIT_VALIDATE: &str = "bagit.py --validate";
/// SHA-256 alone over two processes.
pub const SHA256SUM: &str = "sha256sum, two processes";
/// A stored ZIP without any digest but CRC-32.
pub const ZIP: &str = "zip -0 -r";
/// CRC-32 alone.
pub const UNZIP: &str = "unzip -tq";
/// A plain copy.
pub const COPY: &str = "cp -r";

impl Tools {
    /// Every peer of `fonds bundle`; `bagit.py` works on hard links, since it moves what it is given.
    pub fn bundling<'a>(&'a self, workshop: &'a Path, corpus: &Corpus) -> Vec<Contestant<'a>> {
        let out = |name: &str| workshop.join(name);
        let hashed = hash_all(corpus);
        available(vec![
            contestant(FONDS_BUNDLE, out("made.zip"), move || self.bundle(workshop, "made.zip")),
            Contestant {
                prepare: Box::new(|| link(&workshop.join("corpus"), &workshop.join("bag"))),
                ..contestant(BAGIT_CREATE, out("bag"), move || self.bagit_create(workshop))
            },
            contestant(SHA256SUM, out("nothing"), move || shell(workshop, &hashed)),
            contestant(ZIP, out("peer.zip"), || shell(workshop, "zip -0 -r -q peer.zip corpus")),
            contestant(COPY, out("copy"), || shell(workshop, "cp -r corpus copy")),
        ])
    }

    /// What both sides verify: a bundle in a ZIP, and a bag of the same files.
    pub fn before_verifying(&self, workshop: &Path) -> Result {
        to_the_end(self.bundle(workshop, "bundle.zip").stdout(std::process::Stdio::null()))?;
        link(&workshop.join("corpus"), &workshop.join("bag"))?;
        to_the_end(&mut self.bagit_create(workshop))
    }

    /// Every peer of `fonds verify`.
    pub fn verifying<'a>(&'a self, workshop: &'a Path, corpus: &Corpus) -> Vec<Contestant<'a>> {
        let nothing = || workshop.join("nothing");
        let hashed = hash_all(corpus);
        available(vec![
            contestant(FONDS_VERIFY, nothing(), move || {
                let mut command = within(workshop, &self.fonds);
                command.args(["verify", "bundle.zip"]);
                command
            }),
            contestant(BAGIT_VALIDATE, nothing(), move || {
                let mut command = self.bagit(workshop);
                command.args(["--validate", "bag"]);
                command
            }),
            contestant(SHA256SUM, nothing(), move || shell(workshop, &hashed)),
            contestant(UNZIP, nothing(), || shell(workshop, "unzip -tq bundle.zip")),
        ])
    }

    /// To disk, each until `sync` says that all is there; what others left unwritten is flushed before.
    pub fn bundling_to_disk<'a>(&'a self, workshop: &'a Path) -> Vec<Contestant<'a>> {
        let out = |name: &str| workshop.join(name);
        let flush = move || to_the_end(&mut shell(workshop, "sync -f ."));
        let bagit = format!(
            "'{}' --quiet --sha256 --sha512 --processes 2 bag && sync -f bag",
            self.python.join("bin/bagit.py").display()
        );
        let contestants = vec![
            contestant(FONDS_BUNDLE, out("made.zip"), move || self.bundle(workshop, "made.zip")),
            contestant(BAGIT_CREATE, out("bag"), move || shell(workshop, &bagit)),
            contestant(ZIP, out("peer.zip"), || {
                shell(workshop, "zip -0 -r -q peer.zip corpus && sync -f peer.zip")
            }),
            contestant(COPY, out("copy"), || shell(workshop, "cp -r corpus copy && sync -f copy")),
        ];
        let prepared = contestants.into_iter().map(|one| Contestant {
            prepare: Box::new(move || {
                if one.name == BAGIT_CREATE {
                    link(&workshop.join("corpus"), &workshop.join("bag"))?;
                }
                flush()
            }),
            ..one
        });
        available(prepared.collect())
    }

    fn bundle(&self, workshop: &Path, name: &str) -> Command {
        let mut command = within(workshop, &self.fonds);
        command.args([
            "bundle",
            "corpus",
            "-o",
            name,
            "--at",
            "2026-01-02T03:04:05Z",
            "--agent",
            "bench",
            "--threads",
            "2",
        ]);
        command
    }

    fn bagit_create(&self, workshop: &Path) -> Command {
        let mut command = self.bagit(workshop);
        command.args(["--sha256", "--sha512", "bag"]);
        command
    }

    fn bagit(&self, workshop: &Path) -> Command {
        let mut command = within(workshop, self.python.join("bin/bagit.py"));
        command.args(["--quiet", "--processes", "2"]);
        command
    }
}

fn contestant<'a>(name: &'static str, output: PathBuf, command: impl Fn() -> Command + 'a) -> Contestant<'a> {
    Contestant { name, prepare: Box::new(|| Ok(())), command: Box::new(command), output }
}

/// Without those whose program is not on this machine.
fn available(contestants: Vec<Contestant>) -> Vec<Contestant> {
    let there = |one: &Contestant| match one.name {
        ZIP => find("zip").is_some(),
        UNZIP => find("unzip").is_some(),
        _ => true,
    };
    contestants.into_iter().filter(there).collect()
}

fn within(workshop: &Path, program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(workshop);
    command
}

fn shell(workshop: &Path, line: &str) -> Command {
    let mut command = within(workshop, "sh");
    command.args(["-c", line]);
    command
}

/// Few large files need small batches, or one process would get them all.
fn hash_all(corpus: &Corpus) -> String {
    let batch = (corpus.files / 4).clamp(1, 256);
    format!("find corpus -type f -print0 | xargs -0 -P2 -n{batch} sha256sum")
}

/// The same tree of hard links, as `cp -al` makes it.
fn link(from: &Path, to: &Path) -> Result {
    remove(to)?;
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            link(&entry.path(), &target)?;
        } else {
            fs::hard_link(entry.path(), target)?;
        }
    }
    Ok(())
}
