//! HTML that cannot be wrong: whatever is put into an element is text and is escaped, except other elements, and what
//! another of our writers has drawn.

use crate::http::escape;

/// An element. `text` and `attr` take what anybody wrote.
#[derive(Clone, Debug)]
pub(super) struct Element {
    tag: &'static str,
    attributes: String,
    inner: String,
}

/// Elements that have no inside and no end.
const VOID: [&str; 4] = ["br", "hr", "input", "link"];

/// An element without attributes and children.
pub(super) fn el(tag: &'static str) -> Element {
    Element { tag, attributes: String::new(), inner: String::new() }
}

impl Element {
    pub(super) fn attr(mut self, name: &str, value: &str) -> Self {
        self.attributes += &format!(" {name}=\"{}\"", escape(value));
        self
    }

    pub(super) fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// With an attribute that has no value, if `set`.
    pub(super) fn flag(mut self, name: &str, set: bool) -> Self {
        if set {
            self.attributes += &format!(" {name}");
        }
        self
    }

    pub(super) fn text(mut self, text: &str) -> Self {
        self.inner += &escape(text);
        self
    }

    pub(super) fn child(mut self, child: Self) -> Self {
        self.inner += &child.html();
        self
    }

    /// With what the writer of results has drawn, which escapes by itself: pictures and their tables.
    pub(super) fn drawn(mut self, html: &str) -> Self {
        self.inner += html;
        self
    }

    /// With more children; an `Option` is none or one.
    pub(super) fn children(self, more: impl IntoIterator<Item = Self>) -> Self {
        more.into_iter().fold(self, Self::child)
    }

    /// The element as HTML.
    pub(super) fn html(self) -> String {
        let Self { tag, attributes, inner } = self;
        if VOID.contains(&tag) {
            return format!("<{tag}{attributes}>");
        }
        format!("<{tag}{attributes}>{inner}</{tag}>")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_somebody_wrote_is_text_wherever_it_is_put() {
        let hostile = "\"><script>alert('ә')</script>&";
        let html =
            el("p").attr("title", hostile).text(hostile).child(el("input").flag("checked", true)).html();
        let escaped = "&quot;&gt;&lt;script&gt;alert('ә')&lt;/script&gt;&amp;";
        assert_eq!(html, format!("<p title=\"{escaped}\">{escaped}<input checked></p>"));
    }
}
