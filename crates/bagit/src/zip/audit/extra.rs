//! Extra fields of a header: those that say once more what the header says.

use crate::zip::record::number;

/// 64-bit sizes and offset (4.5.3).
const WIDE: u64 = 1;
/// The name in UTF-8 (4.6.9).
const UNICODE_PATH: u64 = 0x7075;
/// Octets of the header of an extra field, and of what precedes the name in that with the name.
const HEADER: usize = 4;
const BEFORE_NAME: usize = 5;

/// A number that stands in the 64-bit field if it is full here.
pub(super) struct Number {
    pub(super) value: u64,
    pub(super) full: u64,
    /// Octets it has in the 64-bit field.
    pub(super) wide: usize,
}

impl Number {
    /// A size or an offset.
    pub(super) const fn of(value: u64) -> Self {
        Self { value, full: 0xFFFF_FFFF, wide: 8 }
    }

    pub(super) const fn disk(value: u64) -> Self {
        Self { value, full: 0xFFFF, wide: 4 }
    }
}

/// Reads the extra fields of the entry called `name`, and puts the numbers of the 64-bit one in
/// the place of those that are full. Comes to the number of fields; `Err` says what was expected
/// and found.
pub(super) fn read(extra: &[u8], name: &[u8], numbers: &mut [Number]) -> Result<u64, &'static str> {
    let (mut wide, mut fields) = (None, 0);
    let mut rest = extra;
    // Fewer octets than a header has are padding that no reader looks at.
    while rest.len() >= HEADER {
        let octets = usize::try_from(number(rest, 2, 2)).unwrap_or(usize::MAX);
        let Some(field) = rest.get(HEADER..HEADER + octets) else {
            return Err("expected extra fields that end with their header, found one that runs beyond it");
        };
        match number(rest, 0, 2) {
            WIDE if wide.is_some() => return Err("expected one 64-bit extra field, found two"),
            WIDE => wide = Some(field),
            UNICODE_PATH if field.get(BEFORE_NAME..) != Some(name) => {
                return Err("expected the Unicode path to be the name, found another");
            }
            _ => {}
        }
        rest = &rest[HEADER + octets..];
        fields += 1;
    }
    wide.map_or(Ok(()), |wide| widen(wide, numbers))?;
    Ok(fields)
}

/// A reader takes the numbers one after the other for whatever is full, or each from its own
/// place; both must read the same.
fn widen(wide: &[u8], numbers: &mut [Number]) -> Result<(), &'static str> {
    let mut at = 0;
    for field in numbers.iter_mut().filter(|number| number.value == number.full) {
        if at + field.wide > wide.len() {
            return Err("expected a 64-bit extra field with every number that is full, found it too short");
        }
        field.value = number(wide, at, field.wide);
        at += field.wide;
    }
    if at == wide.len() {
        return Ok(());
    }
    let mut at = 0;
    for field in numbers.iter() {
        if at == wide.len() {
            break;
        }
        if at + field.wide > wide.len() || number(wide, at, field.wide) != field.value {
            return Err("expected a 64-bit extra field that says what its header says, found other numbers");
        }
        at += field.wide;
    }
    if at == wide.len() {
        Ok(())
    } else {
        Err("expected a 64-bit extra field of its numbers only, found more")
    }
}
