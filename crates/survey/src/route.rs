//! Who is asked what: which pages, questions, options and rows a set of answers leads to, and which of the answers
//! stand.
//!
//! Everything looks back only, so one pass in order decides. An answer to what is not shown counts for nothing: it
//! stays with the citizen and comes back on the screen with its question, but no condition sees it and it is not sent.

mod entries;
mod standing;
mod way;

use crate::answer::{Answer, Answers};
use crate::calendar::Date;
use crate::definition::{Choice, Page, Question, Survey};
use crate::domain::Domain;
use crate::expression::{Datum, Expression};
use crate::order::shuffled;
use standing::Standing;

/// What else than answers decides: the same on both ends, and told with the response.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Occasion {
    /// The seed of all random orders of this response.
    pub seed: u32,
    /// The day in Kazakhstan.
    pub today: Option<Date>,
}

/// Where a citizen is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum At {
    /// On the page with this index.
    Page(usize),
    /// Where the answers are checked before they are sent.
    Review,
}

/// A part of a question that is not shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Choice(i64),
    Row(i64),
    /// A question of an entry, by the index of either.
    Inner(usize, usize),
}

/// Page and question.
type Place = (usize, usize);

/// Which pages, questions, options and rows are shown, and which answers stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Route {
    /// Indexes of the pages in the order in which they come.
    order: Vec<usize>,
    pages: Vec<bool>,
    questions: Vec<Vec<bool>>,
    withheld: Vec<(Place, Part)>,
    answers: Answers,
    values: Vec<(String, Datum)>,
    /// The page after which it ends early, and by which turn.
    end: Option<(usize, usize)>,
    today: Option<Date>,
}

impl Route {
    /// The route that `answers` lead through `survey`.
    #[must_use]
    pub fn of(survey: &Survey, answers: &Answers, occasion: Occasion) -> Self {
        let mut route = Self {
            order: page_order(survey, occasion.seed),
            pages: vec![false; survey.pages.len()],
            questions: survey.pages.iter().map(|page| vec![false; page.questions.len()]).collect(),
            today: occasion.today,
            ..Self::default()
        };
        let mut skipped_to = None;
        for step in 0..route.order.len() {
            let index = route.order[step];
            if skipped_to == Some(index) {
                skipped_to = None;
            }
            let page = &survey.pages[index];
            if skipped_to.is_some() || route.end.is_some() || !route.holds(survey, page.show_if.as_ref()) {
                continue;
            }
            route.pages[index] = true;
            for (place, question) in page.questions.iter().enumerate() {
                let shown = route.holds(survey, question.show_if.as_ref());
                route.questions[index][place] =
                    shown && route.settle(survey, question, (index, place), answers);
            }
            skipped_to = route.turn(survey, page, step);
        }
        route
    }

    fn holds(&self, survey: &Survey, condition: Option<&Expression>) -> bool {
        condition.is_none_or(|condition| condition.holds(&Standing::of(survey, self)))
    }

    /// Decides what of a question is shown and what of its answer stands. `false` when nothing is left to answer.
    fn settle(&mut self, survey: &Survey, question: &Question, place: Place, answers: &Answers) -> bool {
        if let Domain::Computed(expression) = &question.domain {
            let value = expression.as_ref().map(|value| value.evaluate(&Standing::of(survey, self)));
            self.values.push((question.name.clone(), value.unwrap_or(Datum::Nothing)));
            return true;
        }
        if let Domain::Entries(group) = &question.domain
            && !self.asks_anything(survey, &group.questions)
        {
            return false;
        }
        let out = self.out(survey, question);
        let offers_row = |row: i64| !out.contains(&Part::Row(row));
        let offers = |code: i64| !out.contains(&Part::Choice(code));
        let some_left = |all: &[Choice], left: &dyn Fn(i64) -> bool| {
            all.is_empty() || all.iter().any(|choice| left(choice.code))
        };
        if !some_left(&question.choices, &offers) || !some_left(&question.rows, &offers_row) {
            return false;
        }
        let standing = answers.get(&question.name).and_then(|answer| match answer {
            Answer::Rows(rows) => {
                let kept = rows.iter().filter(|(row, _)| offers_row(*row));
                let kept = kept.filter_map(|(row, answer)| Some((*row, of_offered(answer, &offers)?)));
                Some(Answer::Rows(kept.collect())).filter(|answer| !answer.is_blank())
            }
            Answer::Entries(entries) => {
                Some(Answer::Entries(self.settle_entries(survey, question, place, entries)))
            }
            answer => of_offered(answer, &offers),
        });
        self.withheld.extend(out.into_iter().map(|part| (place, part)));
        if question.chooses_other(standing.as_ref()) {
            let other = question.other_name();
            self.answers.set(&other, answers.get(&other).cloned());
        }
        self.answers.set(&question.name, standing);
        true
    }

