//! What a consultation must have besides sound fields, so that a comment can be made and kept.

use super::{AGREES, Consultation, DISAGREES, NOT_AT_ALL, ORGANISATION, WITH_NAME, WITHOUT_NAME};
use crate::day::Days;
use crate::tier::Tier;
use crate::times::Times;
use matter::WorkingDays;
use serde_json::{Value, json};
use survey::{Answers, Code, Domain, Fault, Occasion, Question, Survey, check};

/// What is wrong between the fields of a consultation and the rest of its definition.
pub(crate) fn inspect(survey: &Survey, definition: &Value, times: Times) -> Result<(), Vec<Fault>> {
    let Some(consultation) = Consultation::of(definition) else { return Ok(()) };
    let mut faults = Vec::new();
    languages(survey, &consultation, &mut faults);
    variables(survey, &consultation, &mut faults);
    if Tier::of(definition) == Tier::Invited {
        let message = "cannot stand beside \"tier\": \"invited\": a code admits one response, and whoever reads a draft \
                       may comment on many paragraphs. Say \"open\" or \"work\".";
        faults.push(Fault { path: "mechanism".to_owned(), message: message.to_owned() });
    }
    if let Some(days) = consultation.at_least {
        faults.extend(open_for(days, times));
    }
    if faults.is_empty() {
        faults.extend(in_the_way(survey, &consultation));
    }
    if faults.is_empty() { Ok(()) } else { Err(faults) }
}

fn fault(field: &str, message: impl Into<String>) -> Fault {
    Fault { path: format!("consultation.{field}"), message: message.into() }
}

/// The draft is there in every language of the survey, once.
fn languages(survey: &Survey, consultation: &Consultation, faults: &mut Vec<Fault>) {
    for lang in &survey.languages {
        match consultation.files.iter().filter(|(of, _)| of == lang).count() {
            1 => {}
            0 => faults.push(fault(
                "draft",
                format!("lacks \"{lang}\". Name the file of the draft in that language."),
            )),
            _ => faults.push(fault("draft", format!("names \"{lang}\" twice. Leave one of them out."))),
        }
    }
    for (place, (lang, _)) in consultation.files.iter().enumerate() {
        if !survey.languages.contains(lang) {
            let message = format!(
                "\"{lang}\" is no language of the survey. Add it to `languages`, or leave the file out."
            );
            faults.push(fault(&format!("draft[{place}].lang"), message));
        }
    }
}

/// Each variable is that of a question that can be answered so.
fn variables(survey: &Survey, consultation: &Consultation, faults: &mut Vec<Fault>) {
    let mut expect = |field: &str, name: Option<&String>, wanted: &str, fits: &dyn Fn(&Question) -> bool| {
        let Some(name) = name else { return };
        match survey.question(name) {
            None => faults.push(fault(field, format!("names {name}, which is no question of this survey."))),
            Some(question) if fits(question) => {}
            Some(_) => faults.push(fault(field, format!("names {name}, which must be {wanted}."))),
        }
    };
    let is_given = |question: &Question| matches!(question.domain, Domain::Given);
    let is_words = |question: &Question| matches!(question.domain, Domain::Words(_));
    let has = |codes: &'static [i64]| {
        move |question: &Question| {
            matches!(question.domain, Domain::One)
                && codes.iter().all(|code| question.choices.iter().any(|choice| choice.code == *code))
        }
    };
    let Consultation { paragraph, stance, comment, speaker, organisation, name, publish, .. } = consultation;
    expect(
        "paragraph",
        Some(paragraph),
        "of the type \"hidden\": the page says which paragraph it is",
        &is_given,
    );
    expect(
        "stance",
        stance.as_ref(),
        "a choice of one with the codes 1 (agrees) and 2 (does not)",
        &has(&[AGREES, DISAGREES]),
    );
    expect("comment", Some(comment), "a text", &is_words);
    expect(
        "speaker",
        speaker.as_ref(),
        "a choice of one with the codes 1 (a person) and 2 (an organisation)",
        &has(&[1, ORGANISATION]),
    );
    expect("organisation", organisation.as_ref(), "a text", &is_words);
    expect("name", name.as_ref(), "a text", &is_words);
    expect(
        "publish",
        Some(publish),
        "a choice of one with the codes 1 (with the name), 2 (without it) and 3 (not at all)",
        &has(&[WITH_NAME, WITHOUT_NAME, NOT_AT_ALL]),
    );
}

/// The statutory days are counted from the day after the opening, up to the last day on which comments are taken.
fn open_for(days: u32, times: Times) -> Option<Fault> {
    let (Some(opens), Some(closes)) = (times.opens, times.closes) else {
        return Some(fault(
            "at_least",
            "needs `opens` and `closes`: without them nobody can count the days.",
        ));
    };
    let calendar = Days::new().ok()?;
    let last = crate::clock::Minute(closes.0 - 1);
    let (first, last) = (calendar.today(opens)?, calendar.today(last)?);
    match WorkingDays::kazakhstan().ok()?.between(first, last) {
        Ok(open) if open >= days => None,
        Ok(open) => Some(fault(
            "at_least",
            format!(
                "asks for {days} working days, and between `opens` and `closes` there are {open}. Close it later: \
                 the day of opening does not count."
            ),
        )),
        Err(unknown) => Some(fault("at_least", format!("cannot be counted: {unknown}."))),
    }
}

/// What keeps a comment on a paragraph from being kept: questions that it does not answer.
fn in_the_way(survey: &Survey, consultation: &Consultation) -> Vec<Fault> {
    let mut comment = json!({
        consultation.paragraph.as_str(): "p-aaaaaa",
        consultation.comment.as_str(): "Сөз",
        consultation.publish.as_str(): NOT_AT_ALL,
    });
    for (name, code) in [(&consultation.stance, AGREES), (&consultation.speaker, 1)] {
        if let Some(name) = name {
            comment[name.as_str()] = code.into();
        }
    }
    let fields = comment.as_object().cloned().unwrap_or_default();
    let occasion = Occasion { seed: 0, today: None };
    let problems = Answers::read(survey, &fields)
        .map_or_else(|problems| problems, |answers| check(survey, &answers, occasion));
    let told = |problem: survey::Problem| {
        let name = problem.question.clone().unwrap_or_default();
        let message = if problem.code == Code::Required {
            format!(
                "cannot be answered on its own: {name} must be answered too. Ask it under the condition \
                 \"not answered({})\", or do not require it.",
                consultation.paragraph
            )
        } else {
            format!("cannot be answered on its own: {name} does not take it ({}).", problem.code.name())
        };
        fault("comment", message)
    };
    problems.into_iter().map(told).collect()
}
