//! People: one account a name, one role a survey, sessions that end, and a log that is only added to.

use super::{Engine, publication, published};
use crate::support::NOW;
use collector::clock::Minute;
use collector::people::deed::{Act, Deed};
use collector::people::password::Hashed;
use collector::people::rights::{Role, Roles};
use collector::store::{Over, People, PersonChange, PersonRecord, SessionRecord, Store, Way, Which};

/// Nothing is over.
const NOTHING: Over = Over { created: Minute(0), seen: Minute(0) };

fn person(name: &str, roles: &[(Option<&str>, Role)]) -> PersonRecord {
    PersonRecord {
        name: name.to_owned(),
        display: "Айгүл \"Ә\" Серікова".to_owned(),
        password: Hashed::stored("$argon2id$…".to_owned()),
        lang: "kk".to_owned(),
        disabled: false,
        created: NOW,
        roles: Roles(roles.iter().map(|(survey, role)| (survey.map(str::to_owned), *role)).collect()),
    }
}

fn session(hash: u8, person: &str, created: i64, seen: i64) -> SessionRecord {
    let (created, seen) = (Minute(created), Minute(seen));
    SessionRecord { hash: [hash; 32], person: person.to_owned(), created, seen, way: Way::Password }
}

pub(super) async fn an_account_has_its_name_to_itself_and_one_role_on_a_survey<E: Engine>(engine: E) {
    let store = engine.open().await;
    let aigul = person("aigul", &[(None, Role::Viewer), (Some("a"), Role::Analyst)]);
    let bolat = person("bolat", &[]);
    assert!(store.add_person(bolat.clone()).await.unwrap());
    assert!(store.add_person(aigul.clone()).await.unwrap());
    assert!(!store.add_person(person("aigul", &[(None, Role::Owner)])).await.unwrap());
    assert_eq!(engine.open().await.people().await.unwrap(), [aigul.clone(), bolat.clone()]);
    assert_eq!(store.person("aigul").await.unwrap(), Some(aigul));
    assert_eq!(store.person("nobody").await.unwrap(), None);

    assert!(store.set_role("aigul", Some("a"), Some(Role::Owner)).await.unwrap());
    assert!(store.set_role("aigul", None, None).await.unwrap());
    assert!(!store.set_role("nobody", None, Some(Role::Owner)).await.unwrap());
    let roles = store.person("aigul").await.unwrap().unwrap().roles;
    assert_eq!(roles, Roles(vec![(Some("a".to_owned()), Role::Owner)]));

    let password = Hashed::stored("another".to_owned());
    assert!(store.change_person("bolat", PersonChange::Password(password.clone())).await.unwrap());
    assert!(store.change_person("bolat", PersonChange::Lang("ru".to_owned())).await.unwrap());
    assert!(!store.change_person("nobody", PersonChange::Disabled(true)).await.unwrap());
    let changed = PersonRecord { password, lang: "ru".to_owned(), ..bolat };
    assert_eq!(store.person("bolat").await.unwrap(), Some(changed));
}

pub(super) async fn a_session_ends_by_itself_with_its_account_or_when_it_is_ended<E: Engine>(engine: E) {
    let store = engine.open().await;
    for name in ["aigul", "bolat"] {
        assert!(store.add_person(person(name, &[(None, Role::Viewer)])).await.unwrap());
    }
    assert!(store.begin_session(session(9, "nobody", 1, 1), NOTHING).await.is_err(), "nobody's session");
    for (hash, name, at) in [(1, "aigul", 10), (2, "aigul", 20), (3, "aigul", 30), (4, "bolat", 40)] {
        store.begin_session(session(hash, name, at, at), NOTHING).await.unwrap();
    }
    store.see_session([1; 32], Minute(50)).await.unwrap();
    let known = async |name: &str| -> Vec<u8> {
        store.sessions(name).await.unwrap().iter().map(|session| session.hash[0]).collect()
    };
    assert_eq!(known("aigul").await, [1, 3, 2], "the one seen last first");
    assert_eq!(store.session([1; 32]).await.unwrap(), Some(session(1, "aigul", 10, 50)));
    assert_eq!(store.end_sessions(Which::One([2; 32])).await.unwrap(), 1);
    assert_eq!(store.end_sessions(Which::One([2; 32])).await.unwrap(), 0);
    assert_eq!(store.end_sessions(Which::Of("aigul".to_owned(), Some([1; 32]))).await.unwrap(), 1);
    assert_eq!(known("aigul").await, [1]);
    // What began too long ago, or was not seen for long, is cleared away by the next session that begins.
    let over = Over { created: Minute(10), seen: Minute(40) };
    store.begin_session(session(5, "bolat", 60, 60), over).await.unwrap();
    assert_eq!((known("aigul").await, known("bolat").await), (vec![], vec![5]));
    assert!(store.change_person("bolat", PersonChange::Disabled(true)).await.unwrap());
    assert_eq!(store.session([5; 32]).await.unwrap(), None, "a shut account has no sessions");
    store.begin_session(session(6, "aigul", 70, 70), NOTHING).await.unwrap();
    assert!(store.remove_person("aigul").await.unwrap());
    assert!(!store.remove_person("aigul").await.unwrap());
    assert_eq!(store.session([6; 32]).await.unwrap(), None);
    assert_eq!(engine.open().await.people().await.unwrap().len(), 1);
}

pub(super) async fn the_log_is_read_from_its_end_and_keeps_who_is_there_no_more<E: Engine>(engine: E) {
    let store = engine.open().await;
    let deed = |who: &str, act, survey: Option<&str>| Deed {
        minute: NOW,
        who: who.to_owned(),
        act,
        survey: survey.map(str::to_owned),
        details: "ә".to_owned(),
    };
    let deeds = [
        deed("aigul", Act::SignedIn, None),
        deed("token pipeline", Act::Downloaded, Some("a")),
        deed("aigul", Act::ReadTexts, Some("b")),
    ];
    for deed in deeds.clone() {
        store.write_down(deed).await.unwrap();
    }
    let [first, second, third] = deeds;
    let read = async |before, limit| store.deeds(before, limit).await.unwrap();
    let latest = read(None, 2).await;
    let (numbers, latest): (Vec<i64>, Vec<Deed>) = latest.into_iter().unzip();
    assert_eq!(latest, [third, second]);
    let rest: Vec<Deed> = read(numbers.last().copied(), 2).await.into_iter().map(|(_, deed)| deed).collect();
    assert_eq!(rest, [first]);
}

pub(super) async fn every_survey_is_listed_by_its_id_as_it_stands<E: Engine>(engine: E) {
    let store = published(&engine).await;
    store.publish(publication("another", "v1")).await.unwrap();
    assert!(store.close("page-useful").await.unwrap());
    let listed = store.surveys().await.unwrap();
    let ids: Vec<&str> = listed.iter().map(|(id, _)| id.as_str()).collect();
    assert_eq!(ids, ["another", "page-useful"]);
    for (id, record) in &listed {
        assert_eq!(store.survey(id).await.unwrap().as_ref(), Some(record));
    }
}
