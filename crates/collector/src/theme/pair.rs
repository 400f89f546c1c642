//! Which colours are seen on which, and how far apart they must be.

use super::color::{Color, Scheme, evaluate};
use super::look::{Look, Palette};
use super::token::{PREFIX, find};

/// A colour that is seen on another.
struct Pair {
    upper: &'static str,
    lower: &'static str,
    /// The least contrast ratio.
    least: f64,
    /// What one would not see.
    what: &'static str,
}

/// Words need 4.5 (WCAG 2.2, 1.4.3), what is not words 3 (1.4.11). Buttons are written in the accent colour, so it
/// needs what words need.
const PAIRS: [Pair; 7] = [
    Pair { upper: "text", lower: "background", least: 4.5, what: "text" },
    Pair { upper: "muted", lower: "background", least: 4.5, what: "hints" },
    Pair { upper: "error", lower: "background", least: 4.5, what: "errors" },
    Pair { upper: "accent", lower: "background", least: 4.5, what: "the words of Back" },
    Pair { upper: "on-accent", lower: "accent", least: 4.5, what: "the words of the first button" },
    Pair { upper: "line", lower: "background", least: 3.0, what: "the borders of fields" },
    Pair { upper: "focus", lower: "background", least: 3.0, what: "the focus" },
];

const BACKGROUND: &str = "background";

/// Whether a token is a colour.
pub(super) fn is_color(name: &str) -> bool {
    name.strip_prefix(PREFIX).is_some_and(|name| PAIRS.iter().any(|it| [it.upper, it.lower].contains(&name)))
}

/// Whether a token is what everything else lies on.
pub(super) fn is_background(name: &str) -> bool {
    name.strip_prefix(PREFIX) == Some(BACKGROUND)
}

/// A sentence for each pair of a look that is too close. Pairs of two defaults are our own to test.
pub(super) fn faults(look: &Look<'_>) -> Vec<String> {
    let schemes = look.schemes.iter();
    schemes.flat_map(|scheme| PAIRS.iter().filter_map(|pair| pair.fault(&look.palette, *scheme))).collect()
}

impl Pair {
    fn fault(&self, palette: &Palette<'_>, scheme: Scheme) -> Option<String> {
        let set = |name: &str| palette.get(format!("{PREFIX}{name}").as_str()).copied();
        let (upper, lower) = (set(self.upper), set(self.lower));
        let place = &upper.or(lower)?.place;
        let (over, under) = self.seen(palette, scheme)?;
        let ratio = over.contrast(under);
        if ratio >= self.least {
            return None;
        }
        let origin = |declaration: Option<_>| if declaration.is_some() { "" } else { " (default)" };
        Some(format!(
            "{place}: {PREFIX}{} {over}{} on {PREFIX}{} {under}{}, {scheme}: contrast {:.2}, at least {} is needed for {}",
            self.upper,
            origin(upper),
            self.lower,
            origin(lower),
            // Never shown as the number that it does not reach.
            (ratio * 100.0).floor() / 100.0,
            self.least,
            self.what,
        ))
    }

    /// Both colours as they are seen; nothing where that depends on the page.
    fn seen(&self, palette: &Palette<'_>, scheme: Scheme) -> Option<(Color, Color)> {
        let under = seen(self.lower, palette, scheme)?;
        Some((color(self.upper, palette, scheme)?.over(under), under))
    }
}

/// A colour as it is seen upon the background, of which there must be nothing to see through.
fn seen(name: &str, palette: &Palette<'_>, scheme: Scheme) -> Option<Color> {
    let color = color(name, palette, scheme)?;
    match name {
        _ if color.is_opaque() => Some(color),
        BACKGROUND => None,
        _ => Some(color.over(seen(BACKGROUND, palette, scheme)?)),
    }
}

fn color(name: &str, palette: &Palette<'_>, scheme: Scheme) -> Option<Color> {
    let name = format!("{PREFIX}{name}");
    let set = palette.get(name.as_str()).map(|declaration| declaration.value.as_str());
    evaluate(set.or_else(|| find(&name).map(|token| token.default.as_str()))?, scheme).ok()
}

#[cfg(test)]
mod tests {
    use super::super::sheet::{self, Declaration};
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    #[test]
    fn the_defaults_pass_in_light_and_dark() {
        let nothing = Palette::new();
        for scheme in [Scheme::Light, Scheme::Dark] {
            for pair in &PAIRS {
                let (over, under) = pair.seen(&nothing, scheme).unwrap();
                let ratio = over.contrast(under);
                assert!(ratio >= pair.least, "{} on {}, {scheme}: {ratio}", pair.upper, pair.lower);
            }
        }
    }

    /// The palettes of `style/vision.css` by their schemes, what they share in each of them. A token that stands for
    /// another, `var(--qulaq-text)`, is put in its place.
    fn schemes_for_low_vision() -> BTreeMap<&'static str, Vec<Declaration>> {
        let all = sheet::declarations("vision.css", include_str!("../../../../style/vision.css"));
        let of = |scheme: &'static str| {
            let own = format!("[data-scheme='{scheme}']");
            let mine =
                |it: &&Declaration| it.selector.contains(&own) || it.selector.contains("[data-scheme])");
            let mut palette: BTreeMap<String, Declaration> = BTreeMap::new();
            palette.extend(all.iter().filter(mine).map(|it| (it.name.clone(), it.clone())));
            let values = palette.clone();
            for it in palette.values_mut() {
                if let Some(other) = it.value.strip_prefix("var(").and_then(|rest| rest.strip_suffix(')')) {
                    it.value.clone_from(&values[other].value);
                }
            }
            (scheme, palette.into_values().collect())
        };
        ["bw", "wb", "blue", "brown", "green"].map(of).into()
    }

    #[test]
    fn every_scheme_for_low_vision_passes_in_light_and_dark() {
        let schemes = schemes_for_low_vision();
        let backgrounds: BTreeSet<&str> = schemes
            .values()
            .flatten()
            .filter(|it| is_background(&it.name))
            .map(|it| it.value.as_str())
            .collect();
        assert_eq!(
            backgrounds.len(),
            schemes.len(),
            "each scheme has a background of its own: {backgrounds:?}"
        );
        for (name, declarations) in &schemes {
            let palette: Palette<'_> = declarations.iter().map(|it| (it.name.as_str(), it)).collect();
            for (scheme, pair) in [Scheme::Light, Scheme::Dark]
                .into_iter()
                .flat_map(|it| PAIRS.iter().map(move |pair| (it, pair)))
            {
                let set = |name: &str| palette.contains_key(format!("{PREFIX}{name}").as_str());
                assert!(
                    set(pair.upper) && set(pair.lower),
                    "{name} leaves {} or {} to the page",
                    pair.upper,
                    pair.lower
                );
                let (over, under) = pair.seen(&palette, scheme).unwrap();
                let ratio = over.contrast(under);
                assert!(ratio >= pair.least, "{name}: {} on {}: {ratio}", pair.upper, pair.lower);
                // Who asks for a scheme asks for more than the least: WCAG 2.2, 1.4.6.
                assert!(ratio >= 7.0, "{name}: {} on {}: {ratio}", pair.upper, pair.lower);
            }
        }
    }

    #[test]
    fn the_guide_gives_every_pair_with_what_it_needs() {
        let guide = include_str!("../../../../docs/theming.md");
        for pair in &PAIRS {
            let row = format!("| `{PREFIX}{}` | `{PREFIX}{}` | {} |", pair.upper, pair.lower, pair.least);
            assert!(guide.contains(&row), "docs/theming.md has no row {row}");
        }
    }
}
