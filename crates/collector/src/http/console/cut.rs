//! Which responses a page is about: the form that says it in the address, what the page says of it, and why some groups
//! are not shown. Filters are for whoever may download the responses; pages for others show everybody.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, hidden, link, select};
use crate::cuts::{self, Cut, CutError, Group, NAMES, RULE, counted};
use crate::export::quality::Flagged;
use crate::figures::Figures;
use crate::http::language;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::results;
use analysis::Counts;
use analysis::disclosure::Refused;
use axum::http::StatusCode;
use survey::Survey;
use survey::response::CHANNELS;

/// What a page is about.
pub(super) enum Looked {
    /// Every response.
    All,
    /// A group, with what is counted of it.
    Group(Group, Box<Counts>),
    /// Nothing, and what is said instead.
    Refused(StatusCode, Element),
}

impl Looked {
    /// The status of the page.
    pub(super) fn status(&self) -> StatusCode {
        if let Self::Refused(status, _) = self { *status } else { StatusCode::OK }
    }
}

/// What the page of a survey is about; `None` where somebody asks for a group who may not.
pub(super) async fn look(console: &Console, id: &str, figures: &Figures) -> Result<Option<Looked>, Refusal> {
    let cut = read(console);
    if cut.as_ref().is_ok_and(Cut::is_all) {
        return Ok(Some(Looked::All));
    }
    if !console.may(Right::Download, id) {
        return Ok(None);
    }
    let counted = match cut {
        Ok(cut) => counted(figures, &cut).await,
        Err(error) => Err(error),
    };
    Ok(Some(match counted {
        Ok((group, counts)) => Looked::Group(group, Box::new(counts)),
        Err(error) => {
            let (status, told) = refused(console, error)?;
            Looked::Refused(status, told)
        }
    }))
}

/// What the address says.
pub(super) fn read(console: &Console) -> Result<Cut, CutError> {
    Ok(Cut::read(|name| console.query.get(name))?)
}

/// Why nothing is shown, in words. What failed in the program is no page of ours.
pub(super) fn refused(console: &Console, error: CutError) -> Result<(StatusCode, Element), Refusal> {
    let said = &console.said;
    let least = RULE.least().to_string();
    let key = match error {
        CutError::Figures(error) => return Err(results::refusal(error)),
        CutError::Option(error) => {
            let text = format!("{} {error}", said.get("filter_bad"));
            return Ok((StatusCode::BAD_REQUEST, parts::refused(console, &text)));
        }
        CutError::Few(Refused::Few) => "filter_few",
        CutError::Few(_) => "filter_difference",
        CutError::Many => "too_many_categories",
    };
    let told = parts::refused(console, &said.fill(key, &[("least", &least)]));
    Ok((StatusCode::UNPROCESSABLE_ENTITY, told))
}

/// What the address says of a group, as fields that a form takes along.
pub(super) fn kept(console: &Console) -> Vec<Element> {
    pairs(console).iter().map(|(name, value)| hidden(name, value)).collect()
}

/// The same for links.
pub(super) fn pairs(console: &Console) -> Vec<(&'static str, String)> {
    let value = |name: &'static str| Some((name, console.query.get(name)?.trim().to_owned()));
    NAMES.into_iter().filter_map(value).filter(|(_, value)| !value.is_empty()).collect()
}

/// An address of a page about the same group.
pub(super) fn to(console: &Console, path: &str, more: &[(&str, &str)]) -> String {
    let own = pairs(console);
    let own = own.iter().map(|(name, value)| (*name, value.as_str()));
    console.to(path, &own.chain(more.iter().copied()).collect::<Vec<_>>())
}

/// The part of a survey's page in which it is cut.
pub(super) fn section(console: &Console, (survey, figures): (&Survey, &Figures), looked: &Looked) -> Element {
    let said = &console.said;
    let path = format!("/console/surveys/{}", survey.id);
    let told = match looked {
        Looked::All => el("p").class("hint").text(said.get("filter_note")),
        Looked::Group(group, _) => sentence(console, &path, *group, &[]),
        Looked::Refused(_, told) => el("div").child(told.clone()).child(all_of_it(console, &path, &[])),
    };
    let page = |page: &str, key: &str| {
        el("li").child(link(&to(console, &format!("{path}/{page}"), &[]), said.get(key)))
    };
    let pages = [page("cross", "cross"), page("quality", "quality"), page("weights", "weights")];
    let pages = el("ul").class("links").children(pages);
    parts::section(said.get("cutting"), [told, form(console, (survey, figures), &path, &[]), pages])
}

/// How many of how many, and the way back to all of them.
pub(super) fn sentence(console: &Console, path: &str, group: Group, kept: &[(&str, &str)]) -> Element {
    let said = &console.said;
    let (size, of) = (said.number(group.size), said.number(group.of));
    let filter: Vec<String> =
        pairs(console).iter().map(|(name, value)| named(console, name, value)).collect();
    let filter = said.fill("filtered_by", &[("filter", &filter.join(" · "))]);
    el("div")
        .child(el("p").child(el("b").text(&said.fill("filtered", &[("n", &size), ("all", &of)]))))
        .child(el("p").text(&filter))
        .child(all_of_it(console, path, kept))
}

