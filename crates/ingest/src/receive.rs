//! Taking custody: from sources that a person names to an accession.

use crate::error::shown;
use crate::names::{Names, judge};
use crate::place::place;
use crate::progress::Progress;
use crate::received::Received;
use crate::root::Root;
use crate::stamp::Stamp;
use crate::suitability::{refuse_bag, refuse_target_inside};
use crate::tree::{Content, Tree};
use crate::walk::{Inside, Walk, Walked, is_readable};
use crate::{Error, ErrorKind};
use bagit::beneath::open_root;
use fixity::Observer;
use rustix::fs::{AtFlags, FileType, Stat, lstat, statat};
use std::collections::BTreeMap;
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
    /// Take a folder that is a bag already, and put it into another.
    pub nested: bool,
    /// Take the documents that lie in others as documents of their own, beside these: captures in a WARC
    /// or WACZ, messages of a mailbox, attachments of mail.
    pub parts: bool,
    /// Where the package will be written, if to a file: it must not lie inside a source.
    pub target: Option<PathBuf>,
}

/// A source that was looked at.
struct Given<'a> {
    path: &'a Path,
    /// Its base name in raw octets.
    name: Box<[u8]>,
    root: Root,
    /// What it is: the stamp of a file, or nothing for a folder.
    file: Option<Stamp>,
}

/// Finds all documents in `sources`, which are folders and files in any mix, and judges their
/// names. Nothing is written, and of documents nothing is read but the first octets of some, and all
/// of those that hold others.
///
/// What is in a single folder goes directly below `data/`; of several sources, and of files, each
/// goes to `data/<its own name>`.
///
/// # Errors
/// Of kind
/// - `NoSource`, `NotFound`, `NotADocument`, `SameName`: the sources themselves are not suitable;
/// - `AlreadyABag`, `TargetInsideSource`: the package would hold a bag, or itself;
/// - `Unreadable`: with everything found that cannot be read;
/// - `Names`: with every name that cannot be kept;
/// - `Cancelled`: `observer` answered `Break`.
pub fn receive(sources: &[PathBuf], options: &Options, observer: &dyn Observer) -> Result<Received, Error> {
    if sources.is_empty() {
        return Err(Error::new(ErrorKind::NoSource, "cannot receive anything: no source is given"));
    }
    let progress = Progress::begin(observer)?;
    let single = sources.len() == 1;
    let given = sources.iter().map(|path| look_at(path, single)).collect::<Result<Vec<_>, _>>()?;
    refuse_same_names(&given)?;
    for source in given.iter().filter(|source| source.file.is_none()) {
        if !options.nested {
            refuse_bag(source.path, &source.root)?;
        }
    }
    if let Some(target) = &options.target {
        given.iter().try_for_each(|source| refuse_target_inside(target, source.path))?;
    }

    let (walked, roots) = walk(given, options, progress)?;
    let naming = judge(&walked.tree, options.names)?;
    let Walked { tree, left_out, parts, arrivals } = walked;
    place(&tree, &naming, left_out, arrivals, roots, vec![Box::new(parts)])
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
    Ok(Given { path, root: Root::below(folder, &name), name, file: None })
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
    Ok(Given { path, root: Root::at_top(folder), name, file: Some(stamp) })
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

/// The number of the origin that all parts are in.
const PARTS: u32 = 0;

fn walk(mut given: Vec<Given>, options: &Options, progress: Progress) -> Result<(Walked, Vec<Root>), Error> {
    let mut walk = Walk::new(options.keep_litter, options.parts.then(|| Inside::new(PARTS)), progress);
    if let [source] = &given[..]
        && source.file.is_none()
    {
        walk.folder(Tree::TOP, &source.root, 0)?;
    } else {
        given.sort_unstable_by(|a, b| a.name.cmp(&b.name));
        let content = |number: u32, source: &Given| match source.file {
            Some(stamp) => Content::File { root: number, stamp },
            None => Content::EMPTY_FOLDER,
        };
        let children =
            (0..).zip(&given).map(|(number, source)| (source.name.clone(), content(number, source)));
        let root_of = |number: u32| given.get(number as usize).map(|source| &source.root);
        let nodes = walk.fill(Tree::TOP, b"", children.collect(), root_of)?;
        for (number, source) in (0..).zip(&given) {
            match (source.file, walk.tree.find(nodes.clone(), &source.name)) {
                (Some(stamp), _) => walk.file(stamp.size)?,
                (None, Some(node)) => walk.folder(node, &source.root, number)?,
                (None, None) => {}
            }
        }
    }
    Ok((walk.end()?, given.into_iter().map(|source| source.root).collect()))
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
