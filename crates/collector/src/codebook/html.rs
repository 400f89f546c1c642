//! The codebook as a page to read on a screen: headings, lists and plain tables, one section a question, and no script. It is
//! a file of its own, so its style is inside it. What stands in it is in `page.rs`.

use super::page::{Block, Head, Page, Part, Table, Term};
use super::{Codebook, Voice};
use crate::digest::sha256;
use crate::http::escape;
use data_encoding::BASE64;
use qulaq::words::direction;
use std::io::{self, Write};

const STYLE: &str = include_str!("html.css");

/// What a browser may do with the page: show it, with this style and no other.
pub(crate) fn policy() -> String {
    let style = BASE64.encode(&sha256(STYLE));
    format!(
        "default-src 'none'; style-src 'sha256-{style}'; base-uri 'none'; form-action 'none'; \
         frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

pub(super) fn write(codebook: &Codebook, voice: &Voice, sink: &mut dyn Write) -> io::Result<()> {
    let page = Page::of(codebook, voice);
    let (lang, title) = (escape(&voice.lang), escape(&page.title));
    write!(
        sink,
        "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n</header>\n",
        direction(&voice.lang)
    )?;
    contents(voice, &page, sink)?;
    writeln!(sink, "<main>")?;
    page.parts.iter().try_for_each(|found| part(found, 2, sink))?;
    writeln!(sink, "</main>\n</body>\n</html>")
}

/// Links to the sections.
fn contents(voice: &Voice, page: &Page, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "<nav aria-label=\"{}\">\n<ul>", escape(voice.word("contents")))?;
    for part in page.questions() {
        writeln!(sink, "<li><a href=\"#{}\">{}</a></li>", escape(&part.id), escape(&part.heading))?;
    }
    writeln!(sink, "</ul>\n</nav>")
}

fn part(part: &Part, level: u8, sink: &mut dyn Write) -> io::Result<()> {
    let (id, heading) = (escape(&part.id), escape(&part.heading));
    writeln!(sink, "<section id=\"{id}\">\n<h{level}>{heading}</h{level}>")?;
    for block in &part.blocks {
        match block {
            Block::Text(text) => writeln!(sink, "<p>{}</p>", escape(text))?,
            Block::Terms(of) => terms(of, sink)?,
            Block::Table(of) => table(of, sink)?,
        }
    }
    part.parts.iter().try_for_each(|inside| self::part(inside, level + 1, sink))?;
    writeln!(sink, "</section>")
}

/// A text that is words of programs, or is not.
fn told(text: &str, is_code: bool) -> String {
    let text = escape(text);
    if is_code { format!("<code>{text}</code>") } else { text }
}

fn terms(terms: &[Term], sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "<dl>")?;
    for term in terms {
        let lines: Vec<String> = term.lines.iter().map(|line| told(line, term.is_code)).collect();
        writeln!(sink, "<dt>{}</dt>\n<dd>{}</dd>", escape(&term.heading), lines.join("<br>"))?;
    }
    writeln!(sink, "</dl>")
}

fn table(table: &Table, sink: &mut dyn Write) -> io::Result<()> {
    let class = |head: &Head| if head.is_number { " class=\"number\"" } else { "" };
    let head = |head: &Head| format!("<th scope=\"col\"{}>{}</th>", class(head), escape(&head.text));
    let heads: String = table.columns.iter().map(head).collect();
    let caption = escape(&table.caption);
    writeln!(
        sink,
        "<div class=\"scroll\">\n<table>\n<caption>{caption}</caption>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
    )?;
    for row in &table.rows {
        write!(sink, "<tr>")?;
        for (place, (cell, head)) in row.iter().zip(&table.columns).enumerate() {
            let class = class(head);
            match place {
                0 => write!(sink, "<th scope=\"row\"{class}>{}</th>", told(cell, table.is_code))?,
                _ => write!(sink, "<td{class}>{}</td>", escape(cell))?,
            }
        }
        writeln!(sink, "</tr>")?;
    }
    writeln!(sink, "</tbody>\n</table>\n</div>")
}
