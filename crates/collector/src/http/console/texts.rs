//! What people wrote in answer to one question, for whoever may read it, with the codes that they give to it. A text stands
//! alone: beside it are no other answers (domain DC7), and every look is written down.

pub(super) mod find;
mod open;
pub(super) mod tagging;

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, form, hidden, link, section, select};
use super::surveys::sought_by;
use crate::coding::{self, Frame, Given};
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::Position;
use axum::response::Response;
use find::{Text, Texts};
pub(super) use open::Open;
use std::ops::ControlFlow;
use survey::fold::fold;
use survey::{Question, Survey};
use tagging::Which;

/// Texts on a page, and responses that are looked through for one page at most: a rare word in a million responses is
/// sought piece by piece.
const ON_PAGE: usize = 25;
const LOOKED_THROUGH: usize = 20_000;

/// The question that an address or a form names, if it is answered in somebody's own words.
pub(super) fn asked<'a>(survey: &'a Survey, name: &str) -> Result<&'a Question, Refusal> {
    let question = survey.question(name).filter(|question| super::survey::is_open(&question.domain));
    question.ok_or(Refusal::UnknownRoute)
}

/// The texts to the question that the address names, those with the words and codes that are sought.
pub(super) async fn show(open: Open) -> Result<Response, Refusal> {
    let Open { console, survey, question, frame } = &open;
    let (app, said, id) = (&console.app, &console.said, &survey.id);
    let wanted = |name: &str| console.query.get(name).unwrap_or_default();
    let after = wanted("after").parse().map_or(Position(0), Position);
    console.did(Act::ReadTexts, Some(id), &question.name).await?;
    let given = coding::given(&*app.store, id, &question.name).await.map_err(Refusal::of_store)?;
    let (q, show) = (wanted("q"), wanted("show"));
    let mut shown = Shown {
        console,
        survey,
        question,
        coding: (frame, &given),
        sought: [&q, &show, &wanted("after")],
        texts: Vec::new(),
        next: None,
    };
    shown.find((&fold(&q), Which::read(&show)), after).await?;
    let told = parts::told_of(console, &["tags_saved"]);
    Ok(parts::page(console, question.text.get(&said.lang), told, shown.main()))
}

/// Keeps what was ticked, and leads back to where it was.
pub(super) async fn post(open: Open) -> Result<Response, Refusal> {
    let Open { console, survey, question, frame } = &open;
    let (store, fields, id) = (&*console.app.store, &console.fields, &survey.id);
    let tags = tagging::posted(console, frame, (id, &question.name));
    store.keep_tags(tags).await.map_err(Refusal::of_store)?;
    console.did(Act::CodedTexts, Some(id), &question.name).await?;
    let kept = ["question", "q", "show", "after"].map(|name| (name, fields.raw(name)));
    let pairs: Vec<(&str, &str)> =
        kept.into_iter().filter(|(_, value)| !value.is_empty()).chain([("told", "tags_saved")]).collect();
    Ok(console.go(&format!("/console/surveys/{id}/texts"), &pairs))
}

/// A page of texts.
struct Shown<'a> {
    console: &'a Console,
    survey: &'a Survey,
    question: &'a Question,
    coding: (&'a Frame, &'a Given),
    /// As the address has it: the words, which codes, and after which response.
    sought: [&'a str; 3],
    texts: Vec<Text>,
    /// After which response to go on; `None` at the end.
    next: Option<Position>,
}

impl Shown<'_> {
    async fn find(&mut self, (words, which): (&str, Which), after: Position) -> Result<(), Refusal> {
        let (given, who) = (self.coding.1, &self.console.signed.person.name);
        let texts = &mut self.texts;
        let see = |text: Text| {
            if fold(&text.text).contains(words) && which.takes(given.text(text.position), who) {
                texts.push(text);
            }
            if texts.len() < ON_PAGE { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let all = Texts::of(self.console, &self.survey.id, &self.question.name).await?;
        self.next = all.each(after, LOOKED_THROUGH, see).await?;
        Ok(())
    }

    fn main(&self) -> Vec<Element> {
        let (console, said) = (self.console, &self.console.said);
        let survey = console.to(&format!("/console/surveys/{}", self.survey.id), &[]);
        let back = link(&survey, self.survey.title.get(&said.lang));
        let field = Field { value: self.sought[0], kind: "search", ..Field::text("q", said.get("find")) };
        let field = el("div")
            .child(hidden("question", &self.question.name))
            .child(field.element())
            .children(self.which());
        let texts = [self.list()].into_iter().chain(self.next());
        let ways = ["frame", "agreement", "words"].map(|page| self.way(page));
        vec![
            el("p").class("q").child(back),
            el("div").class("q").child(el("ul").class("links").children(ways)),
            sought_by(console, &self.path("texts"), field),
            section(said.get("texts"), texts),
        ]
    }

    fn path(&self, page: &str) -> String {
        format!("/console/surveys/{}/{page}", self.survey.id)
    }

    /// The way to another page about the same question.
    fn way(&self, page: &'static str) -> Element {
        let key = match page {
            "frame" => "frame",
            "agreement" => "agreement",
            _ => "word_counts",
        };
        let address = self.console.to(&self.path(page), &[("question", &self.question.name)]);
        el("li").child(link(&address, self.console.said.get(key)))
    }

    /// Which texts, as far as codes go.
    fn which(&self) -> Option<Element> {
        let (said, frame) = (&self.console.said, self.coding.0);
        if frame.codes.is_empty() {
            return None;
        }
        let own = [("", "show_all"), ("uncoded", "show_uncoded"), ("second", "show_second")];
        let code = |code: &coding::Code| {
            let label = said.fill("show_code", &[("code", code.label(&said.lang))]);
            (code.number.to_string(), label)
        };
        let codes: Vec<(String, String)> = frame.codes.iter().map(code).collect();
        let codes = codes.iter().map(|(number, label)| (number.as_str(), label.as_str()));
        let options: Vec<(&str, &str)> =
            own.into_iter().map(|(value, key)| (value, said.get(key))).chain(codes).collect();
        Some(select("show", said.get("show_which"), &options, self.sought[1]))
    }

    fn next(&self) -> Option<Element> {
        let Position(after) = self.next?;
        let after = after.to_string();
        let [q, show, _] = self.sought;
        let pairs =
            [("question", self.question.name.as_str()), ("q", q), ("show", show), ("after", after.as_str())];
        let address = self.console.to(&self.path("texts"), &pairs);
        Some(el("p").child(link(&address, self.console.said.get("more_texts"))))
    }

    fn list(&self) -> Element {
        let (console, said) = (self.console, &self.console.said);
        if self.texts.is_empty() {
            return el("p").text(said.get("no_texts"));
        }
        if self.coding.0.codes.is_empty() {
            let item = |text: &Text| {
                el("li").child(el("p").attr("lang", &text.lang).attr("dir", "auto").text(&text.text))
            };
            return el("ul").class("texts").children(self.texts.iter().map(item));
        }
        let item = |numbered| tagging::text(console, self.coding, numbered);
        let list = el("ul").class("texts").children(self.texts.iter().enumerate().map(item));
        let [q, show, after] = self.sought;
        let place = [("question", self.question.name.as_str()), ("q", q), ("show", show), ("after", after)];
        let mut fields: Vec<Element> = place.into_iter().map(|(name, value)| hidden(name, value)).collect();
        fields.extend([
            el("p").class("hint").text(said.get("coding_blind")),
            list,
            button(console, "next", "save_codes"),
        ]);
        form(console, &self.path("texts"), "tag", fields)
    }
}
