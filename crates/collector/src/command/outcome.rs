//! `qulaq outcome`: what was heard and what was done is published for a survey, out of a file.

use super::data::Data;
use super::{Out, read_file};
use crate::clock;
use crate::day::Days;
use crate::edition::{Current, Editions};
use crate::figures::Keeper;
use crate::key::Key;
use crate::outcome::{self, Draft, Fault, LONGEST};
use crate::people::deed::{Act, COMMAND_LINE, Deed};
use crate::random;
use crate::results::{Asking, Results, Sharing};
use crate::store::{Opening, Outcome, Store};
use anyhow::{Context, Result, anyhow, bail, ensure};
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The id of the survey
    id: String,
    /// The outcome: {"texts": {"kk": {"heard": "…", "did": "…", "next": "…"}, …}, "figures": […], "corrects": 1}
    file: PathBuf,
    #[command(flatten)]
    data: Data,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    let store = options.data.open(Opening::Existing).await?;
    let (id, now) = (options.id, (clock::system())());
    let draft: Draft = serde_json::from_str(&read_file(&options.file)?)
        .with_context(|| format!("{} is not an outcome", options.file.display()))?;
    ensure!(store.survey(&id).await?.is_some(), "no survey \"{id}\" was published");
    let current = Editions::default().current(&*store, &id, now).await;
    let Ok(current) = current else { bail!("the definition of \"{id}\" cannot be read by this program") };
    let numbers: Vec<u32> = store.outcomes(&id).await?.iter().map(|outcome| outcome.number).collect();
    let faults = draft.inspect(&current.edition.survey, &numbers);
    for fault in &faults {
        writeln!(out, "{}: {}", options.file.display(), told(fault))?;
    }
    ensure!(faults.is_empty(), "nothing was published: mend what is listed and publish again");
    let said = said(&store, &current, &draft).await?;
    let number = numbers.first().map_or(1, |number| number + 1);
    let who = COMMAND_LINE.to_owned();
    let outcome = Outcome { survey: id.clone(), number, minute: now, who: who.clone(), said };
    ensure!(
        store.publish_outcome(outcome).await?,
        "another outcome was published meanwhile: look at it first"
    );
    let details = number.to_string();
    let deed = Deed { minute: now, who, act: Act::PublishedOutcome, survey: Some(id.clone()), details };
    store.write_down(deed).await?;
    writeln!(out, "published: outcome {number} of {id}, {}", Days::new()?.told(now)?)?;
    Ok(())
}

/// What the draft says, as it is kept, with the figures as everybody was shown them last: whoever asks for them renews them.
async fn said(store: &Arc<dyn Store>, current: &Current, draft: &Draft) -> Result<String> {
    let survey = &current.edition.survey.id;
    let key = Key::of_store(&**store, &random::system()).await?;
    let keeper = Keeper::new(Arc::clone(store), key.clone());
    let about = outcome::about(store, &key, &keeper, survey).await?;
    let sharing = current.edition.sharing.as_ref();
    let sharing = sharing.filter(|sharing| sharing.shows(current.standing, Asking::Anybody));
    let released = store.released(survey).await?;
    let least = sharing.map_or(u64::MAX, Sharing::least);
    let results = released.as_ref().filter(|release| release.least >= least).and_then(Results::of_release);
    let said = draft.said(&current.edition, sharing.zip(results.as_ref()), about);
    Ok(said.map_err(|fault| anyhow!("nothing was published: {}", told(&fault)))?.json()?)
}

fn told(fault: &Fault) -> String {
    match fault {
        Fault::Missing(lang, text) => format!("the text \"{text}\" lacks in {lang}"),
        Fault::Long(lang, text) => {
            format!("the text \"{text}\" is longer than {LONGEST} characters in {lang}")
        }
        Fault::Language(lang) => format!("the survey is not in {lang}"),
        Fault::Question(name) => format!("nothing may be shown of the question \"{name}\" now"),
        Fault::Corrects(number) => format!("there is no outcome {number} that could be corrected"),
    }
}
