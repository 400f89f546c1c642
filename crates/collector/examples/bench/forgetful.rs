//! A store that forgets responses: with it, the way in reads, checks and acknowledges, and waits for nothing.

mod desk;
mod drafts;
mod identities;
mod matters;
mod meetings;
mod outcomes;
mod people;
mod retention;
mod votes;
mod work;

use async_trait::async_trait;
use collector::clock::Minute;
use collector::store::tables::Rows;
use collector::store::{
    BallotCount, Ballots, Batch, BlockRange, BlockRecord, Blocks, Digest, Extent, Extents, Finding, Import,
    InvitationBatch, Invitations, Issued, Kept, KeptPartial, Medium, NewBlock, NewInvitations, NewPartial,
    NewResponse, NewToken, Pace, PartialName, Partials, Place, Position, Publication, Published, Release,
    Results, Settled, SheetEntry, SheetName, SheetRecord, SpentWork, Sqlite, Store, StoreError,
    StoredPartial, StoredResponse, SurveyRecord, TokenRecord, Uninvited, Weighting, Weightings, Works,
};
use std::path::{Path, PathBuf};
use tokio::sync::mpsc::{Receiver, Sender};

/// Everything but responses is in the store inside.
pub(crate) struct Forgetful(pub(crate) Sqlite);

#[async_trait]
impl Partials for Forgetful {
    async fn keep_partial(&self, partial: NewPartial) -> Result<KeptPartial, StoreError> {
        self.0.keep_partial(partial).await
    }

    async fn take_back_partial(&self, part: PartialName, now: Minute) -> Result<(), StoreError> {
        self.0.take_back_partial(part, now).await
    }

    async fn partials(
        &self,
        survey: &str,
        after: Position,
        limit: usize,
    ) -> Result<Vec<StoredPartial>, StoreError> {
        self.0.partials(survey, after, limit).await
    }

    async fn expire_partials(&self, before: Minute) -> Result<u64, StoreError> {
        self.0.expire_partials(before).await
    }
}

#[async_trait]
impl Works for Forgetful {
    async fn spend_work(&self, work: SpentWork) -> Result<bool, StoreError> {
        self.0.spend_work(work).await
    }

    async fn expire_work(&self, before: Minute) -> Result<u64, StoreError> {
        self.0.expire_work(before).await
    }
}

#[async_trait]
impl Extents for Forgetful {
    async fn extent(&self, survey: &str) -> Result<Extent, StoreError> {
        self.0.extent(survey).await
    }
}

#[async_trait]
impl Store for Forgetful {
    async fn keep(&self, response: NewResponse) -> Result<Kept, StoreError> {
        drop(response);
        Ok(Kept::New)
    }

    async fn publish(&self, publication: Publication) -> Result<Published, StoreError> {
        self.0.publish(publication).await
    }

    async fn survey(&self, survey: &str) -> Result<Option<SurveyRecord>, StoreError> {
        self.0.survey(survey).await
    }

    async fn definition(&self, survey: &str, version: &str) -> Result<Option<String>, StoreError> {
        self.0.definition(survey, version).await
    }

    async fn versions(&self, survey: &str) -> Result<Vec<String>, StoreError> {
        self.0.versions(survey).await
    }

    async fn close(&self, survey: &str) -> Result<bool, StoreError> {
        self.0.close(survey).await
    }

    async fn medium(&self, survey: &str, version: &str, path: &str) -> Result<Option<Medium>, StoreError> {
        self.0.medium(survey, version, path).await
    }

    async fn keep_content(&self, name: &str, file: &Path) -> Result<(), StoreError> {
        self.0.keep_content(name, file).await
    }

    async fn content(&self, name: &str) -> Result<Option<PathBuf>, StoreError> {
        self.0.content(name).await
    }

    async fn withdraw(&self, receipt: Digest) -> Result<bool, StoreError> {
        self.0.withdraw(receipt).await
    }

    async fn responses(
        &self,
        survey: &str,
        after: Position,
        limit: usize,
    ) -> Result<Vec<StoredResponse>, StoreError> {
        self.0.responses(survey, after, limit).await
    }

    async fn quotas(&self, survey: &str) -> Result<Vec<(String, u64)>, StoreError> {
        self.0.quotas(survey).await
    }

    async fn open_batch(&self, survey: &str, batch: Batch) -> Result<Batch, StoreError> {
        self.0.open_batch(survey, batch).await
    }

    async fn batches(&self, survey: &str) -> Result<Vec<Batch>, StoreError> {
        self.0.batches(survey).await
    }

    async fn sheets(&self, survey: &str, batch: &str) -> Result<Vec<SheetRecord>, StoreError> {
        self.0.sheets(survey, batch).await
    }

    async fn enter_sheet(
        &self,
        sheet: SheetName,
        before: usize,
        entry: SheetEntry,
    ) -> Result<bool, StoreError> {
        self.0.enter_sheet(sheet, before, entry).await
    }

