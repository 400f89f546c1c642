//! Logs: lines on standard error, from this program's own code only. What others log may contain what citizens
//! typed, so it is not let through at any level.

use crate::settings::{LogFormat, LogLevel};
use std::io::{self, IsTerminal};
use std::panic;
use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;
use tracing_subscriber::{Layer, fmt, registry};

/// Starts logging. Once is enough; a second call changes nothing.
pub fn start(level: LogLevel, format: LogFormat) {
    let own = Targets::new().with_target(env!("CARGO_CRATE_NAME"), filter(level));
    let lines = fmt::layer().with_writer(io::stderr);
    let lines = match format {
        LogFormat::Json => lines.json().flatten_event(true).boxed(),
        LogFormat::Text => lines.with_ansi(io::stderr().is_terminal()).boxed(),
    };
    let lines = lines.with_filter(own);
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
