//! Puts new values into a JSON file and leaves every other byte of it as it was: an author who keeps definitions under
//! version control sees the lines that were translated and no others.

use super::catalogue::Row;
use anyhow::{Context, Result};
use serde_json::value::RawValue;
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use survey::Text;
use survey::text::STAMPS;

/// Columns at most of an object in one line.
const WIDTH: usize = 110;

/// A file, and where in it what stands.
pub(crate) struct Rewriting<'a> {
    json: &'a str,
    places: HashMap<String, Range<usize>>,
    /// Later places first, so that none is moved by what is put in before it.
    edits: BTreeMap<Reverse<usize>, (Range<usize>, String)>,
}

impl<'a> Rewriting<'a> {
    pub(crate) fn of(json: &'a str) -> Result<Self> {
        let root: &RawValue = serde_json::from_str(json).context("it is not JSON that can be read")?;
        let mut places = HashMap::new();
        note_places(json, root, String::new(), &mut places)?;
        Ok(Self { json, places, edits: BTreeMap::new() })
    }

    /// Writes a text anew, laid out as it was.
    pub(crate) fn text(&mut self, row: &Row) -> Result<()> {
        let Text::Each(texts) = &row.text else { return Ok(()) };
        let pointer = &row.entry.pointer;
        let mut fields: Vec<(&str, String)> =
            texts.iter().map(|(tag, text)| (tag.as_str(), quoted(text))).collect();
        // In the author's order, and what is new behind it.
        let place =
            |tag: &str| self.places.get(&format!("{pointer}/{tag}")).map_or(usize::MAX, |it| it.start);
        fields.sort_by_key(|(tag, _)| place(tag));
        if !row.stamps.is_empty() {
            let stamps =
                row.stamps.iter().map(|(tag, stamp)| (tag.as_str(), quoted(stamp))).collect::<Vec<_>>();
            fields.push((STAMPS, self.in_line(&stamps, pointer)));
        }
        self.replace(pointer, &fields, ('{', '}'))
    }

    /// Adds languages to those of the survey.
    pub(crate) fn languages(&mut self, languages: &[String]) -> Result<()> {
        let items: Vec<_> = languages.iter().map(|tag| ("", quoted(tag))).collect();
        self.replace("/languages", &items, ('[', ']'))
    }

    /// The file with everything put in.
    pub(crate) fn finish(self) -> String {
        let mut json = self.json.to_owned();
        for (range, text) in self.edits.into_values() {
            json.replace_range(range, &text);
        }
        json
    }

    fn replace(&mut self, pointer: &str, fields: &[(&str, String)], brackets: (char, char)) -> Result<()> {
        let place = self.places.get(pointer).cloned();
        let place = place.with_context(|| format!("the file has nothing at {pointer}"))?;
        let text = self.laid_out(&place, fields, brackets);
        self.edits.insert(Reverse(place.start), (place, text));
        Ok(())
    }

    /// In one line where it was in one line and still fits.
    fn laid_out(
        &self,
        place: &Range<usize>,
        fields: &[(&str, String)],
        (open, close): (char, char),
    ) -> String {
        let before = &self.json[..place.start];
        let line = &before[before.rfind('\n').map_or(0, |end| end + 1)..];
        let space = if open == '{' { self.space(place) } else { "" };
        let one_line = format!("{open}{space}{}{space}{close}", self.members(fields).join(self.comma()));
        let was_one_line = !self.json[place.clone()].contains('\n');
        let fits = line.chars().count() + one_line.chars().count() < WIDTH;
        if was_one_line && (fits || self.is_dense()) {
            return one_line;
        }
        let indent = &line[..line.len() - line.trim_start().len()];
        let end = if self.json.contains("\r\n") { "\r\n" } else { "\n" };
        let inner = format!("{end}{indent}{}", self.indent());
        format!("{open}{inner}{}{end}{indent}{close}", self.members(fields).join(&format!(",{inner}")))
    }

    /// An object in one line, inside the value at `pointer`.
    fn in_line(&self, fields: &[(&str, String)], pointer: &str) -> String {
        let space = self.places.get(pointer).map_or("", |place| self.space(place));
        format!("{{{space}{}{space}}}", self.members(fields).join(self.comma()))
    }

    /// The members of an object, or the items of a list, which have no name.
    fn members(&self, fields: &[(&str, String)]) -> Vec<String> {
        let colon = if self.is_dense() { ":" } else { ": " };
        let member = |(name, value): &(&str, String)| match name.is_empty() {
            true => value.clone(),
            false => format!("{}{colon}{value}", quoted(name)),
        };
        fields.iter().map(member).collect()
    }

