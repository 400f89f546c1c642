//! The files of a draft, looked at when its survey is published: each language has the same parts in the same order.

use super::Consultation;
use super::draft::{Block, Draft, Kind, Written};
use super::{html, markdown};
use crate::media::Files;
use crate::store::Medium;
use crate::written::Remark;
use data_encoding::HEXLOWER;
use serde_json::Value;
use std::collections::BTreeMap;
use std::io::Read;

/// Bytes of a file at most: some two hundred pages.
const LONGEST: u64 = 500_000;

/// Parts of a draft at most.
const MOST: usize = 400;

/// Reads the draft of a consultation, and gives it with the files that it is in. Its parts have no anchors yet.
///
/// # Errors
/// Files that are not there or are nothing to read, and the first part that one language has and another has not.
pub(crate) fn examine(
    definition: &Value,
    files: &dyn Files,
) -> Result<Option<(Draft, Vec<Medium>)>, Vec<Remark>> {
    let Some(consultation) = Consultation::of(definition) else { return Ok(None) };
    let (mut media, mut texts, mut refused) = (Vec::new(), Vec::new(), Vec::new());
    for (place, (lang, path)) in consultation.files.iter().enumerate() {
        match read(path, files) {
            Ok((medium, written)) => {
                media.push(medium);
                texts.push((lang.as_str(), path.as_str(), written));
            }
            Err(message) => refused.push(remark(place, message)),
        }
    }
    if !refused.is_empty() {
        return Err(refused);
    }
    let draft = together(&texts).map_err(|(place, message)| vec![remark(place, message)])?;
    Ok(Some((draft, media)))
}

fn remark(place: usize, message: String) -> Remark {
    Remark::of_file("draft", format!("consultation.draft[{place}].file"), message)
}

/// A file, and its parts.
fn read(path: &str, files: &dyn Files) -> Result<(Medium, Vec<Written>), String> {
    let opened = files.open(path).map_err(|why| format!("names the file {path}, which {why}."))?;
    let mut bytes = Vec::new();
    let read = opened.content.take(LONGEST + 1).read_to_end(&mut bytes);
    read.map_err(|error| format!("names the file {path}, which cannot be read: {error}."))?;
    if bytes.len() as u64 > LONGEST {
        return Err(format!(
            "names the file {path}, which is longer than {LONGEST} bytes. Divide the draft."
        ));
    }
    let content = HEXLOWER.encode(&crate::digest::sha256(&bytes));
    let text = String::from_utf8(bytes)
        .map_err(|_| format!("names the file {path}, which is not text in UTF-8. Save it as UTF-8."))?;
    let written = match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("md") => markdown::read(&text),
        Some("html" | "htm") => html::read(&text),
        _ => return Err(format!("names the file {path}, which is neither .md (Markdown) nor .html.")),
    };
    if written.is_empty() {
        return Err(format!("names the file {path}, in which nothing stands to be read."));
    }
    if written.len() > MOST {
        return Err(format!("names the file {path} of more than {MOST} paragraphs. Divide the draft."));
    }
    // Whatever it is, a browser shows it as text.
    let content_type = "text/plain; charset=utf-8".to_owned();
    Ok((Medium { path: path.to_owned(), content, content_type }, written))
}

/// The same parts in every language; otherwise the place of the language that differs, and where.
fn together(texts: &[(&str, &str, Vec<Written>)]) -> Result<Draft, (usize, String)> {
    let Some(((lang, path, first), others)) = texts.split_first() else { return Ok(Draft::default()) };
    for (place, (_, other_path, other)) in others.iter().enumerate() {
        let pairs = first.iter().zip(other);
        let differs = pairs.clone().position(|(one, other)| form(one.kind) != form(other.kind));
        let at = differs.or((first.len() != other.len()).then_some(first.len().min(other.len())));
        if let Some(at) = at {
            let (one, another) = (told(first.get(at)), told(other.get(at)));
            let message = format!(
                "must have the same parts as {path}, one for one. The first that differs is part {}: {path} has \
                 {one}, {other_path} has {another}.",
                at + 1
            );
            return Err((place + 1, message));
        }
    }
    let block = |(at, written): (usize, &Written)| {
        let own = (((*lang).to_owned()), written.spans.clone());
        let more = others.iter().map(|(lang, _, other)| ((*lang).to_owned(), other[at].spans.clone()));
        let texts: BTreeMap<_, _> = std::iter::once(own).chain(more).collect();
        Block { anchor: String::new(), kind: written.kind, texts }
    };
    Ok(Draft { blocks: first.iter().enumerate().map(block).collect() })
}

