//! `cargo xtask chaos attack`: one machine forges responses by the thousand, on a survey of each tier, while citizens answer it.
//!
//! The forger knows this documentation: ids, words and times are like those of people, and it waits for nothing. What it does
//! not have is what a tier asks for: other networks, work, codes. The figures are in `docs/guarding.md`.

mod forger;
mod forum;

use std::fs;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow, ensure};
use serde_json::{Value, json};

use super::Site;
use super::collector::Answered;
use super::dice::Dice;
use super::ledger::{FORUM, id, word};
use super::votes;
use super::wire::{Reply, Wire};
use crate::bench::process::used;
use crate::files;
use crate::format;
use crate::steps::say;
use forger::{Forged, guess, solve};

/// Connections of the forger.
const FORGERS: usize = 8;

/// Where the forger sits, as the proxy before the collector says: one machine.
const MACHINE: &str = "203.0.113.9";

/// Challenges that the forger solves to find out what it would cost.
const TRIED: u32 = 20;

/// How long anybody waits for a reply.
const PATIENCE: Duration = Duration::from_secs(40);

/// Ids of citizens begin behind all of the forger's.
const CITIZENS: u64 = 1 << 40;

/// How many send.
#[derive(Clone, Copy)]
pub(crate) struct Crowd {
    pub(crate) forged: u64,
    pub(crate) honest: u64,
}

/// What a survey asks of those who answer.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Tier {
    Open,
    Work,
    Invited,
    /// No tier of its own: an open forum, in which every second of the forger's is a vote.
    Forum,
}

impl Tier {
    const ALL: [Self; 4] = [Self::Open, Self::Work, Self::Invited, Self::Forum];

    fn name(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Work => "work",
            Self::Invited => "invited",
            Self::Forum => "forum",
        }
    }

    /// The question by whose answer citizens are told from the forger, with the answer of each.
    fn mark(self) -> (&'static str, u8, u8) {
        if self == Self::Forum { ("topic", 2, 1) } else { ("useful", 1, 0) }
    }
}

/// One day.
struct Day {
    tier: Tier,
    seed: u64,
    crowd: Crowd,
    survey: String,
    version: String,
    codes: Vec<String>,
    address: SocketAddr,
    /// How many were forged so far.
    forged: AtomicU64,
    /// The idea that is voted on: the first of a citizen.
    statement: OnceLock<String>,
}

/// What citizens saw.
#[derive(Default)]
struct Honest {
    passed: u64,
    slowest: Duration,
}

/// Runs a day for each tier and prints what it came to.
pub(crate) fn run(seed: u64, crowd: Crowd, site: &Site<'_>) -> Result<()> {
    let head = [
        "tier",
        "honest passed",
        "slowest ms",
        "flagged",
        "forged kept",
        "flagged",
        "forger cpu s",
        "MB sent",
        "collector cpu s",
        "MB kept",
        "seconds",
    ];
    let mut rows = vec![head.map(str::to_owned).to_vec()];
    for tier in Tier::ALL {
        say(&format!("{site}, {}: {} forged, {} honest", tier.name(), crowd.forged, crowd.honest));
        rows.push(day(tier, seed, crowd, site)?);
    }
    print!("{}", format::table(&rows));
    Ok(())
}

