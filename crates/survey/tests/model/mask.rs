//! What identifies a person is found in whatever form it is typed, and what does not is left alone. The numbers are made
//! up: people with these identity numbers would have been born in the nineteenth century, and cards and accounts are the
//! examples of their standards.

use crate::support::{answers, survey};
use serde_json::json;
use survey::mask::{self, Identifier, find, masked};

#[path = "../../examples/masking/corpus.rs"]
mod corpus;

/// Texts in which one identifier stands, in the forms that people type.
const POSITIVE: [(&str, &str); 46] = [
    ("850101100002", "[ЖСН/ИИН]"),
    ("850101100304", "[ЖСН/ИИН]"),
    ("менің ЖСН 850101100002", "менің ЖСН [ЖСН/ИИН]"),
    ("ИИН:850101100002.", "ИИН:[ЖСН/ИИН]."),
    ("ИИН850101100002", "ИИН[ЖСН/ИИН]"),
    ("850101 100 002", "[ЖСН/ИИН]"),
    ("850101\u{a0}100\u{a0}002", "[ЖСН/ИИН]"),
    ("850101-100-002", "[ЖСН/ИИН]"),
    ("850101.100002", "[ЖСН/ИИН]"),
    ("8 5 0 1 0 1 1 0 0 0 0 2", "[ЖСН/ИИН]"),
    ("8501\u{200b}0110\u{200b}0002", "[ЖСН/ИИН]"),
    ("850101\u{2013}100002", "[ЖСН/ИИН]"),
    ("٨٥٠١٠١١٠٠٠٠٢", "[ЖСН/ИИН]"),
    ("８５０１０１１００００２", "[ЖСН/ИИН]"),
    ("ИИН 850101100003 (ошибка в цифре)", "ИИН [ЖСН/ИИН] (ошибка в цифре)"),
    ("жсн: 850101 100 009", "жсн: [ЖСН/ИИН]"),
    ("IIN 850101100003", "IIN [ЖСН/ИИН]"),
    ("БИН 990440000385", "БИН [БСН/БИН]"),
    ("+7 701 000 00 00", "[телефон]"),
    ("+77010000000", "[телефон]"),
    ("87010000000", "[телефон]"),
    ("8 (701) 000-00-00", "[телефон]"),
    ("8-701-000-00-00", "[телефон]"),
    ("8(7172)74-00-00", "[телефон]"),
    ("тел. 8 701 0000000, спросить Асель", "тел. [телефон], спросить Асель"),
    ("701 000 00 00", "[телефон]"),
    ("+7\u{a0}(777)\u{a0}000\u{2011}00\u{2011}00", "[телефон]"),
    ("+49 30 000000000", "[телефон]"),
    ("+7 912 000 00 00", "[телефон]"),
    ("asel@mail.kz", "[@]"),
    ("Жазыңыз: asel.b_1+q@enbek.gov.kz.", "Жазыңыз: [@]."),
    ("a@b.kz", "[@]"),
    ("пошта@мысал.қаз", "[@]"),
    ("<asel@mail.kz>", "<[@]>"),
    ("asel＠mail.kz", "[@]"),
    ("4111 1111 1111 1111", "[карта]"),
    ("4111111111111111", "[карта]"),
    ("5555-5555-5555-4444", "[карта]"),
    ("карта 3782 822463 10005", "карта [карта]"),
    ("6200 0000 0000 0005", "[карта]"),
    ("KZ86125KZT5004100100", "[IBAN]"),
    ("KZ86 125K ZT50 0410 0100", "[IBAN]"),
    ("kz86125kzt5004100100", "[IBAN]"),
    ("КZ86125КZТ5004100100", "[IBAN]"),
    ("шот KZ86125KZT5004100100 банкте", "шот [IBAN] банкте"),
    ("DE89 3704 0044 0532 0130 00", "[IBAN]"),
];

