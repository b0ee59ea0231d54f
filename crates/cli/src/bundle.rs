//! `fonds bundle`: documents in, verifiable bundle out.

pub(crate) mod described;
pub(crate) mod packed;

use crate::attribution::{by, parse_line, parse_time};
use crate::patience::Patient;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::render;
use crate::seal::{private_key, sign_new};
use crate::{Context, Format, Status, seed};
use chrono::{DateTime, Utc};
use clap::ValueEnum;
use export::bundle::{Form, Order};
use fixity::Algorithm;
use ingest::describe::{ContentDescriber, WithoutMentions};
use ingest::{FormatIdentifier, Received};
use packed::{Damaged, Packed};
use provenance::Attribution;
use provenance::description::Describer;
use provenance::seal::Seed;
use std::path::{Path, PathBuf};

/// Arguments of `fonds bundle`.
#[derive(Debug, clap::Args)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag of its own on the command line")]
#[command(after_help = "Nothing is ever overwritten, and the sources are only read. Symbolic links, \
    pipes, sockets and devices are left out by name, as is what operating systems leave behind \
    (.DS_Store, Thumbs.db, …); each is listed and recorded in metadata/events.csv.\n\n\
    Every bundle is sealed: seal/root.txt stands for all of its files. Write its fingerprint down, or \
    have somebody else keep it: who changes the bundle later cannot keep the fingerprint. seal/seed.txt \
    is the secret that lets a part of the bundle be shown and proved later without showing the rest; it \
    is drawn anew for every bundle. With --at or SOURCE_DATE_EPOCH and without --seed it is derived from \
    the documents instead, so that the same run gives the same octets: then whoever knows or guesses \
    everything that a part leaves out can prove the guess.")]
pub struct Args {
    /// Folders, files, and ZIP or TAR archives of documents to pack: of a single folder or archive its
    /// contents, else each under its own name
    #[arg(required = true, value_name = "SOURCE")]
    sources: Vec<PathBuf>,
    /// Where to write: a name that ends in .zip, or a directory that does not exist
    /// [default: the first source's name with .zip, here]
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// The time that stands for now, as 2026-11-22 or 2026-11-22T10:00:00Z
    /// [default: `SOURCE_DATE_EPOCH`, else the clock]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    at: Option<DateTime<Utc>>,
    /// A file with 64 digits 0-9 and a-f: the secret of the seal, never used for another bundle
    /// [default: drawn by the system; derived from the documents where the time is given]
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// Sign the bundle with this private key of OpenSSH once it is there, as `fonds seal --key` does; the
    /// passphrase is asked for before anything is packed
    #[arg(long, value_name = "KEY")]
    sign: Option<PathBuf>,
    /// Who answers for this bundle; stays blank if not given
    #[arg(long, value_name = "NAME", env = "FONDS_AGENT", value_parser = parse_line)]
    agent: Option<String>,
    /// The organisation that the documents come from, for bag-info.txt
    #[arg(long, value_name = "NAME", value_parser = parse_line)]
    organization: Option<String>,
    /// An identifier for the bundle, for bag-info.txt [default: its name]
    #[arg(long, value_name = "ID", value_parser = parse_line)]
    identifier: Option<String>,
    /// Digests of every file
    #[arg(long, value_name = "LIST", value_delimiter = ',', default_value = "sha256,sha512", value_parser = parse_algorithm)]
    digest: Vec<Algorithm>,
    /// What to do with names that would not survive another system
    #[arg(long, value_name = "HOW", default_value = "strict")]
    names: Names,
    /// Deflate files that become smaller by it; takes about ten times as long
    #[arg(long)]
    compress: bool,
    /// A list of checksums, as sha256sum or hashdeep write it, to hold the documents against
    #[arg(long, value_name = "FILE")]
    checksums: Vec<PathBuf>,
    /// Pack documents that are not what their checksums say, too, and record it
    #[arg(long)]
    accept_damaged: bool,
    /// What is known of the documents: the sheet of fonds, metadata.csv of Archivematica, a CSV of AtoM,
    /// or a list of files, titles, dates; as CSV, XLSX or ODS
    #[arg(long, value_name = "FILE")]
    describe: Option<PathBuf>,
    /// Keep columns of that list that fonds does not know among the notes
    #[arg(long, requires = "describe")]
    keep_columns: bool,
    /// Take archives and bags as they are: unpack nothing, and check nothing that came with them
    #[arg(long)]
    nested: bool,
    /// Take what operating systems leave behind, too
    #[arg(long)]
    keep_litter: bool,
    /// Leave captures in WARC and WACZ, messages in mailboxes and attachments where they are
    #[arg(long)]
    no_parts: bool,
    /// Suggest no titles, creators, dates or languages of documents
    #[arg(long)]
    no_describe: bool,
    /// Gather no names, quotations, dates, places and events into metadata/mentions.csv
    #[arg(long)]
    no_mentions: bool,
    /// Read back and verify what was written before it gets its name
    #[arg(long)]
    reread: bool,
    /// Worker threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = crate::parse_number)]
    threads: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// How packing ended, where it could be done.
enum Ending {
    Packed(Box<Packed>),
    Damaged(Box<Damaged>),
}

/// What is done with names.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum Names {
    /// Refuse them all, with reasons, before anything is written
    Strict,
    /// Rename reversibly; the raw name stays in the sheet
    Portable,
}

