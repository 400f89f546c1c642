//! Options: one of them, several of them, or all in an order.

use super::{Fields, as_param};
use crate::answer::Answer;
use crate::definition::{Choice, Question};
use crate::fold::fold;
use crate::kind::{Control, WHOLE};
use crate::problem::{Code, Problem};
use serde_json::Value;

/// Codes from a JSON list of whole numbers.
pub(super) fn codes(value: &Value) -> Option<Vec<i64>> {
    value.as_array()?.iter().map(Value::as_i64).collect()
}

/// Codes in the order of the definition, so that equal answers are equal bytes; unknown ones last, to be refused.
pub(super) fn in_order(question: &Question, codes: &[i64]) -> Vec<i64> {
    let mut ordered = Vec::with_capacity(codes.len());
    // Not sorted: the browser would download a sort for a list that a thumb fills.
    for choice in &question.choices {
        ordered.extend(codes.iter().filter(|code| **code == choice.code));
    }
    let known = |code: &&i64| question.choices.iter().any(|choice| choice.code == **code);
    ordered.extend(codes.iter().filter(|code| !known(code)));
    ordered
}

fn parse(value: &str) -> Result<i64, Code> {
    value.parse().map_err(|_| Code::WrongType)
}

/// One code: the value of a field, the text of a field with a list, or the deepest of nested drop-downs.
pub(super) fn read_one(
    question: &Question,
    name: &str,
    fields: &mut Fields<'_>,
) -> Result<Option<Answer>, Code> {
    match question.control {
        Control::Search if WHOLE => Ok(found(question, &fields(name))),
        Control::Cascade { levels } if WHOLE => read_cascade(question, name, levels, fields),
        _ => match fields(name).as_slice() {
            [] => Ok(None),
            [value] if value.is_empty() => Ok(None),
            [value] => parse(value).map(|code| Some(Answer::Code(code))),
            _ => Err(Code::WrongType),
        },
    }
}

/// The option whose text was typed, in whatever language and with whatever letters stand for the Kazakh ones.
fn found(question: &Question, values: &[String]) -> Option<Answer> {
    // One of the options that were offered for a text in doubt stands behind the text.
    let typed = values.iter().rev().map(|text| text.trim()).find(|text| !text.is_empty())?;
    let wanted = fold(typed);
    let exact = question.choices.iter().find(|choice| choice.text.each().any(|text| text == typed));
    let folded =
        || question.choices.iter().find(|choice| choice.text.each().any(|text| fold(text) == wanted));
    match exact.or_else(folded) {
        Some(choice) => Some(Answer::Code(choice.code)),
        None => Some(Answer::Typed(vec![typed.to_owned()])),
    }
}

/// The deepest choice that lies within the ones above it: who changes the region has not yet chosen a district.
fn read_cascade(
    question: &Question,
    name: &str,
    levels: usize,
    fields: &mut Fields<'_>,
) -> Result<Option<Answer>, Code> {
    let mut chosen = None;
    let mut broken = false;
    for level in 1..=levels {
        let values = fields(&format!("{name}.{level}"));
        let Some(value) = values.first().filter(|value| !value.is_empty()) else { continue };
        let code = parse(value)?;
        let choice = question.choices.iter().find(|choice| choice.code == code);
        let within = choice.ok_or(Code::WrongType)?.within;
        broken |= within != chosen;
        if !broken {
            chosen = Some(code);
        }
    }
    Ok(chosen.map(Answer::Code))
}

pub(super) fn read_several(question: &Question, values: &[String]) -> Result<Option<Answer>, Code> {
    let codes = values.iter().map(|value| parse(value)).collect::<Result<Vec<_>, _>>()?;
    Ok((!codes.is_empty()).then(|| Answer::Codes(in_order(question, &codes))))
}

