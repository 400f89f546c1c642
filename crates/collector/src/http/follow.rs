//! `/s/ID/follow`: where a citizen sees what becomes of a matter, with its number and the receipt and without an account. It is
//! the record that the staff see, but for what they note for themselves. Weeks after the answer she is asked whether it was
//! solved.
//!
//! The receipt comes in the body of a form and goes back in one: it is in no address (and so in no history and no log).

mod record;
mod words;

use super::around::{Spot, held};
use super::document::{self, Page, escape};
use super::query::{Query, SurveyId};
use super::view::Place;
use super::vision::Vision;
use super::{App, body, client, language, meeting};
use crate::edition::{Current, Edition};
use crate::guard::Sender;
use crate::mechanism::reception;
use crate::mechanism::reception::deed::{MOST_SAID, Solved, is_to_be_asked};
use crate::receipt::Receipt;
use crate::refusal::Refusal;
use crate::store::{Changed, Matter};
use axum::extract::{Request, State};
use axum::http::header::{HeaderValue, RETRY_AFTER};
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use qulaq::{State as Shown, View, Words};
use record::Record;
use std::sync::Arc;

pub(super) use words::of as words_of;

/// The fields of the form.
const NUMBER: &str = "number";
const RECEIPT: &str = "receipt";
const SOLVED: &str = "solved";
const TEXT: &str = "text";

/// What a form asks for, and what a script asks for when it has just sent the response: the number that goes with a receipt.
const DO: &str = "do";
const SENT: &str = "sent";

/// Minutes in which a receipt alone gives the number. Who finds one later learns nothing by it.
const NEW: i64 = 60;

/// How often a change is tried that others came before.
const TRIES: usize = 5;

/// Where the block stands.
#[derive(Clone, Debug)]
struct Block<'a> {
    lang: &'a str,
    /// The level of its heading.
    level: u8,
    /// What its forms post to.
    address: String,
    vision: Vision,
}

/// What was typed.
#[derive(Clone, Debug, Default)]
struct Typed {
    number: String,
    receipt: String,
    asks: String,
    solved: Option<String>,
    text: String,
}

/// The form, with the number that an address may name: it is no secret.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = followed(&app, &survey).await?;
    let lang = wanted(&current, &query, &headers);
    let block = Block::of_page(&survey, &lang, &query);
    let typed = Typed { number: query.get(NUMBER).unwrap_or_default(), ..Typed::default() };
    let inner = form(&words_of(&lang), &block, (&typed, None));
    Ok(respond(&app, StatusCode::OK, (&current, &block), &inner))
}

