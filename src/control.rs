//! Controls: how a question looks. One file a look, beside one of the same name in `style/control/`.
//!
//! A control draws native fields under the names that [`survey::form`] reads, filled with the answers given so far. It
//! handles no event: the form reads the fields.

mod amounts;
mod choice;
mod entries;
mod grid;
mod parts;
mod points;
mod ranks;
mod search;
mod select;
mod words;

use crate::node::{Element, Node, element};
use crate::question::Asked;
pub(crate) use search::matches as search_matches;
use std::sync::Arc;
use survey::{Answer, Control, Domain};

/// The one field of a question that has but one, which its text labels.
pub(crate) fn field(asked: &Asked<'_>) -> Element {
    match &asked.question.control {
        Control::Area { lines } => words::area(asked, *lines),
        Control::Line(line) => words::line(asked, line),
        Control::Search => search::field(asked),
        _ => select::field(asked),
    }
}

/// What stands after that field.
pub(crate) fn after(asked: &Asked<'_>) -> Vec<Node> {
    match &asked.question.control {
        Control::Area { .. } => words::count(asked),
        Control::Line(line) => words::unit(asked.session, line.unit.as_ref()).into_iter().collect(),
        Control::Search => search::after(asked),
        _ => Vec::new(),
    }
}

/// The fields of a question that has several.
pub(crate) fn fields(asked: &Asked<'_>) -> Vec<Node> {
    match &asked.question.control {
        Control::Choices | Control::Cards | Control::Faces => choice::list(asked),
        Control::Points(scale) => points::points(asked, scale),
        Control::Cascade { levels } => select::cascade(asked, *levels),
        Control::Ranks => ranks::ranks(asked),
        Control::Amounts { unit } => amounts::amounts(asked, unit.as_ref()),
        Control::Grid => grid::grid(asked),
        Control::Parts => parts::parts(asked),
        Control::Entries { .. } => entries::entries(asked),
        // These have one field or none.
        Control::Area { .. }
        | Control::Line(_)
        | Control::Search
        | Control::Select
        | Control::Note
        | Control::None => Vec::new(),
    }
}

/// What helps to answer a question whose author gave no hint.
pub(crate) fn hint(asked: &Asked<'_>) -> Option<String> {
    let session = asked.session;
    let words = match (&asked.question.control, &asked.question.domain) {
        (Control::Choices | Control::Cards, Domain::Several { max, .. }) if asked.question.choices.len() > 1 => {
            return Some(choice::how_many(asked, *max));
        }
        (Control::Parts, Domain::Moment(moment)) => parts::example(moment.unit),
        (Control::Search, _) => "search_hint",
        _ => return None,
    };
    Some(session.word(words).to_owned())
}

/// What a count says of the answer: seen at once, and spoken when the citizen has stopped typing.
fn counts(asked: &Asked<'_>, said: impl Fn(Option<&Answer>) -> String + Send + Sync + 'static) -> Vec<Node> {
    let said: Arc<dyn Fn(Option<&Answer>) -> String + Send + Sync> = Arc::new(said);
    let (session, name, seen) = (asked.session.clone(), asked.question.name.clone(), Arc::clone(&said));
    let line = element("p").part("count", "count").attr("aria-hidden", "true");
    let line = line.live_text(move || session.answers.with(|answers| seen(answers.get(&name))));
    let (session, name) = (asked.session.clone(), asked.question.name.clone());
    let spoken = element("p").class("spoken").attr("role", "status").live_text(move || match session.pause.get() {
        0 => String::new(),
        _ => session.answers.with_untracked(|answers| said(answers.get(&name))),
    });
    vec![line.into(), spoken.into()]
}
