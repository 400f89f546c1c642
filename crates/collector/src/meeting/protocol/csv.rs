//! What was decided and who is to do what by when, as a table that spreadsheets open.

use super::{Protocol, Question};
use crate::export::for_excel;

/// What the columns are called.
const HEADS: [&str; 8] =
    ["number", "subject", "support", "state", "decision", "instruction", "responsible", "due"];

/// The table: the items of the agenda, then the questions.
pub(super) fn csv(protocol: &Protocol) -> Vec<u8> {
    let words = protocol.words();
    let mut lines = vec![HEADS.map(|key| words.get(key).to_owned()).to_vec()];
    let items = protocol.agenda.iter().zip(1..).map(|(item, place)| Question {
        number: place.to_string(),
        text: item.text.clone(),
        answer: item.decided.clone(),
        ..Question::default()
    });
    lines.extend(items.chain(protocol.questions.iter().cloned()).map(|row| row.cells()));
    for_excel(&lines).into()
}
