//! What a page may set and what holds where it does not, read from the style sheet that says so.

use super::sheet;
use std::sync::LazyLock;

/// What the names of all custom properties of ours begin with.
pub(super) const PREFIX: &str = "--qulaq-";

const SHEET: &str = include_str!("../../../../style/tokens.css");

/// A custom property.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Token {
    /// With its prefix.
    pub(super) name: String,
    pub(super) default: String,
}

/// All of them, in the order of the style sheet.
pub(super) static TOKENS: LazyLock<Vec<Token>> = LazyLock::new(|| read(SHEET));

/// The token of this name.
pub(super) fn find(name: &str) -> Option<&'static Token> {
    TOKENS.iter().find(|token| token.name == name)
}

/// The name that somebody who wrote `name` has meant. Beginnings count most, because they are written first.
pub(super) fn nearest(name: &str) -> &'static str {
    let name = name.to_ascii_lowercase();
    let likeness = |token: &Token| strsim::jaro_winkler(bare(&token.name), bare(&name));
    let nearest = TOKENS.iter().max_by(|one, other| likeness(one).total_cmp(&likeness(other)));
    nearest.map_or("", |token| &token.name)
}

fn bare(name: &str) -> &str {
    name.strip_prefix(PREFIX).unwrap_or(name)
}

/// What holds without any media query. A later default takes the place of an earlier one: the later is for the
/// browsers that know `light-dark()`.
fn read(css: &str) -> Vec<Token> {
    let mut tokens: Vec<Token> = Vec::new();
    let plain = sheet::declarations("", css).into_iter().filter(|it| it.conditions.is_empty());
    for token in plain.filter_map(|it| token(&it.value)) {
        match tokens.iter_mut().find(|earlier| earlier.name == token.name) {
            Some(earlier) => *earlier = token,
            None => tokens.push(token),
        }
    }
    tokens
}

/// The token in `var(NAME, DEFAULT)`.
fn token(value: &str) -> Option<Token> {
    let (name, default) = value.strip_prefix("var(")?.strip_suffix(')')?.split_once(',')?;
    let (name, default) = (name.trim().to_owned(), default.trim().to_owned());
    name.starts_with(PREFIX).then_some(Token { name, default })
}

#[cfg(test)]
mod tests {
    use super::super::color::{Scheme, evaluate};
    use super::*;

    const GUIDE: &str = include_str!("../../../../docs/theming.md");

    #[test]
    fn browsers_without_light_dark_get_the_light_palette() {
        let old = SHEET.split("@supports").next().unwrap();
        let fallbacks = read(old);
        assert_eq!(fallbacks.len(), TOKENS.len());
        for (fallback, token) in fallbacks.iter().zip(TOKENS.iter()) {
            let color = |value: &str| evaluate(value, Scheme::Light);
            assert_eq!(fallback.name, token.name);
            assert_eq!(color(&fallback.default), color(&token.default), "{}", token.name);
        }
    }

    #[test]
    fn the_guide_gives_every_name_with_its_defaults() {
        for token in TOKENS.iter() {
            let defaults = match token.default.strip_prefix("light-dark(") {
                Some(pair) => pair.trim_end_matches(')').replace(", ", "` | `"),
                None => token.default.clone(),
            };
            let row = format!("| `{}` |", token.name);
            let line = GUIDE.lines().find(|line| line.starts_with(&row));
            let line = line.unwrap_or_else(|| panic!("docs/theming.md has no row for {}", token.name));
            assert!(line.contains(&format!("`{defaults}`")), "{line}: not {defaults}");
        }
    }

    #[test]
    fn the_nearest_name_is_the_one_that_was_meant() {
        assert_eq!(nearest("--qulaq-acent"), "--qulaq-accent");
        assert_eq!(nearest("--qulaq-on-acent"), "--qulaq-on-accent");
        assert_eq!(nearest("--qulaq-Text"), "--qulaq-text");
        assert_eq!(nearest("--qulaq-back"), "--qulaq-background");
        assert_eq!(nearest("--qulaq-fontsize"), "--qulaq-font-size");
    }
}
