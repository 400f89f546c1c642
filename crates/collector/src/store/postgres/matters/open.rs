//! SQL of opening matters with their responses, and of ending them with these.

use crate::store::NewResponse;
use crate::store::matters::{NewMatter, shown_code};
use crate::store::postgres::failure::Failure;
use deadpool_postgres::GenericClient;
use matter::{Shown, State};
use std::collections::HashMap;
use survey::calendar::Date;
use tokio_postgres::types::ToSql;

/// Opens the matters of responses that are kept, in the same transaction. Their surveys are locked, so that nobody else
/// gives numbers meanwhile.
pub(in crate::store::postgres) async fn open(
    client: &impl GenericClient,
    responses: &[&NewResponse],
    positions: &HashMap<String, i64>,
) -> Result<(), Failure> {
    let mut last: HashMap<(&str, u16), i64> = HashMap::new();
    let mut opened = Vec::new();
    for response in responses {
        let (Some(new), Some(seq)) = (&response.matter, positions.get(&response.id)) else { continue };
        let key = (response.survey.as_str(), new.year);
        let before = match last.get(&key) {
            Some(serial) => *serial,
            None => last_serial(client, key).await?,
        };
        last.insert(key, before + 1);
        opened.push(Opened { response, new, seq: *seq, serial: before + 1 });
    }
    if opened.is_empty() { Ok(()) } else { insert(client, &opened).await }
}

/// A matter on its way into its row.
struct Opened<'a> {
    response: &'a NewResponse,
    new: &'a NewMatter,
    seq: i64,
    serial: i64,
}

async fn last_serial(client: &impl GenericClient, (survey, year): (&str, u16)) -> Result<i64, Failure> {
    let last = "SELECT coalesce(max(serial), 0) FROM matters WHERE survey = $1 AND year = $2";
    let row = client.query_one(&client.prepare_cached(last).await?, &[&survey, &i64::from(year)]).await?;
    Ok(row.try_get(0)?)
}

async fn insert(client: &impl GenericClient, opened: &[Opened<'_>]) -> Result<(), Failure> {
    let insert = "INSERT INTO matters (survey, year, serial, seq, receipt_hash, minute, subject, body, responsible,
             registered, due, shown, stance, speaker, state, control, revision)
         SELECT *, 'received', 0, 0 FROM unnest($1::TEXT[], $2::BIGINT[], $3::BIGINT[], $4::BIGINT[], $5::BYTEA[],
             $6::BIGINT[], $7::TEXT[], $8::TEXT[], $9::TEXT[], $10::TEXT[], $11::TEXT[], $12::BIGINT[],
             $13::BIGINT[], $14::BIGINT[])";
    let columns: [&(dyn ToSql + Sync); 14] = [
        &column(opened, |opened| opened.response.survey.as_str()),
        &column(opened, |opened| i64::from(opened.new.year)),
        &column(opened, |opened| opened.serial),
        &column(opened, |opened| opened.seq),
        &column(opened, |opened| opened.response.receipt.as_slice()),
        &column(opened, |opened| opened.response.minute.0),
        &column(opened, |opened| opened.new.subject.as_deref()),
        &column(opened, |opened| opened.new.body.as_deref()),
        &column(opened, |opened| opened.new.responsible.as_deref()),
        &column(opened, |opened| opened.new.registered.map(Date::to_text)),
        &column(opened, |opened| opened.new.due.map(Date::to_text)),
        &column(opened, |opened| shown_code(opened.new.shown)),
        &column(opened, |opened| opened.new.voice.stance),
        &column(opened, |opened| opened.new.voice.speaker),
    ];
    client.execute(&client.prepare_cached(insert).await?, &columns).await?;
    Ok(())
}

fn column<'a, T>(of: &'a [Opened<'a>], value: fn(&'a Opened<'a>) -> T) -> Vec<T> {
    of.iter().map(value).collect()
}

/// Ends the matter of a response that is taken back, and overwrites what was said about it.
pub(in crate::store::postgres) async fn withdraw(
    client: &impl GenericClient,
    seq: i64,
) -> Result<(), Failure> {
    let end = "WITH ended AS (
             UPDATE matters SET state = $2, shown = $3, revision = revision + 1, stance = NULL, speaker = NULL
             WHERE seq = $1
             RETURNING survey, year, serial
         )
         UPDATE matter_events SET said = '{}' || repeat(' ', greatest(octet_length(said) - 2, 0))
         FROM ended WHERE (matter_events.survey, matter_events.year, matter_events.serial)
             = (ended.survey, ended.year, ended.serial)";
    client.execute(end, &[&seq, &State::Withdrawn.name(), &shown_code(Shown::Hidden)]).await?;
    Ok(())
}
