//! What a forum can still have wrong: no block, and questions that do not answer what is asked of them.

use crate::definition::Survey;
use crate::domain::Domain;
use crate::fault::Faults;
use crate::read::Object;

/// Notes it.
pub(super) fn inspect(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    let Some(block) = root.object("forum") else {
        if root.string("mechanism") == Some("forum") {
            let message = "is missing. Say which question is the idea, and by which rules moderators decide.";
            faults.add(root.at("forum"), message);
        }
        return;
    };
    let mut check = |field: &'static str, fits: fn(&Domain) -> bool, message: &'static str| {
        let Some(name) = block.string(field) else { return };
        if survey.question(name).is_none_or(|question| !fits(&question.domain)) {
            faults.add(block.at(field), message);
        }
    };
    let words = |domain: &Domain| matches!(domain, Domain::Words(_));
    let place = |domain: &Domain| matches!(domain, Domain::Words(_) | Domain::One);
    let said_in_words = "must name a question that is answered in words. Name one that there is.";
    check("title", words, said_in_words);
    check("text", words, said_in_words);
    check(
        "place",
        place,
        "must name a question with one answer: a single choice, or words. Name one that there is.",
    );
}
