//! Colours as CSS writes them, and how far apart they are for an eye.

use color::Srgb;
use std::fmt;

/// Which half of `light-dark()` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Light,
    Dark,
}

impl fmt::Display for Scheme {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(match self {
            Self::Light => "light",
            Self::Dark => "dark",
        })
    }
}

/// A colour of sRGB, each part from 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Color {
    parts: [f64; 3],
    alpha: f64,
}

/// Why there is no colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unknown {
    /// What it is depends on the page or the browser.
    Elsewhere,
    /// No browser takes it.
    NoColor,
}

/// Words that stand for a colour which only the page or the browser knows, beside the system colours.
const INDIRECT: [&str; 6] = ["currentcolor", "inherit", "initial", "revert", "revert-layer", "unset"];

/// System colours (CSS Color 4, section 6.2).
const SYSTEM: [&str; 19] = [
    "accentcolor",
    "accentcolortext",
    "activetext",
    "buttonborder",
    "buttonface",
    "buttontext",
    "canvas",
    "canvastext",
    "field",
    "fieldtext",
    "graytext",
    "highlight",
    "highlighttext",
    "linktext",
    "mark",
    "marktext",
    "selecteditem",
    "selecteditemtext",
    "visitedtext",
];

/// The colour that a value is in a scheme.
pub(super) fn evaluate(value: &str, scheme: Scheme) -> Result<Color, Unknown> {
    let mut value = value.trim();
    while let Some((light, dark)) = light_and_dark(value) {
        value = if scheme == Scheme::Light { light.trim() } else { dark.trim() };
    }
    let Ok(color) = color::parse_color(value) else { return Err(reason(value)) };
    let color = color.to_alpha_color::<Srgb>().to_rgba8();
    let part = |value: u8| f64::from(value) / 255.0;
    Ok(Color { parts: [part(color.r), part(color.g), part(color.b)], alpha: part(color.a) })
}

/// The two arguments of `light-dark()`.
fn light_and_dark(value: &str) -> Option<(&str, &str)> {
    const NAME: &str = "light-dark(";
    let called = value.get(..NAME.len())?.eq_ignore_ascii_case(NAME);
    let arguments = value.get(NAME.len()..).filter(|_| called)?.strip_suffix(')')?;
    let mut open = 0_usize;
    let comma = arguments.char_indices().find(|(_, c)| {
        match c {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ => {}
        }
        *c == ',' && open == 0
    })?;
    Some((&arguments[..comma.0], &arguments[comma.0 + 1..]))
}

/// A function that is not understood may be sound: `var()`, `color-mix()`, or `rgb()` with a sum in it.
fn reason(value: &str) -> Unknown {
    let lower = value.to_ascii_lowercase();
    let word = lower.as_str();
    if INDIRECT.contains(&word) || SYSTEM.contains(&word) || is_call(word) {
        Unknown::Elsewhere
    } else {
        Unknown::NoColor
    }
}

fn is_call(value: &str) -> bool {
    let name = value.split('(').next().unwrap_or_default();
    value.ends_with(')') && !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

impl Color {
    pub(super) fn is_opaque(self) -> bool {
        self.alpha >= 1.0
    }

    /// What is seen where this lies over an opaque colour.
    pub(super) fn over(self, below: Self) -> Self {
        let mix = |index: usize| self.parts[index] * self.alpha + below.parts[index] * (1.0 - self.alpha);
        Self { parts: [mix(0), mix(1), mix(2)], alpha: 1.0 }
    }

    /// The contrast ratio of two opaque colours, 1 to 21 (WCAG 2.2, "contrast ratio").
    pub(super) fn contrast(self, other: Self) -> f64 {
        let (one, two) = (self.luminance(), other.luminance());
        (one.max(two) + 0.05) / (one.min(two) + 0.05)
    }

    /// From 0 for black to 1 for white (WCAG 2.2, "relative luminance").
    fn luminance(self) -> f64 {
        let [red, green, blue] = self
            .parts
            .map(|part| if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) });
        0.2126 * red + 0.7152 * green + 0.0722 * blue
    }
}

/// `#rrggbb`, with `aa` where one can see through it.
impl fmt::Display for Color {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "#")?;
        let alpha = (!self.is_opaque()).then_some(self.alpha);
        for part in self.parts.into_iter().chain(alpha) {
            write!(out, "{:02x}", (part * 255.0).round() as u8)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn light(value: &str) -> String {
        evaluate(value, Scheme::Light).map_or_else(|why| format!("{why:?}"), |color| color.to_string())
    }

    #[test]
    fn every_way_of_writing_a_colour_is_the_colour() {
        for value in
            ["#0b5cad", "#0B5CADff", "rgb(11, 92, 173)", "rgb(11 92 173 / 100%)", "RGBA(11,92,173,1)"]
        {
            assert_eq!(light(value), "#0b5cad", "{value}");
        }
        assert_eq!(light("hsl(120deg 100% 25%)"), "#008000");
        assert_eq!(light(" RebeccaPurple "), "#663399");
        assert_eq!(light("rgb(0 0 0 / 50%)"), "#00000080");
        assert_eq!(light("oklch(0% 0 0)"), "#000000");
    }

    #[test]
    fn light_dark_is_one_in_each_scheme() {
        let value = "light-dark(rgb(1, 2, 3), LIGHT-DARK(red, #fff))";
        assert_eq!(light(value), "#010203");
        assert_eq!(evaluate(value, Scheme::Dark).unwrap().to_string(), "#ffffff");
    }

    #[test]
    fn what_depends_on_the_page_is_told_from_what_is_no_colour() {
        for value in [
            "var(--brand)",
            "color-mix(in srgb, red, blue)",
            "CanvasText",
            "currentColor",
            "rgb(calc(1) 2 3)",
        ] {
            assert_eq!(light(value), "Elsewhere", "{value}");
        }
        for value in [
            "",
            "#ggg",
            "#12345",
            "bleu",
            "12px",
            "red blue",
            "rgb(1,2",
            "light-dark(",
            "light-dark(red)x",
            ")(",
        ] {
            assert_eq!(light(value), "NoColor", "{value}");
        }
        assert_eq!(light("light-dark(var(--a), red)"), "Elsewhere");
    }

    #[test]
    fn contrast_is_that_of_the_guidelines() {
        let of = |one: &str, two: &str| {
            let color = |value| evaluate(value, Scheme::Light).unwrap();
            (color(one).over(color(two)).contrast(color(two)) * 100.0).floor() / 100.0
        };
        assert_eq!(of("#000", "#fff"), 21.0);
        assert_eq!(of("#fff", "#fff"), 1.0);
        // Two greys that every table has on either side of 4.5.
        assert_eq!(of("#767676", "#fff"), 4.54);
        assert_eq!(of("#777", "#fff"), 4.47);
        assert_eq!(of("#fff", "#777"), 4.47);
        assert_eq!(of("rgb(0 0 0 / 0%)", "#777"), 1.0);
    }
}
