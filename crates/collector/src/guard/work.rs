//! Proof of work (domain §5.3, T1): challenges, which cost the collector nothing to give, and what is checked of a response
//! that comes with one. Whatever is wrong with it is a flag: nobody is refused for a slow telephone or for scripts that
//! are off.

mod challenge;

use crate::clock::{Clock, Minute};
use crate::digest::{Digest, sha256};
use crate::edition::Edition;
use crate::http::App;
use crate::intake::invalid;
use crate::key::Key;
use crate::random::{self, NoRandomness};
use crate::refusal::{Refusal, log_failure};
use crate::store::{SpentWork, Store};
use crate::tier::Tier;
use challenge::Worked;
use data_encoding::HEXLOWER;
use serde_json::{Map, Value};
use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use survey::Code;

pub(crate) use challenge::Challenge;

/// The paradata in which it is kept what was wrong. Only the collector writes it.
const LACK: &str = "work";

/// Zero bits of a solution: 4,096 numbers are tried for each puzzle, on average.
const BITS: u32 = 12;

/// Puzzles of a challenge in quiet times, and at most. What that takes whom is in ADR 0040.
const LEAST: u32 = 32;
const MOST: u32 = 80;

/// Responses to a survey in a minute, above which there are more puzzles.
const CALM: u32 = 60;

/// Minutes for which a challenge can be used. The browser asks for another one before they are over.
const LIFETIME: i64 = 120;

/// How often used challenges are forgotten.
const ROUND: Duration = Duration::from_secs(60 * 60);

/// What is wrong with the work of a response.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Lack {
    /// None came, although scripts ran: the challenge could not be had, or the device was too slow.
    Missing,
    /// None came, from a page whose scripts did not run.
    NoScript,
    /// The challenge had expired.
    Late,
    /// It is no solution of a challenge of ours for this survey.
    Failed,
    /// Another response was sent with this challenge.
    Used,
}

impl Lack {
    /// Every one, in the order of the codes in an export, from 1.
    pub(crate) const ALL: [Self; 5] = [Self::Missing, Self::NoScript, Self::Late, Self::Failed, Self::Used];

    /// How it is written.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::NoScript => "no_script",
            Self::Late => "late",
            Self::Failed => "failed",
            Self::Used => "used",
        }
    }

    /// Notes it in paradata.
    pub(super) fn note(self, paradata: &mut Map<String, Value>) {
        paradata.insert(LACK.to_owned(), Value::from(self.name()));
    }

    /// Its code in an export: 0 where nothing was wrong.
    pub(crate) fn code_of(paradata: &Map<String, Value>) -> i64 {
        let noted = paradata.get(LACK).and_then(Value::as_str);
        (1..).zip(Self::ALL).find(|(_, lack)| Some(lack.name()) == noted).map_or(0, |(code, _)| code)
    }
}

impl Challenge {
    /// Seconds for which a new one can be used.
    pub(crate) const SECONDS: i64 = LIFETIME * 60;

    /// A new one for this survey.
    pub(crate) fn new(app: &App, survey: &str) -> Result<Self, NoRandomness> {
        let now = (app.clock)();
        Ok(Self {
            id: random::bytes(&app.random)?,
            puzzles: app.demand.puzzles(survey, now),
            bits: BITS,
            expires: Minute(now.0.saturating_add(LIFETIME)),
        })
    }

    /// With its signature.
    pub(crate) fn signed(&self, key: &Key, survey: &str) -> String {
        let text = self.text();
        let signature = HEXLOWER.encode(&key.of_work(survey, &text)[..16]);
        format!("{text}.{signature}")
    }
}

/// A challenge of ours for this survey, and the numbers that are said to solve it.
fn ours(key: &Key, survey: &str, text: &str) -> Option<(Challenge, Vec<u32>)> {
    let Worked { challenge, signature, solution } = Worked::read(text)?;
    let said = format!("{}.{signature}", challenge.text());
    // Hashes are compared, so that the time it takes says nothing of the signature.
    let is_ours = sha256(challenge.signed(key, survey)) == sha256(said);
    // No more numbers are read than there are puzzles.
    let numbers = is_ours.then(|| challenge::numbers(solution, MOST as usize + 1))??;
    Some((challenge, numbers))
}

/// What can be said of work without the store: which challenge it used, or what is wrong.
fn look(key: &Key, survey: &str, text: &str, now: Minute) -> Result<([u8; 16], Minute), Lack> {
    if text.trim().is_empty() {
        return Err(Lack::Missing);
    }
    let (challenge, numbers) = ours(key, survey, text.trim()).ok_or(Lack::Failed)?;
    if challenge.expires < now {
        return Err(Lack::Late);
    }
    if challenge.is_solved_by(&numbers) { Ok((challenge.id, challenge.expires)) } else { Err(Lack::Failed) }
}

/// Takes in the work of a response that is sound otherwise, and says what is wrong with it. It is spent just before the
/// response is kept: a response that then fails is tried again under its id, and finds its own work.
pub(crate) async fn take(
    app: &App,
    edition: &Edition,
    (id, work): (&str, Option<&str>),
    paradata: &Map<String, Value>,
) -> Result<Option<Lack>, Refusal> {
    if edition.tier != Tier::Work {
        return if work.is_none() { Ok(None) } else { Err(invalid(Code::UnknownField, "work")) };
    }
    let (survey, now) = (&edition.survey.id, (app.clock)());
    app.demand.count(survey, now);
    let Some(text) = work else {
        let is_page = paradata.get("path").is_some_and(|path| path == "page");
        return Ok(Some(if is_page { Lack::NoScript } else { Lack::Missing }));
    };
    let (challenge, expires) = match look(&app.key, survey, text, now) {
        Ok(solved) => solved,
        Err(lack) => return Ok(Some(lack)),
    };
    let response: Digest = app.key.of_work(survey, id);
    let spent = SpentWork { challenge: sha256(challenge), response, expires };
    let first = app.store.spend_work(spent).await.map_err(Refusal::of_store)?;
    Ok((!first).then_some(Lack::Used))
}

