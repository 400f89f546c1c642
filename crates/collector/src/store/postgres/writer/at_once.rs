//! Many responses in one journey to the server, where nothing stands against them, which is nearly always.
//!
//! One statement is the whole transaction: it locks the surveys, writes the responses that they take, and is committed.
//! PostgreSQL reads a row that it has locked again, so that a survey which was closed while the statement waited is closed
//! for it; and rows that came while it waited are met in the unique indexes. All else it sees as it was when the statement
//! began. A version that was published meanwhile is therefore not found, and a response to it is left to `batch`, as is
//! every other that is not written; and a part of a response that came meanwhile would stay, so that parts are deleted by
//! a second statement, which begins when the locks are held.

use super::batch::Door;
use super::insert;
use crate::store::postgres::failure::Failure;
use crate::store::postgres::partials;
use crate::store::{Kept, NewResponse};
use deadpool_postgres::GenericClient;
use std::collections::{HashMap, HashSet};
use tokio_postgres::Statement;
use tokio_postgres::types::ToSql;

/// Whether it can be asked about these: none is to be counted in a group, has an invitation or opens a matter, and no two have the same id.
pub(super) fn is_possible(responses: &[&NewResponse]) -> bool {
    let mut ids = HashSet::with_capacity(responses.len());
    let is_plain = |response: &NewResponse| {
        response.quotas.is_empty() && response.invitation.is_none() && response.matter.is_none()
    };
    responses.iter().all(|response| is_plain(response) && ids.insert(response.id.as_str()))
}

/// Keeps those that nothing stands against. Of the others nothing is said and nothing was changed.
pub(super) async fn keep(
    client: &impl GenericClient,
    responses: &[&NewResponse],
) -> Result<Vec<Option<Kept>>, Failure> {
    let statement = insert::prepare(client).await?;
    let in_parts = partials::ids_in_parts(responses);
    let positions = if in_parts.is_empty() {
        insert::insert(client, &statement, responses, Door::Times).await?
    } else {
        complete(client, &statement, responses, &in_parts).await?
    };
    let new = |response: &&NewResponse| positions.contains_key(&response.id).then_some(Kept::New);
    Ok(responses.iter().map(new).collect())
}

/// The same, and deletes the parts of those that are kept. The server gets everything at once and takes one after the
/// other; what follows something that has failed does nothing, the end of the transaction included, which does not say so.
async fn complete(
    client: &impl GenericClient,
    statement: &Statement,
    responses: &[&NewResponse],
    in_parts: &[&str],
) -> Result<HashMap<String, i64>, Failure> {
    let delete = client.prepare_cached(partials::COMPLETE).await?;
    let ids: [&(dyn ToSql + Sync); 1] = [&in_parts];
    let (begun, positions, deleted, ended) = tokio::join!(
        biased;
        client.batch_execute("BEGIN"),
        insert::insert(client, statement, responses, Door::Times),
        client.execute(&delete, &ids),
        client.batch_execute("COMMIT"),
    );
    begun?;
    let positions = positions?;
    deleted?;
    ended?;
    Ok(positions)
}
