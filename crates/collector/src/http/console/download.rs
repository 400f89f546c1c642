//! The dialogue of downloads: a form whose fields are the parameters of the export. What it asks for is an address, which a
//! program with a token could ask for as well.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{Field, button, link, section, select};
use crate::download::Wanted;
use crate::http::language;
use survey::Survey;

/// The form, on the page of a survey. A field that is left empty asks for nothing. What the page is filtered by, the file is
/// too.
pub(super) fn form(console: &Console, survey: &Survey) -> Element {
    let said = &console.said;
    let form = el("form")
        .attr("method", "get")
        .attr("action", &format!("/api/v1/surveys/{}/export", survey.id))
        .child(formats(console))
        .child(values(console))
        .child(languages(console, "lang", "label_language", survey))
        .child(part(console))
        .children(super::cut::kept(console))
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
fn part(console: &Console) -> Element {
    let said = &console.said;
    let columns =
        Field { hint: Some(said.get("columns_hint")), ..Field::text("columns", said.get("columns")) };
    let flags = [("", said.get("no")), ("columns", said.get("yes"))];
    el("details").child(el("summary").text(said.get("which_columns"))).child(columns.element()).child(select(
        "quality",
        said.get("quality_columns"),
        &flags,
        "",
    ))
}

fn languages(console: &Console, name: &str, key: &str, survey: &Survey) -> Element {
    let said = &console.said;
    let named: Vec<(&str, String)> =
        survey.languages.iter().map(|tag| (tag.as_str(), language::name(tag))).collect();
    let options: Vec<(&str, &str)> = named.iter().map(|(tag, name)| (*tag, name.as_str())).collect();
    select(name, said.get(key), &options, survey.language(&said.lang))
}
