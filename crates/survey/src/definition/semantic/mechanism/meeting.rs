//! What a meeting can still have wrong: no block, questions that do not answer what is asked of them, a share of nobody
//! knows how many, and things that are named twice.

use crate::definition::{Question, Survey};
use crate::domain::Domain;
use crate::fault::Faults;
use crate::read::Object;

/// The ways to attend: in the room, online, not at all.
const WAYS: [i64; 3] = [1, 2, 3];

/// Notes it.
pub(super) fn inspect(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    let Some(block) = root.object("meeting") else {
        if root.string("mechanism") == Some("meeting") {
            let message = "is missing. Say when and where it is, and which questions register somebody.";
            faults.add(root.at("meeting"), message);
        }
        return;
    };
    inspect_questions(survey, &block, faults);
    inspect_stream(&block, faults);
    if block.value("quorum").is_some() && block.value("eligible").is_none() {
        faults.add(block.at("quorum"), "is a share of `eligible`. Say how many that are, or use `at_least`.");
    }
    if block.value("quorum").is_some() && block.value("at_least").is_some() {
        faults.add(block.at("at_least"), "is a second rule beside `quorum`. Keep one of them.");
    }
    inspect_names(&block, ("agenda", "id"), faults);
    inspect_names(&block, ("ballots", "survey"), faults);
    let own = root.string("id");
    for ballot in block.objects("ballots").iter().filter(|ballot| ballot.string("survey") == own) {
        faults.add(ballot.at("survey"), "is the meeting itself. A vote is a survey of its own.");
    }
}

fn inspect_questions(survey: &Survey, block: &Object<'_>, faults: &mut Faults) {
    let question = |field: &str| block.string(field).and_then(|name| survey.question(name));
    let mut check = |field: &'static str, fits: fn(&Domain) -> bool, message: &'static str| {
        if question(field).is_some_and(|question| !fits(&question.domain)) {
            faults.add(block.at(field), message);
        }
    };
    let words = |domain: &Domain| matches!(domain, Domain::Words(_));
    let said_in_words = "must name a question that is answered in words.";
    check("question", words, said_in_words);
    check("name", words, said_in_words);
    let one = |domain: &Domain| matches!(domain, Domain::One);
    check("attends", one, "must name a single choice.");
    check("topic", one, "must name a single choice.");
    let several = |domain: &Domain| matches!(domain, Domain::Several { .. });
    check("needs", several, "must name a multiple choice.");
    let lacks_a_way =
        |attends: &Question| !WAYS.iter().all(|way| attends.choices.iter().any(|choice| choice.code == *way));
    if question("attends").is_some_and(lacks_a_way) {
        let message = "must offer the codes 1, in the room, 2, online, and 3, does not come.";
        faults.add(block.at("attends"), message);
    }
    if question("question").is_some_and(|question| question.required) {
        faults.add(
            block.at("question"),
            "asks for a question of everybody. It must be one that may be left out.",
        );
    }
}

/// A link leads to where it can be read that nobody listens in.
fn inspect_stream(block: &Object<'_>, faults: &mut Faults) {
    let Some(stream) = block.text("stream") else { return };
    let is_address = |text: &str| {
        let host = text.strip_prefix("https://").unwrap_or_default();
        !host.is_empty()
            && !host.starts_with('/')
            && !text.chars().any(|c| c.is_whitespace() || c.is_control())
    };
    if !stream.each().all(is_address) {
        faults.add(block.at("stream"), "must be an address that begins with https://.");
    }
}

/// Nothing of a list is named twice.
fn inspect_names(block: &Object<'_>, (list, field): (&str, &str), faults: &mut Faults) {
    let items = block.objects(list);
    for (index, item) in items.iter().enumerate() {
        let Some(name) = item.string(field) else { continue };
        if items[..index].iter().any(|other| other.string(field) == Some(name)) {
            faults.add(item.at(field), format!("\"{name}\" is there already."));
        }
    }
}
