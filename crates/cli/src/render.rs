//! Answers in words, in JSON and in sheets.

pub(crate) mod json;
mod meaning;
pub(crate) mod sheet;
pub(crate) mod text;

use crate::Format;
use crate::progress::Progress;
use crate::rendering::Rendering;

/// The form in which a command tells about one bag.
pub(crate) fn of_one_bag(command: &'static str, format: Format) -> Box<dyn Rendering> {
    match format {
        Format::Text => Box::<text::OneBag>::default(),
        Format::Json => Box::new(json::Answers::document(command)),
        Format::Jsonl => Box::new(json::Answers::lines(command)),
    }
}

/// The form in which a command tells about many bags, of which `progress` counts those that are done.
pub(crate) fn of_many_bags(command: &'static str, format: Format, progress: Progress) -> Box<dyn Rendering> {
    match format {
        Format::Text => Box::new(text::ManyBags::new(progress)),
        _ => of_one_bag(command, format),
    }
}