/// The record, if number and receipt belong together; takes what a citizen says about whether it was solved.
pub(super) async fn post(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    request: Request,
) -> Result<Response, Refusal> {
    let current = followed(&app, &survey).await?;
    let lang = wanted(&current, &query, request.headers());
    let (block, sender) = (Block::of_page(&survey, &lang, &query), client::sender(&app, &request));
    let body = body::read(&app.room, request, body::FORM).await?;
    let typed = Typed::of(&body);
    let words = words_of(&lang);
    let again = |status: StatusCode, key: &str| {
        respond(&app, status, (&current, &block), &form(&words, &block, (&typed, Some(key))))
    };
    let matter = match find(&app, &survey, &typed, sender).await {
        Ok(Some(matter)) => matter,
        Ok(None) => return Ok(again(StatusCode::NOT_FOUND, "unknown")),
        Err(Refusal::TooManyCodes) => {
            let mut response = again(StatusCode::TOO_MANY_REQUESTS, "many");
            response.headers_mut().insert(RETRY_AFTER, HeaderValue::from_static("3600"));
            return Ok(response);
        }
        Err(refusal) => return Err(refusal),
    };
    if typed.asks == SENT {
        let typed = Typed { number: matter.number.to_string(), ..typed };
        let registration = meeting::registration(&app, &current.edition, &matter, &lang).await?;
        let inner = numbered(&words, (&matter, &registration)) + &form(&words, &block, (&typed, None));
        return Ok(respond(&app, StatusCode::OK, (&current, &block), &inner));
    }
    let (matter, told) = match &typed.solved {
        Some(solved) => solve(&app, &current, matter, (solved, &typed.text)).await?,
        None => (matter, None),
    };
    let record = Record::of(&app, &current, (&block, &words), matter).await?;
    let status = if told == Some(CHOOSE) { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    Ok(respond(&app, status, (&current, &block), &record.draw(&typed, told)))
}

/// The empty form as a block beside the survey's own form.
pub(super) fn around(spot: &Spot<'_>) -> String {
    let words = words_of(spot.lang);
    let more: &[(&str, &str)] = match spot.place {
        Place::Inside(_) => &[],
        Place::Hosted(_) | Place::Framed(_) => &[("heading-level", "1")],
    };
    let (level, address) = (spot.place.level_beside(), spot.address("/follow", more));
    let block = Block { lang: spot.lang, level, address, vision: spot.place.vision() };
    section(&words, &block, &form(&words, &block, (&Typed::default(), None)))
}

/// What stands after a form that was just sent, where the response has opened a matter: its number.
pub(super) async fn sent(app: &App, edition: &Edition, view: &View) -> Result<String, Refusal> {
    let Shown::Sent { receipt: Some(receipt) } = &view.state else { return Ok(String::new()) };
    let Some(receipt) = Receipt::read(receipt).filter(|_| edition.opens_matters()) else {
        return Ok(String::new());
    };
    let matter = app.store.matter_with(receipt.hash()).await.map_err(Refusal::of_store)?;
    let Some(matter) = matter else { return Ok(String::new()) };
    let registration = meeting::registration(app, edition, &matter, &view.lang).await?;
    let inner = numbered(&words_of(&view.lang), (&matter, &registration));
    Ok(held(&view.lang, &format!("<section>\n{inner}</section>\n")))
}

/// The number that somebody is to keep, with what a registration says of itself.
fn numbered(words: &Words, (matter, registration): (&Matter, &str)) -> String {
    let key = if registration.is_empty() { "sent_number" } else { "sent_registration" };
    let number = escape(&words.fill(key, &[("number", matter.number.to_string())]));
    format!(
        "<div class=\"numbered\">\n<p><b>{number}</b></p>\n<p>{}</p>\n{registration}</div>\n",
        escape(words.get("sent_note"))
    )
}

/// A survey whose responses are followed.
async fn followed(app: &App, survey: &str) -> Result<Current, Refusal> {
    let current = app.current(survey).await?;
    if current.edition.opens_matters() { Ok(current) } else { Err(Refusal::UnknownRoute) }
}

fn wanted(current: &Current, query: &Query, headers: &HeaderMap) -> String {
    let survey = &current.edition.survey;
    let there_is = |lang: &str| survey.languages.iter().any(|tag| tag == lang);
    let lang = query.get("lang").or_else(|| language::preferred(headers, there_is)).unwrap_or_default();
    survey.language(&lang).to_owned()
}

/// The matter with this number, if it has this receipt. Whoever tries numbers and receipts is stopped; a number whose
/// digits do not agree with each other, or what is no receipt at all, is a slip and no guess.
async fn find(app: &App, survey: &str, typed: &Typed, sender: Sender) -> Result<Option<Matter>, Refusal> {
    let guess = app.guesses.begin(app, &format!("{survey}/follow"), sender.from).await?;
    let number = typed.number.parse().ok();
    let Some(receipt) = Receipt::read(&typed.receipt).filter(|_| number.is_some() || typed.asks == SENT)
    else {
        guess.was_none();
        return Ok(None);
    };
    let found = app.store.matter_with(receipt.hash()).await.map_err(Refusal::of_store)?;
    let is_new = |matter: &Matter| typed.asks == SENT && (app.clock)().0 - matter.opened.0 <= NEW;
    let found =
        found.filter(|matter| matter.survey == survey && (number == Some(matter.number) || is_new(matter)));
    if found.is_some() {
        guess.was_none();
    }
    Ok(found)
}

/// What is said where a citizen has marked nothing, or written too much.
const CHOOSE: &str = "solved_choose";

/// Takes what a citizen says, if she is to be asked; gives the matter as it is then, and what to tell her.
async fn solve(
    app: &App,
    current: &Current,
    mut matter: Matter,
    (solved, text): (&str, &str),
) -> Result<(Matter, Option<&'static str>), Refusal> {
    let Some(reception) = &current.edition.reception else { return Ok((matter, None)) };
    let (Some(solved), true) = (Solved::named(solved), text.chars().count() <= MOST_SAID) else {
        return Ok((matter, Some(CHOOSE)));
    };
    for _ in 0..TRIES {
        if !asks(app, current, &matter).await? {
            // She pressed twice, or somebody has taken it up again meanwhile.
            return Ok((matter, None));
        }
        let now = (app.clock)();
        let received = reception::received(&app.days, now);
        let due = received.and_then(|received| reception.due_again(received, &app.calendar));
        let Ok((after, event)) = solved.said(&matter, (text, due), now) else { return Ok((matter, None)) };
        match app.store.change_matter(&matter, after, event).await.map_err(Refusal::of_store)? {
            Changed::Done(matter) => {
                return Ok((matter, Some(if solved == Solved::No { "thanks_no" } else { "thanks" })));
            }
            Changed::Stale(now) => matter = now,
            Changed::Unknown => return Err(Refusal::UnknownReceipt),
        }
    }
    Err(Refusal::Busy)
}

/// Whether a citizen is to be asked about this matter today.
async fn asks(app: &App, current: &Current, matter: &Matter) -> Result<bool, Refusal> {
    let (Some(reception), Some(today)) = (&current.edition.reception, app.today()) else { return Ok(false) };
    let events = app.store.matter_events(&matter.survey, matter.number).await.map_err(Refusal::of_store)?;
    Ok(is_to_be_asked(reception, &events, (matter.state, today), |minute| app.days.today(minute)))
}

impl<'a> Block<'a> {
    /// On a page of its own, or below the heading of a form of this level.
    fn of_page(survey: &str, lang: &'a str, query: &Query) -> Self {
        let (above, vision) = (query.heading_level(), Vision::of(query));
        let level = above.map(|level| format!("&heading-level={level}")).unwrap_or_default();
        let address = format!("/s/{survey}/follow?lang={lang}{level}{}", vision.query());
        Self { lang, level: above.map_or(1, |level| level + 1), address, vision }
    }

    /// What the forms post to, as HTML.
    fn address(&self) -> String {
        escape(&self.address)
    }
}

impl Typed {
    fn of(body: &[u8]) -> Self {
        let mut typed = Self::default();
        for (name, value) in form_urlencoded::parse(body) {
            match &*name {
                NUMBER => typed.number = value.into_owned(),
                RECEIPT => typed.receipt = value.into_owned(),
                DO => typed.asks = value.into_owned(),
                SOLVED => typed.solved = Some(value.into_owned()),
                TEXT => typed.text = value.into_owned(),
                _ => {}
            }
        }
        if typed.asks == SOLVED {
            typed.solved.get_or_insert_default();
        }
        typed
    }
}

fn respond(app: &App, status: StatusCode, (current, block): (&Current, &Block<'_>), inner: &str) -> Response {
    let (survey, words) = (&current.edition.survey, words_of(block.lang));
    let name = escape(survey.title.get(block.lang));
    let back = format!(
        "<p class=\"foot\"><a href=\"/s/{}?lang={}{}\">{name}</a></p>\n",
        survey.id,
        escape(block.lang),
        escape(&block.vision.query())
    );
    let main = held(block.lang, &section(&words, block, inner)) + &back;
    let title = format!("{} · {}", words.get("title"), super::page::title(survey, block.lang));
    let languages = survey.languages.iter().map(String::as_str).collect();
    let page = Page { lang: block.lang, title: &title, languages, vision: block.vision, main: &main };
    document::respond(app, status, &page)
}

fn section(words: &Words, block: &Block<'_>, inner: &str) -> String {
    let (title, level) = (escape(words.get("title")), block.level.clamp(1, 6));
    format!(
        "<section data-live=\"follow\" aria-labelledby=\"follow-title\">\n\
         <h{level} id=\"follow-title\" tabindex=\"-1\">{title}</h{level}>\n{inner}</section>\n"
    )
}

/// The form; after numbers that do not belong together, with these in its fields and the reason beside them.
fn form(words: &Words, block: &Block<'_>, (typed, wrong): (&Typed, Option<&str>)) -> String {
    let word = |key: &str| escape(words.get(key));
    let error = wrong.map(|key| error(block.lang, words.get(key))).unwrap_or_default();
    let field = |name: &str, value: &str, focus: bool| {
        let focus = if focus && wrong.is_some() { " autofocus" } else { "" };
        let described = if wrong.is_some() { " follow-error\" aria-invalid=\"true" } else { "" };
        format!(
            "<div class=\"question\">\n\
             <label class=\"text\" for=\"follow-{name}\">{label}</label>\n\
             <p class=\"hint\" id=\"follow-{name}-hint\">{hint}</p>\n\
             <input type=\"text\" id=\"follow-{name}\" name=\"{name}\" value=\"{value}\" autocomplete=\"off\" \
             autocapitalize=\"characters\" spellcheck=\"false\" \
             aria-describedby=\"follow-{name}-hint{described}\"{focus}>\n</div>\n",
            label = word(name),
            hint = word(&format!("{name}_hint")),
            value = escape(value),
        )
    };
    format!(
        "<form method=\"post\" action=\"{}\" accept-charset=\"utf-8\">\n<p>{}</p>\n{error}{}{}\
         <div class=\"buttons\"><button class=\"next\" type=\"submit\">{}</button></div>\n</form>\n",
        block.address(),
        word("lead"),
        field(NUMBER, &typed.number, true),
        field(RECEIPT, &typed.receipt, false),
        word("open"),
    )
}

/// What is wrong, named as an error for whoever only hears it.
fn error(lang: &str, text: &str) -> String {
    let prefix = escape(qulaq::words::of(lang).get("error_prefix"));
    format!(
        "<p class=\"error\" id=\"follow-error\" role=\"alert\"><span class=\"spoken\">{prefix} </span>{}</p>\n",
        escape(text)
    )
}
