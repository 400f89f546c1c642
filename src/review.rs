//! The answers for checking before they are sent, each with a way back to it (GOV.UK Design System, check answers).

use crate::form::button;
use crate::node::{Node, element};
use crate::page::{back, buttons, carried};
use crate::session::Session;
use crate::spoken::lines;
use survey::form::Go;
use survey::route::Route;
use survey::{Answers, At, Domain, Question};

pub(crate) fn review(session: &Session) -> Node {
    let note = element("p").class("review-note").text(session.word("review_note"));
    element("div")
        .part("page", "page")
        .attr("tabindex", "-1")
        .children(back(session, At::Review))
        .child(session.heading(0, "title", session.word("review_title")))
        .child(note)
        .children(carried(session, None, At::Review))
        .child(answers(session, true))
        .child(buttons(session, At::Review))
        .into()
}

/// Every question that was asked with its answer, in the order of the pages.
pub(crate) fn answers(session: &Session, can_change: bool) -> Node {
    let rows = session.route.with_untracked(|route| {
        each_asked(session, route, |page, question| {
            // While answers are checked, questions about the respondent are still to come.
            let is_late = can_change && session.fixed.survey.pages[page].after_review;
            (!is_late).then(|| row(session, route.answers(), (page, question), can_change))
        })
    });
    element("dl").part("answers", "answers").children(rows.into_iter().flatten()).into()
}

/// Goes over the questions that were asked, page by page.
pub(crate) fn each_asked<T>(
    session: &Session,
    route: &Route,
    mut each: impl FnMut(usize, &Question) -> T,
) -> Vec<T> {
    let survey = &session.fixed.survey;
    let mut all = Vec::new();
    for (page, content) in survey.pages.iter().enumerate() {
        for (index, question) in content.questions.iter().enumerate() {
            if route.shows((page, index)) && question.domain.is_asked() {
                all.push(each(page, question));
            }
        }
    }
    all
}

/// The answer to a question, a line for each thing in it.
pub(crate) fn said(session: &Session, answers: &Answers, question: &Question) -> Vec<String> {
    match answers.get(&question.name) {
        Some(answer) => lines(session, question, &question.domain, answer, Some(answers)),
        None => vec![session.word("not_provided").to_owned()],
    }
}

fn row(session: &Session, answers: &Answers, (page, question): (usize, &Question), can_change: bool) -> Node {
    let text = session.say(&question.text);
    let line = |line: String| element("p").text(&line).into();
    // Words of her own may be in any language, and are not read by the voice of this one (WCAG 2.2, 3.1.2).
    let said_in = element("dd");
    let said_in = if let Domain::Words(_) = question.domain { said_in.attr("lang", "") } else { said_in };
    let said = said_in.children(said(session, answers, question).into_iter().map(line));
    let change = can_change.then(|| {
        let hidden = session.fixed.words.fill("change_hidden", &[("q", text.clone())]);
        let button =
            button("change", "button", &Go::Change(page), session.word("change")).attr("aria-label", &hidden);
        element("dd").class("action").child(button).into()
    });
    element("div").class("answer").child(element("dt").text(&text)).child(said).children(change).into()
}
