//! Answers at random: those that a question takes, and any at all.

use crate::dice::Dice;
use crate::mutation::mutate;
use serde_json::{Map, Value, json};
use survey::domain::moment::Unit;
use survey::domain::words::Form;
use survey::number::Number;
use survey::{Answer, Answers, Control, Domain, Question, Survey};

/// Words that programs stumble over.
const WORDS: [&str; 9] = [
    "x",
    "Кезек ұзақ, орындық аз.",
    "a, \"b\"; =1+1\nsecond line",
    "{q0} <b>&amp;</b>",
    "\u{202e}olleh",
    "👨‍👩‍👧‍👦",
    "850101\u{a0}300123",
    " spaces around ",
    "-5",
];

/// What a citizen sees of a question: which options and rows.
pub(crate) struct Seen<'a> {
    /// Whether an option is offered.
    pub(crate) offers: &'a dyn Fn(i64) -> bool,
    /// Whether a row is asked.
    pub(crate) asks: &'a dyn Fn(i64) -> bool,
}

/// An answer that a question takes when all of it is shown; `None` where no answer of that sort was found.
pub(crate) fn allowed(question: &Question, dice: &mut Dice<'_>) -> Option<Answer> {
    allowed_of(question, &Seen { offers: &|_| true, asks: &|_| true }, dice)
}

/// An answer that a question takes.
pub(crate) fn allowed_of(question: &Question, seen: &Seen<'_>, dice: &mut Dice<'_>) -> Option<Answer> {
    let mut shown = question.clone();
    shown.choices.retain(|choice| (seen.offers)(choice.code));
    shown.rows.retain(|row| (seen.asks)(row.code));
    (0..4).find_map(|_| {
        of_domain(&shown, &question.domain, dice).filter(|answer| shown.problems(answer).is_empty())
    })
}

fn of_domain(question: &Question, domain: &Domain, dice: &mut Dice<'_>) -> Option<Answer> {
    let codes: Vec<i64> = question.choices.iter().map(|choice| choice.code).collect();
    match domain {
        Domain::Nothing | Domain::Computed(_) | Domain::Given => None,
        Domain::One => one(question, dice),
        Domain::Several { min, max } => several(question, *min, *max, dice),
        Domain::Ranking { places } => {
            let mut left = codes;
            let places = (*places).min(left.len());
            let take = |left: &mut Vec<i64>, dice: &mut Dice<'_>| left.remove(dice.below(left.len()));
            Some(Answer::Codes((0..places).map(|_| take(&mut left, dice)).collect()))
        }
        Domain::Words(words) => {
            let text = match words.form {
                Form::Free => (*dice.one(&WORDS)?).chars().take(words.max).collect(),
                form => form.example().to_owned(),
            };
            Some(Answer::Text(text))
        }
        Domain::Number(bounds) => {
            let least = bounds.min.unwrap_or(Number::ZERO);
            let more = Number::from_whole(i64::try_from(dice.below(5)).ok()?)?;
            let more = least.plus(more).filter(|more| bounds.max.is_none_or(|max| *more <= max));
            Some(Answer::Number(more.unwrap_or(least)))
        }
        Domain::Moment(moment) => {
            let some = match moment.unit {
                Unit::Day => ["2026-11-20", "2020-02-29", "1990-01-01"],
                Unit::Month => ["2026-11", "2020-02", "1990-01"],
                Unit::Time => ["09:05", "00:00", "23:59"],
            };
            let chosen = (*dice.one(&some)?).to_owned();
            let early = moment.min.as_ref().filter(|min| chosen < **min);
            let late = moment.max.as_ref().filter(|max| chosen > **max);
            Some(Answer::Text(early.or(late).cloned().unwrap_or(chosen)))
        }
        Domain::Rows(rows) => {
            let mut answers = Vec::new();
            let chosen = dice.below(question.rows.len());
            for (index, row) in question.rows.iter().enumerate() {
                match rows.total {
                    Some(total) if index == chosen => answers.push((row.code, Answer::Number(total))),
                    Some(_) => {}
                    None => answers.push((row.code, of_domain(question, &rows.cell, dice)?)),
                }
            }
            Some(Answer::Rows(answers))
        }
        Domain::Entries(group) => {
            let least = group.min.max(1);
            let count = least + dice.below(group.max.saturating_sub(least).min(2) + 1);
            let entry = |dice: &mut Dice<'_>| {
                let mut entry = Answers::default();
                for question in &group.questions {
                    entry.set(&question.name, allowed(question, dice));
                }
                entry
            };
            Some(Answer::Entries((0..count).map(|_| entry(dice)).collect()))
        }
    }
}

/// One option, as deep down as it must be.
fn one(question: &Question, dice: &mut Dice<'_>) -> Option<Answer> {
    let start = dice.below(question.choices.len());
    let from_there = question.choices.iter().cycle().skip(start).take(question.choices.len());
    let mut answers = from_there.map(|choice| Answer::Code(choice.code));
    match question.control {
        Control::Cascade { .. } => answers.find(|answer| question.problems(answer).is_empty()),
        _ => answers.next(),
    }
}

fn several(question: &Question, min: usize, max: usize, dice: &mut Dice<'_>) -> Option<Answer> {
    let (alone, together): (Vec<_>, Vec<_>) = question.choices.iter().partition(|choice| choice.exclusive);
    if let Some(only) = alone.first().filter(|_| together.is_empty() || dice.once_in(4)) {
        return Some(Answer::Codes(vec![only.code]));
    }
    let most = max.min(together.len());
    let count = (min.max(1) + dice.below(3)).min(most);
    let start = dice.below(together.len() - count + 1);
    Some(Answer::Codes(together[start..start + count].iter().map(|choice| choice.code).collect()))
}

/// Answers that may be anything: some that are allowed, changed here and there.
pub(crate) fn any(survey: &Survey, dice: &mut Dice<'_>) -> Map<String, Value> {
    let mut map = Map::new();
    for question in survey.questions() {
        if dice.below(4) > 0 {
            let answer = allowed(question, dice).map_or_else(|| json!("x"), |answer| answer.to_value());
            if question.domain.is_answered() {
                map.insert(question.name.clone(), answer);
            }
        }
        if dice.once_in(6) {
            map.insert(question.other_name(), json!("own words"));
        }
    }
    let mut document = Value::Object(map);
    for _ in 0..dice.below(4) {
        mutate(&mut document, dice);
    }
    match document {
        Value::Object(map) => map,
        _ => Map::new(),
    }
}
