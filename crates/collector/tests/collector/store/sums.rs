//! Sums of matters: what is kept up is what a recount says, whatever was done, in what order, by how many at once, and after
//! a backup was restored.

use super::matters::{SURVEY, event};
use super::{Engine, NOW, new_response, published};
use collector::clock::Minute;
use collector::store::{
    Due, Matter, MatterCount, MatterFilter, Matters, NewMatter, NewResponse, Position, Store, Voice, What,
};
use matter::{Shown, State};
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use tokio::sync::mpsc;

/// Something that happens to the matters of a survey.
#[derive(Clone, Debug)]
enum Step {
    Opened {
        subject: Option<u8>,
        shown: Shown,
        voice: Voice,
    },
    Changed {
        which: prop::sample::Index,
        state: State,
        shown: Shown,
        subject: Option<u8>,
    },
    TakenBack(prop::sample::Index),
    /// The oldest ones are over, so many.
    Over(usize),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let shown = || prop::sample::select(vec![Shown::Waiting, Shown::Shown, Shown::Hidden]);
    let subject = || prop::option::of(0_u8..3);
    let voice = (prop::option::of(1_i64..3), prop::option::of(1_i64..3))
        .prop_map(|(stance, speaker)| Voice { stance, speaker });
    let state =
        prop::sample::select(vec![State::Received, State::Accepted, State::Rejected, State::Answered]);
    let which = any::<prop::sample::Index>;
    let step = prop_oneof![
        6 => (subject(), shown(), voice).prop_map(|(subject, shown, voice)| Step::Opened { subject, shown, voice }),
        4 => (which(), state, shown(), subject())
            .prop_map(|(which, state, shown, subject)| Step::Changed { which, state, shown, subject }),
        2 => which().prop_map(Step::TakenBack),
        1 => (1_usize..4).prop_map(Step::Over),
    ];
    prop::collection::vec(step, 60)
}

/// A history that is the same each time.
fn history(seed: u8) -> Vec<Step> {
    let random = TestRng::from_seed(RngAlgorithm::ChaCha, &[seed; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), random);
    steps().new_tree(&mut runner).unwrap().current()
}

fn subject(number: Option<u8>) -> Option<String> {
    number.map(|number| format!("p-{number}"))
}

/// The response that is opened as this one, which came in that minute.
fn response(number: u8, (about, shown, voice): (Option<u8>, Shown, Voice)) -> NewResponse {
    let matter = NewMatter {
        year: 2026,
        subject: subject(about),
        body: about.map(|_| "roads".to_owned()),
        responsible: None,
        registered: None,
        due: None,
        shown,
        voice,
    };
    let minute = Minute(NOW.0 + i64::from(number));
    NewResponse { minute, matter: Some(matter), ..new_response(&format!("{number:032x}"), "v1") }
}

async fn all(store: &impl Store) -> Vec<Matter> {
    store.matters(SURVEY, &MatterFilter::default(), None, 9999).await.unwrap()
}

/// The sums as they are kept, and as a recount of the matters has them; what each author said is known to the test alone.
async fn assert_recount(store: &impl Store, voices: &HashMap<Position, Voice>) {
    let mut recount: BTreeMap<String, u64> = BTreeMap::new();
    let sort = |state: State, shown: Shown, subject: &Option<String>, body: &Option<String>, voice: Voice| {
        format!("{} {shown:?} {subject:?} {body:?} {voice:?}", state.name())
    };
    for matter in all(store).await {
        let gone = matter.state == State::Withdrawn;
        let voice = if gone { Voice::default() } else { voices[&matter.response] };
        *recount
            .entry(sort(matter.state, matter.shown, &matter.subject, &matter.body, voice))
            .or_default() += 1;
    }
    let kept = store.matter_counts(SURVEY).await.unwrap();
    let kept: BTreeMap<String, u64> = kept
        .into_iter()
        .map(|MatterCount { state, shown, subject, body, voice, count }| {
            (sort(state, shown, &subject, &body, voice), count)
        })
        .collect();
    assert_eq!(kept, recount);
}

