//! What came of surveys: `/s/ID/outcome` and `/outcomes` as pages, as feeds, and as blocks for `<qulaq-outcome>`.

use super::around::{HTML, held};
use super::document::{self, Extra, PLAIN, Page, escape};
use super::query::{Query, SurveyId};
use super::vision::Vision;
use super::{App, language, page};
use crate::edition::Current;
use crate::encoded::{Effort, Encoded};
use crate::outcome::{Feed, Item, Look, Published, Shown, atom, block, content, json, latest, words};
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use std::sync::Arc;
use survey::Survey;

/// Outcomes on a page of all, and in a feed.
const MOST: usize = 20;

/// Caches ask again every five minutes; what has not changed is not sent again.
const CACHE: &str = "public, max-age=300";

pub(super) fn look<'a>(app: &'a App, lang: &'a str, level: u8) -> Look<'a> {
    Look { lang, level, id: "outcome", days: &app.days }
}

/// Where an outcome is read by itself, and followed; `page` is the address of its page.
pub(super) fn links(page: &str, lang: &str) -> String {
    let text = escape(words(lang).get("page"));
    format!("<p><a href=\"{}\" target=\"_top\">{text}</a></p>\n", escape(page))
}

/// `/s/ID/outcome`: the page of one survey, for ever at this address.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let lang = language::of_survey(&current.edition.survey, &query, &headers);
    let published = Published::of(&app, &current).await?;
    let (survey, vision) = (&*current.edition.survey, Vision::of(&query));
    let title = format!("{} · {}", words(&lang).get("title"), page::title(survey, &lang));
    let path = format!("/s/{}/outcome", survey.id);
    let inside = block(&published, look(&app, &lang, 1), &feeds(&path, &lang));
    let (more, name) = (escape(&vision.query()), escape(survey.title.get(&lang)));
    let back = format!("<p class=\"foot\"><a href=\"/s/{}?lang={lang}{more}\">{name}</a></p>\n", survey.id);
    let main = format!("{}{back}", held(&lang, &inside));
    let languages = survey.languages.iter().map(String::as_str).collect();
    let document = Page { lang: &lang, title: &title, languages, vision, main: &main };
    Ok(respond(&app, &document, &path))
}

/// A page whose head names its feeds.
fn respond(app: &App, page: &Page<'_>, path: &str) -> Response {
    let lang = escape(page.lang);
    let kinds = [("atom", "application/atom+xml"), ("json", "application/feed+json")];
    let head = kinds.map(|(ending, kind)| {
        format!("<link rel=\"alternate\" type=\"{kind}\" href=\"{path}.{ending}?lang={lang}\">\n")
    });
    document::respond_with(app, StatusCode::OK, page, &Extra { head: &head.concat(), ..PLAIN })
}

/// The feeds below a path, for people.
fn feeds(path: &str, lang: &str) -> String {
    let link = |(ending, name): (&str, &str)| {
        format!("<a href=\"{path}.{ending}?lang={}\">{name}</a>", escape(lang))
    };
    let links = [("atom", "Atom"), ("json", "JSON Feed")].map(link).join(" · ");
    format!("<p>{} {links}</p>\n", escape(words(lang).get("feed")))
}

/// A block for a tag in somebody's page: everything of a survey, or one line with the newest. Empty where there is none.
pub(super) async fn fragment(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&survey).await?;
    let lang = language::of_survey(&current.edition.survey, &query, &headers);
    let published = Published::of(&app, &current).await?;
    let level = query.heading_level().unwrap_or(2);
    let inside = if query.get("latest").is_some() {
        newest(&app, &published, &lang)
    } else if published.is_empty() {
        String::new()
    } else {
        let address = format!("{}/s/{survey}/outcome?lang={lang}", app.public_url);
        block(&published, look(&app, &lang, level), &links(&address, &lang))
    };
    framed(&lang, &inside, &headers).await
}

/// The same line of all surveys.
pub(super) async fn fragment_of_all(
    State(app): State<Arc<App>>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let lang = language::of_interface(&query, &headers);
    let (of_all, _) = some(&app, None, 1).await?;
    let Some(one) = of_all.first() else { return framed(&lang, "", &headers).await };
    framed(&lang, &newest(&app, one, one.survey.language(&lang)), &headers).await
}

async fn framed(lang: &str, inside: &str, headers: &HeaderMap) -> Result<Response, Refusal> {
    let html = held(lang, inside);
    let made = Encoded::make(HTML, Effort::EachTime, move || html).await?;
    Ok(made.respond(headers, CACHE))
}

fn newest(app: &App, published: &Published, lang: &str) -> String {
    let Some(first) = published.shown.first() else { return String::new() };
    let id = &published.survey.id;
    let address = format!("{}/s/{id}/outcome?lang={lang}#outcome-{}", app.public_url, first.outcome.number);
    latest(&published.survey, first, look(app, lang, 2), &address)
}

/// `/outcomes`: what came of every survey, the newest first.
pub(super) async fn show_all(
    State(app): State<Arc<App>>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (lang, vision) = (language::of_interface(&query, &headers), Vision::of(&query));
    let words = words(&lang);
    let before = query.get("before").and_then(|before| before.parse().ok());
    let (all, earlier) = some(&app, before, MOST).await?;
    let more = escape(&vision.query());
    let earlier = earlier.map(|seq| {
        let text = escape(words.get("earlier"));
        format!("<p><a href=\"/outcomes?lang={lang}{more}&amp;before={seq}\">{text}</a></p>\n")
    });
    let list = list(&app, &all, &lang, vision);
    let title = words.get("all");
    let inside = format!(
        "<section>\n<h1>{}</h1>\n{list}{}{}</section>\n",
        escape(title),
        earlier.unwrap_or_default(),
        feeds("/outcomes", &lang)
    );
    let main = held(&lang, &inside);
    let languages = language::tags().collect();
    Ok(respond(&app, &Page { lang: &lang, title, languages, vision, main: &main }, "/outcomes"))
}

