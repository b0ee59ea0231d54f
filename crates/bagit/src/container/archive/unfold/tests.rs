//! What is unfolded is what was folded, and whatever is wrong shows.

use super::{Fold, Obstacle, Unfolded};
use std::io::{Read, Write};
use std::process::{Command, Stdio};

const FOLDS: [(Fold, &str); 4] =
    [(Fold::Gzip, "gzip"), (Fold::Bzip2, "bzip2"), (Fold::Xz, "xz"), (Fold::Zstd, "zstd")];

/// What the program itself makes of the content; `None`, after a printed line, where it is not at hand.
fn folded(program: &str, flags: &[&str], content: &[u8]) -> Option<Vec<u8>> {
    let spawned = Command::new(program)
        .arg("-c")
        .args(flags)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn();
    let Ok(mut child) = spawned else {
        println!("passed over: `{program}` is not at hand");
        return None;
    };
    let mut input = child.stdin.take().unwrap();
    let content = content.to_vec();
    let feeder = std::thread::spawn(move || input.write_all(&content).unwrap());
    let output = child.wait_with_output().unwrap();
    feeder.join().unwrap();
    assert!(output.status.success(), "{program}");
    Some(output.stdout)
}

fn unfolded(fold: Fold, octets: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut out = Vec::new();
    Unfolded::new(fold, octets).read_to_end(&mut out)?;
    Ok(out)
}

/// Octets that compress neither well nor badly.
fn content(octets: usize) -> Vec<u8> {
    let mut state = 7_u32;
    let step = |_| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 28) as u8
    };
    (0..octets).map(step).collect()
}

#[test]
fn what_the_programs_fold_comes_out_again() {
    for (fold, program) in FOLDS {
        for size in [0, 1, 300_000] {
            let content = content(size);
            let Some(octets) = folded(program, &[], &content) else { break };
            assert_eq!(Fold::of(&octets), Some(fold), "{program} {size}");
            assert!(unfolded(fold, &octets).unwrap() == content, "{program} {size}");
        }
    }
}

#[test]
fn several_members_are_one_content() {
    for (fold, program) in FOLDS {
        let Some(first) = folded(program, &[], b"first ") else { continue };
        let second = folded(program, &[], b"second").unwrap();
        assert_eq!(unfolded(fold, &[&*first, &second].concat()).unwrap(), b"first second", "{program}");
    }
}

#[test]
fn what_follows_the_last_member_is_found_unless_it_is_padding() {
    for (fold, program) in FOLDS {
        let Some(octets) = folded(program, &[], b"content") else { continue };
        let trailing = |more: &[u8]| unfolded(fold, &[&*octets, more].concat());
        for garbage in [&b"x"[..], b"\0\0\0\0hidden", &content(100_000)] {
            let error = trailing(garbage).unwrap_err();
            assert_eq!(Obstacle::of(&error), Some(Obstacle::Trailing), "{program}: {error}");
        }
        assert_eq!(trailing(&vec![0; 70_000]).is_ok(), fold.is_padded(), "{program}");
    }
}

#[test]
fn every_cut_and_many_changed_octets_are_found() {
    for (fold, program) in FOLDS {
        let content = content(2_000);
        let flags: &[&str] = if fold == Fold::Zstd { &["--check"] } else { &[] };
        let Some(octets) = folded(program, flags, &content) else { continue };
        for end in 0..octets.len() {
            assert!(unfolded(fold, &octets[..end]).is_err(), "{program} cut at {end}");
        }
        for place in 0..octets.len() {
            let mut changed = octets.clone();
            changed[place] ^= 0x11;
            // A change in a header that nothing depends on, such as a time, may leave the content.
            if let Ok(found) = unfolded(fold, &changed) {
                assert!(found == content, "{program} changed at {place}");
            }
        }
    }
}

#[test]
fn an_error_is_not_followed_by_a_clean_end() {
    let mut octets = folded("gzip", &[], &content(2_000)).unwrap();
    octets.truncate(500);
    let mut stream = Unfolded::new(Fold::Gzip, &*octets);
    assert!(std::io::copy(&mut stream, &mut std::io::sink()).is_err());
    assert!(stream.read(&mut [0; 10]).is_err());
}

#[test]
fn frames_to_be_skipped_are_skipped() {
    let Some(octets) = folded("zstd", &[], b"content") else { return };
    let skipped = [b"\x5A\x2A\x4D\x18\x03\0\0\0abc", &*octets, b"\x50\x2A\x4D\x18\0\0\0\0"].concat();
    assert_eq!(Fold::of(&skipped), Some(Fold::Zstd));
    assert_eq!(unfolded(Fold::Zstd, &skipped).unwrap(), b"content");
    assert!(unfolded(Fold::Zstd, &skipped[..6]).is_err());
    assert!(unfolded(Fold::Zstd, &skipped[..9]).is_err());
}

#[test]
fn windows_of_any_size_that_is_given_are_unfolded_and_larger_ones_are_told() {
    // A frame of a window of 256 MiB, and a block of xz with a dictionary of 192 MiB.
    let Some(zstd) = folded("zstd", &["--long=28"], &content(300_000)) else { return };
    let mut wide = zstd.clone();
    // Where the program states the window, it stands behind the descriptor.
    if wide[4] & 0x20 == 0 {
        wide[5] = 18 << 3;
    }
    let error = unfolded(Fold::Zstd, &wide).unwrap_err();
    assert_eq!(Obstacle::of(&error), Some(Obstacle::Window), "{error}");
    let within = folded("zstd", &["--long=27"], &content(3_000_000)).unwrap();
    assert!(unfolded(Fold::Zstd, &within).unwrap() == content(3_000_000));
    let Some(xz) = folded("xz", &["--lzma2=dict=192MiB"], b"content") else { return };
    let error = unfolded(Fold::Xz, &xz).unwrap_err();
    assert_eq!(Obstacle::of(&error), Some(Obstacle::Window), "{error}");
    let within = folded("xz", &["--lzma2=dict=128MiB"], b"content").unwrap();
    assert_eq!(unfolded(Fold::Xz, &within).unwrap(), b"content");
}

#[test]
fn every_check_of_xz_and_its_filters_are_known() {
    for flags in [
        &["--check=none"][..],
        &["--check=crc32"],
        &["--check=crc64"],
        &["--check=sha256"],
        &["--x86", "--lzma2"],
        &["--delta=dist=4", "--lzma2"],
        &["--block-size=1000"],
    ] {
        let content = content(20_000);
        let Some(octets) = folded("xz", flags, &content) else { return };
        assert!(unfolded(Fold::Xz, &octets).unwrap() == content, "{flags:?}");
    }
}
