//! Words and sentences, as far as they can be told in Kazakh, Russian and English alike.

/// The words of a text in lower case, without what stands around them.
pub(crate) fn words(text: &str) -> Vec<String> {
    let word =
        |part: &str| part.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase().replace('’', "'");
    text.split_whitespace().map(word).filter(|word| !word.is_empty()).collect()
}

/// The sentences of a text. A point inside a number or a name ends none.
pub(crate) fn sentences(text: &str) -> Vec<&str> {
    let mut sentences = Vec::new();
    let mut begin = 0;
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let last = letters.peek().is_none_or(|(_, next)| next.is_whitespace());
        if letter == '\n' || ".!?…".contains(letter) && last {
            let end = at + letter.len_utf8();
            sentences.push(text[begin..end].trim());
            begin = end;
        }
    }
    sentences.push(text[begin..].trim());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

/// Whether these words stand in the text one after another.
pub(crate) fn has_phrase(words: &[String], phrase: &str) -> bool {
    let phrase: Vec<&str> = phrase.split(' ').collect();
    words.windows(phrase.len()).any(|window| window.iter().zip(&phrase).all(|(word, wanted)| word == wanted))
}

/// What is listed for a language; for a text without one, what is listed for any.
pub(crate) fn listed<'a, T>(lists: &'a [(&str, &'a [T])], lang: Option<&str>) -> impl Iterator<Item = &'a T> {
    let lang = lang.map(|lang| lang.split('-').next().unwrap_or_default().to_owned());
    let wanted = move |of: &str| lang.as_deref().is_none_or(|lang| lang == of);
    lists.iter().filter(move |(of, _)| wanted(of)).flat_map(|(_, list)| list.iter())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_point_in_a_number_or_an_address_ends_no_sentence() {
        let text = "В 3.5 раза. См. gov.kz сегодня! Да?\n\nНет";
        assert_eq!(sentences(text), ["В 3.5 раза.", "См.", "gov.kz сегодня!", "Да?", "Нет"]);
    }

    #[test]
    fn dashes_and_quotes_are_no_words() {
        assert_eq!(words("Бұл — «өтініш» емес."), ["бұл", "өтініш", "емес"]);
        assert!(has_phrase(&words("Не правда ли, хорошо?"), "не правда ли"));
        assert!(!has_phrase(&words("Правда"), "не правда ли"));
    }

    #[test]
    fn a_text_without_a_language_is_held_against_every_list() {
        let lists: &[(&str, &[&str])] = &[("ru", &["и"]), ("en", &["and"])];
        assert_eq!(listed(lists, Some("en")).collect::<Vec<_>>(), [&"and"]);
        assert_eq!(listed(lists, None).count(), 2);
    }
}
