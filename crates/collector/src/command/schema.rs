//! `qulaq schema`: the JSON Schema of a definition, for editors.

use super::Out;
use anyhow::Result;

pub(super) fn run(out: &mut Out) -> Result<()> {
    writeln!(out, "{:#}", survey::schema::schema())?;
    Ok(())
}
