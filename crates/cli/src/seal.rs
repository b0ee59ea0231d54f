//! `fonds seal`: somebody vouches for a bundle, and somebody else says since when.

mod authority;
mod draft;
mod key;
mod passphrase;
mod requested;
pub(crate) mod sealed;

use crate::answer::Answer;
use crate::attribution::{by, parse_line, parse_time};
use crate::believed::why;
use crate::outside::expect_outside;
use crate::progress::Progress;
use crate::refusal::Refusal;
use crate::spelling::shown;
use crate::telling::Telling;
use crate::{Context, Format, Status, render, seed, whole_file};
use bagit::Severity;
use bagit::container::{Container, Opening, find};
use chrono::{DateTime, Utc};
use draft::{Draft, Signed};
use export::examine::{Examined, examine};
use export::revise::{Revised, Target};
use export::sealing::{self, Sealing};
use export::vouching::LONGEST;
use key::Signer;
use passphrase::From;
use provenance::seal::root::MOST_OCTETS;
use provenance::seal::timestamp::Request;
use provenance::seal::{ROOT, Root, Seed, ssh};
use provenance::{Attribution, Timestamp};
use requested::Requested;
use sealed::Sealed;
use std::fmt::Display;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Arguments of `fonds seal`.
#[derive(Debug, Default, clap::Args)]
#[command(
    after_help = "The bundle is verified first: what is not sound is not signed. Signatures and timestamps \
    are put below seal/, and each is recorded in seal/events.csv; nothing else of the bundle changes, so that \
    several people can sign, at different times. Anybody can check them without fonds: ssh-keygen -Y verify, \
    openssl cms -verify, openssl ts -verify; FORMAT.md says how.\n\n\
    A signature says who, and not since when. Carry a request to a machine with a network, and the answer back:\n  \
    fonds seal letters.zip --key ~/.ssh/id_ed25519 --timestamp-request letters.tsq\n  \
    curl -H 'Content-Type: application/timestamp-query' --data-binary @letters.tsq ADDRESS > letters.tsr\n  \
    fonds seal letters.zip --timestamp-response letters.tsr\n\n\
    Passphrases are asked for on the terminal. They and keys never stand in arguments, in logs or in a bundle."
)]
pub struct Args {
    /// A bundle of fonds: a directory or a ZIP
    #[arg(value_name = "BUNDLE")]
    bag: PathBuf,
    /// Sign with this private key: one of OpenSSH; with --certificate, one in PEM
    #[arg(long, value_name = "FILE", conflicts_with = "agent_key")]
    key: Option<PathBuf>,
    /// Sign with the key of which this is the public half, which an SSH agent holds
    #[arg(long, value_name = "FILE.pub")]
    agent_key: Option<PathBuf>,
    /// Sign in CMS: the certificate of the key, and those up to its authority
    #[arg(long, value_name = "CHAIN.pem", requires = "key")]
    certificate: Option<PathBuf>,
    /// Read the passphrase of the key from this descriptor instead of the terminal
    #[arg(long, value_name = "N", requires = "key")]
    passphrase_fd: Option<u32>,
    /// Add a signature over seal/root.txt that was made elsewhere, by ssh-keygen or openssl; may be repeated
    #[arg(long, value_name = "FILE")]
    signature: Vec<PathBuf>,
    /// Write a request for a timestamp into this file, which must not exist; with --timestamp-response the
    /// request that it answers
    #[arg(long, value_name = "FILE.tsq")]
    timestamp_request: Option<PathBuf>,
    /// Add the answer of a time-stamping authority; it must be about this bundle
    #[arg(long, value_name = "FILE.tsr")]
    timestamp_response: Option<PathBuf>,
    /// Ask this time-stamping authority now, over the network; it learns a digest and your address; may be
    /// repeated
    #[arg(long, value_name = "URL", value_parser = authority::parse)]
    timestamp: Vec<String>,
    /// Add a proof of OpenTimestamps
    #[arg(long, value_name = "FILE.ots")]
    opentimestamps: Option<PathBuf>,
    /// What a timestamp is asked for: `root`, or `signatures/NAME` [default: the signature that is made now,
    /// else the only one, else the root]
    #[arg(long, value_name = "WHAT")]
    over: Option<String>,
    /// Write the sealed bundle here, and leave BUNDLE as it is
    #[arg(short, long, value_name = "OUT")]
    output: Option<PathBuf>,
    /// The time that stands for now, as 2026-11-22 or 2026-11-22T10:00:00Z
    /// [default: `SOURCE_DATE_EPOCH`, else the clock]
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    at: Option<DateTime<Utc>>,
    /// Who answers for it, for seal/events.csv; stays blank if not given
    #[arg(long, value_name = "NAME", env = "FONDS_AGENT", value_parser = parse_line)]
    agent: Option<String>,
    /// Worker threads [default: one for each processor]
    #[arg(long, value_name = "N", value_parser = crate::parse_number)]
    threads: Option<usize>,
    /// How to answer
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
}

