//! What stands for a text: what a decision says, or what every coder says who read it.

use crate::store::{Position, TagRecord};
use analysis::agreement::Coding;
use std::collections::{BTreeMap, BTreeSet};

/// The numbers of the codes of one text.
pub(crate) type Codes = BTreeSet<i64>;

/// What was given to one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct OfText {
    coders: BTreeMap<String, Codes>,
    decision: Option<Codes>,
}

/// What stands for a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// Nobody has coded it.
    Not,
    /// These codes, perhaps none.
    Codes(Codes),
    /// Coders differ, and nobody has decided.
    Differ,
}

/// What was given to the texts of a question, by response.
#[derive(Clone, Debug, Default)]
pub(crate) struct Given(BTreeMap<i64, OfText>);

/// How many texts bear each code.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Tally {
    /// Texts for which codes stand.
    pub(crate) coded: u64,
    /// Texts on which coders differ.
    pub(crate) differing: u64,
    /// By code.
    pub(crate) by_code: BTreeMap<i64, u64>,
}

impl OfText {
    pub(crate) fn add(&mut self, coder: String, codes: Vec<i64>) {
        let codes = codes.into_iter().collect();
        if coder.is_empty() {
            self.decision = Some(codes);
        } else {
            self.coders.insert(coder, codes);
        }
    }

    /// What somebody gave.
    pub(crate) fn by(&self, coder: &str) -> Option<&Codes> {
        self.coders.get(coder)
    }

    /// What everybody gave, by their names.
    pub(crate) fn coders(&self) -> &BTreeMap<String, Codes> {
        &self.coders
    }

    /// What was decided.
    pub(crate) fn decision(&self) -> Option<&Codes> {
        self.decision.as_ref()
    }

    /// What stands.
    pub(crate) fn standing(&self) -> Standing {
        if let Some(decision) = &self.decision {
            return Standing::Codes(decision.clone());
        }
        let mut given = self.coders.values();
        match given.next() {
            None => Standing::Not,
            Some(first) if given.all(|other| other == first) => Standing::Codes(first.clone()),
            Some(_) => Standing::Differ,
        }
    }
}

impl Given {
    /// Of the tags of one question.
    pub(crate) fn of(tags: impl IntoIterator<Item = TagRecord>) -> Self {
        let mut given = Self::default();
        for tag in tags {
            given.0.entry(tag.response.0).or_default().add(tag.coder, tag.codes);
        }
        given
    }

    /// What was given to the text of a response.
    pub(crate) fn text(&self, response: Position) -> Option<&OfText> {
        self.0.get(&response.0)
    }

    /// Every text, in order of arrival.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (Position, &OfText)> {
        self.0.iter().map(|(position, text)| (Position(*position), text))
    }

    /// Who has coded, with how many texts, who coded most first.
    pub(crate) fn coders(&self) -> Vec<(String, usize)> {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for name in self.0.values().flat_map(|text| text.coders.keys()) {
            *counts.entry(name).or_default() += 1;
        }
        let mut coders: Vec<(String, usize)> =
            counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        coders.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        coders
    }

    /// What two coders gave, text by text, as far as either has coded.
    pub(crate) fn pair(&self, first: &str, second: &str) -> (Vec<Coding>, Vec<Coding>) {
        let both = self.0.values().map(|text| (text.by(first).cloned(), text.by(second).cloned()));
        both.unzip()
    }

    /// How many texts bear each code.
    pub(crate) fn tally(&self) -> Tally {
        let mut tally = Tally::default();
        for text in self.0.values() {
            match text.standing() {
                Standing::Not => {}
                Standing::Differ => tally.differing += 1,
                Standing::Codes(codes) => {
                    tally.coded += 1;
                    codes.into_iter().for_each(|code| *tally.by_code.entry(code).or_default() += 1);
                }
            }
        }
        tally
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(response: i64, coder: &str, codes: &[i64]) -> TagRecord {
        TagRecord {
            survey: "s".to_owned(),
            question: "why".to_owned(),
            response: Position(response),
            coder: coder.to_owned(),
            day: "2026-11-23".to_owned(),
            codes: codes.to_vec(),
        }
    }

    #[test]
    fn what_all_agree_on_stands_and_a_decision_stands_before_them() {
        let given = Given::of([
            tag(1, "a", &[1, 2]),
            tag(2, "a", &[1]),
            tag(2, "b", &[1]),
            tag(3, "a", &[1]),
            tag(3, "b", &[]),
            tag(4, "a", &[1]),
            tag(4, "b", &[2]),
            tag(4, "", &[2]),
            tag(5, "b", &[]),
        ]);
        let standing = |response| given.text(Position(response)).map(OfText::standing);
        assert_eq!(standing(3), Some(Standing::Differ));
        assert_eq!(standing(4), Some(Standing::Codes(Codes::from([2]))));
        assert_eq!(standing(9), None);
        let by_code = BTreeMap::from([(1, 2), (2, 2)]);
        assert_eq!(given.tally(), Tally { coded: 4, differing: 1, by_code });
        assert_eq!(given.coders(), [("a".to_owned(), 4), ("b".to_owned(), 4)]);
        let (first, second) = given.pair("a", "b");
        assert_eq!((first[0].clone(), second[0].clone()), (Some(Codes::from([1, 2])), None));
    }
}
