//! Which files a definition names, and where.

use super::content::Role;
use serde_json::Value;

/// A file that a definition names.
pub(super) struct Named {
    /// Where, as a path from the root of the definition.
    pub(super) at: String,
    /// The path of the file.
    pub(super) path: String,
    pub(super) role: Role,
    /// Whether captions are beside it, or it needs none: sign language stands for a text that is there.
    pub(super) is_captioned: bool,
}

/// All of them, in their order.
pub(super) fn all(definition: &Value) -> Vec<Named> {
    let mut all = Vec::new();
    each(definition, "pages", "", &mut |page, at| questions(page, at, &mut all));
    all
}

fn questions(holder: &Value, at: &str, all: &mut Vec<Named>) {
    each(holder, "questions", at, &mut |question, at| {
        each(question, "media", at, &mut |medium, at| {
            let role = match medium.get("kind").and_then(Value::as_str) {
                Some("image") => Role::Image,
                Some("audio") => Role::Audio,
                _ => Role::Video,
            };
            add(medium, "src", at, role, all);
            add(medium, "captions", at, Role::Captions, all);
        });
        each(question, "options", at, &mut |option, at| {
            if let Some(image) = option.get("image") {
                add(image, "src", &format!("{at}.image"), Role::Image, all);
            }
        });
        questions(question, at, all);
    });
}

fn each(holder: &Value, field: &str, at: &str, visit: &mut dyn FnMut(&Value, &str)) {
    let items = holder.get(field).and_then(Value::as_array).into_iter().flatten();
    let dot = if at.is_empty() { "" } else { "." };
    for (index, item) in items.enumerate() {
        visit(item, &format!("{at}{dot}{field}[{index}]"));
    }
}

fn add(holder: &Value, field: &str, at: &str, role: Role, all: &mut Vec<Named>) {
    let is_sign = holder.get("kind").and_then(Value::as_str) == Some("sign");
    if let Some(path) = holder.get(field).and_then(Value::as_str) {
        let is_captioned = is_sign || holder.get("captions").is_some();
        all.push(Named { at: format!("{at}.{field}"), path: path.to_owned(), role, is_captioned });
    }
}
