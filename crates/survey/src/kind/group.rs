//! `group`: the same questions again and again: for each visit, each member of a household.

use super::{Asked, Control, Registration};
use crate::definition::read_questions;
use crate::domain::{Domain, entries::Entries};
use crate::fault::Faults;
use crate::field::{Field, Shape};
use crate::read::Object;

/// More entries than this make too many columns, and too long a page.
const MOST_ENTRIES: usize = 20;
const DEFAULT_MAX: usize = 5;

/// Kinds that cannot be asked again and again.
const OUTSIDE: [&str; 5] = ["group", "place", "lookup", "calc", "hidden"];

pub(super) static KIND: Registration = Registration {
    name: "group",
    about: "The same questions again and again: for each visit, each member of a household.",
    fields: &[
        Field::required(
            "questions",
            Shape::Questions,
            "What is asked of each entry. Their columns are called GROUP_1_NAME, GROUP_2_NAME …",
        ),
        Field::optional(
            "min",
            Shape::Integer(0, MOST_ENTRIES as i64),
            "At least so many entries, when it is answered at all.",
        ),
        Field::optional(
            "max",
            Shape::Integer(1, MOST_ENTRIES as i64),
            "At most so many entries; 5 unless said.",
        ),
        Field::optional("item", Shape::Text, "What one entry is called."),
    ],
    example: r#"{"name": "visits", "type": "group", "max": 3,
        "text": {"kk": "Соңғы айда қай мекемелерге бардыңыз?", "ru": "В каких учреждениях вы были за последний месяц?", "en": "Which institutions did you visit in the last month?"},
        "item": {"kk": "Мекеме", "ru": "Учреждение", "en": "Institution"},
        "questions": [
            {"name": "what", "type": "single", "required": true,
             "text": {"kk": "Қай мекеме?", "ru": "Какое учреждение?", "en": "Which institution?"},
             "options": [
                {"code": 1, "text": {"kk": "Емхана", "ru": "Поликлиника", "en": "Clinic"}},
                {"code": 2, "text": {"kk": "ХҚКО", "ru": "ЦОН", "en": "Service centre"}},
                {"code": 3, "text": {"kk": "Әкімдік", "ru": "Акимат", "en": "Local administration"}}]},
            {"name": "times", "type": "number", "min": 1, "max": 99,
             "text": {"kk": "Неше рет бардыңыз?", "ru": "Сколько раз вы там были?", "en": "How many times were you there?"}}]}"#,
    answer: r#"[{"what": 1, "times": 2}, {"what": 3}]"#,
    inspect,
};

fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    let (min, max) = bounds(fields);
    if min > max {
        faults.add(fields.at("min"), format!("is more than \"max\" ({max})."));
    }
    let questions = fields.objects("questions");
    for (index, question) in questions.iter().enumerate() {
        inspect_inner(question, faults);
        let Some(name) = question.string("name") else { continue };
        let same =
            |other: &Object<'_>| other.string("name").is_some_and(|other| other.eq_ignore_ascii_case(name));
        if questions[..index].iter().any(same) {
            faults.add(question.at("name"), format!("\"{name}\" names two questions of the group."));
        }
    }
}

/// What works for a question of a page only is refused, rather than silently left out.
fn inspect_inner(question: &Object<'_>, faults: &mut Faults) {
    if let Some(kind) = question.string("type").filter(|kind| OUTSIDE.contains(kind)) {
        faults.add(
            question.at("type"),
            format!("\"{kind}\" cannot stand inside a group. Put it before or behind."),
        );
    }
    let choices = ["options", "rows"].map(|list| question.objects(list));
    let only_outside = [(question, &["rows_from", "shuffle", "default", "pinned"][..])];
    let of_choices = choices.iter().flatten().map(|choice| (choice, &["show_if", "other"][..]));
    for (object, names) in only_outside.into_iter().chain(of_choices) {
        for name in names.iter().filter(|name| object.value(name).is_some()) {
            faults.add(object.at(name), "does not work inside a group. Take it away.");
        }
    }
}

fn bounds(fields: &Object<'_>) -> (usize, usize) {
    (fields.count("min").unwrap_or(0), fields.count("max").unwrap_or(DEFAULT_MAX))
}

/// However many entries there are said to be, the columns stay few enough to write.
pub(super) fn build(fields: &Object<'_>) -> Asked {
    let (min, max) = bounds(fields);
    let max = max.min(MOST_ENTRIES);
    Asked::new(
        Control::Entries { item: fields.text("item") },
        Domain::Entries(Entries { questions: read_questions(fields), min, max }),
    )
}
