//! The report as a page of its own, to be printed or put on a site.

use super::Report;
use crate::consultation::diff::Change;
use crate::http::escape;

/// The page.
pub(crate) fn html(report: &Report) -> String {
    let words = report.words();
    let word = |key: &str| escape(words.get(key));
    let facts: String = report
        .facts()
        .iter()
        .map(|(heading, lines)| {
            let lines: String = lines.iter().map(|line| format!("<p>{}</p>\n", escape(line))).collect();
            format!("<h2>{}</h2>\n{lines}", escape(heading))
        })
        .collect();
    let changes: String = report
        .changes
        .iter()
        .map(|changed| {
            let changes: String = changed.changes.iter().map(change).collect();
            format!("<h3>{}</h3>\n<p>{changes}</p>\n", escape(&changed.paragraph))
        })
        .collect();
    let changes =
        if changes.is_empty() { format!("<p>{}</p>\n", word("report_no_changes")) } else { changes };
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n</head>\n\
         <body>\n<h1>{}</h1>\n{facts}<h2>{}</h2>\n{}<h2>{}</h2>\n{changes}</body>\n</html>\n",
        escape(&report.lang),
        word("report"),
        word("report"),
        word("report_points"),
        table(report),
        word("report_changes"),
    )
}

fn table(report: &Report) -> String {
    let words = report.words();
    if report.points.is_empty() {
        return format!("<p>{}</p>\n", escape(words.get("report_no_points")));
    }
    let heads: String =
        Report::heads(&words).iter().map(|head| format!("<th scope=\"col\">{}</th>", escape(head))).collect();
    let row = |point| {
        let cells = report.cells(point);
        let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
        format!("<tr>{cells}</tr>\n")
    };
    let rows: String = report.points.iter().map(row).collect();
    format!("<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n")
}

fn change(change: &Change) -> String {
    match change {
        Change::Same(text) => escape(text),
        Change::Out(text) => format!("<del>{}</del>", escape(text)),
        Change::In(text) => format!("<ins>{}</ins>", escape(text)),
    }
}
