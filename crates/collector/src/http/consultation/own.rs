//! One's own comment and what was decided about it, for whoever has its number and its receipt: no account, and neither in
//! an address.

use super::About;
use super::draw::body;
use super::list::{is_of, outcome};
use crate::consultation::comments::{decided, of_matters};
use crate::consultation::{AGREES, of_edition};
use crate::http::document::escape;
use crate::http::query::{Query, SurveyId};
use crate::http::{App, body as request_body};
use crate::receipt::Receipt;
use crate::refusal::Refusal;
use crate::store::Matter;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;

/// The fields of the form.
const NUMBER: &str = "number";
const RECEIPT: &str = "receipt";

/// The empty form.
pub(in crate::http) async fn ask(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let about = About::of(&app, &survey, &query, &headers).await?;
    let main = form(&about, None);
    Ok(about.page(&app, StatusCode::OK, about.words.get("own"), &main))
}

/// The comment, what was decided and what changed. The same sentence for a wrong number and a wrong receipt.
pub(in crate::http) async fn show(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    request: Request,
) -> Result<Response, Refusal> {
    let about = About::of(&app, &survey, &query, request.headers()).await?;
    let body = request_body::read(&app.room, request, request_body::FORM).await?;
    let fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let field = |of: &str| fields.iter().find(|(name, _)| name == of).map_or("", |(_, value)| value.trim());
    match found(&app, &survey, (field(NUMBER), field(RECEIPT))).await? {
        Some(matter) => {
            let main = told(&app, &about, matter).await?;
            Ok(about.page(&app, StatusCode::OK, about.words.get("own"), &main))
        }
        None => {
            let main = form(&about, Some((field(NUMBER), field(RECEIPT))));
            Ok(about.page(&app, StatusCode::NOT_FOUND, about.words.get("own"), &main))
        }
    }
}

async fn found(app: &App, survey: &str, (number, receipt): (&str, &str)) -> Result<Option<Matter>, Refusal> {
    let (Ok(number), Some(receipt)) = (number.parse(), Receipt::read(receipt)) else { return Ok(None) };
    let matter = app.store.matter_with(receipt.hash()).await.map_err(Refusal::of_store)?;
    Ok(matter.filter(|matter| is_of(matter, survey, number)))
}

async fn told(app: &App, about: &About, matter: Matter) -> Result<String, Refusal> {
    let words = &about.words;
    let word = |key: &str| escape(words.get(key));
    let now = of_edition(&*app.store, &about.current.edition).await?.unwrap_or_default();
    let Some(comment) = of_matters(&*app.store, vec![matter]).await?.pop() else {
        return Ok(form(about, None));
    };
    let edition =
        app.editions.version(&*app.store, &about.current.edition.survey.id, &comment.version).await?;
    let was = of_edition(&*app.store, &edition).await?.unwrap_or_default();
    let block = comment.matter.subject.as_deref().and_then(|anchor| was.block(anchor));
    let paragraph = block.map(|block| {
        format!(
            "<h2>{}</h2>\n<blockquote>{}</blockquote>\n",
            word("own_paragraph"),
            body(block, &about.lang, 2)
        )
    });
    let stance = comment.stance(&about.consultation).map(|stance| {
        let key = if stance == AGREES { "agrees" } else { "disagrees" };
        format!("<p><b>{}</b></p>\n", word(key))
    });
    let text = comment.text(&about.consultation);
    let text = (!text.is_empty())
        .then(|| format!("<p lang=\"{}\" dir=\"auto\">{}</p>\n", escape(&comment.lang), escape(text)));
    let outcome = match decided(&*app.store, &comment).await? {
        Some(decision) => outcome(app, about, (&comment, &decision), &now).await?,
        None => format!("<p><b>{}</b> {}</p>\n", word("decision"), word("decision_waiting")),
    };
    let own = format!("<h2>{}</h2>\n", word("own_comment"));
    let parts = [paragraph, Some(own), stance, text, Some(outcome)];
    Ok(format!("<div class=\"q draft\">{}</div>\n", parts.into_iter().flatten().collect::<String>()))
}

/// The form; after numbers that nothing has, with them in their fields and the reason above.
fn form(about: &About, unknown: Option<(&str, &str)>) -> String {
    let word = |key: &str| escape(about.words.get(key));
    let survey = &about.current.edition.survey.id;
    let (number, receipt) = unknown.unwrap_or_default();
    let prefix = escape(qulaq::words::of(&about.lang).get("error_prefix"));
    let error = unknown.map(|_| {
        let text = word("own_unknown");
        format!(
            "<p class=\"error\" id=\"own-error\" role=\"alert\" tabindex=\"-1\" autofocus>\
             <span class=\"spoken\">{prefix} </span>{text}</p>\n"
        )
    });
    let field = |name: &str, value: &str| {
        let more =
            if unknown.is_some() { " aria-describedby=\"own-error\" aria-invalid=\"true\"" } else { "" };
        format!(
            "<div class=\"question\"><label class=\"text\" for=\"{name}\">{}</label>\
             <input type=\"text\" id=\"{name}\" name=\"{name}\" value=\"{}\" autocomplete=\"off\" \
             autocapitalize=\"characters\" spellcheck=\"false\"{more}></div>\n",
            word(name),
            escape(value)
        )
    };
    format!(
        "<form class=\"q\" method=\"post\" action=\"/s/{survey}/decision?{}\" accept-charset=\"utf-8\">\n\
         <p>{}</p>\n{}{}{}<div class=\"buttons\"><button class=\"next\" type=\"submit\">{}</button></div>\n</form>\n",
        escape(&about.place.query(&about.lang)),
        word("own_note"),
        error.unwrap_or_default(),
        field(NUMBER, number),
        field(RECEIPT, receipt),
        word("own_show"),
    )
}
