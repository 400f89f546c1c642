//! `ranking`: options in an order of preference.

use super::{Asked, Control, Registration, grid::inspect_things};
use crate::definition::read_choices;
use crate::domain::Domain;
use crate::fault::Faults;
use crate::field::{Field, ROW, SHUFFLE, Shape};
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "ranking",
    about: "Options in an order of preference, all of them or the first few.",
    fields: &[
        Field::required("options", Shape::Objects(ROW), "What is put in order."),
        Field::optional(
            "places",
            Shape::Integer(1, 1000),
            "So many places are given; unless said, one to each option.",
        ),
        SHUFFLE,
    ],
    example: r#"{"name": "first", "type": "ranking", "places": 3, "shuffle": true,
        "text": {"kk": "Ауданыңыз үшін маңыздылығына қарай ретімен орналастырыңыз", "ru": "Расставьте по важности для вашего района", "en": "Put these in order of importance for your district"},
        "hint": {"kk": "Ең маңыздысы – бірінші орын", "ru": "Самое важное – первое место", "en": "The most important one comes first"},
        "options": [
            {"code": 1, "text": {"kk": "Жолдарды жөндеу", "ru": "Ремонт дорог", "en": "Road repairs"}},
            {"code": 2, "text": {"kk": "Балабақша салу", "ru": "Строительство детских садов", "en": "Building kindergartens"}},
            {"code": 3, "text": {"kk": "Көшелерді жарықтандыру", "ru": "Освещение улиц", "en": "Street lighting"}},
            {"code": 4, "text": {"kk": "Саябақтар мен скверлер", "ru": "Парки и скверы", "en": "Parks and gardens"}}]}"#,
    answer: "[2, 1, 4]",
    inspect,
};

fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    inspect_things(fields, "options", faults);
    let options = fields.objects("options").len();
    if fields.count("places").is_some_and(|places| places > options) {
        faults.add(fields.at("places"), format!("is more than there are options ({options})."));
    }
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    let choices = read_choices(fields, "options");
    let places = fields.count("places").unwrap_or(choices.len()).min(choices.len());
    Asked { choices, ..Asked::new(Control::Ranks, Domain::Ranking { places }) }
}
