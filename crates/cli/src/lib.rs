//! Every archivist command, parsed once and run once: the only crate with a face.
//!
//! The binary `fonds` and `cargo xtask` are two doors to the same [`Command`].

mod bundle;
mod context;
mod extract;
mod inspect;
mod progress;
mod render;
mod status;
mod verify;

pub use context::Context;
pub use status::Status;

/// What an archivist can ask for.
#[derive(Debug, clap::Subcommand)]
pub enum Command {
    /// Pack documents into a bundle that anyone can verify
    Bundle(bundle::Args),
    /// Check bags and bundles, in a directory or a ZIP; nothing is unpacked or written
    Verify(verify::Args),
    /// Show what is in a bag, who made it and when, without verifying it
    Inspect(inspect::Args),
    /// Unpack a bag safely, verifying it in the same read
    Extract(extract::Args),
}

impl Command {
    /// Runs the command; everything it has to say goes through `context`.
    pub fn run(self, context: &mut Context<'_>) -> Status {
        match self {
            Self::Bundle(args) => args.run(context),
            Self::Verify(args) => args.run(context),
            Self::Inspect(args) => args.run(context),
            Self::Extract(args) => args.run(context),
        }
    }
}

/// How an answer is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Text,
    /// For machines: one versioned document
    Json,
}

/// Name and version of this program, as it stands in bundles.
pub const SOFTWARE: &str = concat!("fonds ", env!("CARGO_PKG_VERSION"));
