//! The texts and the questions of a definition, each with its path, found in the JSON itself: whatever kinds and fields
//! the format comes to have, a text is a string or an object of strings by language.

use serde_json::{Map, Value};

/// A definition, taken apart.
#[derive(Debug, Default)]
pub(crate) struct Document<'a> {
    pub(crate) languages: Vec<&'a str>,
    pub(crate) texts: Vec<Text<'a>>,
    pub(crate) pages: Vec<Page<'a>>,
    root: Option<&'a Map<String, Value>>,
}

/// A page with its questions, those inside others among them.
#[derive(Debug)]
pub(crate) struct Page<'a> {
    pub(crate) path: String,
    pub(crate) questions: Vec<Question<'a>>,
}

/// One question.
#[derive(Debug)]
pub(crate) struct Question<'a> {
    pub(crate) path: String,
    pub(crate) fields: &'a Map<String, Value>,
}

/// A text in the languages that it has.
#[derive(Debug)]
pub(crate) struct Text<'a> {
    pub(crate) role: Role,
    /// The kind of the question that it belongs to.
    pub(crate) kind: &'a str,
    /// The name of its field.
    pub(crate) field: &'a str,
    /// The object that it stands in: a question, an option, a medium.
    pub(crate) within: &'a Map<String, Value>,
    pub(crate) each: Vec<Words<'a>>,
}

/// A text in one language.
#[derive(Clone, Debug)]
pub(crate) struct Words<'a> {
    pub(crate) path: String,
    /// `None` where several languages share one text.
    pub(crate) lang: Option<&'a str>,
    pub(crate) text: &'a str,
}

/// What a text is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Question,
    /// Help with a question, or the message of a rule.
    Hint,
    /// What can be chosen.
    Option,
    /// Read before questions or after sending.
    Notice,
    /// The name of the survey or of a page.
    Title,
    /// What stands for a picture, sound or a video.
    Alternative,
    Other,
}

/// Fields in which a string alone is a text; others have names and codes as strings.
const TEXTS: [&str; 18] = [
    "title", "agency", "notice", "thanks", "intro", "end", "text", "hint", "easy", "label", "item", "unit",
    "low", "high", "about", "cost", "alt", "hours",
];

/// Kinds that nobody is asked by.
const UNASKED: [&str; 3] = ["note", "calc", "hidden"];

impl<'a> Document<'a> {
    pub(crate) fn of(document: &'a Value) -> Self {
        let mut taken = Self { root: document.as_object(), ..Self::default() };
        let languages = document.get("languages").and_then(Value::as_array);
        taken.languages = languages.into_iter().flatten().filter_map(Value::as_str).collect();
        if let Some(root) = taken.root {
            taken.object(root, "", "", "");
        }
        taken
    }

    /// Whether the survey itself has this field.
    pub(crate) fn has(&self, field: &str) -> bool {
        self.root.is_some_and(|root| root.contains_key(field))
    }

    /// Whether the survey itself has this field with this value.
    pub(crate) fn says(&self, field: &str, value: &Value) -> bool {
        self.root.and_then(|root| root.get(field)) == Some(value)
    }

    /// Whether the object in a field of the survey has this field.
    pub(crate) fn has_in(&self, object: &str, field: &str) -> bool {
        self.root.and_then(|root| root.get(object)).is_some_and(|object| object.get(field).is_some())
    }

    /// Every question, those inside a group in place of the group.
    pub(crate) fn questions(&self) -> impl Iterator<Item = &Question<'a>> {
        self.pages.iter().flat_map(|page| &page.questions)
    }

    /// The questions that somebody is asked.
    pub(crate) fn asked(&self) -> impl Iterator<Item = &Question<'a>> {
        self.pages.iter().flat_map(Page::asked)
    }

    /// The texts with this role, in each of their languages.
    pub(crate) fn words(&self, roles: &[Role]) -> impl Iterator<Item = &Words<'a>> {
        self.texts.iter().filter(|text| roles.contains(&text.role)).flat_map(|text| &text.each)
    }

    /// Takes apart the object at `path`, which stands in the list called `list`, in a question of this kind.
    fn object(&mut self, fields: &'a Map<String, Value>, path: &str, list: &str, kind: &'a str) {
        let kind = match fields.get("type").and_then(Value::as_str) {
            Some(kind) if list == "questions" => kind,
            _ => kind,
        };
        self.note(fields, path, list);
        for (key, value) in fields {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            if let Some(each) = self.each(key, value, &path) {
                self.texts.push(Text { role: role(list, key, kind), kind, field: key, within: fields, each });
                continue;
            }
            match value {
                Value::Array(items) => self.list(items, &path, key, kind),
                Value::Object(fields) => self.object(fields, &path, "", kind),
                _ => {}
            }
        }
    }

    fn list(&mut self, items: &'a [Value], path: &str, list: &str, kind: &'a str) {
        for (index, item) in items.iter().enumerate() {
            if let Value::Object(fields) = item {
                self.object(fields, &format!("{path}[{index}]"), list, kind);
            }
        }
    }

    fn note(&mut self, fields: &'a Map<String, Value>, path: &str, list: &str) {
        match list {
            "pages" => self.pages.push(Page { path: path.to_owned(), questions: Vec::new() }),
            // A group asks nothing by itself.
            "questions" if !fields.contains_key("questions") => {
                if let Some(page) = self.pages.last_mut() {
                    page.questions.push(Question { path: path.to_owned(), fields });
                }
            }
            _ => {}
        }
    }

    /// The languages of a text; `None` for what is no text. A field called `source` says which text was translated, and
    /// is none itself.
    fn each(&self, key: &str, value: &'a Value, path: &str) -> Option<Vec<Words<'a>>> {
        match value {
            Value::String(text) if TEXTS.contains(&key) => {
                let lang = if let [only] = self.languages[..] { Some(only) } else { None };
                Some(vec![Words { path: path.to_owned(), lang, text }])
            }
            Value::Object(texts) if texts.keys().any(|tag| self.languages.contains(&tag.as_str())) => {
                let known = texts.iter().filter(|(tag, _)| self.languages.contains(&tag.as_str()));
                let words = known.filter_map(|(tag, text)| {
                    Some(Words { path: format!("{path}.{tag}"), lang: Some(tag), text: text.as_str()? })
                });
                Some(words.collect())
            }
            _ => None,
        }
    }
}

