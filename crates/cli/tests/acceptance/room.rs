//! No room: a message that names it, and nothing left over, wherever the room ends.

use crate::outcome::Outcome;
use crate::place::Place;
use crate::trees;

fn source() -> Place {
    let place = Place::new();
    trees::many(&place, "source", 300);
    place.file("source/large", trees::noise(1, 400_000));
    place
}

/// Runs where no file may be longer than so many blocks of 512 octets.
fn with_blocks(place: &Place, blocks: usize, line: &str) -> Outcome {
    place.shell(&format!("trap '' XFSZ; ulimit -f {blocks}; exec fonds {line}")).go()
}

#[test]
fn wherever_the_room_for_a_file_ends_nothing_is_left_over() {
    let place = source();
    let (mut refused, mut done) = (0, 0);
    for (options, target) in [("", "b.zip"), ("--compress", "b.zip"), ("", "b")] {
        for blocks in
            [0, 1, 20, 70, 100, 200, 400, 700, 780, 800, 850, 900, 950, 1000, 1050, 1100, 1200, 1500]
        {
            let outcome = with_blocks(&place, blocks, &format!("bundle source {options} -o {target}"));
            if outcome.status == Some(0) {
                place.fonds(&format!("verify {target}")).ends(0);
                place.shell(&format!("rm -r {target}")).go().ends(0);
                done += 1;
            } else {
                outcome.ends(2).says_nothing().remarks("cannot ").remarks("hint: free some space");
                refused += 1;
            }
            assert_eq!(place.names(), ["source"], "with {blocks} blocks, {options} {target}");
        }
    }
    assert!(refused >= 15 && done >= 3, "{refused} refused, {done} done");
}

#[test]
fn a_full_disk_is_told_with_what_is_needed_and_what_there_is() {
    let place = source();
    place.folder("small");
    let probe = place.shell("unshare -rm mount -t tmpfs -o size=64k none small").go();
    if probe.status != Some(0) {
        println!("passed over: no file system can be mounted here: {}", probe.err);
        return;
    }
    for (line, kib, status) in [
        ("bundle source -o small/b.zip", 300, 2),
        ("bundle source -o small/b", 300, 2),
        ("bundle source -o small/b.zip", 500, 2),
        ("bundle source -o small/b", 1800, 2),
        ("bundle source --compress -o small/b.zip", 700, 2),
        ("bundle source -o small/b.zip", 4000, 0),
    ] {
        let script = format!(
            "unshare -rm sh -c 'mount -t tmpfs -o size={kib}k none small && {{ fonds {line}; echo status $?; ls -A small; }}'"
        );
        let outcome = place.shell(&script).go();
        outcome.ends(0).says(&format!("status {status}\n"));
        if status == 2 {
            assert!(outcome.out.ends_with("status 2\n"), "something is left over by {outcome}");
            outcome.remarks("cannot ").remarks("small/").remarks("hint: free some space");
        }
    }
}

#[test]
fn extracting_where_there_is_no_room_leaves_nothing() {
    let place = source();
    place.bundle("source", "b.zip");
    with_blocks(&place, 100, "extract b.zip out").ends(2).remarks("hint: free some space");
    assert_eq!(place.names(), ["b.zip", "source"]);
}
