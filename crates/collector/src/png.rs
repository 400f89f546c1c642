//! A drawing as pixels, with the letters of the font that the program brings along.

use crate::fonts::{SANS, SANS_BOLD};
use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::fontdb::Database;
use resvg::usvg::{Options, Tree};
use std::sync::{Arc, LazyLock};

/// Pixels for each unit of a drawing.
const SCALE: f32 = 3.0;

/// Pixels from side to side at most: nobody's drawing takes all memory.
const MOST: u32 = 8_000;

/// The font, found once.
static FAMILY: LazyLock<Arc<Database>> = LazyLock::new(|| {
    let mut database = Database::new();
    [SANS, SANS_BOLD].iter().for_each(|font| database.load_font_data(font.to_vec()));
    database.set_sans_serif_family("DejaVu Sans");
    Arc::new(database)
});

/// The pixels of a drawing as PNG; `None` for what is none, or too large.
pub(crate) fn of_svg(svg: &str) -> Option<Vec<u8>> {
    let options =
        Options { fontdb: Arc::clone(&FAMILY), font_family: "DejaVu Sans".to_owned(), ..Options::default() };
    let tree = Tree::from_str(svg, &options).ok()?;
    let size = tree.size().to_int_size().scale_by(SCALE)?;
    if size.width() > MOST || size.height() > MOST {
        return None;
    }
    let mut pixels = Pixmap::new(size.width(), size.height())?;
    resvg::render(&tree, Transform::from_scale(SCALE, SCALE), &mut pixels.as_mut());
    pixels.encode_png().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(text: &str) -> Pixmap {
        let svg = format!(
            r##"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20" width="40" height="20"><text x="2" y="15" font-family="sans-serif" font-size="15">{text}</text></svg>"##
        );
        Pixmap::decode_png(&of_svg(&svg).unwrap()).unwrap()
    }

    #[test]
    fn every_letter_of_kazakh_is_drawn_and_looks_like_no_other() {
        let letters = "ӘәҒғҚқҢңӨөҰұҮүҺһІі₸№«»–…";
        let mut seen: Vec<(char, Vec<u8>)> = Vec::new();
        let missing = drawn("\u{10fffd}").data().to_vec();
        for letter in letters.chars() {
            let pixels = drawn(&letter.to_string()).data().to_vec();
            assert!(pixels.iter().any(|byte| *byte > 0), "{letter} is not drawn");
            assert_ne!(pixels, missing, "{letter} is a box");
            let twin = seen.iter().find(|(_, other)| *other == pixels);
            assert!(twin.is_none(), "{letter} looks like {:?}", twin.map(|(other, _)| other));
            seen.push((letter, pixels));
        }
    }

    #[test]
    fn what_is_no_drawing_and_what_is_too_large_is_refused() {
        assert!(of_svg("<p>").is_none());
        assert!(of_svg(r#"<svg xmlns="http://www.w3.org/2000/svg" width="1" height="90000"/>"#).is_none());
    }
}
