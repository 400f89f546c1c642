//! `/withdraw`: the page where a citizen takes an answer back, with nothing but the receipt.

use super::document::{self, Page, escape};
use super::query::Query;
use super::vision::Vision;
use super::{App, body, language, responses};
use crate::privacy;
use crate::refusal::Refusal;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use jiff::civil::Date;
use qulaq::{Words, words};
use std::sync::Arc;

/// The only field: its name and its id.
const RECEIPT: &str = "receipt";

/// The empty form.
pub(super) async fn show(State(app): State<Arc<App>>, query: Query, headers: HeaderMap) -> Response {
    let lang = language::of_interface(&query, &headers);
    let words = words::of(&lang);
    let look = (lang.as_str(), Vision::of(&query));
    respond(&app, StatusCode::OK, look, words.get("withdraw"), &form(&words, look, None))
}

/// Takes the answer back; when none has this receipt, the form again with what was typed.
pub(super) async fn post(
    State(app): State<Arc<App>>,
    query: Query,
    request: Request,
) -> Result<Response, Refusal> {
    let lang = language::of_interface(&query, request.headers());
    let (words, look) = (words::of(&lang), (lang.as_str(), Vision::of(&query)));
    let body = body::read(&app.room, request, body::FORM).await?;
    let typed = typed(&body);
    if let Some(day) = responses::expired(&app, &typed).await? {
        let done = told_expired(&lang, day);
        return Ok(respond(&app, StatusCode::OK, look, &done, &heading(&done)));
    }
    match responses::take_back(&app, &typed).await {
        Ok(()) => {
            let done = words.get("withdrawn");
            Ok(respond(&app, StatusCode::OK, look, done, &heading(done)))
        }
        Err(Refusal::UnknownReceipt) => {
            let title = format!("{} {}", words.get("error_prefix"), words.get("withdraw"));
            Ok(respond(&app, StatusCode::NOT_FOUND, look, &title, &form(&words, look, Some(&typed))))
        }
        Err(refusal) => Err(refusal),
    }
}

/// That the answer went by itself, and when: nobody need look for a mistake in the receipt.
fn told_expired(lang: &str, day: Date) -> String {
    let words = privacy::words::of(lang);
    let date = words.date(day.year().into(), day.month().into(), day.day().into());
    words.fill("expired", &[("date", date)])
}

fn heading(said: &str) -> String {
    format!("<div class=\"q\"><h1 class=\"title\">{}</h1></div>", escape(said))
}

fn typed(body: &[u8]) -> String {
    let mut fields = form_urlencoded::parse(body);
    fields.find(|(name, _)| name == RECEIPT).map(|(_, value)| value.into_owned()).unwrap_or_default()
}

fn respond(
    app: &App,
    status: StatusCode,
    (lang, vision): (&str, Vision),
    title: &str,
    main: &str,
) -> Response {
    document::respond(app, status, &Page { lang, title, languages: language::tags().collect(), vision, main })
}

/// The form; after a receipt that no answer has, with that in its field and the reason beside it.
fn form(words: &Words, (lang, vision): (&str, Vision), unknown: Option<&str>) -> String {
    let word = |key: &str| escape(words.get(key));
    let (title, note, label) = (word("withdraw"), word("withdraw_note"), word("receipt"));
    let value = escape(unknown.unwrap_or_default());
    let (error, described) = match unknown {
        Some(_) => (error(words), " aria-describedby=\"receipt-error\" aria-invalid=\"true\" autofocus"),
        None => (String::new(), ""),
    };
    format!(
        "<form class=\"q\" method=\"post\" action=\"/withdraw?lang={lang}{vision}\" accept-charset=\"utf-8\">\n\
         <h1 class=\"title\">{title}</h1>\n\
         <p>{note}</p>\n\
         <div class=\"question\">\n\
         <label class=\"text\" for=\"{RECEIPT}\">{label}</label>\n\
         {error}\
         <input type=\"text\" id=\"{RECEIPT}\" name=\"{RECEIPT}\" value=\"{value}\" autocomplete=\"off\" \
         autocapitalize=\"characters\" spellcheck=\"false\"{described}>\n\
         </div>\n\
         <div class=\"buttons\"><button class=\"next\" type=\"submit\">{title}</button></div>\n\
         </form>",
        lang = escape(lang),
        vision = escape(&vision.query()),
    )
}

fn error(words: &Words) -> String {
    let (prefix, text) = (escape(words.get("error_prefix")), escape(words.get("withdraw_unknown")));
    format!(
        "<p class=\"error\" id=\"receipt-error\" role=\"alert\">\
         <span class=\"spoken\">{prefix} </span>{text}</p>\n"
    )
}
