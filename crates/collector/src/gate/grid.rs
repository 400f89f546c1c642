//! Grids on a narrow screen.
//!
//! At 320 CSS pixels (WCAG 2.2, 1.4.10; also 1280 at 400 %) the rows of a grid stand one below the other, and each
//! repeats its columns as a list. Who answers a row must see what it is about: its own words and all its columns are to
//! fit one screen of 320 × 640. How high that is follows from the number of columns and the length of what they say.

use crate::written::Found;
use crate::written::walk::{Document, Question, text_in};

/// Kinds that are drawn as a grid, with the columns that they bring along.
const GRIDS: [(&str, usize); 3] = [("grid", 0), ("grid_multi", 0), ("statements", 3)];

/// The height of a small telephone, in CSS pixels.
const SCREEN: usize = 640;

/// An option of one line, which is also the least that a finger hits (44), and what each further line adds.
const OPTION: usize = 44;
const LINE: usize = 24;

/// Letters that fit a line of 16 pixels: beside a button to tick, and without one.
const LETTERS_BESIDE: usize = 27;
const LETTERS: usize = 32;

/// A row that is higher than the screen it is answered on.
pub(super) fn too_wide(document: &Document<'_>) -> Vec<Found> {
    let found = document.questions().filter_map(|question| {
        let own = GRIDS.iter().find(|(kind, _)| *kind == question.kind())?.1;
        let (lang, height) =
            document.languages.iter().map(|lang| (lang, height(question, own, lang))).max_by_key(|(_, height)| *height)?;
        let count = question.options().len() + own;
        let message = format!(
            "has {count} columns, which on a telephone stand below each row: in \"{lang}\" a row becomes {height} \
             pixels high, and a screen has {SCREEN}. Who reaches the last column no longer sees what the row asks. \
             Take fewer columns or shorter words, or make a question of each row."
        );
        let wide = height > SCREEN;
        wide.then(|| Found { lang: Some((*lang).to_owned()), ..Found::at(&format!("{}.options", question.path), message) })
    });
    found.collect()
}

/// The height of the longest row with its columns below it, in CSS pixels.
fn height(question: &Question<'_>, own: usize, lang: &str) -> usize {
    let lines = |text: &str, letters: usize| text.chars().count().div_ceil(letters).max(1);
    let texts = |list| question.list(list).iter().filter_map(|item| text_in(item, "text", lang));
    let row = texts("rows").map(|text| lines(text, LETTERS) * LINE).max().unwrap_or(0);
    let columns: usize = texts("options").map(|text| OPTION + (lines(text, LETTERS_BESIDE) - 1) * LINE).sum();
    row + columns + own * OPTION
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn found(kind: &str, columns: usize, text: &str) -> usize {
        let option = |code: usize| json!({"code": code, "text": text});
        let columns: Vec<Value> = (0..columns).map(option).collect();
        let grid = json!({"type": kind, "rows": [{"code": 1, "text": "Дорога"}], "options": columns});
        too_wide(&Document::of(&json!({"languages": ["ru"], "pages": [{"questions": [grid]}]}))).len()
    }

    #[test]
    fn a_row_and_its_columns_fit_one_small_screen() {
        // 24 + 14 × 44 = 640.
        assert_eq!((found("grid", 14, "Да"), found("grid", 15, "Да")), (0, 1));
        assert_eq!((found("statements", 11, "Да"), found("statements", 12, "Да")), (0, 1));
        assert_eq!(found("multi", 40, "Да"), 0, "a list is no grid");
    }

    #[test]
    fn long_words_make_a_grid_too_wide_as_many_columns_do() {
        // Four lines: 44 + 3 × 24 = 116; 24 + 5 × 116 = 604, 24 + 6 × 116 = 720.
        let text = "я".repeat(4 * LETTERS_BESIDE);
        assert_eq!((found("grid", 5, &text), found("grid", 6, &text)), (0, 1));
    }
}
