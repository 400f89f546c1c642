//! Whatever fields somebody posts, with or without scripts, and whatever part of a response a program sends: it is read or refused, and
//! the form stands somewhere afterwards. The first byte says which survey; a line each is a field.

#![no_main]

use std::cell::RefCell;
use std::collections::HashMap;
use survey::form::{Posted, step};
use survey::partial::{Partial, check_so_far};
use survey::{Answers, Occasion, Survey};

thread_local! {
    static SURVEYS: RefCell<HashMap<u8, Option<Survey>>> = RefCell::default();
}

fn answer(survey: &Survey, body: &[u8]) {
    if let Ok(part) = Partial::read(body)
        && let Ok(answers) = Answers::read(survey, &part.response.answers)
    {
        let _ = check_so_far(survey, &answers, Occasion::default());
    }
    let Ok(text) = std::str::from_utf8(body) else { return };
    let fields = text.lines().map(|line| line.split_once('=').unwrap_or((line, "")));
    let fields = fields.map(|(name, value)| (name.to_owned(), value.to_owned()));
    if let Ok(mut posted) = Posted::read(survey, fields) {
        let _ = step(survey, &mut posted, Occasion::default());
    }
}

libfuzzer_sys::fuzz_target!(
    init: qulaq_fuzz::write_seeds("form"),
    |data: &[u8]| {
        let Some((number, body)) = data.split_first() else { return };
        SURVEYS.with_borrow_mut(|surveys| {
            let survey = surveys.entry(*number).or_insert_with(|| qulaq_fuzz::survey(*number));
            if let Some(survey) = survey {
                answer(survey, body);
            }
        });
    }
);
