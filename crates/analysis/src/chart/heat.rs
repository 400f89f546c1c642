//! Grids as heat: the stronger coloured, the larger the share, with the share written in each cell.

use super::svg::{LETTERS, Picture, WIDTH};
use super::{Bar, Caption, Format, Series};

const TALL: f64 = 24.0;

/// Rows by columns. The columns are numbered in the picture and named in the key below it: their labels are too long for
/// a telephone.
#[must_use]
pub fn heat(caption: Caption<'_>, rows: &[Series], format: &dyn Format) -> String {
    let mut picture = Picture::new(caption);
    let columns = rows.first().map_or(0, |row| row.bars.len());
    let width = WIDTH / columns.max(1) as f64;
    picture.down(LETTERS + 4.0);
    for column in 0..columns {
        let number = format.count(column as u64 + 1);
        picture.text("middle", ((column as f64 + 0.5) * width, LETTERS), &number);
    }
    for row in rows {
        picture.lines(0.0, &row.label, WIDTH, 3);
        picture.down(3.0);
        let total: f64 = row.bars.iter().map(Bar::size).sum();
        for (column, bar) in row.bars.iter().enumerate() {
            cell(&mut picture, bar, total, (column as f64 * width, width), format);
        }
        picture.down(TALL + 8.0);
    }
    for (column, bar) in rows.first().map_or(&[][..], |row| &row.bars).iter().enumerate() {
        picture.lines(0.0, &format!("{} — {}", format.count(column as u64 + 1), bar.label), WIDTH, 3);
    }
    picture.finish(caption, false)
}

fn cell(picture: &mut Picture, bar: &Bar, total: f64, (x, width): (f64, f64), format: &dyn Format) {
    let part =
        bar.percent.map_or_else(|| if total > 0.0 { bar.size() / total } else { 0.0 }, |it| it / 100.0);
    let y = picture.height();
    // At most 0.45, so that text in the colour of the page keeps its contrast.
    picture.shade(part.clamp(0.0, 1.0) * 0.45, (x + 1.0, y), ((width - 2.0).max(1.0), TALL));
    let figure = match (bar.count, bar.percent) {
        (None, _) => format.hidden(),
        (Some(_), Some(_)) => format.number(100.0 * part, 0),
        (Some(count), None) => format.count(count),
    };
    picture.text("middle", (x + width / 2.0, y + TALL / 2.0 + LETTERS * 0.35), &figure);
}
