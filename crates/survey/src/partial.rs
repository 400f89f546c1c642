//! Parts of responses: what somebody has answered so far. Checked as far as it goes, and told apart in exports by what the
//! citizen has not come to.

use crate::answer::Answers;
use crate::check::check;
use crate::columns::{Cell, Part, Table, of_survey};
use crate::definition::Survey;
use crate::domain::Domain;
use crate::missing::Missing;
use crate::problem::{Code, Problem};
use crate::response::{Envelope, Response};
use crate::route::{Occasion, Route, page_order};

/// A part of a response as it travels: a response with two fields more.
#[derive(Clone, Debug, PartialEq)]
pub struct Partial {
    /// What was answered so far, under the id that the whole response will have.
    pub response: Response,
    /// Which of several parts of one response is the latest: the one with the greatest number.
    pub turn: u32,
    /// The variables of the questions that have been shown.
    pub seen: Vec<String>,
}

impl Partial {
    /// Reads the body of a part of a response.
    ///
    /// # Errors
    /// Every problem with the envelope at once.
    pub fn read(body: &[u8]) -> Result<Self, Vec<Problem>> {
        let mut envelope = Envelope::read(body)?;
        let turn = envelope.count("turn");
        let seen = envelope.names("seen");
        let response = envelope.response();
        envelope.finish(Self { response, turn, seen })
    }
}

/// Every problem of answers that are not all; empty when they may be kept. What is missing is none: neither an answer, nor
/// what a rule would look at, nor the rest of a list or a sum.
#[must_use]
pub fn check_so_far(survey: &Survey, answers: &Answers, occasion: Occasion) -> Vec<Problem> {
    let is_to_come = |code| {
        matches!(code, Code::Required | Code::Rule | Code::TooFew | Code::Incomplete | Code::WrongTotal)
    };
    check(survey, answers, occasion).into_iter().filter(|problem| !is_to_come(problem.code)).collect()
}

/// Whether each question of a survey, in its order, was reached. What lies on pages after the last one that anything was
/// shown of was not, whatever its conditions say: nobody knows which way it would have gone. Before that, what would be
/// shown and has not been was not.
fn reached(survey: &Survey, route: &Route, seen: &[String], occasion: Occasion) -> Vec<bool> {
    let is_seen = |name: &String| seen.contains(name);
    let has_seen =
        |page: &usize| survey.pages[*page].questions.iter().any(|question| is_seen(&question.name));
    let order = page_order(survey, occasion.seed);
    let left = order.iter().rposition(has_seen).map_or(0, |last| last + 1);
    let mut reached = Vec::new();
    for (number, page) in survey.pages.iter().enumerate() {
        let was_here = order[..left].contains(&number);
        for (index, question) in page.questions.iter().enumerate() {
            reached.push(was_here && (is_seen(&question.name) || !route.shows((number, index))));
        }
    }
    reached
}

impl Table {
    /// Says of what a citizen did not come to that it was not reached ([`Missing::NotReached`]), in the row of a part of a
    /// response. An answer that is there all the same, such as one that the page gave, stays.
    pub fn leave(
        &self,
        index: usize,
        survey: &Survey,
        (answers, seen): (&Answers, &[String]),
        occasion: Occasion,
        row: &mut [Cell],
    ) {
        let route = Route::of(survey, answers, occasion);
        let reached = reached(survey, &route, seen, occasion);
        let mut places = self.places(index).iter();
        for ((question, columns), reached) in of_survey(survey).zip(reached) {
            let is_computed = matches!(question.domain, Domain::Computed(_));
            for (column, place) in columns.iter().zip(places.by_ref()) {
                let given = !matches!(row[*place], Cell::Missing(_));
                let stays = given && !is_computed && !matches!(column.part, Part::Position | Part::Entries);
                if !reached && !stays {
                    row[*place] = Cell::Missing(Missing::NotReached);
                }
            }
        }
    }
}
