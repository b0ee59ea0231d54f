//! `cargo xtask dist`: what a release ships.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap_complete::Shell;

use crate::process::{cargo, read, run as to_the_end};
use crate::{Result, archive, place};

/// Builds the binary, its man pages and completions into `target/dist`, and sums them.
pub fn run() -> Result {
    let binary = release_binary()?;
    let dist = place::fresh(place::target().join("dist"))?;
    fs::copy(binary, dist.join("fonds"))?;
    for document in ["LICENSE", "README.md", "CHANGELOG.md"] {
        if place::root().join(document).is_file() {
            fs::copy(place::root().join(document), dist.join(document))?;
        }
    }
    let pages = dist.join("man");
    fs::create_dir(&pages)?;
    clap_mangen::generate_to(archive::definition(), &pages)?;
    let completions = dist.join("completions");
    fs::create_dir(&completions)?;
    for shell in [Shell::Bash, Shell::Elvish, Shell::Fish, Shell::PowerShell, Shell::Zsh] {
        clap_complete::generate_to(shell, &mut archive::definition(), "fonds", &completions)?;
    }
    let files = files_below(&dist, &dist)?;
    let sums = read(Command::new("sha256sum").args(&files).current_dir(&dist))?;
    fs::write(dist.join("SHA256SUMS"), sums)?;
    println!(
        "{} files in {}; check them there with `sha256sum -c SHA256SUMS`",
        files.len(),
        place::shown(&dist)
    );
    Ok(())
}

/// The binary as users get it, just built.
pub fn release_binary() -> Result<PathBuf> {
    to_the_end(&mut cargo(["build", "--release", "--locked", "--package", "fonds"]))?;
    Ok(place::target().join("release/fonds"))
}

/// Every file below `folder`, as a path from `base`, sorted.
fn files_below(folder: &Path, base: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            files.extend(files_below(&path, base)?);
        } else {
            files.push(path.strip_prefix(base)?.to_path_buf());
        }
    }
    files.sort();
    Ok(files)
}
