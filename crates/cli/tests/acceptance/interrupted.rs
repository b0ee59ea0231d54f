//! `kill -9` at any moment, or a polite request to stop.

use crate::bundles::AT;
use crate::outcome::Underway;
use crate::place::Place;
use crate::trees;
use std::fs::File;
use std::thread;
use std::time::{Duration, Instant};

const STAGING: &str = ".fonds-partial-";

/// Kills a run after longer and longer; whatever stands at the target must be whole.
fn killed_again_and_again(target: &str, tries: u32) {
    let place = Place::new();
    trees::many(&place, "source", 1500);
    place.file("source/large", trees::noise(3, 8 << 20));
    let before = place.snapshot("source");
    let line = format!("bundle source {AT} --threads 2 -o {target}");
    let begun = Instant::now();
    place.fonds(&line).ends(0);
    let whole = begun.elapsed();
    let (mut killed, mut done) = (0, 0);
    for number in 0..tries {
        place.shell(&format!("rm -rf {target}")).go().ends(0);
        let run = place.run(&line).begin();
        thread::sleep(whole * number / (tries - 2));
        run.signal("KILL");
        let status = run.end().status;
        killed += u32::from(status.is_none());
        before.expect_same(&place.snapshot("source"));
        if place.at(target).exists() {
            place.fonds(&format!("verify {target}")).ends(0);
            done += 1;
        } else {
            assert_eq!(status, None, "it ended well, and there is no {target}");
        }
    }
    assert!(killed >= 3, "{killed} of {tries} runs were killed, {done} done: not what was to be tried");
    let others = place.names().into_iter().filter(|name| name != "source" && name != target);
    assert!(others.clone().all(|name| name.contains(STAGING)), "{:?}", place.names());
    place.shell(&format!("rm -rf {target}")).go().ends(0);
    place.fonds(&line).ends(0);
    place.fonds(&format!("verify {target}")).ends(0);
}

#[test]
fn a_killed_run_leaves_the_source_as_it_was_and_no_half_zip() {
    killed_again_and_again("bundle.zip", 20);
}

#[test]
fn a_killed_run_leaves_the_source_as_it_was_and_no_half_directory() {
    killed_again_and_again("bag", 8);
}

/// A source that takes long to read and none to make.
fn long_source() -> Place {
    let place = Place::new();
    let path = place.file("source/large", "begins");
    File::options().write(true).open(path).unwrap().set_len(700 << 20).unwrap();
    place
}

/// Waits until it has opened a file of this name, and then a little.
fn wait_until_it_holds(name: &str, run: &mut Underway) {
    while !run.holds(name) {
        assert!(run.is_running(), "it ended before it could be asked to stop");
        thread::sleep(Duration::from_millis(1));
    }
    thread::sleep(Duration::from_millis(30));
}

#[test]
fn asked_to_stop_it_leaves_nothing_behind() {
    let place = long_source();
    for (signal, target) in [("INT", "b.zip"), ("INT", "bag"), ("TERM", "b.zip"), ("HUP", "b.zip")] {
        let mut run = place.run(&format!("bundle source -o {target}")).begin();
        wait_until_it_holds("large", &mut run);
        run.signal(signal);
        run.end().ends(2).says_nothing().remarks("cancelled");
        assert_eq!(place.names(), ["source"], "after {signal} while writing {target}");
    }
}

#[test]
fn asked_to_stop_unpacking_and_verifying_end_without_a_verdict() {
    let place = long_source();
    place.bundle("source", "b.zip");
    let mut run = place.run("extract b.zip out").begin();
    wait_until_it_holds("data/large", &mut run);
    run.signal("INT");
    run.end().ends(2).says_nothing().remarks("cancelled");
    assert_eq!(place.names(), ["b.zip", "source"]);

    let mut run = place.run("verify b.zip").begin();
    wait_until_it_holds("b.zip", &mut run);
    run.signal("INT");
    run.end().ends(2).says_nothing().remarks("cancelled");
}