/// The words of refusals.
struct Refused;

impl Refused {
    fn key(path: &Path, why: &str, hint: Option<&str>) -> Refusal {
        Refusal::new(&format_args!("cannot use `{}`: {why}", shown(path)), hint)
    }

    fn nothing(why: &dyn Display) -> Refusal {
        Refusal::new(&format_args!("cannot seal: {why}"), Some("nothing was changed"))
    }
}

/// Opens a private key of OpenSSH; a passphrase is asked for on the terminal.
pub(crate) fn private_key(path: &Path) -> Result<ssh::Key, Refusal> {
    key::open_ssh(path, From::Terminal)
}

/// Signs a bundle that was just made: it is verified, and replaced as a whole.
pub(crate) fn sign_new(
    bag: &Path,
    key: ssh::Key,
    by: &Attribution,
    threads: usize,
    context: &mut Context<'_>,
) -> Result<Sealed, Refusal> {
    let args = Args {
        bag: bag.to_owned(),
        at: Some(by.at),
        agent: by.agent.clone(),
        threads: Some(threads),
        ..Args::default()
    };
    let Verified { container, examined, .. } = args.verify(context)?;
    if examined.verdict().severity() != Severity::Warning {
        let why = format!("`{}`, which was just written, does not verify", shown(bag));
        return Err(Refusal::new(&why, Some("`fonds verify` says why; check the disk")));
    }
    args.add(&*container, &examined, Some(&Signer::OpenSsh(key)), context)
}

/// A bundle that was examined, and how many octets of it were read.
struct Verified {
    container: Box<dyn Container>,
    examined: Examined,
    octets: u64,
}

impl Args {
    pub(crate) fn run(self, context: &mut Context<'_>) -> Status {
        self.seal(context).unwrap_or_else(|refusal| refusal.tell(context, "seal", self.format))
    }

    fn seal(&self, context: &mut Context<'_>) -> Result<Status, Refusal> {
        self.expect_something_to_do()?;
        let signer = self.signer()?;
        let Verified { container, examined, octets } = self.verify(context)?;
        if examined.verdict().severity() != Severity::Warning {
            return Ok(self.refuse_unsound(&*container, &examined, octets, context));
        }
        let sealed = self.add(&*container, &examined, signer.as_ref(), context)?;
        match self.format {
            Format::Text => render::text::sealed(&sealed, context),
            _ => context.say_json(&render::json::sealed(&sealed), self.format),
        }
        Ok(Status::Sound)
    }

    fn verify(&self, context: &Context<'_>) -> Result<Verified, Refusal> {
        let refused = |error: export::Error| Refusal::new(&error, error.hint());
        let progress = Progress::new(context);
        let threads = self.threads(context);
        let opening = Opening { threads, observer: &progress, sums: true };
        let container =
            bagit::container::open_with(&self.bag, &opening).map_err(|error| refused(error.into()))?;
        let examined = examine(&*container, threads, &progress);
        progress.clear();
        Ok(Verified { examined: examined.map_err(refused)?, octets: progress.octets(), container })
    }

    fn threads(&self, context: &Context<'_>) -> usize {
        self.threads.unwrap_or(context.threads)
    }

