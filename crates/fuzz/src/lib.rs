//! Where the fuzz targets start from: sound definitions, answers and expressions, and the words of the format.

use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::Path;
use std::{env, fs, io};
use survey::{KINDS, Survey};

/// The environment variable with the directory to write seeds into; a target that finds it writes them when it starts.
pub const SEEDS: &str = "QULAQ_FUZZ_SEEDS";

/// The example surveys.
const EXAMPLES: [&str; 12] = [
    include_str!("../../../examples/surveys/consultation.json"),
    include_str!("../../../examples/surveys/daily-difficulties.json"),
    include_str!("../../../examples/surveys/district-priority.json"),
    include_str!("../../../examples/surveys/every-kind.json"),
    include_str!("../../../examples/surveys/kz-public-services.json"),
    include_str!("../../../examples/surveys/open-reception.json"),
    include_str!("../../../examples/surveys/page-useful.json"),
    include_str!("../../../examples/surveys/people-budget.json"),
    include_str!("../../../examples/surveys/service-done.json"),
    include_str!("../../../examples/surveys/service-experience.json"),
    include_str!("../../../examples/surveys/service-trust.json"),
    include_str!("../../../examples/surveys/trust.json"),
];

/// Expressions with everything that the language has.
const EXPRESSIONS: [&str; 16] = [
    "overall <= 2 and used has 3",
    "not (used == [97]) or answered(why)",
    "trust in [0, 10] or overall == -5",
    "count(used) >= 2",
    "sat[3] == 1",
    "sum(sat) / count(sat) < 2.5",
    "mean(a, b, c) != min(a, 1)",
    "max(people) * -3 + 4",
    "if(overall == 1, income / people, 0)",
    "born < today()",
    "age(born) >= 18",
    "days(\"2026-01-01\", visited) > 30",
    "year(born) == 1990",
    "length(why) > 10",
    "band(income, [100, 200]) == 1",
    "round(income / 3, 2) == 33.33",
];

/// Texts with what identifies people, and some without. The numbers are of nobody.
const TYPED: [&str; 8] = [
    "менің ЖСН 850101 100 002, БСН 990440000385",
    "8 (701) 000-00-00 немесе +7\u{a0}777\u{a0}000\u{2011}00\u{2011}00",
    "asel.b_1+q@enbek.gov.kz, пошта@мысал.қаз",
    "4111 1111 1111 1111, 3782 822463 10005",
    "KZ86 125K ZT50 0410 0100, DE89 3704 0044 0532 0130 00",
    "\u{668}\u{665}\u{660}\u{661}\u{660}\u{661}100002",
    "+7 балл, 2026-11-23, 900 000 000 000 тг",
    "8501\u{200b}0110\u{200b}0002\n850101100304",
];

/// Headers as they come, after a byte that says which proxies are trusted.
const HEADERS: [&str; 6] = [
    "\u{1}for=192.0.2.60;proto=http;by=203.0.113.43",
    "\u{2}for=\"[2001:db8::1]:4711\", for=10.0.0.2\n10.0.0.0/8",
    "\u{3}192.0.2.1, 10.2.2.2\n127.0.0.1\n::ffff:10.0.0.1",
    "\u{4}2001:db8::/32\n[2001:db8::1]:80, unknown, _hidden",
    "\u{5}application/json; charset=utf-8\nkk-KZ,kk;q=0.9,ru;q=0.8",
    "\u{6}Bearer qulaq_abc\nbasic YTpi",
];

/// A receipt, codes of invitations and work, as people and browsers send them. They are of nobody.
const CODES: [&str; 7] = [
    "629Z7-YXJ4R-TXV91-VHJ2Q-EM5G0",
    "oіlо авсе нкмр тху оооооооооо",
    "2222-2222",
    "авсе-нкмр",
    "3031323334353637383961626364656 6.4.6.29000010.00112233445566778899aabbccddeeff.1-2-3-4",
    "30313233343536373839616263646566.4.6.29000010.00112233445566778899aabbccddeeff.1-2-3-4",
    "30313233343536373839616263646566.0.0.-1..0",
];

/// A survey that asks for a text, `why`.
#[must_use]
pub fn with_a_text() -> Option<Survey> {
    let document = json!({ "format": 1, "id": "s", "languages": ["kk"], "title": "S",
        "pages": [{ "id": "p", "questions": [{ "name": "why", "type": "text", "text": "Why?" }] }] });
    Survey::from_value(&document).ok()
}

/// Surveys by number: the examples, and one for the example of each kind.
#[must_use]
pub fn survey(number: u8) -> Option<Survey> {
    let documents = documents();
    Survey::from_value(&documents[usize::from(number) % documents.len()]).ok()
}

fn documents() -> Vec<Value> {
    let of_kind = |example: &str| {
        let question: Value = serde_json::from_str(example).unwrap_or_default();
        json!({ "format": 1, "id": "kind", "languages": ["kk", "ru", "en"], "title": "Kind",
            "pages": [{ "id": "p1", "questions": [question] }] })
    };
    let examples = EXAMPLES.iter().map(|text| serde_json::from_str(text).unwrap_or_default());
    examples.chain(KINDS.iter().map(|kind| of_kind(kind.example))).collect()
}

