//! `fonds inspect`: what is in it, who made it, when.

use crate::context::Refusal;
use crate::progress::Progress;
use crate::render;
use crate::{Context, Format, Status};
use bagit::container::{Opening, find};
use bagit::finding::E201;
use export::overview::overview;
use std::path::PathBuf;

/// Arguments of `fonds inspect`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A bag: a directory, a ZIP, a TAR or a compressed TAR
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
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
                crate::answer::shown(&self.bag)
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
