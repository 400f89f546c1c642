//! Bars, each below its label; and the histogram, whose bars stand side by side.

use super::svg::{LETTERS, Picture, WIDTH};
use super::{Bar, Caption, Format};

const THICK: f64 = 14.0;

/// Horizontal bars. With percentages the full width is 100 %; without, the longest bar.
///
/// A bar with a hidden number has no length: its label says that it is hidden.
#[must_use]
pub fn bars(caption: Caption<'_>, bars: &[Bar], format: &dyn Format) -> String {
    let mut picture = Picture::new(caption);
    let has_percents = bars.iter().any(|bar| bar.percent.is_some());
    let most = bars.iter().map(Bar::size).fold(1.0, f64::max);
    for bar in bars {
        let part = if has_percents { bar.percent.unwrap_or(0.0) / 100.0 } else { bar.size() / most };
        picture.lines(0.0, &bar.label, WIDTH, 3);
        picture.lines(0.0, &bar.figure(format), WIDTH, 1);
        picture.down(3.0);
        picture.rect("qc-track", (0.0, picture.height()), (WIDTH, THICK));
        picture.rect("qc-1", (0.0, picture.height()), (WIDTH * part.clamp(0.0, 1.0), THICK));
        picture.down(THICK + 8.0);
    }
    picture.finish(caption, false)
}

/// Classes of equal width side by side, their limits below the first, the middle and the last.
#[must_use]
pub fn histogram(caption: Caption<'_>, bars: &[Bar], format: &dyn Format) -> String {
    let mut picture = Picture::new(caption);
    let most = bars.iter().map(Bar::size).fold(1.0, f64::max);
    let (tall, width) = (140.0, WIDTH / bars.len().max(1) as f64);
    let top = LETTERS + 6.0;
    for (index, bar) in bars.iter().enumerate() {
        let height = tall * bar.size() / most;
        let x = index as f64 * width;
        picture.rect("qc-1", (x + 1.0, top + tall - height), ((width - 2.0).max(1.0), height));
        let figure = bar.count.map_or_else(|| format.hidden(), |count| format.count(count));
        if figure.chars().count() as f64 * LETTERS * 0.6 <= width {
            picture.text("middle", (x + width / 2.0, top + tall - height - 4.0), &figure);
        }
    }
    picture.down(top + tall + LETTERS + 6.0);
    let y = picture.height() - 4.0;
    if let Some(first) = bars.first() {
        picture.text("start", (0.0, y), &first.label);
    }
    if let Some(last) = bars.last().filter(|_| bars.len() > 1) {
        picture.text("end", (WIDTH, y), &last.label);
    }
    picture.finish(caption, false)
}
