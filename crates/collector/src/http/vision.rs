//! A page of the collector's own for people with low vision: what its address asks for, what the root of the document
//! then says to `style/vision.css`, and the switch above the form. Nothing is stored: the address is all there is.

use super::document::escape;
use super::query::Query;
use qulaq::{View, Words, words};
use survey::form::{self, Go};

/// What an address may ask for: the parameter, which is also the attribute without its `data-`, and its values.
const SETTINGS: [(&str, &[&str]); 4] = [
    ("vision", &["on"]),
    ("scheme", &["bw", "wb", "blue", "brown", "green"]),
    ("size", &["100", "150", "200"]),
    ("images", &["off"]),
];

/// The id of the form on a hosted page. The renderer gives it none: in somebody's page it could be one of theirs.
const FORM: &str = "survey";

/// One value, or none, for each of `SETTINGS`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Vision([Option<&'static str>; SETTINGS.len()]);

impl Vision {
    /// What an address asks for; values that there are not are passed over.
    pub(super) fn of(query: &Query) -> Self {
        Self(SETTINGS.map(|(name, values)| {
            let wanted = query.get(name)?;
            values.iter().find(|value| **value == wanted).copied()
        }))
    }

    /// The same as the end of another address.
    pub(super) fn query(self) -> String {
        self.chosen().map(|(name, value)| format!("&{name}={value}")).collect()
    }

    /// The same as attributes of the document's root.
    pub(super) fn attributes(self) -> String {
        self.chosen().map(|(name, value)| format!(" data-{name}=\"{value}\"")).collect()
    }

    /// What is chosen: parameters and their values.
    pub(super) fn chosen(self) -> impl Iterator<Item = (&'static str, &'static str)> {
        SETTINGS.into_iter().zip(self.0).filter_map(|((name, _), value)| Some((name, value?)))
    }

    fn with(mut self, name: &str, value: Option<&'static str>) -> Self {
        for (at, (known, _)) in SETTINGS.iter().enumerate() {
            if *known == name {
                self.0[at] = value;
            }
        }
        self
    }
}

/// The form with the switch above it. Each button posts the form to the address of the page as it would look then and
/// asks for the language that it is in already, so that every answer stays; with scripts on `public/hosted.js` changes
/// the page in place. The form has an element to itself: the module takes the first thing in it for the form.
pub(super) fn switch_above(vision: Vision, view: &View, form: &str) -> String {
    let switch = Switch { vision, view };
    let open = if vision == Vision::default() { "" } else { " open" };
    let title = escape(words::of(&view.lang).get("vision"));
    let groups = [
        switch.group("scheme", "vision_scheme", &SCHEMES),
        switch.group("size", "vision_size", &SIZES),
        switch.group("images", "vision_images", &["", "off"]),
    ];
    let form = form.replacen("<form ", &format!("<form id=\"{FORM}\" "), 1);
    format!(
        "<details class=\"vision\"{open}>\n<summary>{title}</summary>\n{}</details>\n<div>{form}</div>",
        groups.concat()
    )
}

/// The switch on a page that has no form to keep: forms of its own that open the page anew, with `kept` in its address.
pub(super) fn switch_alone(vision: Vision, lang: &str, kept: &[(String, String)]) -> String {
    let words = words::of(lang);
    let hidden = |name: &str, value: &str| {
        format!("<input type=\"hidden\" name=\"{}\" value=\"{}\">\n", escape(name), escape(value))
    };
    let group = |name: &str, title: &str, values: &[&'static str]| {
        let others = vision.chosen().filter(|(other, _)| *other != name);
        let kept: String = kept.iter().map(|(name, value)| hidden(name, value)).collect();
        let kept = kept + &others.map(|(name, value)| hidden(name, value)).collect::<String>();
        let button = |value: &&'static str| {
            let pressed = is_pressed(vision, name, value);
            let said = escape(&said(&words, name, value));
            format!("<button name=\"{name}\" value=\"{value}\" aria-pressed=\"{pressed}\">{said}</button>\n")
        };
        let (title, buttons) = (escape(words.get(title)), values.iter().map(button).collect::<String>());
        format!(
            "<form method=\"get\">{kept}<div role=\"group\" aria-label=\"{title}\"><span>{title}</span>\n\
             {buttons}</div></form>\n"
        )
    };
    let open = if vision == Vision::default() { "" } else { " open" };
    format!(
        "<details class=\"vision\"{open}>\n<summary>{}</summary>\n{}{}</details>\n",
        escape(words.get("vision")),
        group("scheme", "vision_scheme", &SCHEMES),
        group("size", "vision_size", &SIZES),
    )
}

