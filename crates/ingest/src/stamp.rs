//! What a file was when it was found: enough to notice that it is no longer.

use chrono::{DateTime, SecondsFormat, Utc};
use rustix::fs::{FileType, Stat};

/// Identity, size and times of a regular file.
///
/// The status-change time is what nobody can set back: it betrays a file that was rewritten and
/// given its old modification time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Stamp {
    device: u64,
    inode: u64,
    /// Octets.
    pub(crate) size: u64,
    modified: Moment,
    status_changed: Moment,
}

/// Seconds and nanoseconds since 1970 in UTC.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Moment {
    seconds: i64,
    nanoseconds: u32,
}

impl Stamp {
    pub(crate) fn of(stat: &Stat) -> Self {
        Self {
            device: stat.st_dev,
            inode: stat.st_ino,
            size: u64::try_from(stat.st_size).unwrap_or(0),
            modified: Moment {
                seconds: stat.st_mtime,
                nanoseconds: u32::try_from(stat.st_mtime_nsec).unwrap_or(0),
            },
            status_changed: Moment {
                seconds: stat.st_ctime,
                nanoseconds: u32::try_from(stat.st_ctime_nsec).unwrap_or(0),
            },
        }
    }

    /// When the content was last modified; `None` beyond the years that chrono can hold.
    pub(crate) fn modified(&self) -> Option<DateTime<Utc>> {
        self.modified.in_utc()
    }

    /// Says what of `stat` is no longer as it was found; `None` if all of it is.
    pub(crate) fn difference(&self, stat: &Stat) -> Option<String> {
        if FileType::from_raw_mode(stat.st_mode) != FileType::RegularFile {
            return Some("replaced by something that is no regular file".to_owned());
        }
        let now = Self::of(stat);
        if now == *self {
            return None;
        }
        let mut changes = Vec::new();
        if (now.device, now.inode) != (self.device, self.inode) {
            changes.push("replaced by another file".to_owned());
        }
        if now.size != self.size {
            changes.push(format!("size from {} to {} octets", self.size, now.size));
        }
        if now.modified != self.modified {
            changes.push(format!(
                "modification time from {} to {}",
                self.modified.words(),
                now.modified.words()
            ));
        }
        if changes.is_empty() {
            let (was, is) = (self.status_changed.words(), now.status_changed.words());
            changes.push(format!("status-change time from {was} to {is}"));
        }
        Some(changes.join(", "))
    }
}

impl Moment {
    fn in_utc(self) -> Option<DateTime<Utc>> {
        DateTime::from_timestamp(self.seconds, self.nanoseconds)
    }

    fn words(self) -> String {
        let outside = || format!("{} seconds from 1970", self.seconds);
        self.in_utc().map_or_else(outside, |time| time.to_rfc3339_opts(SecondsFormat::AutoSi, true))
    }
}
