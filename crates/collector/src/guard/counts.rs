//! Counts in memory by keyed hashes: of accounts, of networks. The key is made each day and forgotten with it, and what was
//! counted under it too (domain E5).

use crate::clock::Minute;
use crate::random::{self, NoRandomness, Random};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::collections::HashMap;
use std::fmt;
use std::net::IpAddr;

/// Names that are remembered at most: a few megabytes.
const REMEMBERED: usize = 50_000;

const MINUTES_OF_DAY: i64 = 24 * 60;

/// What something is counted under, until the day ends.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Named([u8; 16]);

/// How often something happened within some minutes, by name.
pub(crate) struct Counts {
    minutes: i64,
    day: i64,
    key: Option<[u8; 32]>,
    counted: HashMap<Named, Counted>,
}

#[derive(Clone, Copy)]
struct Counted {
    since: i64,
    times: u32,
}

impl Counts {
    /// Counts that are forgotten so many minutes after they began.
    pub(crate) fn within(minutes: i64) -> Self {
        Self { minutes, day: 0, key: None, counted: HashMap::new() }
    }

    /// On another day there is another key, and nothing is remembered under the old one.
    pub(crate) fn turn_to(&mut self, now: Minute, random: &Random) -> Result<(), NoRandomness> {
        let day = now.0.div_euclid(MINUTES_OF_DAY);
        if self.key.is_none() || self.day != day {
            (self.day, self.key) = (day, Some(random::bytes(random)?));
            self.counted = HashMap::new();
        }
        Ok(())
    }

    /// What something of a kind is counted under. A kind ends with a space and has no other.
    #[expect(clippy::expect_used, reason = "HMAC takes a key of any length")]
    pub(crate) fn name(&self, kind: &str, of: &[u8]) -> Named {
        let key = self.key.unwrap_or_default();
        let mut mac = Hmac::<Sha256>::new_from_slice(&key).expect("HMAC takes a key of any length");
        mac.update(kind.as_bytes());
        mac.update(of);
        let mut name = [0; 16];
        name.copy_from_slice(&mac.finalize().into_bytes()[..16]);
        Named(name)
    }

    /// Counts once more, and says how often it was with this time.
    pub(crate) fn count(&mut self, name: Named, now: Minute) -> u32 {
        if self.counted.len() >= REMEMBERED {
            self.counted.retain(|_, counted| now.0 - counted.since < self.minutes);
        }
        if self.counted.len() >= REMEMBERED {
            // So many networks at once: to forget them lets a few tries more through, to refuse would shut everybody out.
            self.counted.clear();
        }
        let counted = self.counted.entry(name).or_insert(Counted { since: now.0, times: 0 });
        if now.0 - counted.since >= self.minutes {
            *counted = Counted { since: now.0, times: 0 };
        }
        counted.times = counted.times.saturating_add(1);
        counted.times
    }

    /// Takes one time back.
    pub(crate) fn take_back(&mut self, name: Named) {
        if let Some(counted) = self.counted.get_mut(&name) {
            counted.times = counted.times.saturating_sub(1);
        }
    }

    /// Forgets all times under a name.
    pub(crate) fn forget(&mut self, name: Named) {
        self.counted.remove(&name);
    }
}

/// What many addresses of one household or office have in common: /24, or /48 of IPv6.
pub(crate) fn network(address: IpAddr) -> Vec<u8> {
    match address.to_canonical() {
        IpAddr::V4(address) => address.octets()[..3].to_vec(),
        IpAddr::V6(address) => address.octets()[..6].to_vec(),
    }
}

impl fmt::Debug for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Counts(***)")
    }
}

impl fmt::Debug for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Named(***)")
    }
}
