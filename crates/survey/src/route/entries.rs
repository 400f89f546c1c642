//! What is asked in the entries of a repeating group.

use super::standing::Standing;
use super::{Part, Place, Route};
use crate::answer::Answers;
use crate::definition::{Question, Survey};
use crate::domain::Domain;

impl Route {
    /// Whether an entry of a group would have a question to begin with; without one nobody could answer the group.
    pub(super) fn asks_anything(&self, survey: &Survey, questions: &[Question]) -> bool {
        let blank = Answers::default();
        let scope = Standing::of(survey, self).within(questions, &blank);
        let asked = |question: &&Question| question.domain.is_asked();
        questions
            .iter()
            .filter(asked)
            .any(|question| question.show_if.as_ref().is_none_or(|condition| condition.holds(&scope)))
    }

    /// The entries of a group without what is not asked in each of them.
    pub(super) fn settle_entries(
        &mut self,
        survey: &Survey,
        group: &Question,
        place: Place,
        entries: &[Answers],
    ) -> Vec<Answers> {
        let Domain::Entries(asked) = &group.domain else { return Vec::new() };
        let mut settled = Vec::with_capacity(entries.len());
        for (number, entry) in entries.iter().enumerate() {
            let mut standing = Answers::default();
            for (index, question) in asked.questions.iter().enumerate() {
                let scope = Standing::of(survey, self).within(&asked.questions, &standing);
                let shown = question.show_if.as_ref().is_none_or(|condition| condition.holds(&scope));
                if shown {
                    standing.set(&question.name, entry.get(&question.name).cloned());
                } else {
                    self.withheld.push((place, Part::Inner(number, index)));
                }
            }
            settled.push(standing);
        }
        settled
    }
}
