//! How many each day: a line.

use super::svg::{LETTERS, Picture, WIDTH};
use super::{Bar, Caption, Format};

/// A line over days in order, with the most at the top, and the first and the last day below. Hidden days break it.
#[must_use]
pub fn days(caption: Caption<'_>, bars: &[Bar], format: &dyn Format) -> String {
    let mut picture = Picture::new(caption);
    let most = bars.iter().filter_map(|bar| bar.count).max().unwrap_or(0);
    let (top, tall) = (LETTERS + 8.0, 120.0);
    picture.text("start", (0.0, LETTERS), &format.count(most));
    let steps = bars.len().saturating_sub(1).max(1) as f64;
    let point = |(index, bar): (usize, &Bar)| {
        let x = WIDTH * index as f64 / steps;
        (x, top + tall * (1.0 - bar.size() / most.max(1) as f64))
    };
    let indexed: Vec<(usize, &Bar)> = bars.iter().enumerate().collect();
    for run in indexed.split(|(_, bar)| bar.count.is_none()).filter(|run| !run.is_empty()) {
        let points: Vec<(f64, f64)> = run.iter().copied().map(point).collect();
        match points.as_slice() {
            [(x, y)] => picture.rect("qc-1", (x.min(WIDTH - 4.0), y - 2.0), (4.0, 4.0)),
            _ => picture.path(&points),
        }
    }
    picture.rect("qc-axis", (0.0, top + tall), (WIDTH, 1.0));
    picture.down(top + tall + LETTERS + 8.0);
    let y = picture.height() - 4.0;
    if let Some(first) = bars.first() {
        picture.text("start", (0.0, y), &first.label);
    }
    if let Some(last) = bars.last().filter(|_| bars.len() > 1) {
        picture.text("end", (WIDTH, y), &last.label);
    }
    picture.finish(caption, false)
}
