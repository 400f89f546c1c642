//! `multi`: several of a list.

use super::{Asked, Control, Registration};
use crate::definition::read_choices;
use crate::domain::Domain;
use crate::fault::Faults;
use crate::field::{CHOICE, Field, SHUFFLE, Shape};
use crate::read::Object;

/// How many of a list, for every kind that takes several.
pub(super) const MIN: Field =
    Field::optional("min", Shape::Integer(1, 1000), "At least so many, when it is answered at all.");
/// At most.
pub(super) const MAX: Field = Field::optional("max", Shape::Integer(1, 1000), "At most so many.");

pub(super) static KIND: Registration = Registration {
    name: "multi",
    about: "Several of a list.",
    fields: &[Field::required("options", Shape::Objects(CHOICE), "What can be chosen."), MIN, MAX, SHUFFLE],
    example: r#"{"name": "used", "type": "multi", "max": 3, "shuffle": true,
        "text": {"kk": "Қай қызметтерге жүгіндіңіз?", "ru": "К каким службам вы обращались?", "en": "Which services did you use?"},
        "hint": {"kk": "Үшеуден асырмай таңдаңыз", "ru": "Выберите не больше трёх", "en": "Choose up to three"},
        "options": [
            {"code": 1, "text": {"kk": "Жедел жәрдем", "ru": "Скорая помощь", "en": "Ambulance"}},
            {"code": 2, "text": {"kk": "Өрт сөндіру қызметі", "ru": "Пожарная служба", "en": "Fire service"}},
            {"code": 3, "text": {"kk": "Полиция", "ru": "Полиция", "en": "Police"}},
            {"code": 4, "text": {"kk": "ХҚКО", "ru": "ЦОН", "en": "Service centre"}},
            {"code": 96, "other": true, "text": {"kk": "Басқа (көрсетіңіз)", "ru": "Другое (укажите)", "en": "Other (please specify)"}},
            {"code": 97, "exclusive": true, "text": {"kk": "Ешқайсысына", "ru": "Ни к каким", "en": "None of these"}}]}"#,
    answer: "[1, 3]",
    inspect,
};

/// Of kinds that take several of their options.
pub(super) fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    let (min, max) = bounds(fields);
    if min > max {
        faults.add(fields.at("min"), format!("is more than \"max\" ({max})."));
    }
    let together = read_choices(fields, "options").iter().filter(|choice| !choice.exclusive).count();
    if min > together {
        faults.add(fields.at("min"), format!("is more than the {together} options that can stand together."));
    }
}

/// At least and at most so many.
pub(super) fn bounds(fields: &Object<'_>) -> (usize, usize) {
    (fields.count("min").unwrap_or(0), fields.count("max").unwrap_or(usize::MAX))
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    let (min, max) = bounds(fields);
    Asked {
        choices: read_choices(fields, "options"),
        ..Asked::new(Control::Choices, Domain::Several { min, max })
    }
}
