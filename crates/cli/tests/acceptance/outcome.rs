//! One run of the program, and what it came to.

use std::ffi::OsStr;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

/// The program under test.
pub const FONDS: &str = env!("CARGO_BIN_EXE_fonds");

/// A run that has not begun.
pub struct Run {
    command: Command,
    line: String,
    limit: Duration,
}

/// How a run ended.
#[derive(Debug)]
pub struct Outcome {
    line: String,
    /// `None` if a signal ended it.
    pub status: Option<i32>,
    pub out: String,
    pub err: String,
}

impl Run {
    /// The program with the words of `line` as its arguments; the environment says nothing to it.
    pub fn fonds(line: &str, here: &Path) -> Self {
        let mut run = Self::new(Command::new(FONDS), format!("fonds {line}"), here);
        run.command.args(line.split_whitespace());
        run
    }

    /// A shell script in which `fonds` is the program.
    pub fn shell(script: &str, here: &Path) -> Self {
        let mut run = Self::new(Command::new("sh"), script.to_owned(), here);
        run.command.args(["-c", &script.replace("fonds ", "\"$FONDS\" ")]).env("FONDS", FONDS);
        run
    }

    fn new(mut command: Command, line: String, here: &Path) -> Self {
        command.current_dir(here).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.env_remove("SOURCE_DATE_EPOCH").env_remove("FONDS_AGENT");
        Self { command, line, limit: Duration::from_mins(4) }
    }

    pub fn with(mut self, argument: impl AsRef<OsStr>) -> Self {
        self.command.arg(argument);
        self
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        self.command.env(name, value);
        self
    }

    pub fn within(self, seconds: u64) -> Self {
        Self { limit: Duration::from_secs(seconds), ..self }
    }

    pub fn begin(mut self) -> Underway {
        let mut child = self.command.spawn().unwrap();
        let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let readers = [thread::spawn(move || text_of(&mut out)), thread::spawn(move || text_of(&mut err))];
        Underway { child, readers, line: self.line, limit: self.limit }
    }

    #[track_caller]
    pub fn go(self) -> Outcome {
        self.begin().end()
    }
}

fn text_of(stream: &mut impl Read) -> String {
    let mut octets = Vec::new();
    stream.read_to_end(&mut octets).unwrap();
    String::from_utf8(octets).unwrap()
}

/// Controls, and what turns the direction of writing.
pub fn is_obeyed(c: char) -> bool {
    c.is_control() || "\u{61C}\u{200E}\u{200F}\u{2028}\u{2029}\u{FEFF}".contains(c) || is_bidirectional(c)
}

fn is_bidirectional(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Sends a process a signal.
pub fn send(signal: &str, process: &str) {
    Command::new("kill").args([&format!("-{signal}"), process]).output().unwrap();
}

/// A run that goes on.
pub struct Underway {
    child: Child,
    readers: [thread::JoinHandle<String>; 2],
    line: String,
    limit: Duration,
}

impl Underway {
    /// Sends it a signal, if it still runs.
    pub fn signal(&self, name: &str) {
        send(name, &self.child.id().to_string());
    }

    /// Whether it has opened a file of this name.
    pub fn holds(&self, name: &str) -> bool {
        let open = std::fs::read_dir(format!("/proc/{}/fd", self.child.id())).into_iter().flatten().flatten();
        let mut paths = open.filter_map(|item| std::fs::read_link(item.path()).ok());
        paths.any(|path| path.ends_with(name))
    }

    /// Processes that it has started: the number of one whose arguments end in `bag`, once there is one.
    #[track_caller]
    pub fn reader_of(&mut self, bag: &str) -> String {
        let parent = format!("PPid:\t{}\n", self.child.id());
        let begun = Instant::now();
        while begun.elapsed() < self.limit && self.is_running() {
            for item in std::fs::read_dir("/proc").unwrap().flatten() {
                let read = |name| std::fs::read_to_string(item.path().join(name)).unwrap_or_default();
                if read("status").contains(&parent) && read("cmdline").ends_with(&format!("\0{bag}\0")) {
                    return item.file_name().into_string().unwrap();
                }
            }
            thread::sleep(Duration::from_millis(2));
        }
        panic!("`{}` has no process for {bag}", self.line);
    }

    /// The most memory that it has held so far, in KiB; nothing where the system does not tell.
    pub fn peak_kib(&self) -> u64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.id())).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        line.and_then(|line| line.split_ascii_whitespace().next()?.parse().ok()).unwrap_or(0)
    }

    pub fn is_running(&mut self) -> bool {
        self.child.try_wait().unwrap().is_none()
    }

    #[track_caller]
    pub fn end(mut self) -> Outcome {
        let begun = Instant::now();
        while self.is_running() {
            if begun.elapsed() > self.limit {
                self.child.kill().unwrap();
                panic!("`{}` still runs after {:?}", self.line, self.limit);
            }
            thread::sleep(Duration::from_millis(2));
        }
        let status = self.child.wait().unwrap().code();
        let [out, err] = self.readers.map(|reader| reader.join().unwrap());
        Outcome { line: self.line, status, out, err }
    }
}

impl Outcome {
    #[track_caller]
    pub fn ends(&self, status: i32) -> &Self {
        assert_eq!(self.status, Some(status), "{self}");
        self
    }

    /// The answer holds a text.
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        assert!(self.out.contains(text), "expected `{text}` on stdout of {self}");
        self
    }

    /// What is said beside the answer holds a text.
    #[track_caller]
    pub fn remarks(&self, text: &str) -> &Self {
        assert!(self.err.contains(text), "expected `{text}` on stderr of {self}");
        self
    }

    #[track_caller]
    pub fn says_nothing(&self) -> &Self {
        assert_eq!(self.out, "", "{self}");
        self
    }

    #[track_caller]
    pub fn remarks_nothing(&self) -> &Self {
        assert_eq!(self.err, "", "{self}");
        self
    }

    /// No octet on either stream that a terminal would obey.
    #[track_caller]
    pub fn is_harmless(&self) -> &Self {
        for text in [&self.out, &self.err] {
            assert_eq!(text.chars().find(|&c| c != '\n' && is_obeyed(c)), None, "{self}");
        }
        self
    }

    /// The answer as JSON.
    #[track_caller]
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error} in {self}"))
    }
}

impl std::fmt::Display for Outcome {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self { line, status, out, err } = self;
        write!(f, "`{line}`, which ended with {status:?}\n--- stdout\n{out}--- stderr\n{err}---")
    }
}
