//! Every archivist command, parsed once and run once: the only crate with a face.
//!
//! The binary `fonds` and `cargo xtask` are two doors to the same [`Command`].

mod answer;
mod attribution;
mod believed;
mod bundle;
mod context;
mod describe;
mod disclose;
mod export;
mod extract;
mod inspect;
mod outside;
mod patience;
mod progress;
mod receipt;
mod refusal;
mod render;
mod rendering;
mod seal;
mod seed;
mod sheet;
mod spelling;
mod status;
mod telling;
mod verify;
mod whole_file;

pub use context::Context;
pub use status::Status;

/// What an archivist can ask for.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Pack documents into a bundle that anyone can verify
    Bundle(bundle::Args),
    /// Check bags and bundles, one or many; nothing is unpacked or written
    Verify(verify::Args),
    /// Sign a bundle, have it timestamped, and add what others signed
    Seal(seal::Args),
    /// Show what is in a bag, who made it and when, without verifying it
    Inspect(inspect::Args),
    /// Unpack a bag safely, verifying it in the same read
    Extract(extract::Args),
    /// Write the sheets of a bundle for a spreadsheet: CSV, or a workbook to fill in
    Sheet(sheet::Args),
    /// Hold a sheet that somebody filled in against a bundle, and make a new revision of it
    Describe(describe::Args),
    /// Write what another system takes in: a transfer for Archivematica, a CSV for AtoM, Dublin Core
    Export(export::Args),
    /// Make a receipt of a bundle, to be kept elsewhere and compared with later
    Receipt(receipt::Args),
    /// Hand on some documents of a sealed bundle, with proof that they are of it, and withhold the rest
    Disclose(disclose::Args),
    /// Examine one bag for `verify`, which starts this for each of many
    #[command(name = verify::reader::NAME, hide = true)]
    Answer(verify::reader::Args),
}

impl Command {
    /// Runs the command; everything it has to say goes through `context`.
    pub fn run(self, context: &mut Context<'_>) -> Status {
        let status = match self {
            Self::Bundle(args) => args.run(context),
            Self::Verify(args) => args.run(context),
            Self::Seal(args) => args.run(context),
            Self::Inspect(args) => args.run(context),
            Self::Extract(args) => args.run(context),
            Self::Sheet(args) => args.run(context),
            Self::Describe(args) => args.run(context),
            Self::Export(args) => args.run(context),
            Self::Receipt(args) => args.run(context),
            Self::Disclose(args) => args.run(context),
            Self::Answer(args) => args.run(context),
        };
        context.close(status)
    }
}

/// Says what is wrong with a command line, or gives the help that was asked for.
///
/// A word of the line may be a name that somebody else chose: what a terminal would obey is spelt out.
pub fn refuse_line(error: &clap::Error, err: &mut dyn std::io::Write) -> Status {
    if !error.use_stderr() {
        // Help has no words of others in it.
        return match error.print() {
            Err(error) if context::is_loss(&error) => {
                let _ = writeln!(err, "fonds: {}", context::unanswered(&error));
                let _ = writeln!(err, "hint: {}", context::MAKE_ROOM);
                Status::Failed
            }
            _ => Status::Sound,
        };
    }
    for line in error.render().to_string().lines() {
        let _ = writeln!(err, "{}", provenance::name::spell(line));
    }
    Status::Failed
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For machines: one versioned document
    Json,
    /// For machines: one line for each bag, with all its findings
    Jsonl,
}

/// A number of worker threads.
fn parse_number(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if (1..=MOST_THREADS).contains(&number) => Ok(number),
        _ => Err(format!("expected a number from 1 to {MOST_THREADS}")),
    }
}

/// More than machines have processors for: a slip of the finger, not a wish. Also, each process that
/// reads a bag holds two pipes, and a thousand files are all that most systems let a program open.
const MOST_THREADS: usize = 256;

/// Name and version of this program, as it stands in bundles.
pub const SOFTWARE: &str = concat!("fonds ", env!("CARGO_PKG_VERSION"));
