//! What does not stand beside each other in a table of a reception: words of people, with where they live and what is sensitive
//! (domain M7: a text is never exported with district, disability and age together; DC7). Without being asked, a table
//! has no words; asked for by name, they come without the others.

use super::chosen::Chosen;
use super::options::{OptionError, Options};
use crate::edition::Edition;
use survey::Domain;
use survey::columns::{Column, Part};

/// Leaves out what does not belong together, or refuses what was asked for by name.
pub(super) fn keep(chosen: &mut Chosen, edition: &Edition, options: &Options) -> Result<(), OptionError> {
    let Some(reception) = edition.reception.as_ref().filter(|reception| reception.is_telling()) else {
        return Ok(());
    };
    let is_words = |column: &Column| {
        let question = edition.survey.question(&column.question);
        question
            .is_some_and(|question| matches!(question.domain, Domain::Words(_)) || column.part == Part::Other)
    };
    let has = |names: &[String]| chosen.columns.iter().any(|column| names.contains(&column.question));
    if !(has(&reception.places) && has(&reception.sensitive) && chosen.columns.iter().any(is_words)) {
        return Ok(());
    }
    if options.columns.is_empty() {
        chosen.leave(is_words);
        return Ok(());
    }
    Err(OptionError(
        "columns: what people wrote does not stand beside where they live and what is sensitive; export the texts \
         by themselves."
            .to_owned(),
    ))
}
