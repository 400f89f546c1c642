//! The hosted page: the document around a form, with what machines read about it.

use super::document::{self, Extra, NOBODY, Page, escape};
use super::view::Around;
use super::vision::{self, Vision};
use super::{App, accessibility};
use axum::http::StatusCode;
use axum::response::Response;
use qulaq::{State, View};
use std::sync::Arc;
use survey::Survey;

/// Answers with the page of a survey, with something above the form and below it.
pub(super) fn respond(
    app: &App,
    status: StatusCode,
    (view, vision): (View, Vision),
    around: Around<'_>,
) -> Response {
    let (survey, lang) = (Arc::clone(&view.survey), view.lang.clone());
    // A form has buttons for its languages, which keep what was answered; a link would lose it.
    let has_form = matches!(view.state, State::At(_));
    let languages = if has_form { Vec::new() } else { survey.languages.iter().map(String::as_str).collect() };
    let form = around.held.draw(&view);
    // So has the switch for low vision: without a form to post it, a receipt would be lost.
    let form = if has_form { vision::switch_above(vision, &view, &form) } else { form };
    let page = Page {
        lang: &lang,
        title: &title(&survey, &lang),
        languages,
        vision,
        main: &format!(
            "{}{form}{}{}",
            around.before,
            around.after,
            accessibility::link(&survey.id, &lang, vision)
        ),
    };
    let mut head = head(app.public_url.as_str(), &survey, &lang);
    if has_form {
        // The page works without it; with it conditions, counts and the browser's own Back work in place.
        head += &format!(
            "<script type=\"module\" src=\"/widget/{}/hosted.js\"></script>\n",
            app.package.version()
        );
    }
    let scripts = if has_form { "'self' 'wasm-unsafe-eval'; connect-src 'self'" } else { NOBODY };
    document::respond_with(app, status, &page, &Extra { head: &head, scripts, framed_by: NOBODY, above: "" })
}

/// The name of the page. In Kazakhstan both the state language and Russian stand on a page that is in either, the state
/// language first.
pub(super) fn title(survey: &Survey, lang: &str) -> String {
    let both = ["kk", "ru"].map(|lang| survey.languages.iter().any(|tag| tag == lang)) == [true, true];
    let (kazakh, russian) = (survey.title.get("kk"), survey.title.get("ru"));
    let title = if both && ["kk", "ru"].contains(&lang) && kazakh != russian {
        format!("{kazakh} / {russian}")
    } else {
        survey.title.get(lang).to_owned()
    };
    match &survey.agency {
        Some(agency) => format!("{title} · {}", agency.get(lang)),
        None => title,
    }
}

/// The address of a survey's page in a language, under which everybody can reach it.
pub(super) fn address(host: &str, survey: &str, lang: &str) -> String {
    format!("{host}/s/{survey}?lang={lang}")
}

/// What search engines, messengers (Open Graph) and content systems (oEmbed) read.
fn head(host: &str, survey: &Survey, lang: &str) -> String {
    let here = address(host, &survey.id, lang);
    let mut head = link(&[("rel", "canonical"), ("href", &here)]);
    for lang in &survey.languages {
        let there = address(host, &survey.id, lang);
        head += &link(&[("rel", "alternate"), ("hreflang", lang), ("href", &there)]);
    }
    let any = format!("{host}/s/{}", survey.id);
    head += &link(&[("rel", "alternate"), ("hreflang", "x-default"), ("href", &any)]);
    let query = form_urlencoded::Serializer::new(String::new())
        .extend_pairs([("url", here.as_str()), ("format", "json")])
        .finish();
    let oembed = format!("{host}/oembed?{query}");
    let title = title(survey, lang);
    let kind = "application/json+oembed";
    head += &link(&[("rel", "alternate"), ("type", kind), ("href", &oembed), ("title", &title)]);
    head + &open_graph(survey, lang, &title, &here)
}

fn link(attributes: &[(&str, &str)]) -> String {
    let attributes = attributes.iter().map(|(name, value)| format!(" {name}=\"{}\"", escape(value)));
    format!("<link{}>\n", attributes.collect::<String>())
}

fn open_graph(survey: &Survey, lang: &str, title: &str, here: &str) -> String {
    let notice = survey.notice.as_ref().map(|notice| notice.get(lang));
    let description = notice.and_then(|notice| notice.split("\n\n").next()).map(str::trim);
    let locale = locale(lang);
    let mut facts =
        vec![("og:type", "website"), ("og:title", title), ("og:url", here), ("og:locale", &locale)];
    let others: Vec<String> =
        survey.languages.iter().filter(|other| *other != lang).map(|other| self::locale(other)).collect();
    facts.extend(others.iter().map(|other| ("og:locale:alternate", other.as_str())));
    facts.extend(description.map(|description| ("og:description", description)));
    facts.extend(survey.agency.as_ref().map(|agency| ("og:site_name", agency.get(lang))));
    let property = |(name, content): (&str, &str)| {
        format!("<meta property=\"{name}\" content=\"{}\">\n", escape(content))
    };
    let described =
        description.map(|text| format!("<meta name=\"description\" content=\"{}\">\n", escape(text)));
    facts.into_iter().map(property).chain(described).collect()
}

/// Language and territory as Open Graph writes them. Readers know a short list, in which Russian and English have the
/// territories below.
fn locale(lang: &str) -> String {
    match lang {
        "kk" => "kk_KZ".to_owned(),
        "ru" => "ru_RU".to_owned(),
        "en" => "en_GB".to_owned(),
        other => other.replace('-', "_"),
    }
}
