//! Stacked scales: the parts of each row side by side, with a key below.

use super::svg::{LETTERS, Picture, WIDTH};
use super::{Bar, Caption, Format, Series};

const THICK: f64 = 22.0;

/// One stack for each row. Rows in which anything is hidden have no stack, only their label and that: the lengths of the
/// others would tell what is hidden.
#[must_use]
pub fn stack(caption: Caption<'_>, rows: &[Series], format: &dyn Format) -> String {
    let mut picture = Picture::new(caption);
    for row in rows {
        if !row.label.is_empty() {
            picture.lines(0.0, &row.label, WIDTH, 3);
            picture.down(3.0);
        }
        if row.bars.iter().any(|bar| bar.count.is_none()) {
            picture.lines(0.0, &format.hidden(), WIDTH, 1);
            picture.down(8.0);
            continue;
        }
        parts(&mut picture, &row.bars, format);
        picture.down(THICK + 10.0);
    }
    if let Some(row) = rows.first() {
        let has_figures = rows.len() == 1 && row.bars.iter().all(|bar| bar.count.is_some());
        key(&mut picture, row, format, has_figures);
    }
    picture.finish(caption, true)
}

fn parts(picture: &mut Picture, bars: &[Bar], format: &dyn Format) {
    let total: f64 = bars.iter().map(Bar::size).sum();
    let mut x = 0.0;
    for (number, bar) in bars.iter().enumerate() {
        let width = if total > 0.0 { WIDTH * bar.size() / total } else { 0.0 };
        let y = picture.height();
        picture.patterned(number, (x, y), (width, THICK));
        let figure =
            bar.percent.map_or_else(|| format.count(bar.count.unwrap_or(0)), |it| format.percent(it));
        let needs = (figure.chars().count() as f64 + 1.0) * LETTERS * 0.6;
        if width > needs {
            // Behind the figure the pattern stops, so that it can be read.
            picture.rect("qc-paper", (x + (width - needs) / 2.0, y + 3.0), (needs, THICK - 6.0));
            picture.text("middle", (x + width / 2.0, y + THICK / 2.0 + LETTERS * 0.35), &figure);
        }
        x += width;
    }
}

/// What the patterns mean; with the figures, where there is a single stack.
fn key(picture: &mut Picture, row: &Series, format: &dyn Format, with_figures: bool) {
    for (number, bar) in row.bars.iter().enumerate() {
        picture.patterned(number, (0.0, picture.height() + 3.0), (14.0, 14.0));
        let text = if with_figures {
            format!("{} — {}", bar.label, bar.figure(format))
        } else {
            bar.label.clone()
        };
        picture.lines(22.0, &text, WIDTH - 22.0, 3);
        picture.down(3.0);
    }
}
