//! Deliveries that arrive as a whole, and what came of them.

use crate::outcome::Outcome;
use crate::place::Place;
use crate::trees;

/// A delivery of letters, with what macOS leaves behind and an empty folder.
pub fn delivery(place: &Place) {
    trees::letters(place);
    place.file("letters/گزارش.txt", "یک گزارش\n");
    place.file("letters/large.bin", trees::noise(7, 700_000));
    place.file("letters/.DS_Store", "litter");
    place.file("letters/__MACOSX/._a.txt", "litter");
}

/// The rows of `events.csv` of a bundle that hold a text.
#[track_caller]
pub fn events(place: &Place, bundle: &str, text: &str) -> Vec<String> {
    let out = format!("{bundle}-for-events");
    if !place.at(&out).exists() {
        place.fonds(&format!("extract {bundle} {out}")).ends(0);
    }
    let ledger = place.text(format!("{out}/metadata/events.csv"));
    ledger.lines().filter(|line| line.contains(text)).map(str::to_owned).collect()
}

#[track_caller]
pub fn made(place: &Place, script: &str) {
    place.shell(script).go().ends(0);
}

#[track_caller]
pub fn refused(outcome: &Outcome, place: &Place, target: &str, text: &str) {
    outcome.ends(2).says_nothing().remarks(text);
    assert!(!place.at(target).exists(), "{outcome}");
}
