//! How far two coders of the texts to one question agree, and the texts on which they do not, each settled by a decision.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, button, cell, form, hidden, link, section, select, table};
use super::surveys::sought_by;
use super::texts::{Open, find, tagging};
use crate::coding::{self, Frame, Given, OfText, Standing};
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::{NewTags, Position};
use analysis::agreement::{Agreement, by_code};
use axum::response::Response;
use std::collections::BTreeSet;
use survey::{Question, Survey};

/// Texts that both have coded below which a coefficient says little: a rare code is then given a few times at most.
const FEW: u64 = 50;

/// Texts to settle on a page.
const ON_PAGE: usize = 25;

pub(super) async fn show(open: Open) -> Result<Response, Refusal> {
    let Open { console, survey, question, frame } = &open;
    let (store, id) = (&*console.app.store, &survey.id);
    let given = coding::given(store, id, &question.name).await.map_err(Refusal::of_store)?;
    console.did(Act::ReadTexts, Some(id), &question.name).await?;
    let shown = Shown { console, survey, question, frame, given: &given };
    let main = shown.main().await?;
    let told = parts::told_of(console, &["code_settled"]);
    Ok(parts::page(console, console.said.get("agreement"), told, main))
}

/// Keeps a decision on one text.
pub(super) async fn post(open: Open) -> Result<Response, Refusal> {
    let Open { console, survey, question, frame } = &open;
    let (store, fields, id) = (&*console.app.store, &console.fields, &survey.id);
    let position = fields.get("text").parse().map(Position).map_err(|_| Refusal::Malformed)?;
    let codes = tagging::ticked(console, frame, "code").unwrap_or_default();
    let tags = NewTags {
        survey: id.clone(),
        question: question.name.clone(),
        coder: String::new(),
        day: tagging::day(console),
        texts: vec![(position, Some(codes))],
    };
    store.keep_tags(tags).await.map_err(Refusal::of_store)?;
    console.did(Act::SettledCodes, Some(id), &question.name).await?;
    let kept = ["first", "second"].map(|name| (name, fields.raw(name)));
    let pairs =
        [("question", question.name.as_str())].into_iter().chain(kept).chain([("told", "code_settled")]);
    Ok(console.go(&format!("/console/surveys/{id}/agreement"), &pairs.collect::<Vec<_>>()))
}

struct Shown<'a> {
    console: &'a Console,
    survey: &'a Survey,
    question: &'a Question,
    frame: &'a Frame,
    given: &'a Given,
}

