//! Definitions that there are, and what must hold when any document or any answers are read.

use crate::dice::Dice;
use serde_json::{Map, Value, json};
use survey::columns::Table;
use survey::route::Route;
use survey::tally::Tally;
use survey::{Answers, KINDS, Occasion, Survey, check};

/// The example surveys, as they stand in the repository.
pub(crate) const EXAMPLES: [&str; 12] = [
    include_str!("../../../../examples/surveys/consultation.json"),
    include_str!("../../../../examples/surveys/daily-difficulties.json"),
    include_str!("../../../../examples/surveys/district-priority.json"),
    include_str!("../../../../examples/surveys/every-kind.json"),
    include_str!("../../../../examples/surveys/kz-public-services.json"),
    include_str!("../../../../examples/surveys/open-reception.json"),
    include_str!("../../../../examples/surveys/page-useful.json"),
    include_str!("../../../../examples/surveys/people-budget.json"),
    include_str!("../../../../examples/surveys/service-done.json"),
    include_str!("../../../../examples/surveys/service-experience.json"),
    include_str!("../../../../examples/surveys/service-trust.json"),
    include_str!("../../../../examples/surveys/trust.json"),
];

/// The document of an example, or of a survey with the example of one kind.
pub(crate) fn any(dice: &mut Dice<'_>) -> Value {
    let which = dice.below(EXAMPLES.len() + KINDS.len());
    match EXAMPLES.get(which) {
        Some(text) => serde_json::from_str(text).unwrap(),
        None => of_kind(KINDS[which - EXAMPLES.len()].example),
    }
}

/// A survey with one question.
pub(crate) fn of_kind(example: &str) -> Value {
    let question: Value = serde_json::from_str(example).unwrap();
    of_pages(&json!([{ "id": "p1", "questions": [question] }]))
}

/// A survey in the languages of the examples.
pub(crate) fn of_pages(pages: &Value) -> Value {
    json!({ "format": 1, "id": "any", "languages": ["kk", "ru", "en"], "title": "Any", "pages": pages })
}

/// An example, read.
pub(crate) fn example(dice: &mut Dice<'_>) -> Survey {
    Survey::from_value(&any(dice)).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// Reads a document that may be anything.
pub(crate) fn try_reading(document: &Value) {
    let published = Survey::from_published(document);
    match Survey::from_value(document) {
        Err(faults) => {
            assert!(!faults.is_empty(), "refused without a reason");
            for fault in faults {
                assert!(leads_somewhere(document, &fault.path), "{fault}: there is no such place");
                assert!(!fault.message.is_empty());
            }
        }
        Ok(survey) => {
            let published = published.as_ref().map(|survey| survey.questions().count());
            assert_eq!(published, Some(survey.questions().count()), "the browser sees other questions");
            try_answers(&survey, &Map::new(), 0);
        }
    }
    // A survey that nobody checked is walked all the same.
    if let Some(survey) = published {
        try_answers(&survey, &Map::new(), 1);
        let defaults = survey.defaults();
        let _ = Route::of(&survey, &defaults, Occasion::default());
    }
}

/// Whether a path leads to a place of the document, or to one that is missing there.
fn leads_somewhere(at: &Value, path: &str) -> bool {
    if path.is_empty() {
        return true;
    }
    match at {
        Value::Object(map) => {
            let below = |(key, value): (&String, &Value)| {
                let rest = path.strip_prefix(key.as_str())?;
                let rest = rest.strip_prefix('.').or_else(|| rest.starts_with('[').then_some(rest))?;
                Some(leads_somewhere(value, rest))
            };
            let missing = || !path.contains(['.', '[']);
            map.contains_key(path) || missing() || map.iter().filter_map(below).any(|leads| leads)
        }
        Value::Array(list) => {
            let split = path.strip_prefix('[').and_then(|path| path.split_once(']'));
            let item = split.and_then(|(index, rest)| Some((list.get(index.parse::<usize>().ok()?)?, rest)));
            item.is_some_and(|(item, rest)| leads_somewhere(item, rest.strip_prefix('.').unwrap_or(rest)))
        }
        _ => !path.contains(['.', '[']),
    }
}

/// Reads and checks answers that may be anything.
pub(crate) fn try_answers(survey: &Survey, given: &Map<String, Value>, seed: u32) {
    let occasion = Occasion { seed, today: crate::walk::today() };
    let read = match Answers::read(survey, given) {
        Ok(answers) => answers,
        Err(problems) => return assert!(!problems.is_empty(), "refused without a reason"),
    };
    let table = Table::of(&[survey]);
    let shown = check::shown_answers(survey, &read, occasion);
    for (answers, may_be_hidden) in [(&read, true), (&shown, false)] {
        let problems = check(survey, answers, occasion);
        let hidden =
            problems.iter().any(|problem| ["hidden", "other_not_chosen"].contains(&problem.code.name()));
        assert!(may_be_hidden || !hidden, "{problems:?}");
        let cells = table.row(0, survey, answers, occasion);
        assert_eq!(cells.len(), table.columns().len());
        let mut tally = Tally::of(table.columns());
        tally.add(table.columns(), &cells);
        if problems.is_empty() {
            let again = answers.to_value();
            let again = again.as_object().unwrap();
            assert_eq!(
                Answers::read(survey, again).as_ref(),
                Ok(answers),
                "what is kept is read back as it was"
            );
            assert_eq!(&shown, answers, "all that is taken was asked");
        }
    }
}
