//! The secret of a seal: from a file, from the system, or derived from what is sealed.

use crate::refusal::Refusal;
use crate::spelling::shown;
use crate::{Context, whole_file};
use provenance::seal::{Seed, salt};
use std::fmt::Display;
use std::io::Read;
use std::path::Path;
use zeroize::Zeroize;

/// The secret of a seal: `None` where it is to be derived, so that the same run gives the same octets.
pub(crate) fn of(
    file: Option<&Path>,
    time_is_given: bool,
    context: &Context<'_>,
) -> Result<Option<Seed>, Refusal> {
    let Some(path) = file else {
        if time_is_given || context.now_is_given {
            return Ok(None);
        }
        let hint = "give the time with --at, and the seed is derived from what is sealed";
        return Context::draw_seed().map(Some).map_err(|problem| Refusal::new(&problem, Some(hint)));
    };
    let refused = |found: &dyn Display| {
        let hint = "`openssl rand -hex 32 > FILE` makes one; never use it for another bundle";
        Refusal::new(&format!("cannot take the seed from `{}`: {found}", shown(path)), Some(hint))
    };
    let mut text = [0; 2 * salt::OCTETS + 2];
    let octets = read_up_to(path, &mut text).map_err(|error| refused(&error))?;
    let seed = Seed::parse(&text[..octets]).map_err(|fault| refused(&fault));
    text.zeroize();
    seed.map(Some)
}

/// Reads a file into `room`, as far as that goes.
fn read_up_to(path: &Path, room: &mut [u8]) -> std::io::Result<usize> {
    let mut file = whole_file::open(path)?;
    let mut octets = 0;
    while octets < room.len() {
        match file.read(&mut room[octets..])? {
            0 => break,
            more => octets += more,
        }
    }
    Ok(octets)
}