/// What the switch offers; an empty value takes a setting away.
const SCHEMES: [&str; 6] = ["", "bw", "wb", "blue", "brown", "green"];
const SIZES: [&str; 3] = ["100", "150", "200"];

/// Whether a value is the one that is chosen. The usual size is the first and needs no setting.
fn is_pressed(vision: Vision, name: &str, value: &'static str) -> bool {
    let plain = name == "size" && value == "100" && vision == vision.with(name, None);
    plain || vision == vision.with(name, (!value.is_empty()).then_some(value))
}

fn said(words: &Words, name: &str, value: &str) -> String {
    let key = match (name, value) {
        ("size", percent) => return format!("{percent} %"),
        ("images", "") => "vision_images_on",
        ("scheme", "") => "vision_scheme_usual",
        (_, value) => &format!("vision_{name}_{value}"),
    };
    words.get(key).to_owned()
}

struct Switch<'a> {
    vision: Vision,
    view: &'a View,
}

impl Switch<'_> {
    /// A row of buttons, one for each value; an empty one takes the setting away.
    fn group(&self, name: &str, title: &str, values: &[&'static str]) -> String {
        let title = escape(words::of(&self.view.lang).get(title));
        let buttons: String = values.iter().map(|value| self.button(name, value)).collect();
        format!("<div role=\"group\" aria-label=\"{title}\"><span>{title}</span>\n{buttons}</div>\n")
    }

    fn button(&self, name: &str, value: &'static str) -> String {
        let then = self.vision.with(name, (!value.is_empty()).then_some(value));
        let pressed = is_pressed(self.vision, name, value);
        let address = format!("/s/{}?lang={}{}", self.view.survey.id, self.view.lang, then.query());
        format!(
            "<button form=\"{FORM}\" formaction=\"{}\" name=\"{}\" value=\"{}\" data-{name}=\"{value}\" \
             aria-pressed=\"{pressed}\">{}</button>\n",
            escape(&address),
            form::GO,
            escape(&Go::Language(self.view.lang.clone()).to_value()),
            escape(&said(&words::of(&self.view.lang), name, value)),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::http::Uri;

    fn of(query: &'static str) -> Vision {
        Vision::of(&Query::of(&Uri::from_static(query)))
    }

    #[test]
    fn an_address_asks_for_what_there_is_and_for_nothing_else() {
        let vision = of("/s/x?scheme=wb&size=150&images=off&vision=%22%3E&lang=kk");
        assert_eq!(vision.attributes(), " data-scheme=\"wb\" data-size=\"150\" data-images=\"off\"");
        assert_eq!(vision.query(), "&scheme=wb&size=150&images=off");
        assert_eq!(of("/s/x?scheme=pink&size=9000"), Vision::default());
    }

    #[test]
    fn every_scheme_has_its_colours_in_the_style() {
        let style = include_str!("../../../../style/vision.css");
        // Black on white is what the other schemes differ from.
        for scheme in SETTINGS[1].1.iter().filter(|scheme| **scheme != "bw") {
            assert!(style.contains(&format!("[data-scheme='{scheme}']")), "{scheme}");
        }
        for size in SETTINGS[2].1 {
            assert!(style.contains(&format!("[data-size='{size}']")), "{size}");
        }
    }
}