fn parse_algorithm(text: &str) -> Result<Algorithm, String> {
    match text.parse::<Algorithm>() {
        Ok(algorithm @ (Algorithm::Sha256 | Algorithm::Sha512)) => Ok(algorithm),
        Ok(algorithm) if !algorithm.is_strong() => {
            Err(format!("{algorithm} can be forged; fonds writes sha256 and sha512 only"))
        }
        Ok(algorithm) => Err(format!("{algorithm} is only read; fonds writes sha256 and sha512 only")),
        Err(error) => Err(format!("{error}; expected sha256 or sha512")),
    }
}

impl Args {
    pub(crate) fn run(mut self, context: &mut Context<'_>) -> Status {
        self.digest.sort_unstable();
        self.digest.dedup();
        match self.bundle(context) {
            Ok(Ending::Packed(packed)) => {
                self.answer(&packed, context);
                let Some(Err(refusal)) = &packed.signed else { return Status::Sound };
                let target = crate::spelling::shown(&packed.receipt.target);
                context.remark(format_args!("fonds: `{target}` is whole, and not signed: {refusal}"));
                context.remark("hint: `fonds seal --key` signs it");
                Status::Failed
            }
            Ok(Ending::Damaged(damaged)) => {
                match self.format {
                    Format::Text => render::text::damaged(&damaged, context),
                    _ => context.say_json(&render::json::damaged(&damaged), self.format),
                }
                context.remark(format_args!("fonds: {}", damaged.message));
                context.remark(format_args!("hint: {}", damaged.hint));
                Status::Unsound
            }
            Err(refusal) => refusal.tell(context, "bundle", self.format),
        }
    }

    fn bundle(&self, context: &mut Context<'_>) -> Result<Ending, Refusal> {
        let by = by(self.agent.as_deref(), self.at, context)?;
        let target =
            self.target().map_err(|message| Refusal::new(&message, Some("say where to write with -o")))?;
        let hint = if self.compress {
            "choose another name with -o, or leave --compress out"
        } else {
            "choose another name with -o"
        };
        let form = self.form(&target).map_err(|message| Refusal::new(&message, Some(hint)))?;
        let key = self.sign.as_deref().map(private_key).transpose()?;
        let progress = Progress::new(context);
        let options = ingest::Options {
            names: match self.names {
                Names::Strict => ingest::Names::Strict,
                Names::Portable => ingest::Names::Portable,
            },
            keep_litter: self.keep_litter,
            nested: self.nested,
            parts: !self.no_parts,
            checksums: self.checksums.clone(),
            target: Some(target.clone()),
        };
        let mut received = ingest::receive(&self.sources, &options, &progress)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        let described = match &self.describe {
            Some(list) => {
                let wish =
                    described::Wish { keep_columns: self.keep_columns, accept_damaged: self.accept_damaged };
                Some(described::lay(list, &mut received.accession, wish)?)
            }
            None => None,
        };
        let seed = seed::of(self.seed.as_deref(), self.at.is_some(), context)?;
        let threads = self.threads.unwrap_or(context.threads);
        let describer: Box<dyn Describer> = if self.no_mentions {
            Box::new(Patient::new(WithoutMentions))
        } else {
            Box::new(Patient::new(ContentDescriber))
        };
        let order = self.order(&received, &*describer, &by, seed.as_ref(), (&target, form), threads);
        match export::bundle::bundle(&order, &progress) {
            Ok(receipt) => {
                progress.clear();
                let bag = &receipt.target;
                let signed = key.map(|key| sign_new(bag, key, &by, threads, context));
                Ok(Ending::Packed(Box::new(Packed { receipt, received, described, signed })))
            }
            Err(error) => match error.checked() {
                Some(checked) => Ok(Ending::Damaged(Box::new(Damaged {
                    checked: checked.clone(),
                    message: format!("{error}; nothing was written"),
                    hint: error.hint().unwrap_or_default().to_owned(),
                    received,
                }))),
                None => Err(Refusal::new(&error, error.hint())),
            },
        }
    }

