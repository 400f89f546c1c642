//! The report as a document for word processors.

use super::Report;
use crate::consultation::diff::Change;
use crate::docx::{Docx, Run};
use std::io::Result;

/// The document.
///
/// # Errors
/// When it cannot be put together, for which there is no reason but memory.
pub(crate) fn docx(report: &Report) -> Result<Vec<u8>> {
    let words = report.words();
    let mut document = Docx::new(&report.lang, words.get("report"));
    for (heading, lines) in report.facts() {
        document.heading(1, &heading);
        for line in lines {
            document.paragraph(&[Run::Plain(&line)]);
        }
    }
    document.heading(1, words.get("report_points"));
    if report.points.is_empty() {
        document.paragraph(&[Run::Plain(words.get("report_no_points"))]);
    } else {
        let heads = Report::heads(&words);
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let rows: Vec<Vec<String>> = report.points.iter().map(|point| report.cells(point)).collect();
        document.table(&heads, &rows);
    }
    document.heading(1, words.get("report_changes"));
    if report.changes.is_empty() {
        document.paragraph(&[Run::Plain(words.get("report_no_changes"))]);
    }
    for changed in &report.changes {
        document.paragraph(&[Run::Bold(&changed.paragraph)]);
        let runs: Vec<Run<'_>> = changed
            .changes
            .iter()
            .map(|change| match change {
                Change::Same(text) => Run::Plain(text),
                Change::Out(text) => Run::Out(text),
                Change::In(text) => Run::In(text),
            })
            .collect();
        document.paragraph(&runs);
    }
    document.finish()
}
