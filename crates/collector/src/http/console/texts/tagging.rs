//! The boxes beside a text with the codes of its question, and what is ticked there. What others gave to a text is shown
//! to whoever has coded it too, and not before: a second coder who knows what the first one saw is none.

use super::super::guard::Console;
use super::super::markup::{Element, el};
use super::super::parts::{hidden, tick};
use super::find::Text;
use crate::coding::{Frame, Given, OfText};
use crate::store::{MOST_TAGS, NewTags, Position};
use std::collections::BTreeSet;

/// The field that names the texts on a page, and the value of a box that says that no code fits.
const TEXT: &str = "t";
const NONE: &str = "none";

/// Texts that one form is about at most.
const MOST: usize = 100;

/// Which texts are wanted, as far as codes go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    All,
    /// Those that this person has not coded.
    Uncoded,
    /// Of these those that somebody else has.
    Second,
    /// Those to which this person, or a decision, gave this code.
    Code(i64),
}

impl Which {
    pub(super) fn read(text: &str) -> Self {
        match text {
            "uncoded" => Self::Uncoded,
            "second" => Self::Second,
            code => code.parse().map_or(Self::All, Self::Code),
        }
    }

    pub(super) fn takes(self, of_text: Option<&OfText>, who: &str) -> bool {
        let own = of_text.and_then(|text| text.by(who));
        let has = |code: i64| {
            let stands = own.or_else(|| of_text.and_then(OfText::decision));
            stands.is_some_and(|codes| codes.contains(&code))
        };
        match self {
            Self::All => true,
            Self::Uncoded => own.is_none(),
            Self::Second => own.is_none() && of_text.is_some_and(|text| !text.coders().is_empty()),
            Self::Code(code) => has(code),
        }
    }
}

/// A text with the boxes of its codes. `number` is its place on the page.
pub(super) fn text(
    console: &Console,
    (frame, given): (&Frame, &Given),
    (number, text): (usize, &Text),
) -> Element {
    let said = &console.said;
    let of_text = given.text(text.position);
    let own = of_text.and_then(|of_text| of_text.by(&console.signed.person.name));
    let words = el("p")
        .attr("lang", &text.lang)
        .attr("dir", "auto")
        .attr("id", &format!("text-{number}"))
        .text(&text.text);
    let legend = said.fill("codes_of", &[("n", &said.number(number as u64 + 1))]);
    let boxes = codes(console, frame, &format!("c{}", text.position.0), own);
    let nothing = own.is_some_and(BTreeSet::is_empty);
    let none = tick(&format!("c{}", text.position.0), NONE, said.get("no_code_fits"), nothing);
    let fieldset = el("fieldset")
        .class("codes")
        .attr("aria-describedby", &format!("text-{number}"))
        .child(el("legend").class("spoken").text(&legend))
        .child(hidden(TEXT, &text.position.0.to_string()))
        .children(boxes)
        .child(none);
    el("li").child(words).child(fieldset).children(told(console, frame, of_text))
}

/// A box for each code that may be given, and for each that was and is retired since.
pub(in super::super) fn codes(
    console: &Console,
    frame: &Frame,
    name: &str,
    ticked: Option<&BTreeSet<i64>>,
) -> Vec<Element> {
    let is_ticked = |code: i64| ticked.is_some_and(|codes| codes.contains(&code));
    let shown = frame.codes.iter().filter(|code| !code.retired || is_ticked(code.number));
    let of_code = |code: &crate::coding::Code| {
        tick(name, &code.number.to_string(), code.label(&console.said.lang), is_ticked(code.number))
    };
    shown.map(of_code).collect()
}

/// What was decided, and what others gave, for whoever has coded the text.
fn told(console: &Console, frame: &Frame, of_text: Option<&OfText>) -> Vec<Element> {
    let (said, who) = (&console.said, &console.signed.person.name);
    let Some(of_text) = of_text.filter(|text| text.by(who).is_some()) else { return Vec::new() };
    let line = |text: String| el("p").class("hint").text(&text);
    let decision = of_text
        .decision()
        .map(|codes| line(said.fill("decided", &[("codes", &labels(console, frame, codes))])));
    let others = of_text.coders().iter().filter(|(name, _)| *name != who).map(|(name, codes)| {
        line(said.fill("coded_by", &[("name", name), ("codes", &labels(console, frame, codes))]))
    });
    decision.into_iter().chain(others).collect()
}

/// Codes in words.
pub(in super::super) fn labels(console: &Console, frame: &Frame, codes: &BTreeSet<i64>) -> String {
    let lang = &console.said.lang;
    let label =
        |code: &i64| frame.code(*code).map_or_else(|| code.to_string(), |code| code.label(lang).to_owned());
    let labels: Vec<String> = codes.iter().map(label).collect();
    if labels.is_empty() { console.said.get("no_code_fits").to_owned() } else { labels.join("; ") }
}

/// What was ticked for the texts of a page. A text without a single tick is one that was not coded.
pub(super) fn posted(console: &Console, frame: &Frame, (survey, question): (&str, &str)) -> NewTags {
    let fields = &console.fields;
    let positions = fields.all(TEXT).filter_map(|position| position.parse().ok()).take(MOST);
    let texts =
        positions.map(|position: i64| (Position(position), ticked(console, frame, &format!("c{position}"))));
    NewTags {
        survey: survey.to_owned(),
        question: question.to_owned(),
        coder: console.signed.person.name.clone(),
        day: day(console),
        texts: texts.collect(),
    }
}

/// The codes that were ticked under a name; `None` when nothing was.
pub(in super::super) fn ticked(console: &Console, frame: &Frame, name: &str) -> Option<Vec<i64>> {
    let ticked: Vec<&str> = console.fields.all(name).collect();
    let codes = frame.codes.iter().map(|code| code.number);
    let codes = codes.filter(|number| ticked.contains(&number.to_string().as_str())).take(MOST_TAGS);
    (!ticked.is_empty()).then(|| codes.collect())
}

/// The day in Kazakhstan.
pub(in super::super) fn day(console: &Console) -> String {
    let now = (console.app.clock)();
    console.app.days.of(now).map(|day| day.to_string()).unwrap_or_default()
}
