//! The form below a paragraph: the questions of the survey that make a comment, as native fields, and what came of it.

use super::draw::Drawing;
use crate::consultation::Consultation;
use crate::consultation::draft::Block;
use crate::guard::with_trap;
use crate::http::around::Posted;
use crate::http::document::escape;
use survey::check::shown_answers;
use survey::{Answer, Answers, Code, Control, Domain, Occasion, Problem, Question, Survey, form};

/// What came of a comment: keys of the words.
pub(super) const SENT: &str = "sent";
/// See [`SENT`].
pub(super) const MEND: &str = "mend";
/// See [`SENT`].
pub(super) const NOTHING: &str = "say_something";
/// See [`SENT`].
pub(super) const LATE: &str = "late";
/// See [`SENT`].
pub(super) const EARLY: &str = "early";

/// What is added to the fields of a comment that was kept.
pub(super) const NUMBER: &str = "_number";
/// See [`NUMBER`].
pub(super) const RECEIPT: &str = "_receipt";

/// The paragraph that somebody is at.
#[derive(Debug, Default)]
pub(super) struct Open {
    pub(super) anchor: String,
    /// What was answered so far.
    pub(super) answers: Answers,
    /// What must be mended.
    pub(super) problems: Vec<Problem>,
    /// What it was kept under: its number, where it has one, and its receipt.
    pub(super) sent: Option<(Option<String>, String)>,
    /// What is said about it all, by the key of the words.
    pub(super) told: &'static str,
}

impl Open {
    /// Out of what was posted, which is read once more.
    pub(super) fn of(
        posted: &Posted,
        survey: &Survey,
        consultation: &Consultation,
        occasion: Occasion,
    ) -> Self {
        let field =
            |of: &str| posted.fields.iter().find(|(name, _)| name == of).map(|(_, value)| value.clone());
        let mut answers = Answers::default();
        let anchor = field(&consultation.paragraph).unwrap_or_default();
        answers.set(&consultation.paragraph, Some(Answer::Text(anchor.clone())));
        for question in consultation.asked().filter_map(|name| survey.question(name)) {
            form::read_question(question, &mut |name| field(name).into_iter().collect(), &mut answers);
        }
        let problems = match posted.told {
            MEND => survey::check(survey, &shown_answers(survey, &answers, occasion), occasion),
            _ => Vec::new(),
        };
        let sent = (posted.told == SENT).then(|| (field(NUMBER), field(RECEIPT).unwrap_or_default()));
        Self { anchor, answers, problems, sent, told: posted.told }
    }
}

/// The form of a paragraph, closed unless somebody is at it.
pub(super) fn draw(drawing: &Drawing<'_>, block: &Block, id: &str, open: Option<&Open>) -> String {
    let words = drawing.words;
    if let Some((number, receipt)) = open.and_then(|open| open.sent.as_ref()) {
        return sent(drawing, number.as_deref(), receipt);
    }
    let begins: String = block.text(drawing.lang).chars().take(60).collect();
    let said = open.map(|open| open.answers.clone()).unwrap_or_default();
    let questions: String = drawing
        .consultation
        .asked()
        .filter_map(|name| drawing.survey.question(name))
        .map(|question| self::question(drawing, block, question, (said.get(&question.name), open)))
        .collect();
    let hidden: String = [
        (form::ID, id),
        (form::VERSION, drawing.version),
        (form::LANG, drawing.lang),
        (drawing.consultation.paragraph.as_str(), block.anchor.as_str()),
    ]
    .map(|(name, value)| {
        format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">", escape(name), escape(value))
    })
    .concat();
    let form = format!(
        "<form method=\"post\" action=\"{}#{}\" accept-charset=\"utf-8\">{hidden}{}{questions}\
         <div class=\"buttons\"><button class=\"next\" type=\"submit\">{}</button></div></form>",
        drawing.address("comment"),
        escape(&block.anchor),
        whole(drawing, open),
        escape(words.get("send")),
    );
    let is_open = if open.is_some() { " open" } else { "" };
    format!(
        "<details{is_open}><summary>{}<span class=\"spoken\">: {}</span></summary>\n{}</details>\n",
        escape(words.get("say")),
        escape(&begins),
        with_trap(&form)
    )
}

/// What was kept: it takes the focus, so that it is the first that is read out.
fn sent(drawing: &Drawing<'_>, number: Option<&str>, receipt: &str) -> String {
    let word = |key: &str| escape(drawing.words.get(key));
    let number =
        number.map(|number| format!("<p>{} <b class=\"receipt\">{}</b></p>", word("number"), escape(number)));
    format!(
        "<div class=\"sent\"><p class=\"said\" tabindex=\"-1\" autofocus role=\"status\"><b>{}</b></p>{}\
         <p>{} <b class=\"receipt\">{}</b></p><p>{}</p></div>\n",
        word("sent"),
        number.unwrap_or_default(),
        word("receipt"),
        escape(receipt),
        word("keep"),
    )
}

