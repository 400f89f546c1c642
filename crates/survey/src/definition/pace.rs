//! One question a page: the same survey with its pages split, for whoever wants to see one thing at a time.
//!
//! Only the pages are others. Every question is asked under the same conditions and in the same order, so that what is
//! sent, checked, counted and exported does not differ: none of that asks how many questions stood on a page.

use super::reading::places;
use super::{Page, Question, Survey};
use crate::answer::Answers;
use crate::route::{At, Route, page_order};

/// How many questions stand on a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Pace {
    /// As many as the author put there: `all`.
    #[default]
    All,
    /// One: `one`.
    One,
}

impl Pace {
    /// The pace of this name.
    #[must_use]
    pub fn read(name: &str) -> Option<Self> {
        match name {
            "one" => Some(Self::One),
            "all" => Some(Self::All),
            _ => None,
        }
    }

    /// Its name in definitions, addresses and forms.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::One => "one",
        }
    }

    /// The other one.
    #[must_use]
    pub fn other(self) -> Self {
        match self {
            Self::All => Self::One,
            Self::One => Self::All,
        }
    }
}

impl Survey {
    /// The survey as it is asked at a pace, in the order that a response with this seed has. Called once for a survey as
    /// it was read: pages that were split are not put together again.
    #[must_use]
    pub fn at_pace(mut self, pace: Pace, seed: u32) -> Self {
        self.pace = pace;
        if pace == Pace::One {
            self.split(seed);
        }
        self
    }

    /// Splits each page into parts of one question. The parts have the id of their page, so that what is told of a page
    /// is told of the page that the author wrote. What comes in a random order is put into it: a part has no place of
    /// its own among the pages that move.
    fn split(&mut self, seed: u32) {
        let order = page_order(self, seed);
        let mut first = vec![0; self.pages.len()];
        let mut parts = Vec::new();
        for index in order {
            first[index] = parts.len();
            split_page(std::mem::take(&mut self.pages[index]), seed, &mut parts);
        }
        for turn in parts.iter_mut().flat_map(|part| &mut part.turns) {
            turn.to = turn.to.map(|page| first[page]);
        }
        self.shuffle = false;
        self.places = places(&parts);
        self.pages = parts;
    }

    /// Whether a page holds more than one question, or held.
    #[must_use]
    pub fn has_paces(&self) -> bool {
        self.pace == Pace::One || self.pages.iter().any(|page| asked(&page.questions) > 1)
    }

    /// Whether more than one thing is asked, so that help with answering is worth offering.
    #[must_use]
    pub fn asks_several(&self) -> bool {
        self.pages.iter().map(|page| asked(&page.questions)).sum::<usize>() > 1
    }

    /// Where somebody who is at `at` goes on in `other`, the same survey at another pace: at the first question on the
    /// page, as it stands on the screen, that has no answer, else at its first.
    #[must_use]
    pub fn at_other_pace(&self, other: &Self, at: At, seed: u32, (route, answers): (&Route, &Answers)) -> At {
        let At::Page(number) = at else { return at };
        let Some(page) = self.pages.get(number) else { return at };
        let order = page.order(seed);
        let is_open = |index: &&usize| {
            let question = &page.questions[**index];
            route.shows((number, **index))
                && question.domain.is_asked()
                && answers.get(&question.name).is_none()
        };
        let goes_on = order.iter().find(is_open).or(order.first());
        let place = goes_on.and_then(|index| other.place(&page.questions[*index].name));
        At::Page(place.map_or(0, |(page, _)| page))
    }
}

/// How many of the questions somebody is asked.
fn asked(questions: &[Question]) -> usize {
    questions.iter().filter(|question| question.domain.is_asked()).count()
}

/// Adds the parts of a page. What asks nothing stands with the question that follows, behind the last with that.
fn split_page(mut page: Page, seed: u32, parts: &mut Vec<Page>) {
    let (begin, order) = (parts.len(), page.order(seed));
    let mut questions: Vec<Option<Question>> = page.questions.drain(..).map(Some).collect();
    let mut together = Vec::new();
    for question in order.into_iter().filter_map(|place| questions[place].take()) {
        let is_asked = question.domain.is_asked();
        together.push(question);
        if is_asked {
            parts.push(page.part(std::mem::take(&mut together)));
        }
    }
    match parts.get_mut(begin..).and_then(<[Page]>::last_mut) {
        Some(last) => last.questions.append(&mut together),
        None => parts.push(page.part(together)),
    }
    parts[begin].intro = page.intro;
    // A rule may look at every question of its page, and a turn is taken when they have been answered.
    if let Some(last) = parts.last_mut() {
        (last.rules, last.turns) = (page.rules, page.turns);
    }
}

impl Page {
    /// A part of the page with these questions.
    fn part(&self, questions: Vec<Question>) -> Self {
        Self {
            id: self.id.clone(),
            title: self.title.clone(),
            show_if: self.show_if.clone(),
            questions,
            after_review: self.after_review,
            ..Self::default()
        }
    }
}
