//! Minutes as a document for word processors.

use super::{Part, Protocol};
use crate::docx::{Docx, Run};
use std::io::Result;

/// The document.
///
/// # Errors
/// When it cannot be put together, for which there is no reason but memory.
pub(super) fn docx(protocol: &Protocol) -> Result<Vec<u8>> {
    let mut document = Docx::new(&protocol.lang, &protocol.heading());
    for part in protocol.parts() {
        match part {
            Part::Heading(level, text) => document.heading(level, &text),
            Part::Line(text) => document.paragraph(&[Run::Plain(&text)]),
            Part::Named(name, text) => {
                document.paragraph(&[Run::Bold(&format!("{name}: ")), Run::Plain(&text)]);
            }
            Part::Table(_, heads, rows) => {
                let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
                document.table(&heads, &rows);
            }
        }
    }
    document.finish()
}
