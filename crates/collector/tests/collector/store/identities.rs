//! Identities: each opens one account, and goes with it.

use super::Engine;
use crate::support::NOW;
use collector::clock::Minute;
use collector::people::password::Hashed;
use collector::people::rights::{Role, Roles};
use collector::store::{Identities, Identity, Over, People, PersonRecord, SessionRecord, Way, Welcomed};

fn person(name: &str) -> PersonRecord {
    PersonRecord {
        name: name.to_owned(),
        display: name.to_owned(),
        password: Hashed::none(),
        lang: "kk".to_owned(),
        disabled: false,
        created: NOW,
        roles: Roles(vec![(None, Role::Viewer)]),
    }
}

fn identity(subject: &str) -> Identity {
    Identity { issuer: "https://id.example".to_owned(), subject: subject.to_owned() }
}

pub(super) async fn an_identity_opens_one_account_and_goes_with_it<E: Engine>(engine: E) {
    let store = engine.open().await;
    assert_eq!(store.welcome(person("aigul"), identity("a")).await.unwrap(), Welcomed::Made);
    assert_eq!(store.welcome(person("other"), identity("a")).await.unwrap(), Welcomed::Known);
    assert_eq!(store.welcome(person("aigul"), identity("b")).await.unwrap(), Welcomed::NameTaken);
    assert_eq!(store.people().await.unwrap(), [person("aigul")], "nothing is half made");
    assert!(!store.link(identity("a"), "aigul", NOW).await.unwrap(), "it opens one already");
    assert!(!store.link(identity("b"), "nobody", NOW).await.unwrap());
    assert!(store.link(identity("b"), "aigul", NOW).await.unwrap());
    assert_eq!(store.identities("aigul").await.unwrap(), [identity("a"), identity("b")]);
    let elsewhere = Identity { issuer: "https://other.example".to_owned(), ..identity("a") };
    assert_eq!(store.identified(&elsewhere).await.unwrap(), None, "another provider's a is somebody else");
    assert_eq!(store.identified(&identity("a\0")).await.unwrap(), None);
    assert_eq!(engine.open().await.identified(&identity("b")).await.unwrap().as_deref(), Some("aigul"));
    assert!(store.remove_person("aigul").await.unwrap());
    assert_eq!(store.identified(&identity("a")).await.unwrap(), None);
}

pub(super) async fn unlinking_ends_the_sessions_that_came_by_a_provider_and_no_others<E: Engine>(engine: E) {
    let store = engine.open().await;
    store.welcome(person("aigul"), identity("a")).await.unwrap();
    for (hash, way) in [(1, Way::Password), (2, Way::Provider)] {
        let session =
            SessionRecord { hash: [hash; 32], person: "aigul".to_owned(), created: NOW, seen: NOW, way };
        let nothing = Over { created: Minute(0), seen: Minute(0) };
        store.begin_session(session.clone(), nothing).await.unwrap();
        assert_eq!(store.session([hash; 32]).await.unwrap(), Some(session));
    }
    assert!(store.unlink(identity("a")).await.unwrap());
    assert!(!store.unlink(identity("a")).await.unwrap());
    let left = store.sessions("aigul").await.unwrap();
    assert_eq!(left.iter().map(|session| session.way).collect::<Vec<_>>(), [Way::Password]);
}

pub(super) async fn roles_are_replaced_as_a_whole<E: Engine>(engine: E) {
    let store = engine.open().await;
    store.welcome(person("aigul"), identity("a")).await.unwrap();
    let roles = Roles(vec![(Some("a".to_owned()), Role::Analyst), (Some("b".to_owned()), Role::Viewer)]);
    assert!(store.set_roles("aigul", roles.clone()).await.unwrap());
    assert_eq!(store.person("aigul").await.unwrap().unwrap().roles, roles);
    assert!(!store.set_roles("nobody", roles).await.unwrap());
    assert!(store.set_roles("aigul", Roles::default()).await.unwrap());
    assert_eq!(store.person("aigul").await.unwrap().unwrap().roles, Roles::default());
}
