//! Every text of a definition, found by the lists in [`crate::field`], and what must hold between the languages of one
//! text: the same placeholders, and no translation older than its source. For authors; a browser does not need it.

use crate::fault::Faults;
use crate::field::{self, Field, Shape};
use crate::kind;
use crate::read::join;
use crate::text::STAMPS;
use serde_json::{Map, Value};
use std::collections::{BTreeSet, HashSet};

/// Where one text of a definition stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its name, made of ids and not of places, so that it stays when something is inserted before it:
    /// `questions.used.options.3.text`. No two entries of a document share one.
    pub key: String,
    /// Its place as faults name it: `pages[0].questions[2].options[1].text`.
    pub path: String,
    /// The same place as a JSON pointer, for [`Value::pointer`] and [`Value::pointer_mut`].
    pub pointer: String,
    /// The list or field that it belongs to: `title`, `hint`, `options`.
    pub within: &'static str,
    /// What it is for, in English.
    pub about: &'static str,
}

/// The texts of a definition, in its order, whether they are sound or not.
#[must_use]
pub fn texts(document: &Value) -> Vec<Entry> {
    let mut walk = Walk::default();
    walk.fields(document, &[field::SURVEY], &Place::default(), None);
    walk.entries
}

/// Takes the stamps out of every text: they are the author's, and no citizen needs to download them.
pub fn remove_stamps(document: &mut Value) {
    for entry in texts(document) {
        if let Some(text) = document.pointer_mut(&entry.pointer).and_then(Value::as_object_mut) {
            text.remove(STAMPS);
        }
    }
}

/// A short name for the content of a text, which a translation of it keeps: FNV-1a of 32 bits over its UTF-8 without
/// the white space around it, as eight hexadecimal digits. It tells whether the text has changed; it hides nothing.
#[must_use]
pub fn stamp(text: &str) -> String {
    let hash = text
        .trim()
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{hash:08x}")
}

/// The placeholders of a text, `{name}`: a word in braces, without white space.
#[must_use]
pub fn placeholders(text: &str) -> BTreeSet<&str> {
    let word = |part: &&str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_');
    let inside = text.split('{').skip(1).filter_map(|part| part.split_once('}'));
    inside.map(|(inside, _)| inside).filter(word).collect()
}

/// Notes what does not hold between the languages of one text, the first of `languages` being its source.
pub(crate) fn inspect(texts: &Map<String, Value>, languages: &[String], path: &str, faults: &mut Faults) {
    let Some(first) = languages.first() else { return };
    let source = texts.get(first).and_then(Value::as_str);
    if let Some(source) = source {
        inspect_placeholders(texts, (first, source), path, faults);
    }
    match texts.get(STAMPS) {
        Some(Value::Object(stamps)) => inspect_stamps(texts, stamps, (first, source), path, faults),
        Some(_) => faults.add(join(path, STAMPS), "must be an object with a stamp for each translation."),
        None => {}
    }
}

fn inspect_placeholders(
    texts: &Map<String, Value>,
    (first, source): (&str, &str),
    path: &str,
    faults: &mut Faults,
) {
    let wanted = placeholders(source);
    for (tag, text) in texts.iter().filter(|(tag, _)| tag.as_str() != first) {
        if text.as_str().is_some_and(|text| placeholders(text) != wanted) {
            let must_be = list(&wanted);
            faults.add(
                join(path, tag),
                format!("must have the placeholders of the text in \"{first}\", which are {must_be}."),
            );
        }
    }
}

fn inspect_stamps(
    texts: &Map<String, Value>,
    stamps: &Map<String, Value>,
    (first, source): (&str, Option<&str>),
    path: &str,
    faults: &mut Faults,
) {
    let now = source.map(stamp);
    for (tag, kept) in stamps {
        let place = join(&join(path, STAMPS), tag);
        let kept = kept.as_str().unwrap_or_default();
        if tag == first || !texts.contains_key(tag) {
            faults.add(place, "is a stamp without a translation. Take it away.");
        } else if !is_stamp(kept) {
            faults.add(
                place,
                "must be a stamp of eight hexadecimal digits, which `qulaq translations` writes.",
            );
        } else if now.as_deref().is_some_and(|now| now != kept) {
            let advice = "translate it anew, or accept it with `qulaq translations stamp FILE`.";
            faults.add(
                join(path, tag),
                format!("the translation into \"{tag}\" is older than its source text: {advice}"),
            );
        }
    }
}

