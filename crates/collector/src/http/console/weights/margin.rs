//! One margin: its form, and reading it.

use super::super::guard::{Console, Fields};
use super::super::markup::{Element, el};
use super::super::parts::{Field, button, hidden, select};
use crate::cuts::NamedMargin;
use crate::export::labels;
use crate::figures::Figures;
use analysis::shape::{Kind, Shape};
use std::collections::BTreeMap;
use survey::Missing;
use survey::columns::Column;
use survey::number::Number;

/// Questions that have margins: one of a list.
pub(super) fn questions(figures: &Figures, lang: &str) -> Vec<(String, String)> {
    let is_listed = |shape: &&Shape| {
        matches!(shape.kind, Kind::Choice | Kind::Scale) && !shape.question.starts_with("response_")
    };
    let columns = figures.shapes().iter().filter(is_listed).map(|shape| &figures.columns()[shape.columns[0]]);
    columns.map(|column| (column.name.clone(), labels::column(column, lang))).collect()
}

/// What a question is called.
pub(super) fn question(figures: &Figures, lang: &str, name: &str) -> String {
    column(figures, name).map_or_else(|| name.to_owned(), |column| labels::column(column, lang))
}

/// What a category is called.
pub(super) fn label(figures: &Figures, lang: &str, (name, code): (&str, i64)) -> String {
    let values = column(figures, name).map(|column| labels::values(column, lang)).unwrap_or_default();
    let own = values.into_iter().find(|(known, words)| *known == code && !words.is_empty());
    own.map_or_else(|| code.to_string(), |(_, words)| words)
}

fn column<'a>(figures: &'a Figures, name: &str) -> Option<&'a Column> {
    figures.place(name).map(|place| &figures.columns()[place])
}

fn codes(column: &Column) -> Vec<i64> {
    let codes = column.values.iter().map(|(code, _)| *code);
    codes.filter(|code| Missing::of_code(*code).is_none()).collect()
}

/// The fields of the form; nothing where there is no such question.
pub(super) fn fields(
    console: &Console,
    (figures, lang): (&Figures, &str),
    (weighting, name): (&str, &str),
) -> Option<Vec<Element>> {
    if weighting.is_empty() || !questions(figures, lang).iter().any(|(known, _)| known == name) {
        return None;
    }
    let (said, codes) = (&console.said, codes(column(figures, name)?));
    let kept = |field: &str| console.fields.get(field).to_owned();
    let purposes =
        [("", "–"), ("population", said.get("purpose_population")), ("page", said.get("purpose_page"))];
    let missing = [("refuse", said.get("missing_refuse")), ("keep", said.get("missing_keep"))];
    let line = |name: &'static str, key: &str, kind: &'static str| {
        Field { kind, value: &kept(name), ..Field::text(name, said.get(key)) }.element()
    };
    let mut fields = vec![hidden("weighting", weighting), hidden("question", name)];
    fields.push(select("purpose", said.get("purpose"), &purposes, &kept("purpose")));
    fields.push(el("p").class("hint").text(said.get("shares_hint")));
    let words: Vec<(i64, String)> =
        codes.iter().map(|code| (*code, label(figures, lang, (name, *code)))).collect();
    fields.extend(words.iter().map(|(code, label)| {
        let field = format!("share-{code}");
        Field { value: &kept(&field), ..Field::text(&field, label) }.element()
    }));
    fields.push(
        el("details").child(el("summary").text(said.get("collapse"))).children(collapses(console, &words)),
    );
    fields.push(pasted(console));
    fields.push(line("source", "source", "text"));
    fields.push(line("date", "source_day", "date"));
    fields.push(select("missing", said.get("without_answer"), &missing, &kept("missing")));
    fields.push(button(console, "next", "save"));
    Some(fields)
}

/// Into which category each goes when it is too small.
fn collapses(console: &Console, words: &[(i64, String)]) -> Vec<Element> {
    let named: Vec<(String, &str)> =
        words.iter().map(|(code, label)| (code.to_string(), label.as_str())).collect();
    let options: Vec<(&str, &str)> =
        std::iter::once(("", "–")).chain(named.iter().map(|(code, label)| (code.as_str(), *label))).collect();
    let each = words.iter().map(|(code, label)| {
        let name = format!("into-{code}");
        select(&name, label, &options, console.fields.get(&name))
    });
    each.collect()
}

