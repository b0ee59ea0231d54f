//! One run of one program: wall clock, processor time, and peak memory.

use std::fs::{self, File};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::Result;

/// What one run took.
#[derive(Clone, Copy)]
pub struct Sample {
    /// Seconds on the wall.
    pub wall: f64,
    /// Seconds of processor time, of the program and all it started.
    pub cpu: f64,
    /// Octets resident at the peak, of the largest single process.
    pub peak: u64,
}

/// Runs `command` to the end; anything but success is an error.
///
/// The peak is what the kernel keeps as `VmHWM`, read every 5 ms from `/proc` for the program and its
/// descendants: a process can grow unseen only in its last 5 ms. Like `/usr/bin/time`, it counts the
/// largest process and not their sum, which would count what they share twice.
pub fn measure(command: &mut Command, complaints: &Path) -> Result<Sample> {
    command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(complaints)?);
    let cpu_before = processor_seconds_of_children();
    let start = Instant::now();
    let mut child = command
        .spawn()
        .map_err(|error| format!("cannot start {}: {error}", command.get_program().display()))?;
    let (process, ended) = (child.id(), AtomicBool::new(false));
    let (status, wall, peak) = std::thread::scope(|scope| {
        let watcher = scope.spawn(|| watch(process, &ended));
        let status = child.wait();
        let wall = start.elapsed();
        ended.store(true, Ordering::Relaxed);
        (status, wall, watcher.join().unwrap_or(0))
    });
    if !status?.success() {
        let said = fs::read_to_string(complaints).unwrap_or_default();
        return Err(format!("{} failed: {}", command.get_program().display(), said.trim()).into());
    }
    Ok(Sample { wall: wall.as_secs_f64(), cpu: processor_seconds_of_children() - cpu_before, peak })
}

fn watch(process: u32, ended: &AtomicBool) -> u64 {
    let mut peak = 0;
    while !ended.load(Ordering::Relaxed) {
        peak = peak.max(largest(process));
        std::thread::sleep(Duration::from_millis(5));
    }
    peak
}

/// `VmHWM` of a process or of the largest of its descendants.
fn largest(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let own =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")).and_then(kibibytes).unwrap_or(0) << 10;
    children(process).into_iter().map(largest).fold(own, u64::max)
}

fn kibibytes(cell: &str) -> Option<u64> {
    cell.split_whitespace().next()?.parse().ok()
}

fn children(process: u32) -> Vec<u32> {
    let threads = fs::read_dir(format!("/proc/{process}/task")).into_iter().flatten().flatten();
    threads
        .filter_map(|thread| fs::read_to_string(thread.path().join("children")).ok())
        .flat_map(|list| list.split_whitespace().filter_map(|id| id.parse().ok()).collect::<Vec<_>>())
        .collect()
}

/// Fields 16 and 17 of `/proc/self/stat`: user and system time of children that were waited for, in
/// hundredths of a second.
fn processor_seconds_of_children() -> f64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    after_name.split_whitespace().skip(13).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>()
        / 100.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn time_and_memory_of_descendants_are_seen() {
        let complaints = tempfile::NamedTempFile::new().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "sleep 0.2; true"]);
        let sample = measure(&mut command, complaints.path()).unwrap();
        assert!(sample.wall >= 0.2, "{}", sample.wall);
        assert!(sample.peak > 100 << 10, "{}", sample.peak);
    }

    #[test]
    fn a_failure_is_told_with_what_the_program_said() {
        let complaints = tempfile::NamedTempFile::new().unwrap();
        let mut command = Command::new("sh");
        command.args(["-c", "echo broken >&2; false"]);
        let error = measure(&mut command, complaints.path()).err().unwrap().to_string();
        assert!(error.contains("broken"), "{error}");
    }
}
