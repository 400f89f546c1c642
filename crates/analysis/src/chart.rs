//! Pictures of results: SVG as text, out of rows that already have their words.
//!
//! A picture has no style and no script of its own: a strict policy of the page refuses neither. Colours are
//! `currentColor` and the classes `qc-1` to `qc-7`, which the page's style sheet sets for light and dark; next to every
//! bar stands its label and its figure, and neighbouring parts of a stack have different patterns, so that nothing is
//! told by colour alone (WCAG 2.2, 1.4.1). Letters are text in the fonts of the page. Pictures are 320 units wide, as
//! narrow as the narrowest screen that counts (WCAG 2.2, 1.4.10), and grow with their place.
//!
//! A picture is no substitute for a table (WCAG 2.2, 1.1.1): [`rows`] gives the cells of one.

mod bars;
mod days;
mod heat;
mod saved;
mod stack;
mod svg;

pub use bars::{bars, histogram};
pub use days::days;
pub use heat::heat;
pub use saved::saved;
pub use stack::stack;

/// How the classes look, light and dark, on paper and where colours are forced: a style sheet to serve or to begin with.
pub const STYLE: &str = include_str!("chart/chart.css");

/// How numbers are written: in the language of the page.
pub trait Format {
    /// A whole number with its groups of three.
    fn count(&self, count: u64) -> String;
    /// A percentage from 0 to 100 with its sign.
    fn percent(&self, percent: f64) -> String;
    /// A number with so many decimal places.
    fn number(&self, number: f64, places: usize) -> String;
    /// What stands where a number is hidden.
    fn hidden(&self) -> String;
}

/// What a picture is called, with ids that are its own in the page.
#[derive(Clone, Copy, Debug)]
pub struct Caption<'a> {
    /// What ids of the picture begin with: letters, digits and hyphens.
    pub id: &'a str,
    /// Its name.
    pub title: &'a str,
    /// What is seen in it, in a sentence.
    pub description: &'a str,
}

/// One bar, or one part of a stack.
#[derive(Clone, Debug, PartialEq)]
pub struct Bar {
    /// Its label.
    pub label: String,
    /// How many; nothing where that is hidden.
    pub count: Option<u64>,
    /// Which percentage, from 0 to 100, where there may be one.
    pub percent: Option<f64>,
}

/// A row of a grid or of several stacks.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    /// Its label.
    pub label: String,
    /// Its parts, the same in every row.
    pub bars: Vec<Bar>,
}

impl Bar {
    /// The figure beside the bar: the percentage with the count, the count alone, or that it is hidden.
    fn figure(&self, format: &dyn Format) -> String {
        match (self.count, self.percent) {
            (None, _) => format.hidden(),
            (Some(count), None) => format.count(count),
            (Some(count), Some(percent)) => format!("{} · {}", format.percent(percent), format.count(count)),
        }
    }

    fn size(&self) -> f64 {
        self.count.unwrap_or(0) as f64
    }
}

/// The cells of a table with the same figures: label, count, percentage.
#[must_use]
pub fn rows(bars: &[Bar], format: &dyn Format) -> Vec<[String; 3]> {
    let row = |bar: &Bar| {
        let count = bar.count.map_or_else(|| format.hidden(), |count| format.count(count));
        let percent = bar.percent.filter(|_| bar.count.is_some());
        [bar.label.clone(), count, percent.map(|percent| format.percent(percent)).unwrap_or_default()]
    };
    bars.iter().map(row).collect()
}

/// Text as it stands in XML, without the characters that XML has not.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            '\t' | '\n' => safe.push(' '),
            '\u{0}'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}' => {}
            '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
            _ => safe.push(c),
        }
    }
    safe
}

#[cfg(test)]
mod tests;