impl Shown<'_> {
    async fn main(&self) -> Result<Vec<Element>, Refusal> {
        let (console, said) = (self.console, &self.console.said);
        let texts = format!("/console/surveys/{}/texts", self.survey.id);
        let back = console.to(&texts, &[("question", &self.question.name)]);
        let back = el("p").class("q").child(link(&back, self.question.text.get(&said.lang)));
        let coders = self.given.coders();
        let wanted = |name: &str, at: usize| {
            let named = console.query.get(name).filter(|name| coders.iter().any(|(own, _)| own == name));
            named.or_else(|| coders.get(at).map(|(name, _)| name.clone()))
        };
        let (Some(first), Some(second)) = (wanted("first", 0), wanted("second", 1)) else {
            return Ok(vec![back, section(said.get("agreement"), [el("p").text(said.get("coders_few"))])]);
        };
        let choice = self.choice(&coders, [&first, &second]);
        let figures = self.figures([&first, &second]);
        let differing = self.differing([&first, &second]).await?;
        Ok(vec![
            back,
            choice,
            section(said.get("agreement"), figures),
            section(said.get("differ"), differing),
        ])
    }

    fn path(&self) -> String {
        format!("/console/surveys/{}/agreement", self.survey.id)
    }

    fn choice(&self, coders: &[(String, usize)], [first, second]: [&str; 2]) -> Element {
        let (console, said) = (self.console, &self.console.said);
        let named: Vec<(&str, String)> = coders
            .iter()
            .map(|(name, texts)| (name.as_str(), format!("{name} ({})", said.number(*texts as u64))))
            .collect();
        let options: Vec<(&str, &str)> = named.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let fields = el("div")
            .child(hidden("question", &self.question.name))
            .child(select("first", said.get("first_coder"), &options, first))
            .child(select("second", said.get("second_coder"), &options, second));
        sought_by(console, &self.path(), fields)
    }

    /// The coefficients of each code, with their base.
    fn figures(&self, [first, second]: [&str; 2]) -> Vec<Element> {
        let said = &self.console.said;
        let (of_first, of_second) = self.given.pair(first, second);
        let numbers: Vec<i64> = self.frame.codes.iter().map(|code| code.number).collect();
        let by_code = by_code(&of_first, &of_second, &numbers);
        let both =
            of_first.iter().zip(&of_second).filter(|(first, second)| first.is_some() && second.is_some());
        let (both, same) =
            both.fold((0, 0), |(both, same), (first, second)| (both + 1, same + u64::from(first == second)));
        let base = el("p")
            .text(&said.fill("agreement_base", &[("n", &said.number(both)), ("same", &said.number(same))]));
        let few = (both < FEW)
            .then(|| el("p").child(el("b").text(&said.fill("agreement_few", &[("n", &said.number(FEW))]))));
        let row = |code: &coding::Code| {
            let told = by_code.get(&code.number)?;
            Some(self.row(code.label(&said.lang), told))
        };
        let rows = self.frame.codes.iter().filter_map(row).collect();
        let heads = ["code", "agreed_share", "kappa", "alpha"].map(|key| said.get(key));
        let note = el("p").class("hint").text(said.get("kappa_note"));
        [Some(base), few, Some(table(said.get("agreement"), &heads, rows)), Some(note)]
            .into_iter()
            .flatten()
            .collect()
    }

    fn row(&self, label: &str, told: &Agreement) -> Vec<Element> {
        let said = &self.console.said;
        let share = told.share.map(|share| said.percent(share));
        let number =
            |number: Option<f64>| number.map_or_else(|| "–".to_owned(), |number| said.decimal(number, 2));
        let cells = [label.to_owned(), share.unwrap_or_default(), number(told.kappa), number(told.alpha)];
        cells.iter().map(|text| cell(text)).collect()
    }

    /// The texts on which the two differ and nobody has decided, the first ones.
    async fn differing(&self, [first, second]: [&str; 2]) -> Result<Vec<Element>, Refusal> {
        let differs = |text: &OfText| {
            let both = text.by(first).zip(text.by(second));
            text.standing() == Standing::Differ && both.is_some_and(|(first, second)| first != second)
        };
        let open: Vec<(Position, &OfText)> = self.given.texts().filter(|(_, text)| differs(text)).collect();
        let texts = find::Texts::of(self.console, &self.survey.id, &self.question.name).await?;
        let mut forms = Vec::new();
        for (position, of_text) in open.iter().take(ON_PAGE) {
            let found = texts.at(*position).await?;
            forms.extend(found.map(|text| self.settling(&text, of_text, [first, second])));
        }
        if forms.is_empty() {
            return Ok(vec![el("p").text(self.console.said.get("differ_none"))]);
        }
        let count = self.console.said.number(open.len() as u64);
        let count = el("p").text(&self.console.said.fill("differ_count", &[("n", &count)]));
        Ok(vec![count, el("ul").class("texts").children(forms)])
    }

    /// A text with what the two gave, and the boxes of a decision, those ticked that both have given.
    fn settling(&self, text: &find::Text, of_text: &OfText, coders: [&str; 2]) -> Element {
        let (console, said) = (self.console, &self.console.said);
        let id = format!("text-{}", text.position.0);
        let words = el("p").attr("lang", &text.lang).attr("dir", "auto").attr("id", &id).text(&text.text);
        let gave = coders.iter().filter_map(|name| Some((*name, of_text.by(name)?))).map(|(name, codes)| {
            let codes = tagging::labels(console, self.frame, codes);
            el("p").class("hint").text(&said.fill("coded_by", &[("name", name), ("codes", &codes)]))
        });
        let both: BTreeSet<i64> = match coders.map(|name| of_text.by(name)) {
            [Some(first), Some(second)] => first.intersection(second).copied().collect(),
            _ => BTreeSet::new(),
        };
        let boxes = tagging::codes(console, self.frame, "code", Some(&both));
        let fieldset = el("fieldset")
            .class("codes")
            .attr("aria-describedby", &id)
            .child(el("legend").text(said.get("decision")))
            .children(boxes);
        let [first, second] = coders;
        let position = text.position.0.to_string();
        let about = [
            ("question", self.question.name.as_str()),
            ("text", &position),
            ("first", first),
            ("second", second),
        ];
        let mut fields: Vec<Element> = about.into_iter().map(|(name, value)| hidden(name, value)).collect();
        fields.extend([fieldset, button(console, "back", "settle")]);
        el("li").child(words).children(gave).child(form(console, &self.path(), "settle", fields))
    }
}
