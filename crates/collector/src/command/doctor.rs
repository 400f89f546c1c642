//! `qulaq doctor`: looks at the settings, the machine and the store, and says what to do.

mod kept;

use super::Out;
use super::data::Data;
use crate::clock::{self, Minute};
use crate::settings::Settings;
use crate::store::{self, Finding, Opening, Store, StoreError, Verdict};
use anyhow::{Result, ensure};
use clap::{Args, ValueEnum};
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// How it is told
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    format: Format,
    /// Directory with backups, of which those are named that hold what should have been deleted
    #[arg(long, value_name = "DIR")]
    backups: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For programs: a list of checks, each with a verdict of good, warning or fault
    Json,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let now = (clock::system())();
    let mut findings = examine(&options.data, now).await;
    findings.extend(options.backups.as_deref().map(|directory| kept::in_backups(directory, now)));
    match options.format {
        Format::Text => tell(&findings, out)?,
        Format::Json => writeln!(out, "{}", serde_json::to_string_pretty(&findings)?)?,
    }
    let faults = findings.iter().filter(|finding| finding.verdict == Verdict::Fault).count();
    ensure!(faults == 0, "{faults} of {} checks found a fault", findings.len());
    Ok(())
}

async fn examine(data: &Data, now: Minute) -> Vec<Finding> {
    let settings = match data.settings() {
        Ok(settings) => settings,
        Err(error) => return vec![Finding::fault("settings", format!("{error:#}"), "mend what it names")],
    };
    let mut findings = vec![Finding::good("settings", "every key is one")];
    findings.extend(disk(&settings));
    match store::open(&settings.location(), Opening::Existing).await.map_err(anyhow::Error::from) {
        Err(error) => {
            let advice = "mend what it names; surveys can be neither asked nor answered before";
            findings.push(Finding::fault("database", format!("{error:#}"), advice));
        }
        Ok(store) => match examine_store(&*store, now).await {
            Ok(examined) => findings.extend(examined),
            Err(error) => {
                let error = anyhow::Error::from(error);
                let advice =
                    "ask again; where that does not help, restore the last backup into another place";
                findings.push(Finding::fault("database", format!("{error:#}"), advice));
            }
        },
    }
    findings
}

async fn examine_store(store: &dyn Store, now: Minute) -> Result<Vec<Finding>, StoreError> {
    let mut findings = store.examine(now).await?;
    findings.push(kept::in_store(store, now).await);
    Ok(findings)
}

fn tell(findings: &[Finding], out: &mut Out) -> Result<()> {
    for Finding { check, verdict, found, advice } in findings {
        let verdict = match verdict {
            Verdict::Good => "good",
            Verdict::Warning => "warning",
            Verdict::Fault => "FAULT",
        };
        writeln!(out, "{verdict:<8} {check}: {found}")?;
        if let Some(advice) = advice {
            writeln!(out, "         {advice}")?;
        }
    }
    Ok(())
}

const GIBIBYTE: u64 = 1 << 30;

/// Room on the disk of the data. With less than a tenth of this there is hardly room for what tidies the database up.
const LITTLE: u64 = GIBIBYTE;

#[cfg(unix)]
fn disk(settings: &Settings) -> Option<Finding> {
    // With PostgreSQL, the directory is there only when versions of the widget are kept in it.
    let there = settings.data.ancestors().find(|directory| directory.is_dir())?;
    let there = if there.as_os_str().is_empty() { Path::new(".") } else { there };
    let about = rustix::fs::statvfs(there).ok()?;
    let free = about.f_bavail.saturating_mul(about.f_frsize);
    #[expect(clippy::cast_precision_loss, reason = "a digit after the point is told")]
    let found = format!("{:.1} GiB free for {}", free as f64 / GIBIBYTE as f64, settings.data.display());
    let advice = "make room: a full disk keeps no more answers";
    Some(if free < LITTLE / 10 {
        Finding::fault("disk", found, advice)
    } else if free < LITTLE {
        Finding::warning("disk", found, advice)
    } else {
        Finding::good("disk", found)
    })
}

#[cfg(not(unix))]
fn disk(_: &Settings) -> Option<Finding> {
    None
}
