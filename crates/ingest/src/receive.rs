//! Taking custody: from sources that a person names to an accession.

use crate::archive::{self, Archive};
use crate::error::shown;
use crate::names::{Names, judge};
use crate::place::place;
use crate::progress::Progress;
use crate::received::Received;
use crate::root::Root;
use crate::source::expect_unchanged;
use crate::stamp::Stamp;
use crate::suitability::refuse_target_inside;
use crate::supplied::gather;
use crate::tree::{Content, Tree};
use crate::walk::{Inside, Walk, Walked, is_readable};
use crate::{Error, ErrorKind};
use bagit::beneath::{open_file, open_root};
use fixity::Observer;
use provenance::Arrival;
use rustix::fs::{AtFlags, FileType, Stat, lstat, statat};
use std::collections::BTreeMap;
use std::fs::File;
use std::io;
use std::os::fd::AsFd;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

/// How documents are received.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// What is done with names that would not survive another system.
    pub names: Names,
    /// Take what operating systems leave behind for themselves (`.DS_Store`, `Thumbs.db`, …) too.
    pub keep_litter: bool,
    /// Take bags and archives as they are: unpack nothing, and check nothing that came with them.
    pub nested: bool,
    /// Take the documents that lie in others as documents of their own, beside these: captures in a WARC
    /// or WACZ, messages of a mailbox, attachments of mail.
    pub parts: bool,
    /// Lists of checksums that lie outside the sources; their paths begin where the payload does.
    pub checksums: Vec<PathBuf>,
    /// Where the package will be written, if to a file: it must not lie inside a source. Beside it a
    /// compressed TAR is unfolded, into a file without a name.
    pub target: Option<PathBuf>,
}

/// A source that was looked at.
struct Given<'a> {
    path: &'a Path,
    /// Its base name in raw octets.
    name: Box<[u8]>,
    root: Root,
    what: What,
}

/// What a source is.
enum What {
    Folder,
    /// A document by itself.
    File(Stamp),
    /// An archive of documents, and the name of its file.
    Archive(Box<Archive>, Box<[u8]>),
}

/// Finds all documents in `sources`, which are folders, files and archives in any mix, and judges their
/// names. Nothing is written, and of documents nothing is read but the first octets of some, what
/// came with them to check them by, and all of those that hold others.
///
/// What is in a single folder or archive goes directly below `data/`; of several sources, and of files,
/// each goes to `data/<its own name>`, where an archive has no extension.
///
/// # Errors
/// Of kind
/// - `NoSource`, `NotFound`, `NotADocument`, `SameName`: the sources themselves are not suitable;
/// - `Checksums`: what was named as a list of checksums is none;
/// - `TargetInsideSource`: the package would hold itself;
/// - `Archive`: an archive is damaged, or cannot be taken apart in one way only;
/// - `Unreadable`: with everything found that cannot be read;
/// - `Names`: with every name that cannot be kept;
/// - `Cancelled`: `observer` answered `Break`.
pub fn receive(sources: &[PathBuf], options: &Options, observer: &dyn Observer) -> Result<Received, Error> {
    if sources.is_empty() {
        return Err(Error::new(ErrorKind::NoSource, "cannot receive anything: no source is given"));
    }
    let progress = Progress::begin(observer)?;
    let single = sources.len() == 1;
    let mut given = sources.iter().map(|path| look_at(path, single)).collect::<Result<Vec<_>, _>>()?;
    if let Some(target) = &options.target {
        given.iter().try_for_each(|source| refuse_target_inside(target, source.path))?;
    }
    if !options.nested {
        for source in &mut given {
            look_into(source, single, options, (observer, &progress))?;
        }
    }
    refuse_same_names(&given)?;
    let mut arrivals: Vec<Arrival> = given.iter().filter_map(arrival).collect();
    arrivals.sort_by(|a, b| a.object_path.cmp(&b.object_path));
    let (Walked { tree, left_out, origins, arrivals: within }, roots) = walk(given, options, progress)?;
    let naming = judge(&tree, options.names)?;
    let mut received = place(&tree, &naming, left_out, within, roots, origins)?;
    received.accession.arrivals.splice(..0, arrivals);
    gather(&mut received, &options.checksums, !options.nested)?;
    Ok(received)
}

/// Looks at one source: what it is, what it is called, and where it is anchored.
fn look_at(path: &Path, single: bool) -> Result<Given<'_>, Error> {
    // A trailing slash would make the system follow a link; components know none.
    let plain = path.components().as_path();
    let refuse = |why: &str| Err(Error::at(ErrorKind::NotADocument, path, why));
    let stat = lstat(plain).map_err(|errno| refused(path, errno))?;
    match FileType::from_raw_mode(stat.st_mode) {
        FileType::Directory => folder_source(path, plain, single),
        FileType::RegularFile => file_source(path, plain, &stat),
        FileType::Symlink => {
            let error = Error::at(
                ErrorKind::NotADocument,
                path,
                "it is a symbolic link, and links are never followed",
            );
            Err(error.with_hint("name what the link points to"))
        }
        FileType::Fifo => refuse("it is a named pipe (FIFO)"),
        FileType::Socket => refuse("it is a socket"),
        FileType::CharacterDevice | FileType::BlockDevice => refuse("it is a device"),
        FileType::Unknown => refuse("the system does not say what it is"),
    }
}

