//! `lookup`: one of a long list, found by typing.

use super::{Asked, Control, Registration};
use crate::definition::read_choices;
use crate::fault::Faults;
use crate::field::{Field, ITEM, Shape};
use crate::fold::fold;
use crate::read::Object;
use std::collections::HashMap;

pub(super) static KIND: Registration = Registration {
    name: "lookup",
    about: "One of a long list, even of thousands, found by typing.",
    fields: &[Field::required(
        "options",
        Shape::Objects(ITEM),
        "What can be found. Each text stands there once.",
    )],
    example: r#"{"name": "body", "type": "lookup",
        "text": {"kk": "Қай мемлекеттік органға жүгіндіңіз?", "ru": "В какой государственный орган вы обращались?", "en": "Which government body did you contact?"},
        "options": [
            {"code": 1, "text": {"kk": "Денсаулық сақтау министрлігі", "ru": "Министерство здравоохранения", "en": "Ministry of Healthcare"}},
            {"code": 2, "text": {"kk": "Еңбек және халықты әлеуметтік қорғау министрлігі", "ru": "Министерство труда и социальной защиты населения", "en": "Ministry of Labour and Social Protection of Population"}},
            {"code": 3, "text": {"kk": "Ішкі істер министрлігі", "ru": "Министерство внутренних дел", "en": "Ministry of Internal Affairs"}},
            {"code": 4, "text": {"kk": "Оқу-ағарту министрлігі", "ru": "Министерство просвещения", "en": "Ministry of Education"}}]}"#,
    answer: "4",
    inspect,
};

/// What was typed decides, in whatever language: no two options read the same.
fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    let choices = read_choices(fields, "options");
    if choices.len() == 1 {
        faults.add(fields.at("options"), "must be at least two: there is nothing to look up.");
    }
    let mut owners = HashMap::new();
    for (index, choice) in choices.iter().enumerate() {
        for text in choice.text.each() {
            let owner = *owners.entry(fold(text)).or_insert(choice.code);
            if owner != choice.code {
                faults.add(
                    format!("{}[{index}].text", fields.at("options")),
                    format!("\"{text}\" reads like the text of option {owner} when it is typed. Make them differ, such as by the place they belong to."),
                );
            }
        }
    }
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    Asked::one(Control::Search, read_choices(fields, "options"))
}
