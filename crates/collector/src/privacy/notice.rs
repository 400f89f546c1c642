//! The word that a survey may be called by, anonymous or confidential, and what its notice says beside it: made out of what
//! is set, when it is published, so that a citizen reads nothing else than what happens (domain §4.9, §5.5).

use super::words;
use crate::retention::Rule;
use crate::written::walk::Document;
use serde_json::{Map, Value};
use survey::{Fault, Survey};

/// Kinds by which an answer leads to somebody: what they ask for belongs to one person or one matter, and what a page gives
/// may be anything.
const IDENTIFYING: [&str; 4] = ["phone", "email", "code", "hidden"];

/// Puts into the notice what is true of the survey, where it says what it is called; a notice that has it stays.
///
/// # Errors
/// When it is called anonymous and is not, or is in a language that nobody has written this in.
pub(crate) fn complete(
    definition: &mut Value,
    survey: &Survey,
    stored_in: Option<&str>,
) -> Result<(), Vec<Fault>> {
    let Some(called) = definition["privacy"].as_str().map(str::to_owned) else { return Ok(()) };
    let mut faults = unwritten(survey);
    if called == "anonymous" {
        faults.extend(not_anonymous(definition));
    }
    if !faults.is_empty() {
        return Err(faults);
    }
    let rule = Rule::of(definition);
    let text = |lang: &String| {
        let own = survey.notice.as_ref().map(|notice| notice.get(lang)).unwrap_or_default();
        let told = paragraph(lang, &called, rule, stored_in);
        let whole = if own.ends_with(&told) {
            own.to_owned()
        } else {
            [own, &told].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("\n\n")
        };
        (lang.clone(), Value::from(whole))
    };
    let notice: Map<String, Value> = survey.languages.iter().map(text).collect();
    definition["notice"] = Value::Object(notice);
    Ok(())
}

/// What is told in one language.
fn paragraph(lang: &str, called: &str, rule: Rule, stored_in: Option<&str>) -> String {
    let words = words::of(lang);
    let days = |key: &str, days: Option<i64>| days.map(|days| words.count(key, days, &[]));
    let responses = days("notice_responses", rule.responses);
    let stored = stored_in.map(|place| words.fill("notice_stored", &[("place", place.to_owned())]));
    let sentences = [
        Some(words.get(&format!("notice_{called}")).to_owned()),
        Some(words.get("notice_no_address").to_owned()),
        responses.or_else(|| Some(words.get("notice_forever").to_owned())),
        days("notice_texts", rule.texts),
        stored,
        Some(words.get("notice_receipt").to_owned()),
    ];
    sentences.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// The questions by which an answer leads to somebody: where they stand, and of which kind they are.
pub(crate) fn identifying(definition: &Value) -> Vec<(String, String)> {
    let document = Document::of(definition);
    let found = document.questions().filter(|question| IDENTIFYING.contains(&question.kind()));
    found.map(|question| (question.path.clone(), question.kind().to_owned())).collect()
}

fn not_anonymous(definition: &Value) -> Vec<Fault> {
    let fault = |(path, kind): (String, String)| Fault {
        path: format!("{path}.type"),
        message: format!(
            "is \"{kind}\", by which an answer can lead to somebody, and the survey is called anonymous. Call it \
             \"confidential\", or take the question away."
        ),
    };
    identifying(definition).into_iter().map(fault).collect()
}

fn unwritten(survey: &Survey) -> Vec<Fault> {
    let written = |lang: &&String| words::LANGUAGES.iter().any(|(known, _)| known == lang);
    let fault = |lang: &String| Fault {
        path: "privacy".to_owned(),
        message: format!(
            "cannot be told in \"{lang}\": there are no words for it in that language. Say it in `notice` yourself, and \
             take `privacy` away."
        ),
    };
    survey.languages.iter().filter(|lang| !written(lang)).map(fault).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn definition(more: &Value) -> Value {
        let mut definition = json!({
            "format": 1, "id": "s", "languages": ["kk", "ru", "en"], "title": "S",
            "notice": {"kk": "Неге?", "ru": "Зачем?", "en": "Why?"},
            "pages": [{"id": "p", "questions": [{"name": "a", "type": "text", "text": "A"}]}],
        });
        let more = more.as_object().cloned().unwrap_or_default();
        definition.as_object_mut().unwrap().extend(more);
        definition
    }

    fn completed(mut definition: Value, stored_in: Option<&str>) -> Result<Value, Vec<Fault>> {
        let survey = Survey::from_value(&definition).unwrap();
        complete(&mut definition, &survey, stored_in).map(|()| definition)
    }

    fn notice(definition: &Value, lang: &str) -> String {
        definition["notice"][lang].as_str().unwrap().to_owned()
    }

    #[test]
    fn a_notice_says_what_is_set_and_nothing_else() {
        let set = json!({"privacy": "anonymous", "retention": {"responses": 365, "texts": 21}});
        let told = completed(definition(&set), Some("Қазақстан")).unwrap();
        let english = notice(&told, "en");
        assert!(english.starts_with("Why?\n\nThe survey is anonymous:"), "{english}");
        for part in ["365 days", "after 21 days", "Қазақстан", "receipt"] {
            assert!(english.contains(part), "{part}: {english}");
        }
        assert!(notice(&told, "ru").contains("через 21 день") && notice(&told, "kk").contains("365 күннен"));
        let bare = notice(&completed(definition(&json!({"privacy": "confidential"})), None).unwrap(), "en");
        assert!(bare.contains("confidential") && bare.contains("no time limit") && !bare.contains("stored"));
        assert_eq!(completed(definition(&json!({})), None).unwrap(), definition(&json!({})));
    }

    #[test]
    fn a_notice_that_was_completed_stays_as_it_is() {
        let once = completed(definition(&json!({"privacy": "anonymous"})), None).unwrap();
        assert_eq!(completed(once.clone(), None).unwrap(), once);
    }

    #[test]
    fn nothing_is_called_anonymous_that_asks_by_whom_it_is() {
        for kind in IDENTIFYING {
            let mut asked = definition(&json!({"privacy": "anonymous"}));
            asked["pages"][0]["questions"][0] = match kind {
                "code" => json!({"name": "a", "type": kind, "text": "A", "form": "bin"}),
                "hidden" => json!({"name": "a", "type": kind}),
                _ => json!({"name": "a", "type": kind, "text": "A"}),
            };
            let path = not_anonymous(&asked)[0].path.clone();
            assert_eq!(path, "pages[0].questions[0].type", "{kind}");
            asked["privacy"] = json!("confidential");
            assert_eq!(identifying(&asked).len(), 1);
        }
    }

    #[test]
    fn what_nobody_has_written_in_a_language_is_not_told_in_another() {
        let mut asked = definition(&json!({"privacy": "anonymous"}));
        asked["languages"] = json!(["kk", "ru", "en", "uz"]);
        asked["notice"]["uz"] = json!("Nega?");
        let faults = completed(asked, None).unwrap_err();
        assert!(faults.len() == 1 && faults[0].message.contains("\"uz\""), "{faults:?}");
    }
}
