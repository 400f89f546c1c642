//! Conditions: short expressions over variables, total and without side effects.
//!
//! ```text
//! condition  = all { "or" all } ;
//! all        = one { "and" one } ;
//! one        = "not" one | "(" condition ")" | "answered" "(" variable ")" | comparison ;
//! comparison = variable ( "==" | "!=" | "<" | "<=" | ">" | ">=" ) integer    (a choice or a scale)
//!            | variable "in" list                                            (a choice or a scale)
//!            | variable "has" integer | variable ( "==" | "!=" ) list ;      (a multiple choice)
//! list       = "[" integer { "," integer } "]" ;
//! ```
//!
//! A comparison with a variable that has no answer is false, `!=` too: nothing is shown for want of an answer. The
//! order comparisons are also false for the codes of missing values (−5 "I do not know" is not less than 2).

mod parse;

use crate::answer::Answer;
use crate::missing::Missing;
pub(crate) use parse::parse;

/// A condition, parsed; its variables and codes have been checked against the survey.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// At least one holds.
    Any(Vec<Condition>),
    /// All hold.
    All(Vec<Condition>),
    /// It does not hold.
    Not(Box<Condition>),
    /// The variable has an answer.
    Answered(String),
    /// The variable has an answer for which this is true.
    Is(String, Comparison),
}

/// What is asked about one variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `== n`
    Equal(i64),
    /// `!= n`
    Unequal(i64),
    /// `< n`
    Less(i64),
    /// `<= n`
    AtMost(i64),
    /// `> n`
    More(i64),
    /// `>= n`
    AtLeast(i64),
    /// `in [n, …]`
    In(Vec<i64>),
    /// `has n`
    Has(i64),
    /// `== [n, …]`: the same set of codes.
    SameSet(Vec<i64>),
    /// `!= [n, …]`
    OtherSet(Vec<i64>),
}

impl Condition {
    /// Whether the condition holds for what `answer` says of each variable. Total: it never fails and always ends.
    pub fn holds<'a>(&self, answer: &impl Fn(&str) -> Option<&'a Answer>) -> bool {
        match self {
            Self::Any(conditions) => conditions.iter().any(|condition| condition.holds(answer)),
            Self::All(conditions) => conditions.iter().all(|condition| condition.holds(answer)),
            Self::Not(condition) => !condition.holds(answer),
            Self::Answered(variable) => answer(variable).is_some(),
            Self::Is(variable, comparison) => answer(variable).is_some_and(|answer| comparison.holds(answer)),
        }
    }

    /// Calls `visit` with every variable, and what is compared with it (`None` in `answered(…)`).
    pub(crate) fn each_variable<'a>(&'a self, visit: &mut impl FnMut(&'a str, Option<&'a Comparison>)) {
        match self {
            Self::Any(conditions) | Self::All(conditions) => {
                conditions.iter().for_each(|condition| condition.each_variable(visit));
            }
            Self::Not(condition) => condition.each_variable(visit),
            Self::Answered(variable) => visit(variable, None),
            Self::Is(variable, comparison) => visit(variable, Some(comparison)),
        }
    }
}

impl Comparison {
    fn holds(&self, answer: &Answer) -> bool {
        match answer {
            Answer::Code(code) => self.holds_for_code(*code),
            Answer::Codes(codes) => self.holds_for_codes(codes),
            Answer::Text(_) => false,
        }
    }

    fn holds_for_code(&self, code: i64) -> bool {
        let ordered = Missing::of_code(code).is_none();
        match self {
            Self::Equal(n) => code == *n,
            Self::Unequal(n) => code != *n,
            Self::Less(n) => ordered && code < *n,
            Self::AtMost(n) => ordered && code <= *n,
            Self::More(n) => ordered && code > *n,
            Self::AtLeast(n) => ordered && code >= *n,
            Self::In(list) => list.contains(&code),
            Self::Has(_) | Self::SameSet(_) | Self::OtherSet(_) => false,
        }
    }

    fn holds_for_codes(&self, codes: &[i64]) -> bool {
        let same = |list: &[i64]| {
            codes.iter().all(|code| list.contains(code)) && list.iter().all(|code| codes.contains(code))
        };
        match self {
            Self::Has(n) => codes.contains(n),
            Self::SameSet(list) => same(list),
            Self::OtherSet(list) => !same(list),
            _ => false,
        }
    }

    /// The codes that are compared with.
    pub(crate) fn codes(&self) -> &[i64] {
        match self {
            Self::Equal(n)
            | Self::Unequal(n)
            | Self::Less(n)
            | Self::AtMost(n)
            | Self::More(n)
            | Self::AtLeast(n)
            | Self::Has(n) => std::slice::from_ref(n),
            Self::In(list) | Self::SameSet(list) | Self::OtherSet(list) => list,
        }
    }

    /// Whether it asks about a set of codes rather than a single one.
    pub(crate) fn is_for_sets(&self) -> bool {
        matches!(self, Self::Has(_) | Self::SameSet(_) | Self::OtherSet(_))
    }

    /// Whether it asks about the order of codes.
    pub(crate) fn is_of_order(&self) -> bool {
        matches!(self, Self::Less(_) | Self::AtMost(_) | Self::More(_) | Self::AtLeast(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn holds(condition: &str, variable: &str, answer: Option<&Answer>) -> bool {
        parse(condition).unwrap().holds(&|name| if name == variable { answer } else { None })
    }

    #[test]
    fn an_unanswered_variable_makes_every_comparison_false() {
        for condition in ["q == 1", "q != 1", "q < 1", "q in [1]", "q has 1", "q != [1]", "answered(q)"] {
            assert!(!holds(condition, "q", None), "{condition}");
        }
        assert!(holds("not (q == 1)", "q", None));
    }

    #[test]
    fn do_not_know_is_not_less_than_two() {
        assert!(!holds("q <= 2", "q", Some(&Answer::Code(-5))));
        assert!(holds("q <= 2", "q", Some(&Answer::Code(2))));
        assert!(holds("q == -5", "q", Some(&Answer::Code(-5))));
    }

    #[test]
    fn sets_are_compared_without_regard_to_order() {
        let answer = Answer::Codes(vec![3, 1]);
        assert!(holds("q == [1, 3]", "q", Some(&answer)));
        assert!(holds("q has 3 and not (q has 2)", "q", Some(&answer)));
        assert!(holds("q != [97]", "q", Some(&answer)));
    }

    #[test]
    fn or_binds_less_than_and() {
        let condition = parse("a == 1 or b == 2 and c == 3").unwrap();
        let one = Answer::Code(1);
        assert!(condition.holds(&|name| (name == "a").then_some(&one)));
    }
}
