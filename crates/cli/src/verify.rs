//! `fonds verify`: is this bag sound?

use crate::progress::Progress;
use crate::render;
use crate::{Context, Format, Status};
use bagit::container::Opening;
use export::examine::{Examined, examine};
use std::path::{Path, PathBuf};

/// Arguments of `fonds verify`.
#[derive(Debug, clap::Args)]
#[command(after_help = "Every payload and tag file is compared with every manifest; all findings are \
    listed, never only the first. Exit status: 0 valid; 1 invalid; 2 could not be examined; 3 not \
    fully checked. With several bags, the worst.")]
pub struct Args {
    /// Bags: directories or ZIP files
    #[arg(required = true, value_name = "BUNDLE")]
    bags: Vec<PathBuf>,
    /// Worker threads [default: one for each processor]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        let mut status = Status::Sound;
        let mut answers = Vec::new();
        for path in &self.bags {
            match self.examine(path, context) {
                Ok(examined) => {
                    status = status.worse(examined.report.verdict().into());
                    match self.format {
                        Format::Json => answers.push(render::json::verified(path, &examined)),
                        Format::Text => render::text::verified(path, &examined, context),
                    }
                }
                Err(error) => {
                    status = status.worse(context.fail(&error, error.hint()));
                    answers.push(render::json::not_examined(path, &error));
                }
            }
        }
        if self.format == Format::Json {
            context.say_json(&render::json::document("verify", answers));
        }
        status
    }

    fn examine(&self, path: &Path, context: &Context<'_>) -> export::Result<Examined> {
        let progress = Progress::new(context);
        let threads = self.threads.unwrap_or(context.threads);
        let opening = Opening { threads, observer: &progress, sums: true };
        let container = bagit::container::open_with(path, &opening)?;
        examine(&*container, threads, &progress)
    }
}
