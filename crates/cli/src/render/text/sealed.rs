//! What was sealed, in words.

use crate::Context;
use crate::seal::sealed::Sealed;
use crate::spelling::shown;

/// What was added, and what to do next.
pub(crate) fn sealed(sealed: &Sealed, context: &mut Context<'_>) {
    context.say(shown(&sealed.target));
    context.say(format_args!("  fingerprint  {}", sealed.fingerprint));
    if sealed.is_root_new {
        context.say("  it had no root: seal/root.txt and seal/seed.txt were made");
    }
    for added in &sealed.added {
        context.say(format_args!("  {}", added.path));
        context.say(format_args!("    {}", added.detail));
    }
    for key in &sealed.already {
        context.say(format_args!("  the key {key} has signed it already; that signature stays"));
    }
    if let Some((path, over)) = &sealed.request {
        context.say(format_args!("  {}: a request for a timestamp over {over}", shown(path)));
        context.say("    take it to a machine with a network, and bring the answer back:");
        context.say("    curl -H 'Content-Type: application/timestamp-query' --data-binary @FILE.tsq ADDRESS > FILE.tsr");
        context.say(format_args!("    fonds seal {} --timestamp-response FILE.tsr", shown(&sealed.target)));
    }
}
