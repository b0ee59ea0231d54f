//! No damage to a bundle goes unnoticed: every bit, every cut, every file.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

#[path = "support/bundles.rs"]
mod bundles;

use bagit::Severity;
use bundles::{pack, report_of};
use export::bundle::Form;
use std::fs::{self, File, OpenOptions};
use std::ops::Range;
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use tempfile::TempDir;
use zip::{CompressionMethod, ZipArchive};

/// A bundle in a place of its own.
struct Kept {
    _place: TempDir,
    path: PathBuf,
}

impl Kept {
    fn new(form: Form) -> Self {
        let place = tempfile::tempdir().unwrap();
        let path = place.path().join(if form == Form::Directory { "tide" } else { "tide.zip" });
        pack(&path, form);
        assert_eq!(report_of(&path).findings, []);
        Self { _place: place, path }
    }
}

/// Whether an examination has an error. It only ever adds to what validation finds, which is tried
/// first since it takes half the time.
fn is_noticed(bundle: &Path) -> bool {
    let container = bagit::container::open(bundle).unwrap();
    let validated = bagit::validate::validate(&*container, 1, &()).unwrap();
    validated.report.verdict().severity() == Severity::Error
        || report_of(bundle).verdict().severity() == Severity::Error
}

/// The descriptions of the sheets and the verifier are nine tenths of a small bundle, and the same in
/// every one; only digests protect them, so that one octet of so many is as good as all.
const SPARSE: usize = 61;

/// Where these lie in `file`, which is one of them, a ZIP that holds them, or neither.
fn the_same_in_every_bundle(file: &Path, octets: usize) -> Vec<Range<usize>> {
    const SAME: [&str; 3] = ["/csv-metadata.json", "/datapackage.json", "/verify.py"];
    let is_one = |name: &str| SAME.iter().any(|same| name.ends_with(same));
    if is_one(file.to_str().unwrap()) {
        return std::iter::once(0..octets).collect();
    }
    let Ok(mut archive) = ZipArchive::new(File::open(file).unwrap()) else { return Vec::new() };
    let mut ranges = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).unwrap();
        let begin = usize::try_from(entry.data_start().unwrap()).unwrap();
        if is_one(&entry.name().unwrap()) {
            ranges.push(begin..begin + usize::try_from(entry.compressed_size()).unwrap());
        }
    }
    ranges
}

/// Flips and restores bit after bit of `file`: every `2 * step`th from `first`; answers the octets
/// and bits whose change gave no error.
fn unnoticed_flips(bundle: &Path, file: &Path, first: usize, step: usize) -> Vec<(usize, u8)> {
    let octets = fs::read(file).unwrap();
    let open = OpenOptions::new().write(true).open(file).unwrap();
    let mut unnoticed = Vec::new();
    let same = the_same_in_every_bundle(file, octets.len());
    for number in (first..8 * octets.len()).step_by(2 * step) {
        let (at, bit) = (number / 8, u8::try_from(number % 8).unwrap());
        if at % SPARSE != 0 && same.iter().any(|range| range.contains(&at)) {
            continue;
        }
        open.write_all_at(&[octets[at] ^ 1 << bit], at as u64).unwrap();
        if !is_noticed(bundle) {
            unnoticed.push((at, bit));
        }
        open.write_all_at(&octets[at..=at], at as u64).unwrap();
    }
    unnoticed
}

/// The same for every `step`th bit of several files, by two threads with a bundle each.
fn flip_all(form: Form, step: usize, files: fn(&Path) -> Vec<PathBuf>) -> Vec<(PathBuf, usize, u8)> {
    let share = |first| {
        let kept = Kept::new(form);
        let mut unnoticed = Vec::new();
        for file in files(&kept.path) {
            let below = file.strip_prefix(&kept.path).unwrap().to_owned();
            let flips = unnoticed_flips(&kept.path, &file, first, step);
            unnoticed.extend(flips.into_iter().map(|(at, bit)| (below.clone(), at, bit)));
        }
        assert_eq!(report_of(&kept.path).findings, [], "every bit was restored");
        unnoticed
    };
    std::thread::scope(|scope| {
        let other = scope.spawn(|| share(step));
        let mut all = share(0);
        all.extend(other.join().unwrap());
        all
    })
}

fn itself(bundle: &Path) -> Vec<PathBuf> {
    vec![bundle.to_owned()]
}

/// Every file below a directory, sorted.
fn files_below(directory: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for item in fs::read_dir(directory).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            files.extend(files_below(&path));
        } else {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// Where the octets of deflated entries lie in a ZIP.
fn deflated(zip: &Path) -> Vec<Range<u64>> {
    let mut archive = ZipArchive::new(File::open(zip).unwrap()).unwrap();
    let mut ranges = Vec::new();
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).unwrap();
        let begin = entry.data_start().unwrap();
        if entry.compression() == CompressionMethod::Deflated {
            ranges.push(begin..begin + entry.compressed_size());
        }
    }
    ranges
}

#[test]
fn every_flipped_bit_of_a_zip_is_noticed() {
    assert_eq!(flip_all(Form::Zip, 1, itself), []);
}

#[test]
fn every_flipped_bit_of_a_directory_is_noticed() {
    assert_eq!(flip_all(Form::Directory, 1, files_below), []);
}

/// A deflate stream has bits that mean nothing, such as those after its end in its last octet: all
/// files still have their digests. Every other bit is noticed.
#[test]
fn a_flipped_bit_of_a_compressed_zip_is_noticed_unless_it_means_nothing() {
    let unnoticed = flip_all(Form::CompressedZip, 7, itself);
    let kept = Kept::new(Form::CompressedZip);
    let deflated = deflated(&kept.path);
    let file = OpenOptions::new().read(true).write(true).open(&kept.path).unwrap();
    for (_, at, bit) in &unnoticed {
        let at = *at as u64;
        assert!(deflated.iter().any(|range| range.contains(&at)), "octet {at}, bit {bit}");
        let mut octet = [0];
        file.read_exact_at(&mut octet, at).unwrap();
        file.write_all_at(&[octet[0] ^ 1 << bit], at).unwrap();
        assert_eq!(report_of(&kept.path).findings, [], "octet {at}, bit {bit}");
        file.write_all_at(&octet, at).unwrap();
    }
    assert!(unnoticed.len() <= 2 * deflated.len(), "{unnoticed:?} are more than a few in {deflated:?}");
}

#[test]
fn a_zip_cut_anywhere_is_noticed() {
    for form in [Form::Zip, Form::CompressedZip] {
        let kept = Kept::new(form);
        let file = OpenOptions::new().write(true).open(&kept.path).unwrap();
        for length in (0..file.metadata().unwrap().len()).rev() {
            file.set_len(length).unwrap();
            assert!(
                report_of(&kept.path).verdict().severity() == Severity::Error,
                "cut to {length} octets, {form:?}"
            );
        }
    }
}
