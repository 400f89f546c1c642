//! The same survey and the same answers at both paces.

use serde_json::Value;
use survey::route::Route;
use survey::{Answers, At, Occasion, Pace, Survey, check};

/// That what is asked, what stands, what is wrong and what is sent do not differ.
pub(crate) fn compare(survey: &Survey, answers: &Answers, occasion: Occasion) {
    let paced = survey.clone().at_pace(Pace::One, occasion.seed);
    let (whole, split) = (Route::of(survey, answers, occasion), Route::of(&paced, answers, occasion));
    assert_eq!(split.answers().to_value(), whole.answers().to_value());
    assert_eq!(asked(&paced, &split, occasion), asked(survey, &whole, occasion));
    assert_eq!(end(&paced, &split), end(survey, &whole));
    for question in survey.questions() {
        assert_eq!(split.value(&question.name), whole.value(&question.name));
    }
    assert_eq!(problems(&paced, answers, occasion), problems(survey, answers, occasion));
    let sent = |survey: &Survey| check::shown_answers(survey, answers, occasion).to_value();
    assert_eq!(sent(&paced), sent(survey));
    let is_single = |page: &survey::Page| page.questions.iter().filter(|q| q.domain.is_asked()).count() <= 1;
    assert!(paced.pages.iter().all(is_single));
}

/// The questions that are asked, in the order in which somebody comes to them.
fn asked(survey: &Survey, route: &Route, occasion: Occasion) -> Vec<String> {
    let mut names = Vec::new();
    let first = route.first(survey);
    let mut at = route.shows_page(survey, first).then_some(At::Page(first));
    while let Some(now) = at {
        if let At::Page(page) = now {
            for index in survey.pages[page].order(occasion.seed) {
                let question = &survey.pages[page].questions[index];
                if route.shows((page, index)) && question.domain.is_asked() {
                    names.push(question.name.clone());
                }
            }
        }
        at = route.after(survey, now);
    }
    names
}

fn end(survey: &Survey, route: &Route) -> Option<(String, usize)> {
    route.early_end().map(|(page, turn)| (survey.pages[page].id.clone(), turn))
}

/// In an order that does not depend on the order of pages.
fn problems(survey: &Survey, answers: &Answers, occasion: Occasion) -> Vec<String> {
    let problems = check(survey, answers, occasion);
    let mut said: Vec<String> = problems
        .iter()
        .map(|problem| serde_json::to_value(problem).map_or(String::new(), |value: Value| value.to_string()))
        .collect();
    said.sort();
    said
}
