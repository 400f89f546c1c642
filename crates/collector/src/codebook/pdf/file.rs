//! The file: sheets drawn with the font in it, and the tags that say what each line is (PDF/UA-1, ISO 14289-1). What is
//! against its rules is no file but an error.

use super::letters::{Letters, Style};
use super::sheet::{Drawn, Line, MARGIN, Mark, Node, Rule, SIZE};
use crate::fonts::{SANS, SANS_BOLD};
use krilla::configure::{Accessibility, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::geom::{PathBuilder, Point, Rect};
use krilla::metadata::{Metadata, TextDirection};
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::surface::Surface;
use krilla::tagging::{
    Artifact, ArtifactType, ContentTag, Identifier, Node as Tagged, SpanTag, TagGroup, TagTree,
};
use krilla::text::{Font, GlyphId, KrillaGlyph};
use krilla::{Document, SerializeSettings};

/// The thickness of a rule.
const THIN: f32 = 0.5;
/// Numbers of sheets.
const SMALL: Style = Style::plain(8.0);

/// What the file says of itself.
pub(super) struct About<'a> {
    pub(super) title: &'a str,
    pub(super) lang: &'a str,
}

/// Why there is no file.
#[derive(Debug, thiserror::Error)]
pub(super) enum FileError {
    #[error("the font cannot be read")]
    Font,
    #[error("a sheet has no size")]
    Size,
    #[error("PDF/UA forbids it: {0}")]
    Forbidden(String),
}

/// The bytes.
pub(super) fn made(
    letters: &Letters,
    drawn: &Drawn,
    nodes: Vec<Node>,
    about: &About<'_>,
) -> Result<Vec<u8>, FileError> {
    let configuration = ConfigurationBuilder::new().with_accessibility_validator(Accessibility::UA1).finish();
    let configuration = configuration.map_err(|error| FileError::Forbidden(format!("{error:?}")))?;
    let mut document =
        Document::new_with(SerializeSettings { configuration, ..SerializeSettings::default() });
    let pen = Pen { letters, faces: [font(SANS)?, font(SANS_BOLD)?] };
    let mut known: Vec<Option<Identifier>> = drawn.lines.iter().map(|_| None).collect();
    for sheet in 0..drawn.sheets {
        let settings = PageSettings::from_wh(SIZE.0, SIZE.1).ok_or(FileError::Size)?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let lines = drawn.lines.iter().zip(&mut known).filter(|(line, _)| line.sheet == sheet);
        lines.for_each(|(line, known)| *known = pen.line(&mut surface, line));
        drawn.rules.iter().filter(|rule| rule.sheet == sheet).for_each(|rule| ruled(&mut surface, rule));
        pen.number(&mut surface, &format!("{} / {}", sheet + 1, drawn.sheets));
        surface.finish();
        page.finish();
    }
    let mut tree = TagTree::new().with_lang(Some(about.lang.to_owned()));
    nodes.into_iter().filter_map(|node| tagged(node, &known)).for_each(|node| tree.push(node));
    document.set_tag_tree(tree);
    document.set_outline(outline(&drawn.marks));
    document.set_metadata(metadata(about));
    document.finish().map_err(|error| FileError::Forbidden(format!("{error:?}")))
}

fn font(data: &'static [u8]) -> Result<Font, FileError> {
    Font::new(data.into(), 0).ok_or(FileError::Font)
}

fn metadata(about: &About<'_>) -> Metadata {
    let direction = if qulaq::words::direction(about.lang) == "rtl" {
        TextDirection::RightToLeft
    } else {
        TextDirection::LeftToRight
    };
    Metadata::new()
        .title(about.title.to_owned())
        .language(about.lang.to_owned())
        .creator("Qulaq".to_owned())
        .text_direction(direction)
}

/// What is said, with the lines as they were drawn.
fn tagged(node: Node, known: &[Option<Identifier>]) -> Option<Tagged> {
    match node {
        Node::Line(place) => known.get(place).copied().flatten().map(Tagged::Leaf),
        Node::Group(tag, inside) => {
            let children = inside.into_iter().filter_map(|node| tagged(node, known)).collect();
            Some(Tagged::Group(TagGroup::with_children(tag, children)))
        }
    }
}

/// The list of contents that a reader shows beside the sheets: parts, and their questions below them.
fn outline(marks: &[Mark]) -> Outline {
    let mut outline = Outline::new();
    let mut parts: Vec<OutlineNode> = Vec::new();
    for mark in marks {
        let there = XyzDestination::new(mark.sheet, Point::from_xy(MARGIN, mark.top));
        let node = OutlineNode::new(mark.text.clone(), there);
        match (mark.level, parts.last_mut()) {
            (3.., Some(part)) => part.push_child(node),
            _ => parts.push(node),
        }
    }
    parts.into_iter().for_each(|part| outline.push_child(part));
    outline
}

fn ruled(surface: &mut Surface<'_>, rule: &Rule) {
    let (x, y) = rule.from;
    let mut path = PathBuilder::new();
    if let Some(rectangle) = Rect::from_xywh(x, y, rule.width, THIN) {
        path.push_rect(rectangle);
    }
    if let Some(path) = path.finish() {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
        surface.draw_path(&path);
        surface.end_tagged();
    }
}

/// What lines are written with.
struct Pen<'a> {
    letters: &'a Letters,
    faces: [Font; 2],
}

impl Pen<'_> {
    /// Writes a line; what is there for the eye alone cannot be named.
    fn line(&self, surface: &mut Surface<'_>, line: &Line) -> Option<Identifier> {
        let tag = if line.is_repeated {
            ContentTag::Artifact(Artifact::with_kind(ArtifactType::PaginationOther))
        } else {
            ContentTag::Span(SpanTag::empty())
        };
        let known = surface.start_tagged(tag);
        self.text(surface, line.at, line.style, &line.text);
        surface.end_tagged();
        (!line.is_repeated).then_some(known)
    }

    /// Which sheet it is, at its foot.
    fn number(&self, surface: &mut Surface<'_>, text: &str) {
        surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PageNumber)));
        let left = (SIZE.0 - self.letters.width(text, SMALL)) / 2.0;
        self.text(surface, (left, SIZE.1 - MARGIN / 2.0), SMALL, text);
        surface.end_tagged();
    }

    fn text(&self, surface: &mut Surface<'_>, (x, y): (f32, f32), style: Style, text: &str) {
        let glyph = |(at, letter): (usize, char)| {
            let glyph = self.letters.glyph(letter, style)?;
            let range = at..at + letter.len_utf8();
            Some(KrillaGlyph::new(GlyphId::new(glyph.id), glyph.advance, 0.0, 0.0, 0.0, range, None))
        };
        let glyphs: Vec<KrillaGlyph> = text.char_indices().filter_map(glyph).collect();
        let font = self.faces[usize::from(style.is_bold)].clone();
        surface.draw_glyphs(Point::from_xy(x, y), &glyphs, font, text, style.size, false);
    }
}
