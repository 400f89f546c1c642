//! Who is asked what: which pages and questions a set of answers leads to.

use crate::answer::{Answer, Answers};
use crate::definition::Survey;

/// Which pages and questions are shown. Conditions look back only, so one pass in order decides.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    pages: Vec<bool>,
    questions: Vec<Vec<bool>>,
}

impl Route {
    /// The route that `answers` lead through `survey`. An answer to a question that is not shown counts for nothing.
    #[must_use]
    pub fn of(survey: &Survey, answers: &Answers) -> Self {
        let mut route = Self::default();
        for page in &survey.pages {
            let shown =
                page.show_if.as_ref().is_none_or(|c| c.holds(&|name| route.answer(survey, answers, name)));
            route.pages.push(shown);
            route.questions.push(Vec::with_capacity(page.questions.len()));
            for question in &page.questions {
                let holds = |route: &Self| {
                    question
                        .show_if
                        .as_ref()
                        .is_none_or(|c| c.holds(&|name| route.answer(survey, answers, name)))
                };
                let shown = shown && holds(&route);
                if let Some(questions) = route.questions.last_mut() {
                    questions.push(shown);
                }
            }
        }
        route
    }

    /// Whether the page with this index is shown, and has something to show.
    #[must_use]
    pub fn shows_page(&self, page: usize) -> bool {
        self.questions.get(page).is_some_and(|questions| questions.contains(&true))
    }

    /// Whether a question is shown, by the index of its page and its index there.
    #[must_use]
    pub fn shows(&self, (page, question): (usize, usize)) -> bool {
        self.questions.get(page).and_then(|questions| questions.get(question)).copied().unwrap_or(false)
    }

    /// The next page shown after `page`.
    #[must_use]
    pub fn after(&self, page: usize) -> Option<usize> {
        (page + 1..self.pages.len()).find(|page| self.shows_page(*page))
    }

    /// The last page shown before `page`.
    #[must_use]
    pub fn before(&self, page: usize) -> Option<usize> {
        (0..page.min(self.pages.len())).rev().find(|page| self.shows_page(*page))
    }

    /// The first page shown; the first of all when none is.
    #[must_use]
    pub fn first(&self) -> usize {
        (0..self.pages.len()).find(|page| self.shows_page(*page)).unwrap_or(0)
    }

    fn answer<'a>(&self, survey: &Survey, answers: &'a Answers, name: &str) -> Option<&'a Answer> {
        answers.get(name).filter(|_| survey.place(name).is_some_and(|place| self.shows(place)))
    }
}
