//! `qulaq due`: on which working day something is registered, and by which it must be answered.

use super::{Out, read_file};
use anyhow::{Context, Result};
use clap::{Args, ValueEnum};
use matter::{Counting, Received, Term, WorkingDays};
use serde_json::json;
use std::path::{Path, PathBuf};
use survey::calendar::{Date, Time};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// When it came in, by the clock of the office, such as 2026-03-20T19:05
    received: String,
    /// How many working days there are for an answer
    #[arg(long, default_value_t = 15, value_parser = clap::value_parser!(u32).range(1..=250))]
    days: u32,
    /// How the office reads "from the day of receipt"
    #[arg(long, value_enum, default_value_t)]
    counting: Reading,
    /// When the office closes; what comes in later is registered on the next working day
    #[arg(long, default_value = "18:30", value_name = "HH:MM")]
    closes: String,
    /// A calendar in the place of the one that is built in (see docs/mechanisms.md)
    #[arg(long, value_name = "FILE")]
    calendar: Option<PathBuf>,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: Format,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Reading {
    /// The first day is the first working day after the day on which it came in
    #[default]
    AfterReceipt,
    /// The day of registration is the first day
    OnRegistration,
    /// The first day is the first working day after that of registration
    AfterRegistration,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Format {
    /// A line each
    #[default]
    Text,
    /// One object
    Json,
}

pub(super) fn run(options: &Options, out: &mut Out) -> Result<()> {
    let days = calendar(options.calendar.as_deref())?;
    let received = received(&options.received)?;
    let closes = Time::parse(&options.closes)
        .with_context(|| format!("--closes: {:?} is no time such as 18:30", options.closes))?;
    let registered = received.registered(&days, closes)?;
    let due =
        Term { days: options.days, counting: options.counting.into() }.due(&days, received, registered)?;
    // Whatever day the count goes through, its year must be certain.
    let provisional = (received.day.year()..=due.year()).find_map(|year| days.provisional(year));
    match options.format {
        Format::Text => {
            writeln!(out, "registered  {}", registered.to_text())?;
            writeln!(out, "due         {}", due.to_text())?;
            if let Some(why) = provisional {
                writeln!(out, "not certain {why}")?;
            }
        }
        Format::Json => {
            let told =
                json!({"registered": registered.to_text(), "due": due.to_text(), "provisional": provisional});
            writeln!(out, "{told}")?;
        }
    }
    Ok(())
}

/// The calendar in a file, or that of Kazakhstan, which is built in.
pub(super) fn calendar(path: Option<&Path>) -> Result<WorkingDays> {
    let Some(path) = path else {
        return Ok(WorkingDays::kazakhstan()?);
    };
    WorkingDays::read(&read_file(path)?).with_context(|| path.display().to_string())
}

fn received(text: &str) -> Result<Received> {
    let read = |(day, time)| Some(Received { day: Date::parse(day)?, time: Time::parse(time)? });
    let received = text.split_once('T').and_then(read);
    received.with_context(|| format!("{text:?} is no time such as 2026-03-20T19:05"))
}

impl From<Reading> for Counting {
    fn from(reading: Reading) -> Self {
        match reading {
            Reading::AfterReceipt => Self::AfterReceipt,
            Reading::OnRegistration => Self::OnRegistration,
            Reading::AfterRegistration => Self::AfterRegistration,
        }
    }
}
