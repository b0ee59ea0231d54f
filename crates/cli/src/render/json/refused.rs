//! Why a command could not be done, for machines.

use serde::Serialize;

/// Version of these documents; it changes when a field changes its meaning or goes away.
pub(super) const VERSION: u32 = 1;

/// Why a command could not be done.
#[derive(Serialize)]
pub(crate) struct Refused<'a> {
    version: u32,
    command: &'static str,
    error: &'a str,
    hint: Option<&'a str>,
}

pub(crate) fn refused<'a>(command: &'static str, error: &'a str, hint: Option<&'a str>) -> Refused<'a> {
    Refused { version: VERSION, command, error, hint }
}
