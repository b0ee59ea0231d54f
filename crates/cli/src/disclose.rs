//! `fonds disclose`: some documents leave, and prove that they are of the sealed whole.

use crate::answer::Count;
use crate::attribution::{by, parse_line, parse_time};
use crate::outside::expect_outside;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::seal::private_key;
use crate::spelling::shown;
use crate::{Context, Format, Status, whole_file};
use bagit::container::{Container, Opening};
use chrono::{DateTime, Utc};
use export::ErrorKind;
use export::bundle::{Form, is_zip};
use export::disclose::{Choice, Order, Written, disclose, merge};
use export::returned::{self, Table};
use provenance::seal::ssh::{Key, sign_for};
use provenance::seal::statement::{NAMESPACE, Reason};
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Arguments of `fonds disclose`.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A GLOB is a pattern over payload paths, such as 'data/**/witness-*': * and ? stay within \
    a folder, ** stands for any folders. A sheet chooses the documents of its rows, by its column path. \
    What --withhold fits stays, whatever --select says; a pattern that fits nothing is refused.\n\n\
    OUT holds the chosen documents and their rows, the root of the whole with its signatures and \
    timestamps, and a proof for each document; never the seed. Cells that tell of withheld documents are \
    left blank, and told. Read the rows before you hand them on: descriptions stay as they are."
)]
pub struct Args {
    /// A sealed bundle, or a disclosure that is to be narrowed; with --merge two disclosures or more
    #[arg(value_name = "BUNDLE", required = true, num_args = 1..)]
    bags: Vec<PathBuf>,
    /// Choose the documents that a pattern fits, or those of a sheet's rows
    #[arg(long, value_name = "SHEET.csv|GLOB", required_unless_present = "merge", conflicts_with = "merge")]
    select: Vec<String>,
    /// Withhold what a pattern fits
    #[arg(long, value_name = "GLOB", conflicts_with = "merge")]
    withhold: Vec<String>,
    /// Put disclosures of one bundle together
    #[arg(long)]
    merge: bool,
    /// Where to write; a name in .zip makes a ZIP, any other a directory
    #[arg(short, long, value_name = "OUT")]
    output: PathBuf,
    /// Why the rest is withheld
    #[arg(long, value_name = "CODE", default_value = "unstated", value_parser = parse_reason)]
    reason: Reason,
    /// Who answers for it; stays blank if not given
    #[arg(long, value_name = "NAME", env = "FONDS_AGENT", value_parser = parse_line)]
    agent: Option<String>,
    /// The time that stands for now, as 2026-11-22 or 2026-11-22T10:00:00Z
    /// [default: `SOURCE_DATE_EPOCH`, else the clock]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    at: Option<DateTime<Utc>>,
    /// Sign the statement with this private key of OpenSSH; its passphrase is asked for
    #[arg(long, value_name = "FILE")]
    key: Option<PathBuf>,
    /// Worker threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = crate::parse_number)]
    threads: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

fn parse_reason(code: &str) -> Result<Reason, String> {
    Reason::coded(code).ok_or_else(|| {
        let codes: Vec<&str> = Reason::ALL.into_iter().map(Reason::code).collect();
        format!("expected one of {}", codes.join(", "))
    })
}

/// What was disclosed.
#[derive(Serialize)]
struct Answer<'a> {
    version: u32,
    command: &'static str,
    target: String,
    payload: Count,
    bundle: &'a str,
    slots: u64,
    withheld: u64,
    reason: &'static str,
    signed: bool,
    vouching: u64,
    statements: u64,
    blanked: Vec<Blank<'a>>,
    naming: Vec<Naming>,
    root: String,
    fingerprint: String,
    leftovers: u32,
}

#[derive(Serialize)]
struct Blank<'a> {
    path: &'a str,
    column: &'a str,
}

