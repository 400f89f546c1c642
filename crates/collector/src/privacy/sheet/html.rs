//! Sheets as pages to read, to print and to file: headings, lists and tables in one language, and no script.

use super::{Access, Deleted, Field, Sheet};
use crate::http::escape;
use crate::privacy::words;
use qulaq::Words;
use qulaq::words::direction;
use survey::Text;

/// The sheet of one survey.
pub(crate) fn page(sheet: &Sheet, lang: &str) -> String {
    let words = words::of(lang);
    let said = Said { words: &words, lang };
    let title = format!("{} · {}", said.text(sheet.title.as_ref()), said.word("sheet"));
    let parts = [
        said.section("sheet_purpose", &purpose(&said, sheet)),
        said.section("sheet_fields", &fields(&said, &sheet.fields)),
        said.section(
            "sheet_beside",
            &said.list(sheet.beside.iter().map(|name| said.word(&key("beside", name)).to_owned())),
        ),
        said.section("sheet_not_kept", &said.paragraph(said.word("not_kept"))),
        said.section("sheet_masked", &said.list(sheet.masked.iter().map(ToString::to_string))),
        said.section("sheet_time", &time(&said, sheet)),
        said.section("sheet_access", &access(&said, &sheet.access)),
        said.section("sheet_taken", &taken(&said, sheet)),
        said.section("sheet_results", &results(&said, sheet)),
        said.section("sheet_place", &place(&said, sheet)),
        said.section("sheet_rights", &said.paragraph(said.word("rights"))),
    ];
    document(lang, &title, &parts.concat())
}

/// All surveys at a glance, for whoever must tell of a breach.
pub(crate) fn breach(sheets: &[Sheet], lang: &str) -> String {
    let words = words::of(lang);
    let said = Said { words: &words, lang };
    let row = |sheet: &Sheet| {
        let named = |wanted: fn(&Field) -> bool| {
            let names: Vec<&str> =
                sheet.fields.iter().filter(|field| wanted(field)).map(|field| field.name.as_str()).collect();
            names.join(", ")
        };
        vec![
            format!("{} ({})", said.text(sheet.title.as_ref()), sheet.survey),
            sheet.counts.responses.to_string(),
            sheet.counts.unfinished.to_string(),
            named(|field| field.identifying),
            named(|field| field.free_text),
            named(|field| field.sensitive),
            sheet.access.len().to_string(),
        ]
    };
    let heads =
        ["survey", "responses", "unfinished", "identifying", "free_text", "sensitive", "people_and_tokens"];
    let table = said.table("breach", &heads, sheets.iter().map(row));
    let note = said.paragraph(said.word("breach_note"));
    document(lang, said.word("breach"), &format!("<section>\n{note}{table}</section>\n"))
}

fn document(lang: &str, title: &str, main: &str) -> String {
    let (lang, dir, title) = (escape(lang), direction(lang), escape(title));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{lang}\" dir=\"{dir}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; base-uri 'none'; form-action 'none'\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{title}</title>\n</head>\n\
         <body>\n<header>\n<h1>{title}</h1>\n</header>\n<main>\n{main}</main>\n</body>\n</html>\n"
    )
}

fn key(of: &str, name: &str) -> String {
    format!("{of}_{name}")
}

/// What is said in one language.
struct Said<'a> {
    words: &'a Words,
    lang: &'a str,
}

impl<'a> Said<'a> {
    fn word<'b>(&'b self, key: &'b str) -> &'b str {
        self.words.get(key)
    }

