//! A code frame: the codes of one question, in order. A code keeps its number for good: it can be retired, and none is
//! given another meaning, because texts bear it.

use crate::store::{FrameRecord, LARGEST_CODE};
use serde::{Deserialize, Serialize};
use survey::Text;

/// Codes of one frame at most, the retired ones among them.
const MOST_CODES: usize = 200;

/// Characters of a label and of a description at most.
const LABEL: usize = 120;
const ABOUT: usize = 600;

/// The codes of one question.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Frame {
    /// The version that is kept; 0 where none is.
    pub(crate) version: u64,
    /// The codes, in order.
    pub(crate) codes: Vec<Code>,
}

/// One code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Code {
    /// Its number, from 1.
    pub(crate) number: i64,
    /// Language and label, in at least one language.
    pub(crate) label: Vec<(String, String)>,
    /// What belongs under it, and what does not.
    pub(crate) about: String,
    /// Whether it is given no more.
    pub(crate) retired: bool,
}

/// What became of a wish to change a frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Edited {
    /// This is to be kept.
    To(Vec<Code>),
    /// A code has no label.
    WithoutLabel,
    /// A label, or a description, is too long.
    TooLong,
    /// There are too many codes.
    TooMany,
}

impl Frame {
    pub(crate) fn of(record: &FrameRecord) -> Self {
        // What the collector itself wrote; of another release's it takes what it can.
        Self { version: record.version, codes: serde_json::from_str(&record.codes).unwrap_or_default() }
    }

    /// The next version of it, with these codes.
    pub(crate) fn record(&self, survey: &str, question: &str, codes: &[Code]) -> FrameRecord {
        FrameRecord {
            survey: survey.to_owned(),
            question: question.to_owned(),
            version: self.version + 1,
            codes: serde_json::to_string(codes).unwrap_or_default(),
        }
    }

    /// The code with this number.
    pub(crate) fn code(&self, number: i64) -> Option<&Code> {
        self.codes.iter().find(|code| code.number == number)
    }

    /// The number for a code that is added: one that none ever had.
    pub(crate) fn next_number(&self) -> i64 {
        self.codes.iter().map(|code| code.number).max().unwrap_or(0) + 1
    }

    /// Whether these codes can take the place of those that there are. Every code that there was must be among them.
    pub(crate) fn edited(&self, codes: Vec<Code>) -> Edited {
        let is_long = |code: &Code| {
            code.about.chars().count() > ABOUT
                || code.label.iter().any(|(_, label)| label.chars().count() > LABEL)
        };
        if codes.iter().any(|code| code.label.is_empty()) {
            return Edited::WithoutLabel;
        }
        if codes.iter().any(is_long) {
            return Edited::TooLong;
        }
        if codes.len() > MOST_CODES || codes.iter().any(|code| code.number > LARGEST_CODE) {
            return Edited::TooMany;
        }
        let gone = self.codes.iter().filter(|code| codes.iter().all(|new| new.number != code.number));
        let gone: Vec<Code> = gone.map(|code| Code { retired: true, ..code.clone() }).collect();
        Edited::To(codes.into_iter().chain(gone).collect())
    }
}

impl Code {
    /// Its label in a language, or in the first that it has.
    pub(crate) fn label(&self, lang: &str) -> &str {
        let own = self.label.iter().find(|(tag, _)| tag == lang);
        own.or(self.label.first()).map_or("", |(_, label)| label)
    }

    /// Its label in this language; nothing where it has none.
    pub(crate) fn label_in(&self, lang: &str) -> &str {
        self.label.iter().find(|(tag, _)| tag == lang).map_or("", |(_, label)| label)
    }

    /// The label as texts of surveys are.
    pub(crate) fn text(&self) -> Text {
        Text::Each(self.label.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    pub(crate) fn code(number: i64, label: &str) -> Code {
        Code { number, label: vec![("ru".to_owned(), label.to_owned())], ..Code::default() }
    }

    #[test]
    fn a_code_that_is_left_out_is_retired_and_its_number_is_not_given_again() {
        let frame = Frame { version: 3, codes: vec![code(1, "Дороги"), code(2, "Свет")] };
        let Edited::To(codes) = frame.edited(vec![code(2, "Освещение")]) else { panic!() };
        let numbers: Vec<(i64, bool)> = codes.iter().map(|code| (code.number, code.retired)).collect();
        assert_eq!(numbers, [(2, false), (1, true)]);
        let frame = Frame { version: 4, codes };
        assert_eq!(frame.next_number(), 3);
        assert_eq!(frame.code(2).unwrap().label("kk"), "Освещение");
        assert_eq!(frame.record("s", "why", &frame.codes).version, 5);
    }

    #[test]
    fn a_frame_takes_no_code_without_a_label_and_no_endless_one() {
        let frame = Frame::default();
        assert_eq!(frame.edited(vec![Code { number: 1, ..Code::default() }]), Edited::WithoutLabel);
        assert_eq!(frame.edited(vec![code(1, &"ж".repeat(LABEL + 1))]), Edited::TooLong);
        assert_eq!(frame.edited(vec![code(LARGEST_CODE + 1, "x")]), Edited::TooMany);
        let many = (1..=MOST_CODES as i64 + 1).map(|number| code(number, "x")).collect();
        assert_eq!(frame.edited(many), Edited::TooMany);
    }

    #[test]
    fn a_frame_comes_back_as_it_was_kept() {
        let codes = vec![code(1, "Дороги \"=1+1\""), Code { retired: true, ..code(7, "Свет") }];
        let record = Frame::default().record("s", "why", &codes);
        assert_eq!(Frame::of(&record), Frame { version: 1, codes });
    }
}
