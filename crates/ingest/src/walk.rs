//! Finding everything below the sources: each folder read once, each file looked at once, no link followed.

mod inside;
mod unseen;
mod within;

use crate::names::PATH_LIMIT;
use crate::origin::Origin;
use crate::parts::Parts;
use crate::place::ArrivalOf;
use crate::progress::Progress;
use crate::root::Root;
use crate::stamp::Stamp;
use crate::suitability::is_bag;
use crate::tree::{Child, Content, Tree};
use crate::{Error, ErrorKind};
use bagit::beneath::{open_file, open_folder};
use fixity::litter::{APPLE_DOUBLE, apple_double_of, is_litter_file, is_litter_folder};
use provenance::{LeftOut, Reason, name::escape};
use rustix::fs::{Access, AtFlags, Dir, FileType, Stat, accessat, readlinkat, statat};
use rustix::io::Errno;
use std::collections::BTreeMap;
use std::ops::Range;
use std::os::fd::{AsFd, BorrowedFd};

pub(crate) use inside::Inside;

/// The walk through all sources.
pub(crate) struct Walk<'a> {
    keep_litter: bool,
    progress: Progress<'a>,
    pub(crate) tree: Tree,
    /// Parts of containers, if these are looked into.
    inside: Option<Inside>,
    /// What holds documents and is no folder, by number.
    origins: Vec<Box<dyn Origin>>,
    /// By raw path below `data/`, which is the order in which they are listed.
    left_out: BTreeMap<Vec<u8>, (Reason, String)>,
    unreadable: BTreeMap<Vec<u8>, String>,
}

/// One name in a folder, and what it stands for.
struct Entry {
    name: Box<[u8]>,
    kind: FileType,
    stamp: Stamp,
    readable: bool,
}

/// What of a folder is taken.
struct Taken {
    children: Vec<Child>,
    /// Whether litter is taken below, too.
    keep_litter: bool,
}

/// What the walk found.
pub(crate) struct Walked {
    pub(crate) tree: Tree,
    pub(crate) left_out: Vec<LeftOut>,
    pub(crate) origins: Vec<Box<dyn Origin>>,
    /// What was found of containers, in the order of the walk.
    pub(crate) arrivals: Vec<ArrivalOf>,
}

/// What becomes of an entry.
enum Appraisal {
    Take(Content),
    LeaveOut(Reason, String),
    Unreadable(Errno),
}

impl<'a> Walk<'a> {
    pub(crate) fn new(keep_litter: bool, inside: Option<Inside>, progress: Progress<'a>) -> Self {
        Self {
            keep_litter,
            progress,
            inside,
            tree: Tree::new(),
            origins: vec![Box::new(Parts::default())],
            left_out: BTreeMap::new(),
            unreadable: BTreeMap::new(),
        }
    }

    /// Takes in all that is below `top`, which is a folder of the tree and of source number `source`.
    pub(crate) fn folder(&mut self, top: u32, root: &Root, source: u32) -> Result<(), Error> {
        // A list instead of recursion: no tree is too deep for it.
        let mut pending = vec![(top, self.tree.path_below(top), self.keep_litter)];
        while let Some((folder, path, keep_litter)) = pending.pop() {
            // Longer paths cannot be opened, and are refused with all other unsuitable names.
            if path.len() > PATH_LIMIT {
                continue;
            }
            match self.read_folder(root, source, &path, keep_litter) {
                Ok(taken) => self.enter(folder, &path, taken, root, &mut pending)?,
                Err(errno) => self.note_unreadable(path, errno),
            }
        }
        Ok(())
    }

