//! The rows of a table, in order of arrival: read from the store in batches and decoded on threads of their own, ahead of
//! whoever writes them.

use super::which::Row;
use super::{Export, ExportError, OptionError, envelope, guards, quality};
use crate::day::in_calendar;
use crate::key::Key;
use crate::store::{Position, Store, StoredResponse};
use jiff::civil::Date;
use serde_json::{Map, Value};
use std::io;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Mutex, PoisonError};
use std::thread::{self, Scope};
use survey::columns::Cell;
use survey::{Answers, Occasion, Survey, paper};
use tokio::runtime::Handle;

/// Responses read at a time.
const BATCH: usize = 500;

/// Threads that decode; more would wait for the one that writes.
const DECODERS: usize = 2;

/// Batches that may wait for the writer.
const AHEAD: usize = 4;

/// Rows, or why there are none.
type Batch = Result<Vec<Vec<Cell>>, ExportError>;

/// A batch to decode, and where its rows go.
type Job = (Vec<Row>, SyncSender<Batch>);

/// Hands the rows of an export to `take`, batch by batch, with their number so far; gives their number in the end.
///
/// It blocks, on a thread of the runtime that may.
pub(super) fn each_batch(
    export: &Export,
    store: &dyn Store,
    mut take: impl FnMut(u64, &[Vec<Cell>]) -> io::Result<()>,
) -> Result<u64, ExportError> {
    let runtime = Handle::current();
    if export.chosen.judges() && export.judged.get().is_none() {
        let judge = export.judge(store, export.extent.last, drop)?;
        // A package reads the table several times, and each time everybody is the same.
        let _ = export.judged.set((export.plan(), judge));
    }
    thread::scope(|scope| {
        let ordered = start(scope, export, store, &runtime);
        let mut rows = 0;
        // When the writer fails, the receiver goes, and with it every thread before it.
        for batch in ordered {
            // A decoder that is gone has panicked, and the scope passes that on.
            let Ok(batch) = batch.recv() else { break };
            let batch = batch?;
            rows += batch.len() as u64;
            take(rows, &batch).map_err(ExportError::Write)?;
        }
        Ok(rows)
    })
}

/// Starts the threads; what they decode comes in order of arrival.
fn start<'scope>(
    scope: &'scope Scope<'scope, '_>,
    export: &'scope Export,
    store: &'scope dyn Store,
    runtime: &'scope Handle,
) -> Receiver<Receiver<Batch>> {
    let (order, ordered) = sync_channel(AHEAD);
    let (jobs, waiting) = sync_channel::<Job>(AHEAD);
    let waiting = std::sync::Arc::new(Mutex::new(waiting));
    for _ in 0..DECODERS {
        let waiting = std::sync::Arc::clone(&waiting);
        scope.spawn(move || {
            while let Some((read, decoded)) = next(&waiting) {
                // Nobody waits for it any more once the writer has failed.
                drop(decoded.send(decode(export, &read)));
            }
        });
    }
    scope.spawn(move || read(export, store, runtime, &order, &jobs));
    ordered
}

fn next(waiting: &Mutex<Receiver<Job>>) -> Option<Job> {
    waiting.lock().unwrap_or_else(PoisonError::into_inner).recv().ok()
}

/// Reads batch after batch, for as long as somebody takes them.
fn read(
    export: &Export,
    store: &dyn Store,
    runtime: &Handle,
    order: &SyncSender<Receiver<Batch>>,
    jobs: &SyncSender<Job>,
) {
    let mut after = export.chosen.after;
    while after < export.extent.last {
        let (decoded, rows) = sync_channel(1);
        if order.send(rows).is_err() {
            return;
        }
        let reading = export.options.which.read(store, &export.survey, after, BATCH);
        let batch = match runtime.block_on(reading) {
            Ok(batch) => batch,
            Err(error) => return drop(decoded.send(Err(error))),
        };
        let read = batch.len();
        after = batch.last().map_or(after, |row| row.response.position);
        if jobs.send((batch, decoded)).is_err() || read < BATCH {
            return;
        }
    }
}

fn decode(export: &Export, read: &[Row]) -> Batch {
    let mut rows = Vec::with_capacity(read.len());
    let mut before = None;
    for row in read.iter().take_while(|row| row.response.position <= export.extent.last) {
        let Row { response, seen } = row;
        // Many come in the same minute, and the calendar of a time zone is not for nothing.
        let day = match before {
            Some((minute, day)) if minute == response.minute => Some(day),
            _ => export.days.of(response.minute).ok(),
        };
        before = day.map(|day| (response.minute, day));
        let cells = day.and_then(|day| cells(export, response, day, seen.as_deref()));
        rows.extend(cells.ok_or_else(|| misfit(response))?);
    }
    Ok(rows)
}

