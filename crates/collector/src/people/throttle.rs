//! How often somebody may try to sign in. Every try is counted before it is looked at, in memory, by account and by
//! network; names and networks are known by a keyed hash whose key is forgotten with the day (domain E5).

use crate::clock::Minute;
use crate::random::{self, NoRandomness, Random};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

/// Tries that fail before the next one has to wait, and minutes until they are forgotten. At this pace a password of
/// four digits would take ten days, and one of fifteen characters for ever.
const OF_ACCOUNT: u32 = 10;
const OF_NETWORK: u32 = 40;
const FORGOTTEN_AFTER: i64 = 15;

/// Accounts and networks that are remembered at most: a few megabytes.
const REMEMBERED: usize = 50_000;

const MINUTES_OF_DAY: i64 = 24 * 60;

type Name = [u8; 16];

/// The tries of the last minutes.
#[derive(Default)]
pub(crate) struct Throttle(Mutex<Tries>);

#[derive(Default)]
struct Tries {
    day: i64,
    key: Option<[u8; 32]>,
    counted: HashMap<Name, Counted>,
}

#[derive(Clone, Copy)]
struct Counted {
    since: i64,
    tries: u32,
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
        if network.is_some_and(|network| !tries.count(network, OF_NETWORK, now)) {
            return Ok(false);
        }
        let account = tries.name("account ", account.as_bytes());
        Ok(tries.count(account, OF_ACCOUNT, now))
    }

    /// Forgets the tries of an account whose password was right.
    pub(crate) fn forget(&self, account: &str) {
        let mut tries = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let account = tries.name("account ", account.as_bytes());
        tries.counted.remove(&account);
    }
}

impl Tries {
    /// On another day there is another key, and nothing is remembered under the old one.
    fn turn_to(&mut self, now: Minute, random: &Random) -> Result<(), NoRandomness> {
        let day = now.0.div_euclid(MINUTES_OF_DAY);
        if self.key.is_none() || self.day != day {
            *self = Self { day, key: Some(random::bytes(random)?), counted: HashMap::new() };
        }
        Ok(())
    }

    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    fn name(&self, kind: &str, of: &[u8]) -> Name {
        let key = self.key.unwrap_or_default();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes a key of any length");
        mac.update(kind.as_bytes());
        mac.update(of);
        let mut name = Name::default();
        name.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        name
    }

    fn count(&mut self, name: Name, limit: u32, now: Minute) -> bool {
        if self.counted.len() >= REMEMBERED {
            self.counted.retain(|_, counted| now.0 - counted.since < FORGOTTEN_AFTER);
        }
        if self.counted.len() >= REMEMBERED {
            // So many networks at once: to forget them lets a few tries more through, to refuse would shut everybody out.
            self.counted.clear();
        }
        let counted = self.counted.entry(name).or_insert(Counted { since: now.0, tries: 0 });
        if now.0 - counted.since >= FORGOTTEN_AFTER {
            *counted = Counted { since: now.0, tries: 0 };
        }
        counted.tries = counted.tries.saturating_add(1);
        counted.tries <= limit
    }
}

/// What many addresses of one household or office have in common: /24, or /48 of IPv6.
fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets()[..3].to_vec(),
        IpAddr::V6(address) => address.octets()[..6].to_vec(),
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
