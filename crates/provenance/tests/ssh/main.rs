//! Signatures of OpenSSH, with OpenSSH's own programs as judges.
//!
//! Where `ssh-keygen` is missing a line says what was passed over, and under `cargo xtask test`, which sets
//! `FONDS_ORACLES` and sees to it that the tools are there, the test fails.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "tests look at the clock and the environment")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

mod agents;
mod certificates;
mod devices;
mod hostile;
mod keygen;
mod keys;
mod lists;
mod signing;

/// What the fixtures were signed over.
pub const ROOT: &[u8] = include_bytes!("fixtures/root.txt");
