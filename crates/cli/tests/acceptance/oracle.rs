//! Somebody else's programs.

use crate::place::Place;
use std::env;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A program that judges what fonds wrote.
pub struct Oracle {
    program: PathBuf,
    first: Vec<String>,
}

impl Oracle {
    /// A program of the system; where it is missing, a line says so.
    pub fn tool(name: &str) -> Option<Self> {
        let path = env::var_os("PATH").unwrap_or_default();
        let found = env::split_paths(&path).map(|folder| folder.join(name)).find(|tool| tool.is_file());
        if found.is_none() {
            println!("passed over: there is no `{name}` here");
        }
        Some(Self { program: found?, first: Vec::new() })
    }

    /// One of our Python scripts, for which any Python 3 will do.
    pub fn python(script: &str) -> Option<Self> {
        Some(Self { first: vec!["-c".to_owned(), script.to_owned()], ..Self::tool("python3")? })
    }

    /// Python with what `xtask/src/oracles.rs` installs.
    fn environment() -> Option<PathBuf> {
        let python = env::var_os("FONDS_ORACLES").map(|venv| Path::new(&venv).join("bin/python"));
        if python.is_none() {
            println!("passed over: FONDS_ORACLES names no Python environment (`cargo xtask test` makes one)");
        }
        python
    }

    /// One of our Python scripts that needs what is installed there.
    pub fn environment_script(script: &str) -> Option<Self> {
        Some(Self { program: Self::environment()?, first: vec!["-c".to_owned(), script.to_owned()] })
    }

    /// One of our Python scripts that needs warcio.
    pub fn warcio(script: &str) -> Option<Self> {
        Some(Self { program: Self::environment()?, first: vec!["-c".to_owned(), script.to_owned()] })
    }

    pub fn bagit() -> Option<Self> {
        let first = ["-m", "bagit"].map(str::to_owned).to_vec();
        Some(Self { program: Self::environment()?, first })
    }

    /// Lets it speak about something in a folder; it must be content, and what it says is answered.
    #[track_caller]
    pub fn agrees(&self, here: &Path, arguments: &[impl AsRef<OsStr>]) -> String {
        let output = Command::new(&self.program)
            .args(&self.first)
            .args(arguments)
            .current_dir(here)
            .stdin(Stdio::null())
            .env("LC_ALL", "C.UTF-8")
            .env("PYTHONDONTWRITEBYTECODE", "1")
            .output()
            .unwrap();
        let [out, err] =
            [output.stdout, output.stderr].map(|text| String::from_utf8_lossy(&text).into_owned());
        let arguments: Vec<_> = arguments.iter().map(AsRef::as_ref).collect();
        assert!(
            output.status.success(),
            "{} with {arguments:?} ended with {}\n{out}{err}",
            self.program.display(),
            output.status
        );
        out
    }
}

/// bagit-python calls a directory a valid bag.
#[track_caller]
pub fn bagit_validates(place: &Place, bag: &str) {
    if let Some(bagit) = Oracle::bagit() {
        bagit.agrees(place.root(), &["--validate", bag]);
    }
}

/// `sha256sum` and `sha512sum` agree with every line of every manifest.
#[track_caller]
pub fn coreutils_agree(place: &Place, bag: &str) {
    for algorithm in ["sha256", "sha512"] {
        let Some(sums) = Oracle::tool(&format!("{algorithm}sum")) else { return };
        for kind in ["manifest", "tagmanifest"] {
            let manifest = format!("{kind}-{algorithm}.txt");
            let said = sums.agrees(&place.at(bag), &["-c", "--strict", &manifest]);
            let lines = place.text(format!("{bag}/{manifest}")).lines().count();
            assert_eq!(said.lines().filter(|line| line.ends_with(": OK")).count(), lines, "{said}");
        }
    }
}