fn folder_source<'a>(path: &'a Path, plain: &Path, single: bool) -> Result<Given<'a>, Error> {
    let folder = open_root(plain).map_err(|errno| refused(path, errno))?;
    let name = if single { Box::default() } else { base_name(path, plain)? };
    Ok(Given { path, root: Root::below(folder, &name), name, what: What::Folder })
}

fn file_source<'a>(path: &'a Path, plain: &Path, found: &Stat) -> Result<Given<'a>, Error> {
    let parent = plain.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // Links on the way to a source are followed, so its parent may be one.
    let parent = std::fs::canonicalize(parent).map_err(|error| unreadable(path, &error))?;
    let folder = open_root(&parent).map_err(|errno| refused(path, errno))?;
    let name = base_name(path, plain)?;
    let stat = statat(&folder, &*name, AtFlags::SYMLINK_NOFOLLOW).map_err(|errno| refused(path, errno))?;
    let stamp = Stamp::of(&stat);
    if let Some(change) = stamp.difference(found) {
        return Err(Error::at(
            ErrorKind::Unreadable,
            path,
            format!("it changed while it was looked at: {change}"),
        ));
    }
    if !is_readable(folder.as_fd(), &name, &stat) {
        return Err(refused(path, rustix::io::Errno::ACCESS));
    }
    Ok(Given { path, root: Root::at_top(folder), name, what: What::File(stamp) })
}

/// The last component of a path, where need be after asking the system what `.` or `..` is.
fn base_name(path: &Path, plain: &Path) -> Result<Box<[u8]>, Error> {
    if let Some(name) = plain.file_name() {
        return Ok(name.as_bytes().into());
    }
    let absolute = std::fs::canonicalize(plain).map_err(|error| unreadable(path, &error))?;
    match absolute.file_name() {
        Some(name) => Ok(name.to_owned().into_vec().into()),
        None => Err(Error::at(
            ErrorKind::NotADocument,
            path,
            "beside other sources it needs a name, and has none",
        )),
    }
}

fn refuse_same_names(given: &[Given]) -> Result<(), Error> {
    let mut seen: BTreeMap<&[u8], &Path> = BTreeMap::new();
    for source in given {
        if let Some(other) = seen.insert(&source.name, source.path) {
            let (one, two) = (shown(other), shown(source.path));
            let message = format!("cannot receive both `{one}` and `{two}`: they have the same name");
            return Err(Error::new(ErrorKind::SameName, message)
                .with_hint("rename one of them, or name a folder that holds both"));
        }
    }
    Ok(())
}

/// Opens a source file as an archive, if it is one.
fn look_into(
    source: &mut Given,
    single: bool,
    options: &Options,
    hearing: (&dyn Observer, &Progress),
) -> Result<(), Error> {
    let What::File(stamp) = source.what else { return Ok(()) };
    let file = open_file(&source.root.folder, &source.name).map_err(|errno| refused(source.path, errno))?;
    let file = File::from(file);
    expect_unchanged(&file, stamp).map_err(|error| unreadable(source.path, &error))?;
    let target = options.target.as_deref();
    if let Some(archive) = Archive::of(file, source.path, &source.name, stamp, target, hearing)? {
        let place = if single { Box::default() } else { archive::stem(&source.name).into() };
        let name = std::mem::replace(&mut source.name, place);
        source.what = What::Archive(Box::new(archive), name);
    }
    Ok(())
}

/// What is recorded of the arrival of a source.
fn arrival(source: &Given) -> Option<Arrival> {
    match &source.what {
        What::Archive(archive, name) => Some(archive.arrival(name)),
        What::Folder | What::File(_) => None,
    }
}

/// The number of the origin that all parts are in.
const PARTS: u32 = 0;

fn walk(mut given: Vec<Given>, options: &Options, progress: Progress) -> Result<(Walked, Vec<Root>), Error> {
    let mut walk = Walk::new(options.keep_litter, options.parts.then(|| Inside::new(PARTS)), progress);
    let mut nodes = None;
    if !matches!(&given[..], [Given { what: What::Folder | What::Archive(..), .. }]) {
        given.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let content = |number: u32, source: &Given| match source.what {
            What::File(stamp) => Content::File { root: number, stamp },
            What::Folder | What::Archive(..) => Content::EMPTY_FOLDER,
        };
        let children =
            (0..).zip(&given).map(|(number, source)| (source.name.clone(), content(number, source)));
        let root_of = |number: u32| given.get(number as usize).map(|source| &source.root);
        nodes = Some(walk.fill(Tree::TOP, b"", children.collect(), root_of)?);
    }
    let mut roots = Vec::with_capacity(given.len());
    for (number, source) in (0..).zip(given) {
        let node = nodes.clone().and_then(|nodes| walk.tree.find(nodes, &source.name)).unwrap_or(Tree::TOP);
        match source.what {
            What::File(stamp) => walk.file(stamp.size)?,
            What::Folder => walk.folder(node, &source.root, number)?,
            What::Archive(archive, name) => walk.archive(node, *archive, &name)?,
        }
        roots.push(source.root);
    }
    Ok((walk.end()?, roots))
}

fn refused(path: &Path, errno: rustix::io::Errno) -> Error {
    unreadable(path, &io::Error::from(errno))
}

fn unreadable(path: &Path, error: &io::Error) -> Error {
    let kind = match error.kind() {
        io::ErrorKind::NotFound => ErrorKind::NotFound,
        _ => ErrorKind::Unreadable,
    };
    Error::at(kind, path, error)
}
