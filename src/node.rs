//! The one type of every view: elements and text, with attributes and children that may change.
//!
//! Leptos gives each element of a `view!` a type of its own, and each type its own copy of building, hydrating and
//! rebuilding. Here one type does it all, through Leptos' own traits: it mounts, hydrates and renders like any other
//! view, and the module is less than half the size (docs/adr/0003-one-view-type.md).
//!
//! What changes is always the inside of an element, never a place between others: hydration needs no markers in the
//! HTML, and skips text altogether.

mod dom;
mod html;

/// A node of the page.
pub(crate) enum Node {
    /// An element.
    Element(Element),
    /// Text.
    Text(String),
}

/// An element with its attributes and children.
pub(crate) struct Element {
    tag: &'static str,
    attributes: Vec<(&'static str, Value)>,
    children: Children,
}

/// What an attribute holds.
enum Value {
    /// Always the same.
    Fixed(String),
    /// What the signals say; `None` takes the attribute away.
    Live(Box<dyn Fn() -> Option<String> + Send>),
}

/// What stands inside an element.
enum Children {
    /// Always the same.
    Fixed(Vec<Node>),
    /// What the signals say, drawn anew when they change.
    Live(Box<dyn Fn() -> Vec<Node> + Send>),
}

/// An element without attributes and children.
pub(crate) fn element(tag: &'static str) -> Element {
    Element { tag, attributes: Vec::new(), children: Children::Fixed(Vec::new()) }
}

impl Element {
    /// With an attribute. Not inlined, like what else every element calls: a form is made of hundreds of these calls.
    #[inline(never)]
    pub(crate) fn attr(mut self, name: &'static str, value: &str) -> Self {
        self.attributes.push((name, Value::Fixed(value.to_owned())));
        self
    }

    /// With a class.
    pub(crate) fn class(self, class: &str) -> Self {
        self.attr("class", class)
    }

    /// With a class and a name for `::part()`.
    #[inline(never)]
    pub(crate) fn part(self, class: &str, part: &str) -> Self {
        self.class(class).attr("part", part)
    }

    /// With an attribute that has no value, if `set`.
    pub(crate) fn flag(self, name: &'static str, set: bool) -> Self {
        if set { self.attr(name, "") } else { self }
    }

    /// With an attribute that follows the signals.
    pub(crate) fn live_attr(
        mut self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + 'static,
    ) -> Self {
        self.attributes.push((name, Value::Live(Box::new(value))));
        self
    }

    /// With one more child.
    pub(crate) fn child(mut self, child: impl Into<Node>) -> Self {
        self.push(child.into());
        self
    }

    /// With more text.
    #[inline(never)]
    pub(crate) fn text(mut self, text: &str) -> Self {
        self.push(Node::Text(text.to_owned()));
        self
    }

    /// With more children; an `Option` is none or one.
    pub(crate) fn children(mut self, more: impl IntoIterator<Item = Node>) -> Self {
        more.into_iter().for_each(|child| self.push(child));
        self
    }

    #[inline(never)]
    fn push(&mut self, child: Node) {
        if let Children::Fixed(children) = &mut self.children {
            children.push(child);
        }
    }

    /// With an inside that follows the signals, in place of any children.
    pub(crate) fn live(mut self, children: impl Fn() -> Vec<Node> + Send + 'static) -> Self {
        self.children = Children::Live(Box::new(children));
        self
    }

    /// With text that follows the signals, in place of any children.
    pub(crate) fn live_text(self, text: impl Fn() -> String + Send + 'static) -> Self {
        self.live(move || vec![Node::Text(text())])
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}
