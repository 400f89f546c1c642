//! The options of questions about a place, filled in from the classifier.

use super::Classifier;
use crate::store::Place;
use serde_json::{Map, Value, json};
use survey::Fault;

/// The classifier that questions name.
const KATO: &str = "kato";

/// Levels of a question that does not say how many.
const LEVELS: u64 = 1;

/// Fills in the options of every question of the kind `place` that names the classifier and has none, to its `levels`:
/// 1 the regions, 2 the districts and cities, 3 the settlements. They stand in the order of the Kazakh alphabet in every
/// language: the order is a part of the measurement.
///
/// # Errors
/// Each question that asks for more than there is.
pub fn expand(definition: &mut Value, classifier: &Classifier) -> Result<(), Vec<Fault>> {
    let languages = definition.get("languages").and_then(Value::as_array).into_iter().flatten();
    let languages = languages.filter_map(|tag| tag.as_str().map(str::to_owned)).collect();
    let mut expansion = Expansion { classifier, languages, options: Vec::new(), faults: Vec::new() };
    expansion.pages(definition);
    if expansion.faults.is_empty() { Ok(()) } else { Err(expansion.faults) }
}

struct Expansion<'a> {
    classifier: &'a Classifier,
    languages: Vec<String>,
    /// All options in their order, each with its level, made when they are first asked for.
    options: Vec<(u8, Value)>,
    faults: Vec<Fault>,
}

impl Expansion<'_> {
    fn pages(&mut self, definition: &mut Value) {
        let pages = definition.get_mut("pages").and_then(Value::as_array_mut);
        for (index, page) in pages.into_iter().flatten().enumerate() {
            self.questions(page, &format!("pages[{index}]"));
        }
    }

    /// Those of a page, and those of a group within it.
    fn questions(&mut self, holder: &mut Value, path: &str) {
        let questions = holder.get_mut("questions").and_then(Value::as_array_mut);
        for (index, question) in questions.into_iter().flatten().enumerate() {
            let path = format!("{path}.questions[{index}]");
            if let Value::Object(fields) = question
                && asks_for_place(fields)
            {
                self.question(fields, &path);
            }
            self.questions(question, &path);
        }
    }

    fn question(&mut self, fields: &mut Map<String, Value>, path: &str) {
        let levels = fields.get("levels").map_or(Some(LEVELS), Value::as_u64);
        // How many levels there may be is for the survey to say.
        let Some(levels @ 1..=3) = levels else { return };
        if levels > 1 && !self.classifier.is_imported() {
            let message = "asks for places below the regions, and only the regions are built in. Import the official \
                file of the classifier: qulaq places import FILE.xlsx --as-of 2026-01-01.";
            return self.faults.push(Fault { path: format!("{path}.levels"), message: message.to_owned() });
        }
        if self.options.is_empty() {
            self.options = options(self.classifier, &self.languages);
        }
        let wanted = self.options.iter().filter(|(level, _)| u64::from(*level) <= levels);
        fields.insert("options".to_owned(), wanted.map(|(_, option)| option.clone()).collect());
    }
}

fn asks_for_place(fields: &Map<String, Value>) -> bool {
    let is = |name: &str, word: &str| fields.get(name).and_then(Value::as_str) == Some(word);
    is("type", "place") && is("classifier", KATO) && !fields.contains_key("options")
}

fn options(classifier: &Classifier, languages: &[String]) -> Vec<(u8, Value)> {
    let words = qulaq::words::of("kk");
    let mut places: Vec<&Place> = classifier.places().iter().filter(|place| place.level > 0).collect();
    places.sort_by(|a, b| {
        a.level.cmp(&b.level).then_with(|| words.compare(&a.kk, &b.kk)).then_with(|| a.code.cmp(&b.code))
    });
    let option = |place: &Place| {
        let name = |lang: &String| (lang.clone(), Value::from(classifier.name(place, lang)));
        let text: Map<String, Value> = languages.iter().map(name).collect();
        let mut option = json!({ "code": place.code, "text": text });
        if let Some(within) = place.within {
            option["within"] = Value::from(within);
        }
        (place.level, option)
    };
    places.into_iter().map(option).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(code: i64, level: u8, within: Option<i64>, kk: &str) -> Place {
        Place { code, level, within, kk: kk.to_owned(), ru: format!("{kk} (рус.)") }
    }

    fn definition(levels: u64) -> Value {
        let place = json!({"type": "place", "classifier": "kato", "levels": levels});
        let group = json!({"type": "group", "questions": [place]});
        json!({"languages": ["kk", "ru", "en"], "pages": [{"questions": [{"type": "text"}, group]}]})
    }

    #[test]
    fn regions_are_filled_in_by_the_kazakh_alphabet_also_within_a_group() {
        let mut definition = definition(1);
        expand(&mut definition, &Classifier::built_in()).unwrap();
        let options =
            definition["pages"][0]["questions"][1]["questions"][0]["options"].as_array().unwrap().clone();
        let names: Vec<&str> = options.iter().map(|option| option["text"]["kk"].as_str().unwrap()).collect();
        assert_eq!(names[..4], ["Абай облысы", "Ақмола облысы", "Ақтөбе облысы", "Алматы қаласы"]);
        assert_eq!(names[19], "Шымкент қаласы");
        assert_eq!(
            options[0],
            json!({"code": 100_000_000,
            "text": {"kk": "Абай облысы", "ru": "область Абай", "en": "Abai Region"}})
        );
        let again = definition.clone();
        expand(&mut definition, &Classifier::built_in()).unwrap();
        assert_eq!(definition, again, "what has options is left alone");
    }

    #[test]
    fn levels_below_the_regions_need_the_official_file() {
        let faults = expand(&mut definition(2), &Classifier::built_in()).unwrap_err();
        assert_eq!(faults[0].path, "pages[0].questions[1].questions[0].levels");
        assert!(faults[0].message.contains("qulaq places import"));
        let classifier = Classifier::of(vec![
            place(610_000_000, 1, None, "Түркістан облысы"),
            place(613_600_000, 2, Some(610_000_000), "Сарыағаш ауданы"),
            place(613_620_000, 0, Some(613_600_000), "Ауыл"),
            place(613_620_100, 3, Some(613_600_000), "Ауыл"),
        ]);
        for (levels, count) in [(1, 1), (2, 2), (3, 3)] {
            let mut definition = definition(levels);
            expand(&mut definition, &classifier).unwrap();
            let options = &definition["pages"][0]["questions"][1]["questions"][0]["options"];
            assert_eq!(options.as_array().unwrap().len(), count);
            if levels > 1 {
                assert_eq!(options[1]["within"], 610_000_000);
                assert_eq!(options[1]["text"]["en"], "Сарыағаш ауданы (рус.)");
            }
        }
    }
}
