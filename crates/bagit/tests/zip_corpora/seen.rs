//! What three programs see in a ZIP.

use bagit::Finding;
use bagit::container::{self, Container, EntryKind};
use fixity::{Algorithm, sum_of};
use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, Permissions};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;
use std::sync::Mutex;

/// SHA-256 of what each name holds; `/` for a directory, `-` for what cannot be read.
pub type Contents = BTreeMap<String, String>;

/// What fonds sees.
#[derive(Debug, Default)]
pub struct Seen {
    pub contents: Contents,
    pub codes: BTreeSet<&'static str>,
    pub findings: Vec<String>,
}

impl Seen {
    fn note(&mut self, finding: &Finding) {
        self.codes.insert(finding.code.id);
        self.findings.push(format!("{} `{}`: {}", finding.code.id, finding.path, finding.message));
    }
}

fn digest(octets: &[u8]) -> String {
    sum_of(octets, &[Algorithm::Sha256]).digests[0].to_string()
}

/// What fonds sees, whether it is a bag or not.
pub fn by_fonds(path: &Path) -> Seen {
    let container = container::open(path).unwrap();
    let mut seen = Seen::default();
    container.findings().iter().for_each(|finding| seen.note(finding));
    let top = container.top().map_or_else(String::new, |top| format!("{top}/"));
    for (index, entry) in container.entries().iter().enumerate() {
        let name = format!("{top}{}", entry.path);
        if entry.kind == EntryKind::Directory {
            seen.contents.insert(format!("{name}/"), "/".into());
            continue;
        }
        let content = content(&*container, index, &mut seen);
        seen.contents.insert(name, content);
    }
    seen
}

/// As in a bag: one octet more than stated is read, and sizes and CRC-32 are compared.
fn content(container: &dyn Container, index: usize, seen: &mut Seen) -> String {
    let entry = &container.entries()[index];
    let notes = Mutex::new(Vec::new());
    let mut octets = Vec::new();
    let read = container
        .open(index, &|_, finding| notes.lock().unwrap().push(finding))
        .map(|stream| stream.take(entry.size_octets + 1).read_to_end(&mut octets));
    notes.into_inner().unwrap().iter().for_each(|finding| seen.note(finding));
    match read {
        Some(Ok(_)) => {}
        Some(Err(error)) => {
            seen.note(&container::unreadable(&entry.path, &error));
            return "-".into();
        }
        None => return "-".into(),
    }
    let found = (octets.len() as u64, Some(sum_of(&octets, &[]).crc32));
    if found != (entry.size_octets, entry.crc32) {
        let finding = Finding::new(&bagit::finding::E104, entry.path.as_str(), "another size or CRC-32");
        seen.note(&finding);
        return "-".into();
    }
    digest(&octets)
}

/// What the `zipfile` of Python sees; `None`, after a printed line, where there is no Python.
pub fn by_python(path: &Path) -> Option<Contents> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/zip_corpora/list_zip.py");
    let Ok(output) = Command::new("python3").arg(script).arg(path).output() else {
        println!("passed over: `python3` is not at hand");
        return None;
    };
    assert!(output.status.success(), "{}: {}", path.display(), String::from_utf8_lossy(&output.stderr));
    let lines = String::from_utf8(output.stdout).unwrap();
    Some(
        lines
            .lines()
            .map(|line| line.split_once(' ').unwrap())
            .map(|(name, content)| (text(name), content.into()))
            .collect(),
    )
}

/// Text of octets in hexadecimal.
fn text(hexadecimal: &str) -> String {
    let octet = |at: usize| u8::from_str_radix(&hexadecimal[at..at + 2], 16).unwrap();
    String::from_utf8((0..hexadecimal.len()).step_by(2).map(octet).collect()).unwrap()
}

/// What Info-ZIP unpacks; `None`, after a printed line, where it is not at hand. What it leaves out
/// is not in it.
pub fn by_unzip(path: &Path) -> Option<Contents> {
    let place = tempfile::tempdir().unwrap();
    // A wrong password keeps it from asking for one.
    let unzip = Command::new("unzip")
        .args(["-qq", "-o", "-P", "none"])
        .arg(path)
        .arg("-d")
        .arg(place.path())
        .env("LC_ALL", "C.UTF-8")
        .output();
    if unzip.is_err() {
        println!("passed over: `unzip` is not at hand");
        return None;
    }
    let mut contents = Contents::new();
    gather(place.path(), "", &mut contents);
    Some(contents)
}

fn gather(folder: &Path, above: &str, contents: &mut Contents) {
    fs::set_permissions(folder, Permissions::from_mode(0o700)).unwrap();
    for item in fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let name = format!("{above}{}", item.file_name().into_string().unwrap());
        let path = item.path();
        if item.file_type().unwrap().is_dir() {
            contents.insert(format!("{name}/"), "/".into());
            gather(&path, &format!("{name}/"), contents);
        } else {
            fs::set_permissions(&path, Permissions::from_mode(0o600)).unwrap();
            contents.insert(name, digest(&fs::read(&path).unwrap()));
        }
    }
}
