//! `qulaq publish`: a definition becomes the current version of its survey.

use super::check::counted;
use super::data::Data;
use super::theme::Theme;
use super::{Out, read_file};
use crate::advice::Report;
use crate::clock::{self, Minute};
use crate::consultation;
use crate::day::Days;
use crate::media::{self, Beside};
use crate::publication::Sources;
use crate::store::{Opening, Publication, Published};
use crate::tier;
use crate::times::{Standing, Times};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The definition (JSON, format 1); the pictures, sound and videos that it names are beside it
    file: PathBuf,
    #[command(flatten)]
    theme: Theme,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let files = Beside(options.file.parent().map(Path::to_owned).unwrap_or_default());
    let now = (clock::system())();
    let publication = sound_publication(&options, &files, now, out).await?;
    let faults = options.theme.tell(out)?;
    ensure!(faults == 0, "nothing was published: the theme has {}", counted(faults, "fault"));
    let store = options.data.open(Opening::OrCreate).await?;
    tier::check(&*store, &publication).await?;
    // First the files, so that there is no moment in which a page names one that is not there.
    media::keep(&*store, &publication.media, &files).await?;
    consultation::keep(&*store, &publication, &files).await?;
    let (survey, version, times) =
        (publication.survey.clone(), publication.version.clone(), publication.times);
    let said = match store.publish(publication).await? {
        Published::New => "published",
        Published::Unchanged => "already published",
        Published::Restored => "published again",
        Published::Archived => {
            bail!("\"{survey}\" is archived and is not opened again: give the definition another id")
        }
    };
    writeln!(out, "{said}: {survey}, version {version}")?;
    tell_times(times, now, out)
}

async fn sound_publication(
    options: &Options,
    files: &Beside,
    now: Minute,
    out: &mut Out,
) -> Result<Publication> {
    let classifier = options.data.classifier().await?;
    let settings = options.data.settings()?;
    let sources = Sources {
        classifier: &classifier,
        files: Some(files),
        languages: &settings.require_languages,
        stored_in: settings.stored_in.as_deref(),
    };
    let report = Report::with(&read_file(&options.file)?, now, &sources);
    for fault in &report.faults {
        writeln!(out, "{}:{fault}", options.file.display())?;
    }
    report.publication.context("nothing was published: mend what is listed and publish again")
}

/// The times as they will hold, so that an author sees what a zone made of them.
fn tell_times(times: Times, now: Minute, out: &mut Out) -> Result<()> {
    let days = Days::new()?;
    if let Some(opens) = times.opens {
        writeln!(out, "opens:  {}", days.told(opens)?)?;
    }
    if let Some(closes) = times.closes {
        let over = if times.standing(now) == Standing::Closed {
            ", which is over: it takes no responses"
        } else {
            ""
        };
        writeln!(out, "closes: {}{over}", days.told(closes)?)?;
    }
    Ok(())
}