fn day(tier: Tier, seed: u64, crowd: Crowd, site: &Site<'_>) -> Result<Vec<String>> {
    let place = site.place()?;
    let (survey, version) = match tier {
        Tier::Forum => (FORUM.survey.to_owned(), place.publish_forum()?),
        tier => place.publish_tier(tier.name())?,
    };
    let codes = if tier == Tier::Invited { place.invite(&survey, crowd.honest)? } else { Vec::new() };
    let collector = place.serve_with(&["--trusted-proxy", "127.0.0.0/8"])?;
    let (address, forged) = (collector.address, AtomicU64::new(0));
    let statement = OnceLock::new();
    let day = Day { tier, seed, crowd, survey, version, codes, address, forged, statement };
    let spent = || -> Result<[f64; 2]> {
        let of = |process| used(process).map(|used| used.processor).context("a process is gone");
        Ok([of(std::process::id())?, of(collector.pid())?])
    };
    let (began, before) = (Instant::now(), spent()?);
    let (honest, forged) = day.pass()?;
    let (took, after) = (began.elapsed(), spent()?);
    if tier == Tier::Work {
        day.price()?;
    }
    let (question, answer, _) = tier.mark();
    let kept = place.answered(&day.survey, (question, answer))?;
    day.judge(&honest, &kept)?;
    let count = |is_honest: bool| kept.iter().filter(move |row| row.honest == is_honest);
    let flagged = |is_honest| count(is_honest).filter(|row| !row.flags.is_empty()).count().to_string();
    Ok(vec![
        tier.name().to_owned(),
        format!("{} of {}", honest.passed, crowd.honest),
        honest.slowest.as_millis().to_string(),
        flagged(true),
        count(false).count().to_string(),
        flagged(false),
        format!("{:.1}", after[0] - before[0]),
        format!("{:.1}", forged.bytes as f64 / 1e6),
        format!("{:.1}", after[1] - before[1]),
        format!("{:.1}", size(place.data())? as f64 / 1e6),
        format!("{:.1}", took.as_secs_f64()),
    ])
}

/// Bytes of the files in a directory.
fn size(directory: &Path) -> Result<u64> {
    let length = |file: &String| Ok(fs::metadata(directory.join(file))?.len());
    files::below(directory, "")?.iter().map(length).sum()
}

impl Day {
    /// Everybody sends.
    fn pass(&self) -> Result<(Honest, Forged)> {
        let broken = |_| anyhow!("a connection of the test broke down");
        thread::scope(|scope| {
            let forgers: Vec<_> =
                (0..FORGERS).map(|number| scope.spawn(move || self.forge(number as u64))).collect();
            let honest = scope.spawn(|| self.answer()).join().map_err(broken)??;
            let mut all = Forged::default();
            for forger in forgers {
                all.add(&forger.join().map_err(broken)??);
            }
            say(&all.to_string());
            Ok((honest, all))
        })
    }

    /// One connection of the forger.
    fn forge(&self, number: u64) -> io::Result<Forged> {
        let mut dice = Dice::new(self.seed, number);
        let (mut wire, mut forged) = (Wire::connect(self.address, PATIENCE)?, Forged::default());
        loop {
            let number = self.forged.fetch_add(1, Ordering::Relaxed);
            if number >= self.crowd.forged {
                return Ok(forged);
            }
            let reply = match self.forged_vote(number) {
                Some(form) => {
                    forged.bytes += form.len() as u64;
                    wire.post_form(MACHINE, &votes::path(), &form)?
                }
                None => {
                    let body = self.forged_body(number, &mut dice);
                    forged.bytes += body.len() as u64;
                    wire.post_for(MACHINE, &self.path("responses"), &body)?
                }
            };
            forged.count(reply.status);
            if reply.head.contains("connection: close") {
                wire = Wire::connect(self.address, PATIENCE)?;
            }
        }
    }

    /// A response as the forger makes it.
    fn forged_body(&self, number: u64, dice: &mut Dice) -> String {
        let (seconds, (question, _, answer)) = (3 + dice.throw() % 60, self.tier.mark());
        let answers = json!({question: answer, self.column(): word(number)});
        let mut body = self.body(number, &answers, seconds);
        if self.tier == Tier::Invited {
            body["invitation"] = Value::from(guess(dice));
        }
        body.to_string()
    }

