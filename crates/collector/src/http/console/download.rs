//! The dialogue of downloads: a form whose fields are the parameters of the export. What it asks for at once is an address,
//! which a program with a token could ask for as well; what is long is made in the background (`downloads`).

use super::guard::{Console, PROOF};
use super::markup::{Element, el};
use super::parts::{self, Field, hidden, link, select_marked};
use crate::download::Wanted;
use crate::export::OptionError;
use crate::http::language;
use survey::Survey;
use survey::response::CHANNELS;

/// The form as it was filled in, with what was wrong with it.
pub(super) struct Form<'a> {
    pub(super) console: &'a Console,
    pub(super) survey: &'a Survey,
    pub(super) wrong: Option<&'a OptionError>,
}

/// The address of the page of downloads.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/downloads")
}

/// The form on the page of a survey, and the ways to what lies ready and to the codebook.
pub(super) fn section(console: &Console, survey: &Survey) -> Element {
    let said = &console.said;
    let codebook =
        format!("/api/v1/surveys/{}/codebook?format=html&lang={}", survey.id, survey.language(&said.lang));
    let links = [(codebook, "codebook"), (console.to(&path(&survey.id), &[]), "downloads")];
    let links = links.iter().map(|(address, key)| el("li").child(link(address, said.get(key))));
    let links = el("ul").class("links").children(links);
    let form = Form { console, survey, wrong: None }.element();
    parts::section(said.get("data"), [el("p").class("hint").text(said.get("download_note")), links, form])
}

impl Form<'_> {
    /// The form. A field that is left empty asks for nothing.
    pub(super) fn element(&self) -> Element {
        let said = &self.console.said;
        let button = |class: &str, asks: &str, key: &str| {
            let button = el("button").class(class).attr("type", "submit").attr("name", "do");
            button.attr("value", asks).text(said.get(key))
        };
        let buttons = [button("next", "now", "download"), button("back", "later", "download_later")];
        el("form")
            .attr("method", "post")
            .attr("action", &self.console.to(&path(&self.survey.id), &[]))
            .attr("accept-charset", "utf-8")
            .child(hidden(PROOF, &self.console.signed.proof))
            .child(self.formats())
            .child(self.values())
            .child(self.languages("lang", "label_language", None))
            .child(self.part())
            .child(el("p").class("hint").text(said.get("download_later_hint")))
            .child(el("div").class("buttons").children(buttons))
    }

    /// What was chosen or typed; `first` in a form that nobody has filled in.
    fn filled<'b>(&'b self, name: &str, first: &'b str) -> &'b str {
        if self.wrong.is_some() { self.console.fields.get(name) } else { first }
    }

    /// What is wrong with a field, in the words of the console, and for a program's words their language.
    fn wrong(&self, name: &str) -> Option<Element> {
        let wrong = self.wrong.filter(|wrong| field_of(wrong) == name)?;
        let said = el("span").text(self.console.said.get(told_key(name)));
        let detail = el("span").attr("lang", "en").text(&format!(" ({wrong})"));
        Some(el("span").child(said).children(matches!(name, "columns" | "where").then_some(detail)))
    }

    /// A choice whose field may be wrong.
    fn select(&self, name: &str, key: &str, options: &[(&str, &str)], first: &str) -> Element {
        let label = self.console.said.get(key);
        select_marked(name, label, (options, self.filled(name, first)), self.wrong(name))
    }

    fn formats(&self) -> Element {
        let names = Wanted::names();
        let keys: Vec<String> = names.iter().map(|name| format!("format_{name}")).collect();
        let words = keys.iter().map(|key| self.console.said.get(key));
        let options: Vec<(&str, &str)> = names.iter().map(String::as_str).zip(words).collect();
        self.select("format", "format", &options, "csv-excel")
    }

    fn values(&self) -> Element {
        let said = &self.console.said;
        let options = [("codes", said.get("values_codes")), ("labels", said.get("values_labels"))];
        self.select("values", "values", &options, "codes")
    }

    /// What of the table: nothing chosen is all of it. It stands open when something in it is wrong.
    fn part(&self) -> Element {
        let said = &self.console.said;
        let field = |name: &'static str, key: &str, kind: &'static str, hint: Option<&str>| {
            let value = self.filled(name, "");
            Field { kind, value, hint, wrong: self.wrong(name), ..Field::text(name, said.get(key)) }.element()
        };
        let words = |name, key, hint| field(name, key, "text", Some(said.get(hint)));
        el("details")
            .flag("open", self.wrong.is_some())
            .child(el("summary").text(said.get("only_part")))
            .child(words("columns", "columns", "columns_hint"))
            .child(field("from", "from_day", "date", None))
            .child(field("to", "to_day", "date", None))
            .child(self.languages("language", "by_language", Some(said.get("any"))))
            .child(self.channels())
            .child(words("where", "condition", "condition_hint"))
    }

    fn languages(&self, name: &str, key: &str, any: Option<&str>) -> Element {
        let survey = self.survey;
        let named: Vec<(&str, String)> =
            survey.languages.iter().map(|tag| (tag.as_str(), language::name(tag))).collect();
        let tags = named.iter().map(|(tag, name)| (*tag, name.as_str()));
        let options: Vec<(&str, &str)> = any.map(|any| ("", any)).into_iter().chain(tags).collect();
        let first = if any.is_some() { "" } else { survey.language(&self.console.said.lang) };
        self.select(name, key, &options, first)
    }

    fn channels(&self) -> Element {
        let said = &self.console.said;
        let keys = CHANNELS.map(|channel| format!("channel_{channel}"));
        let named = CHANNELS.into_iter().zip(keys.iter().map(|key| said.get(key)));
        let options: Vec<(&str, &str)> = std::iter::once(("", said.get("any"))).chain(named).collect();
        self.select("channel", "by_channel", &options, "")
    }
}

/// The field of the form that a refusal is about; the format for options that the form has not.
pub(super) fn field_of(wrong: &OptionError) -> &'static str {
    let fields = ["values", "lang", "columns", "from", "to", "language", "channel", "where"];
    fields.into_iter().find(|field| *field == wrong.option()).unwrap_or("format")
}

/// The key of what is said of a field.
pub(super) fn told_key(field: &str) -> &'static str {
    match field {
        "columns" => "wrong_columns",
        "from" | "to" => "day_bad",
        "where" => "wrong_condition",
        "values" => "wrong_values",
        _ => "wrong_choice",
    }
}

/// The key of a field's label.
pub(super) fn label_key(field: &str) -> &'static str {
    match field {
        "columns" => "columns",
        "from" => "from_day",
        "to" => "to_day",
        "where" => "condition",
        "values" => "values",
        "lang" => "label_language",
        "language" => "by_language",
        "channel" => "by_channel",
        _ => "format",
    }
}
