//! A node in the page, through Leptos' traits: built, or found where the server wrote it, and then kept up with the
//! signals by effects that live as long as it does.

use super::{Body, Children, Element, Node, Value, html};
use leptos::prelude::{AddAnyAttr, Mountable, Render, RenderEffect, RenderHtml};
use leptos::tachys::html::attribute::{Attribute, any_attribute::AnyAttribute};
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::{CastFrom, Rndr, types};
use leptos::tachys::view::{Position, PositionState};

/// A node in the page.
pub(crate) struct Drawn {
    node: types::Node,
    /// The effects inside it; dropping them stops them.
    #[expect(dead_code, reason = "held for its drop")]
    effects: Vec<Effect>,
}

/// An effect that keeps a part of the page up with the signals.
enum Effect {
    Value(#[expect(dead_code, reason = "held for its drop")] RenderEffect<Option<String>>),
    Children(#[expect(dead_code, reason = "held for its drop")] RenderEffect<Drawing>),
}

/// What an effect drew, and for which number.
struct Drawing {
    key: usize,
    #[expect(dead_code, reason = "held for its drop")]
    effects: Vec<Effect>,
}

/// Whether an element stands in the page already, as the server wrote it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Origin {
    Built,
    Found,
}

fn build(node: Node, effects: &mut Vec<Effect>) -> types::Node {
    match node {
        Node::Text(text) => Rndr::create_text_node(&text).into(),
        Node::Element(element) => {
            let dom = Rndr::create_element(element.0.tag, None);
            enliven(element, &dom, Origin::Built, effects);
            dom.into()
        }
    }
}

/// Gives `dom` what `element` says: everything if it was built, only what may change if it was found.
fn enliven(element: Element, dom: &types::Element, origin: Origin, effects: &mut Vec<Effect>) {
    let Body { attributes, children, .. } = *element.0;
    for (name, value) in attributes {
        match value {
            Value::Fixed(value) if origin == Origin::Built => Rndr::set_attribute(dom, name, &value),
            Value::Fixed(_) => {}
            Value::Live(value) => effects.push(Effect::Value(live_value(dom, Some(name), value, origin))),
        }
    }
    match children {
        Children::Fixed(children) => fill(children, dom, origin, effects),
        Children::Text(text) => effects.push(Effect::Value(live_value(dom, None, text, origin))),
        Children::Live(children) => {
            effects.push(Effect::Children(live_children(dom, None, Box::new(move |_| children()), origin)));
        }
        Children::By(key, children) => {
            effects.push(Effect::Children(live_children(dom, Some(key), children, origin)));
        }
    }
}

fn fill(children: Vec<Node>, dom: &types::Element, origin: Origin, effects: &mut Vec<Effect>) {
    match origin {
        Origin::Built => {
            for child in children {
                Rndr::insert_node(dom, &build(child, effects), None);
            }
        }
        Origin::Found => find(children, dom, effects),
    }
}

/// Pairs the elements among `children` with those in the page; text says the same already.
fn find(children: Vec<Node>, dom: &types::Element, effects: &mut Vec<Effect>) {
    let mut next = Rndr::first_child(dom);
    for child in children {
        let Node::Element(element) = child else { continue };
        while let Some(node) = next.take() {
            next = Rndr::next_sibling(&node);
            if let Some(dom) = types::Element::cast_from(node) {
                enliven(element, &dom, Origin::Found, effects);
                break;
            }
        }
    }
}

/// Keeps up an attribute; the text inside, where there is no name of one.
fn live_value(
    dom: &types::Element,
    name: Option<&'static str>,
    value: Box<dyn Fn() -> Option<String> + Send>,
    origin: Origin,
) -> RenderEffect<Option<String>> {
    let dom = dom.clone();
    RenderEffect::new(move |before: Option<Option<String>>| {
        let value = value();
        // A change touches only what depends on it: an equal value is not written again.
        if before.as_ref() == Some(&value) || before.is_none() && origin == Origin::Found {
            return value;
        }
        match (name, &value) {
            (Some(name), Some(value)) => Rndr::set_attribute(&dom, name, value),
            (Some(name), None) => Rndr::remove_attribute(&dom, name),
            (None, text) => dom.set_text_content(text.as_deref()),
        }
        value
    })
}

fn live_children(
    dom: &types::Element,
    key: Option<Box<dyn Fn() -> usize + Send>>,
    children: Box<dyn Fn(usize) -> Vec<Node> + Send>,
    origin: Origin,
) -> RenderEffect<Drawing> {
    let dom = dom.clone();
    RenderEffect::new(move |before: Option<Drawing>| {
        let now = key.as_ref().map_or(0, |key| key());
        let before = match before {
            Some(before) if key.is_some() && before.key == now => return before,
            before => before,
        };
        let children = children(now);
        let mut effects = Vec::new();
        if before.is_none() && origin == Origin::Found {
            find(children, &dom, &mut effects);
            return Drawing { key: now, effects };
        }
        // What stood here stops to follow the signals before it leaves the page.
        drop(before);
        Rndr::clear_children(&dom);
        fill(children, &dom, Origin::Built, &mut effects);
        Drawing { key: now, effects }
    })
}

#[cfg(feature = "hydrate")]
impl Node {
    /// Draws it at the end of `parent`, or finds it in the first element there.
    pub(crate) fn show(self, parent: &types::Element, takes_over: bool) -> Drawn {
        let found = if takes_over { parent.first_element_child() } else { None };
        match (self, found) {
            (Self::Element(element), Some(dom)) => {
                let mut effects = Vec::new();
                enliven(element, &dom, Origin::Found, &mut effects);
                Drawn { node: dom.into(), effects }
            }
            (node, _) => {
                let mut drawn = node.build();
                drawn.mount(parent, None);
                drawn
            }
        }
    }
}

impl Render for Node {
    type State = Drawn;

