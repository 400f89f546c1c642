//! HTML on the server, by the same components that the browser brings to life.

use crate::form::form;
use crate::session::Session;
use crate::view::View;
use crate::words;
use leptos::prelude::*;

/// The form as HTML. The same view always gives the same bytes, so that the result may be kept.
#[must_use]
pub fn render(view: View) -> String {
    let owner = Owner::new();
    owner.with(|| {
        let words = words::of(&view.lang);
        form(&Session::new(view, words)).to_html()
    })
}

#[cfg(test)]
#[path = "server/tests.rs"]
mod tests;
