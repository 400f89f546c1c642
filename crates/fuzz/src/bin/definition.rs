//! Whatever bytes a definition has: it is read, or refused with faults that say where; a browser reads it either way.

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

libfuzzer_sys::fuzz_target!(
    init: qulaq_fuzz::write_seeds("definition"),
    |data: &[u8]| {
        if let Ok(document) = serde_json::from_slice(data) {
            documents::try_reading(&document);
        }
    }
);
