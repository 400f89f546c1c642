//! What a secretary writes of a meeting, in every language of its survey: who chaired it, and what was said and decided about
//! each item of the agenda.

use crate::mechanism::meeting::Meeting;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Characters at most of what was said or decided about an item.
const LONGEST: usize = 8000;

/// Characters at most of a name.
const LONGEST_NAME: usize = 200;

/// Characters at most of the number of minutes.
const LONGEST_NUMBER: usize = 40;

/// The item of what was not on the agenda; no item of an agenda is called so.
pub(crate) const OTHER: &str = "";

/// A text in each language.
type Texts = BTreeMap<String, String>;

/// What is written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Written {
    /// The number of the minutes in the agency's register.
    pub(crate) number: String,
    pub(crate) chair: Texts,
    pub(crate) secretary: Texts,
    /// By the names of the items, and language.
    pub(crate) items: BTreeMap<String, BTreeMap<String, Dealt>>,
}

/// What became of an item.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dealt {
    pub(crate) said: String,
    pub(crate) decided: String,
}

/// What keeps minutes from being kept or published, with the name of the field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// It is longer than so many characters.
    Long(String, usize),
    /// It says nothing.
    Missing(String),
}

impl Dealt {
    /// What stands under one of the names of its fields.
    fn text(&self, name: &str) -> &String {
        if name == "said" { &self.said } else { &self.decided }
    }
}

impl Fault {
    /// The field that it is about.
    pub(crate) fn field(&self) -> &str {
        match self {
            Self::Long(field, _) | Self::Missing(field) => field,
        }
    }
}

impl Written {
    /// What the fields of a form say, in these languages and of the items of this meeting; others are not looked at.
    pub(crate) fn of(meeting: &Meeting, languages: &[String], field: impl Fn(&str) -> String) -> Self {
        let of_language = |name: &str| {
            let text = |lang: &String| (lang.clone(), field(&format!("{name}-{lang}")));
            languages.iter().map(text).collect::<Texts>()
        };
        let items = items(meeting).map(|id| {
            let dealt = |lang: &String| {
                let (said, decided) =
                    (field(&format!("said-{id}-{lang}")), field(&format!("decided-{id}-{lang}")));
                (lang.clone(), Dealt { said, decided })
            };
            (id.to_owned(), languages.iter().map(dealt).collect())
        });
        Self {
            number: field("minutes-number"),
            chair: of_language("chair"),
            secretary: of_language("secretary"),
            items: items.collect(),
        }
    }

    /// Every field with what it says, as [`Written::of`] reads them.
    pub(crate) fn fields(&self) -> Vec<(String, &str)> {
        let mut all = vec![("minutes-number".to_owned(), self.number.as_str())];
        for (name, texts) in [("chair", &self.chair), ("secretary", &self.secretary)] {
            all.extend(texts.iter().map(|(lang, text)| (format!("{name}-{lang}"), text.as_str())));
        }
        for (id, languages) in &self.items {
            for (lang, dealt) in languages {
                all.push((format!("said-{id}-{lang}"), &dealt.said));
                all.push((format!("decided-{id}-{lang}"), &dealt.decided));
            }
        }
        all
    }

    /// What is too long to be kept.
    pub(crate) fn too_long(&self) -> Vec<Fault> {
        let most = |field: &str| match field.split('-').next() {
            Some("said" | "decided") => LONGEST,
            Some("minutes") => LONGEST_NUMBER,
            _ => LONGEST_NAME,
        };
        let fields = self.fields().into_iter();
        fields
            .filter(|(field, text)| text.chars().count() > most(field))
            .map(|(field, _)| Fault::Long(field.clone(), most(&field)))
            .collect()
    }

    /// What is missing before it can be published: the number, who chaired and who wrote in each language, and in each
    /// language what is said in any (KZ-L4).
    pub(crate) fn missing(&self, languages: &[String]) -> Vec<Fault> {
        let empty = |text: Option<&String>| text.is_none_or(String::is_empty);
        let mut missing = Vec::new();
        if self.number.is_empty() {
            missing.push(Fault::Missing("minutes-number".to_owned()));
        }
        for (name, texts) in [("chair", &self.chair), ("secretary", &self.secretary)] {
            let without = languages.iter().filter(|lang| empty(texts.get(*lang)));
            missing.extend(without.map(|lang| Fault::Missing(format!("{name}-{lang}"))));
        }
        for (id, dealt) in &self.items {
            for name in ["said", "decided"] {
                let text = |dealt| Dealt::text(dealt, name);
                if dealt.values().any(|dealt| !text(dealt).is_empty()) {
                    let without = languages.iter().filter(|lang| empty(dealt.get(*lang).map(text)));
                    missing.extend(without.map(|lang| Fault::Missing(format!("{name}-{id}-{lang}"))));
                }
            }
        }
        missing
    }

    /// What became of an item, in a language.
    pub(crate) fn dealt(&self, id: &str, lang: &str) -> Dealt {
        self.items.get(id).and_then(|languages| languages.get(lang)).cloned().unwrap_or_default()
    }
}

/// The names of all items that minutes have: those of the agenda, and what was not on it.
fn items(meeting: &Meeting) -> impl Iterator<Item = &str> {
    meeting.agenda.iter().map(|item| item.id.as_str()).chain([OTHER])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written() -> Written {
        let texts = |text: &str| ["kk", "ru"].map(|lang| (lang.to_owned(), text.to_owned())).into();
        let dealt = |said: &str| Dealt { said: said.to_owned(), decided: String::new() };
        let roof = [("kk".to_owned(), dealt("Айтты")), ("ru".to_owned(), dealt(""))].into();
        Written {
            number: "3".to_owned(),
            chair: texts("Ә. Б."),
            secretary: texts("В. Г."),
            items: [("roof".to_owned(), roof)].into(),
        }
    }

    #[test]
    fn what_is_said_in_one_language_is_owed_in_the_others() {
        let languages = ["kk".to_owned(), "ru".to_owned()];
        assert_eq!(written().missing(&languages), [Fault::Missing("said-roof-ru".to_owned())]);
        let missing = Written::default().missing(&languages);
        let fields: Vec<&str> = missing.iter().map(Fault::field).collect();
        assert_eq!(fields, ["minutes-number", "chair-kk", "chair-ru", "secretary-kk", "secretary-ru"]);
    }

    #[test]
    fn each_field_has_its_longest() {
        let mut long = written();
        assert_eq!(long.too_long(), []);
        long.number = "1".repeat(LONGEST_NUMBER + 1);
        long.chair.insert("ru".to_owned(), "ә".repeat(LONGEST_NAME));
        long.items.get_mut("roof").unwrap().get_mut("ru").unwrap().decided = "ә".repeat(LONGEST + 1);
        let faults = long.too_long();
        assert_eq!(
            faults,
            [
                Fault::Long("minutes-number".to_owned(), LONGEST_NUMBER),
                Fault::Long("decided-roof-ru".to_owned(), LONGEST)
            ]
        );
    }
}
