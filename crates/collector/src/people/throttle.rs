//! How often somebody may try to sign in. Every try is counted before it is looked at, in memory, by account and by
//! network; names and networks are known by a keyed hash whose key is forgotten with the day (domain E5).

use crate::clock::Minute;
use crate::guard::{Counts, network};
use crate::random::{NoRandomness, Random};
use std::fmt;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Tries that fail before the next one has to wait, and minutes until they are forgotten. At this pace a password of
/// four digits would take ten days, and one of fifteen characters for ever.
const OF_ACCOUNT: u32 = 10;
const OF_NETWORK: u32 = 40;
const FORGOTTEN_AFTER: i64 = 15;

/// The tries of the last minutes.
pub(crate) struct Throttle(Mutex<Counts>);

impl Default for Throttle {
    fn default() -> Self {
        Self(Mutex::new(Counts::within(FORGOTTEN_AFTER)))
    }
}

impl Throttle {
    /// Counts a try; `false` when there were too many before it. Where nobody can say which network it comes from, only
    /// the account counts.
    pub(crate) fn admits(
        &self,
        (account, address): (&str, Option<IpAddr>),
        now: Minute,
        random: &Random,
    ) -> Result<bool, NoRandomness> {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        tries.turn_to(now, random)?;
        let network = address.map(|address| tries.name("network ", &network(address)));
        // The network first: tries that it refuses must not shut the account for somebody else.
        if network.is_some_and(|network| tries.count(network, now) > OF_NETWORK) {
            return Ok(false);
        }
        let account = tries.name("account ", account.as_bytes());
        Ok(tries.count(account, now) <= OF_ACCOUNT)
    }

    /// Forgets the tries of an account whose password was right.
    pub(crate) fn forget(&self, account: &str) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let account = tries.name("account ", account.as_bytes());
        tries.forget(account);
    }
}

impl fmt::Debug for Throttle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Throttle(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random;

    /// The minutes of a day.
    const MINUTES_OF_DAY: i64 = 24 * 60;
    const NOON: Minute = Minute(12 * 60);

    fn tried(throttle: &Throttle, account: &str, address: &str, now: Minute) -> bool {
        let address = Some(address.parse().unwrap());
        throttle.admits((account, address), now, &random::system()).unwrap()
    }

    #[test]
    fn an_account_has_ten_tries_in_a_quarter_of_an_hour_from_wherever_they_come() {
        let throttle = Throttle::default();
        let network = |n: u32| format!("10.0.{n}.1");
        assert!((0..10).all(|n| tried(&throttle, "aigul", &network(n), NOON)));
        assert!(!tried(&throttle, "aigul", &network(11), NOON));
        assert!(tried(&throttle, "bolat", &network(11), NOON), "another account");
        assert!(!tried(&throttle, "aigul", &network(11), Minute(NOON.0 + 14)));
        assert!(tried(&throttle, "aigul", &network(11), Minute(NOON.0 + 15)));
    }

    #[test]
    fn a_network_has_forty_tries_whatever_names_it_tries() {
        let throttle = Throttle::default();
        assert!((0..40).all(|n| tried(&throttle, &format!("a{n}"), &format!("10.0.0.{n}"), NOON)));
        assert!(!tried(&throttle, "aigul", "10.0.0.250", NOON));
        assert!(
            tried(&throttle, "aigul", "10.0.1.250", NOON),
            "its tries were not counted against the account"
        );
        assert!((0..40).all(|n| tried(&throttle, &format!("b{n}"), &format!("2001:db8:1:{n}::1"), NOON)));
        assert!(!tried(&throttle, "b", "2001:db8:1:ffff::1", NOON));
    }

    #[test]
    fn a_right_password_forgets_the_wrong_ones_and_a_new_day_everything() {
        let throttle = Throttle::default();
        assert!((0..10).all(|_| tried(&throttle, "aigul", "10.0.0.1", NOON)));
        throttle.forget("aigul");
        assert!(tried(&throttle, "aigul", "10.0.0.1", NOON));
        let before_midnight = Minute(MINUTES_OF_DAY - 1);
        assert!((0..40).all(|n| tried(&throttle, &format!("a{n}"), "10.0.9.1", before_midnight)));
        assert!(!tried(&throttle, "z", "10.0.9.1", before_midnight));
        assert!(tried(&throttle, "z", "10.0.9.1", Minute(MINUTES_OF_DAY)));
    }
}
