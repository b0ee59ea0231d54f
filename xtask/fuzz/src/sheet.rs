//! `manifest.csv`.

use export::ErrorKind;
use export::sheet::{SheetProblem, SheetReader, SheetWriter};
use provenance::name::is_harmless;

/// Characters of what a problem expected, and of what it found.
const LONGEST: usize = 160;

/// A sheet: its problems are harmless and short, and the rows of one without a problem are written
/// and read the same.
pub fn sheet(octets: &[u8]) {
    let (problems, Some(written)) = copied(octets) else { return };
    if problems == 0 {
        let (problems, again) = copied(&written);
        assert_eq!(problems, 0);
        assert!(again.as_ref() == Some(&written), "written, and not read the same");
    }
}

/// How many problems there are, and what the rows are written as; nothing if one is too long for us.
fn copied(octets: &[u8]) -> (usize, Option<Vec<u8>>) {
    let mut problems = 0;
    let mut note = |problem: SheetProblem| {
        problems += 1;
        let text = problem.to_string();
        assert!(is_harmless(&text), "{text:?}");
        for part in [problem.expected, problem.found] {
            assert!(part.chars().count() <= LONGEST, "{part}");
        }
    };
    let mut reader = SheetReader::new(octets, &mut note).expect("memory can be read");
    let mut writer = SheetWriter::new(Vec::new()).expect("memory takes all");
    let (mut is_whole, mut has_disorder) = (true, false);
    while let Some(row) = reader.next_row(&mut note).expect("memory can be read") {
        match writer.row(&row).map_err(|error| error.kind()) {
            Ok(()) => {}
            Err(ErrorKind::Order) => has_disorder = true,
            Err(_) => is_whole = false,
        }
    }
    assert!(!has_disorder || problems > 0, "a disorder that nobody told");
    (problems, is_whole.then(|| writer.finish().expect("memory takes all")))
}