/// Does one step.
async fn step(store: &impl Store, (number, step): (u8, &Step), voices: &mut HashMap<Position, Voice>) {
    let matters = all(store).await;
    match step {
        Step::Opened { subject, shown, voice } => {
            store.keep(response(number, (*subject, *shown, *voice))).await.unwrap();
            let newest = all(store).await.last().unwrap().response;
            voices.insert(newest, *voice);
        }
        Step::Changed { which, state, shown, subject } if !matters.is_empty() => {
            let before = which.get(&matters).clone();
            let subject = self::subject(*subject);
            let after = Matter { state: *state, shown: *shown, subject, ..before.clone() };
            store.change_matter(&before, after, event("changed")).await.unwrap();
        }
        Step::TakenBack(which) if !matters.is_empty() => {
            let opened = which.get(&matters).opened;
            let number = u8::try_from(opened.0 - NOW.0).unwrap();
            let receipt = new_response(&format!("{number:032x}"), "v1").receipt;
            store.withdraw(receipt).await.unwrap();
        }
        Step::Over(many) if !matters.is_empty() => {
            let before = matters[(*many).min(matters.len()) - 1].opened;
            let due =
                Due { survey: SURVEY.to_owned(), version: "v1".to_owned(), what: What::Responses, before };
            let these = matters.iter().map(|matter| matter.response).collect();
            store.expire(&due, these, NOW).await.unwrap();
        }
        _ => {}
    }
}

pub(super) async fn sums_of_matters_are_those_of_a_recount_whatever_happened<E: Engine>(engine: E) {
    let store = published(&engine).await;
    let mut voices = HashMap::new();
    for (number, done) in (0..).zip(history(1).iter().chain(&history(2)).chain(&history(3))) {
        step(&store, (number, done), &mut voices).await;
        assert_recount(&store, &voices).await;
    }
    assert!(all(&store).await.len() > 40, "much happened");
    assert_recount(&engine.open().await, &voices).await;
}

pub(super) async fn sums_of_matters_are_right_after_a_backup_is_restored<E: Engine>(engine: E) {
    let store = Arc::new(published(&engine).await);
    let mut voices = HashMap::new();
    for (number, done) in (0..).zip(&history(4)) {
        step(&*store, (number, done), &mut voices).await;
    }
    let (other, (out, mut dumped), (into, taken)) = (E::new(), mpsc::channel(4), mpsc::channel(4));
    let restored = other.open().await;
    let dumping = tokio::spawn(async move { store.dump(out).await.unwrap() });
    let passing = tokio::spawn(async move {
        while let Some(rows) = dumped.recv().await {
            into.send(Some(rows)).await.unwrap();
        }
        into.send(None).await.unwrap();
    });
    assert!(restored.load(taken).await.unwrap());
    dumping.await.unwrap();
    passing.await.unwrap();
    assert_recount(&restored, &voices).await;
}

pub(super) async fn sums_of_matters_stand_when_two_collectors_change_them_at_once<E: Engine>(engine: E) {
    let stores = [Arc::new(published(&engine).await), Arc::new(engine.open().await)];
    let voice = Voice { stance: Some(1), speaker: Some(2) };
    let opened = |number: u8| {
        let store = Arc::clone(&stores[usize::from(number % 2)]);
        let new = response(number, (Some(number % 3), Shown::Waiting, voice));
        tokio::spawn(async move { store.keep(new).await.unwrap() })
    };
    for opening in (0..30).map(opened).collect::<Vec<_>>() {
        opening.await.unwrap();
    }
    let voices: HashMap<Position, Voice> =
        all(&*stores[0]).await.iter().map(|matter| (matter.response, voice)).collect();
    let changed = |(number, before): (usize, Matter)| {
        let store = Arc::clone(&stores[number % 2]);
        let receipt =
            response(u8::try_from(before.opened.0 - NOW.0).unwrap(), (None, Shown::Shown, voice)).receipt;
        tokio::spawn(async move {
            if number % 3 == 0 {
                store.withdraw(receipt).await.unwrap();
            } else {
                let after = Matter { state: State::Accepted, shown: Shown::Shown, ..before.clone() };
                store.change_matter(&before, after, event("changed")).await.unwrap();
            }
        })
    };
    let changing: Vec<_> = all(&*stores[1]).await.into_iter().enumerate().map(changed).collect();
    for changing in changing {
        changing.await.unwrap();
    }
    assert_recount(&*stores[0], &voices).await;
}
