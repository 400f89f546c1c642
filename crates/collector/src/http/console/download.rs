//! The dialogue of downloads: a form whose fields are the parameters of the export. What it asks for at once is an address,
//! which a program with a token could ask for as well; what is long is made in the background (`downloads`).

use super::guard::{Console, PROOF};
use super::markup::{Element, el};
use super::parts::{self, Field, hidden, link, select_marked};
use crate::download::Wanted;
use crate::export::{COLUMNS, OptionError};
use crate::http::language;
use crate::refusal::Refusal;
use crate::store::weighting_names;
use survey::Survey;
use survey::response::CHANNELS;

/// The form as it was filled in, with what was wrong with it.
pub(super) struct Form<'a> {
    pub(super) console: &'a Console,
    pub(super) survey: &'a Survey,
    /// The names of the weightings that there are.
    pub(super) weightings: &'a [String],
    pub(super) wrong: Option<&'a OptionError>,
}

/// The address of the page of downloads.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/downloads")
}

/// The form on the page of a survey, and the ways to what lies ready and to the codebook.
pub(super) async fn section(console: &Console, survey: &Survey) -> Result<Element, Refusal> {
    let said = &console.said;
    let weightings = weightings(console, &survey.id).await?;
    let codebook =
        format!("/api/v1/surveys/{}/codebook?format=html&lang={}", survey.id, survey.language(&said.lang));
    let links = [(codebook, "codebook"), (console.to(&path(&survey.id), &[]), "downloads")];
    let links = links.iter().map(|(address, key)| el("li").child(link(address, said.get(key))));
    let links = el("ul").class("links").children(links);
    let form = Form { console, survey, weightings: &weightings, wrong: None }.element();
    let note = el("p").class("hint").text(said.get("download_note"));
    Ok(parts::section(said.get("data"), [note, links, form]))
}

/// The names of the weightings of a survey.
pub(super) async fn weightings(console: &Console, survey: &str) -> Result<Vec<String>, Refusal> {
    let kept = console.app.store.weightings(survey).await.map_err(Refusal::of_store)?;
    Ok(weighting_names(&kept))
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
            .children(self.group())
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
        let value = self.filled("columns", "");
        let hint = Some(said.get("columns_hint"));
        let wrong = self.wrong("columns");
        let columns = Field { value, hint, wrong, ..Field::text("columns", said.get("columns")) };
        let flags = [("", said.get("no")), ("columns", said.get("yes"))];
        el("details")
            .flag("open", self.wrong.is_some())
            .child(el("summary").text(said.get("which_columns")))
            .child(columns.element())
            .child(self.select("quality", "quality_columns", &flags, ""))
            .child(self.select("guard", "guard_columns", &flags, ""))
            .children(self.weighting())
            .child(self.codes())
    }

    /// By which weighting each response has a weight, where there are any.
    fn weighting(&self) -> Option<Element> {
        let named = self.weightings.iter().map(|name| (name.as_str(), name.as_str()));
        let options: Vec<(&str, &str)> =
            std::iter::once(("", self.console.said.get("no"))).chain(named).collect();
        (options.len() > 1).then(|| self.select("weighting", "weighting_column", &options, ""))
    }

    /// Which responses: what the page is filtered by. Where something was wrong with it, it can be corrected here.
    fn group(&self) -> Vec<Element> {
        let said = &self.console.said;
        if self.wrong.is_none() {
            return super::cut::kept(self.console);
        }
        let field = |name: &'static str, key: &str, kind: &'static str, hint: Option<&str>| {
            let value = self.filled(name, "");
            Field { kind, value, hint, wrong: self.wrong(name), ..Field::text(name, said.get(key)) }.element()
        };
        let mut fields = vec![
            field("from", "from_day", "date", None),
            field("to", "to_day", "date", None),
            self.languages("language", "by_language", Some(said.get("any"))),
            self.channels(),
            field("where", "condition", "text", Some(said.get("condition_hint"))),
        ];
        let others = ["version", "flags"].map(|name| hidden(name, self.console.fields.get(name)));
        fields.extend(others);
        fields
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

    /// Whether the codes that were given to texts come along.
    fn codes(&self) -> Element {
        let said = &self.console.said;
        let options = [("", said.get("codes_apart")), (COLUMNS, said.get("codes_along"))];
        self.select("codes", "coded", &options, "")
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
    let fields = ["values", "lang", "columns", "weighting", "from", "to", "language", "channel", "where"];
    fields.into_iter().find(|field| *field == wrong.option()).unwrap_or("format")
}

/// The key of what is said of a field.
pub(super) fn told_key(field: &str) -> &'static str {
    match field {
        "columns" => "wrong_columns",
        "from" | "to" => "day_bad",
        "where" => "wrong_condition",
        "values" => "wrong_values",
        "weighting" => "cross_no_weights",
        _ => "wrong_choice",
    }
}

/// The key of a field's label.
pub(super) fn label_key(field: &str) -> &'static str {
    match field {
        "columns" => "columns",
        "weighting" => "weighting_column",
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
