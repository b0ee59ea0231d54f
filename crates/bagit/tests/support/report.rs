//! What a bag comes to.

use bagit::validate::validate;
use bagit::{Report, container};
use std::path::Path;

/// What validating the bag or archive at `path` comes to. That it cannot be answered fails the
/// test: whatever is wrong with a bag is a finding, and no error.
pub fn report_of(path: &Path) -> Report {
    validate(&*container::open(path).unwrap(), 2, &()).unwrap().report
}
