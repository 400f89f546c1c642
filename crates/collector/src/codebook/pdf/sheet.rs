//! Sheets of paper: where each line of text stands. What the lines mean is in the nodes that come of them.

use super::letters::{Letters, Style};
use krilla::tagging::TagKind;

/// A4, in points.
pub(super) const SIZE: (f32, f32) = (595.28, 841.89);
/// Paper on each side that stays empty.
pub(super) const MARGIN: f32 = 50.0;
/// From the left margin to the right one.
pub(super) const WIDTH: f32 = SIZE.0 - 2.0 * MARGIN;

/// A line of text on a sheet.
pub(super) struct Line {
    pub(super) sheet: usize,
    /// Where it begins on its baseline, from the upper left corner.
    pub(super) at: (f32, f32),
    pub(super) style: Style,
    pub(super) text: String,
    /// Whether it is there for the eye alone, because it was said before.
    pub(super) is_repeated: bool,
}

/// A rule across a sheet.
pub(super) struct Rule {
    pub(super) sheet: usize,
    pub(super) from: (f32, f32),
    pub(super) width: f32,
}

/// Where a heading stands, for the list of contents.
pub(super) struct Mark {
    pub(super) sheet: usize,
    pub(super) top: f32,
    pub(super) text: String,
    pub(super) level: u16,
}

/// Everything on the sheets.
#[derive(Default)]
pub(super) struct Drawn {
    pub(super) sheets: usize,
    pub(super) lines: Vec<Line>,
    pub(super) rules: Vec<Rule>,
    pub(super) marks: Vec<Mark>,
}

/// What is said, in the order of reading.
pub(super) enum Node {
    /// Something with an inside.
    Group(TagKind, Vec<Node>),
    /// A line, by its place.
    Line(usize),
}

impl Node {
    pub(super) fn group(tag: impl Into<TagKind>, inside: Vec<Self>) -> Self {
        Self::Group(tag.into(), inside)
    }
}

/// Sheets that are being filled.
pub(super) struct Sheet<'a> {
    pub(super) letters: &'a Letters,
    drawn: Drawn,
    /// How far down the last of them.
    y: f32,
}

impl<'a> Sheet<'a> {
    pub(super) fn new(letters: &'a Letters) -> Self {
        Self { letters, drawn: Drawn { sheets: 1, ..Drawn::default() }, y: MARGIN }
    }

    pub(super) fn finish(self) -> Drawn {
        self.drawn
    }

    /// Leaves some room, but none above the first line of a sheet.
    pub(super) fn skip(&mut self, points: f32) {
        if !self.is_at_top() {
            self.y += points;
        }
    }

    /// Goes on to the next sheet where so much room is not left. It says whether it did.
    pub(super) fn need(&mut self, points: f32) -> bool {
        let is_over = self.y + points > SIZE.1 - MARGIN && !self.is_at_top();
        if is_over {
            self.drawn.sheets += 1;
            self.y = MARGIN;
        }
        is_over
    }

    fn is_at_top(&self) -> bool {
        self.y <= MARGIN
    }

    /// Says that something begins here that is worth finding.
    pub(super) fn mark(&mut self, text: &str, level: u16) {
        let (sheet, top) = (self.drawn.sheets - 1, self.y);
        self.drawn.marks.push(Mark { sheet, top, text: text.to_owned(), level });
    }

    /// A paragraph that stands in so far.
    pub(super) fn paragraph(&mut self, text: &str, style: Style, indent: f32) -> Vec<Node> {
        let lines = self.letters.lines(text, style, WIDTH - indent);
        let mut nodes = Vec::new();
        for line in lines {
            self.need(style.line());
            nodes.extend(self.put(line, style, indent, false));
            self.down(style.line());
        }
        nodes
    }

    /// One line, here; the next one stands at the same height. An empty one is nothing.
    pub(super) fn put(&mut self, text: String, style: Style, left: f32, is_repeated: bool) -> Option<Node> {
        if text.is_empty() {
            return None;
        }
        let at = (MARGIN + left, self.y + style.size);
        self.drawn.lines.push(Line { sheet: self.drawn.sheets - 1, at, style, text, is_repeated });
        Some(Node::Line(self.drawn.lines.len() - 1))
    }

    pub(super) fn down(&mut self, points: f32) {
        self.y += points;
    }

    /// A rule from side to side.
    pub(super) fn rule(&mut self, width: f32) {
        self.drawn.rules.push(Rule { sheet: self.drawn.sheets - 1, from: (MARGIN, self.y), width });
    }
}
