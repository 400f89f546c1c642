//! Whether somebody is who they say: the name, the password, and how often it was tried.

use crate::http::App;
use crate::people::password::Hashed;
use crate::people::sign_in_name;
use crate::people::throttle::Throttle;
use crate::random::NoRandomness;
use crate::refusal::Refusal;
use crate::store::PersonRecord;
use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{OnceCell, Semaphore};
use tokio::task::spawn_blocking;

/// Passwords that are hashed at the same time, 19 MiB each, and how long the next one waits for its turn.
const AT_ONCE: usize = 2;
const PATIENCE: Duration = Duration::from_secs(10);

/// What guards the door.
pub(crate) struct Signing {
    throttle: Throttle,
    hashing: Semaphore,
    /// What is compared where there is no such account.
    nobody: OnceCell<Hashed>,
}

/// What came of a try.
#[derive(Debug)]
pub(super) enum Tried {
    /// They are who they say.
    Right(Box<PersonRecord>),
    /// There is no such account, it is shut, or the password is another: nobody is told which.
    Wrong,
    /// Too many tries before this one.
    TooMany,
}

impl Default for Signing {
    fn default() -> Self {
        Self { throttle: Throttle::default(), hashing: Semaphore::new(AT_ONCE), nobody: OnceCell::new() }
    }
}

/// Tries a name and a password that somebody typed. It takes as long for a name that there is not.
pub(super) async fn try_password(
    app: &App,
    (name, password): (&str, String),
    address: Option<IpAddr>,
) -> Result<Tried, Refusal> {
    let name = sign_in_name(name).unwrap_or_default();
    let admitted = app.signing.throttle.admits((&name, address), (app.clock)(), &app.random);
    if !admitted.map_err(Refusal::of_randomness)? {
        return Ok(Tried::TooMany);
    }
    let nobody = app.signing.nobody.get_or_try_init(|| hashed(app, Hashed::of_nobody)).await?;
    let person = app.store.person(&name).await.map_err(Refusal::of_store)?;
    // Whose account has no password takes as long as one that there is not.
    let own = person.as_ref().map(|person| &person.password).filter(|password| !password.is_none());
    let hash = own.unwrap_or(nobody).clone();
    let right = in_turn(app, move || hash.is_of(&password)).await?;
    let person = person.filter(|person| right && !person.disabled);
    Ok(person.map_or(Tried::Wrong, |person| {
        app.signing.throttle.forget(&name);
        Tried::Right(Box::new(person))
    }))
}

/// The hash of a new password.
pub(super) async fn hash(app: &App, password: String) -> Result<Hashed, Refusal> {
    hashed(app, move |random| Hashed::of(&password, random)).await
}

async fn hashed<F>(app: &App, make: F) -> Result<Hashed, Refusal>
where
    F: FnOnce(&crate::random::Random) -> Result<Hashed, NoRandomness> + Send + 'static,
{
    let random = Arc::clone(&app.random);
    in_turn(app, move || make(&random)).await?.map_err(Refusal::of_randomness)
}

/// Runs what takes long on a thread where nobody else waits, a few at once.
async fn in_turn<T, F>(app: &App, work: F) -> Result<T, Refusal>
where
    T: Send + 'static,
    F: FnOnce() -> T + Send + 'static,
{
    let turn = tokio::time::timeout(PATIENCE, app.signing.hashing.acquire()).await;
    let _turn = turn.map_err(|_| Refusal::Busy)?.map_err(|_| Refusal::Busy)?;
    spawn_blocking(work).await.map_err(|error| Refusal::internal("a password could not be hashed", &error))
}
