//! `qulaq archive`: a survey takes no more responses and is not opened again, once it is said what came of it.

use super::Out;
use super::data::Data;
use crate::clock;
use crate::people::deed::{Act, COMMAND_LINE, Deed};
use crate::store::{Archived, Archiving, Opening, Store};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use std::collections::BTreeMap;
use std::str::FromStr;
use survey::Survey;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The id of the survey
    id: String,
    /// Why no outcome is published, for every language of the survey: `--reason kk=… --reason ru=…`
    #[arg(long = "reason", value_name = "LANG=TEXT")]
    reasons: Vec<Reason>,
    #[command(flatten)]
    data: Data,
}

/// A reason in one language.
#[derive(Clone, Debug)]
struct Reason(String, String);

impl FromStr for Reason {
    type Err = anyhow::Error;

    fn from_str(text: &str) -> Result<Self> {
        let (lang, reason) = text.split_once('=').context("write LANG=TEXT, such as kk=…")?;
        ensure!(!reason.trim().is_empty(), "the reason is empty");
        Ok(Self(lang.trim().to_owned(), reason.trim().to_owned()))
    }
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    let survey = options.id;
    let reason = reason(&*store, &survey, &options.reasons).await?;
    let now = (clock::system())();
    let archived = Archived { survey: survey.clone(), minute: now, who: COMMAND_LINE.to_owned(), reason };
    match store.archive(archived).await? {
        Archiving::Done => {
            let (who, details) = (COMMAND_LINE.to_owned(), String::new());
            let deed =
                Deed { minute: now, who, act: Act::ArchivedSurvey, survey: Some(survey.clone()), details };
            store.write_down(deed).await?;
            writeln!(out, "archived: {survey}")?;
        }
        Archiving::Already => writeln!(out, "already archived: {survey}")?,
        Archiving::Unknown => bail!("no survey \"{survey}\" was published"),
        Archiving::Owed => bail!(
            "no outcome of \"{survey}\" is published: publish one (`qulaq outcome`), or say why there will be none (--reason)"
        ),
    }
    Ok(())
}

/// The reason in every language of the survey, as it is kept; `None` where none is given.
async fn reason(store: &dyn Store, id: &str, given: &[Reason]) -> Result<Option<String>> {
    if given.is_empty() {
        return Ok(None);
    }
    let survey = current(store, id).await?;
    let reasons: BTreeMap<&str, &str> =
        given.iter().map(|Reason(lang, reason)| (lang.as_str(), reason.as_str())).collect();
    let lacking = survey.languages.iter().find(|lang| !reasons.contains_key(lang.as_str()));
    ensure!(
        lacking.is_none(),
        "the reason lacks in {}: give it in every language of the survey",
        lacking.map_or("", |lang| lang)
    );
    let foreign = reasons.keys().find(|lang| !survey.languages.iter().any(|known| known == **lang));
    ensure!(foreign.is_none(), "the survey is not in {}", foreign.copied().unwrap_or_default());
    Ok(Some(serde_json::to_string(&reasons)?))
}

/// The survey as its current version has it.
async fn current(store: &dyn Store, id: &str) -> Result<Survey> {
    let none = || format!("no survey \"{id}\" was published");
    let record = store.survey(id).await?.with_context(none)?;
    let definition = store.definition(id, &record.version).await?.with_context(none)?;
    Survey::read(&definition)
        .map_err(|_| anyhow::anyhow!("the definition of \"{id}\" cannot be read by this program"))
}
