//! Octets of one file, without what lies before them: the same from every container that can.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

use bagit::container::{Container, find};
use std::io::{ErrorKind, Write};
use std::path::Path;

const FILES: [(&str, &[u8]); 3] =
    [("bagit.txt", b"BagIt-Version: 1.0\n"), ("data/a", b"0123456789"), ("data/b", b"other")];

fn archive(path: &Path, method: zip::CompressionMethod) {
    let mut archive = zip::ZipWriter::new(std::fs::File::create(path).unwrap());
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    for (name, octets) in FILES {
        archive.start_file(format!("bag/{name}"), options).unwrap();
        archive.write_all(octets).unwrap();
    }
    archive.finish().unwrap();
}

fn tar(path: &Path) {
    let mut archive = tar::Builder::new(std::fs::File::create(path).unwrap());
    for (name, octets) in FILES {
        let mut header = tar::Header::new_ustar();
        header.set_size(octets.len() as u64);
        header.set_mode(0o644);
        archive.append_data(&mut header, format!("bag/{name}"), octets).unwrap();
    }
    archive.finish().unwrap();
}

fn at(container: &dyn Container, offset: u64, room: usize) -> Result<Vec<u8>, ErrorKind> {
    let mut octets = vec![0; room];
    let file = find(container.entries(), "data/a").unwrap();
    let count = container.read_at(file, offset, &mut octets).map_err(|error| error.kind())?;
    octets.truncate(count);
    Ok(octets)
}

#[test]
fn a_file_is_read_from_any_octet_on_and_never_beyond_its_end() {
    let place = tempfile::tempdir().unwrap();
    let path = |name: &str| place.path().join(name);
    std::fs::create_dir_all(path("folder/data")).unwrap();
    for (name, octets) in FILES {
        std::fs::write(path("folder").join(name), octets).unwrap();
    }
    archive(&path("stored.zip"), zip::CompressionMethod::Stored);
    tar(&path("bag.tar"));
    for name in ["folder", "stored.zip", "bag.tar"] {
        let container = bagit::container::open(&path(name)).unwrap();
        for (offset, room, expected) in
            [(0, 4, &b"0123"[..]), (7, 2, b"78"), (8, 100, b"89"), (10, 5, b""), (u64::MAX >> 1, 5, b"")]
        {
            assert_eq!(at(&*container, offset, room).as_deref(), Ok(expected), "{name} from {offset} on");
        }
    }
    archive(&path("deflated.zip"), zip::CompressionMethod::Deflated);
    let container = bagit::container::open(&path("deflated.zip")).unwrap();
    assert_eq!(at(&*container, 7, 2), Err(ErrorKind::Unsupported));
}