    /// What stands between a brace and a field where the author wrote this value.
    fn space(&self, place: &Range<usize>) -> &'static str {
        if self.is_dense() || self.json[place.clone()].starts_with("{\"") { "" } else { " " }
    }

    fn comma(&self) -> &'static str {
        if self.is_dense() { "," } else { ", " }
    }

    /// Whether a program wrote the file, for programs.
    fn is_dense(&self) -> bool {
        !self.json.trim().contains('\n')
    }

    /// One step of indentation: what stands before the first field.
    fn indent(&self) -> &str {
        let second = self.json.lines().nth(1).unwrap_or_default();
        match &second[..second.len() - second.trim_start().len()] {
            "" => "  ",
            indent => indent,
        }
    }
}

/// Notes where each value stands, under its JSON pointer.
fn note_places(
    json: &str,
    value: &RawValue,
    pointer: String,
    places: &mut HashMap<String, Range<usize>>,
) -> Result<()> {
    let text = value.get();
    // A raw value is a part of the text that it was read from.
    let start = text.as_ptr().addr() - json.as_ptr().addr();
    if text.starts_with('{') {
        let fields: HashMap<String, &RawValue> = serde_json::from_str(text)?;
        for (name, field) in fields {
            let name = name.replace('~', "~0").replace('/', "~1");
            note_places(json, field, format!("{pointer}/{name}"), places)?;
        }
    } else if text.starts_with('[') {
        let items: Vec<&RawValue> = serde_json::from_str(text)?;
        for (index, item) in items.into_iter().enumerate() {
            note_places(json, item, format!("{pointer}/{index}"), places)?;
        }
    }
    places.insert(pointer, start..start + text.len());
    Ok(())
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

#[cfg(test)]
mod tests {
    use super::super::catalogue::Catalogue;
    use super::*;

    /// The file after a text got a translation and its stamp.
    fn rewritten(json: &str, key: &str) -> String {
        let catalogue = Catalogue::read(json).unwrap();
        let mut row = catalogue.rows.into_iter().find(|row| row.entry.key == key).unwrap();
        let texts = [("kk", "А"), ("ru", "\"Б\"")];
        row.text = Text::Each(texts.map(|(tag, text)| (tag.to_owned(), text.to_owned())).to_vec());
        row.stamps.insert("ru".to_owned(), "1f2e3d4c".to_owned());
        let mut rewriting = Rewriting::of(json).unwrap();
        rewriting.text(&row).unwrap();
        rewriting.finish()
    }

    #[test]
    fn a_text_is_laid_out_as_it_was_and_nothing_else_is_touched() {
        let json = "{\n\t\"languages\" : [ \"kk\",\"ru\" ],\n\t\"agency\": \"1\",\n\t\"title\": {\n\t\t\"ru\": \"Б\",\n\t\t\"kk\": \"А\"\n\t}\n}\n";
        let title = "{\n\t\t\"ru\": \"\\\"Б\\\"\",\n\t\t\"kk\": \"А\",\n\t\t\"source\": { \"ru\": \"1f2e3d4c\" }\n\t}\n}\n";
        let (before, _) = json.split_once("{\n\t\t").unwrap();
        assert_eq!(rewritten(json, "title"), format!("{before}{title}"));
        let (windows, of_windows) =
            (json.replace('\n', "\r\n"), rewritten(json, "title").replace('\n', "\r\n"));
        assert_eq!(rewritten(&windows, "title"), of_windows);
        let tight = json.replace("\"1\"", "{\"kk\": \"1\"}");
        assert!(
            rewritten(&tight, "agency")
                .contains(": {\"kk\": \"А\", \"ru\": \"\\\"Б\\\"\", \"source\": {\"ru\": ")
        );
        let agency = "{ \"kk\": \"А\", \"ru\": \"\\\"Б\\\"\", \"source\": { \"ru\": \"1f2e3d4c\" } }";
        assert_eq!(rewritten(json, "agency"), json.replace("\"1\"", agency));
    }

    #[test]
    fn a_file_without_line_breaks_gets_none() {
        let json = r#"{"languages":["kk","ru"],"title":"1"}"#;
        let title = r#"{"kk":"А","ru":"\"Б\"","source":{"ru":"1f2e3d4c"}}"#;
        assert_eq!(rewritten(json, "title"), json.replace("\"1\"", title));
    }
}
