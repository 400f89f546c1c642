//! A picture as a file of its own: on white, with its title above and what must be known of it below, so that it still says
//! what it is where somebody pasted it.

use super::escaped;
use super::svg::{WIDTH, short, wrapped};
use std::fmt::Write as _;

/// Around everything.
const MARGIN: f64 = 14.0;
/// Letters in a line of the title and of what stands below, and the heights of their lines.
const TITLE: (usize, f64) = (38, 19.0);
const NOTE: (usize, f64) = (58, 13.0);

/// How the classes look in a file: as in the style sheet, light. Readers of files know neither variables nor two schemes.
const STYLE: &str = "\
.qc-track{fill:#1b1b1b;fill-opacity:.1;stroke:none}.qc-axis{fill:#1b1b1b;stroke:none}.qc-paper{fill:#fff;stroke:none}\
.qc-line{stroke:#0b5cad}.qc-1{fill:#0b5cad;stroke:none}.qc-2{fill:#c9def3}.qc-3{fill:#e3e6e9}.qc-4{fill:#f6dcc0}\
.qc-5{fill:#c25e00}.qc-6{fill:#d6ecd2}.qc-7{fill:#e9d8ef}";

/// Puts a picture of this crate into a file, under a title and above notes.
#[must_use]
pub fn saved(picture: &str, title: &str, notes: &[String]) -> String {
    let titles = wrapped(title, TITLE.0, 5);
    let notes: Vec<String> = notes.iter().flat_map(|note| wrapped(note, NOTE.0, 12)).collect();
    let top = MARGIN + titles.len() as f64 * TITLE.1 + 6.0;
    let bottom = top + height(picture) + 8.0;
    let (width, height) = (WIDTH + 2.0 * MARGIN, bottom + notes.len() as f64 * NOTE.1 + MARGIN);
    let mut texts = String::new();
    let mut line = |text: &str, y: f64, about: &str| {
        let _ =
            write!(texts, r#"<text x="{}" y="{}" {about}>{}</text>"#, short(MARGIN), short(y), escaped(text));
    };
    for (place, text) in titles.iter().enumerate() {
        line(text, MARGIN + (place as f64 + 0.8) * TITLE.1, r#"font-size="15" font-weight="bold""#);
    }
    for (place, text) in notes.iter().enumerate() {
        line(text, bottom + (place as f64 + 0.8) * NOTE.1, r#"font-size="9.5""#);
    }
    format!(
        r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" color="#1b1b1b" fill="#1b1b1b" font-family="sans-serif" font-size="13"><title>{2}</title><style>{STYLE}</style><rect fill="#fff" width="{0}" height="{1}"/>{texts}<g transform="translate({3} {4})">{5}</g></svg>"##,
        short(width),
        short(height),
        escaped(title),
        short(MARGIN),
        short(top),
        inside(picture)
    )
}

/// The units from top to bottom.
fn height(picture: &str) -> f64 {
    let view = picture.split("viewBox=\"").nth(1).and_then(|rest| rest.split('"').next());
    view.and_then(|view| view.split(' ').nth(3)).and_then(|height| height.parse().ok()).unwrap_or(0.0)
}

/// What is drawn, without the frame and its names.
fn inside(picture: &str) -> &str {
    let drawn = picture.split_once("</desc>").map_or("", |(_, drawn)| drawn);
    drawn.strip_suffix("</svg>").unwrap_or(drawn)
}
