//! The words of a table in one language: labels of columns, of codes, and of the reasons why a value is missing.

use qulaq::words;
use survey::columns::{Column, Part};
use survey::{Missing, Text};

/// Kazakh, Russian and English, in which Qulaq itself speaks.
const LANGUAGES: [&str; 3] = ["kk", "ru", "en"];

/// Why a value is missing, by the order of [`Missing::ALL`].
const REASONS: [[&str; 3]; 8] = [
    ["Сұрақ қойылған жоқ", "Вопрос не задавался", "Not asked"],
    ["Қатысы жоқ", "Не относится", "Does not apply"],
    ["Бұл сұраққа жетпеді", "Не дошли до вопроса", "Not reached"],
    ["Жауапсыз қалдырды", "Оставили без ответа", "Left blank"],
    ["Білмейді", "Не знает", "Does not know"],
    ["Айтқысы келмейді", "Предпочитает не говорить", "Prefers not to say"],
    ["Жарамсыз", "Недействительно", "Invalid"],
    ["Құпиялық үшін жасырылған", "Скрыто ради конфиденциальности", "Masked for privacy"],
];

/// Whether an option was chosen.
const CHOSEN: [[&str; 3]; 2] =
    [["Таңдалмаған", "Не выбрано", "Not chosen"], ["Таңдалған", "Выбрано", "Chosen"]];

/// What a column holds besides an answer.
const COUNT: [&str; 3] = ["саны", "сколько", "how many"];
const POSITION: [&str; 3] = ["тұрған орны", "на каком месте стояло", "at which place it stood"];

/// One of ours in a language; in English where we do not speak it.
fn own(words: [&'static str; 3], lang: &str) -> &'static str {
    let base = lang.split('-').next().unwrap_or_default();
    let index = LANGUAGES.iter().position(|known| *known == base).unwrap_or(LANGUAGES.len() - 1);
    words[index]
}

/// An author's text, or words of the interface, in a language.
pub(crate) fn text(text: &Text, lang: &str) -> String {
    match text {
        Text::Word(key) => words::of(lang).get(key).to_owned(),
        text => text.get(lang).to_owned(),
    }
}

/// The reason why a value is missing.
pub(crate) fn reason(missing: Missing, lang: &str) -> &'static str {
    own(REASONS[missing as usize], lang)
}

/// Whether an option was chosen.
pub(crate) fn chosen(chosen: bool, lang: &str) -> &'static str {
    own(CHOSEN[usize::from(chosen)], lang)
}

/// What a column is about: its question, and the entry, row and option.
pub(crate) fn column(column: &Column, lang: &str) -> String {
    let mut parts = vec![text(&column.label, lang)];
    parts.extend(column.entry.map(|entry| format!("№ {entry}")));
    parts.extend(column.row.as_ref().map(|row| text(&row.text, lang)));
    parts.extend(column.option.as_ref().map(|option| text(&option.text, lang)));
    match column.part {
        Part::Entries => parts.push(own(COUNT, lang).to_owned()),
        Part::Position => parts.push(own(POSITION, lang).to_owned()),
        Part::Answer | Part::Chosen | Part::Rank | Part::Other => {}
    }
    parts.retain(|part| !part.is_empty());
    // A label is one line.
    parts.join(" – ").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The codes of a column with their labels, without those of missing values.
pub(crate) fn values(column: &Column, lang: &str) -> Vec<(i64, String)> {
    let labels: Vec<(i64, String)> = match column.part {
        Part::Chosen => [false, true].map(|yes| (i64::from(yes), chosen(yes, lang).to_owned())).to_vec(),
        _ => column.values.iter().map(|(code, label)| (*code, text(label, lang))).collect(),
    };
    labels.into_iter().filter(|(code, _)| Missing::of_code(*code).is_none()).collect()
}

/// The reasons for missing values with their codes. An author's own words for one, such as "I prefer not to say", come first.
pub(crate) fn reasons(column: &Column, lang: &str) -> Vec<(Missing, String)> {
    let own = |missing: Missing| column.values.iter().find(|(code, _)| *code == missing.code());
    let label = |missing: Missing| match own(missing) {
        Some((_, label)) => text(label, lang),
        None => reason(missing, lang).to_owned(),
    };
    Missing::ALL.into_iter().map(|missing| (missing, label(missing))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use survey::Survey;
    use survey::columns::Table;

    #[test]
    fn a_label_says_question_row_and_option_in_one_line_of_its_language() {
        let definition = include_str!("../../../../examples/surveys/every-kind.json");
        let survey = Survey::read(definition).unwrap();
        let table = Table::of(&[&survey]);
        for lang in LANGUAGES {
            for described in table.columns() {
                let label = column(described, lang);
                assert!(!label.is_empty() && !label.contains('\n'), "{label}");
            }
        }
        let chosen = table.columns().iter().find(|column| column.part == Part::Chosen).unwrap();
        assert!(column(chosen, "ru").contains(" – "));
        assert_eq!(values(chosen, "kk")[1], (1, "Таңдалған".to_owned()));
    }

    #[test]
    fn words_of_the_interface_are_words_and_no_keys() {
        let yes = Text::Word("yes");
        assert_ne!(text(&yes, "kk"), "yes");
    }
}