    /// The options and rows that are not offered.
    fn out(&self, survey: &Survey, question: &Question) -> Vec<Part> {
        let standing = Standing::of(survey, self);
        let out =
            |choice: &&Choice| choice.show_if.as_ref().is_some_and(|condition| !condition.holds(&standing));
        let mut parts: Vec<Part> =
            question.choices.iter().filter(out).map(|choice| Part::Choice(choice.code)).collect();
        let chosen = question.rows_from.as_deref().map(|name| match self.answers.get(name) {
            Some(Answer::Codes(codes)) => codes.clone(),
            Some(Answer::Code(code)) => vec![*code],
            _ => Vec::new(),
        });
        let unchosen = |row: &Choice| chosen.as_ref().is_some_and(|chosen| !chosen.contains(&row.code));
        parts.extend(
            question.rows.iter().filter(|row| unchosen(row) || out(row)).map(|row| Part::Row(row.code)),
        );
        parts
    }

    /// Where the page leads: to the page that is skipped to, or to an early end.
    fn turn(&mut self, survey: &Survey, page: &Page, step: usize) -> Option<usize> {
        let taken = page.turns.iter().position(|turn| self.holds(survey, turn.when.as_ref()))?;
        let turn = &page.turns[taken];
        // Never back: a definition that leads back was not checked, and would never end.
        let ahead = |to: &usize| self.order[step + 1..].contains(to);
        if turn.to.is_none() && turn.end.is_some() {
            self.end = Some((self.order[step], taken));
        }
        turn.to.filter(ahead)
    }

    /// Whether the page with this index is shown, and has something to show.
    #[must_use]
    pub fn shows_page(&self, survey: &Survey, page: usize) -> bool {
        let Some(content) = survey.pages.get(page) else { return false };
        let visible = |(index, question): (usize, &Question)| {
            self.shows((page, index))
                && (question.domain.is_asked() || matches!(question.domain, Domain::Nothing))
        };
        content.questions.iter().enumerate().any(visible)
    }

    /// Whether a question is shown, by the index of its page and its index there.
    #[must_use]
    pub fn shows(&self, (page, question): (usize, usize)) -> bool {
        self.questions.get(page).and_then(|questions| questions.get(question)).copied().unwrap_or(false)
    }

    /// Whether an option of a question is offered.
    #[must_use]
    pub fn offers(&self, place: (usize, usize), code: i64) -> bool {
        !self.withheld.contains(&(place, Part::Choice(code)))
    }

    /// Whether a row of a question is asked.
    #[must_use]
    pub fn asks_row(&self, place: (usize, usize), row: i64) -> bool {
        !self.withheld.contains(&(place, Part::Row(row)))
    }

    /// Whether a question of an entry is asked, by the indexes of both.
    #[must_use]
    pub fn asks_inner(&self, place: (usize, usize), entry: usize, question: usize) -> bool {
        !self.withheld.contains(&(place, Part::Inner(entry, question)))
    }

    /// The answers that stand: without those to what is not shown.
    #[must_use]
    pub fn answers(&self) -> &Answers {
        &self.answers
    }

    /// What a computed variable comes to.
    #[must_use]
    pub fn value(&self, variable: &str) -> Option<&Datum> {
        self.values.iter().find(|(name, _)| name == variable).map(|(_, value)| value)
    }

    /// Whether a condition holds for the answers that stand.
    #[must_use]
    pub fn satisfies(&self, survey: &Survey, condition: &Expression) -> bool {
        condition.holds(&Standing::of(survey, self))
    }

    /// The same inside an entry of a group.
    pub(crate) fn satisfies_within(
        &self,
        survey: &Survey,
        questions: &[Question],
        entry: &Answers,
        condition: &Expression,
    ) -> bool {
        condition.holds(&Standing::of(survey, self).within(questions, entry))
    }

    /// The page and the turn by which it ends early.
    #[must_use]
    pub fn early_end(&self) -> Option<(usize, usize)> {
        self.end
    }
}

/// Without what is not offered.
fn of_offered(answer: &Answer, offered: &impl Fn(i64) -> bool) -> Option<Answer> {
    match answer {
        Answer::Code(code) => offered(*code).then(|| answer.clone()),
        Answer::Codes(codes) => {
            let kept: Vec<i64> = codes.iter().copied().filter(|code| offered(*code)).collect();
            (!kept.is_empty()).then_some(Answer::Codes(kept))
        }
        answer => Some(answer.clone()),
    }
}

/// The pages in the order in which they come: those about the respondent last.
pub(crate) fn page_order(survey: &Survey, seed: u32) -> Vec<usize> {
    let pages = &survey.pages;
    let order = shuffled(seed, "", pages.len(), |page| !survey.moves(page));
    let (late, early): (Vec<usize>, Vec<usize>) =
        order.into_iter().partition(|page| pages[*page].after_review);
    early.into_iter().chain(late).collect()
}
