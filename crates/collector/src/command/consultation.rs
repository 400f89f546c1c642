//! `qulaq consultation`: the report on a consultation, out of what was said and decided so far.

use super::Out;
use super::data::Data;
use super::user::write_down;
use crate::clock;
use crate::consultation::board::Boards;
use crate::consultation::report::{Form, Wanted, gather};
use crate::day::Days;
use crate::edition::Edition;
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::Opening;
use anyhow::{Context, Result, anyhow};
use clap::Args;
use std::fs;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The id of the survey
    id: String,
    /// How it is written
    #[arg(long, value_enum, default_value_t)]
    format: Form,
    /// The language [default: the first of the survey]
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// The file to write [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    let unknown = || format!("no survey \"{}\" was published", options.id);
    let record = store.survey(&options.id).await?.with_context(unknown)?;
    let definition = store.definition(&options.id, &record.version).await?.with_context(unknown)?;
    let edition = Edition::read(record.version, &definition)?;
    let consultation = edition.consultation.clone();
    let consultation =
        consultation.with_context(|| format!("the survey \"{}\" is no consultation", options.id))?;
    let lang = edition.survey.language(options.lang.as_deref().unwrap_or_default());
    let wanted = Wanted { edition: &edition, consultation: &consultation, lang, now: (clock::system())() };
    let (boards, days) = (Boards::default(), Days::new()?);
    let failed = |refusal: Refusal| anyhow!("the report cannot be made: {refusal:?}");
    let board = boards.of(Arc::clone(&store), &options.id, &consultation).await.map_err(failed)?;
    let report = gather(&*store, (&days, &board), &wanted).await.map_err(failed)?;
    // It quotes what people wrote.
    write_down(&*store, Act::ReadTexts, Some(options.id.clone()), "consultation report".to_owned()).await?;
    let file = options.format.write(&report)?;
    match options.output {
        Some(path) => fs::write(&path, file).with_context(|| format!("cannot write {}", path.display())),
        None => Ok(out.write_all(&file)?),
    }
}
