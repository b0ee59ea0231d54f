//! `fonds extract`: safe unpacking with verification.

use crate::answer::Answer;
use crate::outside::expect_outside;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::render;
use crate::spelling::shown;
use crate::telling::Telling;
use crate::{Context, Format, Status};
use bagit::container::{Container, Opening};
use export::examine::Examined;
use std::path::PathBuf;

/// Arguments of `fonds extract`.
#[derive(Debug, clap::Args)]
#[command(after_help = "A bag that is not sound leaves nothing at DEST, and DEST lies outside the bag. \
    Modification times are restored.")]
pub struct Args {
    /// A bag: a directory, a ZIP, a TAR or a compressed TAR
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// A directory that does not exist; it becomes the bag's base directory
    #[arg(value_name = "DEST")]
    target: PathBuf,
    /// Worker threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = crate::parse_number)]
    threads: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        match self.extract(context) {
            Ok((answer, container, examined)) => {
                let mut telling = Telling::new(context, render::of_one_bag("extract", self.format));
                telling.examined(&answer, &*container, &examined);
                let status = telling.close();
                if status == Status::Unsound {
                    context.remark(format_args!("fonds: nothing was unpacked: the bag is not sound"));
                } else {
                    context.remark(format_args!("unpacked to {}", shown(&self.target)));
                }
                status
            }
            Err(refusal) => refusal.tell(context, "extract", self.format),
        }
    }

    fn extract(&self, context: &Context<'_>) -> Result<(Answer, Box<dyn Container>, Examined), Refusal> {
        expect_outside(&self.target, [self.bag.as_path()], "unpacking")?;
        let progress = Progress::new(context);
        let threads = self.threads.unwrap_or(context.threads);
        let opening = Opening { threads, observer: &progress, sums: false };
        let container = bagit::container::open_with(&self.bag, &opening)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        let examined = export::extract::extract(&*container, &self.target, threads, &progress)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        let answer = Answer::examined(&self.bag, &*container, &examined, progress.octets());
        Ok((answer, container, examined))
    }
}
