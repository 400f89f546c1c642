//! The form in the browser: brings the server's HTML to life, or draws the form itself where there is no server of
//! ours, and then drives it.

mod drive;
mod fields;
pub(crate) mod json;
mod send;

use crate::form::form;
use crate::node::Node;
use crate::session::Session;
use crate::view::{State, View};
use crate::words::Words;
use any_spawner::Executor;
use leptos::prelude::Owner;
use send::Target;
use serde_json::Value;
use std::sync::Arc;
use survey::calendar::Date;
use survey::{At, Pace, Survey};
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

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
    fn media(this: &Options) -> String;
    #[wasm_bindgen(method, getter)]
    fn collector(this: &Options) -> bool;
    #[wasm_bindgen(method, getter)]
    fn seed(this: &Options) -> u32;
    /// The day in Kazakhstan, `2026-03-05`.
    #[wasm_bindgen(method, getter)]
    fn today(this: &Options) -> String;
    /// What the page gives, by the names of hidden questions.
    #[wasm_bindgen(method, getter)]
    fn values(this: &Options) -> JsValue;
    /// Whether it is asked one question a page.
    #[wasm_bindgen(method, getter)]
    fn one(this: &Options) -> bool;
    /// Who helps with answering, as far as the page knows.
    #[wasm_bindgen(method, getter)]
    fn assisted(this: &Options) -> String;
    /// The definition, for the survey at another pace.
    #[wasm_bindgen(method, getter)]
    fn definition(this: &Options) -> JsValue;
    /// The names of the quotas that are full.
    #[wasm_bindgen(method, getter)]
    fn full(this: &Options) -> JsValue;
    #[wasm_bindgen(method, getter)]
    fn hydrate(this: &Options) -> bool;

    /// Posts a response with these answers, again and again with waits while nobody answers.
    #[wasm_bindgen(method, catch)]
    async fn post(this: &Options, answers: &JsValue) -> Result<JsValue, JsValue>;
    /// Dispatches an event; the name is without its prefix.
    #[wasm_bindgen(method)]
    fn emit(this: &Options, name: &str, detail: &JsValue);
    /// The words of another language.
    #[wasm_bindgen(method, catch)]
    async fn words(this: &Options, lang: &str) -> Result<JsValue, JsValue>;
    /// Told when the form is driven: where it is, see `Driver::place`.
    #[wasm_bindgen(method)]
    fn alive(this: &Options, place: &str);
    /// Told when the citizen came to another place, which is a new one in the browser's history or not: the names of the
    /// questions that have been shown, and the answers that stand.
    #[wasm_bindgen(method)]
    fn moved(this: &Options, place: &str, pushes: bool, seen: &str, answers: &JsValue);
    /// Given what there is so far, to be kept on the device.
    #[wasm_bindgen(method)]
    fn keep(this: &Options, draft: &str);
    /// Given what there was before the entry with this index was removed from a group, to be had again.
    #[wasm_bindgen(method)]
    fn removed(this: &Options, draft: &str, group: &str, entry: usize);
    /// Shows the texts that a line may mean below it, and says how many.
    #[wasm_bindgen(method)]
    fn suggest(this: &Options, name: &str, field: &HtmlElement, texts: js_sys::Array, said: &str);
}

/// A survey with its words, ready to be asked.
#[wasm_bindgen]
pub struct Asked {
    survey: Survey,
    version: String,
    words: Words,
}

/// Reads a definition and the words of the interface.
///
/// # Errors
/// An `Error` when the definition asks nothing.
#[wasm_bindgen]
pub fn read(definition: &JsValue, words: &JsValue) -> Result<Asked, JsError> {
    let definition = json::read(definition);
    // The collector's definition carries its version.
    let version = definition.get("version");
    let survey =
        Survey::from_published(&definition).ok_or_else(|| JsError::new("the definition asks nothing"))?;
    Ok(Asked {
        survey,
        version: version.and_then(Value::as_str).unwrap_or_default().to_owned(),
        words: Words::from_value(json::read(words)),
    })
}

/// Takes over the form in `container`, or draws one there.
#[wasm_bindgen]
pub fn start(container: HtmlElement, asked: Asked, options: Options) {
    let (seed, is_shuffled) = (options.seed(), asked.survey.is_shuffled());
    let survey = at_pace(asked.survey, if options.one() { Pace::One } else { Pace::All }, seed);
    let today = Date::parse(&options.today());
    let lang = survey.language(&options.lang()).to_owned();
    let mut view = View {
        version: asked.version,
        lang,
        action: options.action(),
        media: options.media(),
        heading_level: options.heading_level(),
        state: State::At(At::Page(0)),
        answers: survey.defaults(),
        problems: Vec::new(),
        response_id: None,
        seed: is_shuffled.then_some(seed),
        today,
        seen: Vec::new(),
        changing: false,
        assisted: options.assisted(),
        survey,
    };
    let hydrate = options.hydrate();
    if hydrate {
        fields::take_over(&container, &mut view);
    }
    fields::give(&json::read(&options.values()), &mut view);
    let (parent, words, target) = (container.clone(), asked.words, Target::new(options));
    if hydrate {
        show(&parent, true, Box::new(move || draw(view, words, container, target, true)));
    } else {
        draw_anew(view, words, container, target);
    }
}

#[inline(never)]
fn at_pace(survey: Survey, pace: Pace, seed: u32) -> Arc<Survey> {
    Arc::new(survey.at_pace(pace, seed))
}

/// Draws a form in place of what stands in the container, with the focus in it if it was there.
fn draw_anew(view: View, words: Words, container: HtmlElement, target: Target) {
    let replaces = container.first_element_child().is_some();
    container.set_text_content(None);
    let (parent, within) = (container.clone(), container.clone());
    show(&parent, false, Box::new(move || draw(view, words, container, target, false)));
    if replaces {
        drive::focus_in(within);
    }
}

/// Draws a form in `parent`, or finds it there. Leptos' own ways in bring along what a form never asks: views of other
/// types, and data that the server is still to send.
#[inline(never)]
fn show(parent: &Element, takes_over: bool, draw: Box<dyn FnOnce() -> Node>) {
    // An error says that an earlier form has started it.
    _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let drawn = owner.with(|| draw().show(parent, takes_over));
    // The form lives as long as the page: dropping either would take it off the screen.
    std::mem::forget((owner, drawn));
}

fn draw(view: View, words: Words, container: HtmlElement, target: Target, takes_over: bool) -> Node {
    let session = Session::new(view, words);
    let form = form(&session);
    drive::start(drive::Driver { session, container, target }, takes_over);
    form
}
