//! The journey as a whole, with files that are made up.

use super::{Carrier, Halt, Reading, Segment, carry};
use crate::{Algorithm, Observer, Step, Sum, sum_of};
use std::collections::BTreeMap;
use std::ops::{ControlFlow, Range};
use std::sync::Mutex;

const BOTH: [Algorithm; 2] = [Algorithm::Sha256, Algorithm::Sha512];

/// Files whose octets follow from their number; remembers what was passed on.
struct Imagined {
    sizes: Vec<u64>,
    broken: Option<usize>,
    /// Whether every third file is summed by one algorithm only.
    is_sparing: bool,
    passed: Mutex<BTreeMap<usize, Vec<u8>>>,
}

fn octets(index: usize, size: u64) -> Vec<u8> {
    (0..size).map(|i| u8::try_from((i * 31 + index as u64) % 251).unwrap()).collect()
}

impl Carrier for Imagined {
    type Stream = (usize, usize, Vec<u8>);
    type Error = &'static str;

    fn algorithms(&self, index: usize, all: usize) -> usize {
        if self.is_sparing && !index.is_multiple_of(3) { 1 } else { all }
    }

    fn load(&self, run: Range<usize>, segment: &mut Segment) -> Result<(), &'static str> {
        for index in run {
            let start = segment.octets.len();
            segment.octets.extend(octets(index, self.sizes[index]));
            segment.extents.push((self.broken != Some(index)).then_some(start..segment.octets.len()));
        }
        Ok(())
    }

    fn unload(
        &self,
        run: Range<usize>,
        segment: &mut Segment,
        _: &[Option<Sum>],
    ) -> Result<(), &'static str> {
        for (index, extent) in run.zip(&segment.extents) {
            if let Some(extent) = extent {
                self.passed.lock().unwrap().insert(index, segment.octets[extent.clone()].to_vec());
            }
        }
        Ok(())
    }

    fn open(&self, index: usize) -> Result<Option<Self::Stream>, &'static str> {
        Ok((self.broken != Some(index)).then(|| (index, 0, octets(index, self.sizes[index]))))
    }

    fn read(&self, (_, at, all): &mut Self::Stream, room: &mut [u8]) -> Result<Reading, &'static str> {
        let count = room.len().min(all.len() - *at).min(100_000);
        room[..count].copy_from_slice(&all[*at..*at + count]);
        *at += count;
        Ok(if count == 0 { Reading::End } else { Reading::Octets(count) })
    }

    fn pass(&self, (index, ..): &mut Self::Stream, octets: &[u8]) -> Result<(), &'static str> {
        self.passed.lock().unwrap().entry(*index).or_default().extend(octets);
        Ok(())
    }

    fn close(&self, index: usize, _: Self::Stream, sum: &Sum) -> Result<(), &'static str> {
        if sum.size_octets == self.sizes[index] { Ok(()) } else { Err("size") }
    }
}

fn sizes(large: usize) -> Vec<u64> {
    let small = (0..900).map(|i| i * 37 % 9000);
    small.chain((0..large as u64).map(|i| 300_000 + i * 131_071)).collect()
}

#[test]
fn any_number_of_threads_sums_and_passes_the_same() {
    for (large, threads) in [(0, 1), (1, 2), (1, 1), (5, 2), (20, 2), (20, 3)] {
        let sizes = sizes(large);
        let carrier =
            Imagined { sizes: sizes.clone(), broken: Some(7), is_sparing: false, passed: Mutex::default() };
        let table = carry(&carrier, &sizes, &BOTH, threads, &()).unwrap();
        let passed = carrier.passed.into_inner().unwrap();
        for (index, &size) in sizes.iter().enumerate() {
            if index == 7 {
                assert_eq!(table.size(index), None);
                continue;
            }
            let expected = sum_of(&octets(index, size), &BOTH);
            assert_eq!(table.size(index), Some(size));
            assert_eq!(table.crc32(index), Some(expected.crc32));
            for algorithm in BOTH {
                assert_eq!(table.digest(index, algorithm).as_ref(), expected.digest(algorithm));
            }
            assert_eq!(passed.get(&index).map_or(&[][..], Vec::as_slice), octets(index, size));
        }
    }
}

#[test]
fn an_observer_can_stop_it() {
    struct Impatient;
    impl Observer for Impatient {
        fn observe(&self, _: Step) -> ControlFlow<()> {
            ControlFlow::Break(())
        }
    }
    let sizes = sizes(3);
    let carrier =
        Imagined { sizes: sizes.clone(), broken: None, is_sparing: false, passed: Mutex::default() };
    assert!(matches!(carry(&carrier, &sizes, &BOTH, 2, &Impatient), Err(Halt::Cancelled)));
}

#[test]
fn a_file_is_summed_by_no_more_than_is_asked_of_it() {
    for (large, threads) in [(1, 2), (5, 1)] {
        let sizes = sizes(large);
        let passed = Mutex::default();
        let carrier = Imagined { sizes: sizes.clone(), broken: None, is_sparing: true, passed };
        let table = carry(&carrier, &sizes, &[Algorithm::Sha512, Algorithm::Md5], threads, &()).unwrap();
        for (index, &size) in sizes.iter().enumerate() {
            let expected = sum_of(&octets(index, size), &[Algorithm::Sha512, Algorithm::Md5]);
            let sha512 = table.digest(index, Algorithm::Sha512);
            assert_eq!(sha512.as_ref(), expected.digest(Algorithm::Sha512));
            let md5 = table.digest(index, Algorithm::Md5);
            assert_eq!(md5.as_ref(), expected.digest(Algorithm::Md5).filter(|_| index % 3 == 0), "{index}");
        }
    }
}
