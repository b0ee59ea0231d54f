//! The machine: what it is, and where it has room.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

use crate::{Result, place, room};

/// One line that says what the figures were measured on.
pub fn describe() -> String {
    let cores = available_parallelism().map_or(1, usize::from);
    let model = field("/proc/cpuinfo", "model name").unwrap_or_else(|| "unknown processor".to_owned());
    let memory = kibibytes("MemTotal") >> 20;
    format!("Machine: {cores} cores, {model}, {memory} GiB of memory.")
}

/// Where a corpus of so many octets is made: the given directory, memory if it has room for the
/// corpus, a bundle of it and one copy more, or else the target directory.
pub fn workshop(given: Option<&Path>, octets: u64) -> Result<PathBuf> {
    let memory = Path::new("/dev/shm");
    let need = octets * 3 + (1 << 30);
    let parent = match given {
        Some(directory) => directory.to_path_buf(),
        None if room::free_octets(memory) >= need && kibibytes("MemAvailable") << 10 >= need => {
            memory.to_path_buf()
        }
        None => {
            println!("no memory file system with {} MiB to spare: working on disk", need >> 20);
            place::target().join("bench")
        }
    };
    fs::create_dir_all(&parent)?;
    Ok(fs::canonicalize(parent)?.join("fonds-bench"))
}

fn kibibytes(name: &str) -> u64 {
    let cell = field("/proc/meminfo", name).unwrap_or_default();
    cell.split_whitespace().next().and_then(|figure| figure.parse().ok()).unwrap_or(0)
}

/// What stands behind `name` and a colon.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    let line = text.lines().find(|line| line.starts_with(name))?;
    Some(line.split_once(':')?.1.trim().to_owned())
}
