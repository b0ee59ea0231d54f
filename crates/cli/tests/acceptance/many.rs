//! Many bags in one run: told in their order, and none of them harms another.

use crate::bundles::packed_letters;
use crate::outcome::{Outcome, send};
use crate::place::Place;
use std::fs::{self, File};
use std::thread;
use std::time::{Duration, Instant};

/// A sound bag, a damaged one, and one that takes as long to read as so many MiB of zeros do.
fn three_bags(mib: u64) -> Place {
    let place = packed_letters("sound.zip");
    place.bundle("letters", "damaged");
    place.alter("damaged/data/a.txt", |octets| octets[0] ^= 1);
    let large = place.file("slow/data/large", "");
    File::options().write(true).open(large).unwrap().set_len(mib << 20).unwrap();
    place.file("slow/bagit.txt", "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n");
    place.file("slow/manifest-sha256.txt", format!("{}  data/large\n", "0".repeat(64)));
    place
}

fn verdicts(answer: &Outcome) -> Vec<String> {
    let json = answer.json();
    let bags = json["bags"].as_array().unwrap().iter();
    bags.map(|bag| format!("{} {}", bag["path"].as_str().unwrap(), bag["verdict"].as_str().unwrap()))
        .collect()
}

#[test]
fn the_order_is_that_of_the_arguments_whoever_is_done_first() {
    let place = three_bags(200);
    for jobs in ["1", "2", "7"] {
        let line = format!("verify slow sound.zip damaged sound.zip --jobs {jobs} --format json");
        let answer = place.fonds(&line);
        answer.ends(1).remarks_nothing();
        assert_eq!(
            verdicts(&answer),
            ["slow ALTERED", "sound.zip CONSISTENT", "damaged ALTERED", "sound.zip CONSISTENT"]
        );
    }
    let text = place.fonds("verify slow sound.zip damaged");
    let at = |text: &str, of: &str| text.find(of).unwrap_or_else(|| panic!("no {of} in {text}"));
    assert!(at(&text.out, "slow: ALTERED") < at(&text.out, "damaged: ALTERED"), "{text}");
    let table = &text.out[at(&text.out, "\nverdict")..];
    assert!(
        at(table, "  slow\n") < at(table, "  sound.zip\n")
            && at(table, "  sound.zip\n") < at(table, "  damaged\n")
    );
    text.ends(1).says("\n3 bags: 2 ALTERED, 1 CONSISTENT; the worst gives exit status 1\n");
    // What is well is said in the table, and in one sentence for all.
    assert_eq!(text.out.matches("CONSISTENT means").count(), 1, "{text}");
}

#[test]
fn a_bag_is_told_the_same_alone_and_among_others() {
    let place = three_bags(0);
    for bag in ["sound.zip", "damaged"] {
        let alone = place.fonds(&format!("verify {bag} --format jsonl"));
        let twice = place.fonds(&format!("verify {bag} {bag} --format jsonl"));
        assert_eq!(alone.out.repeat(2), twice.out);
        assert_eq!(alone.status, twice.status);
    }
}

#[test]
fn a_line_for_each_bag_stands_alone() {
    let place = three_bags(0);
    let answer = place.fonds("verify sound.zip damaged nowhere --format jsonl");
    answer.ends(2).remarks("cannot read `nowhere`").is_harmless();
    let lines: Vec<serde_json::Value> =
        answer.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let words: Vec<_> = lines.iter().map(|line| (&line["verdict"], &line["status"])).collect();
    assert_eq!(
        serde_json::json!(words),
        serde_json::json!([["CONSISTENT", 0], ["ALTERED", 1], ["not examined", 2]])
    );
    for line in &lines {
        assert_eq!((&line["version"], &line["command"]), (&1.into(), &"verify".into()));
        assert_eq!(
            line["findings"].as_array().unwrap().len() as u64,
            line["counts"]["errors"].as_u64().unwrap()
        );
    }
    place.fonds("inspect sound.zip --format jsonl").ends(0).json();
}

#[test]
fn a_bag_that_hangs_costs_that_bag_only() {
    let place = three_bags(200 << 10);
    let mut run = place.run("verify slow sound.zip damaged --patience 2 --format json").begin();
    send("STOP", &run.reader_of("slow"));
    let answer = run.end();
    answer.ends(2).remarks("cannot examine `slow`: it gave no sign of life for 2 s").remarks("--patience");
    assert_eq!(verdicts(&answer), ["slow not examined", "sound.zip CONSISTENT", "damaged ALTERED"]);
}