#[derive(Serialize)]
struct Naming {
    column: &'static str,
    rows: u64,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        match self.write(context) {
            Ok(written) => {
                self.tell(&written, context);
                Status::Sound
            }
            Err((refusal, status)) => {
                refusal.tell(context, "disclose", self.format);
                status
            }
        }
    }

    fn write(&self, context: &Context<'_>) -> Result<Written, (Refusal, Status)> {
        let failed = |refusal| (refusal, Status::Failed);
        let bags = self.bags.iter().map(PathBuf::as_path);
        expect_outside(&self.output, bags, "disclosing").map_err(failed)?;
        let by = by(self.agent.as_deref(), self.at, context).map_err(failed)?;
        let key = self.key.as_deref().map(private_key).transpose().map_err(failed)?;
        let choice = self.choice().map_err(failed)?;
        let progress = Progress::new(context);
        let threads = self.threads.unwrap_or(context.threads);
        let opening = Opening { threads, observer: &progress, sums: false };
        let refused = |error: export::Error| {
            let is_unsound = error.kind() == ErrorKind::Unsound;
            let status = if is_unsound { Status::Unsound } else { Status::Failed };
            (Refusal::new(&error, error.hint()), status)
        };
        let mut containers = Vec::with_capacity(self.bags.len());
        for path in &self.bags {
            containers.push(self.open(path, &opening).map_err(refused)?);
        }
        let sign =
            |key: &Key, octets: &[u8]| sign_for(NAMESPACE, key, octets).map_err(|error| error.to_string());
        let signer = key.as_ref().map(|key| move |octets: &[u8]| sign(key, octets));
        let order = Order {
            target: &self.output,
            form: if is_zip(&self.output) { Form::Zip } else { Form::Directory },
            reason: self.reason,
            by: &by,
            signer: signer.as_ref().map(|signer| signer as export::disclose::Signer<'_>),
            threads,
        };
        let containers: Vec<&dyn Container> = containers.iter().map(|container| &**container).collect();
        match (&containers[..], self.merge) {
            (all, true) => merge(all, &order, &progress).map_err(refused),
            ([one], false) => disclose(*one, &choice, &order, &progress).map_err(refused),
            _ => {
                let message = "expected one bundle, found several";
                Err(failed(Refusal::new(&message, Some("--merge puts disclosures of one bundle together"))))
            }
        }
    }

    /// Opens a bundle; a compressed TAR, whose files cannot be had one by one, is unfolded beside the target.
    fn open(&self, path: &Path, opening: &Opening<'_>) -> export::Result<Box<dyn Container>> {
        let container = bagit::container::open_with(path, opening)?;
        let unfolded = container.unfolded(&self.output, opening.observer)?;
        Ok(unfolded.unwrap_or(container))
    }

    /// What is a file is a sheet; payload paths begin with `data/`, and no pattern is one by accident.
    fn choice(&self) -> Result<Choice, Refusal> {
        let mut choice = Choice::default();
        for text in &self.select {
            if text.starts_with("data/") || text.starts_with("**") {
                choice.select(text);
                continue;
            }
            let octets = whole_file::read(Path::new(text), returned::LONGEST_FILE).map_err(|error| {
                let message = format!("cannot read `{text}`: {error}");
                Refusal::new(&message, Some("give a sheet, or a pattern that begins with data/"))
            })?;
            let refused = |error: export::Error| Refusal::new(&error, error.hint());
            let table = Table::read(text, &octets).map_err(refused)?;
            choice.select_rows(text, &table).map_err(refused)?;
        }
        self.withhold.iter().for_each(|text| choice.withhold(text));
        Ok(choice)
    }

    fn tell(&self, written: &Written, context: &mut Context<'_>) {
        let Written { payload, root, withheld, blanked, naming, vouching, statements, leftovers } = written;
        let target = shown(&self.output);
        if self.format != Format::Text {
            let answer = Answer {
                version: 1,
                command: "disclose",
                target,
                payload: (*payload).into(),
                bundle: &root.bundle,
                slots: root.size,
                withheld: *withheld,
                reason: self.reason.code(),
                signed: self.key.is_some(),
                vouching: *vouching,
                statements: *statements,
                blanked: blanked.iter().map(|one| Blank { path: &one.path, column: one.column }).collect(),
                naming: naming.iter().map(|&(column, rows)| Naming { column, rows }).collect(),
                root: crate::spelling::hex(&root.hash),
                fingerprint: root.fingerprint().to_string(),
                leftovers: *leftovers,
            };
            return context.say_json(&answer, self.format);
        }
        context.say(format_args!("{target}: {} documents of `{}`", payload.streams, root.bundle));
        context.say(format_args!("  {withheld} of {} slots withheld: {}", root.size, self.reason.code()));
        context.say(format_args!("  fingerprint of the whole {}", root.fingerprint()));
        if *vouching == 0 {
            context.say("  no signature over the whole was there to go with it");
        }
        for one in blanked {
            context.remark(format_args!(
                "left blank: {} of {}: it tells of what is withheld",
                one.column, one.path
            ));
        }
        let columns: Vec<&str> = naming.iter().map(|&(column, _)| column).collect();
        if !columns.is_empty() {
            context.remark(format_args!(
                "read before you hand it on: {} may name persons, and stay as they are",
                columns.join(", ")
            ));
        }
        if self.key.is_none() {
            context.remark("nobody signed the statement of what is withheld (--key FILE)");
        }
        if *leftovers > 0 {
            context.remark(format_args!("{leftovers} half-made packages of interrupted runs lie beside it"));
        }
    }
}
