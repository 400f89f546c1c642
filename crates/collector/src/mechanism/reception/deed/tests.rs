//! What may be done with a matter, and what its history says then.

use super::super::tests::reception;
use super::*;
use crate::store::Position;
use matter::{MatterNumber, Shown};

const NOW: Minute = Minute(29_550_000);

fn date(text: &str) -> Date {
    Date::parse(text).unwrap()
}

fn matter(state: State) -> Matter {
    Matter {
        survey: "visit".to_owned(),
        number: MatterNumber::new(2026, 17).unwrap(),
        response: Position(1),
        opened: NOW,
        state,
        subject: Some("1".to_owned()),
        body: Some("transport".to_owned()),
        responsible: Some("a.serikova".to_owned()),
        registered: Some(date("2026-03-26")),
        due: Some(date("2026-04-15")),
        control: false,
        shown: Shown::Waiting,
        same_as: None,
        revision: 3,
    }
}

fn done(deed: Deed, state: State) -> Result<(Matter, MatterEvent), Unfit> {
    deed.done(&reception(), &matter(state), ("c.control", NOW))
}

#[test]
fn a_matter_has_one_responsible_head_whoever_takes_gives_or_forwards_it() {
    let (after, event) = done(Deed::Take, State::Received).unwrap();
    assert_eq!((after.state, after.responsible.as_deref()), (State::Assigned, Some("c.control")));
    assert_eq!((event.what.as_str(), event.public), ("assigned", true));
    let (after, _) = done(Deed::Give("d.new".to_owned()), State::Assigned).unwrap();
    assert_eq!(after.responsible.as_deref(), Some("d.new"));
    let forward = Deed::Forward("care".to_owned(), " Not ours ".to_owned());
    let (after, event) = done(forward, State::Received).unwrap();
    assert_eq!((after.body.as_deref(), after.responsible.as_deref()), (Some("care"), Some("b.omarov")));
    assert_eq!(event.said, r#"{"from":"transport","reason":"Not ours","to":"care"}"#);
    // The due day stays: who forwards gains no time.
    assert_eq!(after.due, Some(date("2026-04-15")));
}

#[test]
fn a_body_without_a_head_leaves_it_to_whoever_keeps_control() {
    let (after, _) = done(Deed::Forward("housing".to_owned(), "x".to_owned()), State::Assigned).unwrap();
    assert_eq!((after.body.as_deref(), after.responsible), (Some("housing"), None));
    for body in ["transport", "nowhere"] {
        assert_eq!(
            done(Deed::Forward(body.to_owned(), "x".to_owned()), State::Assigned).unwrap_err(),
            Unfit::Body
        );
    }
}

#[test]
fn a_term_is_extended_to_a_later_day_and_never_without_a_reason() {
    let extend = |day: &str, reason: &str| done(Deed::Extend(date(day), reason.to_owned()), State::Assigned);
    let (after, event) = extend("2026-05-05", "Survey of the entrance").unwrap();
    assert_eq!(after.due, Some(date("2026-05-05")));
    assert!(event.public && event.said.contains("2026-04-15"));
    assert_eq!(extend("2026-05-05", " ").unwrap_err(), Unfit::NoWords);
    assert_eq!(extend("2026-04-15", "x").unwrap_err(), Unfit::Day);
    let extended = Deed::Extend(date("2026-05-05"), "x".to_owned());
    assert_eq!(done(extended, State::Closed).unwrap_err(), Unfit::State);
}

#[test]
fn what_was_taken_back_is_left_alone() {
    let deeds = [
        Deed::Take,
        Deed::Give("x".to_owned()),
        Deed::Answer("x".to_owned(), "kk".to_owned()),
        Deed::Decline("x".to_owned()),
        Deed::Close,
    ];
    for deed in deeds {
        assert_eq!(done(deed, State::Withdrawn).unwrap_err(), Unfit::State);
    }
}

#[test]
fn a_note_is_for_the_staff_and_everything_else_for_the_citizen_too() {
    assert!(!done(Deed::Note("x".to_owned()), State::Assigned).unwrap().1.public);
    assert!(done(Deed::Control(true), State::Assigned).unwrap().1.public);
    let (after, event) = done(Deed::Answer("Done".to_owned(), "kk".to_owned()), State::Assigned).unwrap();
    assert_eq!((after.state, event.what.as_str(), event.public), (State::Answered, "answer", true));
    let long = "ә".repeat(MOST + 1);
    assert_eq!(done(Deed::Note(long), State::Assigned).unwrap_err(), Unfit::TooLong);
}

#[test]
fn what_was_not_solved_is_open_again_with_a_new_day_and_what_the_citizen_typed_is_masked() {
    let due = Some(date("2026-06-01"));
    let said = "Пандус жоқ, call +7 701 234 56 78";
    let (after, event) = Solved::No.said(&matter(State::Closed), (said, due), NOW).unwrap();
    assert_eq!((after.state, after.due), (State::Assigned, due));
    assert!(event.said.contains("[телефон]") && !event.said.contains("701"), "{}", event.said);
    assert!(event.who.is_empty() && event.public);
    let (after, _) = Solved::Partly.said(&matter(State::Answered), ("", None), NOW).unwrap();
    assert_eq!(after.state, State::Answered);
    assert_eq!(Solved::Yes.said(&matter(State::Assigned), ("", None), NOW).unwrap_err(), Unfit::State);
}

#[test]
fn a_citizen_is_asked_once_for_each_answer_and_only_weeks_after_it() {
    let at = |what: &str, minute: i64| MatterEvent {
        revision: 1,
        minute: Minute(minute),
        who: String::new(),
        what: what.to_owned(),
        said: "{}".to_owned(),
        public: true,
    };
    let day_of = |minute: Minute| Date::from_days(i32::try_from(minute.0 / 1440).unwrap());
    let day = |days: i32| Date::from_days(days).unwrap();
    let asked = |events: &[MatterEvent], state: State, days: i32| {
        is_to_be_asked(&reception(), events, (state, day(days)), day_of)
    };
    let answered = vec![at("assigned", 0), at("answer", 100 * 1440), at("note", 101 * 1440)];
    assert!(!asked(&answered, State::Answered, 129));
    assert!(asked(&answered, State::Answered, 130) && asked(&answered, State::Closed, 200));
    assert!(!asked(&answered, State::Assigned, 200), "it is being dealt with again");
    let said = [answered.clone(), vec![at("solved", 130 * 1440)]].concat();
    assert!(!asked(&said, State::Answered, 200));
    let again = [said, vec![at("answer", 140 * 1440)]].concat();
    assert!(!asked(&again, State::Answered, 169) && asked(&again, State::Answered, 170));
    assert!(!asked(&[at("declined", 0)], State::Declined, 400));
}

#[test]
fn every_word_of_a_citizen_names_one() {
    assert!(Solved::ALL.iter().all(|solved| Solved::named(solved.name()) == Some(*solved)));
    assert_eq!(Solved::named("maybe"), None);
}
