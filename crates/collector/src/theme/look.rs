//! Which declarations of a theme are in force together: a page may have one look, or one more for dark, for narrow
//! windows, or for a class.

use super::color::Scheme;
use super::sheet::Declaration;
use super::token::PREFIX;
use std::collections::BTreeMap;

/// What is set, by name.
pub(super) type Palette<'sheet> = BTreeMap<&'sheet str, &'sheet Declaration>;

/// A palette with the schemes that it is seen in.
pub(super) struct Look<'sheet> {
    pub(super) palette: Palette<'sheet>,
    pub(super) schemes: Vec<Scheme>,
}

/// Media in which none of the colours that a page sets are used.
const COLORLESS_MEDIA: [&str; 2] = ["print", "forced-colors"];

/// Selectors whose `color-scheme` reaches the form although they set no token.
const AROUND: [&str; 5] = [":root", "html", "body", "qulaq-survey", ":host"];

/// The looks that a theme gives. Rules make one look together as long as none sets again what another has set. One
/// that does, and each at-rule, is a look of its own upon the plain one.
pub(super) fn looks(declarations: &[Declaration]) -> Vec<Look<'_>> {
    let mut drafts = vec![Draft::new(&[], None)];
    let blocks = declarations
        .chunk_by(|one, next| one.conditions == next.conditions && one.selector == next.selector)
        .filter(|block| reaches_the_form(block));
    for block in blocks {
        let place = place_for(block, &mut drafts);
        drafts[place].take(block);
    }
    let dark_is_apart = drafts.iter().any(|draft| draft.own_schemes() == Some(vec![Scheme::Dark]));
    drafts.iter().map(|draft| draft.finish(&drafts, dark_is_apart)).collect()
}

/// Adjoining declarations with the same selector and conditions.
type Block = [Declaration];

fn reaches_the_form(block: &Block) -> bool {
    let first = &block[0];
    let seen = !COLORLESS_MEDIA.iter().any(|media| first.conditions.iter().any(|it| it.contains(media)));
    let of_the_page = first.selector.split(',').any(|selector| AROUND.contains(&selector.trim()));
    seen && block.iter().any(|it| it.name.starts_with(PREFIX) || of_the_page && it.name == "color-scheme")
}

/// The index of the draft that a block belongs to, which may be new.
fn place_for(block: &Block, drafts: &mut Vec<Draft<'_>>) -> usize {
    let (conditions, selector) = (&block[0].conditions, &block[0].selector);
    let find = |drafts: &[Draft<'_>], selector: Option<&str>| {
        drafts.iter().position(|it| it.conditions == *conditions && it.selector.as_deref() == selector)
    };
    if let Some(own) = find(drafts, Some(selector)) {
        return own;
    }
    let selector = match find(drafts, None) {
        Some(shared) if drafts[shared].is_open_to(block) => return shared,
        Some(_) => Some(selector.clone()),
        None => None,
    };
    drafts.push(Draft::new(conditions, selector));
    drafts.len() - 1
}

/// A look while the theme is read.
struct Draft<'sheet> {
    conditions: Vec<String>,
    /// `None` for the look that all selectors share.
    selector: Option<String>,
    palette: Palette<'sheet>,
    declared: Option<Vec<Scheme>>,
}

impl<'sheet> Draft<'sheet> {
    fn new(conditions: &[String], selector: Option<String>) -> Self {
        Self { conditions: conditions.to_vec(), selector, palette: Palette::new(), declared: None }
    }

    /// Whether no other selector has set what the block sets.
    fn is_open_to(&self, block: &Block) -> bool {
        let is_taken = |it: &Declaration| {
            self.palette.get(it.name.as_str()).is_some_and(|earlier| earlier.selector != it.selector)
        };
        !block.iter().any(is_taken)
    }

    fn take(&mut self, block: &'sheet Block) {
        for declaration in block {
            if declaration.name.starts_with(PREFIX) {
                self.palette.insert(&declaration.name, declaration);
            } else if declaration.name == "color-scheme" {
                self.declared = schemes(&declaration.value).or(self.declared.take());
            }
        }
    }

    /// The schemes that it says itself.
    fn own_schemes(&self) -> Option<Vec<Scheme>> {
        let asks = |scheme: Scheme| {
            let query = format!("prefers-color-scheme:{scheme}");
            self.conditions.iter().any(|it| it.replace(' ', "").contains(&query))
        };
        let asked =
            || [Scheme::Dark, Scheme::Light].into_iter().find(|scheme| asks(*scheme)).map(|it| vec![it]);
        self.declared.clone().or_else(asked)
    }

