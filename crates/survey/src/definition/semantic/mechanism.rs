//! What the block of a mechanism can still have wrong: questions that are not there, a block without its mechanism, and what
//! the mechanism needs of the rest.

mod feedback;
mod forum;
mod meeting;
mod prioritising;
mod reception;

use super::super::Survey;
use crate::fault::Faults;
use crate::field::mechanism::MECHANISMS;
use crate::read::Object;

/// The fields of blocks that name a question.
const QUESTIONS: [&str; 9] =
    ["topic", "paragraph", "text", "needs", "visit", "phone", "attends", "question", "name"];

/// Notes it.
pub(super) fn inspect(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    forum::inspect(survey, root, faults);
    for name in MECHANISMS {
        let Some(block) = root.object(name) else { continue };
        if root.string("mechanism") != Some(name) {
            let message = format!("belongs to \"mechanism\": \"{name}\". Say so, or take it away.");
            faults.add(root.at(name), message);
        }
        for field in QUESTIONS {
            if block.string(field).is_some_and(|question| survey.question(question).is_none()) {
                faults.add(block.at(field), "names no question of the survey. Name one that there is.");
            }
        }
        match *name {
            "feedback" => feedback::inspect(survey, &block, faults),
            "prioritising" => prioritising::inspect(survey, (root, &block), faults),
            _ => {}
        }
    }
    // These two say nothing without theirs.
    for name in ["feedback", "prioritising"] {
        if root.string("mechanism") == Some(name) && root.object(name).is_none() {
            faults.add("mechanism", format!("is \"{name}\", which needs the object \"{name}\"."));
        }
    }
    meeting::inspect(survey, root, faults);
    reception::inspect(survey, root, faults);
}
