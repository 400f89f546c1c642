//! The look that a page gives the form: whether what its style sheets set is known, and can be seen and read.
//!
//! [`sheet`] reads CSS, [`token`] knows what can be set, [`look`] says what is in force together, [`pair`] what is
//! seen on what, [`color`] how far apart two colours are.

mod color;
mod look;
mod pair;
mod sheet;
mod token;

use color::{Scheme, Unknown, evaluate};
use sheet::Declaration;
use std::collections::BTreeSet;

/// What there is to say of a theme; each sentence begins with a file and a line.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Report {
    /// What must be mended.
    pub(crate) faults: Vec<String>,
    /// What could not be looked at.
    pub(crate) warnings: Vec<String>,
}

/// Looks at the style sheets of one page, given as (name, content) in the order in which the page has them.
pub(crate) fn check(sheets: &[(String, String)]) -> Report {
    let declarations: Vec<Declaration> =
        sheets.iter().flat_map(|(name, css)| sheet::declarations(name, css)).collect();
    let mut report = Report::default();
    for declaration in declarations.iter().filter(|it| is_ours(&it.name)) {
        look_at(declaration, &mut report);
    }
    let mut said = BTreeSet::new();
    let pairs = look::looks(&declarations).into_iter().flat_map(|look| pair::faults(&look));
    report.faults.extend(pairs.filter(|fault| said.insert(fault.clone())));
    if !declarations.iter().any(|it| is_ours(&it.name)) {
        let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
        report.faults.push(format!("{}: sets no {}… property", names.join(", "), token::PREFIX));
    }
    report
}

fn is_ours(name: &str) -> bool {
    name.to_ascii_lowercase().starts_with(token::PREFIX)
}

/// One declaration by itself: its name, and whether its colour is one.
fn look_at(declaration: &Declaration, report: &mut Report) {
    let Declaration { name, value, place, .. } = declaration;
    if token::find(name).is_none() {
        let meant = token::nearest(name);
        let name = shortened(name);
        return report.faults.push(format!("{place}: {name} is not known; the nearest name is {meant}"));
    }
    if !pair::is_color(name) {
        return;
    }
    let colors = [Scheme::Light, Scheme::Dark].map(|scheme| evaluate(value, scheme));
    let value = shortened(value);
    if colors.contains(&Err(Unknown::NoColor)) {
        report.faults.push(format!("{place}: {name}: \"{value}\" is not a colour"));
    } else if colors.contains(&Err(Unknown::Elsewhere)) {
        let why = "depends on the page; its contrast was not checked";
        report.warnings.push(format!("{place}: {name}: \"{value}\" {why}"));
    } else if pair::is_background(name) && colors.iter().flatten().any(|color| !color.is_opaque()) {
        let why = "lets the page shine through; the contrast on it was not checked";
        report.warnings.push(format!("{place}: {name}: \"{value}\" {why}"));
    }
}

/// What stands in a sheet, on one line, no longer than one reads, and without what a terminal would obey.
fn shortened(text: &str) -> String {
    const LONGEST: usize = 60;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ").replace(char::is_control, "\u{fffd}");
    match words.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(css: &str) -> Report {
        check(&[("t.css".to_owned(), css.to_owned())])
    }

    #[test]
    fn a_pair_that_is_too_close_is_named_with_both_colours_the_ratio_and_what_it_needs() {
        let faults = of("qulaq-survey {\n --qulaq-muted: #999;\n --qulaq-background: white }").faults;
        let light = "t.css:2: --qulaq-muted #999999 on --qulaq-background #ffffff, light: contrast 2.84, at least 4.5 is needed for hints";
        assert_eq!(faults[0], light);
        assert!(faults.iter().any(|it| it.starts_with(
            "t.css:3: --qulaq-text #e6ebf0 (default) on --qulaq-background #ffffff, dark: contrast 1."
        )));
    }

    #[test]
    fn a_palette_for_both_schemes_passes() {
        let both = "s { --qulaq-accent: light-dark(#00695c, hsl(174 42% 65%)); --qulaq-on-accent: light-dark(white, black) }";
        assert_eq!(of(both), Report::default());
        assert_eq!(of("s { color-scheme: light; --qulaq-accent: #00695c }"), Report::default());
    }

    #[test]
    fn what_one_can_see_through_is_looked_at_over_what_is_below() {
        let half = of("s { color-scheme: light; --qulaq-text: rgb(0 0 0 / 40%) }");
        assert!(half.faults[0].contains("--qulaq-text #999999 on"), "{half:?}");
        let glass =
            of("s { color-scheme: light; --qulaq-background: transparent; --qulaq-on-accent: #0b5cad }");
        assert!(glass.warnings[0].contains("\"transparent\" lets the page shine through"), "{glass:?}");
        assert_eq!(glass.faults.len(), 1, "only what does not lie on it: {glass:?}");
    }

    #[test]
    fn what_cannot_be_known_here_is_a_warning_and_what_is_wrong_a_fault() {
        let report = of(
            "s { --qulaq-accent: var(--brand); --qulaq-focus: #12345; --qulaq-txt: red; --qulaq-radius: 0 }",
        );
        let why = "depends on the page; its contrast was not checked";
        assert_eq!(report.warnings, [format!("t.css:1: --qulaq-accent: \"var(--brand)\" {why}")]);
        assert_eq!(
            report.faults,
            [
                "t.css:1: --qulaq-focus: \"#12345\" is not a colour",
                "t.css:1: --qulaq-txt is not known; the nearest name is --qulaq-text"
            ]
        );
    }

    #[test]
    fn what_is_quoted_from_a_sheet_is_short_and_harmless() {
        let faults = of(&format!("s {{ --qulaq-text: \u{1b}[2J\n{} }}", "x ".repeat(1000))).faults;
        assert_eq!(
            faults,
            [format!("t.css:1: --qulaq-text: \"\u{fffd}[2J{}…\" is not a colour", " x".repeat(28))]
        );
    }

    #[test]
    fn sheets_of_one_page_are_one_theme() {
        let sheet = |name: &str, css: &str| (name.to_owned(), css.to_owned());
        let sheets = [
            sheet("a.css", "s { color-scheme: light; --qulaq-background: black }"),
            sheet(
                "b.css",
                "s { --qulaq-text: white; --qulaq-muted: white; --qulaq-line: white; --qulaq-focus: white; \
                   --qulaq-error: white; --qulaq-accent: white; --qulaq-on-accent: black }",
            ),
        ];
        assert_eq!(check(&sheets), Report::default());
    }

    #[test]
    fn a_sheet_that_sets_nothing_of_ours_is_no_theme() {
        for css in ["", "{\"format\": 1}", "\u{0}\u{fffd};;}}{{", "body { color: red }"] {
            assert_eq!(of(css).faults, ["t.css: sets no --qulaq-… property"]);
        }
    }
}
