//! The codebook as a page to read and to print, in one language: headings, lists and plain tables, one section a
//! question, and no script. It is a file of its own, so its style is inside it.

use super::disclosure::disclosure;
use super::{Asked, Category, Codebook, Variable, Voice};
use crate::digest::sha256;
use crate::http::escape;
use data_encoding::BASE64;
use qulaq::words::direction;
use std::io::{self, Write};
use std::sync::Arc;

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
    let lang = escape(&voice.lang);
    let title = escape(&format!("{} · {}", voice.text(&codebook.survey.title), voice.word("codebook")));
    write!(
        sink,
        "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n</header>\n",
        direction(&voice.lang)
    )?;
    let sections = sections(codebook);
    contents(voice, &sections, sink)?;
    writeln!(sink, "<main>")?;
    about(codebook, voice, sink)?;
    reasons(codebook, voice, sink)?;
    writeln!(sink, "<section id=\"variables\">\n<h2>{}</h2>", word(voice, "contents"))?;
    for (asked, places) in &sections {
        section(codebook, voice, (asked.as_deref(), places), sink)?;
    }
    writeln!(sink, "</section>\n</main>\n</body>\n</html>")
}

/// A question with the places of its columns; what is known besides has no question.
type Section = (Option<Arc<Asked>>, Vec<usize>);

/// Columns of one question stand together, also those that only an older version has.
fn sections(codebook: &Codebook) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (place, variable) in codebook.variables.iter().enumerate() {
        let name = |asked: &Option<Arc<Asked>>| asked.as_ref().map(|asked| asked.name.clone());
        match sections.iter_mut().find(|(asked, _)| name(asked) == name(&variable.asked)) {
            Some((_, places)) => places.push(place),
            None => sections.push((variable.asked.clone(), vec![place])),
        }
    }
    sections
}

fn word(voice: &Voice, key: &str) -> String {
    escape(voice.word(key))
}

/// Links to the sections.
fn contents(voice: &Voice, sections: &[Section], sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "<nav aria-label=\"{}\">\n<ul>", word(voice, "contents"))?;
    for (asked, _) in sections {
        let text = asked.as_ref().map_or(voice.word("envelope"), |asked| voice.text(&asked.text));
        writeln!(sink, "<li><a href=\"#{}\">{}</a></li>", anchor(asked.as_deref()), escape(text))?;
    }
    writeln!(sink, "</ul>\n</nav>")
}

fn anchor(asked: Option<&Asked>) -> String {
    asked.map_or_else(|| "response".to_owned(), |asked| format!("q-{}", escape(&asked.name)))
}

/// How the survey was conducted, and its versions.
fn about(codebook: &Codebook, voice: &Voice, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "<section id=\"about\">\n<h2>{}</h2>\n<dl>", word(voice, "about"))?;
    for statement in disclosure(codebook, voice) {
        term(&statement.heading, &escape(&statement.text), sink)?;
    }
    let versions = codebook.versions.iter().enumerate().map(|(index, version)| match index {
        0 => voice.fill("version_current", &[("version", version.name.clone())]),
        _ => version.name.clone(),
    });
    let versions: Vec<String> = versions.map(|version| escape(&version)).collect();
    term(voice.word("versions"), &versions.join("<br>"), sink)?;
    writeln!(sink, "</dl>\n</section>")
}

fn term(heading: &str, html: &str, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(sink, "<dt>{}</dt>\n<dd>{html}</dd>", escape(heading))
}

/// The reasons for missing values, once for all variables.
fn reasons(codebook: &Codebook, voice: &Voice, sink: &mut dyn Write) -> io::Result<()> {
    writeln!(
        sink,
        "<section id=\"reasons\">\n<h2>{}</h2>\n<p>{}</p>",
        word(voice, "reasons"),
        word(voice, "reasons_note")
    )?;
    let ours = super::variable::reasons();
    let rows = ours.iter().map(|category| (category, None));
    table(codebook, voice, voice.word("reasons"), rows, sink)?;
    writeln!(sink, "</section>")
}

fn section(
    codebook: &Codebook,
    voice: &Voice,
    (asked, places): (Option<&Asked>, &[usize]),
    sink: &mut dyn Write,
) -> io::Result<()> {
    let heading = asked.map_or(voice.word("envelope"), |asked| voice.text(&asked.text));
    writeln!(sink, "<section id=\"{}\">\n<h3>{}</h3>", anchor(asked), escape(heading))?;
    if let Some(asked) = asked {
        question(codebook, voice, asked, places, sink)?;
    }
    columns(codebook, voice, places, sink)?;
    for place in places {
        codes(codebook, voice, *place, sink)?;
    }
    writeln!(sink, "</section>")
}

