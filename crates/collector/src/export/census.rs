//! What is said of each response beside its cells: whether a condition holds of it, and what is to be noticed about it. All
//! responses are gone through for it, whichever an export wants.

use super::{Export, ExportError, rows};
use crate::store::{Position, Store, StoredResponse};
use analysis::quality::{Census, Judge, Note, Plan};
use std::panic;
use std::thread;
use survey::expression::Expression;
use survey::route::Route;
use tokio::runtime::Handle;

/// Responses read at a time: enough that two threads are worth starting for them.
const BATCH: usize = 1_000;

impl Export {
    /// What is judged of each response.
    pub(super) fn plan(&self) -> Plan {
        Plan::of(self.table.columns())
    }

    /// What is usual among the responses up to a position; what is noted about each goes to `keep`, in order of arrival. It
    /// blocks, and must run on a thread of the runtime that may.
    pub(crate) fn judge(
        &self,
        store: &dyn Store,
        last: Position,
        mut keep: impl FnMut(Note),
    ) -> Result<Judge, ExportError> {
        let (plan, mut census) = (self.plan(), Census::default());
        let note = |response: &StoredResponse| {
            let (cells, time) = rows::answers(self, response)?;
            Some(plan.note(time, &cells))
        };
        self.each(store, (Position::default(), last), note, |note| {
            census.see(&note);
            keep(note);
        })?;
        Ok(census.judge())
    }

    /// Whether a condition holds of each response after one position up to another, in order of arrival. It blocks as above.
    pub(crate) fn hold(
        &self,
        store: &dyn Store,
        between: (Position, Position),
        condition: &Expression,
        take: impl FnMut(bool),
    ) -> Result<(), ExportError> {
        let holds = |response: &StoredResponse| {
            let day = self.days.of(response.minute).ok()?;
            let read = rows::read_one(self, response, day)?;
            let route = Route::of(read.survey, &read.answers, read.occasion);
            Some(route.satisfies(read.survey, condition))
        };
        self.each(store, between, holds, take)
    }

    /// Has two threads `work` on the responses after one position up to another, and hands what they make to `take`.
    fn each<T: Send>(
        &self,
        store: &dyn Store,
        (mut after, last): (Position, Position),
        work: impl Fn(&StoredResponse) -> Option<T> + Sync,
        mut take: impl FnMut(T),
    ) -> Result<(), ExportError> {
        let runtime = Handle::current();
        let of_one = |response: &StoredResponse| work(response).ok_or_else(|| rows::misfit(response));
        while after < last {
            let batch = runtime.block_on(store.responses(&self.survey, after, BATCH));
            let batch = batch.map_err(ExportError::Store)?;
            let wanted = batch.iter().take_while(|response| response.position <= last).count();
            let made =
                in_two(&batch[..wanted], |part| part.iter().map(of_one).collect::<Result<Vec<T>, _>>());
            for part in made {
                part?.into_iter().for_each(&mut take);
            }
            match batch.last() {
                Some(read) if batch.len() == BATCH => after = read.position,
                _ => break,
            }
        }
        Ok(())
    }
}

/// Works on the halves of a batch at the same time.
fn in_two<T: Sync, R: Send>(batch: &[T], work: impl Fn(&[T]) -> R + Sync) -> [R; 2] {
    let (one, other) = batch.split_at(batch.len() / 2);
    thread::scope(|scope| {
        let one = scope.spawn(|| work(one));
        let other = work(other);
        [one.join().unwrap_or_else(|cause| panic::resume_unwind(cause)), other]
    })
}
