//! Page feedback: a `hidden` question for the path, and a choice that says whether a page is useful.

use crate::definition::Survey;
use crate::domain::Domain;
use crate::fault::Faults;
use crate::read::Object;

/// The code of "no", unless said.
const NO: i64 = 0;

pub(super) fn inspect(survey: &Survey, own: &Object<'_>, faults: &mut Faults) {
    let question = |field: &str| own.string(field).and_then(|name| survey.question(name));
    if !question("path").is_some_and(|question| matches!(question.domain, Domain::Given)) {
        faults.add(
            own.at("path"),
            "names no question of the kind `hidden`. Add one that takes the path of the page.",
        );
    }
    let Some(useful) = question("useful").filter(|question| matches!(question.domain, Domain::One)) else {
        return faults.add(own.at("useful"), "names no question with one answer out of a list.");
    };
    let codes = [("no", Some(own.integer("no").unwrap_or(NO))), ("problem", own.integer("problem"))];
    for (field, code) in codes {
        if let Some(code) = code.filter(|code| useful.choices.iter().all(|choice| choice.code != *code)) {
            faults.add(own.at(field), format!("{code} is no code of \"{}\".", useful.name));
        }
    }
}
