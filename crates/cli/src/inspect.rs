//! `fonds inspect`: what is in it, who made it, when; or what in it could identify a source.

pub(crate) mod sensitive;

use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::render;
use crate::{Context, Format, Status};
use bagit::container::{Opening, find};
use bagit::finding::E201;
use export::overview::overview;
use std::path::PathBuf;

/// Arguments of `fonds inspect`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Nothing is ever changed. With --sensitive the exit status is 0 whatever was \
    found, 3 if there are documents that nobody could look into, and 2 if nothing could be told.")]
pub struct Args {
    /// A bag: a directory, a ZIP, a TAR or a compressed TAR; with --sensitive also any folder or file
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// Read every document, and tell what in it could identify a source: positions, serial numbers,
    /// authors, headers of mail, user names; without telling these themselves
    #[arg(long)]
    sensitive: bool,
    /// With --sensitive: write all of it into this CSV file, for a spreadsheet; it must not exist
    #[arg(long, value_name = "FILE.csv", requires = "sensitive")]
    sheet: Option<PathBuf>,
    /// With --sensitive: worker threads [default: one for each processor]
    #[arg(long, value_name = "N", requires = "sensitive", value_parser = crate::parse_number)]
    threads: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        if self.sensitive {
            return self.run_sensitive(context);
        }
        let progress = Progress::new(context);
        let opening = Opening { threads: context.threads, observer: &progress, sums: false };
        let container = match bagit::container::open_with(&self.bag, &opening) {
            Ok(container) => container,
            Err(error) => return Refusal::new(&error, error.hint()).tell(context, "inspect", self.format),
        };
        if find(container.entries(), "bagit.txt").is_none() {
            let damage = container.findings().first().filter(|_| container.entries().is_empty());
            let found = damage.map_or("no bagit.txt in it", |finding| &finding.message);
            let message = format!(
                "cannot inspect `{}`: expected a bag, found {found}",
                crate::spelling::shown(&self.bag)
            );
            Refusal::new(&message, Some(E201.hint)).tell(context, "inspect", self.format);
            return Status::Unsound;
        }
        let seen = overview(&*container);
        match self.format {
            Format::Text => render::text::inspected(&self.bag, &seen, context),
            _ => context.say_json(&render::json::inspected(&self.bag, &seen), self.format),
        }
        Status::Sound
    }
}
