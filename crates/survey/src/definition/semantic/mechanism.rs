//! What a mechanism needs of the rest of its definition: the questions that it names, and how it is guarded.

mod feedback;
mod prioritising;

use super::Survey;
use crate::fault::Faults;
use crate::read::Object;

/// Notes what is wrong between a mechanism and its survey.
pub(super) fn inspect(survey: &Survey, root: &Object<'_>, faults: &mut Faults) {
    let named = root.string("mechanism");
    for mechanism in ["feedback", "prioritising"] {
        let is_named = named == Some(mechanism);
        match root.object(mechanism) {
            Some(_) if !is_named => faults.add(
                mechanism,
                format!("belongs to the mechanism of this name. Write \"mechanism\": \"{mechanism}\", or take it away."),
            ),
            None if is_named => {
                faults.add("mechanism", format!("is \"{mechanism}\", which needs the object \"{mechanism}\"."));
            }
            Some(own) if mechanism == "feedback" => feedback::inspect(survey, &own, faults),
            Some(own) => prioritising::inspect(survey, (root, &own), faults),
            None => {}
        }
    }
}