    /// Puts `children`, sorted by name, into the empty folder at `path`, and beside each that holds
    /// documents a folder with these. `root_of` knows the root of a source by its number.
    pub(crate) fn fill<'r>(
        &mut self,
        folder: u32,
        path: &[u8],
        children: Vec<Child>,
        root_of: impl Fn(u32) -> Option<&'r Root>,
    ) -> Result<Range<u32>, Error> {
        match &mut self.inside {
            Some(inside) => {
                inside.fill(&mut self.tree, &mut self.progress, (folder, path), children, root_of)
            }
            None => Ok(self.tree.fill(folder, children)),
        }
    }

    /// Counts a file that is a source by itself.
    pub(crate) fn file(&mut self, octets: u64) -> Result<(), Error> {
        self.progress.file(octets)
    }

    /// Ends the walk.
    ///
    /// # Errors
    /// All that could not be read: nothing is skipped in silence.
    pub(crate) fn end(mut self) -> Result<Walked, Error> {
        if !self.unreadable.is_empty() {
            let line = |(path, why): (Vec<u8>, String)| format!("`{}`: {why}", escape(&path));
            let lines: Vec<String> = self.unreadable.into_iter().map(line).collect();
            let heading = format!("cannot read {} of what the sources hold", lines.len());
            return Err(Error::listing(ErrorKind::Unreadable, &heading, &lines)
                .with_hint("grant this user access to them, or move them out of the source"));
        }
        self.progress.end()?;
        let left_out = self.left_out.into_iter();
        let left_out = left_out
            .map(|(path, (reason, detail))| LeftOut { name: escape(&path), reason, detail })
            .collect();
        let mut origins = self.origins;
        let (parts, arrivals) = self.inside.map(Inside::end).unwrap_or_default();
        // All parts are in the first origin, which was kept free for them.
        if let Some(first) = origins.first_mut() {
            *first = Box::new(parts);
        }
        Ok(Walked { tree: self.tree, left_out, origins, arrivals })
    }

    fn enter(
        &mut self,
        folder: u32,
        path: &[u8],
        Taken { children, keep_litter }: Taken,
        root: &Root,
        pending: &mut Vec<(u32, Vec<u8>, bool)>,
    ) -> Result<(), Error> {
        for child in self.fill(folder, path, children, |_| Some(root))? {
            let node = self.tree.node(child);
            match &node.content {
                // What fonds makes of a container is no folder of the source.
                Content::Folder { .. } if self.tree.container_of(child).is_some() => {}
                Content::Folder { .. } => pending.push((child, below(path, &node.name), keep_litter)),
                Content::File { stamp, .. } => self.progress.file(stamp.size)?,
                Content::Within(within) => self.progress.file(within.size)?,
            }
        }
        Ok(())
    }

    /// Reads one folder, and answers what of it is taken, sorted by name.
    fn read_folder(
        &mut self,
        root: &Root,
        source: u32,
        path: &[u8],
        keep_litter: bool,
    ) -> Result<Taken, Errno> {
        let mut folder = Dir::new(open_folder(&root.folder, root.relative(path))?)?;
        let mut entries = Vec::new();
        while let Some(entry) = folder.read() {
            let entry = entry?;
            let name = entry.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            match statat(folder.fd()?, name, AtFlags::SYMLINK_NOFOLLOW) {
                Ok(stat) => entries.push(Entry::new(folder.fd()?, name.to_bytes(), &stat)),
                Err(errno) => self.note_unreadable(below(path, name.to_bytes()), errno),
            }
        }
        entries.sort_unstable_by(|a, b| a.name.cmp(&b.name));

        // A bag stays whole: what it lists must be there.
        let keep_litter = keep_litter
            || is_bag(entries.iter().map(|entry| (&*entry.name, entry.kind == FileType::Directory)));
        let mut taken = Vec::with_capacity(entries.len());
        for entry in &entries {
            match Self::appraise(folder.fd()?, entry, (&entries, source, keep_litter)) {
                Appraisal::Take(content) => taken.push((entry.name.clone(), content)),
                Appraisal::LeaveOut(reason, detail) => {
                    self.left_out.insert(below(path, &entry.name), (reason, detail));
                }
                Appraisal::Unreadable(errno) => {
                    self.note_unreadable(below(path, &entry.name), errno);
                }
            }
        }
        Ok(Taken { children: taken, keep_litter })
    }

    fn appraise(
        folder: BorrowedFd,
        entry: &Entry,
        (siblings, source, keep_litter): (&[Entry], u32, bool),
    ) -> Appraisal {
        let name = &*entry.name;
        match entry.kind {
            FileType::Directory if !keep_litter && is_litter_folder(name) => {
                Appraisal::LeaveOut(Reason::SystemLitter, litter_detail(folder, name))
            }
            FileType::Directory => Appraisal::Take(Content::EMPTY_FOLDER),
            FileType::RegularFile if !keep_litter && is_litter_file(name) => {
                Appraisal::LeaveOut(Reason::SystemLitter, String::new())
            }
            FileType::RegularFile if !entry.readable => Appraisal::Unreadable(Errno::ACCESS),
            FileType::RegularFile if !keep_litter && is_apple_double(folder, name, siblings) => {
                Appraisal::LeaveOut(Reason::SystemLitter, "AppleDouble companion of a file".to_owned())
            }
            FileType::RegularFile => Appraisal::Take(Content::File { root: source, stamp: entry.stamp }),
            FileType::Symlink => match readlinkat(folder, name, Vec::new()) {
                Ok(target) => {
                    let detail = format!("points to {}", escape(target.to_bytes()));
                    Appraisal::LeaveOut(Reason::SymbolicLink, detail)
                }
                Err(errno) => Appraisal::Unreadable(errno),
            },
            FileType::Fifo => Appraisal::LeaveOut(Reason::Fifo, String::new()),
            FileType::Socket => Appraisal::LeaveOut(Reason::Socket, String::new()),
            FileType::CharacterDevice | FileType::BlockDevice => {
                Appraisal::LeaveOut(Reason::Device, String::new())
            }
            FileType::Unknown => Appraisal::Unreadable(Errno::NOTSUP),
        }
    }

    fn note_unreadable(&mut self, path: Vec<u8>, errno: Errno) {
        self.unreadable.insert(path, std::io::Error::from(errno).to_string());
    }
}

