//! Signatures, timestamps and proofs, made and checked by somebody else's programs: `openssl`, and the library of
//! OpenTimestamps where `FONDS_ORACLES` (set by `cargo xtask test`) names a Python environment that has it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

mod authority;
mod cms;
mod hostile;
mod nabit;
mod ots;
mod revocation;
mod timestamp;
