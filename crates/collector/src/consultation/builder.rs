//! Puts the parts of a draft together out of what a reader of Markdown or of HTML comes upon.

use super::draft::{Kind, Span, Written, plain};

/// Lists within lists that are told apart.
const DEEPEST: usize = 6;

/// Signs that nobody sees, and that turn what stands beside them around.
const TURNING: [std::ops::RangeInclusive<char>; 3] =
    ['\u{200e}'..='\u{200f}', '\u{202a}'..='\u{202e}', '\u{2066}'..='\u{2069}'];

/// A draft while it is read.
#[derive(Debug, Default)]
pub(super) struct Builder {
    written: Vec<Written>,
    open: Option<Written>,
    /// The lists that are open, with the next number of each that has numbers.
    lists: Vec<Option<u64>>,
    strong: usize,
    stressed: usize,
    links: Vec<Option<String>>,
}

impl Builder {
    /// Begins a part. A paragraph at the beginning of an item is the item.
    pub(super) fn begin(&mut self, kind: Kind) {
        let is_empty_item = self.open.as_ref().is_some_and(|open| {
            matches!(open.kind, Kind::Item { .. }) && plain(&open.spans).trim().is_empty()
        });
        if kind == Kind::Paragraph && is_empty_item {
            return;
        }
        self.end();
        self.open = Some(Written { kind, spans: Vec::new() });
    }

    /// Begins an item of the innermost list.
    pub(super) fn begin_item(&mut self) {
        let number = match self.lists.last_mut() {
            Some(Some(next)) => {
                *next = next.saturating_add(1);
                Some(*next - 1)
            }
            _ => None,
        };
        let level = u8::try_from(self.lists.len().clamp(1, DEEPEST)).unwrap_or(1);
        self.end();
        self.open = Some(Written { kind: Kind::Item { level, number }, spans: Vec::new() });
    }

    /// Ends what is open.
    pub(super) fn end(&mut self) {
        if let Some(open) = self.open.take() {
            let spans = tidied(open.spans);
            if !spans.is_empty() {
                self.written.push(Written { spans, ..open });
            }
        }
    }

    /// Begins a list; one with numbers says the first.
    pub(super) fn begin_list(&mut self, first: Option<u64>) {
        self.end();
        self.lists.push(first);
    }

    pub(super) fn end_list(&mut self) {
        self.end();
        self.lists.pop();
    }

    /// Text, which begins a paragraph where nothing is open.
    pub(super) fn text(&mut self, text: &str) {
        if self.open.is_none() && text.trim().is_empty() {
            return;
        }
        let span = Span {
            text: text.to_owned(),
            strong: self.strong > 0,
            stressed: self.stressed > 0,
            link: self.links.last().cloned().flatten(),
        };
        let open = self.open.get_or_insert_with(|| Written { kind: Kind::Paragraph, spans: Vec::new() });
        open.spans.push(span);
    }

    pub(super) fn strong(&mut self, begins: bool) {
        self.strong = if begins { self.strong + 1 } else { self.strong.saturating_sub(1) };
    }

    pub(super) fn stressed(&mut self, begins: bool) {
        self.stressed = if begins { self.stressed + 1 } else { self.stressed.saturating_sub(1) };
    }

    /// Begins a link. One that leads nowhere on the web is text.
    pub(super) fn begin_link(&mut self, address: &str) {
        let leads = ["https://", "http://"].iter().any(|scheme| address.starts_with(scheme));
        let is_plain = !address.chars().any(|c| c.is_control() || c.is_whitespace());
        self.links.push((leads && is_plain).then(|| address.to_owned()));
    }

    pub(super) fn end_link(&mut self) {
        self.links.pop();
    }

    /// All parts that have any text.
    pub(super) fn finish(mut self) -> Vec<Written> {
        self.end();
        self.written
    }
}

/// The same with one space for each run of white space and none at the ends, without signs that nobody sees, and with spans
/// that look alike as one.
fn tidied(spans: Vec<Span>) -> Vec<Span> {
    let mut tidy: Vec<Span> = Vec::new();
    let mut apart = false;
    for span in spans {
        let mut text = String::new();
        for c in span.text.chars() {
            if c.is_whitespace() {
                apart = true;
            } else if !c.is_control() && !TURNING.iter().any(|range| range.contains(&c)) {
                let begun = !text.is_empty() || !tidy.is_empty();
                if apart && begun {
                    text.push(' ');
                }
                apart = false;
                text.push(c);
            }
        }
        let Span { strong, stressed, link, .. } = span;
        match tidy.last_mut() {
            _ if text.is_empty() => {}
            Some(last) if (last.strong, last.stressed, &last.link) == (strong, stressed, &link) => {
                last.text += &text;
            }
            _ => tidy.push(Span { text, strong, stressed, link }),
        }
    }
    tidy
}
