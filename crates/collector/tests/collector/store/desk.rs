//! What a workbench asks: how many matters are like this, whose they are, and when they were closed.

use super::matters::{SURVEY, event, matter, with_matter};
use super::{Engine, NOW, published};
use collector::clock::Minute;
use collector::store::{Desk, Matter, MatterEvent, MatterFilter, Matters, Own, Position, Store};
use matter::State;
use survey::calendar::Date;

pub(super) async fn matters_are_counted_as_they_are_listed_and_everybody_finds_their_own<E: Engine>(
    engine: E,
) {
    let store = published(&engine).await;
    for digit in ['a', 'b', 'c'] {
        store.keep(with_matter(digit)).await.unwrap();
    }
    let before = matter(&store, 2).await;
    let after = Matter {
        state: State::Assigned,
        responsible: Some("bolat".to_owned()),
        body: Some("parks".to_owned()),
        due: Date::parse("2026-12-01"),
        control: true,
        ..before.clone()
    };
    store.change_matter(&before, after, event("assigned")).await.unwrap();
    let all = MatterFilter::default;
    let own = |responsible: &str, bodies: &[&str]| {
        let bodies = bodies.iter().map(ToString::to_string).collect();
        MatterFilter { own: Some(Own { responsible: responsible.to_owned(), bodies }), ..all() }
    };
    for (filter, count) in [
        (all(), 3),
        (own("bolat", &[]), 1),
        (own("bolat", &["roads"]), 3),
        (own("nobody", &["parks", "roads"]), 3),
        (own("nobody", &[]), 0),
        (own("a\0", &[]), 0),
        (MatterFilter { due_from: Date::parse("2026-12-02"), ..all() }, 2),
        (
            MatterFilter {
                due_from: Date::parse("2026-12-01"),
                due_before: Date::parse("2026-12-02"),
                ..all()
            },
            1,
        ),
        (MatterFilter { states: vec![State::Assigned], control: Some(true), ..own("bolat", &["roads"]) }, 1),
    ] {
        let counted = store.count_matters(SURVEY, &filter).await.unwrap();
        let listed = store.matters(SURVEY, &filter, None, 9).await.unwrap().len() as u64;
        assert_eq!((counted, listed), (count, count), "{filter:?}");
    }
    assert_eq!(store.count_matters("another", &all()).await.unwrap(), 0);
}

pub(super) async fn a_matter_ends_when_it_was_closed_last<E: Engine>(engine: E) {
    let store = published(&engine).await;
    for digit in ['a', 'b'] {
        store.keep(with_matter(digit)).await.unwrap();
    }
    for (minute, state, what) in
        [(1, State::Closed, "closed"), (2, State::Assigned, "assigned"), (3, State::Closed, "closed")]
    {
        let before = matter(&store, 1).await;
        let done = MatterEvent { minute: Minute(NOW.0 + minute), ..event(what) };
        store.change_matter(&before, Matter { state, ..before.clone() }, done).await.unwrap();
    }
    let before = matter(&store, 2).await;
    let reopened = Matter { state: State::Assigned, ..before.clone() };
    store.change_matter(&before, reopened, event("closed")).await.unwrap();
    let first: Position = matter(&store, 1).await.response;
    assert_eq!(store.matter_ends(SURVEY).await.unwrap(), [(first, Minute(NOW.0 + 3))]);
    assert_eq!(store.matter_ends("a\0").await.unwrap(), []);
}
