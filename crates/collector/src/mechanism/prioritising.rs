//! Choosing together what is to be done: which question the ballot is, how many projects win, or how far the money goes, and
//! what the counts come to. Ties are said to be ties: nobody is put before another by the order of a list. What was handed
//! out against what came back is in `prioritising/reconciled.rs`.

mod reconciled;

pub(crate) use reconciled::{OnPaper, Reconciled};

use serde_json::Value;
use survey::Survey;
use survey::number::Number;

/// What a definition says of it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Prioritising {
    /// The question that is the ballot.
    pub(crate) question: String,
    /// What there is to be won.
    pub(crate) limit: Limit,
    /// What each project costs, by its code; nothing where it is not said.
    costs: Vec<(i64, Number)>,
}

/// How far it goes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Limit {
    /// So many projects.
    Winners(usize),
    /// As many as this pays for.
    Budget(Number),
}

/// What became of a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// It is to be done.
    Won,
    /// It would cost more than is left.
    NoMoney,
    /// Others have more votes.
    Lost,
    /// It has as many votes as others, and there is not room for all of them.
    Tied,
    /// It depends on how a tie before it is settled, or on votes that are too few to be told.
    Open,
}

impl Fate {
    /// How it is written, and the end of the key of its words.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Won => "won",
            Self::NoMoney => "no_money",
            Self::Lost => "lost",
            Self::Tied => "tied",
            Self::Open => "open",
        }
    }
}

/// A project in the order of votes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Placed {
    /// The code of its option.
    pub(crate) code: i64,
    /// Its votes; nothing where they are too few to be told.
    pub(crate) votes: Option<u64>,
    /// Its place, from 1, the same for all with the same votes; nothing where its votes are not told.
    pub(crate) place: Option<usize>,
    /// What became of it.
    pub(crate) fate: Fate,
}

impl Prioritising {
    /// As a definition has it; `None` of another mechanism.
    pub(crate) fn of(definition: &Value) -> Option<Self> {
        if definition["mechanism"] != "prioritising" {
            return None;
        }
        let own = &definition["prioritising"];
        let limit = match own["winners"].as_u64() {
            Some(winners) => Limit::Winners(usize::try_from(winners).ok()?),
            None => Limit::Budget(Number::from_json(&own["budget"])?),
        };
        let costs = own["costs"].as_array().into_iter().flatten();
        let costs =
            costs.filter_map(|cost| Some((cost["code"].as_i64()?, Number::from_json(&cost["cost"])?)));
        Some(Self { question: own["question"].as_str()?.to_owned(), limit, costs: costs.collect() })
    }

    /// The codes of what can win: not "none of these", nor what is no answer.
    pub(crate) fn candidates(&self, survey: &Survey) -> Vec<i64> {
        let question = survey.question(&self.question);
        let choices = question.into_iter().flat_map(|question| &question.choices);
        choices.filter(|choice| !choice.exclusive && choice.code >= 0).map(|choice| choice.code).collect()
    }

    /// What votes come to, the most first. Votes that are not told may be few or nearly all: who has them may stand
    /// anywhere, so that no place is told, and only what is so wherever they stand.
    pub(crate) fn outcome(&self, votes: &[(i64, Option<u64>)]) -> Vec<Placed> {
        let mut told: Vec<(i64, u64)> =
            votes.iter().filter_map(|(code, votes)| Some((*code, (*votes)?))).collect();
        told.sort_by_key(|(_, votes)| std::cmp::Reverse(*votes));
        let hidden: Vec<i64> =
            votes.iter().filter(|(_, votes)| votes.is_none()).map(|(code, _)| *code).collect();
        let mut placed = self.placed(&told, 0);
        if !hidden.is_empty() {
            let at_worst = self.placed(&told, hidden.len());
            for (best, worst) in placed.iter_mut().zip(at_worst) {
                best.place = None;
                best.fate = if best.fate == worst.fate { best.fate } else { Fate::Open };
            }
        }
        let untold = |code| Placed { code, votes: None, place: None, fate: Fate::Open };
        placed.extend(hidden.into_iter().map(untold));
        placed
    }

    /// What they come to when so many others stand before all of them.
    fn placed(&self, order: &[(i64, u64)], before: usize) -> Vec<Placed> {
        let mut placed: Vec<Placed> = Vec::with_capacity(order.len());
        let mut left = Left::after(self, before);
        for group in order.chunk_by(|one, other| one.1 == other.1) {
            let place = Some(placed.len() + 1);
            let codes: Vec<i64> = group.iter().map(|(code, _)| *code).collect();
            let fates = left.decide(&codes);
            let rows = group.iter().zip(fates);
            placed.extend(rows.map(|((code, votes), fate)| Placed {
                code: *code,
                votes: Some(*votes),
                place,
                fate,
            }));
        }
        placed
    }

    fn cost(&self, code: i64) -> i64 {
        self.costs.iter().find(|(of, _)| *of == code).map_or(0, |(_, cost)| cost.millionths())
    }
}

/// What is left to be given while places are decided one after another.
struct Left<'a> {
    of: &'a Prioritising,
    places: usize,
    money: Option<i64>,
    /// Whether a tie leaves open what is left.
    open: bool,
}

impl<'a> Left<'a> {
    /// After so many of whom nothing is known. What they cost nobody knows either.
    fn after(of: &'a Prioritising, before: usize) -> Self {
        match of.limit {
            Limit::Winners(places) => {
                Self { of, places: places.saturating_sub(before), money: None, open: false }
            }
            Limit::Budget(money) => {
                Self { of, places: usize::MAX, money: Some(money.millionths()), open: before > 0 }
            }
        }
    }

