//! Opening what lies beneath a directory, and nothing else: no link is followed, nothing outside is
//! reached, nothing is waited for (RFC 8493 §5.1).

use rustix::fs::{CWD, Mode, OFlags, openat};
use rustix::io::Errno;
use std::os::fd::{AsFd, OwnedFd};
use std::path::Path;

/// Opens a directory that the user named, to open things beneath it. Links in the way to it are
/// followed; it must not be one itself.
///
/// # Errors
/// Whatever the system says.
pub fn open_root(folder: &Path) -> Result<OwnedFd, Errno> {
    openat(CWD, folder, OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC, Mode::empty())
}

/// Opens the directory at `relative`, whose components are joined by `/`; empty is `root` itself.
///
/// # Errors
/// Whatever the system says.
pub fn open_folder(root: impl AsFd, relative: &[u8]) -> Result<OwnedFd, Errno> {
    let relative = if relative.is_empty() { b"." } else { relative };
    open(root, relative, OFlags::RDONLY | OFlags::DIRECTORY)
}

/// Opens the file at `relative` for reading; never waits, even on a pipe. Whether it is a regular
/// file is for the caller to see.
///
/// # Errors
/// Whatever the system says.
pub fn open_file(root: impl AsFd, relative: &[u8]) -> Result<OwnedFd, Errno> {
    open(root, relative, OFlags::RDONLY | OFlags::NONBLOCK)
}

#[cfg(target_os = "linux")]
fn open(root: impl AsFd, relative: &[u8], flags: OFlags) -> Result<OwnedFd, Errno> {
    use rustix::fs::ResolveFlags;
    let flags = flags | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let resolve = ResolveFlags::NO_SYMLINKS | ResolveFlags::BENEATH;
    loop {
        match rustix::fs::openat2(&root, relative, flags, Mode::empty(), resolve) {
            // A rename elsewhere in the tree made the kernel unsure: it asks to try again.
            Err(Errno::AGAIN) => {}
            // Kernels before 5.6 do not know the call, and some sandboxes forbid it.
            Err(Errno::NOSYS | Errno::PERM | Errno::INVAL) => {
                return open_by_component(root.as_fd(), relative, flags);
            }
            answer => return answer,
        }
    }
}

#[cfg(not(target_os = "linux"))]
fn open(root: impl AsFd, relative: &[u8], flags: OFlags) -> Result<OwnedFd, Errno> {
    open_by_component(root, relative, flags | OFlags::NOFOLLOW | OFlags::CLOEXEC)
}

fn open_by_component(root: impl AsFd, relative: &[u8], flags: OFlags) -> Result<OwnedFd, Errno> {
    let passing = OFlags::PATH | OFlags::DIRECTORY | OFlags::NOFOLLOW | OFlags::CLOEXEC;
    let mut folder: Option<OwnedFd> = None;
    let mut components = relative.split(|&octet| octet == b'/').peekable();
    while let Some(component) = components.next() {
        if component.is_empty() || component == b".." {
            return Err(Errno::XDEV);
        }
        let parent = folder.as_ref().map_or_else(|| root.as_fd(), AsFd::as_fd);
        if components.peek().is_none() {
            return openat(parent, component, flags, Mode::empty());
        }
        folder = Some(openat(parent, component, passing, Mode::empty())?);
    }
    Err(Errno::NOENT)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::os::unix::fs::symlink;

    #[test]
    fn both_ways_of_opening_stay_beneath_and_follow_no_link() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("a/b")).unwrap();
        std::fs::write(folder.path().join("a/b/c"), "x").unwrap();
        symlink("a", folder.path().join("link")).unwrap();
        symlink("c", folder.path().join("a/b/d")).unwrap();
        let root = open_root(&folder.path().join("a/..")).unwrap();
        let by_component = |path: &[u8]| open_by_component(&root, path, OFlags::RDONLY | OFlags::NOFOLLOW);
        assert!(open_file(&root, b"a/b/c").is_ok() && by_component(b"a/b/c").is_ok());
        for refused in [&b"link/b/c"[..], b"a/b/d", b"../x", b"a/../../x", b"/etc/passwd"] {
            assert!(open_file(&root, refused).is_err(), "{refused:?}");
            assert!(by_component(refused).is_err(), "{refused:?}");
        }
        assert_eq!(open_root(&folder.path().join("link")).unwrap_err(), Errno::NOTDIR);
    }
}
