//! `cargo xtask fixtures`: the golden bundles, rebuilt octet for octet.
//!
//! `fixtures/bundles/golden.csv` lists them. Git keeps neither times nor empty folders, so a bundle
//! is made from a copy of its source under `target/fixtures`, with the empty folders that the table
//! names, and with modification times that follow from the order of names alone ([`set_times`]).

use std::ffi::OsString;
use std::fs::{self, File, FileTimes};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use crate::{Result, archive, place};

/// What `cargo xtask fixtures` takes.
#[derive(clap::Args)]
pub struct Args {
    /// Write nothing under `fixtures`: rebuild aside and compare octet for octet
    #[arg(long)]
    pub check: bool,
}

/// A line of the table. No cell holds a comma, so the table needs no quotes.
struct Golden {
    name: String,
    source: PathBuf,
    at: String,
    agent: String,
    empty_folders: Vec<String>,
    flags: Vec<String>,
}

const HEADER: &str = "name,source,at,agent,empty_folders,flags";

/// Rebuilds every golden bundle, and replaces or compares the one that is kept.
pub fn run(args: &Args) -> Result {
    let folder = place::root().join("fixtures/bundles");
    let table = read_table(&folder.join("golden.csv"))?;
    let mut problems = strangers(&folder, &table)?;
    for golden in &table {
        let built = build(golden)?;
        let kept = folder.join(format!("{}.zip", golden.name));
        if args.check {
            problems.extend(difference(&built, &kept)?);
        } else {
            fs::copy(&built, &kept)?;
            println!("wrote {}", place::shown(&kept));
        }
    }
    if problems.is_empty() {
        println!("{} golden bundles, each as it was", table.len());
        return Ok(());
    }
    Err(format!("golden bundles differ:\n  {}", problems.join("\n  ")).into())
}

fn read_table(path: &Path) -> Result<Vec<Golden>> {
    let text =
        fs::read_to_string(path).map_err(|error| format!("cannot read `{}`: {error}", place::shown(path)))?;
    let mut lines = text.lines();
    if lines.next() != Some(HEADER) {
        return Err(format!("`{}` does not begin with `{HEADER}`", place::shown(path)).into());
    }
    lines.map(read_row).collect()
}

fn read_row(line: &str) -> Result<Golden> {
    let cells: Vec<_> = line.split(',').collect();
    let [name, source, at, agent, folders, flags] = cells[..] else {
        return Err(format!("golden.csv: not six cells: `{line}`").into());
    };
    Ok(Golden {
        name: name.to_owned(),
        source: place::sources().join(source),
        at: at.to_owned(),
        agent: agent.to_owned(),
        empty_folders: folders
            .split('|')
            .map(str::trim)
            .filter(|folder| !folder.is_empty())
            .map(str::to_owned)
            .collect(),
        flags: flags.split_whitespace().map(str::to_owned).collect(),
    })
}

/// Bundles that lie in the folder and that no line of the table makes.
fn strangers(folder: &Path, table: &[Golden]) -> Result<Vec<String>> {
    let mut strangers = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let known =
            table.iter().any(|golden| path.file_stem().is_some_and(|stem| stem == golden.name.as_str()));
        if path.extension().is_some_and(|extension| extension == "zip") && !known {
            strangers.push(format!("{} is not in golden.csv", place::shown(&path)));
        }
    }
    Ok(strangers)
}

fn build(golden: &Golden) -> Result<PathBuf> {
    let workshop = place::fresh(place::target().join("fixtures").join(&golden.name))?;
    let source = workshop.join(golden.source.file_name().unwrap_or_default());
    copy(&golden.source, &source)?;
    for folder in &golden.empty_folders {
        fs::create_dir_all(source.join(folder))?;
    }
    set_times(&source)?;
    let bundle = workshop.join(format!("{}.zip", golden.name));
    let mut words: Vec<OsString> = vec!["bundle".into(), source.into(), "-o".into(), bundle.clone().into()];
    words.extend(["--at".into(), golden.at.clone().into(), "--agent".into(), golden.agent.clone().into()]);
    words.extend(golden.flags.iter().map(OsString::from));
    archive::fonds(&words, &mut io::sink())?;
    Ok(bundle)
}

fn copy(from: &Path, to: &Path) -> Result {
    fs::create_dir(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// The rule: `tree` and everything below it, sorted by the octets of its path, gets
/// 1988-06-13T06:30:01.25Z and an hour, a minute and a second more for each one before it.
fn set_times(tree: &Path) -> Result {
    let mut paths = vec![tree.to_path_buf()];
    collect(tree, &mut paths)?;
    paths.sort_by(|a, b| a.as_os_str().cmp(b.as_os_str()));
    let mut time = SystemTime::UNIX_EPOCH + Duration::from_millis(582_186_601_250);
    for path in &paths {
        File::open(path)?.set_times(FileTimes::new().set_accessed(time).set_modified(time))?;
        time += Duration::from_secs(3661);
    }
    Ok(())
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) -> Result {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            collect(&entry.path(), paths)?;
        }
        paths.push(entry.path());
    }
    Ok(())
}

fn difference(built: &Path, kept: &Path) -> Result<Option<String>> {
    let name = place::shown(kept);
    if !kept.exists() {
        return Ok(Some(format!("{name} is not there; `cargo xtask fixtures` writes it")));
    }
    let (new, old) = (fs::read(built)?, fs::read(kept)?);
    if new == old {
        return Ok(None);
    }
    let at = new.iter().zip(&old).take_while(|(new, old)| new == old).count();
    Ok(Some(format!(
        "{name}: {} octets now, {} kept, the first difference at {at}; see {}",
        new.len(),
        old.len(),
        place::shown(built)
    )))
}