    fn expect_something_to_do(&self) -> Result<(), Refusal> {
        let has_none = self.key.is_none()
            && self.agent_key.is_none()
            && self.signature.is_empty()
            && self.timestamp_request.is_none()
            && self.timestamp_response.is_none()
            && self.timestamp.is_empty()
            && self.opentimestamps.is_none();
        if has_none {
            let hint =
                "name a key with --key or --agent-key, or a timestamp; `fonds seal --help` shows them all";
            return Err(Refusal::new(
                &"cannot seal: expected a key or a timestamp, found neither",
                Some(hint),
            ));
        }
        Ok(())
    }

    fn signer(&self) -> Result<Option<Signer>, Refusal> {
        let from = self.passphrase_fd.map_or(From::Terminal, From::Descriptor);
        match (&self.key, &self.agent_key) {
            (Some(key), _) => Signer::open(key, self.certificate.as_deref(), from).map(Some),
            (None, Some(public)) => Signer::in_agent(public).map(Some),
            (None, None) => Ok(None),
        }
    }

    /// What is not sound is told as `verify` tells it, and not signed.
    fn refuse_unsound(
        &self,
        container: &dyn Container,
        examined: &Examined,
        octets: u64,
        context: &mut Context<'_>,
    ) -> Status {
        let answer = Answer::examined(&self.bag, container, examined, octets);
        let mut telling = Telling::new(context, render::of_one_bag("seal", self.format));
        telling.examined(&answer, container, examined);
        telling.close();
        context.remark("fonds: the bundle is not sound, so that it was not sealed; nothing was changed");
        Status::Unsound
    }

    fn add(
        &self,
        container: &dyn Container,
        examined: &Examined,
        signer: Option<&Signer>,
        context: &mut Context<'_>,
    ) -> Result<Sealed, Refusal> {
        let threads = self.threads(context);
        let by = by(self.agent.as_deref(), self.at, context)?;
        for target in self.output.as_deref().into_iter().chain(self.request()) {
            expect_outside(target, [self.bag.as_path()], "sealing")?;
        }
        sealing::expect_whole(container).map_err(|error| Refusal::new(&error, error.hint()))?;
        let (Some(events), Some(_)) = (&examined.events, &examined.format) else {
            let why = format!("expected a bundle of fonds, found `{}` to be none", shown(&self.bag));
            return Err(Refused::nothing(&why));
        };
        let progress = Progress::new(context);
        let (root, seed) = match &examined.root {
            Some(root) => (root.clone(), None),
            None => self.new_root(container, threads, &progress, context)?,
        };
        let text = octets_of(container, ROOT).unwrap_or_else(|| root.text().into_bytes());
        let mut draft = Draft::new(container, text);
        let already = self.sign(&mut draft, signer, &by)?;
        self.stamp(&mut draft)?;
        let over = self.over.as_deref();
        let request = self.request().map(|path| Requested::stage(path, over, &draft)).transpose()?;
        let mut sealed = Sealed {
            target: self.output.clone().unwrap_or_else(|| self.bag.clone()),
            fingerprint: root.fingerprint(),
            root,
            is_root_new: seed.is_some(),
            added: std::mem::take(&mut draft.added),
            already,
            request: request.as_ref().map(|request| request.asked.clone()),
        };
        if !sealed.added.is_empty() || sealed.is_root_new || self.output.is_some() {
            let new_root = seed.as_ref().map(|seed| (&sealed.root, seed));
            let sealing = Sealing {
                source: &self.bag,
                container,
                last_event: events.last_row,
                target: self.output.as_deref().map_or(Target::InPlace, Target::At),
                new_root,
                added: &sealed.added,
                by: &by,
                threads,
            };
            let Revised { target, leftovers, .. } =
                sealing::seal(sealing, &progress).map_err(|error| Refusal::new(&error, error.hint()))?;
            sealed.target = target;
            if leftovers > 0 {
                context.remark(format_args!(
                    "{leftovers} half-made bundle(s) lie beside it, of runs that were cut off"
                ));
            }
        }
        if let Some(request) = request {
            request.staged.commit().map_err(|error| Refusal::new(&error, error.hint()))?;
        }
        Ok(sealed)
    }