    fn build(self) -> Drawn {
        let mut effects = Vec::new();
        Drawn { node: build(self, &mut effects), effects }
    }

    fn rebuild(self, state: &mut Drawn) {
        let mut drawn = self.build();
        state.insert_before_this(&mut drawn);
        state.unmount();
        *state = drawn;
    }
}

impl RenderHtml for Node {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(
        self,
        out: &mut String,
        position: &mut Position,
        _: bool,
        _: bool,
        _: Vec<AnyAttribute>,
    ) {
        html::write(&self, out);
        *position = Position::NextChild;
    }

    fn hydrate<const FROM_SERVER: bool>(self, cursor: &Cursor, position: &PositionState) -> Drawn {
        if position.get() == Position::FirstChild {
            cursor.child();
        } else {
            cursor.sibling();
        }
        position.set(Position::NextChild);
        let (node, mut effects) = (cursor.current(), Vec::new());
        if let (Self::Element(element), Some(dom)) = (self, types::Element::cast_from(node.clone())) {
            enliven(element, &dom, Origin::Found, &mut effects);
        }
        Drawn { node, effects }
    }

    fn into_owned(self) -> Self {
        self
    }
}

impl AddAnyAttr for Node {
    type Output<New: Attribute> = Self;

    /// No component hands attributes on to another here.
    fn add_any_attr<New: Attribute>(self, _: New) -> Self {
        self
    }
}

impl Mountable for Drawn {
    fn unmount(&mut self) {
        Rndr::remove(&self.node);
    }

    fn mount(&mut self, parent: &types::Element, marker: Option<&types::Node>) {
        Rndr::insert_node(parent, &self.node, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        let parent = Rndr::get_parent(&self.node).and_then(types::Element::cast_from);
        if let Some(parent) = &parent {
            child.mount(parent, Some(&self.node));
        }
        parent.is_some()
    }

    fn elements(&self) -> Vec<types::Element> {
        types::Element::cast_from(self.node.clone()).into_iter().collect()
    }
}
