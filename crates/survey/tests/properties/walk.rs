//! A citizen who goes through a survey and answers what is asked, by script and without.

use crate::answering::{Seen, allowed_of};
use crate::dice::Dice;
use crate::fields;
use survey::calendar::Date;
use survey::columns::Table;
use survey::form::{Go, Posted, Step, shown_names, step};
use survey::route::Route;
use survey::{Answer, Answers, At, Occasion, Question, Survey, check};

/// The day of all walks.
pub(crate) fn today() -> Option<Date> {
    Date::new(2026, 11, 23)
}

/// Goes from the first page to sending, answering at random, back now and then, with answers changed while they are
/// checked. What is sent must be taken.
pub(crate) fn walk(survey: &Survey, dice: &mut Dice<'_>) {
    let occasion = Occasion { seed: dice.below(200) as u32, today: today() };
    let mut posted = Posted { answers: survey.defaults(), ..Posted::default() };
    posted.at = At::Page(Route::of(survey, &posted.answers, occasion).first(survey));
    let mut detours = 4;
    // Each page is left once, and comes again once for each question that appears only then; a detour repeats it all.
    let most = (survey.pages.len() + survey.questions().count() + 2) * (detours + 1);
    for _ in 0..=most {
        if let At::Page(page) = posted.at {
            fill(survey, page, &mut posted, occasion, dice);
        }
        look(survey, &mut posted, occasion);
        posted.go = button(survey, &posted, &mut detours, occasion, dice);
        let by_form = without_scripts(survey, &posted, occasion);
        let before = posted.clone();
        let stepped = step(survey, &mut posted, occasion);
        assert_eq!(by_form, (stepped.clone(), posted.clone()), "a form without scripts leads elsewhere");
        match stepped {
            Step::Send(answers) => return sent(survey, &answers, occasion),
            Step::At { at, problems } => {
                assert_eq!(problems, [], "{:#?}", before.answers);
                assert_eq!(at, posted.at);
                if before.go == Go::Next && !before.changing {
                    back_and_forth(survey, &before, &posted, occasion);
                }
            }
        }
    }
    panic!("after {most} steps still at {:?} with {:#?}", posted.at, posted.answers);
}

/// Onwards; now and then back, or to change an answer.
fn button(
    survey: &Survey,
    posted: &Posted,
    detours: &mut usize,
    occasion: Occasion,
    dice: &mut Dice<'_>,
) -> Go {
    if *detours == 0 || !dice.once_in(4) {
        return Go::Next;
    }
    *detours -= 1;
    match posted.at {
        At::Page(_) => Go::Back,
        At::Review => {
            let route = Route::of(survey, &posted.answers, occasion);
            let listed = |page: &usize| route.shows_page(survey, *page) && !survey.pages[*page].after_review;
            let pages: Vec<usize> = (0..survey.pages.len()).filter(listed).collect();
            dice.one(&pages).map_or(Go::Next, |page| Go::Change(*page))
        }
    }
}

/// The same step by the fields of the form. The answers of a form are those of its fields.
fn without_scripts(survey: &Survey, posted: &Posted, occasion: Occasion) -> (Step, Posted) {
    let fields = fields::of(survey, posted);
    let mut read =
        Posted::read(survey, fields.clone()).unwrap_or_else(|problems| panic!("{problems:?} in {fields:#?}"));
    assert_eq!(read.answers, posted.answers, "{fields:#?}");
    let stepped = step(survey, &mut read, occasion);
    (stepped, read)
}

/// From the next page back and on again: nothing has changed.
fn back_and_forth(survey: &Survey, before: &Posted, after: &Posted, occasion: Occasion) {
    let route = Route::of(survey, &after.answers, occasion);
    // A survey may show nothing at all; then its first page stands there and nobody comes back to it.
    let is_shown = |at: At| matches!(at, At::Page(page) if route.shows_page(survey, page));
    if after.at == before.at || before.at != At::Review && !is_shown(before.at) {
        return;
    }
    let mut walked = after.clone();
    for (go, at) in [(Go::Back, before.at), (Go::Next, after.at)] {
        walked.go = go;
        assert_eq!(step(survey, &mut walked, occasion), Step::At { at, problems: Vec::new() }, "{route:?}");
    }
    assert_eq!(walked.answers, after.answers);
}

fn sent(survey: &Survey, answers: &Answers, occasion: Occasion) {
    assert_eq!(
        check(survey, answers, occasion),
        [],
        "the form sends what the collector refuses: {answers:#?}"
    );
    let json = answers.to_value();
    assert_eq!(Answers::read(survey, json.as_object().unwrap()).as_ref(), Ok(answers));
    let table = Table::of(&[survey]);
    assert_eq!(table.row(0, survey, answers, occasion).len(), table.columns().len());
}

/// Notes what the page shows.
fn look(survey: &Survey, posted: &mut Posted, occasion: Occasion) {
    if let At::Page(page) = posted.at {
        let route = Route::of(survey, &posted.answers, occasion);
        posted.shown = Some(shown_names(survey, page, &route, &posted.shown.take().unwrap_or_default()));
    }
}

/// Answers a page: each question when it comes, what is required always, the rest sometimes, what is hidden never. What
/// was answered before mostly stays.
fn fill(survey: &Survey, page: usize, posted: &mut Posted, occasion: Occasion, dice: &mut Dice<'_>) {
    for (index, question) in survey.pages[page].questions.iter().enumerate() {
        let place = (page, index);
        let route = Route::of(survey, &posted.answers, occasion);
        if !question.domain.is_asked() || !route.shows(place) {
            continue;
        }
        let sound = is_sound(survey, &route, question, place);
        if sound && posted.answers.get(&question.name).is_some() && !dice.once_in(3) {
            continue;
        }
        let seen =
            Seen { offers: &|code| route.offers(place, code), asks: &|row| route.asks_row(place, row) };
        let answer =
            allowed_of(question, &seen, dice).filter(|_| must(survey, &route, question) || dice.below(4) < 3);
        posted.answers.set(&question.name, answer.clone());
        let words = question
            .chooses_other(answer.as_ref())
            .then(|| Answer::Text("own, \"words\"\nof two lines".to_owned()));
        posted.answers.set(&question.other_name(), words);
    }
}

fn must(survey: &Survey, route: &Route, question: &Question) -> bool {
    question.required
        || question.required_if.as_ref().is_some_and(|condition| route.satisfies(survey, condition))
}

/// Whether nothing is wrong with what stands.
fn is_sound(survey: &Survey, route: &Route, question: &Question, place: (usize, usize)) -> bool {
    let problems = check::check_page(survey, route, place.0, route.answers());
    let of_question = |name: &str| name == question.name || name.starts_with(&format!("{}.", question.name));
    problems.iter().all(|problem| !problem.question.as_deref().is_some_and(of_question))
}
