//! What a bag says of itself, in words.

use super::files;
use crate::Context;
use crate::answer::{kind_word, scheme_word};
use crate::spelling::shown;
use export::overview::Overview;
use std::path::Path;

/// What a bag says of itself.
pub(crate) fn inspected(path: &Path, seen: &Overview, context: &mut Context<'_>) {
    context.say(shown(path));
    if let Some(top) = &seen.top {
        context.say(format_args!("  top        {top}/"));
    }
    context.say(format_args!(
        "  bagit      {}",
        seen.version.as_deref().unwrap_or("no declaration that can be read")
    ));
    context.say(format_args!("  payload    {}", files(seen.payload.into())));
    context.say(format_args!("  tag files  {}", seen.tag_files));
    if seen.empty_folders > 0 {
        context.say(format_args!("  empty      {} empty folders", seen.empty_folders));
    }
    for (label, value) in &seen.info {
        context.say(format_args!("  {label}: {}", value.replace('\n', " ")));
    }
    if let Some((first, last)) = seen.modified {
        context.say(format_args!("  modified   {} to {}", first.format("%Y-%m-%d"), last.format("%Y-%m-%d")));
    }
    if let Some(events) = &seen.events {
        context.say(format_args!("  events     {}", events.rows));
        for (label, list) in [("agent", &events.agents.list), ("software", &events.software.list)] {
            if !list.is_empty() {
                context.say(format_args!("  {label:<10} {}", list.join(" | ")));
            }
        }
    }
    if let Some(root) = &seen.root {
        context.say(format_args!("  fingerprint  {}", root.fingerprint()));
    }
    for place in &seen.vouchers {
        let (kind, scheme) = (kind_word(place.kind), scheme_word(place.scheme));
        context.say(format_args!("  {kind}  {} ({scheme}), not judged", place.path));
    }
    for (media_type, oxum) in &seen.formats {
        let media_type = if media_type.is_empty() { "(format not known)" } else { media_type };
        context.say(format_args!("  {media_type:<44} {}", files((*oxum).into())));
    }
    context.say("  Nothing was verified; `fonds verify` does that.");
}
