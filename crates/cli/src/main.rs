//! The binary `fonds`.

use clap::Parser;
use std::process::ExitCode;

/// Packages documents into bundles that anyone can verify decades later.
#[derive(Parser)]
#[command(name = "fonds", version, arg_required_else_help = true)]
#[command(after_help = "Exit status: 0 done and sound; 1 examined, and unsound; 2 could not be done; \
                        3 sound as far as it goes, but not fully checkable.")]
struct Fonds {
    #[command(subcommand)]
    command: fonds::Command,
}

#[expect(clippy::disallowed_methods, reason = "the door: the one place that meets the terminal")]
fn main() -> ExitCode {
    let (mut out, mut err) = (std::io::stdout(), std::io::stderr());
    match Fonds::try_parse() {
        Ok(line) => line.command.run(&mut fonds::Context::from_process(&mut out, &mut err)).into(),
        Err(error) => fonds::refuse_line(&error, &mut err).into(),
    }
}