/// A line for each.
fn list(app: &App, all: &[Published], lang: &str, vision: Vision) -> String {
    let line = |one: &Published| {
        let own = one.survey.language(lang);
        let first = one.shown.first()?;
        let (id, number) = (&one.survey.id, first.outcome.number);
        let address = format!("/s/{id}/outcome?lang={own}{}#outcome-{number}", vision.query());
        Some(format!("<li>{}</li>\n", latest(&one.survey, first, look(app, own, 2), &address)))
    };
    let lines: String = all.iter().filter_map(line).collect();
    if lines.is_empty() {
        format!("<p>{}</p>\n", escape(words(lang).get("nothing")))
    } else {
        format!("<ul>\n{lines}</ul>\n")
    }
}

/// The newest outcomes before a place, each by itself with its survey, and the place from where there are more.
async fn some(app: &App, before: Option<i64>, most: usize) -> Result<(Vec<Published>, Option<i64>), Refusal> {
    let found = app.store.all_outcomes(before, most + 1).await.map_err(Refusal::of_store)?;
    let more = found.get(most).and(found.get(most - 1)).map(|(seq, _)| *seq);
    let mut all = Vec::new();
    for (_, outcome) in found.into_iter().take(most) {
        let current = app.current(&outcome.survey).await?;
        all.push(Published::one(app, &current, outcome).await?);
    }
    Ok((all, more))
}

/// `/s/ID/outcome.atom` and the others.
pub(super) async fn atom_of(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    as_atom(&feed_of(&app, &app.current(&survey).await?, (&query, &headers), "atom").await?, &headers).await
}

pub(super) async fn json_of(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    as_json(&feed_of(&app, &app.current(&survey).await?, (&query, &headers), "json").await?, &headers).await
}

pub(super) async fn atom_of_all(
    State(app): State<Arc<App>>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    as_atom(&feed_of_all(&app, (&query, &headers), "atom").await?, &headers).await
}

pub(super) async fn json_of_all(
    State(app): State<Arc<App>>,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    as_json(&feed_of_all(&app, (&query, &headers), "json").await?, &headers).await
}

async fn as_atom(feed: &Feed, headers: &HeaderMap) -> Result<Response, Refusal> {
    let text = atom(feed).map_err(|error| Refusal::internal("a feed cannot be written", &error))?;
    let made = Encoded::make("application/atom+xml; charset=utf-8", Effort::EachTime, move || text).await?;
    Ok(made.respond(headers, CACHE))
}

async fn as_json(feed: &Feed, headers: &HeaderMap) -> Result<Response, Refusal> {
    let text = json(feed).to_string();
    let made = Encoded::make("application/feed+json", Effort::EachTime, move || text).await?;
    Ok(made.respond(headers, CACHE))
}

async fn feed_of(
    app: &App,
    current: &Current,
    (query, headers): (&Query, &HeaderMap),
    ending: &str,
) -> Result<Feed, Refusal> {
    let survey = &current.edition.survey;
    let lang = language::of_survey(survey, query, headers);
    let published = Published::of(app, current).await?;
    let path = format!("{}/s/{}/outcome", app.public_url, survey.id);
    Ok(Feed {
        title: words(&lang).fill("latest", &[("title", survey.title.get(&lang).to_owned())]),
        page: format!("{path}?lang={lang}"),
        here: format!("{path}.{ending}?lang={lang}"),
        author: author(app, survey, &lang),
        items: items(app, &published, &lang),
        lang,
    })
}

async fn feed_of_all(
    app: &App,
    (query, headers): (&Query, &HeaderMap),
    ending: &str,
) -> Result<Feed, Refusal> {
    let lang = language::of_interface(query, headers);
    let (all, _) = some(app, None, MOST).await?;
    let path = format!("{}/outcomes", app.public_url);
    let items = all.iter().flat_map(|one| items(app, one, one.survey.language(&lang))).collect();
    Ok(Feed {
        title: words(&lang).get("all").to_owned(),
        page: format!("{path}?lang={lang}"),
        here: format!("{path}.{ending}?lang={lang}"),
        author: host(app).to_owned(),
        items,
        lang,
    })
}

fn items(app: &App, published: &Published, lang: &str) -> Vec<Item> {
    let survey = &published.survey;
    let path = format!("{}/s/{}/outcome", app.public_url, survey.id);
    let title = words(lang).fill("latest", &[("title", survey.title.get(lang).to_owned())]);
    let item = |shown: &Shown| Item {
        id: format!("{path}#outcome-{}", shown.outcome.number),
        page: format!("{path}?lang={lang}#outcome-{}", shown.outcome.number),
        title: title.clone(),
        time: app.days.rfc3339(shown.outcome.minute).unwrap_or_default(),
        author: author(app, survey, lang),
        html: content(&shown.said, lang),
    };
    published.shown.iter().map(item).collect()
}

/// The agency; the collector where none is named.
fn author(app: &App, survey: &Survey, lang: &str) -> String {
    survey.agency.as_ref().map_or_else(|| host(app).to_owned(), |agency| agency.get(lang).to_owned())
}

fn host(app: &App) -> &str {
    let url = app.public_url.as_str();
    url.split_once("://").map_or(url, |(_, host)| host)
}
