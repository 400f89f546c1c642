//! What an export and an import say.

use super::Out;
use crate::translations::catalogue::{Catalogue, State};
use crate::translations::merge::{Merge, Refused, Unknown};
use anyhow::Result;
use std::path::Path;

/// What was written, and how much there is to do in each language.
pub(super) fn export(catalogue: &Catalogue, languages: &[String], file: &Path, out: &mut Out) -> Result<()> {
    writeln!(out, "written: {} ({}, {} texts)", file.display(), catalogue.id, catalogue.rows.len())?;
    for tag in languages {
        let count =
            |state: State| catalogue.rows.iter().filter(|row| catalogue.state(row, tag) == state).count();
        let states = [State::Missing, State::Stale, State::Same, State::Done];
        let states = states.map(|state| format!("{} {}", count(state), state.word()));
        writeln!(out, "  {tag}: {}", states.join(", "))?;
    }
    Ok(())
}

/// What became of every cell.
pub(super) fn import(merge: &Merge, out: &mut Out) -> Result<()> {
    writeln!(out, "taken over: {}", merge.taken)?;
    if merge.confirmed > 0 {
        writeln!(out, "confirmed: {} (stale ones that the sheet marks as done)", merge.confirmed)?;
    }
    writeln!(out, "unchanged: {}", merge.unchanged)?;
    writeln!(out, "empty: {} (left alone)", merge.empty)?;
    writeln!(out, "refused: {}", merge.refused.len())?;
    for Refused { line, key, language, why } in &merge.refused {
        let cell = if language.is_empty() { key.clone() } else { format!("{key}, {language}") };
        writeln!(out, "  row {line}, {cell}: {why}")?;
    }
    if !merge.unknown.is_empty() {
        writeln!(out, "unknown keys: {}", merge.unknown.len())?;
    }
    for Unknown { line, key, nearest } in &merge.unknown {
        let meant = nearest.as_ref().map(|key| format!(". Did you mean {key}?"));
        writeln!(out, "  row {line}, {key}: the definition has no such text{}", meant.unwrap_or_default())?;
    }
    absent(merge, out)
}

/// What the sheet has and the survey has not, and the other way round.
fn absent(merge: &Merge, out: &mut Out) -> Result<()> {
    for tag in &merge.unnamed {
        writeln!(
            out,
            "not a language of the survey: {tag} (left alone); to add it, import with --add-language {tag}"
        )?;
    }
    if !merge.absent.is_empty() {
        writeln!(out, "not in the sheet: {} (left alone)", merge.absent.len())?;
    }
    for key in &merge.absent {
        writeln!(out, "  {key}")?;
    }
    Ok(())
}
