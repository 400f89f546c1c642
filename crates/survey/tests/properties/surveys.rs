//! Sound surveys at random: questions of every kind under conditions that earlier questions can meet.

use crate::dice::Dice;
use crate::documents::of_pages;
use serde_json::{Value, json};
use survey::domain::moment::Unit;
use survey::{Domain, KINDS, Question, Survey};

/// A sound survey.
pub(crate) fn any(dice: &mut Dice<'_>) -> Survey {
    let document = document(dice);
    Survey::from_value(&document).unwrap_or_else(|faults| panic!("{faults:#?}"))
}

/// The document of a sound survey: plain pages, and then every change to them that leaves it sound.
pub(crate) fn document(dice: &mut Dice<'_>) -> Value {
    let mut document = of_pages(&plain_pages(dice));
    let mut survey = Survey::from_value(&document).unwrap_or_else(|faults| panic!("{faults:#?}"));
    for _ in 0..dice.below(28) {
        let mut changed = document.clone();
        change(&mut changed, &survey, dice);
        if let Ok(sound) = Survey::from_value(&changed) {
            (document, survey) = (changed, sound);
        }
    }
    document
}

fn plain_pages(dice: &mut Dice<'_>) -> Value {
    let mut pages = Vec::new();
    let mut number = 0;
    for page in 0..=dice.below(4) {
        let mut questions = Vec::new();
        for _ in 0..=dice.below(3) {
            let kind = dice.one(KINDS).unwrap();
            let mut question: Value = serde_json::from_str(kind.example).unwrap();
            question["name"] = json!(format!("q{number}"));
            number += 1;
            questions.push(question);
        }
        pages.push(json!({ "id": format!("p{page}"), "questions": questions }));
    }
    Value::Array(pages)
}

/// Adds one setting; whether that is sound is for the reader to say.
fn change(document: &mut Value, survey: &Survey, dice: &mut Dice<'_>) {
    let pages = survey.pages.len();
    let page = dice.below(pages);
    let question = dice.below(survey.pages[page].questions.len());
    let condition = condition(survey, dice);
    let to = format!("p{}", dice.below(pages));
    let flag = json!(dice.below(2) == 0);
    let what = dice.below(18);
    if what == 0 {
        document[["review", "shuffle"][dice.below(2)]] = flag;
        return;
    }
    if what > 15 {
        return take_rows(document, survey, dice);
    }
    let object = &mut document["pages"][page];
    match what {
        1 => object["show_if"] = condition,
        2 => object["then"] = json!([{ "if": condition, "to": to }]),
        3 => object["then"] = json!([{ "if": condition, "end": "Over." }]),
        4 => object["then"] = json!([{ "to": to }]),
        5 => object["shuffle"] = flag,
        6 => {
            for late in page.max(1)..pages {
                document["pages"][late]["after_review"] = json!(true);
            }
        }
        7 => object["pinned"] = flag,
        _ => of_question(&mut object["questions"][question], survey, condition, what, dice),
    }
}

fn of_question(question: &mut Value, survey: &Survey, condition: Value, what: usize, dice: &mut Dice<'_>) {
    let list = if question["rows"].is_array() && dice.below(2) == 0 { "rows" } else { "options" };
    let at = question["name"].as_str().and_then(|name| survey.question(name));
    match what {
        8 | 9 => question["required"] = json!(true),
        10 => question["required_if"] = condition,
        11 | 12 if question["questions"].is_array() => of_entry(question, condition, dice),
        11 | 12 => question["show_if"] = condition,
        13 => {
            if let Some(options) = question[list].as_array_mut() {
                let option = dice.below(options.len());
                options[option]["show_if"] = condition;
            }
        }
        14 => question["shuffle"] = json!(true),
        _ => {
            if let Some(default) = at.and_then(|question| crate::answering::allowed(question, dice)) {
                question["default"] = default.to_value();
            }
        }
    }
}

/// The rows of some grid come from what was chosen before.
fn take_rows(document: &mut Value, survey: &Survey, dice: &mut Dice<'_>) {
    let has_options = |question: &&Question| matches!(question.domain, Domain::One | Domain::Several { .. });
    let sources: Vec<&Question> = survey.questions().filter(has_options).collect();
    let grids: Vec<&Question> = survey.questions().filter(|question| !question.rows.is_empty()).collect();
    let (Some(from), Some(grid)) = (dice.one(&sources), dice.one(&grids)) else { return };
    let Some((page, question)) = survey.place(&grid.name) else { return };
    document["pages"][page]["questions"][question]["rows_from"] = json!(from.name);
}

/// A question of a group under a condition of its own entry, or of what came before.
fn of_entry(group: &mut Value, condition: Value, dice: &mut Dice<'_>) {
    let first = group["questions"][0]["name"].as_str().unwrap_or_default().to_owned();
    let condition = if dice.below(2) == 0 { json!(format!("answered({first})")) } else { condition };
    let field = ["show_if", "required_if"][dice.below(2)];
    let inner = dice.below(group["questions"].as_array().map_or(0, Vec::len));
    group["questions"][inner][field] = condition;
}

/// A condition over some variable of the survey, perhaps two.
fn condition(survey: &Survey, dice: &mut Dice<'_>) -> Value {
    let one = |dice: &mut Dice<'_>| {
        let questions: Vec<&Question> = survey.questions().collect();
        dice.one(&questions).map_or_else(|| "1 == 1".to_owned(), |question| about(question, dice))
    };
    let first = one(dice);
    json!(match dice.below(5) {
        0 | 1 => first,
        2 => format!("not ({first})"),
        3 => format!("{first} and {}", one(dice)),
        _ => format!("{first} or {}", one(dice)),
    })
}

/// What can be asked of a variable, by what it holds.
fn about(question: &Question, dice: &mut Dice<'_>) -> String {
    let name = &question.name;
    let code = dice.one(&question.choices).map_or(1, |choice| choice.code);
    let row = dice.one(&question.rows).map_or(1, |row| row.code);
    let plain = dice.below(4) == 0;
    match &question.domain {
        Domain::Nothing => "1 == 1".to_owned(),
        Domain::Given => format!("{name} == \"x\""),
        Domain::Computed(_) => format!("{name} >= {code}"),
        _ if plain => format!("answered({name})"),
        Domain::One => format!("{name} {} {code}", ["==", "!=", "<="][dice.below(3)]),
        Domain::Several { .. } | Domain::Ranking { .. } if dice.below(2) == 0 => {
            format!("count({name}) >= 2")
        }
        Domain::Several { .. } | Domain::Ranking { .. } => format!("{name} has {code}"),
        Domain::Words(_) => format!("length({name}) > {}", dice.below(30)),
        Domain::Number(_) => format!("{name} {} {}", ["<", ">=", "=="][dice.below(3)], dice.below(20)),
        Domain::Moment(moment) if moment.unit == Unit::Day => format!("{name} < today()"),
        Domain::Moment(_) => format!("{name} == \"2026-01\""),
        Domain::Rows(rows) => match &*rows.cell {
            Domain::Several { .. } => format!("{name}[{row}] has {code}"),
            _ => format!("{name}[{row}] {} {code}", ["==", ">="][dice.below(2)]),
        },
        Domain::Entries(_) => format!("count({name}) >= {}", 1 + dice.below(2)),
    }
}
