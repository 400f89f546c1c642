//! The promises of the store: one suite for every engine.

use crate::support::{Database, NOW};
use collector::clock::Minute;
use collector::store::{
    Extent, Extents, Kept, NewResponse, NewToken, Opening, Position, Postgres, Publication, Published, Scope,
    Sqlite, Store, SurveyRecord, TokenRecord,
};
use collector::times::Times;
use tempfile::TempDir;

mod at_once;
mod ballots;
mod blocks;
mod coding;
mod collectors;
mod desk;
mod drafts;
mod figures;
mod hold;
mod identities;
mod invitations;
mod limits;
mod matters;
mod meetings;
mod opening;
mod outcomes;
mod paper;
mod partials;
mod people;
mod places;
mod retention;
mod sums;
mod tables;
mod votes;
mod weightings;
mod work;

use ballots::*;
use blocks::*;
use coding::*;
use desk::*;
use drafts::*;
use figures::*;
use identities::*;
use invitations::*;
use limits::*;
use matters::*;
use meetings::*;
use outcomes::*;
use paper::*;
use partials::*;
use people::*;
use places::*;
use retention::*;
use sums::*;
use votes::*;
use weightings::*;
use work::*;

/// An engine that the suite can run on.
trait Engine {
    type Store: Store + 'static;

    fn new() -> Self;

    /// The store, opened anew; what was kept must still be there.
    async fn open(&self) -> Self::Store;
}

struct SqliteEngine(TempDir);

impl Engine for SqliteEngine {
    type Store = Sqlite;

    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    async fn open(&self) -> Sqlite {
        Sqlite::open(self.0.path(), Opening::OrCreate).unwrap()
    }
}

struct PostgresEngine(Database);

impl Engine for PostgresEngine {
    type Store = Postgres;

    fn new() -> Self {
        Self(Database::new())
    }

    async fn open(&self) -> Postgres {
        Postgres::open(&self.0.url().parse().unwrap(), Opening::OrCreate).await.unwrap()
    }
}

