//! Matters: one for each response that opens one, followed by many at once, and ended with its response.

use super::{Engine, NOW, id, new_response, publication, published};
use crate::support::NOW as OPENED;
use collector::store::{
    Changed, Kept, Matter, MatterEvent, MatterFilter, Matters, NewMatter, NewResponse, Position, QuotaPlace,
    Store, Voice,
};
use matter::{MatterNumber, Shown, State};
use std::sync::Arc;
use survey::calendar::Date;

pub(super) const SURVEY: &str = "page-useful";

fn opening(topic: &str) -> NewMatter {
    NewMatter {
        year: 2026,
        subject: Some(topic.to_owned()),
        body: Some("roads".to_owned()),
        responsible: None,
        registered: Date::parse("2026-11-23"),
        due: Date::parse("2026-12-14"),
        shown: Shown::Waiting,
        voice: Voice::default(),
    }
}

pub(super) fn with_matter(digit: char) -> NewResponse {
    NewResponse { matter: Some(opening("1")), ..new_response(&id(digit), "v1") }
}

fn number(serial: u32) -> MatterNumber {
    MatterNumber::new(2026, serial).unwrap()
}

pub(super) fn event(what: &str) -> MatterEvent {
    MatterEvent {
        revision: 0,
        minute: NOW,
        who: "aigul".to_owned(),
        what: what.to_owned(),
        said: r#"{"text":"Жауап"}"#.to_owned(),
        public: true,
    }
}

pub(super) async fn matter(store: &impl Store, serial: u32) -> Matter {
    store.matter(SURVEY, number(serial)).await.unwrap().unwrap()
}

async fn numbers(store: &impl Store, filter: MatterFilter, after: Option<u32>, limit: usize) -> Vec<u32> {
    let found = store.matters(SURVEY, &filter, after.map(number), limit).await.unwrap();
    found.into_iter().map(|matter| matter.number.serial()).collect()
}

pub(super) async fn a_response_opens_its_matter_once_and_numbers_have_no_gap<E: Engine>(engine: E) {
    let store = published(&engine).await;
    assert_eq!(store.keep(with_matter('a')).await.unwrap(), Kept::New);
    assert_eq!(store.keep(with_matter('a')).await.unwrap(), Kept::Again);
    let full = vec![QuotaPlace { name: "women".to_owned(), limit: 0 }];
    let refused = NewResponse { quotas: full, ..with_matter('b') };
    assert_eq!(store.keep(refused).await.unwrap(), Kept::Full(0));
    assert_eq!(store.keep(new_response(&id('c'), "v1")).await.unwrap(), Kept::New);
    assert_eq!(store.keep(with_matter('d')).await.unwrap(), Kept::New);
    let next_year = NewMatter { year: 2027, ..opening("2") };
    let next_year = NewResponse { matter: Some(next_year), ..new_response(&id('e'), "v1") };
    assert_eq!(store.keep(next_year).await.unwrap(), Kept::New);
    let store = engine.open().await;
    assert_eq!(numbers(&store, MatterFilter::default(), None, 9).await, [1, 2, 1]);
    let first = matter(&store, 1).await;
    assert_eq!((first.state, first.shown, first.revision), (State::Received, Shown::Waiting, 0));
    assert_eq!((first.due, first.opened), (Date::parse("2026-12-14"), OPENED));
    assert_eq!(store.matter_with(with_matter('a').receipt).await.unwrap(), Some(first));
    assert_eq!(store.matter_with(new_response(&id('c'), "v1").receipt).await.unwrap(), None);
    assert_eq!(store.matter(SURVEY, number(9)).await.unwrap(), None);
    assert_eq!(store.matter("a\0b", number(1)).await.unwrap(), None);
}

pub(super) async fn of_two_who_change_a_matter_at_once_one_is_told<E: Engine>(engine: E) {
    let store = Arc::new(published(&engine).await);
    store.keep(with_matter('a')).await.unwrap();
    let before = matter(&*store, 1).await;
    let changing: Vec<_> = (0..8)
        .map(|official| {
            let (store, before) = (Arc::clone(&store), before.clone());
            let after = Matter {
                state: State::Assigned,
                responsible: Some(format!("head {official}")),
                control: true,
                ..before.clone()
            };
            tokio::spawn(async move { store.change_matter(&before, after, event("assigned")).await.unwrap() })
        })
        .collect();
    let (mut done, mut told) = (Vec::new(), Vec::new());
    for changed in changing {
        match changed.await.unwrap() {
            Changed::Done(matter) => done.push(matter),
            Changed::Stale(matter) => told.push(matter),
            Changed::Unknown => panic!("it is there"),
        }
    }
    assert_eq!((done.len(), told.len()), (1, 7));
    assert!(told.iter().all(|now| *now == done[0]), "all are told how it stands");
    assert_eq!((done[0].state, done[0].control, done[0].revision), (State::Assigned, true, 1));
    let events = store.matter_events(SURVEY, number(1)).await.unwrap();
    assert_eq!(events, [MatterEvent { revision: 1, ..event("assigned") }]);
    let nobodys = Matter { number: number(7), ..done[0].clone() };
    assert_eq!(store.change_matter(&nobodys, nobodys.clone(), event("x")).await.unwrap(), Changed::Unknown);
}

