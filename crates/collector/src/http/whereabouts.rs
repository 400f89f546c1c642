//! The form that is about the page it stands in: it names the script that says which page that is.

/// A form that names the script, the question that takes the path, and what stands there in other forms, one after the
/// other. A name of a question needs no escape.
pub(super) fn named(form: &str, question: &str) -> String {
    let Some((before, rest)) = form.split_once(" data-module=\"") else { return form.to_owned() };
    let Some((module, rest)) = rest.split_once('"') else { return form.to_owned() };
    let inner = rest.strip_prefix(" data-then=\"").and_then(|rest| rest.split_once('"'));
    let (then, rest) = match inner {
        Some((inner, rest)) => (format!("{module} {inner}"), rest),
        None => (module.to_owned(), rest),
    };
    format!("{before} data-module=\"where\" data-where=\"{question}\" data-then=\"{then}\"{rest}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_names_what_is_loaded_after_it_in_order() {
        let alone = named(r#"<form class="q" data-module="app" lang="kk">"#, "page");
        assert_eq!(
            alone,
            r#"<form class="q" data-module="where" data-where="page" data-then="app" lang="kk">"#
        );
        let guarded = named(r#"<form data-module="work" data-then="whole" lang="kk">"#, "page");
        assert_eq!(
            guarded,
            r#"<form data-module="where" data-where="page" data-then="work whole" lang="kk">"#
        );
    }
}
