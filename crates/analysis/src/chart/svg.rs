//! The parts that every picture has: its frame, its texts, its patterns.

use super::{Caption, escaped};
use std::fmt::Write as _;

/// Units from left to right.
pub(super) const WIDTH: f64 = 320.0;
/// The size of letters; the page may set its own by the class `qulaq-chart`.
pub(super) const LETTERS: f64 = 13.0;
/// So many letters go into a line of the full width, Kazakh ones being wide.
const LINE: usize = 42;

/// A picture being drawn.
pub(super) struct Picture {
    body: String,
    height: f64,
    id: String,
}

impl Picture {
    /// An empty picture whose ids begin so; other characters than letters, digits and hyphens are left out.
    pub(super) fn new(caption: Caption<'_>) -> Self {
        let id = caption.id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
        Self { body: String::new(), height: 0.0, id }
    }

    pub(super) fn height(&self) -> f64 {
        self.height
    }

    pub(super) fn down(&mut self, by: f64) {
        self.height += by;
    }

    /// A rectangle. Where no style sheet says what a class looks like, as in a saved file, its parts are frames.
    pub(super) fn rect(&mut self, class: &str, (x, y): (f64, f64), (width, height): (f64, f64)) {
        let bare = match class {
            "qc-1" | "qc-axis" => "",
            "qc-paper" => r##" fill="#fff""##,
            _ => r#" fill="none" stroke="currentColor""#,
        };
        let _ = write!(
            self.body,
            r#"<rect class="{class}"{bare} x="{}" y="{}" width="{}" height="{}"/>"#,
            short(x),
            short(y),
            short(width),
            short(height)
        );
    }

    /// A rectangle in the pattern of this number: plain first, then lines in four directions.
    pub(super) fn patterned(&mut self, number: usize, at: (f64, f64), size: (f64, f64)) {
        let class = format!("qc-{}", number % 7 + 1);
        self.rect(&class, at, size);
        if !number.is_multiple_of(5) {
            let _ = write!(
                self.body,
                r#"<rect fill="url(#{}-p{})" x="{}" y="{}" width="{}" height="{}"/>"#,
                self.id,
                number % 5,
                short(at.0),
                short(at.1),
                short(size.0),
                short(size.1)
            );
        }
    }

    /// A rectangle that is the stronger coloured the nearer `strength` is to 1.
    pub(super) fn shade(&mut self, strength: f64, at: (f64, f64), size: (f64, f64)) {
        let _ = write!(
            self.body,
            r#"<rect class="qc-1" fill-opacity="{}" stroke="currentColor" stroke-opacity="0.3" x="{}" y="{}" width="{}" height="{}"/>"#,
            short(strength),
            short(at.0),
            short(at.1),
            short(size.0),
            short(size.1)
        );
    }

    /// A line from point to point.
    pub(super) fn path(&mut self, points: &[(f64, f64)]) {
        let points: Vec<String> =
            points.iter().map(|(x, y)| format!("{},{}", short(*x), short(*y))).collect();
        let _ = write!(
            self.body,
            r#"<polyline class="qc-line" fill="none" stroke="currentColor" stroke-width="2" points="{}"/>"#,
            points.join(" ")
        );
    }

    /// One line of text; `anchor` is `start`, `middle` or `end`.
    pub(super) fn text(&mut self, anchor: &str, (x, y): (f64, f64), text: &str) {
        let _ = write!(
            self.body,
            r#"<text x="{}" y="{}" text-anchor="{anchor}" fill="currentColor">{}</text>"#,
            short(x),
            short(y),
            escaped(text)
        );
    }

    /// As many lines of text as it takes, below what is there; the last is cut off with an ellipsis after `most` lines.
    pub(super) fn lines(&mut self, x: f64, text: &str, width: f64, most: usize) {
        let letters = ((width / WIDTH * LINE as f64) as usize).max(4);
        for line in wrapped(text, letters, most) {
            self.height += LETTERS + 4.0;
            let y = self.height - 4.0;
            self.text("start", (x, y), &line);
        }
    }

    /// The whole picture.
    pub(super) fn finish(self, caption: Caption<'_>, patterns: bool) -> String {
        let id = &self.id;
        let defs = if patterns { patterns_of(id) } else { String::new() };
        format!(
            r#"<svg class="qulaq-chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" width="100%" role="img" aria-labelledby="{id}-t {id}-d" font-size="{}" fill="currentColor"><title id="{id}-t">{}</title><desc id="{id}-d">{}</desc>{defs}{}</svg>"#,
            short(WIDTH),
            short(self.height.max(1.0)),
            short(LETTERS),
            escaped(caption.title),
            escaped(caption.description),
            self.body
        )
    }
}

/// Lines in four directions, in the colour of the text.
fn patterns_of(id: &str) -> String {
    let ways = ["M0 8 8 0", "M0 4H8", "M0 0 8 8", "M4 0V8"];
    let pattern = |(number, way): (usize, &str)| {
        format!(
            r#"<pattern id="{id}-p{}" width="8" height="8" patternUnits="userSpaceOnUse"><path d="{way}" stroke="currentColor" stroke-width="1.2" fill="none"/></pattern>"#,
            number + 1
        )
    };
    format!("<defs>{}</defs>", ways.into_iter().enumerate().map(pattern).collect::<String>())
}

/// A coordinate with two decimals at most.
pub(super) fn short(number: f64) -> String {
    let rounded = (number * 100.0).round() / 100.0;
    format!("{}", if rounded == 0.0 { 0.0 } else { rounded })
}

pub(super) fn wrapped(text: &str, letters: usize, most: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        let word: String = word.chars().take(letters).collect();
        match lines.last_mut().filter(|line| line.chars().count() + 1 + word.chars().count() <= letters) {
            Some(line) => {
                line.push(' ');
                line.push_str(&word);
            }
            None => lines.push(word),
        }
    }
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            *last = last.chars().take(letters.saturating_sub(1)).chain(['…']).collect();
        }
    }
    lines
}
