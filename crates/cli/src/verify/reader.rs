//! One bag, examined by a process of its own for another that verifies many.

use super::signs::Heart;
use super::wire::Wire;
use super::{Held, NotExamined, examine};
use crate::answer::Answer;
use crate::believed::BelievedArgs;
use crate::telling::Telling;
use crate::{Context, Status};
use rustix::process::Signal;
use std::path::PathBuf;

/// The word by which `verify` starts this.
pub(crate) const NAME: &str = "answer";

/// Arguments from one process to another.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Worker threads
    #[arg(long, value_parser = crate::parse_number)]
    threads: usize,
    /// A profile
    #[arg(long)]
    profile: Option<PathBuf>,
    #[command(flatten)]
    believed: BelievedArgs,
    /// A bag
    bag: PathBuf,
}

impl Args {
    /// Examines the bag; the answer goes to stdout in a form of its own, signs of life to stderr.
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        // Both only make things better if all else goes wrong: nobody is left over who works for nobody,
        // and a system that runs out of memory ends this process and not those of other bags.
        let _ = rustix::process::set_parent_process_death_signal(Some(Signal::KILL));
        let _ = std::fs::write("/proc/self/oom_score_adj", "500");
        let heart = Heart::of_this_thread();
        std::thread::scope(|scope| {
            let _stops = heart.stops_at_the_end();
            scope.spawn(|| heart.beat());
            // They were read by the process that waits for this one, so that they can be read.
            let held = self.profile.as_deref().map(super::profile::load).transpose();
            let held = held.and_then(|profile| Ok(Held { profile, believed: self.believed.read(context)? }));
            let examined = match &held {
                Ok(held) => examine(&self.bag, held, self.threads, &heart),
                Err(refusal) => Err(NotExamined { message: refusal.to_string(), hint: None }),
            };
            heart.tells();
            let mut telling = Telling::new(context, Box::new(Wire::default()));
            match examined {
                Ok((container, examined)) => {
                    let answer = Answer::examined(&self.bag, &*container, &examined, heart.octets());
                    telling.examined(&answer, &*container, &examined);
                }
                Err(NotExamined { message, hint }) => {
                    telling.not_examined(&Answer::not_examined(&self.bag, message, hint.as_deref()));
                }
            }
            telling.close()
        })
    }
}
