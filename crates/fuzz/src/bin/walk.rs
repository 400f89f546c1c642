//! Whatever survey and whatever citizen the bytes make: who answers comes to the end, and what is sent is taken.

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
#[path = "../../../survey/tests/properties/surveys.rs"]
mod surveys;
#[path = "../../../survey/tests/properties/walk.rs"]
mod walk;

libfuzzer_sys::fuzz_target!(
    init: qulaq_fuzz::write_seeds("walk"),
    |data: &[u8]| {
        let mut dice = dice::Dice::of(data);
        let survey = surveys::any(&mut dice);
        walk::walk(&survey, &mut dice);
    }
);
