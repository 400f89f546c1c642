//! Kinds: what a question means. One file a kind, one word in the list `kinds!`.
//!
//! A kind is a meaning, a response domain ([`crate::domain`]) is what may be answered, and a control is a look: some
//! thirty kinds live on nine domains and a dozen controls. A kind says which JSON fields it adds and of which parts it
//! is made; everything else (widget, check, export, schema, documentation, tests) walks the list or asks the parts.

use crate::definition::Choice;
use crate::domain::Domain;
use crate::fault::Faults;
use crate::field::Field;
use crate::read::Object;
use crate::text::Text;

/// Makes of one list of modules the modules, [`KINDS`] for authors, and the builder for everybody. A kind is named for
/// its module. Those with the attribute are the rarer ones.
macro_rules! kinds {
    ($($(#[$rare:meta])? $name:ident),+ $(,)?) => {
        $(pub(crate) mod $name;)+

        /// Every kind, in the order of the documentation.
        pub static KINDS: &[&Registration] = &[$(&$name::KIND),+];

        /// Builds the kind named `name` from the fields of a question; `None` when there is no such kind. Kept apart
        /// from [`KINDS`], whose words are for authors: a browser only builds.
        pub(crate) fn build(name: &str, fields: &Object<'_>) -> Option<Asked> {
            match name {
                $($(#[$rare])? stringify!($name) => Some($name::build(fields)),)+
                _ => None,
            }
        }
    };
}

kinds! {
    single,
    multi,
    #[cfg(feature = "whole")] dropdown,
    #[cfg(feature = "whole")] lookup,
    yes_no,
    consent,
    agreement,
    rating,
    scale,
    nps,
    #[cfg(feature = "whole")] grid,
    #[cfg(feature = "whole")] grid_multi,
    #[cfg(feature = "whole")] statements,
    #[cfg(feature = "whole")] ranking,
    #[cfg(feature = "whole")] allocation,
    cards,
    text,
    email,
    phone,
    code,
    #[cfg(feature = "whole")] number,
    #[cfg(feature = "whole")] date,
    #[cfg(feature = "whole")] month,
    #[cfg(feature = "whole")] time,
    #[cfg(feature = "whole")] place,
    note,
    #[cfg(feature = "whole")] group,
    calc,
    hidden,
}

/// Whether every kind can be asked, or only the common ones.
///
/// A citizen downloads what the survey needs. Where an arm of a `match` belongs to the rarer kinds it is guarded by this,
/// so that the smaller module leaves out what the arm calls.
pub const WHOLE: bool = cfg!(feature = "whole");

/// The kind with this name.
#[must_use]
pub fn named(name: &str) -> Option<&'static Registration> {
    KINDS.iter().copied().find(|kind| kind.name == name)
}

/// A kind as authors meet it.
#[derive(Debug)]
pub struct Registration {
    /// The `type` in a definition.
    pub name: &'static str,
    /// What it is for, in English.
    pub about: &'static str,
    /// The JSON fields it adds to those of every question.
    pub fields: &'static [Field],
    /// A question of this kind in three languages: a JSON object, used by the documentation and the tests.
    pub example: &'static str,
    /// An answer to the example, as a response holds it; `null` where none is given.
    pub answer: &'static str,
    /// Notes what is wrong between the kind's fields.
    pub(crate) inspect: fn(&Object<'_>, &mut Faults),
}

/// The parts that a question of some kind is made of.
#[derive(Debug)]
pub struct Asked {
    /// How it looks.
    pub control: Control,
    /// What may be answered.
    pub domain: Domain,
    /// The options; the columns of a grid.
    pub choices: Vec<Choice>,
    /// The rows of a grid.
    pub rows: Vec<Choice>,
    /// Whether the options have an order of their own.
    pub ordinal: bool,
}

impl Asked {
    /// A question without options.
    pub(crate) fn new(control: Control, domain: Domain) -> Self {
        Self { control, domain, choices: Vec::new(), rows: Vec::new(), ordinal: false }
    }

    /// One of these options.
    pub(crate) fn one(control: Control, choices: Vec<Choice>) -> Self {
        Self { choices, ..Self::new(control, Domain::One) }
    }
}

/// Options whose texts are words of the interface, before those that the author adds.
pub(crate) fn worded(words: &[(i64, &'static str)], more: Vec<Choice>) -> Vec<Choice> {
    let worded = words.iter().map(|(code, word)| Choice::new(*code, Text::Word(word)));
    worded.chain(more).collect()
}

/// How a question looks: the widget has a file for each or for several that differ little.
#[derive(Clone, Debug)]
pub enum Control {
    /// Options one below the other: radio buttons, or checkboxes where several can be chosen.
    Choices,
    /// The same with everything that stands on a card.
    Cards,
    /// Radio buttons in a row, each with a face and its name.
    Faces,
    /// A point on a line of numbers with worded ends, and options beside it: radio buttons in a row.
    Points(Points),
    /// A drop-down list.
    Select,
    /// A line that finds options as one types.
    Search,
    /// Drop-down lists, each within what was chosen in the one before.
    Cascade {
        /// So many lists.
        levels: usize,
    },
    /// A place for each option.
    Ranks,
    /// A number for each row, and their sum.
    Amounts {
        /// What is shared out: `₸`, `km`.
        unit: Option<Text>,
    },
    /// Options for each row.
    Grid,
    /// One line to write in.
    Line(Line),
    /// Several lines to write in.
    Area {
        /// Its height in lines.
        lines: usize,
    },
    /// A field for each part of a date or a time.
    Parts,
    /// Questions again and again.
    Entries {
        /// What one entry is called, where its number would say too little.
        item: Option<Text>,
    },
    /// Nothing but its text.
    Note,
    /// Not on the screen at all.
    None,
}

impl Control {
    /// Whether it is one that only the rarer kinds have, see [`WHOLE`].
    #[must_use]
    pub fn is_rare(&self) -> bool {
        matches!(
            self,
            Self::Select
                | Self::Search
                | Self::Cascade { .. }
                | Self::Ranks
                | Self::Amounts { .. }
                | Self::Grid
                | Self::Parts
                | Self::Entries { .. }
        )
    }
}

/// A line of numbers.
#[derive(Clone, Debug)]
pub struct Points {
    /// The lowest point.
    pub from: i64,
    /// The highest point.
    pub to: i64,
    /// What the lowest point means.
    pub low: Option<Text>,
    /// What the highest point means.
    pub high: Option<Text>,
}

/// A line to write in.
#[derive(Clone, Debug, Default)]
pub struct Line {
    /// What a keyboard on glass is to offer (HTML `inputmode`): `numeric`, `decimal`, `email`, `tel`; empty for words.
    pub mode: &'static str,
    /// What a browser may fill in (HTML `autocomplete`, WCAG 1.3.5); empty for nothing.
    pub autocomplete: &'static str,
    /// What is counted, after the line: `₸`, `km`.
    pub unit: Option<Text>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::answer::Answers;
    use crate::check;
    use crate::definition::Survey;
    use crate::missing::Missing;
    use crate::route::Occasion;
    use serde_json::{Value, json};

    /// A survey with one question: the kind's example.
    fn survey_of(kind: &Registration) -> Survey {
        let question: Value = serde_json::from_str(kind.example).unwrap();
        let document = json!({
            "format": 1, "id": "example", "languages": ["kk", "ru", "en"], "title": "1",
            "pages": [{"id": "p1", "questions": [question]}]
        });
        Survey::read(&document.to_string()).unwrap_or_else(|faults| panic!("{}: {faults:?}", kind.name))
    }

    #[test]
    fn every_kind_has_an_example_of_its_own_type_that_reads() {
        for kind in KINDS {
            let survey = survey_of(kind);
            let example: Value = serde_json::from_str(kind.example).unwrap();
            assert_eq!(example["type"], kind.name);
            assert_eq!(survey.questions().count(), 1);
        }
    }

    #[test]
    fn every_kind_takes_the_answer_of_its_example_and_gives_it_back() {
        for kind in KINDS {
            let survey = survey_of(kind);
            let question = survey.questions().next().unwrap();
            let answer: Value = serde_json::from_str(kind.answer).unwrap();
            assert_eq!(question.domain.is_answered(), !answer.is_null(), "{}", kind.name);
            if answer.is_null() {
                continue;
            }
            let sent = json!({ &question.name: answer });
            let answers = Answers::read(&survey, sent.as_object().unwrap())
                .unwrap_or_else(|problems| panic!("{}: {problems:?}", kind.name));
            assert_eq!(check(&survey, &answers, Occasion::default()), [], "{}", kind.name);
            assert_eq!(answers.to_value(), sent, "{}", kind.name);
        }
    }

    #[test]
    fn every_kind_fills_as_many_cells_as_it_has_columns_whatever_is_missing() {
        for kind in KINDS {
            let survey = survey_of(kind);
            let question = survey.questions().next().unwrap();
            let columns = question.columns();
            for missing in Missing::ALL {
                assert_eq!(question.cells(Err(missing)).len(), columns.len(), "{}", kind.name);
            }
        }
    }

    /// A form that asked for the smaller module would lack its question in the browser.
    #[test]
    fn a_kind_that_the_smaller_module_leaves_out_asks_for_the_whole() {
        for kind in KINDS {
            let line = format!("    #[cfg(feature = \"whole\")] {},\n", kind.name);
            let is_left_out = include_str!("kind.rs").contains(&line);
            assert_eq!(survey_of(kind).needs_whole(), is_left_out, "{}", kind.name);
        }
    }

    #[test]
    fn names_are_unique() {
        for (index, kind) in KINDS.iter().enumerate() {
            assert!(KINDS[..index].iter().all(|other| other.name != kind.name), "{}", kind.name);
        }
    }
}
