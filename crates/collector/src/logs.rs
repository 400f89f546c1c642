//! Logs: JSON lines on standard error, from this program's own code only. What others log may contain what citizens
//! typed, so it is not let through at any level.

use crate::settings::LogLevel;
use std::io;
use std::panic;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt, registry};

/// Starts logging. Once is enough; a second call changes nothing.
pub(crate) fn start(level: LogLevel) {
    let own = Targets::new().with_target(env!("CARGO_CRATE_NAME"), filter(level));
    let lines = fmt::layer().json().flatten_event(true).with_writer(io::stderr).with_filter(own);
    if registry().with(lines).try_init().is_ok() {
        panic::set_hook(Box::new(|panic| {
            // The message of a panic may quote what it choked on; its place cannot.
            let place = panic.location().map(ToString::to_string);
            tracing::error!(place, "panicked");
        }));
    }
}

fn filter(level: LogLevel) -> LevelFilter {
    match level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
    }
}