    /// Where to write; the default is named after the first source and stands here.
    fn target(&self) -> Result<PathBuf, String> {
        if let Some(output) = &self.output {
            return Ok(output.clone());
        }
        let first = self.sources.first().map_or(Path::new("."), PathBuf::as_path);
        let full = first.canonicalize().unwrap_or_else(|_| first.to_owned());
        let name =
            full.file_name().ok_or_else(|| format!("cannot name a bundle after `{}`", first.display()))?;
        let mut name = name.to_owned();
        name.push(".zip");
        Ok(PathBuf::from(name))
    }

    /// What the target's name asks for; the name itself must survive other systems, too.
    fn form(&self, target: &Path) -> Result<Form, String> {
        let problems = target.file_name().map(ingest::name_problems).unwrap_or_default();
        if !problems.is_empty() {
            let shown = provenance::name::escape(target.as_os_str().as_encoded_bytes());
            return Err(format!("cannot write `{shown}`: its name {}", problems.join(", ")));
        }
        match (export::bundle::is_zip(target), self.compress) {
            (true, false) => Ok(Form::Zip),
            (true, true) => Ok(Form::CompressedZip),
            (false, false) => Ok(Form::Directory),
            (false, true) => Err(format!("cannot compress a directory: `{}`", target.display())),
        }
    }

    fn order<'a>(
        &'a self,
        received: &'a Received,
        describer: &'a dyn Describer,
        by: &'a Attribution,
        seed: Option<&'a Seed>,
        (target, form): (&'a Path, Form),
        threads: usize,
    ) -> Order<'a> {
        Order {
            accession: &received.accession,
            renamed_folders: &received.renamed_folders,
            source: &received.source,
            identifier: &FormatIdentifier,
            describer: (!self.no_describe).then_some(describer),
            by,
            target,
            form,
            algorithms: &self.digest,
            organization: self.organization.as_deref(),
            identifier_of_bag: self.identifier.as_deref(),
            seed,
            accept_damaged: self.accept_damaged,
            reread: self.reread,
            threads,
        }
    }

    fn answer(&self, packed: &Packed, context: &mut Context<'_>) {
        let Packed { receipt, received, described, .. } = packed;
        if let Some(described) = described {
            render::text::described(described, context);
        }
        for warning in &received.warnings {
            context.remark(format_args!("warning: {warning}"));
            if let ingest::Warning::ForeignToWindows { paths } = warning {
                render::text::list(paths.iter().map(String::as_str), context);
            }
        }
        render::text::arrived(received, context);
        render::text::disagreeing(&receipt.checked, received, context);
        render::text::sensitive(receipt, received, context);
        if receipt.leftovers > 0 {
            context.remark(format_args!(
                "{} half-made bundle(s) lie beside it, of runs that were cut off or still go on: \
                 see the hidden names with `.fonds-partial-`, and delete them when no run goes on",
                receipt.leftovers
            ));
        }
        match self.format {
            Format::Text => render::text::packed(packed, context),
            _ => context.say_json(&render::json::packed(packed), self.format),
        }
    }
}
