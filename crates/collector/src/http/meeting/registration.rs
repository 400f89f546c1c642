//! What a registration says of itself to whoever sent it: how she takes part, what she asked for, and how her question
//! stands. It is told after sending, and where she follows the number.

use super::replies::replies;
use super::words;
use crate::edition::Edition;
use crate::http::App;
use crate::http::document::escape;
use crate::mechanism::meeting::Meeting;
use crate::refusal::Refusal;
use crate::store::Matter;
use matter::State;
use serde_json::Value;
use survey::Survey;

/// A list of it as HTML; nothing where the survey is no meeting, or it was taken back.
pub(in crate::http) async fn told(
    app: &App,
    edition: &Edition,
    matter: &Matter,
    lang: &str,
) -> Result<String, Refusal> {
    let Some(meeting) = Meeting::of(edition).filter(|_| matter.state != State::Withdrawn) else {
        return Ok(String::new());
    };
    let found = app.store.responses_at(&[matter.response]).await.map_err(Refusal::of_store)?;
    let Some(response) = found.first() else { return Ok(String::new()) };
    let answers: Value = serde_json::from_str(&response.answers).unwrap_or_default();
    let words = words::of(lang);
    let row = |key: &str, html: String| format!("<dt>{}</dt><dd>{html}</dd>\n", escape(words.get(key)));
    let chosen = |question: &str| labels(&edition.survey, question, &answers[question], lang);
    let mut rows = row("attends", chosen(&meeting.attends));
    let needs = meeting.needs.as_deref().map(chosen).filter(|needs| !needs.is_empty());
    rows += &needs.map(|needs| row("needs", needs)).unwrap_or_default();
    if let Some(question) = meeting.asked(&answers) {
        let events = app.store.matter_events(&matter.survey, matter.number).await;
        let replies = replies(&events.map_err(Refusal::of_store)?);
        let stands = escape(words.get(stands(&meeting, matter)));
        let text = escape(question).replace('\n', "<br>");
        let own = format!("<span lang=\"{}\" dir=\"auto\">{text}</span><br>{stands}", escape(&response.lang));
        rows += &row("own_question", own);
        rows.extend(replies.iter().map(|reply| row(reply.key, reply.drawn(&words))));
    }
    Ok(format!("<dl>\n{rows}</dl>\n"))
}

/// The key of how a question is seen.
fn stands(meeting: &Meeting, matter: &Matter) -> &'static str {
    match matter.shown {
        shown if meeting.questions.shows(shown) => "question_shown",
        matter::Shown::Hidden => "question_hidden",
        matter::Shown::Waiting | matter::Shown::Shown => "question_waiting",
    }
}

/// The labels of what was chosen, as HTML.
fn labels(survey: &Survey, question: &str, answer: &Value, lang: &str) -> String {
    let Some(question) = survey.question(question) else { return String::new() };
    let codes = answer.as_array().map_or_else(|| std::slice::from_ref(answer), Vec::as_slice);
    let label = |code: &Value| {
        let choice = question.choices.iter().find(|choice| Some(choice.code) == code.as_i64())?;
        Some(escape(choice.text.get(lang)))
    };
    codes.iter().filter_map(label).collect::<Vec<_>>().join("; ")
}