/// Forgets which challenges were used once they expired, at once and then every hour, for as long as the collector runs.
pub(crate) async fn expire(store: Arc<dyn Store>, clock: Clock) {
    let mut rounds = tokio::time::interval(ROUND);
    loop {
        rounds.tick().await;
        if let Err(error) = store.expire_work(clock()).await {
            log_failure("used challenges are not forgotten yet", &error);
        }
    }
}

/// How many responses came lately to each survey that asks for work: in memory, by the names of surveys alone.
#[derive(Default)]
pub(crate) struct Demand(Mutex<HashMap<String, Lately>>);

#[derive(Clone, Copy, Default)]
struct Lately {
    minute: i64,
    now: u32,
    before: u32,
}

impl Lately {
    /// The same at a later minute.
    fn at(self, now: Minute) -> Self {
        match now.0 - self.minute {
            0 => self,
            1 => Self { minute: now.0, now: 0, before: self.now },
            _ => Self { minute: now.0, now: 0, before: 0 },
        }
    }
}

impl Demand {
    /// Notes that a response came.
    fn count(&self, survey: &str, now: Minute) {
        let mut lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_survey = lately.entry(survey.to_owned()).or_default();
        *of_survey = of_survey.at(now);
        of_survey.now = of_survey.now.saturating_add(1);
    }

    /// How many puzzles a challenge has now: in proportion to the busier one of this minute and the last.
    fn puzzles(&self, survey: &str, now: Minute) -> u32 {
        let lately = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let of_survey = lately.get(survey).copied().unwrap_or_default().at(now);
        let busiest = of_survey.now.max(of_survey.before);
        (LEAST.saturating_mul(busiest) / CALM).clamp(LEAST, MOST)
    }
}

impl fmt::Debug for Demand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Demand(***)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Minute = Minute(29_000_000);

    fn challenge() -> Challenge {
        Challenge { id: *b"0123456789abcdef", puzzles: 4, bits: 6, expires: Minute(NOW.0 + 10) }
    }

    fn solve(key: &Key, survey: &str, challenge: Challenge) -> String {
        let id = [0x3031_3233, 0x3435_3637, 0x3839_6162, 0x6364_6566];
        let number = |puzzle| work::find(id, puzzle, challenge.bits, (0, u32::MAX)).unwrap();
        let numbers: Vec<String> =
            (0..challenge.puzzles).map(|puzzle| format!("{:x}", number(puzzle))).collect();
        format!("{}.{}", challenge.signed(key, survey), numbers.join("-"))
    }

    #[test]
    fn a_solution_counts_for_its_survey_with_its_key_and_until_it_expires() {
        let (key, other) = (Key::new([7; 32]), Key::new([8; 32]));
        let solved = solve(&key, "s", challenge());
        assert_eq!(look(&key, "s", &solved, NOW), Ok((challenge().id, challenge().expires)));
        assert!(look(&key, "s", &solved, challenge().expires).is_ok(), "in its last minute");
        assert_eq!(look(&key, "s", &solved, Minute(NOW.0 + 11)), Err(Lack::Late));
        assert_eq!(look(&key, "t", &solved, NOW), Err(Lack::Failed), "of another survey");
        assert_eq!(look(&other, "s", &solved, NOW), Err(Lack::Failed), "of another collector");
        assert_eq!(look(&key, "s", " ", NOW), Err(Lack::Missing));
    }

    #[test]
    fn nobody_makes_a_challenge_easier_or_longer_and_every_puzzle_counts() {
        let key = Key::new([7; 32]);
        let solved = solve(&key, "s", challenge());
        let forged = [
            solved.replace(".4.6.", ".4.0."),
            solved.replace(".4.6.", ".1.6."),
            solved.replace("29000010", "29999999"),
            solved.rsplit_once('-').unwrap().0.to_owned(),
            format!("{solved}-0"),
            format!("{solved}.0"),
            format!("{}.0-0-0-0", challenge().signed(&key, "s")),
            challenge().signed(&key, "s"),
            "....".to_owned(),
            "=1+1".to_owned(),
            "ы".repeat(10_000),
        ];
        for text in forged {
            assert_eq!(look(&key, "s", &text, NOW), Err(Lack::Failed), "{text:.80}");
        }
    }

    #[test]
    fn there_are_more_puzzles_the_more_responses_come_and_the_fewest_again_after_two_quiet_minutes() {
        let demand = Demand::default();
        let after = |responses: u32, minute: i64| {
            (0..responses).for_each(|_| demand.count("s", Minute(minute)));
            demand.puzzles("s", Minute(minute))
        };
        assert_eq!([after(0, 1), after(60, 1), after(60, 1), after(10_000, 1)], [32, 32, 64, 80]);
        assert_eq!([after(0, 2), after(0, 3)], [80, 32]);
        assert_eq!(demand.puzzles("t", Minute(1)), 32, "another survey");
    }
}
