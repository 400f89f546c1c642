//! A style sheet as its declarations. It reads by the rules of CSS Syntax Level 3 what those need: comments, strings,
//! escapes, brackets and blocks; what a selector or a value means is nothing to it.
//!
//! It is forgiving, as a browser is: one broken line hides no other. The parsers that are so too come under a licence
//! that `deny.toml` does not list, or give up at the first error.

use std::iter::Peekable;
use std::str::Chars;

/// A `name: value` with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Declaration {
    pub(super) name: String,
    /// Without comments and `!important`.
    pub(super) value: String,
    /// `FILE:LINE`.
    pub(super) place: String,
    /// The at-rules around it, outermost first, without those that hold in every browser of today.
    pub(super) conditions: Vec<String>,
    /// The selectors around it, outermost first.
    pub(super) selector: String,
}

/// The declarations of the sheet `file`, in their order.
pub(super) fn declarations(file: &str, css: &str) -> Vec<Declaration> {
    let mut reader = Reader::new(file, css);
    while let Some(c) = reader.next() {
        match c {
            '{' if reader.opens_a_block() => reader.open(),
            '}' if reader.brackets == 0 => reader.close(),
            ';' if reader.brackets == 0 => reader.declare(),
            _ => reader.keep(c),
        }
    }
    reader.declare();
    reader.declarations
}

struct Reader<'css> {
    file: &'css str,
    rest: Peekable<Chars<'css>>,
    line: usize,
    /// What was read since the last `{`, `}` or `;`, and the line on which it began.
    part: String,
    part_line: usize,
    /// How many brackets are open in it.
    brackets: usize,
    /// What stands before each open block.
    preludes: Vec<String>,
    declarations: Vec<Declaration>,
}

impl<'css> Reader<'css> {
    fn new(file: &'css str, css: &'css str) -> Self {
        Self {
            file,
            rest: css.chars().peekable(),
            line: 1,
            part: String::new(),
            part_line: 1,
            brackets: 0,
            preludes: Vec::new(),
            declarations: Vec::new(),
        }
    }

    fn next(&mut self) -> Option<char> {
        let c = self.rest.next()?;
        self.line += usize::from(c == '\n');
        Some(c)
    }

    /// Adds to the part at hand what begins with `c`: a string, an escape and an address without quotes whole, a
    /// comment as a space.
    fn keep(&mut self, c: char) {
        if self.part.is_empty() {
            if c.is_whitespace() {
                return;
            }
            self.part_line = self.line;
        }
        match c {
            '/' if self.rest.peek() == Some(&'*') => self.skip_comment(),
            '"' | '\'' => self.keep_until(c, &[c, '\n']),
            '\\' => self.keep_until(c, &[]),
            '(' if self.begins_an_address() => self.keep_until(c, &[')']),
            _ => {
                match c {
                    '(' | '[' | '{' => self.brackets += 1,
                    ')' | ']' | '}' => self.brackets = self.brackets.saturating_sub(1),
                    _ => {}
                }
                self.part.push(c);
            }
        }
    }

    fn skip_comment(&mut self) {
        self.next();
        let mut before = ' ';
        while let Some(c) = self.next() {
            if before == '*' && c == '/' {
                break;
            }
            before = c;
        }
        if !self.part.is_empty() {
            self.part.push(' ');
        }
    }

    /// Adds `first` and what follows up to one of `ends`; without any, one character more. An escaped end is none.
    fn keep_until(&mut self, first: char, ends: &[char]) {
        self.part.push(first);
        while let Some(c) = self.next() {
            self.part.push(c);
            if ends.is_empty() || ends.contains(&c) {
                return;
            }
            if c == '\\'
                && let Some(escaped) = self.next()
            {
                self.part.push(escaped);
            }
        }
    }

    /// Whether the bracket at hand is that of `url(` without quotes.
    fn begins_an_address(&mut self) -> bool {
        let name = self.part.len().checked_sub(3).and_then(|start| self.part.get(start..));
        let quoted = self.rest.peek().is_some_and(|c| ['"', '\''].contains(c));
        !quoted && name.is_some_and(|name| name.eq_ignore_ascii_case("url"))
    }

