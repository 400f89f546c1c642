//! The dialogue of downloads: a form whose fields are the parameters of the export. What it asks for is an address, which a
//! program with a token could ask for as well.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{Field, button, link, section, select};
use crate::download::Wanted;
use crate::export::COLUMNS;
use crate::http::language;
use survey::Survey;
use survey::response::CHANNELS;

/// The form, on the page of a survey. A field that is left empty asks for nothing.
pub(super) fn form(console: &Console, survey: &Survey) -> Element {
    let said = &console.said;
    let form = el("form")
        .attr("method", "get")
        .attr("action", &format!("/api/v1/surveys/{}/export", survey.id))
        .child(formats(console))
        .child(values(console))
        .child(languages(console, "lang", "label_language", survey, None))
        .child(part(console, survey))
        .child(button(console, "next", "download"));
    let codebook =
        format!("/api/v1/surveys/{}/codebook?format=html&lang={}", survey.id, survey.language(&said.lang));
    let codebook = el("p").child(link(&codebook, said.get("codebook")));
    section(said.get("data"), [el("p").class("hint").text(said.get("download_note")), codebook, form])
}

fn formats(console: &Console) -> Element {
    let names = Wanted::names();
    let keys: Vec<String> = names.iter().map(|name| format!("format_{name}")).collect();
    let words = keys.iter().map(|key| console.said.get(key));
    let options: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(words).collect();
    select("format", console.said.get("format"), &options, "csv-excel")
}

fn values(console: &Console) -> Element {
    let said = &console.said;
    let options = [("codes", said.get("values_codes")), ("labels", said.get("values_labels"))];
    select("values", said.get("values"), &options, "codes")
}

/// What of the table: nothing chosen is all of it.
fn part(console: &Console, survey: &Survey) -> Element {
    let said = &console.said;
    let day =
        |name: &'static str, key: &str| Field { kind: "date", ..Field::text(name, said.get(key)) }.element();
    let words = |name: &'static str, key: &str, hint: &str| {
        Field { hint: Some(said.get(hint)), ..Field::text(name, said.get(key)) }.element()
    };
    el("details")
        .child(el("summary").text(said.get("only_part")))
        .child(words("columns", "columns", "columns_hint"))
        .child(day("from", "from_day"))
        .child(day("to", "to_day"))
        .child(languages(console, "language", "by_language", survey, Some(said.get("any"))))
        .child(channels(console))
        .child(codes(console))
        .child(words("where", "condition", "condition_hint"))
}

fn languages(console: &Console, name: &str, key: &str, survey: &Survey, any: Option<&str>) -> Element {
    let said = &console.said;
    let named: Vec<(&str, String)> =
        survey.languages.iter().map(|tag| (tag.as_str(), language::name(tag))).collect();
    let tags = named.iter().map(|(tag, name)| (*tag, name.as_str()));
    let options: Vec<(&str, &str)> = any.map(|any| ("", any)).into_iter().chain(tags).collect();
    let chosen = if any.is_some() { "" } else { survey.language(&said.lang) };
    select(name, said.get(key), &options, chosen)
}

/// Whether the codes that were given to texts come along.
fn codes(console: &Console) -> Element {
    let said = &console.said;
    let options = [("", said.get("codes_apart")), (COLUMNS, said.get("codes_along"))];
    select("codes", said.get("coded"), &options, "")
}

fn channels(console: &Console) -> Element {
    let said = &console.said;
    let keys = CHANNELS.map(|channel| format!("channel_{channel}"));
    let named = CHANNELS.into_iter().zip(keys.iter().map(|key| said.get(key)));
    let options: Vec<(&str, &str)> = std::iter::once(("", said.get("any"))).chain(named).collect();
    select("channel", said.get("by_channel"), &options, "")
}
