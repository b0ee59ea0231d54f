//! The seam to `fonds`: its commands, run in this process.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::error::ErrorKind;
use clap::{Parser, Subcommand};

use crate::{Result, place};

/// A command line of `fonds`, for commands that xtask itself gives.
#[derive(Parser)]
#[command(
    name = "fonds",
    version,
    about = "Packs documents into bundles that anyone can verify decades later"
)]
struct Line {
    #[command(subcommand)]
    command: fonds::Command,
}

/// Runs what the developer typed, exactly as the binary would.
pub fn run(command: fonds::Command) -> ExitCode {
    perform(command, &mut io::stdout(), &mut io::stderr())
}

/// What `fonds` takes on its command line, for man pages and completions.
pub fn definition() -> clap::Command {
    let about = "Packs documents into bundles that anyone can verify decades later";
    fonds::Command::augment_subcommands(
        clap::Command::new("fonds").version(env!("CARGO_PKG_VERSION")).about(about),
    )
    .subcommand_required(true)
}

/// Runs `fonds` with these words; anything but "done and sound" is an error with what it said.
pub fn fonds(words: &[OsString], out: &mut dyn Write) -> Result {
    let line = Line::try_parse_from(std::iter::once(&OsString::from("fonds")).chain(words))?;
    let mut said = Vec::new();
    if perform(line.command, out, &mut said) == ExitCode::SUCCESS {
        eprint!("{}", String::from_utf8_lossy(&said));
        return Ok(());
    }
    let words: Vec<_> = words.iter().map(|word| word.to_string_lossy()).collect();
    Err(format!("`fonds {}` failed: {}", words.join(" "), String::from_utf8_lossy(&said).trim()).into())
}

fn perform(command: fonds::Command, out: &mut dyn Write, err: &mut dyn Write) -> ExitCode {
    command.run(&mut fonds::Context::from_process(out, err)).into()
}

/// Whether `bundle` was called with nothing to pack.
pub fn lacks_source(error: &clap::Error) -> bool {
    error.kind() == ErrorKind::MissingRequiredArgument
        && std::env::args_os().nth(1).is_some_and(|word| word == "bundle")
}

/// Packs every sample into `target/bundles`, verifies the result and shows what is in it.
pub fn pack_samples(options: impl Iterator<Item = OsString>) -> Result {
    let options: Vec<_> = options.collect();
    let bundles = place::target().join("bundles");
    fs::create_dir_all(&bundles)?;
    for source in samples()? {
        let name = source.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bundle = bundles.join(format!("{name}.zip"));
        if bundle.exists() {
            fs::remove_file(&bundle)?;
        }
        let mut words: Vec<OsString> =
            vec!["bundle".into(), source.into(), "-o".into(), bundle.clone().into()];
        words.extend(options.iter().cloned());
        let out = &mut io::stdout();
        fonds(&words, out)?;
        fonds(&["verify".into(), bundle.clone().into()], out)?;
        fonds(&["inspect".into(), bundle.clone().into()], out)?;
        println!("the bundle is {}", place::shown(&bundle));
    }
    Ok(())
}

fn samples() -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(place::sources())? {
        let path = entry?.path();
        if path.is_dir() {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}
