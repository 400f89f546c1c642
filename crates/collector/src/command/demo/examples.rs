//! The examples of the repository, inside the program: surveys to publish, and agency pages to serve.

use crate::clock;
use crate::consultation;
use crate::content_type;
use crate::media::{self, Files, Opened};
use crate::origin::Origin;
use crate::places::Classifier;
use crate::publication::{self, Sources};
use crate::store::Store;
use anyhow::{Context, Result, anyhow};
use axum::Router;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use std::io::Cursor;

#[derive(RustEmbed)]
#[folder = "../../examples"]
struct Examples;

/// What stands in the pages where the address of the collector belongs.
const PLACEHOLDER: &str = "https://qulaq.example";

/// The directory of the definitions, and of the files that they name.
const SURVEYS: &str = "surveys/";

/// The files beside the definitions.
pub(super) struct Inside;

impl Files for Inside {
    fn open(&self, path: &str) -> Result<Opened, String> {
        let file = Examples::get(&format!("{SURVEYS}{path}")).ok_or("is not among the examples")?;
        let length = file.data.len() as u64;
        Ok(Opened { length, content: Box::new(Cursor::new(file.data.into_owned())) })
    }
}

/// Publishes every example and gives the ids, sorted.
pub(super) async fn publish(store: &dyn Store) -> Result<Vec<String>> {
    let mut ids = Vec::new();
    let classifier = Classifier::in_store(store, None).await?;
    let sources = Sources { files: Some(&Inside), ..Sources::alone(&classifier) };
    let is_survey = |path: &str| path.strip_prefix(SURVEYS).is_some_and(|name| !name.contains('/'));
    for path in Examples::iter().filter(|path| is_survey(path) && path.ends_with(".json")) {
        let definition = text(&path).with_context(|| format!("the example {path} is not text"))?;
        if path.ends_with(super::consultation::FILE) {
            super::consultation::seed(store, &definition, &sources, (clock::system())()).await?;
        }
        let publication = publication::read_with(&definition, (clock::system())(), &sources)
            .map_err(|faults| anyhow!("the example {path} is faulty: {}", faults[0]))?;
        media::keep(store, &publication.media, &Inside).await?;
        consultation::keep(store, &publication, &Inside).await?;
        ids.push(publication.survey.clone());
        store.publish(publication).await?;
    }
    ids.sort();
    Ok(ids)
}

/// The surveys of which something came, with what is said about that.
pub(super) fn outcomes() -> Vec<(String, String)> {
    let outcomes = Examples::iter().filter_map(|path| {
        let survey = path.strip_prefix("outcomes/")?.strip_suffix(".json")?;
        Some((survey.to_owned(), text(&path)?))
    });
    outcomes.collect()
}

/// Serves the agency pages with the collector's address in them.
pub(super) fn pages(collector: &Origin) -> Router {
    let collector = collector.clone();
    Router::new().fallback(async move |uri: Uri| page(&collector, uri.path()))
}

/// Addresses of the agency pages, below their origin.
pub(super) fn page_paths() -> Vec<String> {
    let pages = Examples::iter().filter_map(|path| {
        let page = path.strip_prefix("pages/")?.strip_suffix("index.html")?;
        Some(format!("/{page}"))
    });
    pages.collect()
}

fn page(collector: &Origin, path: &str) -> Response {
    let index = if path.ends_with('/') { "index.html" } else { "" };
    let path = format!("pages{path}{index}");
    let Some(file) = Examples::get(&path) else { return StatusCode::NOT_FOUND.into_response() };
    let about = [(CONTENT_TYPE, content_type::of(&path)), (CACHE_CONTROL, "no-store")];
    match text(&path).filter(|_| path.ends_with(".html")) {
        Some(html) => (about, html.replace(PLACEHOLDER, collector.as_str())).into_response(),
        None => (about, file.data.into_owned()).into_response(),
    }
}

fn text(path: &str) -> Option<String> {
    String::from_utf8(Examples::get(path)?.data.into_owned()).ok()
}
