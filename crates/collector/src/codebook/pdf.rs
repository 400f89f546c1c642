//! The codebook as PDF/UA: the same page as in HTML, for paper and for archives, and read aloud as well as the page is. What
//! stands in it is in `page.rs`.
//!
//! Here is what becomes of its parts. Widths of letters are in `pdf/letters.rs`, lines and pages in `pdf/sheet.rs`, tables in
//! `pdf/table.rs`, and the file itself, with its tags, in `pdf/file.rs`. The same codebook is the same bytes: nothing in
//! the file is a time.

mod file;
mod letters;
mod sheet;
mod table;

use super::page::{Block, Page, Part, Term};
use super::{Codebook, Voice};
use krilla::tagging::{ListNumbering, Tag, TagKind};
use letters::{Letters, Style};
use sheet::{Node, Sheet};
use std::io::{self, Write};
use std::num::NonZeroU16;

/// The title, then headings of parts and of questions.
const HEADINGS: [Style; 3] = [Style::bold(18.0), Style::bold(14.0), Style::bold(11.5)];
const BODY: Style = Style::plain(9.5);
const STRONG: Style = Style::bold(9.5);

/// Points before a heading, between blocks, and between terms.
const BEFORE_HEADING: f32 = 14.0;
const BETWEEN: f32 = 6.0;
const BETWEEN_TERMS: f32 = 2.0;

/// How far what is said of a term stands in.
const INDENT: f32 = 14.0;

/// A heading needs room for some lines of what it is about.
const KEPT_TOGETHER: f32 = 64.0;

/// Whether the font has the letters of a codebook, as far as its title tells.
pub(crate) fn has_letters(codebook: &Codebook, lang: &str) -> bool {
    let voice = Voice::of(codebook.survey.language(lang));
    Letters::new().is_some_and(|letters| letters.has(voice.text(&codebook.survey.title)))
}

pub(super) fn write(codebook: &Codebook, voice: &Voice, sink: &mut dyn Write) -> io::Result<()> {
    let page = Page::of(codebook, voice);
    let letters = Letters::new().ok_or_else(|| io::Error::other("the font cannot be read"))?;
    let mut sheet = Sheet::new(&letters);
    let title = heading(&mut sheet, &page.title, 1);
    let mut nodes = vec![title];
    nodes.extend(page.parts.iter().map(|found| part(&mut sheet, found, 2)));
    let about = file::About { title: &page.title, lang: &voice.lang };
    let bytes = file::made(&letters, &sheet.finish(), nodes, &about).map_err(io::Error::other)?;
    sink.write_all(&bytes)
}

fn heading(sheet: &mut Sheet<'_>, text: &str, level: u16) -> Node {
    let place = usize::from(level - 1).min(HEADINGS.len() - 1);
    sheet.skip(BEFORE_HEADING);
    sheet.need(KEPT_TOGETHER);
    sheet.mark(text, level);
    let lines = sheet.paragraph(text, HEADINGS[place], 0.0);
    sheet.skip(BETWEEN_TERMS);
    let level = NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN);
    Node::group(Tag::Hn(level, Some(text.to_owned())), lines)
}

fn part(sheet: &mut Sheet<'_>, part: &Part, level: u16) -> Node {
    let mut inside = vec![heading(sheet, &part.heading, level)];
    for block in &part.blocks {
        inside.push(match block {
            Block::Text(text) => {
                let lines = sheet.paragraph(text, BODY, 0.0);
                Node::group(Tag::P, lines)
            }
            Block::Terms(terms) => self::terms(sheet, terms),
            Block::Table(of) => table::drawn(sheet, of),
        });
        sheet.skip(BETWEEN);
    }
    inside.extend(part.parts.iter().map(|found| self::part(sheet, found, level + 1)));
    Node::group(Tag::Section, inside)
}

/// A list whose labels are the headings.
fn terms(sheet: &mut Sheet<'_>, terms: &[Term]) -> Node {
    let item = |term: &Term| {
        sheet.skip(BETWEEN_TERMS);
        sheet.need(2.0 * BODY.line());
        let label = Node::group(Tag::Lbl, sheet.paragraph(&term.heading, STRONG, 0.0));
        let lines = term.lines.iter().flat_map(|line| sheet.paragraph(line, BODY, INDENT)).collect();
        Node::group(Tag::LI, vec![label, Node::group(Tag::LBody, lines)])
    };
    let items = terms.iter().map(item).collect();
    Node::group(TagKind::from(Tag::L(ListNumbering::None)), items)
}
