//! The forms of a page, as a program finds them that fills in whatever there is.

/// A form.
#[derive(Debug)]
pub(crate) struct Form {
    pub(crate) posts: bool,
    pub(crate) action: String,
    /// Name, value, and whether nobody types it.
    pub(crate) fields: Vec<(String, String, bool)>,
}

/// Every form of a page.
pub(crate) fn forms_in(page: &str) -> Vec<Form> {
    let forms = page.split("<form").skip(1).map(|form| form.split("</form>").next().unwrap_or_default());
    forms.map(form).collect()
}

fn form(text: &str) -> Form {
    let (head, inside) = text.split_once('>').unwrap_or((text, ""));
    let tags = ["<input", "<select", "<textarea", "<button"];
    let fields = tags.iter().flat_map(|tag| {
        inside.split(tag).skip(1).filter_map(|field| {
            let head = field.split('>').next().unwrap_or_default();
            let hidden = attribute(head, "type").as_deref() == Some("hidden");
            Some((attribute(head, "name")?, attribute(head, "value").unwrap_or_default(), hidden))
        })
    });
    Form {
        posts: attribute(head, "method").is_some_and(|method| method.eq_ignore_ascii_case("post")),
        action: attribute(head, "action").unwrap_or_default(),
        fields: fields.collect(),
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=")).nth(1)?;
    let value = match value.strip_prefix('"') {
        Some(quoted) => quoted.split('"').next()?,
        None => value.split([' ', '/']).next()?,
    };
    let characters = [("&quot;", "\""), ("&#39;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    Some(
        characters
            .into_iter()
            .fold(value.to_owned(), |value, (written, meant)| value.replace(written, meant)),
    )
}
