//! What the block of a reception can still have wrong: topics that are no options, or of two bodies, and questions that
//! cannot say what they are to say.

use super::super::super::Survey;
use crate::domain::Domain;
use crate::fault::Faults;
use crate::read::Object;
use serde_json::Value;

pub(super) fn inspect(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    if root.string("mechanism") != Some("reception") {
        return;
    }
    let Some(block) = root.object("reception") else {
        faults
            .add("mechanism", "needs \"reception\": which question is the topic, and who deals with which.");
        return;
    };
    let question = |field: &str| block.string(field).and_then(|name| survey.question(name));
    if question("topic").is_some_and(|topic| !matches!(topic.domain, Domain::One)) {
        faults.add(block.at("topic"), "is no choice of one. A matter has one topic.");
    }
    if question("text").is_some_and(|text| !matches!(text.domain, Domain::Words(_))) {
        faults.add(block.at("text"), "is not answered in words. Name a question of the kind `text`.");
    }
    inspect_bodies(survey, &block, faults);
}

fn inspect_bodies(survey: &Survey, block: &Object<'_>, faults: &mut Faults) {
    let topic = block.string("topic").and_then(|name| survey.question(name));
    let (mut ids, mut taken): (Vec<&str>, Vec<i64>) = (Vec::new(), Vec::new());
    for body in block.objects("bodies") {
        if let Some(id) = body.string("id") {
            if ids.contains(&id) {
                faults.add(body.at("id"), format!("\"{id}\" names two bodies."));
            }
            ids.push(id);
        }
        let codes = body.value("topics").and_then(Value::as_array).into_iter().flatten();
        for code in codes.filter_map(Value::as_i64) {
            let known = topic.is_none_or(|topic| topic.choices.iter().any(|choice| choice.code == code));
            if !known {
                faults.add(body.at("topics"), format!("{code} is no code of the topic."));
            }
            if taken.contains(&code) {
                faults.add(body.at("topics"), format!("{code} is a topic of two bodies: a matter has one."));
            }
            taken.push(code);
        }
    }
}
