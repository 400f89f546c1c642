//! The mechanisms of participation, and the states that a matter of each goes through.

/// What a survey is besides asking ("Listening State" concept: consultations, general meetings, online forums, reception
/// and other mechanisms).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mechanism {
    /// Whether a page was useful, on every page of a site.
    Feedback,
    /// Comments on a draft.
    Consultation,
    /// Ideas, and votes on them.
    Forum,
    /// Questions to a general meeting.
    Meeting,
    /// Matters of citizens who are received.
    Reception,
    /// Projects among which citizens choose.
    Prioritising,
}

/// Where a matter stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// It came in.
    Received,
    /// Somebody has looked at it, and it goes on.
    Checked,
    /// Somebody is to answer it.
    Assigned,
    /// It was answered.
    Answered,
    /// What it asks for was done.
    Implemented,
    /// It was declined, for a reason.
    Declined,
    /// What it says was taken over.
    Accepted,
    /// What it says was taken over in part, for a reason.
    Partly,
    /// What it says was not taken over, for a reason.
    Rejected,
    /// Nothing more is to be done.
    Closed,
    /// The citizen took it back.
    Withdrawn,
}

/// Whether everybody may see what was said.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shown {
    /// Nobody has decided, and nobody sees it.
    #[default]
    Waiting,
    /// Everybody sees it.
    Shown,
    /// It is not shown, for a reason.
    Hidden,
}

use Mechanism::{Consultation, Feedback, Forum, Meeting, Prioritising, Reception};
use State::{
    Accepted, Answered, Assigned, Checked, Closed, Declined, Implemented, Partly, Received, Rejected,
    Withdrawn,
};

/// Which states may follow which. Withdrawn follows each, by the citizen alone, and nothing follows it.
const MOVES: [(Mechanism, State, &[State]); 21] = [
    (Consultation, Received, &[Accepted, Partly, Rejected]),
    (Consultation, Accepted, &[Partly, Rejected]),
    (Consultation, Partly, &[Accepted, Rejected]),
    (Consultation, Rejected, &[Accepted, Partly]),
    (Forum, Received, &[Checked, Declined]),
    (Forum, Checked, &[Assigned, Answered, Implemented, Declined]),
    (Forum, Assigned, &[Answered, Implemented, Declined]),
    (Forum, Answered, &[Assigned, Implemented, Declined]),
    (Forum, Implemented, &[Assigned]),
    (Forum, Declined, &[Checked]),
    (Meeting, Received, &[Checked, Declined]),
    (Meeting, Checked, &[Assigned, Answered, Declined]),
    (Meeting, Assigned, &[Assigned, Answered, Implemented, Declined]),
    (Meeting, Answered, &[Assigned, Implemented]),
    (Meeting, Implemented, &[Assigned]),
    (Meeting, Declined, &[Checked]),
    (Reception, Received, &[Assigned, Answered, Declined]),
    (Reception, Assigned, &[Assigned, Answered, Declined]),
    (Reception, Answered, &[Assigned, Closed]),
    (Reception, Declined, &[Assigned, Closed]),
    (Reception, Closed, &[Assigned]),
];

impl Mechanism {
    /// All of them.
    pub const ALL: [Self; 6] = [Feedback, Consultation, Forum, Meeting, Reception, Prioritising];

    /// How a definition writes it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Feedback => "feedback",
            Consultation => "consultation",
            Forum => "forum",
            Meeting => "meeting",
            Reception => "reception",
            Prioritising => "prioritising",
        }
    }

    /// The one that is written like this.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mechanism| mechanism.name() == name)
    }

    /// Whether each response to it opens a matter.
    #[must_use]
    pub fn opens_matters(self) -> bool {
        MOVES.iter().any(|(mechanism, ..)| *mechanism == self)
    }

    /// The states that may follow one, in the order in which they are offered.
    #[must_use]
    pub fn after(self, state: State) -> &'static [State] {
        let here = |(mechanism, from, _): &&(Mechanism, State, _)| (*mechanism, *from) == (self, state);
        MOVES.iter().find(here).map_or(&[], |(.., to)| to)
    }

    /// The states that a matter of it can have, in the order in which it goes through them.
    pub fn states(self) -> impl Iterator<Item = State> {
        let reached = move |state: &State| {
            *state == Received || MOVES.iter().any(|(of, _, to)| *of == self && to.contains(state))
        };
        State::ALL
            .into_iter()
            .filter(move |state| self.opens_matters() && (reached(state) || *state == Withdrawn))
    }
}

impl State {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Received,
        Checked,
        Assigned,
        Answered,
        Implemented,
        Declined,
        Accepted,
        Partly,
        Rejected,
        Closed,
        Withdrawn,
    ];

    /// The word that it is kept under.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Received => "received",
            Checked => "checked",
            Assigned => "assigned",
            Answered => "answered",
            Implemented => "implemented",
            Declined => "declined",
            Accepted => "accepted",
            Partly => "partly",
            Rejected => "rejected",
            Closed => "closed",
            Withdrawn => "withdrawn",
        }
    }

    /// The one that is kept under this word.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|state| state.name() == name)
    }

    /// Whether a reason is owed to whoever spoke.
    #[must_use]
    pub fn needs_reason(self) -> bool {
        matches!(self, Declined | Partly | Rejected)
    }

    /// Whether somebody still has to do something.
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Received | Checked | Assigned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_names_one() {
        assert!(State::ALL.iter().all(|state| State::named(state.name()) == Some(*state)));
        assert!(
            Mechanism::ALL.iter().all(|mechanism| Mechanism::named(mechanism.name()) == Some(*mechanism))
        );
        assert_eq!((State::named("lost"), Mechanism::named("poll")), (None, None));
    }

    #[test]
    fn what_a_matter_can_become_it_can_also_leave_but_for_what_was_taken_back() {
        for mechanism in Mechanism::ALL.into_iter().filter(|mechanism| mechanism.opens_matters()) {
            for state in mechanism.states() {
                assert_eq!(mechanism.after(state).is_empty(), state == Withdrawn, "{mechanism:?} {state:?}");
            }
            assert!(mechanism.states().any(State::needs_reason));
        }
        assert!(!Feedback.opens_matters() && Feedback.states().next().is_none());
    }

    #[test]
    fn every_line_of_the_table_can_be_reached() {
        for (mechanism, from, _) in MOVES {
            assert!(mechanism.states().any(|state| state == from), "{mechanism:?} {from:?}");
        }
    }
}
