//! TARs as other programs write them, plain and compressed, in whatever order.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]
#![allow(clippy::print_stdout, reason = "what is passed over is said")]

#[path = "support/answer.rs"]
mod answer;
#[path = "support/letters.rs"]
mod letters;
#[path = "support/tape.rs"]
mod tape;

use answer::{answer, report_both_ways};
use bagit::Verdict;
use bagit::container::{self, Opening, find, read_small};
use fixity::{Observer, Step};
use letters::{PAYLOAD, bag_of};
use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::Command;
use tape::{Entry, tar_of};

/// A name that no header of 1988 holds, of letters of more than one octet.
const LONG: &str = "data/روزنامه‌ی بامداد/گزارش سیل چاپخانه در شماره‌ی فوق‌العاده‌ی پنجشنبه بیست و دوم فروردین ۱۳۶۷/صفحه‌ی نخست، ستون سمت راست، با دست‌نوشته‌های حروفچین.txt";

/// A bag with long names, a file that is split among threads, and an empty one.
fn files(is_long: bool) -> Vec<(String, Vec<u8>)> {
    let large: Vec<u8> = (0..900_000_u32).map(|n| (n.wrapping_mul(n) >> 7).to_le_bytes()[0]).collect();
    let mut payload = vec![("data/large.bin", large.as_slice()), PAYLOAD[0], PAYLOAD[1]];
    if is_long {
        payload.push((LONG, "متن\n".as_bytes()));
    }
    bag_of(&payload)
}

/// The same as a directory `bag`.
fn laid_out(place: &Path, is_long: bool) -> PathBuf {
    for (path, octets) in files(is_long) {
        let path = place.join("bag").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, octets).unwrap();
    }
    place.join("bag")
}

/// Runs a program; says so and answers `false` where it is not at hand.
fn ran(command: &mut Command) -> bool {
    match command.output() {
        Err(_) => {
            println!("passed over: {} is not at hand", command.get_program().display());
            false
        }
        // What `tar` calls may not be at hand either.
        Ok(output) if String::from_utf8_lossy(&output.stderr).contains("Cannot exec") => {
            println!("passed over: {command:?} calls what is not at hand");
            false
        }
        Ok(output) => {
            assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
            true
        }
    }
}

#[track_caller]
fn assert_sound(archive: &Path) {
    let report = report_both_ways(archive);
    assert_eq!(report.findings, [], "{}", archive.display());
    assert_eq!((report.verdict(), report.top.as_deref()), (Verdict::Consistent, Some("bag")));
}

#[test]
fn what_gnu_tar_writes_is_read_in_every_format_and_compression() {
    let place = tempfile::tempdir().unwrap();
    laid_out(place.path(), true);
    for format in ["gnu", "oldgnu", "pax"] {
        for flag in ["--no-auto-compress", "--gzip", "--bzip2", "--xz", "--zstd"] {
            let archive = place.path().join(format!("{format}{flag}"));
            let mut tar = Command::new("tar");
            tar.arg("-C").arg(place.path()).arg(format!("--format={format}")).arg(flag);
            if ran(tar.arg("-cf").arg(&archive).arg("bag")) {
                assert_sound(&archive);
            }
        }
    }
}

#[test]
fn what_gnu_tar_writes_in_formats_with_short_names_is_read() {
    let place = tempfile::tempdir().unwrap();
    laid_out(place.path(), false);
    for format in ["ustar", "v7"] {
        for name in ["bag", "./bag"] {
            let archive = place.path().join(format);
            let mut tar = Command::new("tar");
            tar.arg("-C").arg(place.path()).arg(format!("--format={format}"));
            if ran(tar.arg("-cf").arg(&archive).arg(name)) {
                assert_sound(&archive);
            }
        }
    }
}

#[test]
fn what_python_writes_is_read_in_every_format_and_compression() {
    const SCRIPT: &str = "
import sys, tarfile
for form in 'GNU', 'PAX':
    for fold in '', 'gz', 'bz2', 'xz':
        with tarfile.open(f'{form}.{fold}', f'w:{fold}', format=getattr(tarfile, form + '_FORMAT')) as tar:
            tar.add('bag')
";
    let place = tempfile::tempdir().unwrap();
    laid_out(place.path(), true);
    if !ran(Command::new("python3").current_dir(place.path()).arg("-c").arg(SCRIPT)) {
        return;
    }
    for format in ["GNU", "PAX"] {
        for fold in ["", "gz", "bz2", "xz"] {
            assert_sound(&place.path().join(format!("{format}.{fold}")));
        }
    }
}

