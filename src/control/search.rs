//! A line that finds options of a long list as one types.
//!
//! Without scripts the line is text, which the server looks up; where it is in doubt, it asks which of the options was
//! meant. In the browser the matches stand in a list below the line (ARIA Authoring Practices, editable combobox with
//! list autocomplete).

use super::words::input;
use crate::node::{Element, Node, element};
use crate::question::Asked;
use survey::fold::fold;
use survey::{Answer, Choice};

/// How many matches are shown: more is not read by anybody.
pub(crate) const MOST: usize = 10;

pub(super) fn field(asked: &Asked<'_>) -> Element {
    input("off")
        .attr("value", &written(asked))
        .attr("part", "input")
        .attr("id", &asked.name)
        .attr("name", &asked.name)
        .attr("data-search", "")
}

/// The text of the chosen option, or what was typed and is none.
fn written(asked: &Asked<'_>) -> String {
    match &asked.answer {
        Some(Answer::Code(code)) => {
            let chosen = asked.question.choices.iter().find(|choice| choice.code == *code);
            chosen.map_or(String::new(), |choice| asked.session.text(&choice.text).to_owned())
        }
        Some(Answer::Typed(typed)) => typed.concat(),
        _ => String::new(),
    }
}

/// The place for the list of matches; and, for a text that is no option, those that it may have meant.
pub(super) fn after(asked: &Asked<'_>) -> Vec<Node> {
    let list = element("div").class("matches").attr("id", &asked.id("matches"));
    let mut nodes = vec![list.into()];
    if let Some(Answer::Typed(typed)) = &asked.answer {
        let meant = matches(&asked.question.choices, &typed.concat());
        nodes.extend(meant.into_iter().map(|choice| suggestion(asked, choice)));
    }
    nodes
}

/// A radio button with the option's text as its value: it stands for the text in the line.
fn suggestion(asked: &Asked<'_>, choice: &Choice) -> Node {
    let (id, text) = (asked.id(&choice.code.to_string()), asked.session.text(&choice.text));
    let radio =
        element("input").attr("type", "radio").attr("id", &id).attr("name", &asked.name).attr("value", text);
    let label = element("label").attr("for", &id).text(text);
    element("div").part("option", "option").child(radio).child(label).into()
}

/// Whether a text has another inside, byte by byte: the standard library's search would be downloaded.
fn has(text: &str, wanted: &str) -> bool {
    text.as_bytes().windows(wanted.len()).any(|window| window == wanted.as_bytes())
}

/// The options that a text may mean: those that begin with it first, then those that have it inside.
pub(crate) fn matches<'a>(choices: &'a [Choice], typed: &str) -> Vec<&'a Choice> {
    let wanted = fold(typed);
    if wanted.is_empty() {
        return Vec::new();
    }
    let mut within = Vec::new();
    let mut found = Vec::new();
    for choice in choices {
        let texts: Vec<String> = choice.text.each().map(fold).collect();
        if texts.iter().any(|text| text.starts_with(&wanted)) {
            found.push(choice);
        } else if texts.iter().any(|text| has(text, &wanted)) {
            within.push(choice);
        }
        if found.len() == MOST {
            return found;
        }
    }
    found.extend(within);
    found.truncate(MOST);
    found
}
