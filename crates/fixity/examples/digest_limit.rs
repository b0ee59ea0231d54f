//! How fast this machine makes both default digests from memory, on all processors at once: the
//! limit that `cargo xtask bench` measures bundling and verifying against.
//!
//! The last line begins with octets per second as a plain number.

#![allow(
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::cast_precision_loss,
    reason = "it is a measurement"
)]

use fixity::{Algorithm, Pass};
use std::time::{Duration, Instant};

/// Files side by side, as `fixity::carry` has them, and octets of each at a time.
const FILES: usize = 10;
const CHUNK_OCTETS: usize = 256 << 10;
/// How long each measurement takes.
const WHILE: Duration = Duration::from_secs(2);

/// Octets that one thread digests in a while.
fn digest(files: usize, algorithms: &[Algorithm]) -> f64 {
    let chunk = vec![0x5a; CHUNK_OCTETS];
    let mut passes = vec![Pass::new(algorithms); files];
    let begin = Instant::now();
    let mut octets = 0.0;
    while begin.elapsed() < WHILE {
        Pass::update_many(passes.iter_mut().map(|pass| (pass, chunk.as_slice())));
        octets += (CHUNK_OCTETS * files) as f64;
    }
    octets / begin.elapsed().as_secs_f64()
}

/// The same on several threads at once.
fn on_threads(threads: usize, files: usize, algorithms: &[Algorithm]) -> f64 {
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(|| digest(files, algorithms))).collect();
        workers.into_iter().filter_map(|worker| worker.join().ok()).sum()
    })
}

fn main() {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    for (what, algorithms) in [
        ("sha256", &[Algorithm::Sha256][..]),
        ("sha512", &[Algorithm::Sha512]),
        ("both", &[Algorithm::Sha256, Algorithm::Sha512]),
    ] {
        for (files, count) in [("one file", 1), ("ten files", FILES)] {
            for threads in [1, threads] {
                let rate = on_threads(threads, count, algorithms) / 1e9;
                println!("{what}, {files} side by side, {threads} thread(s): {rate:.2} GB/s");
            }
        }
    }
    let rate = on_threads(threads, FILES, &[Algorithm::Sha256, Algorithm::Sha512]);
    println!("{rate:.0} octets a second, sha256 and sha512 on {threads} thread(s)");
}
