//! `dropdown`: one of a list that is folded away.

use super::{
    Asked, Control, Registration,
    single::{self, ORDINAL},
};
use crate::definition::read_choices;
use crate::field::{Field, ITEM, Shape};
use crate::read::Object;

pub(super) static KIND: Registration = Registration {
    name: "dropdown",
    about: "One of a list that is folded away: a last resort, where radio buttons would fill the page. Of thousands, use \"lookup\".",
    fields: &[Field::required("options", Shape::Objects(ITEM), "What can be chosen."), ORDINAL],
    example: r#"{"name": "purpose", "type": "dropdown",
        "text": {"kk": "Қандай мәселемен жүгіндіңіз?", "ru": "По какому вопросу вы обращались?", "en": "What did you contact us about?"},
        "options": [
            {"code": 1, "text": {"kk": "Құжат алу", "ru": "Получение документа", "en": "Getting a document"}},
            {"code": 2, "text": {"kk": "Жәрдемақы тағайындау", "ru": "Назначение пособия", "en": "Applying for a benefit"}},
            {"code": 3, "text": {"kk": "Жер учаскесін рәсімдеу", "ru": "Оформление земельного участка", "en": "Registering a land plot"}},
            {"code": 4, "text": {"kk": "Бизнесті тіркеу", "ru": "Регистрация бизнеса", "en": "Registering a business"}},
            {"code": 5, "text": {"kk": "Шағым беру", "ru": "Подача жалобы", "en": "Making a complaint"}}]}"#,
    answer: "2",
    inspect: single::inspect,
};

pub(super) fn build(fields: &Object<'_>) -> Asked {
    Asked { ordinal: fields.flag("ordinal"), ..Asked::one(Control::Select, read_choices(fields, "options")) }
}