/// The cells of a response that came on this day, or `Some(None)` of one that was not chosen. `None` for a response that its own version cannot
/// read, which the way in does not let happen. Of a part, `seen` names the questions that have been shown.
pub(super) fn cells(
    export: &Export,
    response: &StoredResponse,
    day: Date,
    seen: Option<&[String]>,
) -> Option<Option<Vec<Cell>>> {
    if !export.chosen.takes(response, day) {
        return Some(None);
    }
    let Read { index, survey, answers, occasion, paradata } = read_one(export, response, day)?;
    let cells = match &export.chosen.condition {
        None => Some(export.table.row(index, survey, &answers, occasion)),
        Some(condition) => export.table.row_if(index, survey, &answers, occasion, condition),
    };
    let Some(mut cells) = cells else { return Some(None) };
    if let Some(seen) = seen {
        export.table.leave(index, survey, (&answers, seen), occasion, &mut cells);
    }
    export.table.spoil(index, survey, &paper::invalid(&paradata), &mut cells);
    let flags =
        export.judged.get().map(|(plan, judge)| judge.flags(&plan.note(active_time(&paradata), &cells)));
    if flags.is_some_and(|flags| !export.chosen.takes_flags(&flags)) {
        return Some(None);
    }
    let pseudonym = export.key.pseudonym(&response.id);
    let envelope = envelope::cells(response, pseudonym, day, &paradata);
    let noticed = flags.filter(|_| export.chosen.quality).map(|flags| quality::cells(&flags));
    let weight = export.weighed.as_ref().map(|weighed| weighed.cell(&cells));
    let guard = export.chosen.guard.then(|| guards::cells(&paradata));
    let matter = export.followed.as_ref().map(|followed| followed.cells(response.position));
    let own = noticed.into_iter().flatten().chain(weight).chain(guard.into_iter().flatten());
    let own = own.chain(matter.into_iter().flatten());
    let mut row = Vec::with_capacity(export.chosen.columns.len().max(envelope.len() + cells.len()));
    row.extend(envelope);
    row.append(&mut cells);
    if let Some(coded) = &export.coded {
        let more = coded.cells(response.position, &row);
        row.extend(more);
    }
    row.extend(own);
    Some(Some(export.chosen.pick(row)))
}

/// The cells of the answers of a response in the whole table, with its active time; `None` as above.
pub(super) fn answers(export: &Export, response: &StoredResponse) -> Option<(Vec<Cell>, Option<u64>)> {
    let day = export.days.of(response.minute).ok()?;
    let Read { index, survey, answers, occasion, paradata } = read_one(export, response, day)?;
    let mut cells = export.table.row(index, survey, &answers, occasion);
    export.table.spoil(index, survey, &paper::invalid(&paradata), &mut cells);
    Some((cells, active_time(&paradata)))
}

/// A response as its version reads it.
pub(super) struct Read<'a> {
    index: usize,
    pub(super) survey: &'a Survey,
    pub(super) answers: Answers,
    pub(super) occasion: Occasion,
    paradata: Map<String, Value>,
}

pub(super) fn read_one<'a>(export: &'a Export, response: &StoredResponse, day: Date) -> Option<Read<'a>> {
    let index = *export.indices.get(&response.version)?;
    let survey = &*export.editions[index].survey;
    let answers = serde_json::from_str(&response.answers).ok()?;
    let answers = Answers::read(survey, &answers).ok()?;
    let paradata: Map<String, Value> = serde_json::from_str(&response.paradata).ok()?;
    let occasion = survey::response::occasion(&paradata);
    // Responses that were kept before the day was noted.
    let today = occasion.today.or_else(|| in_calendar(day));
    let occasion = Occasion { today, ..occasion };
    Some(Read { index, survey, answers, occasion, paradata })
}

/// The milliseconds in which the form was in view, as far as they were told.
fn active_time(paradata: &Map<String, Value>) -> Option<u64> {
    paradata.get("active_ms").and_then(Value::as_u64)
}

pub(super) fn misfit(response: &StoredResponse) -> ExportError {
    ExportError::Response { position: response.position, version: response.version.clone() }
}

/// The position that `since` means: one that an export told (`p12`), or that of the response with this pseudonym.
pub(super) async fn position(
    store: &dyn Store,
    survey: &str,
    key: &Key,
    since: &str,
) -> Result<Position, ExportError> {
    if let Some(position) = since.strip_prefix('p').and_then(|digits| digits.parse().ok()) {
        return Ok(Position(position));
    }
    let mut after = Position::default();
    loop {
        // A pseudonym leads nowhere by itself: the ids are gone through, and compared.
        let batch = store.responses(survey, after, BATCH).await.map_err(ExportError::Store)?;
        let found = batch.iter().find(|response| key.pseudonym(&response.id) == since);
        if let Some(found) = found {
            return Ok(found.position);
        }
        match batch.last() {
            Some(last) if batch.len() == BATCH => after = last.position,
            _ => break,
        }
    }
    Err(OptionError(format!(
        "since: there is no response \"{since}\" any more; say the position that the last export told in \
         Qulaq-Position, or export all."
    ))
    .into())
}
