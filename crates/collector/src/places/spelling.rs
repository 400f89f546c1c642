//! Names as they were meant: letters of the Latin keyboard that look like those around them, and stray spaces.

/// Latin letters and the Cyrillic ones that they are mistaken for.
const LOOK_ALIKE: [(char, char); 27] = [
    ('A', 'А'),
    ('B', 'В'),
    ('C', 'С'),
    ('E', 'Е'),
    ('H', 'Н'),
    ('I', 'І'),
    ('K', 'К'),
    ('M', 'М'),
    ('O', 'О'),
    ('P', 'Р'),
    ('T', 'Т'),
    ('X', 'Х'),
    ('Y', 'У'),
    ('a', 'а'),
    ('c', 'с'),
    ('e', 'е'),
    ('h', 'һ'),
    ('i', 'і'),
    ('k', 'к'),
    ('o', 'о'),
    ('p', 'р'),
    ('x', 'х'),
    ('y', 'у'),
    ('\u{18f}', 'Ә'),
    ('\u{259}', 'ә'),
    ('\u{19f}', 'Ө'),
    ('\u{275}', 'ө'),
];

/// A name with one space between words, and with Cyrillic letters where Latin ones stand among them. A word that is all
/// Latin, such as a number of Rome, stays.
pub(super) fn name(written: &str) -> String {
    written.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

fn word(written: &str) -> String {
    let is_cyrillic = |c: char| matches!(c, '\u{400}'..='\u{52f}');
    if !written.contains(is_cyrillic) {
        return written.to_owned();
    }
    let meant = |c| LOOK_ALIKE.iter().find(|(latin, _)| *latin == c).map_or(c, |(_, cyrillic)| *cyrillic);
    written.chars().map(meant).collect()
}

/// The name of a column: lower case, and Latin letters where Cyrillic ones look like them.
pub(super) fn heading(written: &str) -> String {
    let latin = |c| match c {
        'т' | 'Т' => 't',
        'в' | 'В' => 'b',
        'м' => 'm',
        'н' => 'h',
        c => LOOK_ALIKE.iter().find(|(_, cyrillic)| *cyrillic == c).map_or(c, |(latin, _)| *latin),
    };
    written.trim().chars().map(latin).collect::<String>().to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_letters_among_cyrillic_ones_become_what_they_look_like() {
        assert_eq!(name("  Aбай\u{a0} облыcы "), "Абай облысы");
        assert_eq!(name("Жетiсу XXII Abai"), "Жетісу XXII Abai");
        assert_eq!(name("К\u{259}мпір"), "Кәмпір");
        assert_eq!(
            (heading(" ТЕ "), heading("аb"), heading("NAME_kaz")),
            ("te".into(), "ab".into(), "name_kaz".into())
        );
    }
}
