//! The form in the browser: brings the server's HTML to life, or draws the form itself where there is no server of
//! ours, and then drives it.

mod drive;
mod fields;
mod json;
mod send;

use crate::form::form;
use crate::node::Node;
use crate::session::Session;
use crate::view::{State, View};
use crate::words::Words;
use leptos::mount::{hydrate_from, mount_to};
use send::Target;
use serde_json::Value;
use std::sync::Arc;
use survey::{Answers, Survey};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// What the loader tells of one element. The browser has read the JSON: its reader is there already and ours would be
/// downloaded.
#[wasm_bindgen]
extern "C" {
    /// See the loader's typedef `Options`.
    pub type Options;

    #[wasm_bindgen(method, getter)]
    fn lang(this: &Options) -> String;
    #[wasm_bindgen(method, getter, js_name = headingLevel)]
    fn heading_level(this: &Options) -> u8;
    #[wasm_bindgen(method, getter)]
    fn action(this: &Options) -> String;
    #[wasm_bindgen(method, getter)]
    fn collector(this: &Options) -> bool;
    #[wasm_bindgen(method, getter)]
    fn id(this: &Options) -> String;
    #[wasm_bindgen(method, getter)]
    fn hydrate(this: &Options) -> bool;

    /// Posts a response, again and again with waits while nobody answers.
    #[wasm_bindgen(method, catch)]
    async fn post(this: &Options, body: &str) -> Result<JsValue, JsValue>;
    /// Dispatches an event; the name is without its prefix.
    #[wasm_bindgen(method)]
    fn emit(this: &Options, name: &str, detail: &JsValue);
}

/// A survey with its words, ready to be asked.
#[wasm_bindgen]
pub struct Asked {
    survey: Arc<Survey>,
    version: String,
    words: Words,
}

/// Reads a definition and the words of the interface.
///
/// # Errors
/// An `Error` when the definition asks nothing.
#[wasm_bindgen]
pub fn read(definition: &JsValue, words: &JsValue) -> Result<Asked, JsError> {
    let mut definition = json::read(definition);
    // The collector's definition carries its version.
    let version = definition.as_object_mut().and_then(|fields| fields.remove("version"));
    let survey =
        Survey::from_published(&definition).ok_or_else(|| JsError::new("the definition asks nothing"))?;
    Ok(Asked {
        survey: Arc::new(survey),
        version: version.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned(),
        words: Words::from_value(json::read(words)),
    })
}

/// Takes over the form in `container`, or draws one there.
#[wasm_bindgen]
pub fn start(container: HtmlElement, asked: Asked, options: Options) {
    let view = View {
        lang: asked.survey.language(&options.lang()).to_owned(),
        survey: asked.survey,
        version: asked.version,
        action: options.action(),
        heading_level: options.heading_level(),
        state: State::Page(0),
        answers: Answers::default(),
        problems: Vec::new(),
        response_id: None,
    };
    let (parent, hydrate) = (container.clone(), options.hydrate());
    let draw = move || draw(view, asked.words, container, Target::new(options));
    // The form lives as long as the page: dropping the handle would take it off the screen.
    if hydrate {
        std::mem::forget(hydrate_from(parent, draw));
    } else {
        std::mem::forget(mount_to(parent, draw));
    }
}

fn draw(view: View, words: Words, container: HtmlElement, target: Target) -> Node {
    let session = Session::new(view, words);
    let form = form(&session);
    drive::start(drive::Driver { session, container, target });
    form
}
