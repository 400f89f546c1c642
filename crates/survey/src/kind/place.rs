//! `place`: a place within a place: region, district, settlement.

use super::{Asked, Control, Registration};
use crate::definition::read_choices;
use crate::fault::Faults;
use crate::field::{Field, Shape, WITHIN};
use crate::read::Object;
use std::collections::HashMap;

/// Region, district, settlement.
const MOST_LEVELS: usize = 3;

pub(super) static KIND: Registration = Registration {
    name: "place",
    about: "A place, found in one list after the other: region, district, settlement. Names and codes of Kazakhstan come from the classifier: name it, and write no \"options\".",
    fields: &[
        Field::optional("levels", Shape::Integer(1, MOST_LEVELS as i64), "How many lists; 1 unless said."),
        Field::optional(
            "classifier",
            Shape::OneOf(&["kato"]),
            "Where the places come from when \"options\" is left out: publishing fills them in. `kato` is the classifier of Kazakhstan.",
        ),
        Field::optional(
            "options",
            Shape::Objects(WITHIN),
            "The places, each with the one that it lies within.",
        ),
    ],
    example: r#"{"name": "home", "type": "place", "levels": 2,
        "text": {"kk": "Қайда тұрасыз?", "ru": "Где вы живёте?", "en": "Where do you live?"},
        "options": [
            {"code": 710000000, "text": {"kk": "Астана қаласы", "ru": "Город Астана", "en": "Astana"}},
            {"code": 750000000, "text": {"kk": "Алматы қаласы", "ru": "Город Алматы", "en": "Almaty"}},
            {"code": 110000000, "text": {"kk": "Ақмола облысы", "ru": "Акмолинская область", "en": "Akmola Region"}},
            {"code": 111000000, "within": 110000000, "text": {"kk": "Көкшетау қаласы", "ru": "Город Кокшетау", "en": "Kokshetau"}},
            {"code": 113200000, "within": 110000000, "text": {"kk": "Ақкөл ауданы", "ru": "Аккольский район", "en": "Akkol District"}}]}"#,
    answer: "111000000",
    inspect,
};

/// Every place lies within a place of the list, none within itself, none deeper than there are lists.
fn inspect(fields: &Object<'_>, faults: &mut Faults) {
    let options = fields.objects("options");
    if options.is_empty() && fields.value("options").is_none() {
        let message = match fields.string("classifier") {
            Some(name) => format!("lacks the places of \"{name}\". `qulaq publish` fills them in; a published definition holds its places."),
            None => "lacks \"options\": the places. Write them, or name a \"classifier\" that publishing takes them from.".to_owned(),
        };
        faults.add(&fields.path, message);
    }
    let levels = levels(fields);
    let places: HashMap<i64, Option<i64>> = options
        .iter()
        .filter_map(|option| Some((option.integer("code")?, option.integer("within"))))
        .collect();
    for option in &options {
        let (Some(code), Some(within)) = (option.integer("code"), option.integer("within")) else { continue };
        if !places.contains_key(&within) {
            faults.add(option.at("within"), format!("{within} is not the code of a place here."));
        }
        // As many steps up as there are lists are enough to tell, and end in a circle too.
        let above = |code: &i64| places.get(code).copied().flatten();
        let chain: Vec<i64> = std::iter::successors(Some(within), above).take(levels).collect();
        if chain.contains(&code) {
            faults.add(option.at("within"), format!("{code} lies within itself."));
        } else if chain.len() == levels {
            faults.add(
                option.at("within"),
                format!("makes {code} lie deeper than there are lists (\"levels\" is {levels})."),
            );
        }
    }
}

/// However many lists there are said to be, they stay few enough to ask.
fn levels(fields: &Object<'_>) -> usize {
    fields.count("levels").unwrap_or(1).clamp(1, MOST_LEVELS)
}

pub(super) fn build(fields: &Object<'_>) -> Asked {
    Asked::one(Control::Cascade { levels: levels(fields) }, read_choices(fields, "options"))
}
