//! Letters: which the font has, and how wide they are. Kazakh, Russian and English are written letter after letter; scripts
//! that join their letters are not in the font.

use crate::fonts::{SANS, SANS_BOLD};
use skrifa::instance::{LocationRef, Size};
use skrifa::{FontRef, MetadataProvider};
use std::collections::HashMap;

/// What stands for a letter that the font has not. Whoever reads the text out of the file gets the letter.
const STANDS_FOR_OTHERS: char = '?';

/// Lines are so many times the size apart.
const LINE: f32 = 1.4;

/// How something is written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Style {
    /// In points.
    pub(super) size: f32,
    pub(super) is_bold: bool,
}

impl Style {
    pub(super) const fn plain(size: f32) -> Self {
        Self { size, is_bold: false }
    }

    pub(super) const fn bold(size: f32) -> Self {
        Self { size, is_bold: true }
    }

    /// From one line to the next.
    pub(super) fn line(self) -> f32 {
        self.size * LINE
    }
}

/// A letter in the font.
#[derive(Clone, Copy, Debug)]
pub(super) struct Glyph {
    pub(super) id: u32,
    /// Its part of the size.
    pub(super) advance: f32,
}

/// The letters of the font, plain and bold.
pub(super) struct Letters {
    faces: [HashMap<char, Glyph>; 2],
}

impl Letters {
    /// Nothing where the font cannot be read.
    pub(super) fn new() -> Option<Self> {
        Some(Self { faces: [face(SANS)?, face(SANS_BOLD)?] })
    }

    pub(super) fn has(&self, text: &str) -> bool {
        text.chars()
            .filter(|letter| !letter.is_whitespace())
            .all(|letter| self.faces[0].contains_key(&letter))
    }

    pub(super) fn glyph(&self, letter: char, style: Style) -> Option<Glyph> {
        let face = &self.faces[usize::from(style.is_bold)];
        let letter = if letter.is_whitespace() { ' ' } else { letter };
        face.get(&letter).or_else(|| face.get(&STANDS_FOR_OTHERS)).copied()
    }

    /// In points.
    pub(super) fn width(&self, text: &str, style: Style) -> f32 {
        let advance = |letter| self.glyph(letter, style).map_or(0.0, |glyph| glyph.advance);
        text.chars().map(advance).sum::<f32>() * style.size
    }

    /// The text in lines of so many points. A word that is longer than a line is broken.
    pub(super) fn lines(&self, text: &str, style: Style, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in readable(text).lines() {
            let mut line = String::new();
            for word in paragraph.split_whitespace() {
                self.add(word, style, width, &mut line, &mut lines);
            }
            lines.push(line);
        }
        lines
    }

    fn add(&self, word: &str, style: Style, width: f32, line: &mut String, lines: &mut Vec<String>) {
        let space = if line.is_empty() { "" } else { " " };
        if self.width(line, style) + self.width(space, style) + self.width(word, style) <= width {
            line.push_str(space);
            line.push_str(word);
            return;
        }
        if !line.is_empty() {
            // The space before a break stays: whoever reads the text out of the file finds two words.
            line.push(' ');
            lines.push(std::mem::take(line));
        }
        for letter in word.chars() {
            let wider = self.width(line, style) + self.width(letter.encode_utf8(&mut [0; 4]), style);
            if wider > width && !line.is_empty() {
                lines.push(std::mem::take(line));
            }
            line.push(letter);
        }
    }
}

/// Without what is no letter and what PDF/UA forbids in a text.
fn readable(text: &str) -> String {
    let is_kept = |letter: &char| {
        !matches!(letter, '\u{feff}' | '\u{fffe}' | '\u{ffff}')
            && (!letter.is_control() || letter.is_whitespace())
    };
    text.chars().filter(is_kept).collect()
}

fn face(data: &[u8]) -> Option<HashMap<char, Glyph>> {
    let font = FontRef::new(data).ok()?;
    let units = f32::from(font.metrics(Size::unscaled(), LocationRef::default()).units_per_em);
    let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
    let letter = |(code, glyph): (u32, skrifa::GlyphId)| {
        let advance = metrics.advance_width(glyph)? / units;
        Some((char::from_u32(code)?, Glyph { id: glyph.to_u32(), advance }))
    };
    Some(font.charmap().mappings().filter_map(letter).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLE: Style = Style::plain(10.0);

    #[test]
    fn the_font_has_every_letter_of_kazakh_and_russian_in_both_faces() {
        let letters = Letters::new().unwrap();
        let text = "ӘәҒғҚқҢңӨөҰұҮүҺһІіЁё₸№«»–…·";
        for style in [STYLE, Style::bold(10.0)] {
            let ids: Vec<u32> = text.chars().map(|letter| letters.glyph(letter, style).unwrap().id).collect();
            let mut single = ids.clone();
            single.sort_unstable();
            single.dedup();
            assert_eq!(single.len(), ids.len());
        }
        assert!(letters.has(text) && !letters.has("سلام"));
    }

    #[test]
    fn no_line_is_wider_than_it_may_be_and_no_word_is_lost() {
        let letters = Letters::new().unwrap();
        let text = "Қызмет сапасына қанағаттанамын ".repeat(4) + &"ұ".repeat(90);
        let lines = letters.lines(&text, STYLE, 120.0);
        assert!(lines.iter().all(|line| letters.width(line.trim_end(), STYLE) <= 120.0), "{lines:?}");
        assert_eq!(lines.concat(), text);
    }

    #[test]
    fn what_no_reader_may_meet_is_left_out_and_paragraphs_stay_apart() {
        let letters = Letters::new().unwrap();
        assert_eq!(letters.lines("a\u{0}b\u{feff}\nc", STYLE, 100.0), ["ab", "c"]);
    }
}
