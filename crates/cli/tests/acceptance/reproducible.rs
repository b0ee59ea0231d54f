//! The same input, time and agent give the same octets.

use crate::bundles::{AT, packed_letters};
use crate::place::Place;
use crate::trees;

/// One tree, made twice in another order.
fn twice() -> Place {
    let place = Place::new();
    trees::rich(&place, "one/source");
    trees::rich_in_another_order(&place, "two/source");
    place
}

/// Packs in surroundings that must make no difference; a target is made for each.
fn in_many_surroundings(place: &Place, target: &str) -> Vec<String> {
    let surroundings = [
        ("one/source", "--threads 1", "umask 022", "TZ=UTC LC_ALL=C"),
        ("two/source", "--threads 2", "umask 077", "TZ=Asia/Tehran LANG=fa_IR.UTF-8"),
        ("two/source", "--threads 7", "umask 000", "TZ=America/St_Johns LC_ALL=tr_TR.UTF-8"),
        ("one/source", "--reread", "umask 022; cd one", "TZ=Asia/Kathmandu HOME=/nowhere"),
    ];
    let mut targets = Vec::new();
    for (number, (source, option, shell, env)) in surroundings.iter().enumerate() {
        place.folder(format!("out{number}"));
        let here = place.root().display();
        let line = format!(
            "{shell}; {env} exec fonds bundle {here}/{source} {AT} --agent Nahid {option} -o {here}/out{number}/{target}"
        );
        place.shell(&line).go().ends(0);
        targets.push(format!("out{number}/{target}"));
    }
    targets
}

#[test]
fn a_zip_is_the_same_whatever_surrounds_the_run() {
    let place = twice();
    let targets = in_many_surroundings(&place, "bundle.zip");
    let first = place.octets(&targets[0]);
    for target in &targets[1..] {
        assert!(place.octets(target) == first, "{target} differs");
    }
}

#[test]
fn a_directory_is_the_same_whatever_surrounds_the_run() {
    let place = twice();
    let targets = in_many_surroundings(&place, "bundle");
    let first = place.snapshot(&targets[0]).documents();
    for target in &targets[1..] {
        place.snapshot(target).documents().expect_same(&first);
    }
}

#[test]
fn a_compressed_zip_is_the_same_twice() {
    let place = twice();
    place.folder("out");
    for (source, threads, target) in [("one", 1, "bundle.zip"), ("two", 5, "out/bundle.zip")] {
        place
            .fonds(&format!("bundle {source}/source {AT} --compress --threads {threads} -o {target}"))
            .ends(0);
    }
    assert!(place.octets("bundle.zip") == place.octets("out/bundle.zip"));
}

#[test]
fn source_date_epoch_stands_for_the_time_where_none_is_given() {
    let place = packed_letters("bundle.zip");
    place.folder("out");
    place.run("bundle letters -o out/bundle.zip").env("SOURCE_DATE_EPOCH", "1795341600").go().ends(0);
    assert!(place.octets("bundle.zip") == place.octets("out/bundle.zip"));
    place.folder("other");
    let line = format!("bundle letters {AT} -o other/bundle.zip");
    place.run(&line).env("SOURCE_DATE_EPOCH", "1").go().ends(0);
    assert!(
        place.octets("bundle.zip") == place.octets("other/bundle.zip"),
        "--at counts before the environment"
    );
}

#[test]
fn another_time_or_agent_gives_other_octets() {
    let place = packed_letters("bundle.zip");
    let first = place.octets("bundle.zip");
    for (number, options) in
        ["--at 2026-11-22T10:00:01Z", "--at 2026-11-22T10:00:00Z --agent Nahid"].iter().enumerate()
    {
        place.folder(format!("{number}"));
        place.fonds(&format!("bundle letters {options} -o {number}/bundle.zip")).ends(0);
        assert!(place.octets(format!("{number}/bundle.zip")) != first, "{options} changed nothing");
    }
}
