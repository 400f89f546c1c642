//! What came of the examples, as their agencies would have said it.

use super::examples;
use crate::clock;
use crate::edition::Editions;
use crate::outcome::Draft;
use crate::store::{Outcome, Store};
use anyhow::{Context, Result, anyhow, ensure};

/// Publishes the outcome of each example that has one, unless an earlier run on the same data did.
pub(super) async fn publish(store: &dyn Store) -> Result<()> {
    let minute = (clock::system())();
    for (survey, text) in examples::outcomes() {
        if !store.outcomes(&survey).await?.is_empty() {
            continue;
        }
        let draft: Draft =
            serde_json::from_str(&text).with_context(|| format!("the outcome of {survey} cannot be read"))?;
        let current = Editions::default().current(store, &survey, minute).await;
        let edition = current.map_err(|_| anyhow!("there is no example {survey}"))?.edition;
        let faults = draft.inspect(&edition.survey, &[]);
        ensure!(faults.is_empty(), "the outcome of {survey} is faulty: {:?}", faults[0]);
        let said = draft.said(&edition, None, |_| Vec::new());
        let said = said.map_err(|fault| anyhow!("the outcome of {survey} is faulty: {fault:?}"))?.json()?;
        store.publish_outcome(Outcome { survey, number: 1, minute, who: "demo".to_owned(), said }).await?;
    }
    Ok(())
}
