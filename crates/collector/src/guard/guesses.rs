//! How often somebody may name a code that no invitation has. Typing errors are told by the code itself and are no
//! guesses, so that people hardly ever come near the limit: [docs/guarding.md](../../../docs/guarding.md) has the odds.

use super::counts::{Counts, Named, network};
use crate::clock::Minute;
use crate::http::App;
use crate::random::{NoRandomness, Random};
use crate::refusal::Refusal;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Guesses of a network in an hour, for each survey.
const OF_NETWORK: u32 = 10;
/// Guesses in an hour from wherever nobody can say what network it is, for each survey: one limit for all who come
/// through a proxy that the settings do not name.
const OF_NOWHERE: u32 = 300;

const MINUTES: i64 = 60;

/// The wrong codes of the last hour.
pub(crate) struct Guesses(Mutex<Counts>);

/// A code that is being looked at. It counts as a guess until somebody says otherwise.
#[must_use]
pub(crate) struct Guess<'a> {
    guesses: &'a Guesses,
    name: Named,
}

impl Default for Guesses {
    fn default() -> Self {
        Self(Mutex::new(Counts::within(MINUTES)))
    }
}

impl Guesses {
    /// Counts a guess before anybody looks, or refuses it because there were too many before it.
    pub(crate) fn begin(&self, app: &App, survey: &str, from: Option<IpAddr>) -> Result<Guess<'_>, Refusal> {
        let begun = self.count((survey, from), (app.clock)(), &app.random);
        begun.map_err(Refusal::of_randomness)?.ok_or(Refusal::TooManyCodes)
    }

    fn count(
        &self,
        (survey, from): (&str, Option<IpAddr>),
        now: Minute,
        random: &Random,
    ) -> Result<Option<Guess<'_>>, NoRandomness> {
        let mut counts = self.lock();
        counts.turn_to(now, random)?;
        let (limit, network) = from.map_or((OF_NOWHERE, Vec::new()), |from| (OF_NETWORK, network(from)));
        let name = counts.name("guess ", &[survey.as_bytes(), b" ", &network].concat());
        Ok((counts.count(name, now) <= limit).then_some(Guess { guesses: self, name }))
    }

    fn lock(&self) -> MutexGuard<'_, Counts> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Guess<'_> {
    /// There is such an invitation, so it was none.
    pub(crate) fn was_none(self) {
        self.guesses.lock().take_back(self.name);
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
        guesses.count((survey, from), now, &random::system()).unwrap().is_some()
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
            let from = "10.0.0.1".parse().ok();
            guesses.count(("s", from), NOON, &random::system()).unwrap().unwrap().was_none();
        }
        assert!(wrong(&guesses, "s", "10.0.0.1", NOON));
        assert!((0..300).all(|_| wrong(&guesses, "s", "nowhere", NOON)));
        assert!(!wrong(&guesses, "s", "nowhere", NOON));
    }
}
