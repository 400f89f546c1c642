//! Minutes as they stand in a page.

use super::{Part, Protocol};
use crate::http::escape;

/// The minutes below a heading of this level, which they bring along.
pub(crate) fn html(protocol: &Protocol, level: u8) -> String {
    let heading = format!("<h{level}>{}</h{level}>\n", escape(&protocol.heading()));
    let parts = protocol.parts().into_iter().map(|part| drawn(&part, level));
    std::iter::once(heading).chain(parts).collect()
}

fn drawn(part: &Part, above: u8) -> String {
    match part {
        Part::Heading(level, text) => {
            let level = (above + level).min(6);
            format!("<h{level}>{}</h{level}>\n", escape(text))
        }
        Part::Line(text) => format!("<p>{}</p>\n", lines(text)),
        Part::Named(name, text) => format!("<p><b>{}:</b> {}</p>\n", escape(name), lines(text)),
        Part::Table(name, heads, rows) => table(name, heads, rows),
    }
}

/// A table that is moved by itself where it is wider than its page.
fn table(name: &str, heads: &[String], rows: &[Vec<String>]) -> String {
    let heads: String = heads.iter().map(|head| format!("<th scope=\"col\">{}</th>", escape(head))).collect();
    let row = |cells: &Vec<String>| {
        let cell = |(place, cell): (usize, &String)| match place {
            0 => format!("<th scope=\"row\">{}</th>", lines(cell)),
            _ => format!("<td>{}</td>", lines(cell)),
        };
        format!("<tr>{}</tr>\n", cells.iter().enumerate().map(cell).collect::<String>())
    };
    let rows: String = rows.iter().map(row).collect();
    let name = escape(name);
    format!(
        "<div class=\"wide\" role=\"region\" aria-label=\"{name}\" tabindex=\"0\">\n<table><caption \
         class=\"spoken\">{name}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody></table></div>\n"
    )
}

fn lines(text: &str) -> String {
    escape(text).replace('\n', "<br>")
}
