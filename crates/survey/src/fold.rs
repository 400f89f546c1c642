//! Folding: the form in which typed words are compared, so that keyboard, case and spelling do not stand in the way.
//!
//! Kazakh is often typed on a Russian keyboard, and і with a Latin i. The case rules cover Latin and Cyrillic letters
//! only: the tables of all Unicode are several kilobytes that the browser would download.

/// The folded form of `text`: lower case, Kazakh letters as the Russian ones typed in their place (ә → а, ғ → г, қ → к,
/// ң → н, ө → о, ұ and ү → у, һ → х, і and Latin i → и), ё → е, and one space for any run of spaces and punctuation.
///
/// It is for comparison alone; nobody is shown it.
#[must_use]
pub fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let mut apart = false;
    for c in text.chars() {
        if is_invisible(c) {
            // й typed as и with a breve of its own; every other mark is dropped.
            if c == '\u{306}' && folded.ends_with('и') {
                folded.pop();
                folded.push('й');
            }
        } else if is_separator(c) {
            apart = !folded.is_empty();
        } else {
            if apart {
                folded.push(' ');
                apart = false;
            }
            folded.push(plain(lower(c)));
        }
    }
    folded
}

/// The lower case of a Latin or Cyrillic letter; any other character is itself.
#[must_use]
pub fn lower(c: char) -> char {
    let code = c as u32;
    let lower = match code {
        0x41..=0x5a | 0xc0..=0xd6 | 0xd8..=0xde | 0x410..=0x42f => code + 32,
        0x400..=0x40f => code + 80,
        0x460..=0x480 | 0x48a..=0x4be | 0x4d0..=0x52e => code | 1,
        0x4c0 => 0x4cf,
        0x4c1..=0x4cd => code + (code & 1),
        _ => code,
    };
    char::from_u32(lower).unwrap_or(c)
}

/// The letter that a Russian keyboard has in place of a lower-case one.
fn plain(c: char) -> char {
    match c {
        'ә' => 'а',
        'ғ' => 'г',
        'қ' => 'к',
        'ң' => 'н',
        'ө' => 'о',
        'ұ' | 'ү' => 'у',
        'һ' => 'х',
        'і' | 'i' => 'и',
        'ё' => 'е',
        _ => c,
    }
}

/// Marks that combine with the letter before them, and characters of no width.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{300}'..='\u{36f}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
}

/// Spaces and punctuation, of ASCII, Latin-1, the general block and the CJK one.
fn is_separator(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => !c.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{2000}'..='\u{206f}' | '\u{3000}'..='\u{303f}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const KAZAKH: &str = "АӘБВГҒДЕЁЖЗИЙКҚЛМНҢОӨПРСТУҰҮФХҺЦЧШЩЪЫІЬЭЮЯ";

    #[test]
    fn the_lower_case_of_every_latin_and_cyrillic_letter_is_that_of_unicode() {
        for code in (0..0x100).chain(0x400..0x530) {
            let Some(c) = char::from_u32(code) else { continue };
            assert_eq!(lower(c).to_string(), c.to_lowercase().to_string(), "{c} U+{code:04X}");
        }
        assert_eq!(KAZAKH.chars().count(), 42);
        assert!(KAZAKH.chars().all(|c| lower(c) != c));
    }

    #[test]
    fn a_kazakh_word_is_found_from_a_russian_keyboard() {
        for (typed, meant) in [
            ("Казакстан", "Қазақстан"),
            ("ЖУМЫС ИСТЕУ", "жұмыс істеу"),
            ("Шымкент,  қ.", " шымкент к "),
            ("білім", "бiлiм"),
            ("Кызылорда", "қызылорда"),
            ("Озге", "өзге"),
            ("ахангер", "аһаңгер"),
            ("елка", "Ёлка"),
            ("Абай-көшесі", "абай\u{a0}көшесі"),
            ("йод", "и\u{306}од"),
        ] {
            assert_eq!(fold(typed), fold(meant), "{typed}");
        }
        assert_ne!(fold("қала"), fold("дала"));
        assert_eq!(fold("«…»"), "");
        assert_eq!(fold("№ 5"), "№ 5");
    }

    proptest! {
        #[test]
        fn folding_twice_is_folding_once(text in ".*") {
            prop_assert_eq!(fold(&fold(&text)), fold(&text));
        }
    }
}