fn question(
    codebook: &Codebook,
    voice: &Voice,
    asked: &Asked,
    places: &[usize],
    sink: &mut dyn Write,
) -> io::Result<()> {
    writeln!(sink, "<dl>")?;
    if let Some(hint) = &asked.hint {
        term(voice.word("help"), &escape(voice.text(hint)), sink)?;
    }
    term(voice.word("instruction"), &escape(&voice.instruction(asked)), sink)?;
    if let Some(universe) = asked.universe(&voice.lang) {
        term(voice.word("universe"), &escape(universe), sink)?;
    }
    term(voice.word("kind"), &format!("<code>{}</code>", escape(&asked.kind)), sink)?;
    let versions = &codebook.variables[places[0]].versions;
    let which = if versions.len() == codebook.versions.len() {
        word(voice, "all_versions")
    } else {
        let names = versions.iter().map(|version| escape(&codebook.versions[*version].name));
        names.collect::<Vec<_>>().join("<br>")
    };
    term(voice.word("versions"), &which, sink)?;
    writeln!(sink, "</dl>")
}

/// The columns of a question.
fn columns(codebook: &Codebook, voice: &Voice, places: &[usize], sink: &mut dyn Write) -> io::Result<()> {
    let head = ["variable", "label", "type", "measure"]
        .map(|key| format!("<th scope=\"col\">{}</th>", word(voice, key)));
    writeln!(
        sink,
        "<div class=\"scroll\">\n<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n<tbody>",
        word(voice, "contents"),
        head.concat()
    )?;
    for place in places {
        let variable = &codebook.variables[*place];
        writeln!(
            sink,
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{}</td><td>{}</td></tr>",
            escape(variable.name()),
            escape(&voice.label(variable)),
            escape(&voice.representation(variable)),
            escape(voice.measure(variable))
        )?;
    }
    writeln!(sink, "</tbody>\n</table>\n</div>")
}

/// What the codes of a column mean; with the reasons where they were counted or have words of their own.
fn codes(codebook: &Codebook, voice: &Voice, place: usize, sink: &mut dyn Write) -> io::Result<()> {
    let variable = &codebook.variables[place];
    let count = |category: &Category| codebook.count(place, category.code);
    let stands = |category: &&Category| {
        !category.missing || category.is_own() || count(category).is_some_and(|count| count > 0)
    };
    let shown: Vec<&Category> = variable.categories.iter().filter(stands).collect();
    // A set of options has the same two codes in each column: they are worth a table where something was counted.
    if shown.is_empty() || (is_plain(variable) && codebook.figures.is_none()) {
        return Ok(());
    }
    let rows = shown.into_iter().map(|category| (category, count(category)));
    table(codebook, voice, variable.name(), rows, sink)
}

fn is_plain(variable: &Variable) -> bool {
    !variable.categories.iter().any(Category::is_own)
}

fn table<'a>(
    codebook: &Codebook,
    voice: &Voice,
    caption: &str,
    rows: impl Iterator<Item = (&'a Category, Option<u64>)>,
    sink: &mut dyn Write,
) -> io::Result<()> {
    let rows: Vec<(&Category, Option<u64>)> = rows.collect();
    let counted = codebook.figures.is_some() && rows.iter().any(|(_, count)| count.is_some());
    let count = if counted {
        format!("<th scope=\"col\" class=\"number\">{}</th>", word(voice, "count"))
    } else {
        String::new()
    };
    writeln!(
        sink,
        "<div class=\"scroll\">\n<table>\n<caption>{}</caption>\n<thead><tr><th scope=\"col\" class=\"number\">{}</th>\
         <th scope=\"col\">{}</th>{count}</tr></thead>\n<tbody>",
        escape(caption),
        word(voice, "code"),
        word(voice, "meaning")
    )?;
    for (category, count) in rows {
        let count = match count.filter(|_| counted) {
            Some(count) => {
                format!("<td class=\"number\">{}</td>", voice.said().form.number(&count.to_string()))
            }
            None => String::new(),
        };
        writeln!(
            sink,
            "<tr><th scope=\"row\" class=\"number\">{}</th><td>{}</td>{count}</tr>",
            category.code,
            escape(voice.meaning(category))
        )?;
    }
    writeln!(sink, "</tbody>\n</table>\n</div>")
}