fn all_of_it(console: &Console, path: &str, kept: &[(&str, &str)]) -> Element {
    el("p").child(link(&console.to(path, kept), console.said.get("show_all")))
}

/// A condition in words.
fn named(console: &Console, name: &str, value: &str) -> String {
    let said = &console.said;
    let (key, value) = match name {
        "from" => ("from_day", value.to_owned()),
        "to" => ("to_day", value.to_owned()),
        "language" => ("language", language::name(value)),
        "channel" => ("channel", channel(console, value)),
        "version" => ("version", value.chars().take(8).collect()),
        "flags" => ("quality", flag(console, value)),
        _ => ("condition", value.to_owned()),
    };
    format!("{}: {value}", said.get(key))
}

fn channel(console: &Console, value: &str) -> String {
    if CHANNELS.contains(&value) {
        console.said.get(&format!("channel_{value}")).to_owned()
    } else {
        value.to_owned()
    }
}

fn flag(console: &Console, value: &str) -> String {
    match Flagged::all().find(|it| it.name() == value) {
        Some(Flagged::Nothing) => console.said.get("flags_none").to_owned(),
        Some(Flagged::With(flag)) => console.said.get(&format!("flag_{}", flag.name())).to_owned(),
        None => value.to_owned(),
    }
}

/// The form that says which responses a page is about. `more` is what else the address says.
pub(super) fn form(
    console: &Console,
    (survey, figures): (&Survey, &Figures),
    path: &str,
    more: &[(&str, &str)],
) -> Element {
    let said = &console.said;
    let value = |name: &str| console.query.get(name).unwrap_or_default();
    let day = |name: &'static str, key: &str| {
        Field { kind: "date", value: &value(name), ..Field::text(name, said.get(key)) }.element()
    };
    let condition = value("where");
    let condition = Field {
        value: &condition,
        hint: Some(said.get("condition_hint")),
        ..Field::text("where", said.get("condition"))
    };
    let form = el("form")
        .attr("method", "get")
        .attr("action", path)
        .children(super::surveys::address(console))
        .children(more.iter().map(|(name, value)| hidden(name, value)))
        .child(day("from", "from_day"))
        .child(day("to", "to_day"))
        .children(selects(console, survey, figures))
        .child(condition.element())
        .child(button(console, "next", "filter_button"));
    let has_some = !pairs(console).is_empty();
    el("details").flag("open", has_some).child(el("summary").text(said.get("filter"))).child(form)
}

fn selects(console: &Console, survey: &Survey, figures: &Figures) -> Vec<Element> {
    let said = &console.said;
    let list = |name: &str, key: &str, options: Vec<(String, String)>| {
        let any = std::iter::once(("", said.get("any")));
        let options = options.iter().map(|(value, words)| (value.as_str(), words.as_str()));
        let chosen = console.query.get(name).unwrap_or_default();
        select(name, said.get(key), &any.chain(options).collect::<Vec<_>>(), &chosen)
    };
    let languages = survey.languages.iter().map(|tag| (tag.clone(), language::name(tag))).collect();
    let channels = CHANNELS.map(|name| (name.to_owned(), channel(console, name))).to_vec();
    let versions = figures.by_word("response_version").into_iter().flatten();
    let versions = versions.map(|(name, _)| (name.clone(), name.chars().take(8).collect())).collect();
    let flags = Flagged::all().map(|it| (it.name().to_owned(), flag(console, it.name()))).collect();
    vec![
        list("language", "language", languages),
        list("channel", "channel", channels),
        list("version", "version", versions),
        list("flags", "quality", flags),
    ]
}

/// What a figure of a few is called.
pub(super) fn hidden_count(console: &Console) -> Element {
    let spoken = el("span").class("spoken").text(console.said.get("hidden_count"));
    el("span").child(el("span").attr("aria-hidden", "true").text("×")).child(spoken)
}

/// The words of channels, for whoever names categories.
pub(super) fn words(console: &Console) -> Vec<(String, String)> {
    CHANNELS.map(|name| (name.to_owned(), channel(console, name))).to_vec()
}

/// All figures of a survey, for pages that cut them.
pub(super) async fn figures(console: &Console, id: &str) -> Result<Figures, Refusal> {
    let figures = console.app.figures.of(id).await.map_err(results::refusal)?;
    figures.ok_or(Refusal::UnknownSurvey)
}

/// What was noticed, for whoever shows it.
pub(super) async fn noticed(figures: &Figures) -> Result<(Vec<cuts::Noticed>, Option<f64>), Refusal> {
    cuts::noticed(figures).await.map_err(|error| match error {
        CutError::Figures(error) => results::refusal(error),
        other => Refusal::internal("flags cannot be counted", &other),
    })
}