    /// Citizens, from a network each, spread over the whole attack.
    fn answer(&self) -> io::Result<Honest> {
        let mut honest = Honest::default();
        for number in 0..self.crowd.honest {
            let due = number * self.crowd.forged / self.crowd.honest.max(1);
            while self.forged.load(Ordering::Relaxed) < due {
                thread::sleep(Duration::from_millis(1));
            }
            let mut wire = Wire::connect(self.address, PATIENCE)?;
            let mut body = self.body(CITIZENS + number, &self.honestly(number), 9);
            match self.tier {
                Tier::Open | Tier::Forum => {}
                // A device does this while its citizen answers.
                Tier::Work => body["work"] = Value::from(self.work(&mut wire)?),
                Tier::Invited => body["invitation"] = Value::from(self.codes[number as usize].as_str()),
            }
            let network = format!("198.{}.{}.7", 18 + number / 256, number % 256);
            let began = Instant::now();
            let reply = wire.post_for(&network, &self.path("responses"), &body.to_string())?;
            let mut passed = reply.status == 201 && reply.receipt().is_some();
            if self.tier == Tier::Forum {
                passed &= self.agree(number, &mut wire, &network, reply.matter())?;
            }
            honest.slowest = honest.slowest.max(began.elapsed());
            honest.passed += u64::from(passed);
        }
        Ok(honest)
    }

    /// What the forger would pay if it did the work.
    fn price(&self) -> Result<()> {
        let spent = || used(std::process::id()).map_or(0.0, |used| used.processor);
        let mut wire = Wire::connect(self.address, PATIENCE)?;
        let (before, began) = (spent(), Instant::now());
        for _ in 0..TRIED {
            self.work(&mut wire)?;
        }
        let each = began.elapsed().as_secs_f64() / f64::from(TRIED);
        let cpu = (spent() - before) / f64::from(TRIED);
        let hours = cpu * self.crowd.forged as f64 / 3600.0;
        say(&format!(
            "the work of one response: {each:.3} s ({cpu:.3} s of a processor); of all: {hours:.1} h of a processor"
        ));
        Ok(())
    }

    /// A challenge, solved.
    fn work(&self, wire: &mut Wire) -> io::Result<String> {
        let reply: Reply = wire.get(&self.path("challenge"))?;
        solve(&reply.body).ok_or_else(|| io::Error::other(format!("no challenge: {}", reply.body)))
    }

    /// What must hold whatever the figures are.
    fn judge(&self, honest: &Honest, kept: &[Answered]) -> Result<()> {
        let all = self.crowd.honest;
        let citizens: Vec<&Answered> = kept.iter().filter(|row| row.honest).collect();
        ensure!(honest.passed == all, "{} of {all} citizens passed", honest.passed);
        ensure!(citizens.len() as u64 == all, "{} of {all} citizens are kept", citizens.len());
        // That many came in this minute is true of them too; nothing else is.
        let wrong = citizens.iter().find(|row| row.flags.iter().any(|flag| flag != "burst"));
        ensure!(wrong.is_none(), "a citizen bears the flags {:?}", wrong.map(|row| &row.flags));
        let forged: Vec<&Answered> = kept.iter().filter(|row| !row.honest).collect();
        let flagged = forged.iter().filter(|row| !row.flags.is_empty()).count();
        match self.tier {
            Tier::Invited => ensure!(forged.is_empty(), "{} forged ones were let in", forged.len()),
            Tier::Work => ensure!(flagged == forged.len(), "{flagged} of {} are flagged", forged.len()),
            Tier::Open | Tier::Forum => {
                ensure!(flagged * 100 >= forged.len() * 95, "{flagged} of {}", forged.len());
            }
        }
        self.statement.get().map_or(Ok(()), |statement| self.judge_votes(statement))
    }

    fn body(&self, number: u64, answers: &Value, seconds: u64) -> Value {
        json!({
            "id": id(self.seed, number), "survey": self.survey, "version": self.version, "lang": "ru",
            "channel": "embed", "answers": answers,
            "paradata": {"path": "wasm", "active_ms": seconds * 1000},
        })
    }

    fn path(&self, of: &str) -> String {
        format!("/api/v1/surveys/{}/{of}", self.survey)
    }
}
