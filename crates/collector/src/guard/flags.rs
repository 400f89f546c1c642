//! What looks odd about a response as it comes in. A flag is written beside the answers and drops nothing (domain §5.3,
//! T0): who counts decides, with the manipulation report at hand.

use super::Sender;
use super::counts::{Counts, network};
use crate::clock::Minute;
use crate::random::{NoRandomness, Random};
use serde_json::{Map, Value};
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// The paradata in which flags are kept. Only the collector writes it.
pub(crate) const FLAGS: &str = "guard";

/// The version of the rules below. It changes when they do.
pub(crate) const RULES: u32 = 2;

/// A field that nobody sees, reaches with a key or hears of, and that programs fill in.
pub(crate) const TRAP: &str = "_url";

/// Milliseconds of active time for each answer, below which somebody was too fast to read.
const READING: u64 = 1000;

/// Responses of a network to a survey in an hour, beyond which they are flagged.
const OF_NETWORK: u32 = 20;

/// Responses to a survey in a minute, beyond which they may be a burst, and how many times the average of the last hour a
/// burst has.
const OF_MINUTE: u32 = 30;
const TIMES: u32 = 5;

const MINUTES: i64 = 60;

/// A flag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Flag {
    /// A field was filled in that nobody sees.
    Trap,
    /// It was answered faster than it can be read, where the time is known.
    Fast,
    /// It came in a minute with far more responses than the hour around it.
    Burst,
    /// Many came from its network within an hour.
    Network,
    /// The survey asks for work, and it came without.
    Work,
}

impl Flag {
    /// Every flag.
    pub(crate) const ALL: [Self; 5] = [Self::Trap, Self::Fast, Self::Burst, Self::Network, Self::Work];

    /// How it is written, and the column of an export without its `guard_`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::Fast => "fast",
            Self::Burst => "burst",
            Self::Network => "network",
            Self::Work => "work",
        }
    }

    /// Those that are kept with a response, in the order of [`Flag::ALL`].
    pub(crate) fn kept(paradata: &Map<String, Value>) -> [bool; 5] {
        let names: Vec<&str> = paradata
            .get(FLAGS)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        Self::ALL.map(|flag| names.contains(&flag.name()))
    }
}

/// What came lately, by survey and by network: in memory, and forgotten with the day.
pub(crate) struct Crowd(Mutex<Lately>);

struct Lately {
    minute: Counts,
    hour: Counts,
}

impl Default for Crowd {
    fn default() -> Self {
        Self(Mutex::new(Lately { minute: Counts::within(1), hour: Counts::within(MINUTES) }))
    }
}

impl Crowd {
    /// Looks at a response that is about to be kept, and notes its flags in its paradata. Answers are counted, not read.
    pub(crate) fn look(
        &self,
        (survey, sender): (&str, Sender),
        answers: usize,
        paradata: &mut Map<String, Value>,
        (now, random): (Minute, &Random),
    ) -> Result<(), NoRandomness> {
        let time = paradata.get("active_ms").and_then(Value::as_u64);
        let fast = time.is_some_and(|time| time < READING * answers as u64);
        let (burst, network) = self.count((survey, sender), now, random)?;
        let found = [sender.trapped, fast, burst, network, sender.lack.is_some()];
        if let Some(lack) = sender.lack {
            lack.note(paradata);
        }
        let flags = Flag::ALL.into_iter().zip(found).filter(|(_, found)| *found);
        let flags: Vec<Value> = flags.map(|(flag, _)| Value::from(flag.name())).collect();
        if !flags.is_empty() {
            paradata.insert(FLAGS.to_owned(), Value::Array(flags));
        }
        Ok(())
    }

