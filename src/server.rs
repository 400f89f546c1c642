//! HTML on the server, by the same components that the browser brings to life.

use crate::form::form;
use crate::session::Session;
use crate::view::View;
use crate::words;
use leptos::prelude::*;

/// The form as HTML. The same view always gives the same bytes, so that the result may be kept.
#[must_use]
pub fn render(view: View) -> String {
    let owner = Owner::new();
    owner.with(|| {
        let words = words::of(&view.lang);
        form(&Session::new(view, words)).to_html()
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::State;
    use std::sync::Arc;
    use survey::kind::KINDS;
    use survey::{Answers, Survey};

    fn view(state: State) -> View {
        let questions: Vec<serde_json::Value> =
            KINDS.iter().map(|kind| serde_json::from_str(kind.example).unwrap()).collect();
        let survey = serde_json::json!({
            "format": 1, "id": "all-kinds", "languages": ["kk", "ru", "en"], "title": "<Все>",
            "pages": [{"id": "p1", "questions": questions}]
        });
        View {
            survey: Arc::new(Survey::from_value(&survey).unwrap()),
            version: "v".into(),
            lang: "kk".into(),
            action: "/s/all-kinds".into(),
            heading_level: 2,
            state,
            answers: Answers::default(),
            problems: Vec::new(),
            response_id: None,
        }
    }

    #[test]
    fn the_same_view_gives_the_same_bytes_and_authors_text_is_escaped() {
        let html = render(view(State::Page(0)));
        assert_eq!(html, render(view(State::Page(0))));
        assert!(html.contains("&lt;Все&gt;") && !html.contains("<Все>"));
    }

    #[test]
    fn every_kind_is_drawn_with_a_field_of_its_name() {
        let html = render(view(State::Page(0)));
        for kind in KINDS {
            let example: serde_json::Value = serde_json::from_str(kind.example).unwrap();
            assert!(
                html.contains(&format!("name=\"{}\"", example["name"].as_str().unwrap())),
                "{}",
                kind.name
            );
        }
    }

    #[test]
    fn every_problem_has_its_words_in_every_language() {
        for (lang, _) in words::LANGUAGES {
            let survey = view(State::Page(0)).survey;
            let problems = survey::check(&survey, &Answers::default());
            let html = render(View { lang: (*lang).into(), problems, ..view(State::Page(0)) });
            assert!(html.contains("class=\"summary\"") && html.contains("class=\"error\""), "{lang}: {html}");
            assert!(!html.contains("required_"), "{lang}: a key without words");
        }
    }
}