/// What is wrong with the comment as a whole.
fn whole(drawing: &Drawing<'_>, open: Option<&Open>) -> String {
    let Some(open) = open else { return String::new() };
    let prefix = qulaq::words::of(drawing.lang).get("error_prefix").to_owned();
    format!(
        "<p class=\"said error\" role=\"alert\" tabindex=\"-1\" autofocus><span class=\"spoken\">{} </span>{}</p>",
        escape(&prefix),
        escape(drawing.words.get(open.told))
    )
}

fn question(
    drawing: &Drawing<'_>,
    block: &Block,
    question: &Question,
    (said, open): (Option<&Answer>, Option<&Open>),
) -> String {
    let id = format!("{}-{}", block.anchor, question.name);
    let problem = open.and_then(|open| {
        open.problems.iter().find(|problem| problem.question.as_deref() == Some(question.name.as_str()))
    });
    let error = problem.map(|problem| message(drawing, question, problem));
    let hint = question.hint.as_ref().map(|hint| hint.get(drawing.lang));
    let line = |of: &str, class: &str, text: &str| {
        format!("<p class=\"{class}\" id=\"{}-{of}\">{}</p>", escape(&id), escape(text))
    };
    let lines: String = hint
        .map(|hint| line("hint", "hint", hint))
        .into_iter()
        .chain(error.as_deref().map(|error| line("error", "error", error)))
        .collect();
    let described: Vec<String> = [("hint", hint.is_some()), ("error", error.is_some())]
        .into_iter()
        .filter(|(_, is_there)| *is_there)
        .map(|(of, _)| escape(&format!("{id}-{of}")))
        .collect();
    let mut more = String::new();
    if !described.is_empty() {
        more += &format!(" aria-describedby=\"{}\"", described.join(" "));
    }
    if error.is_some() {
        more += " aria-invalid=\"true\"";
    }
    let text = escape(question.text.get(drawing.lang));
    match &question.domain {
        Domain::One => format!(
            "<fieldset class=\"question\"{more}><legend class=\"text\">{text}</legend>{lines}\
             <div class=\"options\">{}</div></fieldset>",
            options(drawing, question, &id, said)
        ),
        _ => format!(
            "<div class=\"question\"><label class=\"text\" for=\"{}\">{text}</label>{lines}{}</div>",
            escape(&id),
            words(question, &id, said, &more)
        ),
    }
}

fn options(drawing: &Drawing<'_>, question: &Question, id: &str, said: Option<&Answer>) -> String {
    let option = |choice: &survey::Choice| {
        let (id, code) = (escape(&format!("{id}-{}", choice.code)), choice.code);
        let checked = if said == Some(&Answer::Code(code)) { " checked" } else { "" };
        format!(
            "<div class=\"option\"><input type=\"radio\" id=\"{id}\" name=\"{}\" value=\"{code}\"{checked}>\
             <label for=\"{id}\"><span>{}</span></label></div>",
            escape(&question.name),
            escape(choice.text.get(drawing.lang))
        )
    };
    question.choices.iter().map(option).collect()
}

fn words(question: &Question, id: &str, said: Option<&Answer>, more: &str) -> String {
    let value = match said {
        Some(Answer::Text(text)) => text.as_str(),
        _ => "",
    };
    let about = format!("id=\"{}\" name=\"{}\"{more}", escape(id), escape(&question.name));
    match question.control {
        // The first line break after the tag is not part of the text.
        Control::Area { lines } => {
            format!("<textarea {about} rows=\"{lines}\">\n{}</textarea>", escape(value))
        }
        _ => format!("<input type=\"text\" {about} value=\"{}\" autocomplete=\"off\">", escape(value)),
    }
}

/// What is wrong, in the words of the interface.
fn message(drawing: &Drawing<'_>, question: &Question, problem: &Problem) -> String {
    let words = qulaq::words::of(drawing.lang);
    let key = match (problem.code, &question.domain) {
        (Code::Required, Domain::One) => "required_choice",
        (Code::Required, _) => "required_text",
        (Code::TooLong, _) => "too_long",
        (Code::UnknownOption, _) => "unknown_option",
        _ => "not_taken",
    };
    let max = words.number(&problem.param("max").unwrap_or_default().to_string());
    words.fill(key, &[("q", question.text.get(drawing.lang).to_owned()), ("max", max)])
}
