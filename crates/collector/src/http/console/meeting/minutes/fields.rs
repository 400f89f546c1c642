//! The fields of minutes, and how what two have written differs.

use super::super::super::markup::{Element, el};
use super::super::super::parts::{Field, area, section};
use super::Editor;
use crate::http::language;
use crate::meeting::{Fault, OTHER, Written};

/// All fields: the number, then a set for each language.
pub(super) fn fields(editor: &Editor<'_>) -> Vec<Element> {
    let number = line(editor, "minutes-number", editor.held.console.said.get("minutes_number"));
    let languages = editor.held.survey().languages.iter();
    std::iter::once(number).chain(languages.map(|lang| of_language(editor, lang))).collect()
}

fn of_language(editor: &Editor<'_>, lang: &str) -> Element {
    let said = &editor.held.console.said;
    let named = |name: &str, key: &str| line(editor, &format!("{name}-{lang}"), said.get(key));
    let items =
        editor.held.meeting.agenda.iter().map(|item| (item.id.as_str(), item.text.get(lang).to_owned()));
    let other = crate::meeting::words(lang).get("other_item").to_owned();
    let items = items.chain([(OTHER, other)]).enumerate();
    let items = items.map(|(place, (id, text))| item(editor, lang, (id, &format!("{}. {text}", place + 1))));
    el("fieldset")
        .child(el("legend").attr("lang", lang).text(&language::name(lang)))
        .child(named("chair", "minutes_chair"))
        .child(named("secretary", "minutes_secretary"))
        .children(items)
}

/// What was said and decided about an item.
fn item(editor: &Editor<'_>, lang: &str, (id, text): (&str, &str)) -> Element {
    let said = &editor.held.console.said;
    let texts = [("said", "minutes_said"), ("decided", "minutes_decided")].map(|(name, key)| {
        let name = format!("{name}-{id}-{lang}");
        let label = format!("{}: {text}", said.get(key));
        area((&name, lang), &label, value(&editor.written, &name), wrong(editor, &name).as_deref())
    });
    el("div").children(texts)
}

fn line(editor: &Editor<'_>, name: &str, label: &str) -> Element {
    let wrong = wrong(editor, name).map(|wrong| el("span").text(&wrong));
    Field { value: value(&editor.written, name), wrong, ..Field::text(name, label) }.element()
}

/// What stands in a field.
fn value<'w>(written: &'w Written, name: &str) -> &'w str {
    let found = written.fields().into_iter().find(|(field, _)| field == name);
    found.map(|(_, text)| text).unwrap_or_default()
}

/// What is wrong with a field, in words.
fn wrong(editor: &Editor<'_>, name: &str) -> Option<String> {
    let said = &editor.held.console.said;
    let fault = editor.faults.iter().find(|fault| fault.field() == name)?;
    Some(match fault {
        Fault::Long(_, most) => said.fill("field_long", &[("most", &said.number(*most as u64))]),
        Fault::Missing(_) => said.get("field_missing").to_owned(),
    })
}

/// What somebody else has kept in fields that say something else here.
pub(super) fn differences(editor: &Editor<'_>, other: &Written) -> Element {
    let said = &editor.held.console.said;
    let differ = other.fields().into_iter().filter(|(field, text)| value(&editor.written, field) != *text);
    let told = differ.flat_map(|(field, text)| {
        let name = el("dt").text(&named(editor, &field));
        let text = if text.is_empty() { said.get("field_empty") } else { text };
        [name, el("dd").attr("dir", "auto").text(text)]
    });
    section(said.get("minutes_other"), [el("dl").children(told)])
}

/// What a field is called.
fn named(editor: &Editor<'_>, field: &str) -> String {
    let said = &editor.held.console.said;
    let mut parts = field.splitn(2, '-');
    let (name, rest) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let key = match name {
        "minutes" => return said.get("minutes_number").to_owned(),
        "chair" => "minutes_chair",
        "secretary" => "minutes_secretary",
        "said" => "minutes_said",
        _ => "minutes_decided",
    };
    let own = |lang: &&String| rest == lang.as_str() || rest.ends_with(&format!("-{lang}"));
    let lang = editor.held.survey().languages.iter().find(own);
    let id = lang.and_then(|lang| rest.strip_suffix(lang.as_str())?.strip_suffix('-')).unwrap_or_default();
    let item = editor.held.meeting.agenda.iter().find(|item| item.id == id);
    let item = item.map(|item| format!(", {}", item.text.get(editor.held.lang()))).unwrap_or_default();
    format!("{}{item} ({})", said.get(key), lang.map(|lang| language::name(lang)).unwrap_or_default())
}
