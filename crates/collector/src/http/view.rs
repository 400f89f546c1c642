//! What a form shows, and where it stands: on its own page or inside another.

use super::around::Surrounding;
use super::document::escape;
use super::invited::{self, Step};
use super::query::{Manner, Query};
use super::vision::Vision;
use super::{App, frame, page, working};
use crate::edition::Edition;
use crate::guard::with_trap;
use crate::tier::Tier;
use crate::times::Standing;
use axum::http::StatusCode;
use axum::http::header::{ACCEPT, CACHE_CONTROL, CONTENT_TYPE, HeaderMap};
use axum::response::{IntoResponse, Response};
use qulaq::{State, View, Words, words};
use survey::response::ASSISTANCE;
use survey::route::Route;
use survey::{Answers, At, Occasion};

/// Who asks for this type gets the form alone, to put it where the form was.
const FRAGMENT: &str = "text/x-qulaq-fragment";

/// The heading level of a form inside a page that says nothing.
const HEADING_LEVEL: u8 = 2;

/// Where a form stands.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// On the page that the collector hosts, where its title is the heading of the page.
    Hosted(Vision),
    /// On the same page in a frame of somebody's page.
    Framed(Vision),
    /// Inside somebody's page, with a heading of this level.
    Inside(u8),
}

/// HTML before and after a form, and what stands in it besides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    pub(super) before: &'a str,
    pub(super) after: &'a str,
    pub(super) held: Held<'a>,
}

