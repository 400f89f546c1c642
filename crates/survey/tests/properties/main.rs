//! What must hold for every survey and every answer: definitions, answers and citizens made up at random.
//!
//! Everything is made from [`dice::Dice`], bytes that `proptest` invents and, when something fails, makes fewer: fewer
//! pages, fewer questions, fewer steps. The fuzz targets in `crates/fuzz` make the same surveys from their own bytes.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod answering;
mod dice;
mod documents;
mod fields;
mod mutation;
mod pace;
mod surveys;
mod walk;

use dice::Dice;
use proptest::collection::vec;
use proptest::prelude::*;
use survey::columns::Table;
use survey::route::Route;
use survey::{Answers, At, Occasion, Pace, Survey, check};

/// So many cases in every run; `PROPTEST_CASES` asks for more.
fn config(cases: u32) -> ProptestConfig {
    let cases =
        if std::env::var_os("PROPTEST_CASES").is_some() { ProptestConfig::default().cases } else { cases };
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 400, ..ProptestConfig::default() }
}

proptest! {
    #![proptest_config(config(600))]

    /// (a) Whatever a document says, reading it ends with a survey or with faults that say where.
    #[test]
    fn any_document_is_read_or_refused_with_paths(bytes in vec(any::<u8>(), 0..200)) {
        let mut dice = Dice::of(&bytes);
        let mut document = documents::any(&mut dice);
        for _ in 0..=dice.below(6) {
            mutation::mutate(&mut document, &mut dice);
        }
        documents::try_reading(&document);
    }

    /// (b) Whatever a response says, it is taken or refused; what is taken fills its row.
    #[test]
    fn any_answers_are_taken_or_refused(bytes in vec(any::<u8>(), 0..200)) {
        let mut dice = Dice::of(&bytes);
        let survey = documents::example(&mut dice);
        let answers = answering::any(&survey, &mut dice);
        documents::try_answers(&survey, &answers, dice.below(3) as u32);
    }
}

proptest! {
    #![proptest_config(config(300))]

    /// (c) Whoever answers what is asked comes to the end, by script and without, forth and back.
    #[test]
    fn a_citizen_who_answers_never_strands(bytes in vec(any::<u8>(), 40..500)) {
        let mut dice = Dice::of(&bytes);
        let survey = surveys::any(&mut dice);
        walk::walk(&survey, &mut dice);
    }

    /// (d) The answers that stand, stand by themselves: what they lead to is where they come from.
    #[test]
    fn a_route_of_standing_answers_is_the_same_route(bytes in vec(any::<u8>(), 40..500)) {
        let mut dice = Dice::of(&bytes);
        let survey = surveys::any(&mut dice);
        let occasion = Occasion { seed: dice.below(5) as u32, today: walk::today() };
        let map = answering::any(&survey, &mut dice);
        let Ok(answers) = Answers::read_carried(&survey, &map) else { return Ok(()) };
        let route = Route::of(&survey, &answers, occasion);
        prop_assert_eq!(&Route::of(&survey, route.answers(), occasion), &route);
        let shown = check::shown_answers(&survey, &answers, occasion);
        prop_assert_eq!(&check::shown_answers(&survey, &shown, occasion), &shown);
        for page in 0..survey.pages.len() {
            // The order has neither gaps nor circles: back from what comes after is where one was.
            if let (true, Some(At::Page(next))) = (route.shows_page(&survey, page), route.after(&survey, At::Page(page))) {
                prop_assert_eq!(route.before(&survey, At::Page(next)), Some(At::Page(page)));
            }
        }
    }

    /// (e) The browser's reader and the collector's make the same of a survey.
    #[test]
    fn a_published_survey_leads_the_same_way_on_both_ends(bytes in vec(any::<u8>(), 40..500)) {
        let mut dice = Dice::of(&bytes);
        let document = surveys::document(&mut dice);
        let (ours, theirs) = (Survey::from_value(&document).unwrap(), Survey::from_published(&document).unwrap());
        let occasion = Occasion { seed: dice.below(5) as u32, today: walk::today() };
        let map = answering::any(&ours, &mut dice);
        let (here, there) = (Answers::read(&ours, &map), Answers::read(&theirs, &map));
        prop_assert_eq!(&here, &there);
        if let Ok(answers) = here {
            prop_assert_eq!(Route::of(&ours, &answers, occasion), Route::of(&theirs, &answers, occasion));
            prop_assert_eq!(check(&ours, &answers, occasion), check(&theirs, &answers, occasion));
            let row = |survey: &Survey| Table::of(&[survey]).row(0, survey, &answers, occasion);
            prop_assert_eq!(row(&ours), row(&theirs));
        }
    }
    /// (f) One question a page, the same is asked in the same order, and the same answers come of it.
    #[test]
    fn one_question_a_page_asks_the_same(bytes in vec(any::<u8>(), 40..500)) {
        let mut dice = Dice::of(&bytes);
        let survey = surveys::any(&mut dice);
        let occasion = Occasion { seed: dice.below(50) as u32, today: walk::today() };
        let map = answering::any(&survey, &mut dice);
        if let Ok(answers) = Answers::read_carried(&survey, &map) {
            pace::compare(&survey, &answers, occasion);
        }
        walk::walk(&survey.at_pace(Pace::One, occasion.seed), &mut dice);
    }
}
