//! The files of a store, and opening them.

use collector::store::{Opening, Sqlite};

#[cfg(unix)]
#[test]
fn directory_and_database_are_for_their_owner_alone() {
    use std::os::unix::fs::PermissionsExt;
    let parent = tempfile::tempdir().unwrap();
    let directory = parent.path().join("deep/data");
    let _store = Sqlite::open(&directory, Opening::OrCreate).unwrap();
    let mode = |path: &std::path::Path| path.metadata().unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&directory), 0o700);
    for file in ["qulaq.db", "qulaq.db-wal", "qulaq.db-shm"] {
        assert_eq!(mode(&directory.join(file)), 0o600, "{file}");
    }
}

#[test]
fn a_directory_without_a_database_is_not_taken_for_an_empty_store() {
    let directory = tempfile::tempdir().unwrap();
    let error = Sqlite::open(directory.path(), Opening::Existing).unwrap_err();
    assert!(error.to_string().contains("there is no database"));
    assert_eq!(std::fs::read_dir(directory.path()).unwrap().count(), 0);
}

#[test]
fn a_new_store_can_be_opened_by_many_at_the_same_moment() {
    for _ in 0..10 {
        let directory = tempfile::tempdir().unwrap();
        let open = || Sqlite::open(directory.path(), Opening::OrCreate).map(drop);
        std::thread::scope(|scope| {
            let openings: Vec<_> = (0..8).map(|_| scope.spawn(open)).collect();
            openings.into_iter().for_each(|opening| opening.join().unwrap().unwrap());
        });
    }
}
