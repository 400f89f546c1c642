//! Help with answering, below every page: one question at a time, and a word that somebody helps. Native elements that
//! post the form, so that they work with scripts off; what a browser can add of its own is in `public/aloud.js`.

use crate::form::{button, hidden};
use crate::node::{Node, element};
use crate::session::Session;
use crate::view::State;
use survey::Pace;
use survey::form::{ASSISTED, Go};

/// What is said of whom a citizen has at her side.
const HELPER: &str = "helper";
/// What an agency says of a device of its own, where nobody is asked.
const STAFF: &str = "staff";

/// Closed until somebody wants it; gone when there is nothing left to answer. It stands outside the pages, so that what
/// is ticked here stays ticked.
pub(crate) fn aids(session: &Session) -> Option<Node> {
    let survey = &session.fixed.survey;
    if !survey.asks_several() || session.fixed.assisted.is_empty() {
        return None;
    }
    let is_over = session.clone();
    let is_over = move || is_over.state.with(|state| !matches!(state, State::At(_)));
    let word = if survey.pace == Pace::One { "pace_all" } else { "pace_one" };
    let pace = button("pace", "button", &Go::Pace(survey.pace.other()), session.word(word));
    // It comes and goes with the button that it speaks of.
    let later = || session.fixed.words.fill("aids_later", &[("keep", session.word("draft_keep").to_owned())]);
    let later = survey.drafts.then(|| element("p").class("keep").text(&later()).into());
    let details = element("details")
        .part("aids", "aids")
        .live_attr("hidden", move || is_over().then(String::new))
        .child(element("summary").text(session.word("aids")))
        .children(survey.has_paces().then(|| pace.into()))
        .children(helped(session))
        .children(later);
    Some(details.into())
}

/// A box to tick; nothing where the page has said who answers.
fn helped(session: &Session) -> Option<Node> {
    let assisted = &session.fixed.assisted;
    if assisted == STAFF {
        return None;
    }
    let field = element("input")
        .attr("type", "checkbox")
        .attr("id", ASSISTED)
        .attr("name", ASSISTED)
        .attr("value", HELPER)
        .flag("checked", assisted == HELPER);
    let label = element("label").attr("for", ASSISTED).text(session.word("aids_helper"));
    Some(element("div").class("option").child(field).child(label).into())
}

/// What is posted with the form and not asked: its pace, and that staff has it in hand.
pub(crate) fn fields(session: &Session) -> impl Iterator<Item = Node> {
    let fixed = &session.fixed;
    let paced = fixed.survey.pace == Pace::One;
    let pace = paced.then(|| hidden(survey::form::PACE, Pace::One.name()).into());
    let staff = (fixed.assisted == STAFF).then(|| hidden(ASSISTED, STAFF).into());
    pace.into_iter().chain(staff)
}
