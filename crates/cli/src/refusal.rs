//! Why a command could not be done.

use crate::render::json::refused;
use crate::{Context, Format, Status};
use std::fmt;

/// Why a command could not be done, and what to do next.
pub(crate) struct Refusal {
    message: String,
    hint: Option<String>,
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Refusal {
    pub(crate) fn new(message: &dyn fmt::Display, hint: Option<&str>) -> Self {
        Self { message: message.to_string(), hint: hint.map(str::to_owned) }
    }

    /// Tells it in words, and in JSON too where that was asked for.
    pub(crate) fn tell(&self, context: &mut Context<'_>, command: &'static str, format: Format) -> Status {
        if format != Format::Text {
            let refused = refused::refused(command, &self.message, self.hint.as_deref());
            context.say_json(&refused, format);
        }
        context.fail(&self.message, self.hint.as_deref())
    }
}