impl Entry {
    fn new(folder: BorrowedFd, name: &[u8], stat: &Stat) -> Self {
        Self {
            name: name.into(),
            kind: FileType::from_raw_mode(stat.st_mode),
            stamp: Stamp::of(stat),
            readable: is_readable(folder, name, stat),
        }
    }
}

/// Whether a file may be read; asked now, since a refusal half-way through packing comes too late.
pub(crate) fn is_readable(folder: BorrowedFd, name: &[u8], stat: &Stat) -> bool {
    const READABLE_BY_ALL: u32 = 0o444;
    FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile
        || stat.st_mode & READABLE_BY_ALL == READABLE_BY_ALL
        || accessat(folder, name, Access::READ_OK, AtFlags::EACCESS) != Err(Errno::ACCESS)
}

/// Whether the file is the AppleDouble companion of a sibling: by its name and by its first octets.
fn is_apple_double(folder: BorrowedFd, name: &[u8], siblings: &[Entry]) -> bool {
    let Some(owner) = apple_double_of(name) else {
        return false;
    };
    let mut head = [0; APPLE_DOUBLE.len()];
    siblings.binary_search_by(|entry| (*entry.name).cmp(owner)).is_ok()
        && open_file(folder, name).is_ok_and(|file| rustix::io::read(file, &mut head) == Ok(head.len()))
        && head == APPLE_DOUBLE
}

/// What is said of a litter folder, which is listed once for all that is in it.
fn litter_detail(parent: BorrowedFd, name: &[u8]) -> String {
    match count_files(parent, name) {
        Ok(1) => "1 file in it".to_owned(),
        Ok(files) => format!("{files} files in it"),
        Err(errno) => format!("files in it not counted: {}", std::io::Error::from(errno)),
    }
}

/// Counts everything but folders.
fn count_files(parent: BorrowedFd, folder: &[u8]) -> Result<u64, Errno> {
    let mut files = 0;
    let mut pending = vec![folder.to_vec()];
    while let Some(path) = pending.pop() {
        let mut folder = Dir::new(open_folder(parent.as_fd(), &path)?)?;
        while let Some(entry) = folder.read() {
            let entry = entry?;
            let name = entry.file_name();
            if matches!(name.to_bytes(), b"." | b"..") {
                continue;
            }
            let stat = statat(folder.fd()?, name, AtFlags::SYMLINK_NOFOLLOW)?;
            match FileType::from_raw_mode(stat.st_mode) {
                FileType::Directory => pending.push(below(&path, name.to_bytes())),
                _ => files += 1,
            }
        }
    }
    Ok(files)
}

/// `folder/name`, or `name` where `folder` is the top.
fn below(folder: &[u8], name: &[u8]) -> Vec<u8> {
    if folder.is_empty() { name.to_vec() } else { [folder, name].join(&b'/') }
}
