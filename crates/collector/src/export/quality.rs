//! What may be noticed about responses ([`analysis::quality`]): as columns on request, and as a filter. Nothing is ever left
//! out that nobody asked to leave out.

use super::options::{OptionError, unknown};
use analysis::quality::{Flag, RULES};
use survey::columns::{Cell, Column, Measure, Part, Representation};
use survey::{Missing, Text};

/// Flags of one response, in the order of [`Flag::ALL`]; nothing where it cannot be judged.
pub(crate) type Flags = [Option<bool>; 4];

/// Which responses are wanted, by what was noticed about them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flagged {
    /// Those without any flag.
    Nothing,
    /// Those with this one.
    With(Flag),
}

const NOTHING: &str = "none";

impl Flagged {
    /// Everything that can be asked for.
    pub(crate) fn all() -> impl Iterator<Item = Self> {
        std::iter::once(Self::Nothing).chain(Flag::ALL.map(Self::With))
    }

    /// How it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Nothing => NOTHING,
            Self::With(flag) => flag.name(),
        }
    }

    pub(super) fn named(text: &str) -> Result<Self, OptionError> {
        let possible = || Self::all().map(|it| it.name().to_owned()).collect::<Vec<_>>();
        Self::all().find(|it| it.name() == text).ok_or_else(|| unknown("flags", text, &possible(), ""))
    }

    /// Whether a response with these flags is wanted.
    pub(super) fn takes(self, flags: &Flags) -> bool {
        let bears = |flag: &Option<bool>| *flag == Some(true);
        match self {
            Self::Nothing => !flags.iter().any(bears),
            Self::With(wanted) => {
                Flag::ALL.iter().zip(flags).any(|(flag, own)| *flag == wanted && bears(own))
            }
        }
    }
}

/// The labels of the columns, in Kazakh, Russian and English.
fn labels(flag: Flag) -> [&'static str; 3] {
    match flag {
        Flag::Speeder => ["Тым жылдам жауап берген", "Отвечали слишком быстро", "Answered very quickly"],
        Flag::StraightLine => [
            "Кестенің барлық жолында бірдей жауап",
            "Один и тот же ответ во всех строках таблицы",
            "The same answer in every row of a grid",
        ],
        Flag::SameText => [
            "Мәтіні басқа жауаптың мәтінімен бірдей",
            "Текст такой же, как в другом ответе",
            "The same text as in another response",
        ],
        Flag::LeftBlank => [
            "Сұрақтардың жартысынан көбі жауапсыз",
            "Больше половины вопросов без ответа",
            "More than half of the questions left blank",
        ],
    }
}

/// The columns: 1 noticed, 0 not, and -2 where a response cannot be judged.
pub(super) fn columns() -> Vec<Column> {
    let text = |words: [&str; 3]| {
        let each = ["kk", "ru", "en"].into_iter().zip(words);
        Text::Each(each.map(|(lang, text)| (lang.to_owned(), text.to_owned())).collect())
    };
    let rules = |words: &str| format!("{words} (v{RULES})");
    let column = |flag: Flag| {
        let name = format!("quality_{}", flag.name());
        let [kk, ru, en] = labels(flag);
        Column {
            question: name.clone(),
            name,
            part: Part::Answer,
            label: text([&rules(kk), &rules(ru), &rules(en)]),
            row: None,
            entry: None,
            option: None,
            measure: Measure::Nominal,
            representation: Representation::Whole,
            negative: false,
            values: vec![(0, text(["Жоқ", "Нет", "No"])), (1, text(["Иә", "Да", "Yes"]))],
            width: None,
        }
    };
    Flag::ALL.into_iter().map(column).collect()
}

/// Their cells.
pub(crate) fn cells(flags: &Flags) -> [Cell; 4] {
    flags.map(|flag| flag.map_or(Cell::Missing(Missing::NotApplicable), |bears| Cell::Code(i64::from(bears))))
}
