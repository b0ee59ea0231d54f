//! What the program promises, asked of the program itself: every test here runs the real binary.
//!
//! Somebody else's programs judge what it wrote. They are found through `FONDS_ORACLES` (set by
//! `cargo xtask test`) and on the search path; where one is missing, a line says what was passed over.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::disallowed_methods, reason = "tests look at the clock and the environment")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

mod bundles;
mod deliveries;
mod keys;
mod oracle;
mod outcome;
mod place;
mod snapshot;
mod trees;

mod answers;
mod applying;
mod archives;
mod arriving;
mod captures;
mod certifying;
mod changing;
mod compressed;
mod describing;
mod disclosing;
mod exporting;
mod extracting;
mod foreign_bags;
mod hostile;
mod interrupted;
mod large;
mod lists;
mod many;
mod many_findings;
mod names;
mod oddities;
mod parts;
mod preservation;
mod readers;
mod receipts;
mod recursive;
mod refusals;
mod reproducible;
mod robust;
mod room;
mod sealed;
mod sealing;
mod sensitive;
mod sheets;
mod signing;
mod verifying;
mod workbook;
