//! The classifier of places as dated data.

use super::Engine;
use collector::store::{Import, Place, Store};

fn place(code: i64, kk: &str) -> Place {
    let (level, within) =
        if code % 10_000_000 == 0 { (1, None) } else { (2, Some(code / 10_000_000 * 10_000_000)) };
    Place { code, level, within, kk: kk.to_owned(), ru: kk.to_owned() }
}

fn codes(places: &[Place]) -> Vec<(i64, &str)> {
    places.iter().map(|place| (place.code, place.kk.as_str())).collect()
}

pub(super) async fn places_are_kept_as_they_were_on_each_day<E: Engine>(engine: E) {
    let store = engine.open().await;
    assert_eq!(store.places(None).await.unwrap(), []);
    let old = vec![place(610_000_000, "Оңтүстік"), place(613_000_000, "Келес")];
    let done = store.import_places(old, "2021-01-01").await.unwrap().unwrap();
    assert_eq!(done, Import { new: 2, changed: 0, ended: 0 });
    let new = vec![place(610_000_000, "Түркістан"), place(614_000_000, "Келес")];
    let done = store.import_places(new, "2026-01-01").await.unwrap().unwrap();
    assert_eq!(done, Import { new: 1, changed: 1, ended: 1 });

    let store = engine.open().await;
    let before = store.places(Some("2025-12-31")).await.unwrap();
    assert_eq!(codes(&before), [(610_000_000, "Оңтүстік"), (613_000_000, "Келес")]);
    let after = [(610_000_000, "Түркістан"), (614_000_000, "Келес")];
    assert_eq!(codes(&store.places(Some("2026-01-01")).await.unwrap()), after);
    assert_eq!(codes(&store.places(None).await.unwrap()), after);
    assert_eq!(store.places(Some("2020-12-31")).await.unwrap(), []);
}

pub(super) async fn an_import_of_an_earlier_day_changes_nothing<E: Engine>(engine: E) {
    let store = engine.open().await;
    store.import_places(vec![place(610_000_000, "Түркістан")], "2026-01-01").await.unwrap().unwrap();
    assert_eq!(store.import_places(Vec::new(), "2025-01-01").await.unwrap(), None);
    assert_eq!(codes(&store.places(None).await.unwrap()), [(610_000_000, "Түркістан")]);
}

pub(super) async fn a_second_import_of_the_same_day_corrects_the_first<E: Engine>(engine: E) {
    let store = engine.open().await;
    let day = "2026-01-01";
    let first = vec![place(610_000_000, "Туркістан"), place(611_000_000, "Артық")];
    store.import_places(first, day).await.unwrap().unwrap();
    let second = vec![place(610_000_000, "Түркістан")];
    let done = store.import_places(second.clone(), day).await.unwrap().unwrap();
    assert_eq!(done, Import { new: 0, changed: 1, ended: 1 });
    assert_eq!(codes(&store.places(Some(day)).await.unwrap()), [(610_000_000, "Түркістан")]);
    let again = store.import_places(second, day).await.unwrap().unwrap();
    assert_eq!(again, Import::default());
}