impl<'a> Page<'a> {
    /// Its questions without notes and what is worked out.
    pub(crate) fn asked(&self) -> impl Iterator<Item = &Question<'a>> {
        self.questions.iter().filter(|question| !UNASKED.contains(&question.kind()))
    }
}

impl Question<'_> {
    pub(crate) fn kind(&self) -> &str {
        self.fields.get("type").and_then(Value::as_str).unwrap_or_default()
    }

    pub(crate) fn flag(&self, name: &str) -> bool {
        self.fields.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// What can be chosen; the columns of a grid.
    pub(crate) fn options(&self) -> &[Value] {
        self.list("options")
    }

    /// What can be chosen and what is answered line by line, each with the name of its field.
    pub(crate) fn lists(&self) -> [(&'static str, &[Value]); 2] {
        ["options", "rows"].map(|name| (name, self.list(name)))
    }

    /// The list in the field of this name.
    pub(crate) fn list(&self, name: &str) -> &[Value] {
        self.fields.get(name).and_then(Value::as_array).map_or(&[], Vec::as_slice)
    }
}

/// What the text under `key` is for, in an object of this list and a question of this kind.
fn role(list: &str, key: &str, kind: &str) -> Role {
    match (list, key) {
        ("questions", "text") if kind == "note" => Role::Notice,
        // It labels a column, and nobody is asked.
        ("questions", "text") if UNASKED.contains(&kind) => Role::Other,
        ("questions", "text") => Role::Question,
        ("questions", "hint" | "easy") | ("checks", "text") => Role::Hint,
        ("options" | "rows", "text") | ("questions", "label") => Role::Option,
        ("", "notice" | "thanks") | ("pages", "intro") | ("then", "end") => Role::Notice,
        ("" | "pages", "title") => Role::Title,
        (_, "alt") => Role::Alternative,
        _ => Role::Other,
    }
}

/// The text under `key` in this language, or the one that all languages share.
pub(crate) fn text_in<'a>(fields: &'a Value, key: &str, lang: &str) -> Option<&'a str> {
    let text = fields.get(key)?;
    text.as_str().or_else(|| text.get(lang)?.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn questions_inside_a_group_are_found_and_the_group_is_none() {
        let document = json!({"languages": ["ru"], "pages": [{"questions": [
            {"type": "group", "questions": [{"type": "text"}, {"type": "single"}]},
            {"type": "scale"}
        ]}]});
        let document = Document::of(&document);
        let found: Vec<(&str, &str)> =
            document.questions().map(|question| (question.path.as_str(), question.kind())).collect();
        let expected = [
            ("pages[0].questions[0].questions[0]", "text"),
            ("pages[0].questions[0].questions[1]", "single"),
            ("pages[0].questions[1]", "scale"),
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn a_text_is_found_in_any_field_that_has_languages_and_a_name_is_none() {
        let document = json!({"languages": ["kk", "ru"], "id": "x", "pages": [{"questions": [
            {"name": "q", "unit": {"kk": "км", "ru": "км", "source": {"lang": "ru"}}, "text": "1"}
        ]}]});
        let document = Document::of(&document);
        let mut paths: Vec<&str> =
            document.texts.iter().flat_map(|text| &text.each).map(|words| words.path.as_str()).collect();
        paths.sort_unstable();
        let question = "pages[0].questions[0]";
        assert_eq!(paths, ["text", "unit.kk", "unit.ru"].map(|field| format!("{question}.{field}")));
    }
}