#[test]
fn a_bag_that_takes_long_is_waited_for() {
    let place = three_bags(5 << 10);
    let begun = Instant::now();
    place.fonds("verify slow sound.zip --threads 1 --patience 2").ends(1).says("slow: ALTERED");
    assert!(begun.elapsed() > Duration::from_secs(2), "not as slow as it was to be");
}

#[test]
fn a_reader_that_crashes_costs_that_bag_only() {
    let place = three_bags(200 << 10);
    let mut run = place.run("verify damaged slow sound.zip").begin();
    send("KILL", &run.reader_of("slow"));
    let answer = run.end();
    answer.ends(2).says("damaged: ALTERED").says("1 ALTERED, 1 CONSISTENT, 1 not examined; ");
    answer.says("slow: not examined: cannot examine `slow`: its reader crashed (signal 9)\n");
    answer.says("Not examined means").is_harmless();
}

#[test]
fn a_crash_in_the_middle_of_an_answer_is_told_in_the_answer() {
    let place = three_bags(200 << 10);
    crate::many_findings::bag_with_missing_files(&place, "holes", 20_000);
    let mut run = place.run("verify slow holes sound.zip --format json --jobs 2 --patience 100").begin();
    let slow = run.reader_of("slow");
    send("STOP", &slow);
    // It has begun to tell an answer that is longer than a pipe, and nobody reads it yet.
    let holes = run.reader_of("holes");
    let told = || {
        let io = fs::read_to_string(format!("/proc/{holes}/io")).unwrap();
        let told = io.lines().find_map(|line| line.strip_prefix("wchar: ")).unwrap();
        told.parse::<u64>().unwrap()
    };
    while told() < 30_000 {
        thread::sleep(Duration::from_millis(5));
    }
    send("KILL", &holes);
    send("KILL", &slow);
    let answer = run.end();
    answer.ends(2).remarks("cannot examine `holes`: its reader crashed (signal 9)");
    assert_eq!(verdicts(&answer), ["slow not examined", "holes ALTERED", "sound.zip CONSISTENT"]);
    let holes = &answer.json()["bags"][1];
    assert!(holes["broken_off"].as_str().unwrap().contains("signal 9"));
    let told = holes["findings"].as_array().unwrap().len() as u64;
    assert!(told < holes["counts"]["errors"].as_u64().unwrap());
}

#[test]
fn asked_to_stop_it_stops_all_readers_and_says_what_it_has() {
    let place = three_bags(200 << 10);
    let mut run = place.run("verify sound.zip slow damaged --jobs 1 --format json --findings f.csv").begin();
    let reader = run.reader_of("slow");
    let begun = Instant::now();
    run.signal("INT");
    let answer = run.end();
    answer.ends(2).remarks("cancelled");
    assert!(begun.elapsed() < Duration::from_secs(20), "{answer}");
    assert_eq!(verdicts(&answer), ["sound.zip CONSISTENT", "slow not examined", "damaged not examined"]);
    assert!(!fs::exists(format!("/proc/{reader}")).unwrap(), "its reader is still there");
    assert_eq!(place.names(), ["damaged", "letters", "slow", "sound.zip"]);
}

#[test]
fn a_reader_does_not_outlive_whoever_asked() {
    let place = three_bags(200 << 10);
    let mut run = place.run("verify slow sound.zip").begin();
    let reader = run.reader_of("slow");
    run.signal("KILL");
    run.end();
    let begun = Instant::now();
    let status = || fs::read_to_string(format!("/proc/{reader}/status")).unwrap_or_default();
    // Nobody may be there who takes note of its end.
    while !(status().is_empty() || status().contains("State:\tZ")) {
        assert!(begun.elapsed() < Duration::from_secs(10), "{}", status());
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn numbers_that_make_no_sense_are_refused() {
    let place = packed_letters("b.zip");
    for option in ["--threads 0", "--threads x", "--jobs 0", "--jobs 257", "--patience 0", "--jobs=-1"] {
        place.fonds(&format!("verify b.zip {option}")).ends(2).says_nothing().remarks("invalid value");
    }
    place.fonds("extract b.zip out --threads 0").ends(2);
    place.fonds("verify b.zip b.zip --threads 3 --jobs 9").ends(0);
}
