//! How much room there is.

use std::path::Path;
use std::process::Command;

use crate::process::read;

/// Octets that may still be written below a directory; 0 where nobody can tell.
pub fn free_octets(directory: &Path) -> u64 {
    let said = read(Command::new("df").args(["--output=avail", "--block-size=1"]).arg(directory))
        .unwrap_or_default();
    said.lines().last().and_then(|line| line.trim().parse().ok()).unwrap_or(0)
}
