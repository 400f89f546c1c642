//! What the system says about this process. What it does not say is left out.

use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric};
use prometheus_client::metrics::counter::ConstCounter;
use prometheus_client::metrics::gauge::ConstGauge;
use prometheus_client::registry::Unit;
use rustix::process::{Resource, getrlimit};
use rustix::time::{ClockId, clock_gettime};
use std::fmt;
use std::fs;
use std::time::Instant;

/// This process.
#[derive(Debug)]
pub(super) struct Process {
    started: Instant,
}

impl Process {
    pub(super) fn since_now() -> Self {
        Self { started: Instant::now() }
    }
}

impl Collector for Process {
    fn encode(&self, mut encoder: DescriptorEncoder<'_>) -> Result<(), fmt::Error> {
        let mut gauge = |name: &str, help: &str, unit: Option<&Unit>, value: f64| {
            let gauge = ConstGauge::new(value);
            gauge.encode(encoder.encode_descriptor(name, help, unit, gauge_type())?)
        };
        gauge(
            "qulaq_uptime",
            "Time since the program began.",
            Some(&Unit::Seconds),
            self.started.elapsed().as_secs_f64(),
        )?;
        if let Some(bytes) = resident_bytes() {
            gauge("process_resident_memory", "Memory that is in use.", Some(&Unit::Bytes), bytes as f64)?;
        }
        if let Some(files) = open_files() {
            gauge("process_open_fds", "Files and connections that are open.", None, files as f64)?;
        }
        if let Some(most) = getrlimit(Resource::Nofile).current {
            gauge("process_max_fds", "Files and connections that may be open.", None, most as f64)?;
        }
        let cpu = clock_gettime(ClockId::ProcessCPUTime);
        let seconds = ConstCounter::new(cpu.tv_sec as f64 + cpu.tv_nsec as f64 / 1e9);
        let of_cpu = encoder.encode_descriptor(
            "process_cpu",
            "Time that processors worked for the program.",
            Some(&Unit::Seconds),
            seconds.metric_type(),
        )?;
        seconds.encode(of_cpu)
    }
}

fn gauge_type() -> prometheus_client::metrics::MetricType {
    prometheus_client::metrics::MetricType::Gauge
}

/// Linux says it in kibibytes.
fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.split_whitespace().next()?.parse::<u64>().ok().map(|kibibytes| kibibytes * 1024)
}

fn open_files() -> Option<usize> {
    Some(fs::read_dir("/proc/self/fd").ok()?.count())
}