    fn text(&self, text: Option<&'a Text>) -> &'a str {
        text.map_or("", |text| text.get(self.lang))
    }

    fn section(&self, heading: &str, content: &str) -> String {
        format!("<section>\n<h2>{}</h2>\n{content}</section>\n", escape(self.word(heading)))
    }

    fn paragraph(&self, text: &str) -> String {
        let each = text.split("\n\n").map(|text| format!("<p>{}</p>\n", escape(text)));
        each.collect()
    }

    fn list(&self, items: impl Iterator<Item = String>) -> String {
        let items: String = items.map(|item| format!("<li>{}</li>\n", escape(&item))).collect();
        if items.is_empty() { self.paragraph(self.word("nothing")) } else { format!("<ul>\n{items}</ul>\n") }
    }

    fn table(&self, caption: &str, heads: &[&str], rows: impl Iterator<Item = Vec<String>>) -> String {
        let head: String =
            heads.iter().map(|key| format!("<th scope=\"col\">{}</th>", escape(self.word(key)))).collect();
        let row = |cells: Vec<String>| {
            let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
            format!("<tr>{cells}</tr>\n")
        };
        let rows: String = rows.map(row).collect();
        let caption = escape(self.word(caption));
        format!(
            "<table>\n<caption>{caption}</caption>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n"
        )
    }

    fn yes(&self, yes: bool) -> String {
        if yes { self.word("yes").to_owned() } else { "–".to_owned() }
    }
}

fn purpose(said: &Said<'_>, sheet: &Sheet) -> String {
    let called = sheet.called.as_deref().unwrap_or("nothing");
    let facts = [
        said.text(sheet.agency.as_ref()).to_owned(),
        said.word(&key("called", called)).to_owned(),
        format!("{}: {} ({})", said.word("survey"), sheet.survey, sheet.version),
        format!("{}: {}", said.word("made"), sheet.made),
    ];
    let facts = said.list(facts.into_iter().filter(|fact| !fact.is_empty()));
    format!("{}{facts}", said.paragraph(said.text(sheet.notice.as_ref())))
}

fn fields(said: &Said<'_>, fields: &[Field]) -> String {
    let row = |field: &Field| {
        vec![
            said.text(field.text.as_ref()).to_owned(),
            field.name.clone(),
            field.kind.clone(),
            said.yes(field.identifying),
            said.yes(field.free_text),
            said.yes(field.sensitive),
        ]
    };
    let heads = ["question", "variable", "kind", "identifying", "free_text", "sensitive"];
    said.table("sheet_fields", &heads, fields.iter().map(row))
}

fn time(said: &Said<'_>, sheet: &Sheet) -> String {
    let retention = &sheet.retention;
    let days = |key: &str, days: Option<i64>| days.map(|days| said.words.count(key, days, &[]));
    let forever = || said.word("notice_forever").to_owned();
    let times = [
        days("notice_responses", retention.responses).or_else(|| Some(forever())),
        days("notice_texts", retention.texts),
        days("time_partials", retention.partials),
        Some(said.word("time_backups").to_owned()),
    ];
    let row = |deleted: &Deleted| {
        let what = said.word(&key("what", deleted.what)).to_owned();
        vec![deleted.day.clone(), what, deleted.number.to_string()]
    };
    let deleted = &retention.deleted;
    let table = match deleted.is_empty() {
        true => said.paragraph(said.word("deleted_nothing")),
        false => said.table("deleted", &["day", "what", "number"], deleted.iter().map(row)),
    };
    format!("{}{table}", said.list(times.into_iter().flatten()))
}

fn access(said: &Said<'_>, access: &[Access]) -> String {
    let row = |access: &Access| {
        let who = said.word(&key("who", access.who)).to_owned();
        vec![who, access.name.clone(), said.word(&key("may", &access.may)).to_owned()]
    };
    let table = said.table("sheet_access", &["who", "name", "may"], access.iter().map(row));
    format!("{table}{}", said.paragraph(said.word("access_note")))
}

fn taken(said: &Said<'_>, sheet: &Sheet) -> String {
    let taken = &sheet.taken;
    let last = taken.last.as_ref().map(|day| format!("{}: {day}", said.word("last")));
    let facts = [
        Some(format!("{}: {}", said.word("downloads"), taken.downloads)),
        Some(format!("{}: {}", said.word("texts_read"), taken.texts_read)),
        last,
    ];
    said.list(facts.into_iter().flatten())
}

fn results(said: &Said<'_>, sheet: &Sheet) -> String {
    match sheet.results_min {
        Some(least) => said.paragraph(&said.words.fill("results_min", &[("n", least.to_string())])),
        None => said.paragraph(said.word("results_none")),
    }
}

fn place(said: &Said<'_>, sheet: &Sheet) -> String {
    let counts = &sheet.counts;
    let facts = [
        sheet.stored_in.clone().unwrap_or_else(|| said.word("place_unsaid").to_owned()),
        sheet.engine.to_owned(),
        format!("{}: {}", said.word("responses"), counts.responses),
        format!("{}: {}", said.word("withdrawn"), counts.withdrawn),
        format!("{}: {}", said.word("unfinished"), counts.unfinished),
    ];
    said.list(facts.into_iter())
}