pub(super) async fn matters_are_found_by_how_they_stand<E: Engine>(engine: E) {
    let store = published(&engine).await;
    for digit in ['a', 'b', 'c', 'd'] {
        store.keep(with_matter(digit)).await.unwrap();
    }
    let before = matter(&store, 2).await;
    let after = Matter {
        state: State::Answered,
        responsible: Some("bolat".to_owned()),
        due: Date::parse("2026-12-01"),
        shown: Shown::Shown,
        same_as: Some(number(1)),
        ..before.clone()
    };
    store.change_matter(&before, after, event("answered")).await.unwrap();
    let all = MatterFilter::default;
    assert_eq!(numbers(&store, all(), Some(1), 2).await, [2, 3]);
    let newest = MatterFilter { newest_first: true, ..all() };
    assert_eq!(numbers(&store, newest, Some(4), 2).await, [3, 2]);
    for only_the_second in [
        MatterFilter { states: vec![State::Answered, State::Closed], ..all() },
        MatterFilter { responsible: Some("bolat".to_owned()), ..all() },
        MatterFilter { shown: Some(Shown::Shown), ..all() },
        MatterFilter { due_before: Date::parse("2026-12-02"), ..all() },
        MatterFilter { same_as: Some(number(1)), ..all() },
    ] {
        assert_eq!(numbers(&store, only_the_second.clone(), None, 9).await, [2], "{only_the_second:?}");
    }
    let others = MatterFilter {
        states: vec![State::Received],
        subject: Some("1".to_owned()),
        body: Some("roads".to_owned()),
        control: Some(false),
        ..all()
    };
    assert_eq!(numbers(&store, others, Some(1), 9).await, [3, 4]);
    let of_nothing = MatterFilter { subject: Some("a\0".to_owned()), ..all() };
    assert!(numbers(&store, of_nothing, None, 9).await.is_empty());
    let counts = store.matter_counts(SURVEY).await.unwrap();
    let counts: Vec<_> = counts.iter().map(|count| (count.state, count.shown, count.count)).collect();
    assert_eq!(counts, [(State::Answered, Shown::Shown, 1), (State::Received, Shown::Waiting, 3)]);
    let positions = [matter(&store, 3).await.response, before.response, Position(999)];
    let said: Vec<String> =
        store.responses_at(&positions).await.unwrap().into_iter().map(|said| said.id).collect();
    assert_eq!(said, [id('c'), id('b')]);
}

pub(super) async fn what_is_taken_back_ends_its_matter_and_what_was_said_of_it<E: Engine>(engine: E) {
    let store = published(&engine).await;
    store.keep(with_matter('a')).await.unwrap();
    let before = matter(&store, 1).await;
    let after = Matter { shown: Shown::Shown, ..before.clone() };
    store.change_matter(&before, after, event("shown")).await.unwrap();
    assert!(store.withdraw(with_matter('a').receipt).await.unwrap());
    let ended = matter(&store, 1).await;
    assert_eq!((ended.state, ended.shown, ended.revision), (State::Withdrawn, Shown::Hidden, 2));
    let events = store.matter_events(SURVEY, number(1)).await.unwrap();
    assert_eq!(events[0].said.trim_end(), "{}");
    assert!(store.responses_at(&[ended.response]).await.unwrap().is_empty());
    let late =
        store.change_matter(&ended, Matter { state: State::Answered, ..ended.clone() }, event("answered"));
    assert_eq!(late.await.unwrap(), Changed::Stale(ended), "nobody goes on with it");
    assert_eq!(store.keep(with_matter('a')).await.unwrap(), Kept::Withdrawn);
}

pub(super) async fn numbers_of_many_at_once_to_two_collectors_are_given_once<E: Engine>(engine: E) {
    let stores = [Arc::new(published(&engine).await), Arc::new(engine.open().await)];
    stores[0].publish(publication("another", "v1")).await.unwrap();
    let keeping: Vec<_> = (0..60_u32)
        .map(|serial| {
            let store = Arc::clone(&stores[usize::from(serial % 2 == 0)]);
            let id = format!("{serial:032x}");
            let survey = if serial < 40 { SURVEY } else { "another" };
            let response = NewResponse {
                survey: survey.to_owned(),
                matter: Some(opening("1")),
                ..new_response(&id, "v1")
            };
            tokio::spawn(async move { store.keep(response).await.unwrap() })
        })
        .collect();
    for kept in keeping {
        assert_eq!(kept.await.unwrap(), Kept::New);
    }
    let all: Vec<u32> = (1..=40).collect();
    assert_eq!(numbers(&*stores[0], MatterFilter::default(), None, 99).await, all);
    assert_eq!(stores[1].matters("another", &MatterFilter::default(), None, 99).await.unwrap().len(), 20);
}
