//! Whether a page lists articles, each with its own day, and is none itself.

use super::Dated;
use crate::describe::html::is_elsewhere;
use crate::describe::page::{Kind, Spot};

/// Octets of text of a teaser, with its heading; an article has more.
const TEASER: usize = 600;

/// Elements that are looked at.
const SPOTS: usize = 256;

impl Dated<'_> {
    /// Whether below the heading, before any date of its own, two short pieces follow each other that
    /// have a heading of their own and a date below it.
    pub(super) fn is_list(&self) -> bool {
        let Some(main) = self.heading else { return false };
        let within = |spot: &&Spot| spot.range.start >= main.end && !is_elsewhere(spot, self.heading);
        let mut first: Option<usize> = None;
        let mut current: Option<usize> = None;
        for spot in self.page.spots.iter().filter(within).take(SPOTS) {
            match (spot.kind, current) {
                (Kind::Heading(_), _) => current = Some(spot.range.start),
                (Kind::Time | Kind::Date, None) if first.is_none() => return false,
                (Kind::Time | Kind::Date, Some(start)) => {
                    match first {
                        Some(first) => return start - first < TEASER,
                        None => first = Some(start),
                    }
                    current = None;
                }
                _ => {}
            }
        }
        false
    }
}