/// What a form carries of an invitation, or of work.
#[derive(Clone, Copy, Debug)]
pub(super) enum Held<'a> {
    /// Nothing.
    Nothing,
    /// The code, in every page.
    Code(&'a str),
    /// The step before it stands in its place.
    Step(Step<'a>),
    /// No invitation, but what was worked for it; nothing in the field where scripts ran and could not do it.
    Work(Option<&'a str>),
}

impl<'a> Held<'a> {
    /// What a form of this survey carries besides an invitation.
    pub(super) fn of(edition: &Edition, work: Option<&'a str>) -> Self {
        if edition.tier == Tier::Work { Self::Work(work) } else { Self::Nothing }
    }

    /// The form as HTML.
    pub(super) fn draw(self, view: &View) -> String {
        let is_asked = matches!(view.state, State::At(_));
        match self {
            Self::Step(step) if is_asked => invited::draw(view, step),
            Self::Code(code) if is_asked => invited::carrying(&with_trap(&qulaq::render(view.clone())), code),
            Self::Work(work) if is_asked => working::carrying(&with_trap(&qulaq::render(view.clone())), work),
            _ if is_asked => with_trap(&qulaq::render(view.clone())),
            _ => qulaq::render(view.clone()),
        }
    }
}

/// What somebody sees who begins, or goes on, with these answers.
pub(crate) fn first(
    edition: &Edition,
    standing: Standing,
    (lang, manner): (String, Manner),
    (answers, occasion): (Answers, Occasion),
) -> View {
    let seed = edition.survey.is_shuffled().then_some(occasion.seed);
    let survey = edition.at_pace(manner.pace.unwrap_or(edition.survey.pace), occasion.seed);
    let page = Route::of(&survey, &answers, occasion).first(&survey);
    View {
        survey,
        version: edition.version.clone(),
        lang,
        action: String::new(),
        media: if edition.has_media { media_path(edition) } else { String::new() },
        heading_level: 1,
        state: match standing {
            Standing::Open => State::At(At::Page(page)),
            Standing::NotYet => State::NotYet,
            Standing::Closed => State::Closed,
        },
        answers,
        problems: Vec::new(),
        response_id: None,
        seed,
        today: occasion.today,
        seen: Vec::new(),
        changing: false,
        assisted: manner.assisted.unwrap_or(ASSISTANCE[0]).to_owned(),
    }
}

/// Where the files of a version are, on the collector.
fn media_path(edition: &Edition) -> String {
    format!("/s/{}/media/{}/", edition.survey.id, edition.version)
}

impl Place {
    /// Inside a page, at the level that its address asks for.
    pub(super) fn inside(query: &Query) -> Self {
        Self::Inside(query.heading_level().unwrap_or(HEADING_LEVEL))
    }

    /// On a page of the collector's, in a frame if its address says so.
    pub(super) fn of_page(query: &Query) -> Self {
        let vision = Vision::of(query);
        if query.get("frame").as_deref() == Some("1") { Self::Framed(vision) } else { Self::Hosted(vision) }
    }

    /// How the page looks for people with low vision; a form inside another page looks as that page says.
    pub(super) fn vision(self) -> Vision {
        match self {
            Self::Hosted(vision) | Self::Framed(vision) => vision,
            Self::Inside(_) => Vision::default(),
        }
    }

    /// What the address of a page says after its question mark, so that it is the same page in this language.
    pub(super) fn query(self, lang: &str) -> String {
        match self {
            Self::Framed(vision) => format!("frame=1&lang={lang}{}", vision.query()),
            Self::Hosted(vision) => format!("lang={lang}{}", vision.query()),
            Self::Inside(_) => format!("lang={lang}"),
        }
    }

    /// The level of headings of what stands beside the form.
    pub(super) fn level_beside(self) -> u8 {
        match self {
            Self::Hosted(_) => 2,
            Self::Framed(_) => HEADING_LEVEL + 1,
            Self::Inside(level) => (level + 1).min(6),
        }
    }

    /// Where the form stands that was posted.
    pub(super) fn of_posted(query: &Query, headers: &HeaderMap) -> Self {
        let wanted = headers.get(ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
        if wanted.contains(FRAGMENT) { Self::inside(query) } else { Self::of_page(query) }
    }

    /// The channel that answers come by from here, and how the form worked there.
    pub(super) fn channel(self) -> (&'static str, &'static str) {
        match self {
            Self::Hosted(_) => ("web", "page"),
            Self::Framed(_) => ("embed", "page"),
            Self::Inside(_) => ("embed", "loader"),
        }
    }

    /// Fits a view to this place. On its own page the form posts to the same address, in its language also where there
    /// is nothing but an error to show; elsewhere it must name the collector, and takes the heading level along for the
    /// next page of the form.
    pub(super) fn fit(self, app: &App, view: View) -> View {
        let path = format!("/s/{}", view.survey.id);
        let (heading_level, action) = match self {
            Self::Hosted(_) => (1, format!("{path}?{}", self.query(&view.lang))),
            Self::Framed(_) => (HEADING_LEVEL, format!("{path}?{}", self.query(&view.lang))),
            Self::Inside(level) if level == HEADING_LEVEL => (level, format!("{}{path}", app.public_url)),
            Self::Inside(level) => (level, format!("{}{path}?heading-level={level}", app.public_url)),
        };
        let media = match self {
            Self::Inside(_) if !view.media.is_empty() => format!("{}{}", app.public_url, view.media),
            _ => view.media,
        };
        View { heading_level, action, media, ..view }
    }

    /// Answers with the form as it was posted, between what stands around it, and says something about it before all else.
    pub(super) fn say(
        self,
        app: &App,
        (view, held): (View, Held<'_>),
        key: &str,
        stands: &Surrounding,
    ) -> Response {
        let before = notice(&words::of(&view.lang), key) + &stands.before;
        self.reply(app, StatusCode::OK, view, Around { before: &before, after: &stands.after, held })
    }

    /// Answers with a form as it is after somebody did something, and what is around it: never to be kept by a cache.
    pub(super) fn reply(self, app: &App, status: StatusCode, view: View, around: Around<'_>) -> Response {
        let view = self.fit(app, view);
        match self {
            Self::Hosted(vision) => page::respond(app, status, (view, vision), around),
            Self::Framed(vision) => frame::respond(app, status, (view, vision), around),
            Self::Inside(_) => {
                let about = [(CONTENT_TYPE, "text/html; charset=utf-8"), (CACHE_CONTROL, "no-store")];
                let form = beside(around.held.draw(&view), around.before);
                (status, about, format!("{}{form}{}", around.before, around.after)).into_response()
            }
        }
    }
}

/// A form with something before it, in an element of its own: there the module looks for nothing but the form.
pub(super) fn beside(form: String, before: &str) -> String {
    if before.is_empty() { form } else { format!("<div>{form}</div>\n") }
}

/// Takes the focus, so that it is the first that is read out.
fn notice(words: &Words, key: &str) -> String {
    let text = words.fill(key, &[("send", words.get("send").to_owned())]);
    format!("<div class=\"q unsent\"><p tabindex=\"-1\" autofocus>{}</p></div>\n", escape(&text))
}