/// A TAR of the bag, its entries in another order.
fn in_order(key: impl Fn(&str) -> u32) -> Vec<u8> {
    let mut files = files(false);
    files.sort_by_key(|(path, _)| key(path));
    let entries: Vec<Entry> =
        files.iter().map(|(path, octets)| Entry::file(&format!("bag/{path}"), octets)).collect();
    tar_of(&entries)
}

fn folded(octets: &[u8], program: &str) -> Option<Vec<u8>> {
    let place = tempfile::NamedTempFile::new().unwrap();
    fs::write(place.path(), octets).unwrap();
    let output = Command::new(program).arg("-c").stdin(fs::File::open(place.path()).unwrap()).output();
    if output.is_err() {
        println!("passed over: {program} is not at hand");
    }
    output.ok().map(|output| output.stdout)
}

#[test]
fn the_order_of_entries_means_nothing() {
    let is_manifest = |path: &str| u32::from(path.contains("manifest-"));
    let orders: [&dyn Fn(&str) -> u32; 4] =
        [&|path| 1 - is_manifest(path), &is_manifest, &|path| u32::from(path == "bagit.txt"), &|path| {
            u32::MAX - u32::from(path.as_bytes()[path.len() / 2])
        }];
    for (number, order) in orders.into_iter().enumerate() {
        let plain = in_order(order);
        assert_eq!(answer(&plain), (Verdict::Consistent, vec![]), "order {number}");
        for program in ["gzip", "zstd"] {
            let Some(folded) = folded(&plain, program) else { continue };
            assert_eq!(answer(&folded), (Verdict::Consistent, vec![]), "order {number}, {program}");
        }
    }
}

#[test]
fn manifests_by_several_algorithms_are_compared_wherever_they_stand() {
    use fixity::Algorithm::{Md5, Sha1, Sha512};
    let content = b"The water stood at the third step.\n";
    let sums = fixity::sum_of(content, &[Md5, Sha1, Sha512]);
    let line = |number: usize| format!("{}  data/letter.txt\n", sums.digests[number]).into_bytes();
    let [md5, sha1, sha512] = [line(0), line(1), line(2)];
    let letter = Entry::file("bag/data/letter.txt", content);
    let wrong = Entry::file("bag/data/letter.txt", &content[1..]);
    let declaration = Entry::file("bag/bagit.txt", bagit::declaration::DECLARATION.as_bytes());
    let before = Entry::file("bag/manifest-md5.txt", &md5);
    let behind =
        [Entry::file("bag/manifest-sha512.txt", &sha512), Entry::file("bag/manifest-sha1.txt", &sha1)];
    for (letter, codes) in [(letter, vec!["W407"]), (wrong, vec!["E403", "W407"])] {
        let entries = [vec![before.clone(), letter, declaration.clone()], behind.to_vec()].concat();
        let folded = folded(&tar_of(&entries), "gzip").unwrap();
        assert_eq!(answer(&folded).1, codes);
    }
}

#[test]
fn payload_of_a_compressed_tar_can_be_read_a_few_times_and_tag_files_always() {
    let Some(octets) = folded(&in_order(|_| 0), "gzip") else { return };
    let place = tempfile::NamedTempFile::new().unwrap();
    fs::write(place.path(), octets).unwrap();
    let container = container::open(place.path()).unwrap();
    for _ in 0..8 {
        let text = read_small(&*container, "data/letter.txt", 1000).unwrap();
        assert_eq!(text, PAYLOAD[0].1);
    }
    let noted = std::sync::Mutex::new(Vec::new());
    let index = find(container.entries(), "data/letter.txt").unwrap();
    assert!(container.open(index, &|_, finding| noted.lock().unwrap().push(finding.code.id)).is_none());
    assert_eq!(*noted.lock().unwrap(), ["W212"]);
    assert!(read_small(&*container, "bagit.txt", 1000).unwrap().starts_with(b"BagIt-Version"));
}

#[test]
fn opening_a_compressed_tar_can_be_stopped() {
    struct Stops;
    impl Observer for Stops {
        fn observe(&self, step: Step) -> ControlFlow<()> {
            match step {
                Step::Advanced { .. } => ControlFlow::Break(()),
                _ => ControlFlow::Continue(()),
            }
        }
    }
    let Some(octets) = folded(&in_order(|_| 0), "gzip") else { return };
    let place = tempfile::NamedTempFile::new().unwrap();
    fs::write(place.path(), octets).unwrap();
    let opening = Opening { threads: 2, observer: &Stops, sums: true };
    let stopped = container::open_with(place.path(), &opening).map(|_| ()).unwrap_err();
    assert_eq!(stopped.kind(), bagit::ErrorKind::Cancelled);
}
