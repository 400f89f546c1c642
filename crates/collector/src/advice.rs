//! Advice to the author of a survey: what can be published and had better be asked otherwise. The rules come from the
//! craft of questionnaires; each is one function in this directory, listed in `RULES` and explained in
//! `docs/authoring.md`.
//!
//! A rule says only what can be told from the words with some honesty. It may be wrong, so nothing here keeps a survey
//! from being published.

mod choices;
mod language;
mod look;
mod place;
mod reading;
mod report;
mod scale;
mod whole;
mod wording;

pub(crate) use report::{Finding, Report};

use crate::written::walk::Document;
use crate::written::{Remark, Rule};
use serde_json::Value;

/// Every rule.
const RULES: &[(&str, Rule)] = &[
    ("double-barrelled", wording::double_barrelled),
    ("two-negatives", wording::two_negatives),
    ("leading-question", wording::leading_question),
    ("long-question", wording::long_question),
    ("long-sentence", wording::long_sentence),
    ("hard-to-read", reading::hard_to_read),
    ("office-words", reading::office_words),
    ("personal-data", wording::personal_data),
    ("unbalanced-scale", scale::unbalanced),
    ("no-do-not-know", choices::no_do_not_know),
    ("no-none-of-these", choices::no_none_of_these),
    ("many-options", choices::many_options),
    ("wide-grid", choices::wide_grid),
    ("chosen-before", choices::chosen_before),
    ("shuffled-order", choices::shuffled_order),
    ("same-in-two-languages", language::same_in_two),
    ("mixed-letters", language::mixed_letters),
    ("not-kazakh", language::not_kazakh),
    ("colour-or-place", look::colour_or_place),
    ("asterisk", look::asterisk),
    ("capitals", look::capitals),
    ("markup", look::markup),
    ("text-in-picture", look::text_in_picture),
    ("short-transcript", look::short_transcript),
    ("no-agency", whole::no_agency),
    ("no-notice", whole::no_notice),
    ("no-phone", whole::no_phone),
    ("no-thanks", whole::no_thanks),
    ("not-anonymous", whole::not_anonymous),
    ("all-required", whole::all_required),
    ("long-page", whole::long_page),
    ("partials-of-one-page", whole::partials_of_one_page),
];

/// Everything there is to advise about a definition, sound or not.
fn advice(document: &Value) -> Vec<Remark> {
    let document = Document::of(document);
    let apply = |(code, rule): &(&'static str, Rule)| {
        let code = *code;
        rule(&document).into_iter().map(move |found| found.by(code))
    };
    RULES.iter().flat_map(apply).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_is_explained_to_authors() {
        let guide = include_str!("../../../docs/authoring.md");
        for (code, _) in RULES {
            assert!(guide.contains(&format!("| `{code}` |")), "docs/authoring.md does not explain {code}");
        }
    }

    #[test]
    fn what_is_no_definition_at_all_is_advised_on_without_a_panic() {
        for text in ["null", "[]", "{}", "{\"pages\": 7, \"languages\": [7]}", "{\"pages\": [[{}]]}"] {
            advice(&serde_json::from_str(text).unwrap());
        }
    }
}