/// What must be the same in every language: a number may be written in one and left out in another.
fn form(kind: Kind) -> (u8, u8) {
    match kind {
        Kind::Heading(level) => (1, level),
        Kind::Paragraph => (2, 0),
        Kind::Item { level, .. } => (3, level),
    }
}

/// A part in words, for an author.
fn told(written: Option<&Written>) -> String {
    let Some(written) = written else { return "nothing there".to_owned() };
    let kind = match written.kind {
        Kind::Heading(level) => format!("a heading of level {level}"),
        Kind::Paragraph => "a paragraph".to_owned(),
        Kind::Item { level, .. } => format!("an item of a list of level {level}"),
    };
    let text = super::draft::plain(&written.spans);
    let begins: String = text.chars().take(40).collect();
    format!("{kind} (\"{begins}\")")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::media::Opened;
    use serde_json::json;
    use std::collections::HashMap;
    use std::io::Cursor;

    struct Given(HashMap<&'static str, Vec<u8>>);

    impl Files for Given {
        fn open(&self, path: &str) -> Result<Opened, String> {
            let content = self.0.get(path).ok_or("is not there")?.clone();
            Ok(Opened { length: content.len() as u64, content: Box::new(Cursor::new(content)) })
        }
    }

    fn examined(kk: &str, ru: &str) -> Result<Draft, String> {
        let draft = json!([{"lang": "kk", "file": "a.md"}, {"lang": "ru", "file": "b.html"}]);
        let fields = json!({"draft": draft, "paragraph": "p", "comment": "c", "publish": "q"});
        let definition = json!({"mechanism": "consultation", "consultation": fields});
        let files = Given([("a.md", kk.into()), ("b.html", ru.into())].into());
        let read = examine(&definition, &files).map_err(|remarks| remarks[0].to_string())?;
        Ok(read.unwrap().0)
    }

    #[test]
    fn markdown_in_one_language_and_html_in_another_are_one_draft() {
        let draft = examined("# Ереже\n\nБір.\n\n- а", "<h1>Правила</h1><p>Один.<ul><li>б</ul>").unwrap();
        let text = |at: usize, lang| draft.blocks[at].text(lang);
        assert_eq!((text(1, "kk"), text(1, "ru")), ("Бір.".to_owned(), "Один.".to_owned()));
        assert_eq!(draft.blocks.len(), 3);
    }

    #[test]
    fn the_first_part_that_differs_is_named() {
        let told = examined("# Ереже\n\nБір.\n\nЕкі.", "<h1>Правила</h1><p>Один.").unwrap_err();
        assert!(told.contains("consultation.draft[1].file") && told.contains("part 3"), "{told}");
        assert!(told.contains("a paragraph (\"Екі.\")") && told.contains("nothing there"), "{told}");
        let told = examined("Бір.\n\nЕкі.", "<h2>Один</h2><p>Два").unwrap_err();
        assert!(told.contains("part 1") && told.contains("a heading of level 2"), "{told}");
    }

    #[test]
    fn what_cannot_be_a_draft_is_refused_with_what_to_do() {
        assert!(examined("", "<p>а").unwrap_err().contains("nothing stands"));
        let many = "а\n\n".repeat(MOST + 1);
        assert!(examined(&many, "<p>а").unwrap_err().contains("400 paragraphs"));
        let long = "а".repeat(400_000);
        assert!(examined(&long, "<p>а").unwrap_err().contains("longer than"));
        let files = Given([("a.md", vec![0xff, 0xfe]), ("a.doc", Vec::new())].into());
        assert!(read("a.md", &files).unwrap_err().contains("UTF-8"));
        assert!(read("a.doc", &files).unwrap_err().contains("neither"));
        assert!(read("b.md", &files).unwrap_err().contains("is not there"));
    }
}
