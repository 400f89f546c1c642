//! Scripts that open the CSV with everything that is known of its columns, a file each for the programs that analysts
//! use. The table stays as it is; the scripts say what its codes mean.

pub(super) mod python;
pub(super) mod r;
pub(super) mod spss;
pub(super) mod stata;

use super::{Codebook, Variable};
use survey::columns::Representation;

/// What a script says of itself, as lines without their marks of a comment.
fn heading(codebook: &Codebook, table: &str) -> [String; 3] {
    let survey = &codebook.survey.id;
    let versions: Vec<&str> = codebook.versions.iter().map(|version| version.name.as_str()).collect();
    [
        format!("Opens {table}: the responses to the survey {survey}, version {}.", versions.join(", ")),
        format!(
            "Written by Qulaq {}. Run it from the folder that it was unpacked into.",
            env!("CARGO_PKG_VERSION")
        ),
        "Codes from -1 to -8 say why a value is missing.".to_owned(),
    ]
}

/// What the cells of a column are, as the scripts name it.
fn kind(variable: &Variable) -> &'static str {
    match variable.column.representation {
        Representation::Whole => "whole",
        Representation::Decimal(_) => "decimal",
        Representation::Text => "text",
        Representation::Day => "day",
        Representation::Month => "month",
        Representation::Time => "time",
    }
}

fn is_number(variable: &Variable) -> bool {
    matches!(variable.column.representation, Representation::Whole | Representation::Decimal(_))
}

/// A text on one line.
fn line(text: &str) -> String {
    let plain: String =
        text.chars().map(|character| if character.is_control() { ' ' } else { character }).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}
