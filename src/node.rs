//! The one type of every view: elements and text, with attributes and children that may change.
//!
//! Leptos gives each element of a `view!` a type of its own, and each type its own copy of building, hydrating and
//! rebuilding. Here one type does it all: it renders through Leptos' own traits like any other view, in the browser
//! `Node::show` builds or finds it, and the module is less than half the size (docs/adr/0003-one-view-type.md).
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

/// An element. One word, so that the hundreds of calls that build a form hand on a pointer and copy nothing.
pub(crate) struct Element(Box<Body>);

/// An element with its attributes and children.
struct Body {
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
    /// Text that the signals say, written again only when it is another.
    Text(Box<dyn Fn() -> Option<String> + Send>),
    /// What the signals say, drawn anew when they change.
    Live(Box<dyn Fn() -> Vec<Node> + Send>),
    /// What the signals say, drawn anew when a number of theirs changes.
    By(Box<dyn Fn() -> usize + Send>, Box<dyn Fn(usize) -> Vec<Node> + Send>),
}

/// An element without attributes and children.
#[inline(never)]
pub(crate) fn element(tag: &'static str) -> Element {
    Element(Box::new(Body { tag, attributes: Vec::new(), children: Children::Fixed(Vec::new()) }))
}

impl Element {
    /// With an attribute. Not inlined, like what else every element calls: a form is made of hundreds of these calls.
    #[inline(never)]
    pub(crate) fn attr(mut self, name: &'static str, value: &str) -> Self {
        self.0.attributes.push((name, Value::Fixed(value.to_owned())));
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
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + Send + 'static,
    ) -> Self {
        self.live_attribute(name, Box::new(value))
    }

    #[inline(never)]
    fn live_attribute(mut self, name: &'static str, value: Box<dyn Fn() -> Option<String> + Send>) -> Self {
        self.0.attributes.push((name, Value::Live(value)));
        self
    }

    /// With one more child.
    pub(crate) fn child(self, child: impl Into<Node>) -> Self {
        self.push(child.into())
    }

    /// With more text.
    #[inline(never)]
    pub(crate) fn text(self, text: &str) -> Self {
        self.push(Node::Text(text.to_owned()))
    }

    /// With more children; an `Option` is none or one.
    pub(crate) fn children(self, more: impl IntoIterator<Item = Node>) -> Self {
        more.into_iter().fold(self, Self::push)
    }

    #[inline(never)]
    fn push(mut self, child: Node) -> Self {
        if let Children::Fixed(children) = &mut self.0.children {
            children.push(child);
        }
        self
    }

    /// With an inside that follows the signals, in place of any children.
    pub(crate) fn live(self, children: impl Fn() -> Vec<Node> + Send + 'static) -> Self {
        self.live_children(Box::new(children))
    }

    /// With an inside that is drawn anew when the number changes that `key` reads from the signals, and only then.
    pub(crate) fn live_by(
        mut self,
        key: impl Fn() -> usize + Send + 'static,
        children: impl Fn(usize) -> Vec<Node> + Send + 'static,
    ) -> Self {
        self.0.children = Children::By(Box::new(key), Box::new(children));
        self
    }

    #[inline(never)]
    fn live_children(mut self, children: Box<dyn Fn() -> Vec<Node> + Send>) -> Self {
        self.0.children = Children::Live(children);
        self
    }

    /// With text that follows the signals, in place of any children.
    pub(crate) fn live_text(self, text: impl Fn() -> String + Send + 'static) -> Self {
        self.written(Box::new(move || Some(text())))
    }

    #[inline(never)]
    fn written(mut self, text: Box<dyn Fn() -> Option<String> + Send>) -> Self {
        self.0.children = Children::Text(text);
        self
    }
}

impl From<Element> for Node {
    fn from(element: Element) -> Self {
        Self::Element(element)
    }
}
