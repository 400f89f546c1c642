//! A consultation on a draft, and comments on its paragraphs as a browser without scripts posts them.

use super::{Collector, Reply, definition, urlencoded};
use serde_json::Value;
use std::fs;

/// The survey of the example.
pub(crate) const CONSULTATION: &str = "reception-rules";

/// Publishes the example with the draft in its files, one text in it replaced in every language that has it.
pub(crate) fn publish_draft(collector: &Collector, replaced: &[(&str, &str)]) -> String {
    publish_changed(collector, replaced, |_| {})
}

/// The same with another definition.
pub(crate) fn publish_changed(
    collector: &Collector,
    replaced: &[(&str, &str)],
    change: impl FnOnce(&mut Value),
) -> String {
    let mut survey: Value = serde_json::from_str(&definition(CONSULTATION)).unwrap();
    change(&mut survey);
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../../examples/surveys/drafts");
    let drafts = collector.directory.path().join("drafts");
    fs::create_dir_all(&drafts).unwrap();
    for lang in ["kk", "ru", "en"] {
        let name = format!("{CONSULTATION}.{lang}.md");
        let text = fs::read_to_string(format!("{examples}/{name}")).unwrap();
        let text = replaced.iter().fold(text, |text, (from, to)| text.replace(from, to));
        fs::write(drafts.join(name), text).unwrap();
    }
    collector.publish_with_files(&survey.to_string())
}

/// The anchor of the paragraph that begins so in Kazakh.
pub(crate) fn anchor(collector: &Collector, version: &str, begins: &str) -> String {
    let record = collector.wait(collector.store.draft(CONSULTATION, version)).unwrap().unwrap();
    let draft: Value = serde_json::from_str(&record.content).unwrap();
    let blocks = draft["blocks"].as_array().unwrap();
    let found = blocks
        .iter()
        .find(|block| block["texts"]["kk"][0]["text"].as_str().is_some_and(|text| text.starts_with(begins)));
    found.unwrap()["anchor"].as_str().unwrap().to_owned()
}

/// Posts a comment with an id made of this number; by a person who lets it be published without a name, unless the fields
/// say otherwise.
pub(crate) fn comment(
    collector: &Collector,
    number: u32,
    (version, anchor): (&str, &str),
    fields: &[(&str, &str)],
) -> Reply {
    let id = format!("{number:032x}");
    let own = [("_id", id.as_str()), ("_version", version), ("_lang", "kk"), ("paragraph", anchor)];
    let usual = [("speaker", "1"), ("publish", "2")];
    let usual = usual.into_iter().filter(|(name, _)| fields.iter().all(|(other, _)| other != name));
    let all: Vec<(&str, &str)> = own.into_iter().chain(usual).chain(fields.iter().copied()).collect();
    collector.post_form(&format!("/s/{CONSULTATION}/comment?lang=kk"), &urlencoded(&all))
}

/// The number and the receipt in a reply.
pub(crate) fn numbers(reply: &Reply) -> (String, String) {
    let mut shown = reply.body.split("<b class=\"receipt\">").skip(1);
    let mut next = || shown.next().and_then(|rest| rest.split('<').next()).map(str::to_owned);
    let (number, receipt) = (next(), next());
    number.zip(receipt).unwrap_or_else(|| panic!("no numbers: {}", reply.body))
}
