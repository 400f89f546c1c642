//! The statement that writes responses, as a transaction by itself or as a part of one.

use super::batch::Door;
use crate::store::NewResponse;
use crate::store::postgres::failure::Failure;
use crate::store::postgres::responses::LOCK_SURVEYS;
use deadpool_postgres::GenericClient;
use std::collections::HashMap;
use std::sync::LazyLock;
use tokio_postgres::{Row, Statement};

/// It locks the surveys, and draws positions after that: a row to be written waits for the rows that are locked, and the
/// order is made below the drawing. Any conflict counts, not only that of ids: of two collectors that write the same one
/// at the same moment, one may meet the other at the hash of the receipt.
static INSERT: LazyLock<String> = LazyLock::new(|| {
    format!(
        "WITH locked (survey, open, current_version, opens_minute, closes_minute) AS MATERIALIZED (
             {LOCK_SURVEYS}
         ), taking AS MATERIALIZED (
             SELECT place, survey, version, open, opens_minute, closes_minute
             FROM unnest($1::TEXT[], $2::TEXT[]) WITH ORDINALITY AS named (survey, version, place)
             JOIN versions USING (survey, version) JOIN locked USING (survey)
         )
         INSERT INTO responses
             (id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash)
         SELECT id, survey, version, minute, lang, channel, answers, paradata, receipt_hash, body_hash
         FROM unnest($3::BIGINT[], $4::TEXT[], $5::BIGINT[], $6::TEXT[], $7::TEXT[], $8::TEXT[], $9::TEXT[],
                 $10::BYTEA[], $11::BYTEA[])
             WITH ORDINALITY AS new (named, id, minute, lang, channel, answers, paradata, receipt_hash, body_hash,
                 arrived)
         JOIN taking ON taking.place = named
         WHERE $12::BOOLEAN OR open AND minute >= coalesce(opens_minute, minute)
             AND (closes_minute IS NULL OR minute < closes_minute)
         ORDER BY arrived
         ON CONFLICT DO NOTHING RETURNING id, seq"
    )
});

/// The first time on a connection, this asks the server; what is to be sent in a certain order is prepared before.
pub(super) async fn prepare(client: &impl GenericClient) -> Result<Statement, Failure> {
    Ok(client.prepare_cached(&INSERT).await?)
}

/// Writes responses in this order, those that are new, whose version was published when the statement began, and that
/// the door lets in. Gives their positions by their ids. Each id may be there once.
pub(super) async fn insert(
    client: &impl GenericClient,
    statement: &Statement,
    new: &[&NewResponse],
    door: Door,
) -> Result<HashMap<String, i64>, Failure> {
    let Named { surveys, versions, of_each } = Named::by(new);
    let rows = client
        .query(
            statement,
            &[
                &surveys,
                &versions,
                &of_each,
                &column(new, |response| response.id.as_str()),
                &column(new, |response| response.minute.0),
                &column(new, |response| response.lang.as_str()),
                &column(new, |response| response.channel.as_str()),
                &column(new, |response| response.answers.as_str()),
                &column(new, |response| response.paradata.as_str()),
                &column(new, |response| response.receipt.as_slice()),
                &column(new, |response| response.content.as_slice()),
                &(door == Door::Open),
            ],
        )
        .await?;
    let position = |row: &Row| Ok((row.try_get(0)?, row.try_get(1)?));
    Ok(rows.iter().map(position).collect::<Result<_, tokio_postgres::Error>>()?)
}

fn column<'a, T>(of: &[&'a NewResponse], value: fn(&'a NewResponse) -> T) -> Vec<T> {
    of.iter().map(|response| value(response)).collect()
}

/// The versions that responses are to, each once, so that each is looked up once.
#[derive(Default)]
pub(super) struct Named<'a> {
    pub(super) surveys: Vec<&'a str>,
    pub(super) versions: Vec<&'a str>,
    /// Which of them each response is to, counted from one as PostgreSQL counts.
    of_each: Vec<i64>,
}

impl<'a> Named<'a> {
    pub(super) fn by(responses: &[&'a NewResponse]) -> Self {
        let (mut named, mut places, mut last) = (Self::default(), HashMap::new(), 0);
        for response in responses {
            let (survey, version) = (response.survey.as_str(), response.version.as_str());
            let place = *places.entry((survey, version)).or_insert_with(|| {
                named.surveys.push(survey);
                named.versions.push(version);
                last += 1;
                last
            });
            named.of_each.push(place);
        }
        named
    }
}
