//! How often somebody may name a code that no invitation has. Typing errors are told by the code itself and are no
//! guesses, so that people hardly ever come near the limit: [docs/guarding.md](../../../docs/guarding.md) has the odds.

use super::counts::{Counts, Named, network};
use crate::clock::{Clock, Minute};
use crate::http::App;
use crate::random::{NoRandomness, Random};
use crate::refusal::Refusal;
use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::Notify;

/// Guesses of a network in an hour, for each survey.
const OF_NETWORK: u32 = 10;
/// Guesses in an hour from wherever nobody can say what network it is, for each survey: one limit for all who come
/// through a proxy that the settings do not name.
const OF_NOWHERE: u32 = 300;

const MINUTES: i64 = 60;

/// The wrong codes of the last hour.
pub(crate) struct Guesses {
    looked_at: Mutex<LookedAt>,
    /// Told whenever it is known of a code whether it was a guess.
    known: Notify,
}

struct LookedAt {
    counts: Counts,
    /// Codes that are being looked at: nobody knows yet whether they are guesses.
    under_way: HashMap<Named, u32>,
}

/// A code that is being looked at. It was a guess unless somebody says otherwise.
#[must_use]
pub(crate) struct Guess<'a> {
    guesses: &'a Guesses,
    name: Named,
    is_wrong: bool,
}

/// What comes of a wish to have a code looked at.
enum Begun<'a> {
    /// It is looked at now.
    Looked(Guess<'a>),
    /// As many are being looked at as may be guesses: it is known in a moment whether they were.
    Waits,
    /// There were too many guesses before it.
    TooMany,
}

impl Default for Guesses {
    fn default() -> Self {
        let looked_at = LookedAt { counts: Counts::within(MINUTES), under_way: HashMap::new() };
        Self { looked_at: Mutex::new(looked_at), known: Notify::new() }
    }
}

impl Guesses {
    /// Counts a guess before anybody looks, or refuses it because there were too many before it. Where many come from a
    /// network at once, each waits until fewer are being looked at: right codes shut out nobody.
    pub(crate) async fn begin(
        &self,
        app: &App,
        survey: &str,
        from: Option<IpAddr>,
    ) -> Result<Guess<'_>, Refusal> {
        let begun = self.begin_at((survey, from), (&app.clock, &app.random)).await;
        begun.map_err(Refusal::of_randomness)?.ok_or(Refusal::TooManyCodes)
    }

    async fn begin_at(
        &self,
        asked: (&str, Option<IpAddr>),
        (clock, random): (&Clock, &Random),
    ) -> Result<Option<Guess<'_>>, NoRandomness> {
        loop {
            let known = self.known.notified();
            tokio::pin!(known);
            // From here on nothing is missed that is told.
            known.as_mut().enable();
            match self.try_to_begin(asked, clock(), random)? {
                Begun::Looked(guess) => return Ok(Some(guess)),
                Begun::TooMany => return Ok(None),
                Begun::Waits => known.await,
            }
        }
    }

    fn try_to_begin(
        &self,
        (survey, from): (&str, Option<IpAddr>),
        now: Minute,
        random: &Random,
    ) -> Result<Begun<'_>, NoRandomness> {
        let mut looked_at = self.lock();
        let LookedAt { counts, under_way } = &mut *looked_at;
        counts.turn_to(now, random)?;
        let (limit, network) = from.map_or((OF_NOWHERE, Vec::new()), |from| (OF_NETWORK, network(from)));
        let name = counts.name("guess ", &[survey.as_bytes(), b" ", &network].concat());
        if counts.count(name, now) <= limit {
            *under_way.entry(name).or_default() += 1;
            return Ok(Begun::Looked(Guess { guesses: self, name, is_wrong: true }));
        }
        counts.take_back(name);
        Ok(if under_way.contains_key(&name) { Begun::Waits } else { Begun::TooMany })
    }

    fn lock(&self) -> MutexGuard<'_, LookedAt> {
        self.looked_at.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guess<'_> {
    /// There is such an invitation, so it was none.
    pub(crate) fn was_none(mut self) {
        self.is_wrong = false;
    }
}

impl Drop for Guess<'_> {
    fn drop(&mut self) {
        let mut looked_at = self.guesses.lock();
        let LookedAt { counts, under_way } = &mut *looked_at;
        if !self.is_wrong {
            counts.take_back(self.name);
        }
        if let Some(left) = under_way.get_mut(&self.name) {
            *left -= 1;
            if *left == 0 {
                under_way.remove(&self.name);
            }
        }
        drop(looked_at);
        self.guesses.known.notify_waiters();
    }
}

impl fmt::Debug for Guesses {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Guesses(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random;

    const NOON: Minute = Minute(12 * 60);

    fn wrong(guesses: &Guesses, survey: &str, address: &str, now: Minute) -> bool {
        let from = address.parse().ok();
        matches!(guesses.try_to_begin((survey, from), now, &random::system()), Ok(Begun::Looked(_)))
    }

    #[test]
    fn a_network_has_ten_wrong_codes_an_hour_for_each_survey() {
        let guesses = Guesses::default();
        assert!((0..10).all(|n| wrong(&guesses, "s", &format!("10.0.0.{n}"), NOON)));
        assert!(!wrong(&guesses, "s", "10.0.0.250", NOON));
        assert!(wrong(&guesses, "s", "10.0.1.250", NOON), "another network");
        assert!(wrong(&guesses, "t", "10.0.0.250", NOON), "another survey");
        assert!(!wrong(&guesses, "s", "10.0.0.250", Minute(NOON.0 + 59)));
        assert!(wrong(&guesses, "s", "10.0.0.250", Minute(NOON.0 + 60)));
    }

    #[test]
    fn right_codes_are_no_guesses_and_those_from_nowhere_have_a_limit_of_their_own() {
        let guesses = Guesses::default();
        for _ in 0..100 {
            let asked = ("s", "10.0.0.1".parse().ok());
            let Ok(Begun::Looked(guess)) = guesses.try_to_begin(asked, NOON, &random::system()) else {
                panic!("refused")
            };
            guess.was_none();
        }
        assert!(wrong(&guesses, "s", "10.0.0.1", NOON));
        assert!((0..300).all(|_| wrong(&guesses, "s", "nowhere", NOON)));
        assert!(!wrong(&guesses, "s", "nowhere", NOON));
    }

    #[tokio::test]
    async fn right_codes_that_come_at_once_from_a_network_wait_for_each_other_and_all_pass() {
        let guesses = std::sync::Arc::new(Guesses::default());
        let looking = |is_right: bool| {
            let guesses = std::sync::Arc::clone(&guesses);
            tokio::spawn(async move {
                let clock: Clock = std::sync::Arc::new(|| NOON);
                let asked = ("s", "10.0.0.1".parse().ok());
                let guess = guesses.begin_at(asked, (&clock, &random::system())).await.unwrap();
                // Others come while the store is asked.
                tokio::task::yield_now().await;
                let passed = guess.is_some();
                match guess {
                    Some(guess) if is_right => guess.was_none(),
                    other => drop(other),
                }
                passed
            })
        };
        let mut passed = [0, 0];
        for (is_right, many) in [(true, 200), (false, 40)] {
            let looking: Vec<_> = (0..many).map(|_| looking(is_right)).collect();
            for looking in looking {
                passed[usize::from(!is_right)] += u32::from(looking.await.unwrap());
            }
        }
        assert_eq!(passed, [200, 10], "and of wrong ones that come at once no more than ever");
    }
}