    /// With what lies under it: the plain look, and the one that all selectors share under the same conditions.
    fn finish(&self, drafts: &[Draft<'sheet>], dark_is_apart: bool) -> Look<'sheet> {
        let under = |it: &&Draft<'_>| {
            it.selector.is_none() && (it.conditions.is_empty() || it.conditions == self.conditions)
        };
        let lower: Vec<&Draft<'_>> = drafts.iter().filter(under).collect();
        let mut palette = Palette::new();
        for draft in lower.iter().copied().chain([self]) {
            palette.extend(draft.palette.iter().map(|(name, declaration)| (*name, *declaration)));
        }
        let said = || lower.iter().rev().find_map(|it| it.own_schemes());
        let schemes = self.own_schemes().or_else(said).unwrap_or(vec![Scheme::Light, Scheme::Dark]);
        let schemes = if dark_is_apart && schemes.len() > 1 { vec![Scheme::Light] } else { schemes };
        Look { palette, schemes }
    }
}

/// What `color-scheme` names; nothing for a value that leaves it to others.
fn schemes(value: &str) -> Option<Vec<Scheme>> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let schemes = [("light", Scheme::Light), ("dark", Scheme::Dark), ("normal", Scheme::Light)];
    let named: Vec<Scheme> =
        schemes.iter().filter(|(word, _)| words.contains(word)).map(|(_, scheme)| *scheme).collect();
    (!named.is_empty()).then_some(named)
}

#[cfg(test)]
mod tests {
    use super::super::sheet;
    use super::*;

    /// `name=value …: scheme …` of each look.
    fn read(css: &str) -> Vec<String> {
        let declarations = sheet::declarations("t.css", css);
        let line = |look: &Look<'_>| {
            let set = look.palette.iter().map(|(name, it)| format!("{}={}", &name[PREFIX.len()..], it.value));
            let schemes = look.schemes.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            format!("{}: {schemes}", set.collect::<Vec<_>>().join(" "))
        };
        looks(&declarations).iter().map(line).collect()
    }

    #[test]
    fn rules_that_do_not_meet_are_one_look_in_both_schemes() {
        assert_eq!(
            read(":root { --qulaq-a: 1; color: red } qulaq-survey { --qulaq-b: 2 }"),
            ["a=1 b=2: light dark"]
        );
        assert_eq!(read("s { --qulaq-a: 1 } s { --qulaq-a: 2 }"), ["a=2: light dark"]);
        assert_eq!(read("@supports (x) { @layer a { s { --qulaq-a: 1 } } }"), ["a=1: light dark"]);
    }

    #[test]
    fn a_rule_for_dark_takes_the_dark_scheme_from_the_plain_look() {
        let media =
            "s { --qulaq-a: 1; --qulaq-b: 2 } @media (prefers-color-scheme: dark) { s { --qulaq-a: 3 } }";
        assert_eq!(read(media), ["a=1 b=2: light", "a=3 b=2: dark"]);
        let class =
            "s { --qulaq-a: 1; --qulaq-b: 2 } .d s { color-scheme: dark; --qulaq-c: 4; --qulaq-a: 3 }";
        assert_eq!(read(class), ["a=1 b=2: light", "a=3 b=2 c=4: dark"]);
    }

    #[test]
    fn a_rule_that_sets_a_colour_again_is_a_look_of_its_own() {
        let css = "s { --qulaq-a: 1 } .x s { --qulaq-a: 2 } .x s { --qulaq-b: 3 } s { --qulaq-c: 4 }";
        assert_eq!(read(css), ["a=1 c=4: light dark", "a=2 b=3 c=4: light dark"]);
    }

    #[test]
    fn the_page_says_which_schemes_there_are() {
        assert_eq!(read("html, body { color-scheme: only light } s { --qulaq-a: 1 }"), ["a=1: light"]);
        assert_eq!(read(".card { color-scheme: dark } s { --qulaq-a: 1 }"), ["a=1: light dark"]);
        assert_eq!(read("s { color-scheme: dark; --qulaq-a: 1 }"), ["a=1: dark"]);
    }

    #[test]
    fn print_and_forced_colours_are_not_the_pages_to_colour() {
        let css = "@media print { s { --qulaq-a: 1 } } @media (forced-colors: active) { s { --qulaq-a: 2 } }";
        assert_eq!(read(css), [": light dark"]);
    }
}
