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
use survey::kind::{Line, WHOLE};
use survey::{Answer, Control, Domain};

/// The one field of a question that has but one, which its text labels.
pub(crate) fn field(asked: &Asked<'_>) -> Element {
    match &asked.question.control {
        Control::Area { lines } => words::area(asked, *lines),
        Control::Search if WHOLE => search::field(asked),
        Control::Select if WHOLE => select::field(asked),
        Control::Line(line) => words::line(asked, line),
        _ => words::line(asked, &Line::default()),
    }
}

/// What stands after that field.
pub(crate) fn after(asked: &Asked<'_>) -> Vec<Node> {
    match &asked.question.control {
        Control::Area { .. } => words::count(asked),
        Control::Line(line) => words::unit(asked.session, line.unit.as_ref()).into_iter().collect(),
        Control::Search if WHOLE => search::after(asked),
        _ => Vec::new(),
    }
}

/// The fields of a question that has several.
pub(crate) fn fields(asked: &Asked<'_>) -> Vec<Node> {
    match &asked.question.control {
        Control::Choices | Control::Cards | Control::Faces => choice::list(asked),
        Control::Points(scale) => points::points(asked, scale),
        Control::Cascade { levels } if WHOLE => select::cascade(asked, *levels),
        Control::Ranks if WHOLE => ranks::ranks(asked),
        Control::Amounts { unit } if WHOLE => amounts::amounts(asked, unit.as_ref()),
        Control::Grid if WHOLE => grid::grid(asked),
        Control::Parts if WHOLE => parts::parts(asked),
        Control::Entries { .. } if WHOLE => entries::entries(asked),
        // The others have one field or none.
        _ => Vec::new(),
    }
}

/// What helps to answer a question whose author gave no hint.
pub(crate) fn hint(asked: &Asked<'_>) -> Option<String> {
    let session = asked.session;
    let words = match (&asked.question.control, &asked.question.domain) {
        (Control::Choices | Control::Cards, Domain::Several { max, .. })
            if asked.question.choices.len() > 1 =>
        {
            return Some(choice::how_many(asked, *max));
        }
        (Control::Parts, Domain::Moment(moment)) if WHOLE => parts::example(moment.unit),
        (Control::Search, _) => "search_hint",
        _ => return None,
    };
    Some(session.word(words).to_owned())
}

/// What a count says of an answer.
type Said = dyn Fn(Option<&Answer>) -> String + Send + Sync;

/// What a count says of the answer: seen at once, and spoken when the citizen has stopped typing.
fn counts(asked: &Asked<'_>, said: impl Fn(Option<&Answer>) -> String + Send + Sync + 'static) -> Vec<Node> {
    let said: Arc<Said> = Arc::new(said);
    let (session, read, seen) = (asked.session.clone(), asked.reader(), Arc::clone(&said));
    let line = element("p").part("count", "count").attr("aria-hidden", "true");
    let line = line.live_text(move || session.answers.with(|answers| seen(read(answers).as_ref())));
    let (session, read) = (asked.session.clone(), asked.reader());
    let spoken =
        element("p").class("spoken").attr("role", "status").live_text(move || match session.pause.get() {
            0 => String::new(),
            _ => session.answers.with_untracked(|answers| said(read(answers).as_ref())),
        });
    vec![line.into(), spoken.into()]
}
