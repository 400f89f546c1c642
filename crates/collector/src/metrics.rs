//! What is counted and measured, and how it is told to Prometheus.
//!
//! Counts of requests, refusals, connections and commits; never an answer, an id, a receipt or an address. A label has
//! as many values as there are routes, codes and surveys, whoever asks for what.

mod process;

use crate::server::connections::Connections;
use crate::store::{Erasure, Pace};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::Registry;
use std::fmt;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// Surveys that are told apart; those after them are counted together.
const SURVEYS: usize = 200;

/// The name under which they are.
const OTHERS: &str = "(others)";

/// The content type of what [`Metrics::text`] gives.
pub(crate) const CONTENT_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Everything that is measured. A clone counts into the same.
#[derive(Clone)]
pub struct Metrics(Arc<Inner>);

struct Inner {
    registry: Mutex<Registry>,
    requests: Family<OfRequest, Counter>,
    seconds: Family<OfRoute, Histogram>,
    refusals: Family<OfRefusal, Counter>,
    responses: Family<OfResponse, Counter>,
    erased: Family<OfErasure, Counter>,
    surveys: AtomicUsize,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfRequest {
    method: &'static str,
    route: String,
    status: u16,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfRoute {
    method: &'static str,
    route: String,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfRefusal {
    reason: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfResponse {
    survey: String,
    outcome: &'static str,
}

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct OfErasure {
    what: &'static str,
}

/// Seconds from half a millisecond to the end of patience: short ones tell how well it goes, long ones how ill.
const SECONDS: [f64; 13] = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

impl Default for Metrics {
    fn default() -> Self {
        let inner = Inner {
            registry: Mutex::new(Registry::default()),
            requests: Family::default(),
            seconds: Family::new_with_constructor(|| Histogram::new(SECONDS)),
            refusals: Family::default(),
            responses: Family::default(),
            erased: Family::default(),
            surveys: AtomicUsize::new(0),
        };
        inner.register();
        Self(Arc::new(inner))
    }
}

impl Inner {
    fn register(&self) {
        let mut registry = self.lock();
        registry.register_collector(Box::new(process::Process::since_now()));
        let version = Info::new([("version", env!("CARGO_PKG_VERSION"))]);
        registry.register("qulaq_build", "The program that is running", version);
        let own = registry.sub_registry_with_prefix("qulaq");
        own.register("http_requests", "Requests that were answered", self.requests.clone());
        own.register(
            "http_request_seconds",
            "Time from the head of a request to that of its answer",
            self.seconds.clone(),
        );
        own.register(
            "http_refusals",
            "Requests that were refused, by the code of the problem",
            self.refusals.clone(),
        );
        own.register(
            "responses",
            "Responses that were acknowledged: kept for the first time, or again",
            self.responses.clone(),
        );
        own.register(
            "erased",
            "Responses, their texts and parts of responses that were deleted because their time was over",
            self.erased.clone(),
        );
    }

    fn lock(&self) -> MutexGuard<'_, Registry> {
        self.registry.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Metrics {
    /// Tells of the connections of a socket too.
    pub fn watch_connections(&self, connections: &Connections) {
        let mut registry = self.0.lock();
        let own = registry.sub_registry_with_prefix("qulaq_connections");
        own.register("open", "Connections that are open", connections.open.clone());
        own.register(
            "made_room",
            "Connections that were closed while idle because all were taken",
            connections.made_room.clone(),
        );
        own.register(
            "turned_away",
            "Connections for which there was no room",
            connections.turned_away.clone(),
        );
    }

    /// Tells of the commits of a store too.
    pub fn watch_store(&self, pace: &Pace) {
        let mut registry = self.0.lock();
        let own = registry.sub_registry_with_prefix("qulaq_store");
        own.register("queue", "Writes that wait for the next transaction or are in it", pace.queue.clone());
        own.register("refused", "Writes that found the queue full", pace.refused.clone());
        own.register("commit_writes", "Writes that shared a transaction", pace.writes.clone());
        own.register("commit_seconds", "Time that a transaction took", pace.seconds.clone());
    }

    /// Everything, as Prometheus reads it.
    ///
    /// # Errors
    /// Never in practice: writing into a text does not fail.
    pub(crate) fn text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.0.lock())?;
        Ok(text)
    }

    /// Counts a request that was answered.
    pub(crate) fn answered(&self, method: &'static str, route: &str, status: u16, took: Duration) {
        let request = OfRequest { method, route: route.to_owned(), status };
        self.0.requests.get_or_create(&request).inc();
        let OfRequest { method, route, .. } = request;
        self.0.seconds.get_or_create(&OfRoute { method, route }).observe(took.as_secs_f64());
    }

    /// Counts a refusal.
    pub(crate) fn refused(&self, reason: &'static str) {
        self.0.refusals.get_or_create(&OfRefusal { reason }).inc();
    }

    /// Counts what was deleted because its time was over.
    pub(crate) fn erased(&self, erasure: &Erasure) {
        self.0.erased.get_or_create(&OfErasure { what: erasure.what.name() }).inc_by(erasure.number);
    }

    /// Counts a response to a survey that there is.
    pub(crate) fn acknowledged(&self, survey: &str, new: bool) {
        let outcome = if new { "kept" } else { "repeated" };
        let mut of = OfResponse { survey: survey.to_owned(), outcome };
        if let Some(count) = self.0.responses.get(&of) {
            count.inc();
            return;
        }
        if self.0.surveys.fetch_add(1, Relaxed) >= 2 * SURVEYS {
            OTHERS.clone_into(&mut of.survey);
        }
        self.0.responses.get_or_create(&of).inc();
    }
}

impl fmt::Debug for Metrics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Metrics")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn however_many_surveys_there_are_so_many_labels_there_are() {
        let metrics = Metrics::default();
        for survey in 0..3 * SURVEYS {
            metrics.acknowledged(&format!("survey-{survey}"), true);
            metrics.acknowledged(&format!("survey-{survey}"), false);
        }
        let text = metrics.text().unwrap();
        let lines = text.lines().filter(|line| line.starts_with("qulaq_responses_total")).count();
        assert_eq!(lines, 2 * SURVEYS + 2);
        assert!(text.contains("survey=\"(others)\",outcome=\"kept\"} 400"), "{text}");
    }
}