/// Makes of every promise a test on each engine.
macro_rules! promises {
    ($($promise:ident)*) => {
        mod sqlite {
            $(#[tokio::test] async fn $promise() { super::$promise::<super::SqliteEngine>(super::Engine::new()).await; })*
        }

        mod postgres {
            $(#[tokio::test] async fn $promise() { super::$promise::<super::PostgresEngine>(super::Engine::new()).await; })*
        }
    };
}

promises! {
    a_voter_has_one_vote_on_a_statement_and_may_change_it
    a_vote_on_a_statement_that_there_is_not_is_passed_over
    statements_are_offered_by_what_they_need_and_only_those_that_everybody_sees
    votes_are_read_in_pages_that_miss_none
    sums_are_those_of_a_recount_whatever_comes_at_once_to_two_collectors
    a_statement_with_many_votes_is_as_quick_as_one_with_few
    voters_and_flags_come_back_as_they_were_kept
    votes_that_are_over_go_with_their_sums_and_are_counted
    sums_of_matters_are_those_of_a_recount_whatever_happened
    sums_of_matters_are_right_after_a_backup_is_restored
    sums_of_matters_stand_when_two_collectors_change_them_at_once
    outcomes_are_added_and_never_changed
    a_survey_is_archived_once_it_is_said_what_came_of_it
    an_archived_survey_is_not_opened_again
    a_count_of_ballots_takes_the_place_of_the_one_before
    whoever_has_come_is_counted_once_in_one_place
    of_two_who_count_people_at_the_door_at_once_one_is_told
    minutes_are_written_one_after_the_other_and_published_for_good
    an_unknown_survey_has_nothing
    an_identity_opens_one_account_and_goes_with_it
    unlinking_ends_the_sessions_that_came_by_a_provider_and_no_others
    roles_are_replaced_as_a_whole
    publishing_makes_a_version_current_and_opens_the_survey
    versions_are_listed_the_current_one_first_then_the_newest
    a_closed_survey_is_not_open_and_keeps_its_versions
    a_closed_survey_keeps_nothing_new_and_knows_what_it_kept
    a_response_is_kept_once_under_its_id
    a_response_to_a_version_that_was_never_published_is_not_kept
    a_response_that_was_taken_back_cannot_come_again
    responses_come_in_order_of_arrival_from_any_position
    the_extent_of_a_survey_counts_what_was_taken_back_apart
    the_position_of_a_response_that_was_taken_back_is_not_given_again
    names_that_no_engine_could_keep_are_those_of_nothing
    one_response_that_the_engine_refuses_spoils_no_other_that_comes_with_it
    contents_are_kept_under_their_hash_and_nothing_else_under_it
    tokens_are_found_by_hash_and_revoked_by_name
    a_response_is_kept_from_the_minute_of_opening_until_that_of_closing
    a_group_never_has_more_than_its_limit_however_many_come_at_once
    a_response_that_is_taken_back_gives_its_place_back
    a_full_group_does_not_hide_what_was_kept_before
    the_files_of_a_version_are_found_by_their_paths
    places_are_kept_as_they_were_on_each_day
    an_import_of_an_earlier_day_changes_nothing
    a_second_import_of_the_same_day_corrects_the_first
    a_batch_is_opened_once_and_stays_as_it_was_opened
    an_entry_is_taken_only_by_who_saw_how_many_there_were
    a_kept_sheet_is_one_response_and_its_entries_are_gone
    of_many_who_settle_a_sheet_at_once_one_does
    a_sheet_is_kept_after_its_survey_was_closed
    a_sheet_of_a_full_group_stays_as_it_was
    a_discarded_sheet_is_keyed_in_anew
    a_later_part_replaces_an_earlier_one_and_never_the_other_way
    parts_are_read_from_position_to_position
    a_part_is_gone_when_the_whole_is_kept_and_a_late_one_changes_nothing
    what_was_taken_back_comes_no_more_but_as_a_whole
    parts_are_kept_while_the_survey_takes_responses
    what_was_changed_last_before_a_minute_expires
    of_a_part_and_its_whole_at_once_the_whole_is_left
    an_account_has_its_name_to_itself_and_one_role_on_a_survey
    a_session_ends_by_itself_with_its_account_or_when_it_is_ended
    the_log_is_read_from_its_end_and_keeps_who_is_there_no_more
    every_survey_is_listed_by_its_id_as_it_stands
    a_block_is_kept_while_its_responses_are_there
    no_two_blocks_overlap
    what_is_taken_back_takes_its_block_away_and_no_other
    surveys_with_a_full_block_to_make_are_named
    figures_are_those_of_a_recount_whatever_happened
    figures_tell_of_the_envelope_and_of_no_pseudonym
    blocks_that_cannot_be_read_are_made_again
    of_two_who_change_a_frame_at_once_one_is_told
    each_coder_has_their_own_tags_and_a_decision_stands_beside_them
    tags_go_with_their_response_and_do_not_come_after_it
    visits_of_several_collectors_add_up
    a_version_of_a_weighting_is_kept_once_and_never_changes
    a_batch_is_issued_once_with_codes_that_nobody_has
    a_code_admits_one_response_which_gets_its_receipt_again
    a_response_that_is_not_kept_spends_no_code
    an_expired_and_a_revoked_code_admit_nobody
    of_many_who_come_with_a_code_at_once_to_two_collectors_one_is_admitted
    what_is_over_is_deleted_as_if_taken_back_and_known_as_what_it_is
    texts_that_are_over_are_overwritten_once_where_nothing_has_changed
    parts_of_one_version_expire_by_its_own_time
    a_turn_is_taken_by_one_until_it_is_over
    a_challenge_is_good_for_one_response_as_often_as_it_comes
    of_many_responses_with_a_challenge_at_once_to_two_collectors_one_is_first
    a_challenge_is_forgotten_when_it_expires
    a_response_opens_its_matter_once_and_numbers_have_no_gap
    of_two_who_change_a_matter_at_once_one_is_told
    matters_are_found_by_how_they_stand
    matters_are_counted_as_they_are_listed_and_everybody_finds_their_own
    a_matter_ends_when_it_was_closed_last
    matters_are_found_by_where_their_responses_stand
    the_draft_of_a_version_is_kept_once_and_never_changes
    what_is_taken_back_ends_its_matter_and_what_was_said_of_it
    numbers_of_many_at_once_to_two_collectors_are_given_once
    a_secret_is_made_once
    a_probe_leaves_nothing
    everything_is_there_when_the_store_is_opened_again
}

fn publication(survey: &str, version: &str) -> Publication {
    let definition = format!(r#"{{"version":"{version}"}}"#);
    Publication {
        survey: survey.to_owned(),
        version: version.to_owned(),
        definition,
        minute: NOW,
        times: Times::default(),
        media: Vec::new(),
    }
}

/// A response to `page-useful`; its hashes follow from its id.
pub(crate) fn new_response(id: &str, version: &str) -> NewResponse {
    let mut receipt = [0; 32];
    receipt.copy_from_slice(id.as_bytes());
    NewResponse {
        id: id.to_owned(),
        survey: "page-useful".to_owned(),
        version: version.to_owned(),
        minute: NOW,
        lang: "kk".to_owned(),
        channel: "embed".to_owned(),
        answers: r#"{"useful":1}"#.to_owned(),
        paradata: "{}".to_owned(),
        receipt,
        content: [1; 32],
        quotas: Vec::new(),
        in_parts: false,
        invitation: None,
        matter: None,
    }
}

fn id(digit: char) -> String {
    digit.to_string().repeat(32)
}

/// A store with `page-useful` published as `v1`.
async fn published<E: Engine>(engine: &E) -> E::Store {
    let store = engine.open().await;
    store.publish(publication("page-useful", "v1")).await.unwrap();
    store
}

async fn ids(store: &impl Store, after: Position, limit: usize) -> Vec<String> {
    let responses = store.responses("page-useful", after, limit).await.unwrap();
    responses.into_iter().map(|response| response.id[..1].to_owned()).collect()
}

async fn an_unknown_survey_has_nothing<E: Engine>(engine: E) {
    let store = published(&engine).await;
    assert_eq!(store.survey("nothing").await.unwrap(), None);
    assert_eq!(store.definition("nothing", "v1").await.unwrap(), None);
    assert_eq!(store.definition("page-useful", "v2").await.unwrap(), None);
    assert!(store.versions("nothing").await.unwrap().is_empty());
    assert!(!store.close("nothing").await.unwrap());
    assert!(store.responses("nothing", Position::default(), 10).await.unwrap().is_empty());
}

async fn publishing_makes_a_version_current_and_opens_the_survey<E: Engine>(engine: E) {
    let store = engine.open().await;
    let publish = async |version| store.publish(publication("page-useful", version)).await.unwrap();
    let current = async || store.survey("page-useful").await.unwrap().unwrap();
    assert_eq!(publish("v1").await, Published::New);
    assert_eq!(
        current().await,
        SurveyRecord { open: true, times: Times::default(), version: "v1".to_owned() }
    );
    assert_eq!(publish("v1").await, Published::Unchanged);
    assert_eq!(publish("v2").await, Published::New);
    assert_eq!(publish("v1").await, Published::Restored);
    assert_eq!(current().await.version, "v1");
    assert!(store.close("page-useful").await.unwrap());
    assert_eq!(publish("v1").await, Published::Restored);
    assert!(current().await.open);
    let definition = store.definition("page-useful", "v2").await.unwrap();
    assert_eq!(definition.as_deref(), Some(r#"{"version":"v2"}"#));
}

async fn versions_are_listed_the_current_one_first_then_the_newest<E: Engine>(engine: E) {
    let store = published(&engine).await;
    for version in ["v2", "v3", "v1"] {
        store.publish(publication("page-useful", version)).await.unwrap();
        store.publish(publication("another", version)).await.unwrap();
    }
    assert_eq!(store.versions("page-useful").await.unwrap(), ["v1", "v3", "v2"]);
}

async fn a_closed_survey_is_not_open_and_keeps_its_versions<E: Engine>(engine: E) {
    let store = published(&engine).await;
    assert!(store.close("page-useful").await.unwrap());
    assert!(store.close("page-useful").await.unwrap(), "closing twice is closing");
    let record = store.survey("page-useful").await.unwrap().unwrap();
    assert_eq!(record, SurveyRecord { open: false, times: Times::default(), version: "v1".to_owned() });
    assert_eq!(store.versions("page-useful").await.unwrap(), ["v1"]);
}

async fn a_closed_survey_keeps_nothing_new_and_knows_what_it_kept<E: Engine>(engine: E) {
    let store = published(&engine).await;
    let [kept, taken_back, new] = ['a', 'b', 'c'].map(|digit| new_response(&id(digit), "v1"));
    store.keep(kept.clone()).await.unwrap();
    store.keep(taken_back.clone()).await.unwrap();
    store.withdraw(taken_back.receipt).await.unwrap();
    store.close("page-useful").await.unwrap();
    assert_eq!(store.keep(kept.clone()).await.unwrap(), Kept::Again);
    assert_eq!(store.keep(NewResponse { content: [2; 32], ..kept.clone() }).await.unwrap(), Kept::Conflict);
    assert_eq!(store.keep(taken_back).await.unwrap(), Kept::Withdrawn);
    assert_eq!(store.keep(new.clone()).await.unwrap(), Kept::Closed);
    assert!(store.withdraw(kept.receipt).await.unwrap(), "an answer can be taken back for ever");
    store.publish(publication("page-useful", "v1")).await.unwrap();
    assert_eq!(store.keep(new).await.unwrap(), Kept::New);
}

async fn a_response_is_kept_once_under_its_id<E: Engine>(engine: E) {
    let store = published(&engine).await;
    let response = new_response(&id('a'), "v1");
    assert_eq!(store.keep(response.clone()).await.unwrap(), Kept::New);
    let later = NewResponse { minute: Minute(NOW.0 + 9), ..response.clone() };
    assert_eq!(store.keep(later).await.unwrap(), Kept::Again);
    let other = NewResponse { answers: "{}".to_owned(), content: [2; 32], ..response };
    assert_eq!(store.keep(other).await.unwrap(), Kept::Conflict);
    let kept = store.responses("page-useful", Position::default(), 10).await.unwrap();
    assert_eq!((kept.len(), kept[0].minute, kept[0].answers.as_str()), (1, NOW, r#"{"useful":1}"#));
}

async fn a_response_to_a_version_that_was_never_published_is_not_kept<E: Engine>(engine: E) {
    let store = published(&engine).await;
    assert!(store.keep(new_response(&id('a'), "v9")).await.is_err());
    assert_eq!(store.keep(new_response(&id('a'), "v1")).await.unwrap(), Kept::New);
}

async fn a_response_that_was_taken_back_cannot_come_again<E: Engine>(engine: E) {
    let store = published(&engine).await;
    let response = new_response(&id('a'), "v1");
    assert!(!store.withdraw(response.receipt).await.unwrap());
    store.keep(response.clone()).await.unwrap();
    assert!(store.withdraw(response.receipt).await.unwrap());
    assert!(store.withdraw(response.receipt).await.unwrap(), "taking back twice is taking back");
    assert_eq!(store.keep(response).await.unwrap(), Kept::Withdrawn);
    assert!(ids(&store, Position::default(), 10).await.is_empty());
}

async fn responses_come_in_order_of_arrival_from_any_position<E: Engine>(engine: E) {
    let store = published(&engine).await;
    store.publish(publication("another", "v1")).await.unwrap();
    for digit in ['d', 'b', 'c', 'a'] {
        store.keep(new_response(&id(digit), "v1")).await.unwrap();
        let elsewhere = format!("{digit}").repeat(31) + "0";
        let elsewhere = NewResponse { survey: "another".to_owned(), ..new_response(&elsewhere, "v1") };
        store.keep(elsewhere).await.unwrap();
    }
    assert_eq!(ids(&store, Position::default(), 10).await, ["d", "b", "c", "a"]);
    assert_eq!(ids(&store, Position::default(), 3).await, ["d", "b", "c"]);
    let first_two = store.responses("page-useful", Position::default(), 2).await.unwrap();
    assert_eq!(ids(&store, first_two[1].position, 10).await, ["c", "a"]);
}

async fn the_extent_of_a_survey_counts_what_was_taken_back_apart<E: Engine>(engine: E) {
    let store = published(&engine).await;
    assert_eq!(store.extent("page-useful").await.unwrap(), Extent::default());
    for digit in ['a', 'b', 'c'] {
        store.keep(new_response(&id(digit), "v1")).await.unwrap();
    }
    let last = store.responses("page-useful", Position::default(), 10).await.unwrap()[2].position;
    assert_eq!(
        store.extent("page-useful").await.unwrap(),
        Extent { responses: 3, withdrawn: 0, last, forgotten: 0 }
    );
    store.withdraw(new_response(&id('c'), "v1").receipt).await.unwrap();
    assert_eq!(
        store.extent("page-useful").await.unwrap(),
        Extent { responses: 2, withdrawn: 1, last, forgotten: 0 }
    );
    assert_eq!(store.extent("no\0survey").await.unwrap(), Extent::default());
}

async fn the_position_of_a_response_that_was_taken_back_is_not_given_again<E: Engine>(engine: E) {
    let store = published(&engine).await;
    let last = new_response(&id('a'), "v1");
    store.keep(last.clone()).await.unwrap();
    let position = store.responses("page-useful", Position::default(), 10).await.unwrap()[0].position;
    store.withdraw(last.receipt).await.unwrap();
    store.keep(new_response(&id('b'), "v1")).await.unwrap();
    assert_eq!(ids(&store, position, 10).await, ["b"]);
}

async fn names_that_no_engine_could_keep_are_those_of_nothing<E: Engine>(engine: E) {
    let store = published(&engine).await;
    for name in ["page\0useful", "\0", "", "\u{10ffff}"] {
        assert_eq!(store.survey(name).await.unwrap(), None);
        assert_eq!(store.definition(name, name).await.unwrap(), None);
        assert_eq!(store.medium("page-useful", "v1", name).await.unwrap(), None);
        assert_eq!(store.content(name).await.unwrap(), None);
        assert!(store.versions(name).await.unwrap().is_empty());
        assert!(store.responses(name, Position::default(), 10).await.unwrap().is_empty());
        assert!(!store.close(name).await.unwrap() && !store.revoke_token(name).await.unwrap());
    }
}

async fn one_response_that_the_engine_refuses_spoils_no_other_that_comes_with_it<E: Engine>(engine: E) {
    let store = std::sync::Arc::new(published(&engine).await);
    let keep = |number: u32| {
        let (store, version) = (store.clone(), if number.is_multiple_of(5) { "v9" } else { "v1" });
        let response = new_response(&format!("{number:032x}"), version);
        tokio::spawn(async move { store.keep(response).await })
    };
    let keeping: Vec<_> = (1..=40).map(keep).collect();
    let mut kept = 0;
    for task in keeping {
        kept += usize::from(task.await.unwrap().is_ok_and(|kept| kept == Kept::New));
    }
    assert_eq!(kept, 32);
    assert_eq!(store.responses("page-useful", Position::default(), 100).await.unwrap().len(), 32);
}

async fn tokens_are_found_by_hash_and_revoked_by_name<E: Engine>(engine: E) {
    let store = engine.open().await;
    let token = |hash, name: &str, surveys: Option<&[&str]>| NewToken {
        hash: [hash; 32],
        name: name.to_owned(),
        surveys: surveys.map(|surveys| surveys.iter().map(ToString::to_string).collect()),
        scope: if hash == 2 { Scope::Clerk } else { Scope::Read },
        created: NOW,
        expires: (hash == 2).then_some(NOW),
    };
    assert!(store.add_token(token(2, "two", Some(&["a", "b"]))).await.unwrap());
    assert!(store.add_token(token(1, "one", None)).await.unwrap());
    assert!(!store.add_token(token(3, "one", None)).await.unwrap());
    let record = |name: &str, surveys, scope| {
        let expires = (scope == Scope::Clerk).then_some(NOW);
        TokenRecord { name: name.to_owned(), surveys, scope, created: NOW, expires }
    };
    let two = record("two", Some(vec!["a".to_owned(), "b".to_owned()]), Scope::Clerk);
    assert_eq!(store.tokens().await.unwrap(), [record("one", None, Scope::Read), two.clone()]);
    assert_eq!(store.token([2; 32]).await.unwrap(), Some(two));
    assert_eq!(store.token([3; 32]).await.unwrap(), None);
    assert!(store.revoke_token("two").await.unwrap());
    assert!(!store.revoke_token("two").await.unwrap());
    assert_eq!(store.token([2; 32]).await.unwrap(), None);
}

async fn a_secret_is_made_once<E: Engine>(engine: E) {
    let (one, two) = (engine.open().await, engine.open().await);
    assert_eq!(one.secret("s", vec![1]).await.unwrap(), [1]);
    assert_eq!(two.secret("s", vec![2]).await.unwrap(), [1]);
    assert_eq!(two.secret("t", vec![2]).await.unwrap(), [2]);
}

async fn a_probe_leaves_nothing<E: Engine>(engine: E) {
    let store = engine.open().await;
    store.probe().await.unwrap();
    store.probe().await.unwrap();
    assert_eq!(store.secret("probe", vec![7]).await.unwrap(), [7]);
    assert!(store.probe().await.is_err(), "a write that fails is noticed");
}

async fn everything_is_there_when_the_store_is_opened_again<E: Engine>(engine: E) {
    let store = published(&engine).await;
    store.keep(new_response(&id('a'), "v1")).await.unwrap();
    drop(store);
    let store = engine.open().await;
    assert_eq!(ids(&store, Position::default(), 10).await, ["a"]);
    assert!(store.survey("page-useful").await.unwrap().is_some_and(|survey| survey.open));
}
