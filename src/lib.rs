//! The Qulaq widget: one renderer with two outputs, HTML on the server (`ssr`) and a live form in the browser
//! (`hydrate`).
//!
//! Read in this order: [`view`] (what is to be shown), [`session`] (what the parts of a form share while it lives),
//! [`form`], [`page`], [`review`] and [`end`], [`question`], [`control`] (one file a look), [`node`] (what they are all made of), [`words`],
//! [`locale`], [`spoken`] and [`message`] (what a citizen reads).
//! `browser` drives the form where there is WASM. A control only draws native fields: no control handles an event,
//! because one listener on the form reads the fields back, before and after hydration alike.

#[cfg(all(feature = "ssr", feature = "hydrate"))]
compile_error!(
    "features `ssr` and `hydrate` exclude each other: build the collector and the widget in separate commands"
);

mod aids;
#[cfg(feature = "hydrate")]
pub mod browser;
mod control;
mod end;
mod form;
mod locale;
mod media;
mod message;
mod node;
mod page;
mod question;
mod review;
mod session;
mod spoken;
mod view;
mod watched;
pub mod words;

pub use view::{State, View};
pub use words::Words;

#[cfg(feature = "ssr")]
mod server;
#[cfg(feature = "ssr")]
pub use server::render;