    /// Whether so many of these costs fit together.
    fn fits(&self, codes: &[i64]) -> bool {
        let cost = codes.iter().fold(0_i64, |sum, code| sum.saturating_add(self.of.cost(*code)));
        codes.len() <= self.places && self.money.is_none_or(|money| cost <= money)
    }

    /// What becomes of those with the same votes.
    fn decide(&mut self, codes: &[i64]) -> Vec<Fate> {
        if self.open {
            return vec![Fate::Open; codes.len()];
        }
        let none = if self.money.is_some() { Fate::NoMoney } else { Fate::Lost };
        let able: Vec<i64> = codes.iter().copied().filter(|code| self.fits(&[*code])).collect();
        let fate = if self.fits(&able) { Fate::Won } else { Fate::Tied };
        if fate == Fate::Won {
            self.places -= able.len();
            let cost = able.iter().fold(0_i64, |sum, code| sum.saturating_add(self.of.cost(*code)));
            self.money = self.money.map(|money| money - cost);
        }
        // A tie for the last place leaves none; a tie for money leaves who knows how much.
        self.open = fate == Fate::Tied && self.money.is_some();
        if fate == Fate::Tied && self.money.is_none() {
            self.places = 0;
        }
        codes.iter().map(|code| if able.contains(code) { fate } else { none }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn fates(own: &Value, votes: &[(i64, u64)]) -> Vec<(i64, Option<usize>, &'static str)> {
        let definition = json!({"mechanism": "prioritising", "prioritising": own});
        let votes: Vec<(i64, Option<u64>)> =
            votes.iter().map(|(code, votes)| (*code, Some(*votes))).collect();
        let outcome = Prioritising::of(&definition).unwrap().outcome(&votes);
        outcome.into_iter().map(|it| (it.code, it.place, it.fate.name())).collect()
    }

    fn winners(winners: usize) -> Value {
        json!({"question": "q", "winners": winners})
    }

    fn budget(budget: u64) -> Value {
        let costs = json!([{"code": 1, "cost": 30}, {"code": 2, "cost": 20}, {"code": 3, "cost": 60}, {"code": 4, "cost": 10}]);
        json!({"question": "q", "budget": budget, "costs": costs})
    }

    #[test]
    fn the_most_votes_win_as_many_places_as_there_are() {
        let votes = [(1, 20), (2, 50), (3, 40)];
        let expected = [(2, Some(1), "won"), (3, Some(2), "won"), (1, Some(3), "lost")];
        assert_eq!(fates(&winners(2), &votes), expected);
    }

    #[test]
    fn a_tie_for_the_last_place_is_said_to_be_one_and_gives_it_to_nobody() {
        let votes = [(1, 40), (2, 50), (3, 40), (4, 30)];
        let expected =
            [(2, Some(1), "won"), (1, Some(2), "tied"), (3, Some(2), "tied"), (4, Some(4), "lost")];
        assert_eq!(fates(&winners(2), &votes), expected);
        let places: Vec<_> = fates(&winners(3), &votes).into_iter().map(|(.., fate)| fate).collect();
        assert_eq!(places, ["won", "won", "won", "lost"], "a tie with room for all is none");
    }

    #[test]
    fn money_goes_by_votes_to_what_still_fits() {
        let votes = [(1, 40), (2, 30), (3, 50), (4, 20)];
        let expected =
            [(3, Some(1), "won"), (1, Some(2), "won"), (2, Some(3), "no_money"), (4, Some(4), "won")];
        assert_eq!(fates(&budget(100), &votes), expected);
    }

    #[test]
    fn a_tie_for_money_leaves_open_what_comes_after_it() {
        let votes = [(1, 40), (2, 40), (3, 40), (4, 20)];
        let expected =
            [(1, Some(1), "tied"), (2, Some(1), "tied"), (3, Some(1), "no_money"), (4, Some(4), "open")];
        assert_eq!(fates(&budget(40), &votes), expected);
    }

    #[test]
    fn votes_that_are_not_told_may_stand_anywhere() {
        let definition = json!({"mechanism": "prioritising", "prioritising": winners(2)});
        let ballot = Prioritising::of(&definition).unwrap();
        let fates = |votes: &[(i64, Option<u64>)]| -> Vec<(i64, Fate)> {
            let outcome = ballot.outcome(votes);
            assert!(outcome.iter().all(|it| it.place.is_none()));
            outcome.iter().map(|it| (it.code, it.fate)).collect()
        };
        let (won, lost, open) = (Fate::Won, Fate::Lost, Fate::Open);
        let votes = [(1, None), (2, Some(40)), (3, Some(30)), (4, Some(20))];
        assert_eq!(fates(&votes), [(2, won), (3, open), (4, lost), (1, open)]);
        let votes = [(1, None), (2, Some(40)), (3, None)];
        assert_eq!(fates(&votes), [(2, open), (1, open), (3, open)]);
    }

    #[test]
    fn none_of_these_wins_nothing() {
        let definition = include_str!("../../../../examples/surveys/yard-budget.json");
        let definition: Value = serde_json::from_str(definition).unwrap();
        let ballot = Prioritising::of(&definition).unwrap();
        let survey = Survey::read(&definition.to_string()).unwrap();
        assert_eq!(ballot.candidates(&survey), [1, 2, 3, 4, 5, 6]);
        assert!(ballot.candidates(&survey).iter().all(|code| ballot.cost(*code) > 0));
    }
}