    /// Whether so many come at once, and from one network.
    fn count(
        &self,
        (survey, sender): (&str, Sender),
        now: Minute,
        random: &Random,
    ) -> Result<(bool, bool), NoRandomness> {
        let mut lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Lately { minute, hour } = &mut *lately;
        minute.turn_to(now, random)?;
        hour.turn_to(now, random)?;
        let of_minute = minute.count(minute.name("survey ", survey.as_bytes()), now);
        let of_hour = hour.count(hour.name("survey ", survey.as_bytes()), now);
        let average = of_hour.div_ceil(MINUTES as u32);
        let burst = of_minute > OF_MINUTE && of_minute > TIMES.saturating_mul(average);
        let of_network = sender.from.map(|from| {
            let name = hour.name("network ", &[survey.as_bytes(), b" ", &network(from)].concat());
            hour.count(name, now)
        });
        Ok((burst, of_network.is_some_and(|responses| responses > OF_NETWORK)))
    }
}

/// Puts the field into a form that nobody sees. It is the last but for what is put there after it, so that the module
/// finds what it looks for.
pub(crate) fn with_trap(form: &str) -> String {
    match form.rsplit_once("</form>") {
        Some((form, rest)) => {
            format!("{form}<input hidden name=\"{TRAP}\" autocomplete=off></form>{rest}")
        }
        None => form.to_owned(),
    }
}

impl fmt::Debug for Crowd {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Crowd(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random;
    use serde_json::json;

    const NOON: i64 = 12 * 60;

    fn flags(crowd: &Crowd, sender: Sender, minute: i64, paradata: Value) -> Vec<&'static str> {
        let Value::Object(mut paradata) = paradata else { panic!("no object") };
        crowd.look(("s", sender), 3, &mut paradata, (Minute(minute), &random::system())).unwrap();
        let kept = Flag::ALL.into_iter().zip(Flag::kept(&paradata));
        kept.filter(|(_, kept)| *kept).map(|(flag, _)| flag.name()).collect()
    }

    fn from(address: &str) -> Sender {
        Sender { from: address.parse().ok(), ..Sender::default() }
    }

    #[test]
    fn a_response_like_any_other_has_no_flag() {
        let crowd = Crowd::default();
        assert!(flags(&crowd, from("10.0.0.1"), NOON, json!({"active_ms": 3000})).is_empty());
        assert!(flags(&crowd, Sender::default(), NOON, json!({"path": "page"})).is_empty());
    }

    #[test]
    fn a_field_that_nobody_sees_and_a_time_that_nobody_reads_in_are_flagged() {
        let crowd = Crowd::default();
        let sender = Sender { trapped: true, ..Sender::default() };
        assert_eq!(flags(&crowd, sender, NOON, json!({"active_ms": 2999})), ["trap", "fast"]);
    }

    #[test]
    fn the_twenty_first_from_a_network_within_an_hour_is_flagged() {
        let crowd = Crowd::default();
        for number in 0..20 {
            assert!(flags(&crowd, from(&format!("10.0.0.{number}")), NOON + number, json!({})).is_empty());
        }
        assert_eq!(flags(&crowd, from("10.0.0.99"), NOON + 30, json!({})), ["network"]);
        assert!(flags(&crowd, from("10.0.1.99"), NOON + 30, json!({})).is_empty());
        assert!(flags(&crowd, from("10.0.0.99"), NOON + 60, json!({})).is_empty(), "an hour later");
    }

    #[test]
    fn a_minute_with_far_more_than_its_hour_is_a_burst_and_a_busy_day_is_none() {
        let crowd = Crowd::default();
        let flagged: usize = (0..60).map(|_| flags(&crowd, Sender::default(), NOON, json!({})).len()).sum();
        assert_eq!(flagged, 30, "from the thirty-first on");
        let busy = Crowd::default();
        let of_minute = |minute: i64| -> usize {
            (0..40).map(|_| flags(&busy, Sender::default(), NOON + minute, json!({})).len()).sum()
        };
        let late: usize = (0..50).map(of_minute).skip(12).sum();
        assert_eq!(late, 0, "forty a minute, minute after minute");
    }
}
