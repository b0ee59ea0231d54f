//! `fonds extract`: safe unpacking with verification.

use crate::context::Refusal;
use crate::progress::Progress;
use crate::render;
use crate::{Context, Format, Status};
use bagit::container::Opening;
use export::Error;
use export::examine::Examined;
use std::path::PathBuf;

/// Arguments of `fonds extract`.
#[derive(Debug, clap::Args)]
#[command(after_help = "A bag that is not sound leaves nothing at DEST. Modification times are restored.")]
pub struct Args {
    /// A bag: a directory or a ZIP file
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// A directory that does not exist; it becomes the bag's base directory
    #[arg(value_name = "DEST")]
    target: PathBuf,
    /// Worker threads [default: one for each processor]
    #[arg(long, value_name = "N")]
    threads: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        match self.extract(context) {
            Ok(examined) => {
                let status = Status::from(examined.report.verdict());
                match self.format {
                    Format::Json => {
                        let answer = render::json::verified(&self.bag, &examined);
                        context.say_json(&render::json::document("extract", vec![answer]));
                    }
                    Format::Text => render::text::verified(&self.bag, &examined, context),
                }
                if status == Status::Unsound {
                    context.remark(format_args!("fonds: nothing was unpacked: the bag is not sound"));
                } else {
                    context.remark(format_args!("unpacked to {}", self.target.display()));
                }
                status
            }
            Err(error) => Refusal::new(&error, error.hint()).tell(context, "extract", self.format),
        }
    }

    fn extract(&self, context: &Context<'_>) -> Result<Examined, Error> {
        let progress = Progress::new(context);
        let threads = self.threads.unwrap_or(context.threads);
        let opening = Opening { threads, observer: &progress, sums: false };
        let container = bagit::container::open_with(&self.bag, &opening)?;
        export::extract::extract(&*container, &self.target, threads, &progress)
    }
}
