//! `cards`: several of a few things that need to be told about, such as projects.

use super::{
    Asked, Control, Registration,
    multi::{self, MAX, MIN},
};
use crate::field::{CARD, Field, SHUFFLE, Shape};
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "cards",
    about: "Several of a few things on cards, each with what it is, where, what it costs and a picture.",
    fields: &[Field::required("options", Shape::Objects(CARD), "The cards."), MIN, MAX, SHUFFLE],
    example: r#"{"name": "projects", "type": "cards", "max": 2, "shuffle": true,
        "text": {"kk": "Қай жобаларды қолдайсыз?", "ru": "Какие проекты вы поддерживаете?", "en": "Which projects do you support?"},
        "options": [
            {"code": 1, "text": {"kk": "Балалар алаңы", "ru": "Детская площадка", "en": "Playground"},
             "about": {"kk": "3–12 жастағы балаларға арналған алаң, жұмсақ төсеніш", "ru": "Площадка для детей 3–12 лет с мягким покрытием", "en": "For children aged 3–12, with a soft surface"},
             "place": {"kk": "Абай көшесі, 15", "ru": "Улица Абая, 15", "en": "15 Abai Street"},
             "cost": {"kk": "18 млн ₸", "ru": "18 млн ₸", "en": "18 million ₸"}},
            {"code": 2, "text": {"kk": "Веложол", "ru": "Велодорожка", "en": "Cycle path"},
             "about": {"kk": "Жағалау бойымен 2 км", "ru": "2 км вдоль набережной", "en": "2 km along the embankment"},
             "place": {"kk": "Жағалау", "ru": "Набережная", "en": "The embankment"},
             "cost": {"kk": "35 млн ₸", "ru": "35 млн ₸", "en": "35 million ₸"}},
            {"code": 3, "text": {"kk": "Ағаш отырғызу", "ru": "Посадка деревьев", "en": "Tree planting"},
             "about": {"kk": "Мектептер маңына 200 ағаш", "ru": "200 деревьев возле школ", "en": "200 trees near schools"},
             "cost": {"kk": "6 млн ₸", "ru": "6 млн ₸", "en": "6 million ₸"}}]}"#,
    answer: "[1, 3]",
    inspect: multi::inspect,
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    Asked { control: Control::Cards, ..multi::build(fields) }
}
