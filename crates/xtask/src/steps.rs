//! Numbered steps with their times, so that a person always sees what is happening and how far it is.

use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::format;
use crate::places::Places;

/// One thing a command does. It may be run again at any time: what is already done is quick.
pub(crate) struct Step {
    /// The word a developer types to run this step alone.
    pub(crate) name: &'static str,
    /// What the screen says it is doing.
    pub(crate) title: String,
    /// How to do it.
    pub(crate) run: fn(&Places) -> Result<()>,
}

/// How long one finished step took.
pub(crate) struct Timing {
    /// The name of the step.
    pub(crate) name: &'static str,
    /// Its wall-clock time.
    pub(crate) took: Duration,
}

impl Step {
    /// A step; see the fields for what each argument means.
    pub(crate) fn new(name: &'static str, title: impl Into<String>, run: fn(&Places) -> Result<()>) -> Self {
        Self { name, title: title.into(), run }
    }
}

/// Runs the steps in order and stops at the first that fails; the error names it.
pub(crate) fn run(steps: &[Step], places: &Places) -> Result<Vec<Timing>> {
    let count = steps.len();
    let mut timings = Vec::with_capacity(count);
    for (index, step) in steps.iter().enumerate() {
        eprintln!("[{}/{count}] {}", index + 1, step.title);
        let started = Instant::now();
        (step.run)(places).with_context(|| format!("step `{}` failed", step.name))?;
        let took = started.elapsed();
        say(&format!("done in {}", format::duration(took)));
        timings.push(Timing { name: step.name, took });
    }
    Ok(timings)
}

/// One line of news from inside a step.
pub(crate) fn say(news: &str) {
    eprintln!("      {news}");
}
