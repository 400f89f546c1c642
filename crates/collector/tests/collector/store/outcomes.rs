//! What came of surveys, and surveys that are archived.

use super::{Engine, publication};
use crate::support::NOW;
use collector::clock::Minute;
use collector::store::{Archived, Archiving, Outcome, Outcomes, Published, Store};

fn outcome(survey: &str, number: u32, said: &str) -> Outcome {
    let (survey, said) = (survey.to_owned(), said.to_owned());
    Outcome { survey, number, minute: Minute(NOW.0 + i64::from(number)), who: "aigul".to_owned(), said }
}

fn archived(survey: &str, reason: Option<&str>) -> Archived {
    let (who, reason) = ("aigul".to_owned(), reason.map(str::to_owned));
    Archived { survey: survey.to_owned(), minute: NOW, who, reason }
}

pub(super) async fn outcomes_are_added_and_never_changed<E: Engine>(engine: E) {
    let store = engine.open().await;
    let [first, second, other] = [outcome("a", 1, "{\"ә\":1}"), outcome("a", 2, "{}"), outcome("b", 1, "{}")];
    for each in [&first, &other, &second] {
        assert!(store.publish_outcome(each.clone()).await.unwrap());
    }
    assert!(!store.publish_outcome(outcome("a", 2, "{\"of\":\"another\"}")).await.unwrap());

    let store = engine.open().await;
    assert_eq!(store.outcomes("a").await.unwrap(), [second.clone(), first.clone()]);
    assert_eq!(store.outcomes("c\0").await.unwrap(), []);
    let newest = store.all_outcomes(None, 2).await.unwrap();
    assert_eq!(newest.iter().map(|(_, outcome)| outcome).collect::<Vec<_>>(), [&second, &other]);
    let before = store.all_outcomes(Some(newest[1].0), 2).await.unwrap();
    assert_eq!(before.into_iter().map(|(_, outcome)| outcome).collect::<Vec<_>>(), [first]);
}

pub(super) async fn a_survey_is_archived_once_it_is_said_what_came_of_it<E: Engine>(engine: E) {
    let store = engine.open().await;
    assert_eq!(store.archive(archived("small", None)).await.unwrap(), Archiving::Unknown);
    for survey in ["small", "other"] {
        store.publish(publication(survey, "v1")).await.unwrap();
        assert_eq!(store.archive(archived(survey, None)).await.unwrap(), Archiving::Owed);
        assert!(store.survey(survey).await.unwrap().unwrap().open, "nothing was changed");
    }
    store.publish_outcome(outcome("small", 1, "{}")).await.unwrap();
    assert_eq!(store.archive(archived("small", None)).await.unwrap(), Archiving::Done);
    assert_eq!(store.archive(archived("other", Some("{\"kk\":\"Ә\"}"))).await.unwrap(), Archiving::Done);

    let store = engine.open().await;
    assert_eq!(store.archived("small").await.unwrap(), Some(archived("small", None)));
    assert_eq!(store.archived("other").await.unwrap(), Some(archived("other", Some("{\"kk\":\"Ә\"}"))));
    assert_eq!(store.archived("c\0").await.unwrap(), None);
    assert_eq!(store.archive(archived("small", Some("{}"))).await.unwrap(), Archiving::Already);
    assert_eq!(store.archived("small").await.unwrap(), Some(archived("small", None)));
}

pub(super) async fn an_archived_survey_is_not_opened_again<E: Engine>(engine: E) {
    let store = engine.open().await;
    store.publish(publication("small", "v1")).await.unwrap();
    store.archive(archived("small", Some("{}"))).await.unwrap();
    for version in ["v1", "v2"] {
        assert_eq!(store.publish(publication("small", version)).await.unwrap(), Published::Archived);
    }
    assert!(!store.survey("small").await.unwrap().unwrap().open);
    assert_eq!(store.versions("small").await.unwrap(), ["v1"], "nothing was added");
}
