//! Paragraphs of plain text.

use std::ops::Range;

/// Octets from which a line may have been broken only for its width.
const WRAPPED: Range<usize> = 50..200;

/// The paragraphs of a text, without lines that `is_apart` tells to be none of its words. A line that
/// is neither short nor long goes on in the next: then it was broken for its width.
pub(crate) fn paragraphs(text: &str, mut is_apart: impl FnMut(usize, &str) -> bool) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    let mut goes_on = false;
    let mut start = 0;
    let mut number = 0;
    for end in memchr::memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1).chain([text.len()]) {
        let whole = &text[start..end];
        let line = whole.trim();
        let from = start + (whole.len() - whole.trim_start().len());
        start = end;
        if line.is_empty() {
            goes_on = false;
            continue;
        }
        number += 1;
        if is_apart(number - 1, line) {
            goes_on = false;
            continue;
        }
        let range = from..from + line.len();
        match blocks.last_mut() {
            Some(last) if goes_on => last.end = range.end,
            _ => blocks.push(range),
        }
        let width = line.chars().take(WRAPPED.end).count();
        goes_on = WRAPPED.contains(&line.len()) && (50..=100).contains(&width);
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_broken_for_their_width_are_one_paragraph() {
        let wide = "so many words that a line of mail would have been broken here";
        let text = format!("Short\n{wide}\n{wide}\nend.\n\nurl\r\nNext one.\r\n");
        let blocks = paragraphs(&text, |_, line| line == "url");
        let blocks: Vec<&str> = blocks.into_iter().map(|block| &text[block]).collect();
        assert_eq!(blocks, ["Short", &format!("{wide}\n{wide}\nend."), "Next one."]);
    }
}
