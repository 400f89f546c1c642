//! The form in the browser: brings the server's HTML to life, or draws the form itself where there is no server of
//! ours, and then drives it.

mod drive;
mod fields;
mod send;

use crate::form::form;
use crate::node::Node;
use crate::session::Session;
use crate::view::{State, View};
use crate::words::Words;
use leptos::mount::{hydrate_from, mount_to};
use serde::Deserialize;
use serde_json::Value;
use std::sync::Arc;
use survey::{Answers, Survey};
use wasm_bindgen::prelude::*;
use web_sys::HtmlElement;

/// What the loader tells of one element.
#[derive(Deserialize)]
struct Options {
    /// The definition, as JSON text; the collector's carries its `version`.
    definition: String,
    /// The words of the interface, as JSON text.
    words: String,
    /// The language asked for.
    lang: String,
    /// The level of the form's heading.
    heading_level: u8,
    /// Where the form would post without scripts; empty where there is no collector.
    action: String,
    /// Where the response is posted.
    endpoint: String,
    /// Whether the endpoint is a collector: it answers every response with a receipt.
    collector: bool,
    /// The id of the response, made by the loader: 32 hexadecimal digits.
    id: String,
    /// Whether `container` holds the server's HTML already.
    hydrate: bool,
}

/// Takes over the form in `container`, or draws one there.
///
/// `options` is an object with the fields of `Options`, as JSON text. `emit` is called with the name of an event
/// without its prefix and an object with its detail.
///
/// # Errors
/// An `Error` whose message says what is wrong with the options or the definition. The container is left as it was.
#[wasm_bindgen]
pub fn start(container: HtmlElement, options: &str, emit: js_sys::Function) -> Result<(), JsError> {
    let options: Options = serde_json::from_str(options)?;
    let (survey, version) = read_definition(&options.definition)?;
    let view = View {
        lang: survey.language(&options.lang).to_owned(),
        survey: Arc::new(survey),
        version,
        action: options.action,
        heading_level: options.heading_level,
        state: State::Page(0),
        answers: Answers::default(),
        problems: Vec::new(),
        response_id: None,
    };
    let words = Words::read(&options.words);
    let target = send::Target { endpoint: options.endpoint, collector: options.collector, id: options.id };
    let drawn = Drawn { view, words, target, emit, container: container.clone() };
    // The form lives as long as the page: dropping the handle would take it off the screen.
    if options.hydrate {
        std::mem::forget(hydrate_from(container, move || drawn.draw()));
    } else {
        std::mem::forget(mount_to(container, move || drawn.draw()));
    }
    Ok(())
}

/// A form about to be drawn.
struct Drawn {
    view: View,
    words: Words,
    target: send::Target,
    emit: js_sys::Function,
    container: HtmlElement,
}

impl Drawn {
    fn draw(self) -> Node {
        let session = Session::new(self.view, self.words);
        let form = form(&session);
        drive::start(drive::Driver { session, container: self.container, target: self.target, emit: self.emit });
        form
    }
}

fn read_definition(json: &str) -> Result<(Survey, String), JsError> {
    let mut definition: Value = serde_json::from_str(json)?;
    let version = definition.as_object_mut().and_then(|fields| fields.remove("version"));
    let version = version.as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
    let survey = Survey::from_value(&definition).map_err(|faults| {
        let faults: Vec<String> = faults.iter().map(ToString::to_string).collect();
        JsError::new(&faults.join("\n"))
    })?;
    Ok((survey, version))
}
