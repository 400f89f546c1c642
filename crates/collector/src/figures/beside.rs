//! What is said of each response beside its cells: whether a condition holds of it, and what is noticed about it. No block has
//! that, so the log is read for it, once: a byte a response is remembered ([`super::memory`]), and the cells come out of the
//! blocks.

use super::rows::Rows;
use super::{Figures, FiguresError};
use crate::export::quality::{self, Flags};
use crate::store::Extent;
use std::sync::Arc;
use survey::columns::Cell;

/// What is asked of each response.
#[derive(Clone, Debug, Default)]
pub(crate) struct Asked {
    /// Whether this holds, a condition in the language of surveys: 0 or 1.
    pub(crate) condition: Option<String>,
    /// What is noticed, flag by flag ([`analysis::quality::Flag::ALL`]): 0 or 1, or that it cannot be judged.
    pub(crate) flags: bool,
}

/// A part of the responses, in the order of arrival: what came after one extent up to another.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Span {
    pub(crate) after: Extent,
    pub(crate) until: Extent,
}

/// Rows of cells with what is said beside. It blocks.
pub(crate) struct RowsBeside {
    rows: Rows,
    condition: Option<Arc<Vec<u8>>>,
    flags: Option<Arc<Noticed>>,
    /// The number of the next response, and how many there should be.
    next: u64,
    of: u64,
}

/// What is noticed about each response, and what is usual.
struct Noticed {
    flags: Vec<u8>,
    usual: Option<f64>,
}

impl Figures {
    /// The usual time that answering takes, in milliseconds, where enough is known. It blocks.
    pub(crate) fn usual_time(&self) -> Result<Option<f64>, FiguresError> {
        Ok(self.noticed()?.usual)
    }

    /// The cells of these columns of a part of the responses, and after them what is asked.
    pub(crate) fn rows_beside(
        &self,
        wanted: &[usize],
        asked: &Asked,
        span: Span,
    ) -> Result<RowsBeside, FiguresError> {
        let condition = asked.condition.as_ref().map(|condition| self.holds(condition)).transpose()?;
        let flags = asked.flags.then(|| self.noticed()).transpose()?;
        let rows = self.rows(wanted).between(span.after.last, Some(span.until.last));
        let (next, of) = (span.after.responses, span.until.responses);
        Ok(RowsBeside { rows, condition, flags, next, of })
    }

    /// Whether a condition holds of each response.
    fn holds(&self, condition: &str) -> Result<Arc<Vec<u8>>, FiguresError> {
        let expression = self.condition(condition);
        let expression = expression.map_err(|error| FiguresError::Unreadable(Box::new(error)))?;
        let known = self.kept_up(&format!("where {condition}"), |begun, extent| {
            let (mut known, after) =
                begun.map_or_else(Default::default, |begun| (Vec::clone(&begun.content), begun.extent.last));
            let export = self.layout.export();
            let read = export
                .hold(&*self.store, (after, extent.last), &expression, |holds| known.push(u8::from(holds)));
            read.map_err(FiguresError::of_export)?;
            Ok::<_, FiguresError>(known)
        })?;
        Ok(known.content)
    }

    /// What is noticed about each response. What is usual changes with each that comes, so it is judged anew.
    fn noticed(&self) -> Result<Arc<Noticed>, FiguresError> {
        let known = self.kept_up("flags", |_, extent| {
            let mut notes = Vec::new();
            let judge = self.layout.export().judge(&*self.store, extent.last, |note| notes.push(note));
            let judge = judge.map_err(FiguresError::of_export)?;
            let flags = notes.iter().map(|note| packed(&judge.flags(note))).collect();
            Ok::<_, FiguresError>(Noticed { flags, usual: judge.usual_time() })
        })?;
        Ok(known.content)
    }
}

/// Four flags in a byte, two bits each.
fn packed(flags: &Flags) -> u8 {
    let bits = |flag: &Option<bool>| flag.map_or(2, u8::from);
    flags.iter().rev().fold(0, |byte, flag| byte << 2 | bits(flag))
}

fn unpacked(byte: u8) -> [Cell; 4] {
    let flag = |place: usize| match byte >> (2 * place) & 0b11 {
        0 => Some(false),
        1 => Some(true),
        _ => None,
    };
    let flags: Flags = std::array::from_fn(flag);
    quality::cells(&flags)
}

impl RowsBeside {
    /// What is said beside of the response with this number; nothing when it is not known.
    fn said(&self, number: u64) -> Option<Vec<Cell>> {
        let at = usize::try_from(number).ok()?;
        let mut said = Vec::new();
        if let Some(condition) = &self.condition {
            said.push(Cell::Code(i64::from(*condition.get(at)?)));
        }
        if let Some(noticed) = &self.flags {
            said.extend(unpacked(*noticed.flags.get(at)?));
        }
        Some(said)
    }
}

impl Iterator for RowsBeside {
    type Item = Result<Vec<Cell>, FiguresError>;

    /// Cells and what is said beside go by their numbers: when something was taken back between the two, they are those of
    /// different responses, which is an error and no row.
    fn next(&mut self) -> Option<Self::Item> {
        let is_beside = self.condition.is_some() || self.flags.is_some();
        let Some(row) = self.rows.next() else {
            let is_short = is_beside && self.next != self.of;
            self.next = self.of;
            return is_short.then_some(Err(FiguresError::Changed));
        };
        let said = self.said(self.next);
        self.next += 1;
        Some(row.and_then(|mut cells| {
            cells.extend(said.ok_or(FiguresError::Changed)?);
            Ok(cells)
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_flags_come_out_of_a_byte_as_they_went_in() {
        let all = [Some(false), Some(true), None];
        for flags in all.iter().flat_map(|one| all.iter().map(move |other| [*one, *other, Some(true), *one]))
        {
            let cells = quality::cells(&flags);
            assert_eq!(unpacked(packed(&flags)), cells, "{flags:?}");
        }
    }
}
