//! The fields that a form posts for answers: the inverse of reading them.

use survey::domain::entries::{count_field, entry_prefix};
use survey::form::{CARRIED, CHANGING, GO, PAGE, Posted, REVIEW, SHOWN};
use survey::{Answer, At, Control, Domain, Question, Survey};

/// Names and values, as a browser sends them.
pub(crate) type Fields = Vec<(String, String)>;

/// All fields of the form that shows what `posted` says, filled with its answers. Questions that are hidden are part of
/// the form like the others.
pub(crate) fn of(survey: &Survey, posted: &Posted) -> Fields {
    let mut fields = vec![(GO.to_owned(), posted.go.to_value())];
    let mut put = |name: &str, value: String| fields.push((name.to_owned(), value));
    let questions = match posted.at {
        At::Page(page) => &survey.pages[page].questions[..],
        At::Review => &[],
    };
    put(
        PAGE,
        match posted.at {
            At::Page(page) => page.to_string(),
            At::Review => REVIEW.to_owned(),
        },
    );
    put(SHOWN, posted.shown.clone().unwrap_or_default().join(" "));
    if posted.changing {
        put(CHANGING, "1".to_owned());
    }
    let is_here = |name: &str| {
        questions.iter().filter(|question| question.domain.is_asked()).any(|question| {
            question.name == name || question.other().is_some() && question.other_name() == name
        })
    };
    put(CARRIED, posted.answers.filter(|name| !is_here(name)).to_value().to_string());
    for question in questions {
        of_question(question, &question.name, posted.answers.get(&question.name), &mut fields);
        let other = question.other().map(|_| question.other_name());
        if let Some(Answer::Text(words)) = other.as_ref().and_then(|name| posted.answers.get(name)) {
            fields.push((question.other_name(), words.replace('\n', "\r\n")));
        }
    }
    fields
}

fn of_question(question: &Question, name: &str, answer: Option<&Answer>, fields: &mut Fields) {
    if let Domain::Entries(group) = &question.domain {
        let entries = match answer {
            Some(Answer::Entries(entries)) => entries.as_slice(),
            _ => &[],
        };
        fields.push((count_field(name), entries.len().to_string()));
        for (index, entry) in entries.iter().enumerate() {
            for inner in &group.questions {
                let name = format!("{}{}", entry_prefix(name, index), inner.name);
                of_question(inner, &name, entry.get(&inner.name), fields);
            }
        }
    } else if let Some(answer) = answer {
        of_domain(question, &question.domain, name, answer, fields);
    }
}

fn of_domain(question: &Question, domain: &Domain, name: &str, answer: &Answer, fields: &mut Fields) {
    let mut put = |name: String, value: &str| fields.push((name, value.to_owned()));
    match (domain, answer) {
        (Domain::One, Answer::Code(code)) => of_code(question, name, *code, fields),
        (Domain::Several { .. }, Answer::Codes(codes)) => {
            for code in codes {
                put(name.to_owned(), &code.to_string());
            }
        }
        (Domain::Ranking { .. }, Answer::Codes(codes)) => {
            for (place, code) in (1..).zip(codes) {
                put(format!("{name}.{code}"), &i64::to_string(&place));
            }
        }
        (Domain::Words(_), Answer::Text(text)) => put(name.to_owned(), &text.replace('\n', "\r\n")),
        (Domain::Number(_), Answer::Number(number)) => put(name.to_owned(), &number.to_plain()),
        (Domain::Moment(moment), Answer::Text(text)) => {
            for (field, part) in moment.unit.fields().iter().zip(moment.unit.parts(text)) {
                put(format!("{name}.{field}"), &part);
            }
        }
        (Domain::Moment(moment), Answer::Typed(typed)) => {
            for (field, part) in moment.unit.fields().iter().zip(typed) {
                put(format!("{name}.{field}"), part);
            }
        }
        (Domain::Ranking { .. }, Answer::Typed(typed)) => {
            for (choice, place) in question.choices.iter().zip(typed) {
                put(format!("{name}.{}", choice.code), place);
            }
        }
        (Domain::One | Domain::Number(_), Answer::Typed(typed)) => {
            for text in typed {
                put(name.to_owned(), text);
            }
        }
        (Domain::Rows(rows), Answer::Rows(answers)) => {
            for (row, answer) in answers {
                of_domain(question, &rows.cell, &format!("{name}.{row}"), answer, fields);
            }
        }
        (Domain::Given, Answer::Text(_)) => {}
        other => panic!("{name}: there is no form for {other:?}"),
    }
}

fn of_code(question: &Question, name: &str, code: i64, fields: &mut Fields) {
    let find = |code: i64| question.choices.iter().find(|choice| choice.code == code);
    match question.control {
        Control::Search => {
            let text = find(code).and_then(|choice| choice.text.each().last()).unwrap();
            fields.push((name.to_owned(), text.to_owned()));
        }
        Control::Cascade { .. } => {
            let mut chain = vec![code];
            while let Some(above) = find(*chain.last().unwrap()).and_then(|choice| choice.within) {
                chain.push(above);
            }
            for (level, code) in (1..).zip(chain.iter().rev()) {
                fields.push((format!("{name}.{}", i64::to_string(&level)), code.to_string()));
            }
        }
        _ => fields.push((name.to_owned(), code.to_string())),
    }
}