fn is_stamp(word: &str) -> bool {
    word.len() == 8 && word.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'))
}

/// Placeholders as an author writes them.
#[must_use]
pub fn list(placeholders: &BTreeSet<&str>) -> String {
    if placeholders.is_empty() {
        return "none".to_owned();
    }
    placeholders.iter().map(|name| format!("{{{name}}}")).collect::<Vec<_>>().join(", ")
}

#[derive(Default)]
struct Walk {
    entries: Vec<Entry>,
    taken: HashSet<String>,
}

/// A place under each of its three names.
#[derive(Default)]
struct Place {
    key: String,
    path: String,
    pointer: String,
}

impl Place {
    fn field(&self, name: &str) -> Self {
        let pointer = format!("{}/{name}", self.pointer);
        Self { key: join(&self.key, name), path: join(&self.path, name), pointer }
    }

    fn item(&self, index: usize, key: String) -> Self {
        Self { key, path: format!("{}[{index}]", self.path), pointer: format!("{}/{index}", self.pointer) }
    }
}

impl Walk {
    /// `list` is the name of the list that the object is an item of, where that is worth saying.
    fn fields(
        &mut self,
        value: &Value,
        fields: &[&'static [Field]],
        place: &Place,
        list: Option<&'static str>,
    ) {
        for field in fields.iter().copied().flatten() {
            if let Some(value) = value.get(field.name) {
                self.field(value, field, &place.field(field.name), list);
            }
        }
    }

    fn field(&mut self, value: &Value, field: &'static Field, place: &Place, list: Option<&'static str>) {
        match &field.shape {
            Shape::Text => self.text(field, place, list),
            Shape::Objects(fields) => {
                // Of a page it is enough to say "title"; of an option, that it is one of the options.
                let list = (field.name != "pages").then_some(field.name);
                for (index, item) in items(value) {
                    let key = join(&place.key, &identity(item).unwrap_or_else(|| index.to_string()));
                    self.fields(item, &[fields], &place.item(index, key), list);
                }
            }
            Shape::Questions => items(value).for_each(|(index, item)| self.question(item, index, place)),
            Shape::Object(fields) => self.fields(value, &[fields], place, Some(field.name)),
            // Shapes that hold no text; one that holds texts gets an arm here.
            _ => {}
        }
    }

    /// Names of questions are unique in the survey, so a question keeps its key on another page and in a group.
    fn question(&mut self, question: &Value, index: usize, place: &Place) {
        let key = match identity(question) {
            Some(name) => format!("questions.{name}"),
            None => join(&place.key, &index.to_string()),
        };
        let kind = question.get("type").and_then(Value::as_str).and_then(kind::named);
        let own: &'static [Field] = kind.map_or(&[], |kind| kind.fields);
        self.fields(question, &[field::QUESTION, own], &place.item(index, key), None);
    }

    fn text(&mut self, field: &'static Field, place: &Place, list: Option<&'static str>) {
        // Only a faulty definition uses a name twice, and even that one keeps its texts apart.
        let mut key = place.key.clone();
        let mut copy = 1;
        while !self.taken.insert(key.clone()) {
            copy += 1;
            key = format!("{}#{copy}", place.key);
        }
        let (path, pointer) = (place.path.clone(), place.pointer.clone());
        self.entries.push(Entry {
            key,
            path,
            pointer,
            within: list.unwrap_or(field.name),
            about: field.about,
        });
    }
}

fn items(list: &Value) -> impl Iterator<Item = (usize, &Value)> {
    list.as_array().into_iter().flatten().enumerate()
}

/// What an author calls an item of a list, wherever it stands in it.
fn identity(item: &Value) -> Option<String> {
    ["id", "name", "code"].iter().find_map(|field| match item.get(field)? {
        Value::String(name) if !name.is_empty() => Some(name.clone()),
        Value::Number(code) => Some(code.to_string()),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Survey;
    use serde_json::json;

    fn survey(text: &Value) -> Value {
        json!({
            "format": 1, "id": "s", "languages": ["kk", "ru"], "title": "T",
            "pages": [{"id": "p1", "title": "P", "questions": [
                {"name": "a", "type": "single", "text": text, "options": [{"code": -5, "text": "O"}, {"code": 1, "text": "1"}]},
                {"name": "b", "type": "scale", "from": 0, "to": 5, "text": "B", "hint": "H", "low": "L"},
            ], "checks": [{"require": "a == 1", "at": "a", "text": "R"}]}]
        })
    }

    fn keys(document: &Value) -> Vec<String> {
        texts(document).into_iter().map(|entry| entry.key).collect()
    }

    fn faults(text: &Value) -> Vec<String> {
        let read = Survey::from_value(&survey(text));
        let said = read.err().unwrap_or_default().into_iter().map(|fault| fault.to_string());
        // Whether there is a question of that name before is another matter.
        said.filter(|fault| !fault.contains("stands for the answer")).collect()
    }

    #[test]
    fn every_text_has_a_key_of_ids_a_path_and_a_pointer_that_leads_to_it() {
        let document = survey(&json!("A"));
        let expected = [
            "title",
            "pages.p1.title",
            "questions.a.text",
            "questions.a.options.-5.text",
            "questions.a.options.1.text",
            "questions.b.text",
            "questions.b.hint",
            "questions.b.low",
            "pages.p1.checks.0.text",
        ];
        assert_eq!(keys(&document), expected);
        let option = &texts(&document)[3];
        assert_eq!(option.path, "pages[0].questions[0].options[0].text");
        assert_eq!((option.within, document.pointer(&option.pointer).unwrap()), ("options", &json!("O")));
    }

    #[test]
    fn a_question_inserted_or_moved_changes_no_key_of_another() {
        let before = survey(&json!("A"));
        let mut after = before.clone();
        let questions = after["pages"][0]["questions"].as_array_mut().unwrap();
        questions.insert(0, json!({"name": "new", "type": "text", "text": "N"}));
        questions[1]["options"].as_array_mut().unwrap().reverse();
        let after = keys(&after);
        assert!(keys(&before).iter().all(|key| after.contains(key)), "{after:?}");
    }

    #[test]
    fn texts_of_a_name_that_stands_twice_have_keys_of_their_own() {
        let mut document = survey(&json!("A"));
        document["pages"][0]["questions"][1]["name"] = json!("a");
        let keys = keys(&document);
        assert!(
            keys.contains(&"questions.a.text".to_owned()) && keys.contains(&"questions.a.text#2".to_owned())
        );
    }

    #[test]
    fn a_stamp_is_fnv_1a_of_the_trimmed_text() {
        // The vectors of the algorithm's authors.
        assert_eq!(stamp(""), "811c9dc5");
        assert_eq!(stamp("foobar"), "bf9cf968");
        assert_eq!(stamp(" foobar\n"), stamp("foobar"));
    }

    #[test]
    fn a_placeholder_is_a_word_in_braces() {
        assert_eq!(list(&placeholders("{a_1}, {б} and {a_1} { c } {} {open")), "{a_1}, {б}");
        assert_eq!(list(&placeholders("50 % {")), "none");
    }

    #[test]
    fn a_translation_with_the_stamp_of_another_source_is_refused_and_one_without_is_not_judged() {
        assert!(faults(&json!({"kk": "А", "ru": "Б"})).is_empty());
        assert!(faults(&json!({"kk": "А", "ru": "Б", "source": {"ru": stamp("А")}})).is_empty());
        let said = faults(&json!({"kk": "А!", "ru": "Б", "source": {"ru": stamp("А")}}));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].starts_with("pages[0].questions[0].text.ru: the translation into \"ru\" is older"));
        assert!(said[0].contains("`qulaq translations stamp FILE`"));
    }

    #[test]
    fn stamps_belong_to_translations_and_are_eight_digits() {
        for stamps in [json!({"kk": "00000000"}), json!({"en": "00000000"}), json!({"ru": "X"}), json!(7)] {
            assert_eq!(faults(&json!({"kk": "А", "ru": "Б", "source": stamps})).len(), 1, "{stamps}");
        }
    }

    #[test]
    fn placeholders_are_the_same_in_every_language_in_any_order() {
        assert!(faults(&json!({"kk": "{a} {b}", "ru": "{b} {a} {a}"})).is_empty());
        let said = faults(&json!({"kk": "{a} {b}", "ru": "{b} {c}"}));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains(".text.ru: ") && said[0].contains("{a}, {b}"), "{said:?}");
    }

    #[test]
    fn stamps_can_be_taken_out_of_a_whole_definition() {
        let plain = survey(&json!({"kk": "А", "ru": "Б"}));
        let mut stamped = survey(&json!({"kk": "А", "ru": "Б", "source": {"ru": stamp("А")}}));
        remove_stamps(&mut stamped);
        assert_eq!(stamped, plain);
    }
}
