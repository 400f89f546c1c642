//! Sets of multiple answers, which SPSS tabulates as one question: the ticks of a question, or of one row of a grid.

use super::super::{Layout, labels, values};
use super::variable::Variable;
use survey::columns::{Column, Part};

/// Bytes of the label of a set.
const LABEL: usize = 255;

/// The sets, one a line: `$name=D1 1 5 Label V1 V2`.
pub(super) fn written(layout: &Layout, variables: &[Variable]) -> String {
    let mut sets: Vec<(String, String, Vec<&str>)> = Vec::new();
    let ticks = layout.columns.iter().zip(variables).filter(|(column, _)| column.part == Part::Chosen);
    for (column, variable) in ticks {
        let name = name_of(column);
        // The name by which the dictionary itself knows it.
        let Some(short) = variable.short_names.first() else { continue };
        match sets.last_mut().filter(|(last, ..)| *last == name) {
            Some((.., members)) => members.push(short),
            None => sets.push((name, label(column, &layout.lang), vec![short])),
        }
    }
    // A set has two variables at least.
    let sets = sets.into_iter().filter(|(.., members)| members.len() > 1);
    sets.map(|(name, label, members)| {
        let members = members.join(" ").to_ascii_lowercase();
        format!("${name}=D1 1 {} {label} {members}\n", label.len())
    })
    .collect()
}

/// Columns of one set have names that end in the code of their option and else are the same.
fn name_of(column: &Column) -> String {
    let stem = column.name.rsplit_once('_').map_or(column.name.as_str(), |(stem, _)| stem);
    values::cut(stem, 63).to_owned()
}

/// The label of a column without its option.
fn label(column: &Column, lang: &str) -> String {
    let whole = Column { option: None, ..column.clone() };
    values::cut(&labels::column(&whole, lang), LABEL).to_owned()
}