    /// A root for a bundle that has none: one of before. With a time that is given its seed is derived, as that
    /// of a new bundle is.
    fn new_root(
        &self,
        container: &dyn Container,
        threads: usize,
        progress: &Progress,
        context: &Context<'_>,
    ) -> Result<(Root, Option<Seed>), Refusal> {
        let seed = seed::of(None, self.at.is_some(), context)?;
        let made = sealing::root_of(container, seed, threads, progress)
            .map_err(|error| Refusal::new(&error, error.hint()))?;
        let made = made.ok_or_else(|| Refused::nothing(&"a file of the bundle could not be read"))?;
        Ok((made.0, Some(made.1)))
    }

    /// Signs, and takes in what others signed; answers the keys that had signed already.
    fn sign(
        &self,
        draft: &mut Draft<'_>,
        signer: Option<&Signer>,
        by: &Attribution,
    ) -> Result<Vec<String>, Refusal> {
        let at = Timestamp::try_from(by.at).map_err(|error| Refused::nothing(&error))?;
        let mut signed = Vec::new();
        for path in &self.signature {
            let unusable = |found: &dyn Display| {
                let hint = "it has to be one over seal/root.txt, by ssh-keygen -Y sign or openssl cms -sign";
                Refusal::new(&format_args!("cannot use `{}`: {found}", shown(path)), Some(hint))
            };
            let octets = whole_file::read(path, LONGEST).map_err(|error| unusable(&error))?;
            signed.push(Signed::read(octets, &draft.root, at).map_err(|found| unusable(&found))?);
        }
        if let Some(signer) = signer {
            signed.push(signer.sign(&draft.root, at)?);
        }
        let mut already = Vec::new();
        for signed in signed {
            let key = signed.key.clone();
            if !draft.sign(signed) {
                already.push(key);
            }
        }
        Ok(already)
    }

    /// Where a request to be carried elsewhere goes, if one is wished for.
    fn request(&self) -> Option<&Path> {
        self.timestamp_request.as_deref().filter(|_| self.timestamp_response.is_none())
    }

    /// Takes timestamps in, and asks for others.
    fn stamp(&self, draft: &mut Draft<'_>) -> Result<(), Refusal> {
        let unusable = |path: &Path, found: &dyn Display| {
            Refusal::new(&format_args!("cannot use `{}`: {found}", shown(path)), Some("nothing was changed"))
        };
        if let Some(path) = &self.opentimestamps {
            let proof = whole_file::read(path, LONGEST).map_err(|error| unusable(path, &error))?;
            draft.prove(proof).map_err(|found| unusable(path, &found))?;
        }
        if let Some(path) = &self.timestamp_response {
            let request = match &self.timestamp_request {
                Some(request) => {
                    let octets =
                        whole_file::read(request, LONGEST).map_err(|error| unusable(request, &error))?;
                    Some(Request::read(&octets).map_err(|broken| unusable(request, &why(broken)))?)
                }
                None => None,
            };
            let answer = whole_file::read(path, LONGEST).map_err(|error| unusable(path, &error))?;
            draft.stamp(answer, request.as_ref(), "from a file").map_err(|found| unusable(path, &found))?;
        }
        for address in &self.timestamp {
            let failed = |found: &dyn Display| {
                let hint = "nothing was changed; try another authority, or --timestamp-request for a machine with a network";
                Refusal::new(&format_args!("cannot get a timestamp from {address}: {found}"), Some(hint))
            };
            let (_, content) = draft.over(self.over.as_deref()).map_err(|found| failed(&found))?;
            let request = requested::over(&content)?;
            let octets = request.to_der().map_err(|broken| failed(&why(broken)))?;
            let answer = authority::ask(address, &octets).map_err(|found| failed(&found))?;
            draft
                .stamp(answer, Some(&request), &format!("from {address}"))
                .map_err(|found| failed(&found))?;
        }
        Ok(())
    }
}

fn octets_of(container: &dyn Container, path: &str) -> Option<Vec<u8>> {
    let stream = container.open(find(container.entries(), path)?, &|_, _| {})?;
    let mut octets = Vec::new();
    stream.take(MOST_OCTETS as u64).read_to_end(&mut octets).ok()?;
    Some(octets)
}
