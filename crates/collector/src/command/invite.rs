//! `qulaq invite`: codes that each admit one response to a survey that is answered by invitation.

use super::Out;
use super::data::Data;
use super::user::write_down;
use crate::clock;
use crate::day::Days;
use crate::edition::Edition;
use crate::invitation::{self, Wanted};
use crate::key::Key;
use crate::origin::Origin;
use crate::people::deed::Act;
use crate::random;
use crate::store::{InvitationBatch, Opening, Position, Store};
use crate::tier::Tier;
use anyhow::{Context, Result, ensure};
use clap::Args;
use jiff::civil::Date;
use std::fs;
use std::io::{self, Write};
use std::path::PathBuf;

#[derive(Debug, Args)]
#[command(group = clap::ArgGroup::new("what").required(true).args(["count", "status", "revoke"]))]
pub(super) struct Options {
    /// The id of the survey
    id: String,
    /// How many invitations to issue
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..=invitation::MOST as i64))]
    count: Option<u32>,
    /// What to call them by, such as the place or the month [default: the day]
    #[arg(long, value_name = "NAME", requires = "count")]
    batch: Option<String>,
    /// The last day on which they admit anybody, such as 2027-06-30 [default: as long as the survey is open]
    #[arg(long, value_name = "DAY", requires = "count")]
    expires: Option<Date>,
    /// The page with the survey's tag that the links lead to [default: the page of the collector]
    #[arg(long, value_name = "URL", requires = "count")]
    page: Option<String>,
    /// File for the codes with their links (CSV) [default: standard output]
    #[arg(long, short, value_name = "FILE", requires = "count")]
    output: Option<PathBuf>,
    /// File for cards to print and cut (HTML)
    #[arg(long, value_name = "FILE", requires = "count")]
    sheet: Option<PathBuf>,
    /// Count what was issued, used and left, batch by batch
    #[arg(long)]
    status: bool,
    /// Let the codes of this batch admit nobody any more
    #[arg(long, value_name = "BATCH")]
    revoke: Option<String>,
    /// Where browsers reach the collector [default: `public-url` of the settings, else http:// and its address]
    #[arg(long, env = "QULAQ_PUBLIC_URL", value_name = "URL")]
    public_url: Option<Origin>,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    let edition = edition(&*store, &options.id).await?;
    if let Some(batch) = &options.revoke {
        return revoke(&*store, &options.id, batch, out).await;
    }
    match options.count {
        Some(count) => issue(&options, &*store, &edition, count, out).await,
        None => status(&*store, &options.id, out).await,
    }
}

async fn edition(store: &dyn Store, survey: &str) -> Result<Edition> {
    let unknown = || format!("no survey \"{survey}\" was published");
    let record = store.survey(survey).await?.with_context(unknown)?;
    let definition = store.definition(survey, &record.version).await?.with_context(unknown)?;
    let edition = Edition::read(record.version, &definition)?;
    ensure!(
        edition.tier == Tier::Invited,
        "the survey \"{survey}\" is open to everybody: its definition would have to say \"tier\": \"invited\""
    );
    Ok(edition)
}

async fn issue(
    options: &Options,
    store: &dyn Store,
    edition: &Edition,
    count: u32,
    out: &mut Out,
) -> Result<()> {
    let (days, random, now) = (Days::new()?, random::system(), (clock::system())());
    let batch = options.batch.clone().map_or_else(|| days.of(now).map(|day| day.to_string()), Ok)?;
    let expires = options.expires.map(|day| days.end_of(day)).transpose().context("there is no such day")?;
    let page = page(options)?;
    let key = Key::of_store(store, &random).await?;
    let wanted = Wanted { survey: options.id.clone(), batch: batch.clone(), count: count as usize, expires };
    let codes = invitation::issue(store, &key, (now, &random), wanted).await?;
    let details = format!("{batch}: {count}");
    write_down(store, Act::IssuedInvitations, Some(options.id.clone()), details).await?;
    let table = invitation::table(&page, &codes)?;
    if let Some(file) = &options.sheet {
        let until = |lang: &str| options.expires.map(|day| invitation::date(lang, day));
        let sheet = invitation::sheet(&edition.survey, &page, &until, &codes)?;
        fs::write(file, sheet).with_context(|| format!("cannot write {}", file.display()))?;
    }
    match &options.output {
        Some(file) => {
            fs::write(file, table).with_context(|| format!("cannot write {}", file.display()))?;
        }
        None => out.write_all(&table)?,
    }
    // Standard output may be the table itself.
    writeln!(
        io::stderr(),
        "issued: {count}, batch {batch}. The codes are kept nowhere: do not lose the files."
    )?;
    Ok(())
}

/// Where the links lead: without a fragment, which is the place of the code.
fn page(options: &Options) -> Result<String> {
    if let Some(page) = &options.page {
        let sound = page.starts_with("https://") || page.starts_with("http://");
        ensure!(sound && !page.contains('#'), "--page: give an address without a fragment: https://…");
        return Ok(page.clone());
    }
    let settings = options.data.settings()?;
    let origin = options.public_url.clone().or(settings.public_url);
    let host =
        origin.map_or_else(|| format!("http://{}", settings.listen), |origin| origin.as_str().to_owned());
    Ok(format!("{host}/s/{}", options.id))
}

async fn revoke(store: &dyn Store, survey: &str, batch: &str, out: &mut Out) -> Result<()> {
    let revoked = store.revoke_invitations(survey, batch).await?;
    ensure!(revoked, "the survey has no batch \"{batch}\": see `qulaq invite {survey} --status`");
    write_down(store, Act::RevokedInvitations, Some(survey.to_owned()), batch.to_owned()).await?;
    Ok(writeln!(out, "revoked: {batch}")?)
}

async fn status(store: &dyn Store, survey: &str, out: &mut Out) -> Result<()> {
    let (days, now) = (Days::new()?, (clock::system())());
    let batches = store.invitations(survey).await?;
    writeln!(out, "batch\tissued\tused\tleft\tstate")?;
    for batch in &batches {
        let left = batch.issued.saturating_sub(batch.spent);
        let state = match batch.expires {
            _ if batch.revoked => "revoked".to_owned(),
            Some(_) if batch.is_over(now) => "expired".to_owned(),
            // The minute before is of the last day.
            Some(minute) => format!("until {}", days.of(clock::Minute(minute.0 - 1))?),
            None => "open".to_owned(),
        };
        let InvitationBatch { batch, issued, spent, .. } = batch;
        writeln!(out, "{batch}\t{issued}\t{spent}\t{left}\t{state}")?;
    }
    let withdrawn = store.count_withdrawn(survey, Position(i64::MAX)).await?;
    let outcome = invitation::outcome(&batches, withdrawn);
    if let Some(rr1) = outcome.rates().rr1 {
        let asked = outcome.complete + outcome.refused + outcome.unknown;
        writeln!(out, "response rate (AAPOR RR1): {:.1} % = {} of {asked}", rr1 * 100.0, outcome.complete)?;
    }
    Ok(())
}
