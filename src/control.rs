//! Controls: how a question looks. One file a look, beside one of the same name in `style/control/`.
//!
//! A control draws native fields under the names that [`survey::form`] reads, filled with the answers given so far. It
//! handles no event: the form reads the fields.

mod choice;
mod points;
mod words;

use crate::node::Node;
use crate::session::Session;
use survey::{Control, Question};
pub(crate) use words::words;

/// The control of a question with options.
pub(crate) fn choices(session: &Session, question: &Question) -> Vec<Node> {
    match question.kind.control() {
        Control::One(choices) => vec![choice::list(session, question, choices, "radio")],
        Control::Several(choices) => vec![choice::list(session, question, choices, "checkbox")],
        Control::Points(scale) => points::points(session, question, scale),
        // Words have a label rather than a legend; `question` draws them.
        Control::Words { .. } => Vec::new(),
    }
}
