//! What a browser without scripts does with a form.

use super::{Reply, urlencoded};

/// The value of the hidden field with this name.
pub(crate) fn hidden(reply: &Reply, name: &str) -> String {
    hidden_in(&reply.body, name)
}

fn hidden_in(page: &str, name: &str) -> String {
    let field = page.split("<input").find(|field| field.contains(&format!("name=\"{name}\"")));
    let field = field.unwrap_or_else(|| panic!("no field {name}: {page}"));
    let value = field.split("value=\"").nth(1).unwrap().split('"').next().unwrap();
    let characters = [("&quot;", "\""), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    characters.into_iter().fold(value.to_owned(), |value, (written, meant)| value.replace(written, meant))
}

/// What a browser posts: the hidden fields of the form, then what was filled in.
pub(crate) fn filled(reply: &Reply, fields: &[(&str, &str)]) -> String {
    filled_in(&reply.body, fields)
}

/// The same of a page that came in another way.
pub(crate) fn filled_in(page: &str, fields: &[(&str, &str)]) -> String {
    let names = ["_version", "_lang", "_id", "_page", "_shown", "_answers", "_seed", "_changing", "_pace"];
    let there = names.iter().filter(|name| page.contains(&format!("name=\"{name}\"")));
    let hidden: Vec<(&str, String)> = there.map(|name| (*name, hidden_in(page, name))).collect();
    let all: Vec<(&str, &str)> =
        hidden.iter().map(|(name, value)| (*name, value.as_str())).chain(fields.iter().copied()).collect();
    urlencoded(&all)
}

pub(crate) fn receipt(reply: &Reply) -> String {
    let output = reply.body.split("<output").nth(1).unwrap_or_else(|| panic!("no receipt: {}", reply.body));
    output.split(['>', '<']).nth(1).unwrap().to_owned()
}
