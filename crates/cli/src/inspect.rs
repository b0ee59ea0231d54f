//! `fonds inspect`: what is in it, who made it, when.

use crate::render;
use crate::{Context, Format, Status};
use export::overview::overview;
use std::path::PathBuf;

/// Arguments of `fonds inspect`.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// A bag: a directory or a ZIP file
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        let container = match bagit::container::open(&self.bag) {
            Ok(container) => container,
            Err(error) => return context.fail(&error, error.hint()),
        };
        if let (true, Some(finding)) = (container.entries().is_empty(), container.findings().first()) {
            let hint = finding.code.hint;
            context.fail(
                &format_args!("cannot inspect `{}`: {}", self.bag.display(), finding.message),
                Some(hint),
            );
            return Status::Unsound;
        }
        let seen = overview(&*container);
        match self.format {
            Format::Json => context.say_json(&render::json::inspected(&self.bag, &seen)),
            Format::Text => render::text::inspected(&self.bag, &seen, context),
        }
        Status::Sound
    }
}
