//! Who has come to a meeting, and its minutes.

use super::Engine;
use crate::support::NOW;
use collector::store::{ByMode, Meetings, Minutes, MinutesDraft, Mode, Present};
use matter::MatterNumber;

fn number(serial: u32) -> MatterNumber {
    MatterNumber::new(2026, serial).unwrap()
}

fn draft(revision: u32, said: &str) -> MinutesDraft {
    MinutesDraft {
        survey: "a".to_owned(),
        revision,
        minute: NOW,
        who: "aigul".to_owned(),
        said: said.to_owned(),
    }
}

fn minutes(survey: &str, number: u32, said: &str) -> Minutes {
    let (survey, said) = (survey.to_owned(), said.to_owned());
    Minutes { survey, number, minute: NOW, who: "aigul".to_owned(), said }
}

pub(super) async fn whoever_has_come_is_counted_once_in_one_place<E: Engine>(engine: E) {
    let store = engine.open().await;
    assert_eq!(store.present("a").await.unwrap(), Present::default());
    for (serial, mode) in
        [(1, Mode::Room), (1, Mode::Room), (2, Mode::Room), (2, Mode::Online), (3, Mode::Room)]
    {
        store.check_in("a", number(serial), mode).await.unwrap();
    }
    store.check_in("b", number(1), Mode::Online).await.unwrap();
    let asked = [number(3), number(9), number(2)];
    let there = store.attendance_of("a", &asked).await.unwrap();
    assert_eq!(there, [(number(3), Mode::Room), (number(2), Mode::Online)]);
    assert!(store.check_out("a", number(3)).await.unwrap());
    assert!(!store.check_out("a", number(3)).await.unwrap(), "it was taken back before");

    let store = engine.open().await;
    let present = store.present("a").await.unwrap();
    assert_eq!(present.registered, ByMode { room: 1, online: 1 });
    assert_eq!((present.total(), store.present("b").await.unwrap().total()), (2, 1));
    assert_eq!(store.present("c\0").await.unwrap(), Present::default());
    assert_eq!(store.attendance_of("c\0", &asked).await.unwrap(), []);
}

pub(super) async fn of_two_who_count_people_at_the_door_at_once_one_is_told<E: Engine>(engine: E) {
    let store = engine.open().await;
    assert!(!store.count_walk_ins("a", Mode::Room, (3, 4)).await.unwrap(), "there are none");
    assert!(store.count_walk_ins("a", Mode::Room, (0, 4)).await.unwrap());
    assert!(!store.count_walk_ins("a", Mode::Room, (0, 7)).await.unwrap());
    assert!(store.count_walk_ins("a", Mode::Online, (0, 2)).await.unwrap());
    assert!(store.count_walk_ins("a", Mode::Room, (4, 3)).await.unwrap());
    let store = engine.open().await;
    let present = store.present("a").await.unwrap();
    assert_eq!(
        (present.walked_in, present.all()),
        (ByMode { room: 3, online: 2 }, ByMode { room: 3, online: 2 })
    );
}

pub(super) async fn minutes_are_written_one_after_the_other_and_published_for_good<E: Engine>(engine: E) {
    let store = engine.open().await;
    assert_eq!(store.minutes_draft("a").await.unwrap(), None);
    assert!(!store.keep_minutes_draft(draft(2, "{}")).await.unwrap(), "there is no first one");
    assert!(store.keep_minutes_draft(draft(1, "{\"ә\":1}")).await.unwrap());
    assert!(!store.keep_minutes_draft(draft(1, "{}")).await.unwrap());
    assert!(store.keep_minutes_draft(draft(2, "{\"ә\":2}")).await.unwrap());
    assert!(!store.keep_minutes_draft(draft(2, "{}")).await.unwrap());

    assert!(store.publish_minutes(minutes("a", 1, "{\"ә\":2}")).await.unwrap());
    assert!(!store.publish_minutes(minutes("a", 1, "{}")).await.unwrap());
    assert!(store.publish_minutes(minutes("a", 2, "{}")).await.unwrap());
    assert!(store.publish_minutes(minutes("b", 1, "{}")).await.unwrap());

    let store = engine.open().await;
    assert_eq!(store.minutes_draft("a").await.unwrap(), Some(draft(2, "{\"ә\":2}")));
    let published = store.minutes("a").await.unwrap();
    assert_eq!(published, [minutes("a", 2, "{}"), minutes("a", 1, "{\"ә\":2}")]);
    assert_eq!(store.minutes("c\0").await.unwrap(), []);
    assert_eq!(store.minutes_draft("c\0").await.unwrap(), None);
}
