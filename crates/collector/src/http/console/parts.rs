//! What the pages of the console are put together from: the frame, forms, tables.

use super::guard::{Console, PROOF, Visit};
use super::markup::{Element, el};
use crate::http::document::{self, Extra, PLAIN, Page};
use crate::http::{language, vision};
use crate::people::rights::Right;
use axum::http::header::REFERRER_POLICY;
use axum::http::{HeaderValue, StatusCode};
use axum::response::Response;

/// The style of the console, in the head of its pages.
const STYLE_LINK: &str = "<link rel=\"stylesheet\" href=\"/assets/console.css\">\n";

/// A page of the console, for whoever may see it.
pub(super) fn respond(
    visit: &Visit,
    status: StatusCode,
    title: &str,
    above: &str,
    main: Vec<Element>,
) -> Response {
    let lang = &visit.said.lang;
    let kept =
        if visit.query.get("lang").is_some() { vec![("lang".to_owned(), lang.clone())] } else { Vec::new() };
    let switch = vision::switch_alone(visit.vision, lang, &kept);
    let above = format!("<header>{switch}{above}</header>");
    let main: String = main.into_iter().map(|element| element.html() + "\n").collect();
    let page = Page {
        lang,
        title: &format!("{title} · {}", visit.said.get("console")),
        languages: language::tags().collect(),
        vision: visit.vision,
        main: &main,
    };
    let extra = Extra { head: STYLE_LINK, above: &above, ..PLAIN };
    let mut response = document::respond_with(&visit.app, status, &page, &extra);
    // Without it browsers do not say where a form came from, which the guard asks them.
    response.headers_mut().insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
    response
}

/// A page for somebody who is signed in: a heading, what happened before, and what it shows.
pub(super) fn page(console: &Console, title: &str, told: Option<Element>, main: Vec<Element>) -> Response {
    page_with(console, StatusCode::OK, title, told, main)
}

/// The same with another status.
pub(super) fn page_with(
    console: &Console,
    status: StatusCode,
    title: &str,
    told: Option<Element>,
    main: Vec<Element>,
) -> Response {
    let head = el("div").class("q").child(el("h1").class("title").text(title)).children(told);
    let all = std::iter::once(head).chain(main).collect();
    respond(console, status, title, &navigation(console).html(), all)
}

/// What somebody sees who has no business there.
pub(super) fn forbidden(console: &Console) -> Response {
    let title = console.said.get("forbidden");
    let main = vec![el("p").class("q").text(console.said.get("forbidden_note"))];
    page_with(console, StatusCode::FORBIDDEN, title, None, main)
}

/// The way around: the pages that this person may see, and the way out.
fn navigation(console: &Console) -> Element {
    let link = |(path, key): (&str, &'static str)| {
        let here = if console.path == path { "page" } else { "false" };
        let link = el("a").attr("href", &console.to(path, &[])).attr("aria-current", here);
        el("li").child(link.text(console.said.get(key)))
    };
    let everybody = [("/console", "surveys"), ("/console/account", "account")];
    let owners = [("/console/people", "people"), ("/console/tokens", "tokens"), ("/console/log", "log")];
    let manages = console.signed.person.roles.give_everywhere(Right::Manage);
    let owners = owners.into_iter().filter(|_| manages);
    let list = el("ul").children(everybody.into_iter().chain(owners).map(link));
    let leave = form(console, "/console/sign-out", "sign-out", vec![button(console, "back", "sign_out")]);
    el("div")
        .class("console")
        .child(el("nav").attr("aria-label", console.said.get("console")).child(list))
        .child(el("div").class("q bare").child(el("span").text(&console.signed.person.display)).child(leave))
}

/// Words under a heading of their own.
pub(super) fn section(title: &str, inside: impl IntoIterator<Item = Element>) -> Element {
    el("section").class("q").child(el("h2").text(title)).children(inside)
}

/// A form that posts to a page, with what proves that it is ours.
pub(super) fn form(console: &Console, path: &str, asks: &str, fields: Vec<Element>) -> Element {
    el("form")
        .attr("method", "post")
        .attr("action", &console.to(path, &[]))
        .attr("accept-charset", "utf-8")
        .child(hidden(PROOF, &console.signed.proof))
        .child(hidden("do", asks))
        .children(fields)
}

pub(super) fn hidden(name: &str, value: &str) -> Element {
    el("input").attr("type", "hidden").attr("name", name).attr("value", value)
}

/// The button that sends a form, in a row of its own.
pub(super) fn button(visit: &Visit, class: &str, key: &str) -> Element {
    let button = el("button").class(class).attr("type", "submit").text(visit.said.get(key));
    el("div").class("buttons").child(button)
}

/// A line to write on with its label; its id is its name.
pub(super) struct Field<'a> {
    pub(super) name: &'a str,
    pub(super) label: &'a str,
    pub(super) hint: Option<&'a str>,
    pub(super) kind: &'a str,
    pub(super) autocomplete: &'a str,
    pub(super) value: &'a str,
    /// What is wrong with what was typed.
    pub(super) wrong: Option<Element>,
}

impl<'a> Field<'a> {
    /// A line of text that a browser fills with nothing.
    pub(super) fn text(name: &'a str, label: &'a str) -> Self {
        Self { name, label, hint: None, kind: "text", autocomplete: "off", value: "", wrong: None }
    }

