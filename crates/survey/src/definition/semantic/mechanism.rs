//! What the block of a mechanism can still have wrong: questions that are not there, and a block without its mechanism.

mod forum;

use super::super::Survey;
use crate::fault::Faults;
use crate::field::mechanism::MECHANISMS;
use crate::read::Object;

/// The fields of blocks that name a question.
const QUESTIONS: [&str; 2] = ["topic", "paragraph"];

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
    }
}