/// The same as lines, copied out of a table.
fn pasted(console: &Console) -> Element {
    let said = &console.said;
    let area = el("textarea")
        .attr("id", "lines")
        .attr("name", "lines")
        .attr("rows", "6")
        .attr("aria-describedby", "lines-hint")
        .text(console.fields.raw("lines"));
    el("div")
        .class("question")
        .child(el("label").class("text").attr("for", "lines").text(said.get("margin_lines")))
        .child(el("p").class("hint").attr("id", "lines-hint").text(said.get("margin_lines_hint")))
        .child(area)
}

/// Reads a margin, or says by the key of its words what is wrong with it.
pub(super) fn read(fields: &Fields, figures: &Figures) -> Result<NamedMargin, &'static str> {
    let column = column(figures, fields.get("question")).ok_or("weights_share_bad")?;
    let (source, date) = (fields.get("source").to_owned(), fields.get("date").to_owned());
    if source.is_empty() || survey::calendar::Date::parse(&date).is_none() {
        return Err("weights_no_source");
    }
    let lines = fields.get("lines");
    let (shares, collapse) = if lines.is_empty() { of_fields(fields, column)? } else { of_lines(lines)? };
    if shares.values().sum::<f64>() <= 0.0 {
        return Err("weights_share_bad");
    }
    let keeps_missing = fields.get("missing") == "keep";
    Ok(NamedMargin { column: column.name.clone(), shares, source, date, collapse, keeps_missing })
}

type Shares = (BTreeMap<i64, f64>, BTreeMap<i64, i64>);

fn of_fields(fields: &Fields, column: &Column) -> Result<Shares, &'static str> {
    let (mut shares, mut collapse) = (BTreeMap::new(), BTreeMap::new());
    for code in codes(column) {
        let text = fields.get(&format!("share-{code}"));
        if !text.is_empty() {
            shares.insert(code, share(text)?);
        }
        collapse.extend(fields.get(&format!("into-{code}")).parse().ok().map(|into| (code, into)));
    }
    Ok((shares, collapse))
}

/// Lines of a code, its share, and the code into which it is collapsed, with semicolons, tabs or commas between.
fn of_lines(lines: &str) -> Result<Shares, &'static str> {
    let (mut shares, mut collapse) = (BTreeMap::new(), BTreeMap::new());
    for line in lines.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let mark = if line.contains([';', '\t']) { [';', '\t'] } else { [',', ','] };
        let parts: Vec<&str> = line.split(mark).map(str::trim).collect();
        let [code, given, rest @ ..] = parts.as_slice() else { return Err("weights_share_bad") };
        let code: i64 = code.parse().map_err(|_| "weights_share_bad")?;
        shares.insert(code, share(given)?);
        collapse.extend(rest.first().and_then(|into| into.parse().ok()).map(|into| (code, into)));
    }
    Ok((shares, collapse))
}

/// A share as people write it: `12,5`, `12.5 %`.
fn share(text: &str) -> Result<f64, &'static str> {
    let plain: String = text.trim_end_matches('%').chars().filter(|c| !c.is_whitespace()).collect();
    let number = Number::parse(&plain.replace(',', ".")).filter(|number| *number >= Number::ZERO);
    number.map(|number| number.millionths() as f64 / 1e6).ok_or("weights_share_bad")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_are_read_as_people_copy_them() {
        let (shares, collapse) = of_lines("1;48,2 %\n2\t51.8\n\n3; 0,5; 2").unwrap();
        assert_eq!(shares, BTreeMap::from([(1, 48.2), (2, 51.8), (3, 0.5)]));
        assert_eq!(collapse, BTreeMap::from([(3, 2)]));
        assert_eq!(of_lines("1,48.2").unwrap().0, BTreeMap::from([(1, 48.2)]));
        for bad in ["1", "a;2", "1;x", "1;-3"] {
            assert!(of_lines(bad).is_err(), "{bad}");
        }
    }
}
