//! Whatever bytes a response has: its answers are taken or refused, and what is taken fills its row. The first byte says
//! which survey is answered.

#![no_main]
#![allow(dead_code, reason = "the property tests use more of their modules than this target")]

#[path = "../../../survey/tests/properties/answering.rs"]
mod answering;
#[path = "../../../survey/tests/properties/dice.rs"]
mod dice;
#[path = "../../../survey/tests/properties/documents.rs"]
mod documents;
#[path = "../../../survey/tests/properties/fields.rs"]
mod fields;
#[path = "../../../survey/tests/properties/mutation.rs"]
mod mutation;
#[path = "../../../survey/tests/properties/walk.rs"]
mod walk;

use std::cell::RefCell;
use std::collections::HashMap;
use survey::form::{CARRIED, Posted, step};
use survey::response::Response;
use survey::{Occasion, Survey};

thread_local! {
    static SURVEYS: RefCell<HashMap<u8, Option<Survey>>> = RefCell::default();
}

libfuzzer_sys::fuzz_target!(
    init: qulaq_fuzz::write_seeds("response"),
    |data: &[u8]| {
        let Some((number, body)) = data.split_first() else { return };
        let _ = Response::read(body);
        let Ok(answers) = serde_json::from_slice(body) else { return };
        SURVEYS.with_borrow_mut(|surveys| {
            let survey = surveys.entry(*number).or_insert_with(|| qulaq_fuzz::survey(*number));
            let Some(survey) = survey else { return };
            documents::try_answers(survey, &answers, 1);
            let carried = serde_json::to_string(&answers).unwrap_or_default();
            if let Ok(mut posted) = Posted::read(survey, [(CARRIED.to_owned(), carried)]) {
                let _ = step(survey, &mut posted, Occasion::default());
            }
        });
    }
);
