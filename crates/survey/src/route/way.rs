//! The way along a route: what comes first, after and before, and where the answers are checked.

use super::{At, Route};
use crate::definition::Survey;

impl Route {
    /// The pages that are shown, in their order.
    fn shown<'a>(&'a self, survey: &'a Survey) -> impl DoubleEndedIterator<Item = usize> + 'a {
        self.order.iter().copied().filter(|page| self.shows_page(survey, *page))
    }

    /// The pages in their order, shown or not.
    pub(crate) fn order(&self) -> &[usize] {
        &self.order
    }

    /// The place of a page in the order, whether it is shown or not.
    fn place(&self, page: usize) -> usize {
        self.order.iter().position(|other| *other == page).unwrap_or(0)
    }

    /// The first page shown; the first of all when none is.
    #[must_use]
    pub fn first(&self, survey: &Survey) -> usize {
        self.shown(survey).next().unwrap_or(0)
    }

    /// Whether the answers are checked before they are sent: who is not to be asked further before that has nothing to
    /// check.
    #[must_use]
    pub fn is_reviewed(&self, survey: &Survey) -> bool {
        survey.review && self.end.is_none_or(|(page, _)| survey.pages[page].after_review)
    }

    /// What comes after; `None` when the answers can be sent.
    #[must_use]
    pub fn after(&self, survey: &Survey, at: At) -> Option<At> {
        let late = |page: &usize| survey.pages[*page].after_review;
        match at {
            At::Review => self.shown(survey).find(late).map(At::Page),
            At::Page(page) => {
                let next = self.shown(survey).find(|other| self.place(*other) > self.place(page));
                let crosses = !late(&page) && next.as_ref().is_none_or(late);
                if crosses && self.is_reviewed(survey) { Some(At::Review) } else { next.map(At::Page) }
            }
        }
    }

    /// What came before; `None` at the beginning.
    #[must_use]
    pub fn before(&self, survey: &Survey, at: At) -> Option<At> {
        let late = |page: &usize| survey.pages[*page].after_review;
        match at {
            At::Review => self.shown(survey).rfind(|page| !late(page)).map(At::Page),
            At::Page(page) => {
                let before = self.shown(survey).rfind(|other| self.place(*other) < self.place(page));
                let crosses = late(&page) && before.as_ref().is_none_or(|before| !late(before));
                if crosses && self.is_reviewed(survey) { Some(At::Review) } else { before.map(At::Page) }
            }
        }
    }
}
