//! A draft on its way into the store and out of it: with the anchors of the version before.

use super::Consultation;
use super::anchor::anchored;
use super::draft::Draft;
use super::parallel::examine;
use crate::edition::Edition;
use crate::media::Files;
use crate::refusal::Refusal;
use crate::store::{DraftRecord, Publication, Store};
use anyhow::{Result, anyhow};
use std::sync::Arc;

/// Keeps the draft of a publication, if it has one and it is not kept. It comes before publishing, so that there is no
/// moment in which a page shows a consultation without its draft.
///
/// # Errors
/// When a file cannot be read, or was changed since it was looked at, or the store does not take it.
pub async fn keep(store: &dyn Store, publication: &Publication, files: &dyn Files) -> Result<()> {
    let definition = serde_json::from_str(&publication.definition)?;
    if Consultation::of(&definition).is_none()
        || store.draft(&publication.survey, &publication.version).await?.is_some()
    {
        return Ok(());
    }
    let examined =
        examine(&definition, files).map_err(|faults| anyhow!("the draft is faulty: {}", faults[0]))?;
    let Some((draft, media)) = examined else { return Ok(()) };
    let is_as_seen = media.iter().all(|medium| publication.media.contains(medium));
    anyhow::ensure!(is_as_seen, "the draft was changed while it was published: publish again");
    let records = store.drafts(&publication.survey).await?;
    let earlier: Vec<Draft> =
        records.iter().map(|record| serde_json::from_str(&record.content)).collect::<Result<_, _>>()?;
    let draft = anchored(draft, &earlier);
    let record = DraftRecord {
        survey: publication.survey.clone(),
        version: publication.version.clone(),
        minute: publication.minute,
        content: serde_json::to_string(&draft)?,
    };
    store.keep_draft(record).await?;
    Ok(())
}

/// The draft of an edition, read once; nothing for a survey that has none.
pub(crate) async fn of_edition(store: &dyn Store, edition: &Edition) -> Result<Option<Arc<Draft>>, Refusal> {
    if edition.consultation.is_none() {
        return Ok(None);
    }
    let read = async || {
        let record = store.draft(&edition.survey.id, &edition.version).await.map_err(Refusal::of_store)?;
        let Some(record) = record else { return Ok(None) };
        let draft = serde_json::from_str(&record.content)
            .map_err(|error| Refusal::internal("a draft cannot be read", &error))?;
        Ok(Some(Arc::new(draft)))
    };
    Ok(edition.draft.get_or_try_init(read).await?.clone())
}
