//! The columns of the matters that responses have opened, where an export asks for them: after all others. They are as they
//! were when the table was prepared.

use crate::day::Days;
use crate::store::{Matter, MatterFilter, Position, Store, StoreError};
use matter::State;
use sha2::{Digest as _, Sha256};
use std::collections::HashMap;
use survey::calendar::Date;
use survey::columns::{Cell, Column, Measure, Part, Representation};
use survey::{Missing, Text};

/// Matters read at a time.
const BATCH: usize = 1000;

/// Characters at most of a number and of the id of a body.
const NUMBER: usize = 18;
const BODY: usize = 64;

/// What the states are called, in the order of [`State::ALL`], in Kazakh, Russian and English.
const STATES: [[&str; 3]; 11] = [
    ["Қабылданды", "Принято", "Received"],
    ["Тексерілді", "Проверено", "Checked"],
    ["Жауаптыда", "У ответственного", "Assigned"],
    ["Жауап берілді", "Дан ответ", "Answered"],
    ["Орындалды", "Выполнено", "Implemented"],
    ["Қанағаттандырылмады", "Отклонено", "Declined"],
    ["Ескерілді", "Учтено", "Accepted"],
    ["Ішінара ескерілді", "Учтено частично", "Accepted in part"],
    ["Ескерілмеді", "Не учтено", "Not accepted"],
    ["Жабылды", "Закрыто", "Closed"],
    ["Қайтарып алынды", "Отозвано", "Withdrawn"],
];

/// The cells of each matter, by the position of its response.
#[derive(Debug)]
pub(super) struct Followed {
    cells: HashMap<i64, [Cell; 6]>,
    fingerprint: String,
}

impl Followed {
    /// As they are now.
    pub(super) async fn of(store: &dyn Store, survey: &str, days: &Days) -> Result<Self, StoreError> {
        let closed: HashMap<i64, Date> = store
            .matter_ends(survey)
            .await?
            .into_iter()
            .filter_map(|(position, minute)| Some((position.0, days.today(minute)?)))
            .collect();
        let (mut cells, mut hash) = (HashMap::new(), Sha256::new());
        let mut after = None;
        loop {
            let batch = store.matters(survey, &MatterFilter::default(), after, BATCH).await?;
            for matter in &batch {
                hash.update(format!("{} {};", matter.number, matter.revision));
                cells.insert(matter.response.0, of_matter(matter, closed.get(&matter.response.0).copied()));
            }
            match batch.last() {
                Some(last) if batch.len() == BATCH => after = Some(last.number),
                _ => break,
            }
        }
        Ok(Self { cells, fingerprint: data_encoding::HEXLOWER.encode(&hash.finalize()) })
    }

    /// The same for the same cells.
    pub(super) fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The cells of a response; that it has no matter, where it opened none.
    pub(super) fn cells(&self, position: Position) -> [Cell; 6] {
        let none = || [Missing::NotApplicable; 6].map(Cell::Missing);
        self.cells.get(&position.0).cloned().unwrap_or_else(none)
    }
}

fn of_matter(matter: &Matter, closed: Option<Date>) -> [Cell; 6] {
    let text = |text: Option<String>| text.map_or(Cell::Missing(Missing::NotApplicable), Cell::Text);
    let state = State::ALL.iter().zip(1..).find(|(state, _)| **state == matter.state);
    [
        Cell::Text(matter.number.to_string()),
        state.map_or(Cell::Missing(Missing::Invalid), |(_, code)| Cell::Code(code)),
        text(matter.body.clone()),
        text(matter.registered.map(Date::to_text)),
        text(matter.due.map(Date::to_text)),
        text(closed.filter(|_| matter.state == State::Closed).map(Date::to_text)),
    ]
}

/// The columns.
pub(super) fn columns() -> Vec<Column> {
    use Representation::{Day, Text as Words, Whole};
    let state = || (1..).zip(STATES.map(each)).collect();
    let text = |width| (Measure::Text, Words, Vec::new(), Some(width));
    let day = || (Measure::Moment, Day, Vec::new(), Some(10));
    let columns = [
        ("matter_number", ["Мәселенің нөмірі", "Номер вопроса", "Number of the matter"], text(NUMBER)),
        (
            "matter_state",
            ["Мәселенің күйі", "Состояние вопроса", "State of the matter"],
            (Measure::Nominal, Whole, state(), None),
        ),
        (
            "matter_body",
            ["Мәселе қай мекемеде", "Орган, у которого вопрос", "Body that has the matter"],
            text(BODY),
        ),
        (
            "matter_registered",
            ["Мәселе тіркелген күн", "День регистрации вопроса", "Day of registration of the matter"],
            day(),
        ),
        ("matter_due", ["Жауап беру мерзімі", "Срок ответа", "Day by which it is to be answered"], day()),
        (
            "matter_closed",
            ["Мәселе жабылған күн", "День закрытия вопроса", "Day on which the matter was closed"],
            day(),
        ),
    ];
    let column = |(name, labels, (measure, representation, values, width)): (&str, [&str; 3], _)| Column {
        name: name.to_owned(),
        question: name.to_owned(),
        part: Part::Answer,
        label: each(labels),
        row: None,
        entry: None,
        option: None,
        measure,
        representation,
        negative: false,
        values,
        width,
    };
    columns.into_iter().map(column).collect()
}

fn each(texts: [&str; 3]) -> Text {
    let each = ["kk", "ru", "en"].into_iter().zip(texts);
    Text::Each(each.map(|(lang, text)| (lang.to_owned(), text.to_owned())).collect())
}
