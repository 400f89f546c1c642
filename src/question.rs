//! One question: its text, hint and error around its control.

use crate::control;
use crate::media;
use crate::message::message;
use crate::node::{Element, Node, element};
use crate::session::Session;
use survey::{Answer, Answers, Control, Question};

/// Where a question stands in a survey.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spot {
    /// On a page: the indexes of both.
    Outer((usize, usize)),
    /// In an entry of the group there: the indexes of the entry and of the question.
    Inner((usize, usize), usize, usize),
}

/// A question where it stands, as its control draws it.
#[derive(Clone)]
pub(crate) struct Asked<'a> {
    pub(crate) session: &'a Session,
    pub(crate) question: &'a Question,
    pub(crate) spot: Spot,
    /// The name of its field, or what the names of its fields begin with.
    pub(crate) name: String,
    /// What has been answered.
    pub(crate) answer: Option<Answer>,
}

impl<'a> Asked<'a> {
    /// A question on a page.
    pub(crate) fn outer(session: &'a Session, question: &'a Question, place: (usize, usize)) -> Self {
        let answer = session.answers.with_untracked(|answers| answers.get(&question.name).cloned());
        Self { session, question, spot: Spot::Outer(place), name: question.name.clone(), answer }
    }

    /// The place of the outermost question.
    pub(crate) fn place(&self) -> (usize, usize) {
        match self.spot {
            Spot::Outer(place) | Spot::Inner(place, ..) => place,
        }
    }

    /// Reads what is answered now, also inside an entry of a group.
    pub(crate) fn reader(&self) -> impl Fn(&Answers) -> Option<Answer> + Clone + Send + Sync + 'static {
        let (session, spot, name) = (self.session.clone(), self.spot, self.question.name.clone());
        move |answers| match spot {
            Spot::Outer(_) => answers.get(&name).cloned(),
            Spot::Inner((page, index), entry, _) => {
                let outer = session.fixed.survey.pages.get(page)?.questions.get(index)?;
                match answers.get(&outer.name) {
                    Some(Answer::Entries(entries)) => entries.get(entry)?.get(&name).cloned(),
                    _ => None,
                }
            }
        }
    }

    /// The id of a field below the question's own: an option, a row, a part.
    pub(crate) fn id(&self, of: &str) -> String {
        [self.name.as_str(), "-", of].concat()
    }
}

/// The question. It stands in the page even while it is hidden: what was answered comes back with it.
pub(crate) fn question(asked: &Asked<'_>) -> Node {
    let question = asked.question;
    let frame = |tag: &'static str| {
        let (session, spot) = (asked.session.clone(), asked.spot);
        let hidden = move || {
            session.route.with(|route| match spot {
                Spot::Outer(place) => !route.shows(place),
                Spot::Inner(place, entry, question) => !route.asks_inner(place, entry, question),
            })
        };
        element(tag)
            .part("question", "question")
            .attr("data-question", &asked.name)
            .live_attr("hidden", move || hidden().then(String::new))
    };
    if let Control::Note = question.control {
        return frame("div").children(note(asked)).into();
    }
    if is_single_field(&question.control) {
        let control = control::field(asked).live_attr("aria-describedby", described_by(asked));
        let is_wrong = is_wrong(asked);
        let control = control.live_attr("aria-invalid", move || is_wrong().then(|| "true".to_owned()));
        return frame("div")
            .child(text(asked, "label").attr("for", &asked.name))
            .children(before(asked))
            .child(control)
            .children(control::after(asked))
            .into();
    }
    frame("fieldset")
        .live_attr("aria-describedby", described_by(asked))
        .child(text(asked, "legend"))
        .children(before(asked))
        .children(control::fields(asked))
        .into()
}

/// Whether a question has but one field, which its text labels.
fn is_single_field(control: &Control) -> bool {
    matches!(control, Control::Line(_) | Control::Area { .. } | Control::Select | Control::Search)
}

/// What stands between the text of a question and its control.
fn before(asked: &Asked<'_>) -> Vec<Node> {
    let mut nodes = media::of_question(asked.session, asked.question);
    nodes.extend(hint(asked));
    nodes.push(error_line(asked).into());
    nodes
}

/// A note: its paragraphs and what belongs to them.
fn note(asked: &Asked<'_>) -> Vec<Node> {
    let mut nodes = asked.session.paragraphs(&asked.question.text);
    nodes.extend(asked.question.hint.iter().flat_map(|hint| asked.session.paragraphs(hint)));
    nodes.extend(media::of_question(asked.session, asked.question));
    nodes
}

/// The question's words, with "(optional)" where it may be left out: never an asterisk (GOV.UK Design System, text input).
fn text(asked: &Asked<'_>, tag: &'static str) -> Element {
    let (session, question) = (asked.session, asked.question);
    let text = element(tag).part("text", "text").child(session.with_text(element("span"), &question.text));
    if question.required {
        return text;
    }
    let optional = element("span").class("optional").text(session.word("optional"));
    let Some(required_if) = question.required_if.clone() else { return text.text(" ").child(optional) };
    let session = session.clone();
    let required = move || session.route.with(|route| route.satisfies(&session.fixed.survey, &required_if));
    text.text(" ").child(optional.live_attr("hidden", move || required().then(String::new)))
}

fn hint(asked: &Asked<'_>) -> Option<Node> {
    let line = element("p").part("hint", "hint").attr("id", &asked.id("hint"));
    if let Some(hint) = &asked.question.hint {
        return Some(asked.session.with_text(line, hint).into());
    }
    control::hint(asked).map(|words| line.text(&words).into())
}

fn has_hint(asked: &Asked<'_>) -> bool {
    asked.question.hint.is_some() || control::hint(asked).is_some()
}

/// The messages that stand at a question, if any.
fn error(session: &Session, name: &str) -> Option<String> {
    session.problems.with(|problems| {
        let messages = problems.iter().filter_map(|problem| message(session, problem));
        let here: Vec<_> =
            messages.filter(|message| message.question == name).map(|message| message.text).collect();
        (!here.is_empty()).then(|| here.join(" "))
    })
}

/// Whether there is a message at the question now.
fn is_wrong(asked: &Asked<'_>) -> impl Fn() -> bool + Send + 'static {
    let (session, name) = (asked.session.clone(), asked.name.clone());
    move || error(&session, &name).is_some()
}

fn error_line(asked: &Asked<'_>) -> Element {
    let (session, name, id) = (asked.session.clone(), asked.name.clone(), asked.id("error"));
    element("div").live(move || {
        let line = |text: String| {
            let prefix = element("span").class("spoken").text(session.word("error_prefix")).text(" ");
            element("p").part("error", "error").attr("id", &id).child(prefix).text(&text).into()
        };
        error(&session, &name).into_iter().map(line).collect()
    })
}

/// The ids of the hint, and of the error while it stands there.
fn described_by(asked: &Asked<'_>) -> impl Fn() -> Option<String> + Send + 'static {
    let hint = has_hint(asked).then(|| asked.id("hint"));
    let (id, is_wrong) = (asked.id("error"), is_wrong(asked));
    move || {
        let error = is_wrong().then(|| id.clone());
        let ids: Vec<String> = [hint.clone(), error].into_iter().flatten().collect();
        (!ids.is_empty()).then(|| ids.join(" "))
    }
}
