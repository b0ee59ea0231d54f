//! `fonds receipt`: a page that is kept elsewhere, to compare a bundle by later.

use crate::attribution::{parse_line, parse_time, time};
use crate::outside::expect_outside;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::spelling::shown;
use crate::{Context, Format, SOFTWARE, Status};
use bagit::container::Opening;
use bagit::staging::Staged;
use chrono::{DateTime, Utc};
use clap::ValueEnum;
use export::receipt::{self, Language, Order};
use provenance::receipt::Receipt;
use serde::Serialize;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Arguments of `fonds receipt`.
#[derive(Debug, clap::Args)]
#[command(after_help = "The bundle is verified first, and of one that is not sound no receipt is made. A \
    receipt names no documents, and holds nothing secret. `fonds verify BUNDLE --receipt FILE` compares \
    later. Exit status: 0 made; 1 the bundle is not sound; 2 could not be made; 3 not all of the bundle \
    could be checked.")]
pub struct Args {
    /// A bundle: a directory, a ZIP, a TAR or a compressed TAR
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// Where to write: FILE.html, one page of A4 for print, or FILE.txt [default: text, to the screen]
    #[arg(short, long, value_name = "FILE", value_parser = parse_target)]
    output: Option<Target>,
    /// Language of the receipt
    #[arg(long, value_name = "LANGUAGE", default_value = "en")]
    language: Tongue,
    /// Who hands the bundle over
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    given_by: Option<String>,
    /// Who takes it
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    received_by: Option<String>,
    /// Where
    #[arg(long, value_name = "TEXT", value_parser = parse_line)]
    place: Option<String>,
    /// When the receipt is made [default: now]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    at: Option<DateTime<Utc>>,
    /// Worker threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = crate::parse_number)]
    threads: Option<usize>,
    /// How to answer, where the receipt itself goes into a file
    #[arg(long, value_name = "FORMAT", default_value = "text", requires = "output")]
    format: Format,
}

/// A language by its code.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Tongue {
    /// English
    En,
    /// Persian
    Fa,
    /// English and Persian
    Both,
}

/// A file, and in which form it is written.
#[derive(Clone, Debug)]
struct Target {
    path: PathBuf,
    is_html: bool,
}

fn parse_target(text: &str) -> Result<Target, String> {
    let path = PathBuf::from(text);
    let extension = path.extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    let is_html = match extension.to_ascii_lowercase().as_str() {
        "html" | "htm" => true,
        "txt" => false,
        _ => return Err("expected a name that ends in .html or .txt".to_owned()),
    };
    Ok(Target { path, is_html })
}

/// What was written.
#[derive(Serialize)]
struct Written<'a> {
    version: u32,
    command: &'static str,
    output: String,
    bundle: &'a str,
    root: String,
    fingerprint: String,
    made: String,
    /// What the QR code holds.
    line: String,
}

/// Why there is no receipt, and what that is as a status.
struct Refused {
    refusal: Refusal,
    status: Status,
}

impl From<Refusal> for Refused {
    fn from(refusal: Refusal) -> Self {
        Self { refusal, status: Status::Failed }
    }
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        let made = self.make(context).and_then(|receipt| {
            let text = self.render(&receipt)?;
            Ok((receipt, text))
        });
        match made {
            Ok((receipt, text)) => match &self.output {
                None => {
                    for line in text.lines() {
                        context.say(line);
                    }
                    Status::Sound
                }
                Some(target) => self.write(target, &receipt, &text, context),
            },
            Err(Refused { refusal, status }) => {
                refusal.tell(context, "receipt", self.format);
                status
            }
        }
    }

    /// Verifies the bundle, and makes the receipt of it.
    fn make(&self, context: &Context<'_>) -> Result<Receipt, Refused> {
        if let Some(target) = &self.output {
            expect_outside(&target.path, [self.bag.as_path()], "making a receipt")?;
        }
        let at = time(self.at, context)?;
        let made = at.try_into().map_err(|error| Refusal::new(&error, None))?;
        let progress = Progress::new(context);
        let threads = self.threads.unwrap_or(context.threads);
        let opening = Opening { threads, observer: &progress, sums: true };
        let container = bagit::container::open_with(&self.bag, &opening)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        let examined = export::examine::examine(&*container, threads, &progress)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        progress.clear();
        let order = Order {
            given_by: self.given_by.as_deref(),
            received_by: self.received_by.as_deref(),
            place: self.place.as_deref(),
            made,
            software: SOFTWARE,
        };
        receipt::make(&examined, &*container, &order).map_err(|error| {
            let message = format!("cannot make a receipt of `{}`: {error}", shown(&self.bag));
            let status = match Status::from(examined.report.verdict()) {
                // It is sound, and no bundle of which a receipt could be made.
                Status::Sound => Status::Failed,
                status => status,
            };
            Refused { refusal: Refusal::new(&message, error.hint()), status }
        })
    }

    fn render(&self, receipt: &Receipt) -> Result<String, Refused> {
        let language = match self.language {
            Tongue::En => Language::English,
            Tongue::Fa => Language::Persian,
            Tongue::Both => Language::Both,
        };
        let is_html = self.output.as_ref().is_some_and(|target| target.is_html);
        let text = if is_html { receipt::html(receipt, language) } else { receipt::text(receipt, language) };
        text.map_err(|error| Refusal::new(&error, error.hint()).into())
    }

    fn write(&self, target: &Target, receipt: &Receipt, text: &str, context: &mut Context<'_>) -> Status {
        if let Err(refusal) = put(&target.path, text) {
            return refusal.tell(context, "receipt", self.format);
        }
        let (output, fingerprint) = (shown(&target.path), receipt.root.fingerprint().to_string());
        if self.format == Format::Text {
            context.say(&output);
            context.say(format_args!("  bundle       {}", receipt.root.bundle));
            context.say(format_args!("  fingerprint  {fingerprint}"));
            return Status::Sound;
        }
        let written = Written {
            version: 1,
            command: "receipt",
            output,
            bundle: &receipt.root.bundle,
            root: crate::spelling::hex(&receipt.root.hash),
            fingerprint,
            made: receipt.made.to_string(),
            line: receipt.line(),
        };
        context.say_json(&written, self.format);
        Status::Sound
    }
}

/// Writes the file whole or not at all, and over nothing.
fn put(target: &Path, text: &str) -> Result<(), Refusal> {
    let refused = |error: bagit::Error| Refusal::new(&error, error.hint());
    let (staged, mut file) = Staged::file(target).map_err(refused)?;
    file.write_all(text.as_bytes()).map_err(|error| {
        let message = format!("cannot write `{}`: {error}", shown(target));
        Refusal::new(&message, Some("see whether there is room for it"))
    })?;
    staged.commit().map_err(refused)
}