/// Writes the seeds of a target and the dictionary of all, when it was asked to.
///
/// # Panics
/// When they cannot be written.
pub fn write_seeds(target: &str) {
    if let Some(directory) = env::var_os(SEEDS)
        && let Err(error) = write(target, Path::new(&directory))
    {
        panic!("{}: {error}", Path::new(&directory).display());
    }
}

fn write(target: &str, directory: &Path) -> io::Result<()> {
    let seeds: Vec<Vec<u8>> = match target {
        "definition" => documents().iter().map(|document| document.to_string().into_bytes()).collect(),
        "expression" => EXPRESSIONS.iter().map(|text| text.as_bytes().to_vec()).collect(),
        "response" => responses(),
        "mask" => TYPED.iter().map(|text| text.as_bytes().to_vec()).collect(),
        "form" => forms(),
        "headers" => HEADERS.iter().map(|text| text.as_bytes().to_vec()).collect(),
        "codes" => CODES.iter().map(|text| text.as_bytes().to_vec()).collect(),
        _ => (0..64_usize).map(|seed| noise(seed, 40 + seed * 6)).collect(),
    };
    for (number, seed) in seeds.iter().enumerate() {
        fs::write(directory.join(format!("{target}-{number}")), seed)?;
    }
    fs::write(directory.with_extension("dict"), dictionary())
}

/// A form that is posted to each survey, as the target `form` reads it: the number of the survey, then a field a line.
fn forms() -> Vec<Vec<u8>> {
    let form = |number: u8| -> Option<Vec<u8>> {
        let survey = self::survey(number)?;
        let page = &survey.pages[0];
        let answers = page.questions.iter().map(|question| format!("{}=1\n", question.name)).collect::<String>();
        let fields = format!("_page={}\n_lang=kk\n_go=next\n{answers}", page.id);
        Some([&[number], fields.as_bytes()].concat())
    };
    (0..u8::try_from(documents().len()).unwrap_or(u8::MAX)).filter_map(form).collect()
}

/// Answers to each survey, as the target `response` reads them: the number of the survey, then the answers.
fn responses() -> Vec<Vec<u8>> {
    let mut responses = Vec::new();
    for (number, document) in (0_u8..).zip(documents()) {
        let Some(survey) = self::survey(number) else { continue };
        let mut answers = json!({});
        for question in document.pointer("/pages").and_then(Value::as_array).into_iter().flatten() {
            for question in question["questions"].as_array().into_iter().flatten() {
                let kind = KINDS.iter().find(|kind| question["type"] == kind.name);
                let answer: Option<Value> = kind.and_then(|kind| serde_json::from_str(kind.answer).ok());
                if let (Some(name), Some(answer)) =
                    (question["name"].as_str(), answer.filter(|answer| !answer.is_null()))
                {
                    answers[name] = answer;
                }
            }
        }
        for question in survey.questions().filter(|question| question.other().is_some()) {
            answers[question.other_name()] = json!("own words");
        }
        responses.push([&[number], answers.to_string().as_bytes()].concat());
    }
    responses
}

/// Bytes without pattern.
fn noise(seed: usize, count: usize) -> Vec<u8> {
    let mut state = seed as u64;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    (0..count).map(|_| next()).collect()
}

/// Words that mean something, for libFuzzer's `-dict`: keys and kinds of definitions, and what expressions are made of.
fn dictionary() -> String {
    let mut words: BTreeSet<String> = BTreeSet::new();
    for document in documents() {
        keys(&document, &mut words);
    }
    for kind in KINDS {
        words.insert(kind.name.to_owned());
        words.extend(kind.fields.iter().map(|field| field.name.to_owned()));
    }
    let keys: Vec<String> = words.iter().map(|word| format!("\"\\\"{word}\\\"\"")).collect();
    let settings = [
        "show_if",
        "required_if",
        "then",
        "checks",
        "rows_from",
        "after_review",
        "quotas",
        "source",
        "default",
    ];
    let settings = settings.iter().map(|word| format!("\"\\\"{word}\\\":\""));
    let parts = EXPRESSIONS.iter().flat_map(|text| text.split([' ', '(', ')', ',', '[', ']']));
    let parts: BTreeSet<&str> = parts.filter(|part| !part.is_empty() && !part.contains('"')).collect();
    let parts = parts.into_iter().map(|part| format!("\"{part}\""));
    keys.into_iter().chain(settings).chain(parts).collect::<Vec<_>>().join("\n") + "\n"
}

fn keys(value: &Value, words: &mut BTreeSet<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                words.insert(key.clone());
                keys(value, words);
            }
        }
        Value::Array(list) => list.iter().for_each(|value| keys(value, words)),
        _ => {}
    }
}
