//! Whatever text somebody types: what identifies people is found and covered in bounded steps, no text outgrows its column, and
//! what is over leaves nothing of it.

#![no_main]

use survey::forget;
use survey::mask::{find, masked};
use survey::{Answer, Answers, Survey};

thread_local! {
    static SURVEY: Option<Survey> = qulaq_fuzz::with_a_text();
}

libfuzzer_sys::fuzz_target!(
    init: qulaq_fuzz::write_seeds("mask"),
    |data: &[u8]| {
        let Ok(text) = std::str::from_utf8(data) else { return };
        let found = find(text);
        for pair in found.windows(2) {
            assert!(pair[0].0.end <= pair[1].0.start, "two lie over each other");
        }
        if let Some(covered) = masked(text) {
            assert!(covered.chars().count() <= text.chars().count(), "the text has outgrown its column");
            for (range, _) in &found {
                assert!(!text[range.clone()].is_empty());
            }
            let _ = masked(&covered);
        }
        SURVEY.with(|survey| {
            let Some(survey) = survey else { return };
            let mut answers = Answers::default();
            answers.set("why", Some(Answer::Text(text.to_owned())));
            if let Some(left) = forget::texts(survey, &answers) {
                assert_eq!(left.get("why"), Some(&Answer::Text(forget::GONE.to_owned())));
            }
        });
    }
);