    async fn keep_sheet(
        &self,
        sheet: SheetName,
        before: usize,
        settled: Settled,
        response: NewResponse,
    ) -> Result<Option<Kept>, StoreError> {
        self.0.keep_sheet(sheet, before, settled, response).await
    }

    async fn discard_sheet(&self, sheet: SheetName) -> Result<bool, StoreError> {
        self.0.discard_sheet(sheet).await
    }

    async fn import_places(&self, places: Vec<Place>, as_of: &str) -> Result<Option<Import>, StoreError> {
        self.0.import_places(places, as_of).await
    }

    async fn places(&self, as_of: Option<&str>) -> Result<Vec<Place>, StoreError> {
        self.0.places(as_of).await
    }

    async fn add_token(&self, token: NewToken) -> Result<bool, StoreError> {
        self.0.add_token(token).await
    }

    async fn tokens(&self) -> Result<Vec<TokenRecord>, StoreError> {
        self.0.tokens().await
    }

    async fn token(&self, hash: Digest) -> Result<Option<TokenRecord>, StoreError> {
        self.0.token(hash).await
    }

    async fn revoke_token(&self, name: &str) -> Result<bool, StoreError> {
        self.0.revoke_token(name).await
    }

    async fn secret(&self, name: &str, fresh: Vec<u8>) -> Result<Vec<u8>, StoreError> {
        self.0.secret(name, fresh).await
    }

    async fn dump(&self, rows: Sender<Rows>) -> Result<(), StoreError> {
        self.0.dump(rows).await
    }

    async fn load(&self, rows: Receiver<Option<Rows>>) -> Result<bool, StoreError> {
        self.0.load(rows).await
    }

    async fn examine(&self, now: Minute) -> Result<Vec<Finding>, StoreError> {
        self.0.examine(now).await
    }

    async fn probe(&self) -> Result<(), StoreError> {
        self.0.probe().await
    }

    fn pace(&self) -> &Pace {
        self.0.pace()
    }
}

#[async_trait]
impl Blocks for Forgetful {
    async fn blocks(
        &self,
        survey: &str,
        from: Position,
        limit: usize,
    ) -> Result<Vec<BlockRecord>, StoreError> {
        self.0.blocks(survey, from, limit).await
    }

    async fn block(
        &self,
        survey: &str,
        from: Position,
    ) -> Result<Option<(BlockRecord, Vec<u8>)>, StoreError> {
        self.0.block(survey, from).await
    }

    async fn keep_block(&self, block: NewBlock) -> Result<bool, StoreError> {
        self.0.keep_block(block).await
    }

    async fn count_responses(&self, survey: &str, range: BlockRange) -> Result<u64, StoreError> {
        self.0.count_responses(survey, range).await
    }

    async fn surveys_behind(&self, responses: usize) -> Result<Vec<String>, StoreError> {
        self.0.surveys_behind(responses).await
    }
}

#[async_trait]
impl Results for Forgetful {
    async fn released(&self, survey: &str) -> Result<Option<Release>, StoreError> {
        self.0.released(survey).await
    }

    async fn release(&self, release: Release, before: Option<Position>) -> Result<bool, StoreError> {
        self.0.release(release, before).await
    }

    async fn count_withdrawn(&self, survey: &str, last: Position) -> Result<u64, StoreError> {
        self.0.count_withdrawn(survey, last).await
    }

    async fn count_after(&self, survey: &str, after: Position, limit: u64) -> Result<u64, StoreError> {
        self.0.count_after(survey, after, limit).await
    }
}

#[async_trait]
impl Weightings for Forgetful {
    async fn keep_weighting(&self, weighting: Weighting) -> Result<bool, StoreError> {
        self.0.keep_weighting(weighting).await
    }

    async fn weightings(&self, survey: &str) -> Result<Vec<Weighting>, StoreError> {
        self.0.weightings(survey).await
    }
}

#[async_trait]
impl Ballots for Forgetful {
    async fn count_ballots(&self, count: BallotCount) -> Result<(), StoreError> {
        self.0.count_ballots(count).await
    }

    async fn ballots(&self, survey: &str) -> Result<Vec<BallotCount>, StoreError> {
        self.0.ballots(survey).await
    }
}

#[async_trait]
impl Invitations for Forgetful {
    async fn issue(&self, invitations: NewInvitations) -> Result<Issued, StoreError> {
        self.0.issue(invitations).await
    }

    async fn refusal_of_invitation(
        &self,
        survey: &str,
        hash: Digest,
        now: Minute,
    ) -> Result<Option<Uninvited>, StoreError> {
        self.0.refusal_of_invitation(survey, hash, now).await
    }

    async fn invitations(&self, survey: &str) -> Result<Vec<InvitationBatch>, StoreError> {
        self.0.invitations(survey).await
    }

    async fn revoke_invitations(&self, survey: &str, batch: &str) -> Result<bool, StoreError> {
        self.0.revoke_invitations(survey, batch).await
    }
}
