//! How far a container may unfold. One that goes further is a bomb, and is not followed.

/// Octets that may come out for each octet of the container.
const FOR_EACH: u64 = 256;
/// Octets that any container may come to, however small it is.
const FOR_ANY: u64 = 64 << 20;

/// Octets that may come out of a container of so many octets: as of archives that hold bags.
pub(super) const fn of(octets: u64) -> u64 {
    octets.saturating_mul(FOR_EACH).saturating_add(FOR_ANY)
}
