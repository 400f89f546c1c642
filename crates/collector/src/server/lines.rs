//! All the connections of one socket: who may enter, who must go when it is full, and whether everybody has gone.

use super::connections::Connections;
use super::line::{Line, State};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use tokio::sync::{Notify, watch};
use tokio::time::Instant;

/// How many of the oldest connections are looked at for one that does nothing.
const LOOKED_AT: usize = 1024;

/// Connections that may be there beyond the limit for the moment that those they replace need to go.
const SLACK: usize = 64;

/// The connections that there are, the oldest first.
pub(super) struct Lines {
    connections: Connections,
    there: Mutex<There>,
    gone: Notify,
    ending: watch::Sender<bool>,
}

#[derive(Default)]
struct There {
    entered: u64,
    open: usize,
    /// Those that were not asked to make room.
    states: BTreeMap<u64, Arc<State>>,
}

impl Lines {
    pub(super) fn new(connections: Connections) -> Arc<Self> {
        let (ending, _) = watch::channel(false);
        Arc::new(Self { connections, there: Mutex::default(), gone: Notify::new(), ending })
    }

    /// A line for a new connection. When all are taken, one that does nothing is closed for it: thousands of half-open
    /// connections keep nobody out who has something to say. `None` when everybody is at work.
    pub(super) fn enter(self: &Arc<Self>) -> Option<Line> {
        let mut there = self.lock();
        let most = self.connections.most;
        if there.open >= most && (there.open >= most.saturating_add(SLACK) || !self.make_room(&mut there)) {
            self.connections.turned_away.inc();
            return None;
        }
        there.entered += 1;
        there.open += 1;
        self.connections.open.inc();
        let (place, state) = (there.entered, Arc::new(State::new()));
        there.states.insert(place, Arc::clone(&state));
        Some(Line::new(Arc::clone(self), place, state, self.ending.subscribe()))
    }

    /// Closes the oldest connection on which nothing is under way, if there is one.
    pub(super) fn close_an_idle_one(&self) -> bool {
        self.make_room(&mut self.lock())
    }

    fn make_room(&self, there: &mut There) -> bool {
        let now = Instant::now();
        let idle = there.states.iter().take(LOOKED_AT).find(|(_, state)| state.may_make_room(now));
        let Some((&place, _)) = idle else { return false };
        if let Some(state) = there.states.remove(&place) {
            state.make_room();
            self.connections.made_room.inc();
        }
        true
    }

    pub(super) fn leave(&self, place: u64) {
        let mut there = self.lock();
        there.states.remove(&place);
        there.open -= 1;
        self.connections.open.dec();
        self.gone.notify_waiters();
    }

    /// Tells every connection to end after what is under way on it.
    pub(super) fn end(&self) {
        self.ending.send_replace(true);
    }

    /// Waits while as many as may be are still on their way out: in a flood nobody is turned away for those who were asked
    /// to go and have not gone yet.
    pub(super) async fn room_to_enter(&self) {
        self.fewer_than(self.connections.most.saturating_add(SLACK)).await;
    }

    /// Waits until there is no connection.
    pub(super) async fn all_gone(&self) {
        self.fewer_than(1).await;
    }

    async fn fewer_than(&self, connections: usize) {
        loop {
            let gone = self.gone.notified();
            if self.lock().open < connections {
                return;
            }
            gone.await;
        }
    }

    fn lock(&self) -> MutexGuard<'_, There> {
        self.there.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::task::Poll;

    #[tokio::test]
    async fn nobody_is_let_in_before_somebody_has_gone_when_too_many_are_on_their_way_out() {
        let lines = Lines::new(Connections::at_most(1));
        let mut there: Vec<Line> = (0..=SLACK).map(|_| lines.enter().unwrap()).collect();
        let mut room = Box::pin(lines.room_to_enter());
        assert!(std::future::poll_fn(|context| Poll::Ready(room.as_mut().poll(context).is_pending())).await);
        there.remove(0);
        room.await;
        assert!(lines.enter().is_some());
    }

    #[tokio::test]
    async fn when_it_is_full_the_oldest_that_does_nothing_makes_room() {
        let lines = Lines::new(Connections::at_most(2));
        let first = lines.enter().unwrap();
        let _at_work = first.state().begin();
        let second = lines.enter().unwrap();
        let third = lines.enter().unwrap();
        assert!(second.unless_over(std::future::pending::<()>()).await.is_none(), "it was closed");
        let _also_at_work = third.state().begin();
        assert!(lines.enter().is_none(), "everybody is at work");
        assert_eq!(lines.connections.turned_away.get(), 1);
        drop((first, second, third));
        lines.all_gone().await;
        assert_eq!(lines.connections.open.get(), 0);
    }
}