    /// Braces belong to the value of a custom property, which `--name:` begins, and to whatever is in brackets.
    fn opens_a_block(&self) -> bool {
        self.brackets == 0 && !(self.part.starts_with("--") && self.part.contains(':'))
    }

    fn open(&mut self) {
        self.preludes.push(std::mem::take(&mut self.part).trim().to_owned());
    }

    fn close(&mut self) {
        self.declare();
        self.preludes.pop();
    }

    /// Ends the part at hand: a declaration, if it is one.
    fn declare(&mut self) {
        let part = std::mem::take(&mut self.part);
        self.brackets = 0;
        let Some((name, value)) = part.split_once(':') else { return };
        let (conditions, selectors): (Vec<&String>, Vec<&String>) =
            self.preludes.iter().partition(|prelude| prelude.starts_with('@'));
        self.declarations.push(Declaration {
            name: name.trim().to_owned(),
            value: without_importance(value).to_owned(),
            place: format!("{}:{}", self.file, self.part_line),
            conditions: conditions.into_iter().filter(|it| !is_always_true(it)).cloned().collect(),
            selector: selectors.into_iter().cloned().collect::<Vec<_>>().join(" "),
        });
    }
}

/// Layers order rules and do not choose among them; what `@supports` asks for in a theme, browsers have.
fn is_always_true(condition: &str) -> bool {
    ["@layer", "@supports"].iter().any(|name| condition.starts_with(name))
}

fn without_importance(value: &str) -> &str {
    let value = value.trim();
    match value.rsplit_once('!') {
        Some((before, word)) if word.trim().eq_ignore_ascii_case("important") => before.trim(),
        _ => value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `selector name=value` of each declaration.
    fn read(css: &str) -> Vec<String> {
        let line = |it: Declaration| format!("{} {}={}", it.selector, it.name, it.value);
        declarations("t.css", css).into_iter().map(line).collect()
    }

    #[test]
    fn comments_strings_escapes_and_addresses_hide_what_looks_like_structure() {
        let css = "/* } */ a { --x: /* ; */ red /**/; content: \"}; \\\" {\"; --y: '}' } b\\{ { \
                   background: url(data:;,{'}); --z: 1 }";
        assert_eq!(
            read(css),
            [
                "a --x=red",
                "a content=\"}; \\\" {\"",
                "a --y='}'",
                "b\\{ background=url(data:;,{'})",
                "b\\{ --z=1"
            ]
        );
    }

    #[test]
    fn a_broken_line_hides_no_other() {
        let css = "a { *zoom: 1; garbage; color red; --x: red } } <b { {} --y: blue; -- } c { --z: green";
        let read = read(css);
        for found in ["a --x=red", "<b --y=blue", "c --z=green"] {
            assert!(read.iter().any(|it| it == found), "{found}: {read:?}");
        }
    }

    #[test]
    fn rules_in_rules_keep_what_is_around_them() {
        let css =
            "@layer a { @media (x) { .dark { color: red; & s { --x: {a:b}; --y: 1 !important } --z: 2 } } }";
        assert_eq!(read(css), [".dark color=red", ".dark & s --x={a:b}", ".dark & s --y=1", ".dark --z=2"]);
        assert!(declarations("t.css", css).iter().all(|it| it.conditions == ["@media (x)"]));
    }

    #[test]
    fn lines_are_counted_from_where_a_declaration_begins() {
        let css = "\n/*\n*/a {\n\n  --x:\n1;\n--y: 2\n}";
        let places: Vec<String> = declarations("t.css", css).into_iter().map(|it| it.place).collect();
        assert_eq!(places, ["t.css:5", "t.css:7"]);
    }

    #[test]
    fn anything_at_all_is_read_to_its_end() {
        for css in [
            "", "{", "}", "{{{", "}}}", "a{", "a{b", "a{b:", "a{b:(", "\"", "\\", "/*", "url(", "--:{",
            "ә:{\0",
        ] {
            declarations("t.css", css);
        }
    }
}