/// Texts with numbers that identify nobody.
const NEGATIVE: [&str; 40] = [
    "",
    "Пандус тым тік, көтеріле алмадым",
    "Ждал 45 минут, потом ещё 30",
    "27.03.2026",
    "27.03.2026 14:30",
    "2026-03-27",
    "2026-03-27 2026-04-03",
    "с 01.01.2025 по 31.12.2025",
    "12 500 000 тенге",
    "87 012 345 678 тенге",
    "7 012 345 678 тенге",
    "1 000 000 000 000",
    "100000000000",
    "123456789012",
    "850101100003",
    "851301100002",
    "850101100330",
    "8501011000021",
    "1850101100002",
    "№ 565 от 11.06.2003",
    "обращение KZ-2026/1234",
    "ЗТ-2026-00012345",
    "010000, Астана, пр. Мәңгілік Ел, 8",
    "21-318-071-1234",
    "51.1694, 71.4491",
    "автобусы 10, 12, 18, 37, 40, 53",
    "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12",
    "200 кВт·ч за 5 400 тенге",
    "4111 1111 1111 1112",
    "1234 5678 9012 3456",
    "KZ86125KZT5004100101",
    "KZ 2026",
    "@akimat",
    "мы @ дома",
    "почта@",
    "10:00-18:00, 13:00-14:00 үзіліс",
    "тел. 1414",
    "109 немесе 112",
    "+5 ұпай",
    "-5 °C",
];

#[test]
fn identifiers_are_found_in_every_spacing_and_script_and_leave_the_words_around_them() {
    for (text, expected) in POSITIVE {
        assert_eq!(masked(text).as_deref(), Some(expected), "{text}");
    }
}

#[test]
fn other_numbers_dates_sums_and_codes_stay_as_they_were_typed() {
    for text in NEGATIVE {
        assert_eq!(masked(text), None, "{text}");
    }
}

/// What `cargo run --package qulaq-survey --example masking` prints comes to no less.
#[test]
fn in_the_corpus_only_what_no_rule_could_find_is_missed_and_hardly_anything_is_taken_for_something_else() {
    let told =
        |text: &str| find(text).into_iter().map(|(_, identifier)| identifier).collect::<Vec<Identifier>>();
    let texts = corpus::texts();
    let missed = texts.iter().filter(|(text, own)| own.is_some_and(|own| !told(text).contains(&own)));
    let wrong = texts.iter().filter(|(text, own)| told(text).iter().any(|told| Some(*told) != *own));
    assert!(texts.len() > 2500 && missed.count() <= 12 && wrong.count() <= 4);
}

#[test]
fn several_in_one_text_are_told_apart_and_what_is_masked_holds_nothing_more() {
    let text = "ЖСН 850101100002, 8 701 000 00 00, asel@mail.kz; KZ86125KZT5004100100\n4111 1111 1111 1111";
    let kinds: Vec<Identifier> = find(text).into_iter().map(|(_, identifier)| identifier).collect();
    let expected =
        [Identifier::Iin, Identifier::Phone, Identifier::Email, Identifier::Account, Identifier::Card];
    assert_eq!(kinds, expected);
    let once = masked(text).unwrap();
    assert_eq!(once, "ЖСН [ЖСН/ИИН], [телефон], [@]; [IBAN]\n[карта]");
    assert_eq!(masked(&once), None);
}

#[test]
fn a_number_is_never_put_together_over_a_line_or_a_word() {
    assert_eq!(masked("850101\n100002"), None);
    assert_eq!(masked("850101 и 100002"), None);
}

#[test]
fn a_token_is_never_longer_than_what_it_covers() {
    for (text, _) in POSITIVE {
        for (range, identifier) in find(text) {
            assert!(identifier.token().chars().count() <= text[range].chars().count(), "{text}");
        }
    }
}

#[test]
fn what_was_typed_freely_is_masked_wherever_it_stands_and_what_was_asked_for_is_kept() {
    let survey = survey(json!([{"id": "p1", "questions": [
        {"name": "why", "type": "text", "text": "Why?"},
        {"name": "phone", "type": "phone", "text": "Phone?"},
        {"name": "used", "type": "multi", "text": "Used?", "options": [
            {"code": 1, "text": "Police"}, {"code": 96, "text": "Other", "other": true}]},
        {"name": "visits", "type": "group", "text": "Visits", "max": 3, "questions": [
            {"name": "what", "type": "text", "text": "What?"}]},
    ]}]));
    let given = json!({
        "why": "ЖСН 850101100002",
        "phone": "+7 701 000 00 00",
        "used": [96], "used_other": "asel@mail.kz",
        "visits": [{"what": "пандус"}, {"what": "8 701 000 00 00"}],
    });
    let masked = mask::answers(&survey, &answers(&survey, given)).unwrap();
    let expected = json!({
        "why": "ЖСН [ЖСН/ИИН]",
        "phone": "+7 701 000 00 00",
        "used": [96], "used_other": "[@]",
        "visits": [{"what": "пандус"}, {"what": "[телефон]"}],
    });
    assert_eq!(masked.to_value(), expected);
    assert_eq!(mask::answers(&survey, &masked), None);
}