    pub(super) fn element(&self) -> Element {
        let hint_id = format!("{}-hint", self.name);
        let hint = self.hint.map(|hint| el("p").class("hint").attr("id", &hint_id).text(hint));
        let input = el("input")
            .attr("type", self.kind)
            .attr("id", self.name)
            .attr("name", self.name)
            .attr("autocomplete", self.autocomplete)
            .attr("value", self.value);
        let described = hint.as_ref().map(|_| hint_id.as_str());
        let (wrong, input) = marked(self.name, self.wrong.clone(), described, input);
        el("div")
            .class("question")
            .child(el("label").class("text").attr("for", self.name).text(self.label))
            .children(hint)
            .children(wrong)
            .child(input)
    }
}

/// What is wrong with a field, and the field that says where that stands (WCAG 2.2, 3.3.1).
fn marked(
    name: &str,
    wrong: Option<Element>,
    hint: Option<&str>,
    input: Element,
) -> (Option<Element>, Element) {
    let error_id = format!("{name}-error");
    let ids: Vec<&str> = hint.into_iter().chain(wrong.is_some().then_some(error_id.as_str())).collect();
    let input = if ids.is_empty() { input } else { input.attr("aria-describedby", &ids.join(" ")) };
    let input = if wrong.is_some() { input.attr("aria-invalid", "true") } else { input };
    (wrong.map(|wrong| el("p").class("error").attr("id", &error_id).child(wrong)), input)
}

/// Some lines to write on in a language, with their label; the id is the name.
pub(super) fn area((name, lang): (&str, &str), label: &str, value: &str, wrong: Option<&str>) -> Element {
    let wrong = wrong.map(|wrong| el("span").text(wrong));
    let input = el("textarea").attr("id", name).attr("name", name).attr("lang", lang).attr("rows", "6");
    let (wrong, input) = marked(name, wrong, None, input.text(value));
    let label = el("label").class("text").attr("for", name).text(label);
    el("div").class("question").child(label).children(wrong).child(input)
}

/// A box with what it stands for.
pub(super) fn tick(name: &str, value: &str, label: &str, ticked: bool) -> Element {
    let id = format!("{name}-{value}");
    let input = el("input").attr("type", "checkbox").attr("id", &id).attr("name", name).attr("value", value);
    el("div")
        .class("tick")
        .child(input.flag("checked", ticked))
        .child(el("label").attr("for", &id).text(label))
}

/// A choice from a list: values with their words.
pub(super) fn select(name: &str, label: &str, options: &[(&str, &str)], chosen: &str) -> Element {
    select_marked(name, label, (options, chosen), None)
}

/// The same with what is wrong with the choice.
pub(super) fn select_marked(
    name: &str,
    label: &str,
    (options, chosen): (&[(&str, &str)], &str),
    wrong: Option<Element>,
) -> Element {
    let option = |(value, words): &(&str, &str)| {
        el("option").attr("value", value).flag("selected", *value == chosen).text(words)
    };
    let select = el("select").attr("id", name).attr("name", name).children(options.iter().map(option));
    let (wrong, select) = marked(name, wrong, None, select);
    let label = el("label").class("text").attr("for", name).text(label);
    el("div").class("question").child(label).children(wrong).child(select)
}

/// Something that happened, told to a screen reader at once.
pub(super) fn told(text: &str) -> Element {
    el("p").class("told").attr("role", "status").child(el("b").text(text))
}

/// Something that could not be done.
pub(super) fn refused(visit: &Visit, text: &str) -> Element {
    let prefix = qulaq::words::of(&visit.said.lang).get("error_prefix").to_owned();
    el("p")
        .class("error")
        .attr("role", "alert")
        .child(el("span").class("spoken").text(&format!("{prefix} ")))
        .child(el("span").text(text))
}

/// What the address says has happened, when it is one of these keys.
pub(super) fn told_of(visit: &Visit, keys: &[&'static str]) -> Option<Element> {
    let asked = visit.query.get("told")?;
    let key = keys.iter().find(|key| **key == asked)?;
    Some(told(visit.said.get(key)))
}

/// A table whose name stands above it already: who hears the page hears it with the table too.
pub(super) fn table(name: &str, heads: &[&str], rows: Vec<Vec<Element>>) -> Element {
    captioned(el("caption").class("spoken").text(name), name, heads, rows)
}

/// A table with a caption. The first cell of a row is its head; a table that is wider than the page is moved by itself.
pub(super) fn captioned(caption: Element, name: &str, heads: &[&str], rows: Vec<Vec<Element>>) -> Element {
    let head = |text: &&str| el("th").attr("scope", "col").text(text);
    let row = |cells: Vec<Element>| {
        let mut cells = cells.into_iter();
        let first = cells.next().map(|cell| el("th").attr("scope", "row").child(cell));
        el("tr").children(first).children(cells.map(|cell| el("td").child(cell)))
    };
    let table = el("table")
        .child(caption)
        .child(el("thead").child(el("tr").children(heads.iter().map(head))))
        .child(el("tbody").children(rows.into_iter().map(row)));
    el("div").class("wide").attr("role", "region").attr("aria-label", name).attr("tabindex", "0").child(table)
}

/// A cell of text.
pub(super) fn cell(text: &str) -> Element {
    el("span").text(text)
}

/// A link.
pub(super) fn link(address: &str, text: &str) -> Element {
    el("a").attr("href", address).text(text)
}