/// The options by the place that each was given; the places as they stand when they are no order.
pub(super) fn read_ranking(
    question: &Question,
    name: &str,
    fields: &mut Fields<'_>,
) -> Result<Option<Answer>, Code> {
    let mut order = vec![None; question.choices.len()];
    let mut typed = Vec::new();
    let mut is_order = true;
    for choice in &question.choices {
        let values = fields(&format!("{name}.{}", choice.code));
        let value = values.into_iter().next().unwrap_or_default();
        if !value.is_empty() {
            let place = usize::try_from(parse(&value)?).ok().and_then(|place| place.checked_sub(1));
            let slot = place.and_then(|place| order.get_mut(place));
            is_order &= slot.is_some_and(|slot| slot.replace(choice.code).is_none());
        }
        typed.push(value);
    }
    let given: Vec<i64> = order.iter().flatten().copied().collect();
    is_order &= order[..given.len()].iter().all(Option::is_some);
    Ok(match typed.iter().all(String::is_empty) {
        true => None,
        false if is_order => Some(Answer::Codes(given)),
        false => Some(Answer::Typed(typed)),
    })
}

/// Asked of a code: whether the option that it stands for is offered.
type Offers<'a> = dyn Fn(i64) -> bool + 'a;

fn choice(question: &Question, code: i64) -> Option<&Choice> {
    question.choices.iter().find(|choice| choice.code == code)
}

pub(super) fn check_one(question: &Question, code: i64, offers: &Offers<'_>) -> Option<Problem> {
    let chosen = choice(question, code).filter(|_| offers(code));
    match (&question.control, chosen) {
        (Control::Points(points), None) => {
            Some(Problem::of(Code::OutOfRange).with("min", points.from).with("max", points.to))
        }
        (_, None) => Some(Problem::of(Code::UnknownOption)),
        // A place is known when nothing lies within it, or nothing deeper is asked.
        (Control::Cascade { levels }, Some(chosen)) => {
            let is_within = |choice: &Choice| choice.within == Some(chosen.code) && offers(choice.code);
            let deeper = question.choices.iter().any(is_within);
            let unfinished = deeper && depth(question, chosen) < *levels;
            unfinished.then(|| Problem::of(Code::Incomplete))
        }
        (_, Some(_)) => None,
    }
}

/// How many levels deep a choice lies, from 1; no deeper than there are choices, whatever a definition says.
pub fn depth(question: &Question, chosen: &Choice) -> usize {
    let (mut depth, mut at) = (1, chosen.within);
    while let Some(above) = at.and_then(|code| choice(question, code)) {
        depth += 1;
        at = above.within;
        if depth > question.choices.len() {
            break;
        }
    }
    depth
}

pub(super) fn check_several(
    question: &Question,
    codes: &[i64],
    (min, max): (usize, usize),
    offers: &Offers<'_>,
) -> Option<Problem> {
    let mut exclusive = false;
    for (index, code) in codes.iter().enumerate() {
        let Some(choice) = choice(question, *code).filter(|_| offers(*code)) else {
            return Some(Problem::of(Code::UnknownOption));
        };
        exclusive |= choice.exclusive;
        if codes[..index].contains(code) {
            return Some(Problem::of(Code::Repeated));
        }
    }
    if exclusive {
        return (codes.len() > 1).then(|| Problem::of(Code::Exclusive));
    }
    let left = question.choices.iter().filter(|choice| !choice.exclusive && offers(choice.code));
    let min = min.min(left.count());
    if codes.len() < min {
        return Some(Problem::of(Code::TooFew).with("min", as_param(min)));
    }
    (codes.len() > max).then(|| Problem::of(Code::TooMany).with("max", as_param(max)))
}

pub(super) fn check_ranking(
    question: &Question,
    codes: &[i64],
    places: usize,
    offers: &Offers<'_>,
) -> Option<Problem> {
    for (index, code) in codes.iter().enumerate() {
        if choice(question, *code).is_none() || !offers(*code) {
            return Some(Problem::of(Code::UnknownOption));
        }
        if codes[..index].contains(code) {
            return Some(Problem::of(Code::Repeated));
        }
    }
    let wanted = places.min(question.choices.iter().filter(|choice| offers(choice.code)).count());
    match codes.len() {
        given if given < wanted => Some(Problem::of(Code::Incomplete).with("max", as_param(wanted))),
        given if given > wanted => Some(Problem::of(Code::TooMany).with("max", as_param(wanted))),
        _ => None,
    }
}
