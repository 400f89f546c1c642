//! Making the file of a job, on a thread that may block.

use super::{Job, Jobs, State, record};
use crate::download::Download;
use crate::export::ExportError;
use crate::refusal::log_failure;
use data_encoding::HEXLOWER;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::{self, BufWriter, ErrorKind, Write};
use std::sync::Arc;
use std::sync::atomic::Ordering;

/// Bytes gathered before they are written.
const BUFFER: usize = 256 * 1024;

/// Waits for its turn and makes it.
pub(super) async fn make(jobs: Arc<Jobs>, job: Arc<Job>, download: Download) {
    // Nobody closes it.
    let Ok(_turn) = jobs.turns.acquire().await else { return };
    if !jobs.starts(&job) {
        return;
    }
    let (making, made_of) = (Arc::clone(&jobs), Arc::clone(&job));
    let written = tokio::task::spawn_blocking(move || write(&making, &made_of, download)).await;
    match written {
        Ok(Ok((bytes, sha256))) => finish(&jobs, &job, bytes, sha256).await,
        Ok(Err(error)) => {
            if jobs.settle(&job, State::Failed) {
                log_failure("a download in the background broke off", &error);
            }
        }
        // A panic has been logged where it happened.
        Err(_) => _ = jobs.settle(&job, State::Failed),
    }
}

/// Writes the file; gives its bytes and their SHA-256.
fn write(jobs: &Jobs, job: &Job, download: Download) -> Result<(u64, String), ExportError> {
    let path = jobs.file(&job.record().id);
    let file = record::private_file(&path).map_err(ExportError::Write)?;
    let mut sink = BufWriter::with_capacity(BUFFER, Summed { file, bytes: 0, hash: Sha256::new() });
    download.write(&*jobs.store, &mut sink, &|rows| {
        job.rows.store(rows, Ordering::Relaxed);
        let stopped = job.stopped.load(Ordering::Relaxed);
        if stopped { Err(io::Error::new(ErrorKind::Interrupted, "it was cancelled")) } else { Ok(()) }
    })?;
    let whole = sink.into_inner().map_err(|error| ExportError::Write(error.into_error()))?;
    whole.file.sync_data().map_err(ExportError::Write)?;
    Ok((whole.bytes, HEXLOWER.encode(&whole.hash.finalize())))
}

/// It is ready, unless a response was taken back while it was made.
async fn finish(jobs: &Jobs, job: &Job, bytes: u64, sha256: String) {
    {
        let mut record = job.record();
        (record.bytes, record.sha256) = (bytes, sha256);
    }
    match jobs.look_at(job).await {
        Ok(()) => _ = jobs.settle(job, State::Done),
        Err(error) => {
            log_failure("a download in the background cannot be checked", &error);
            jobs.settle(job, State::Failed);
        }
    }
}

/// A file, with the length and the sum of what went into it.
struct Summed {
    file: File,
    bytes: u64,
    hash: Sha256,
}

impl Write for Summed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let written = self.file.write(bytes)?;
        self.hash.update(&bytes[..written]);
        self.bytes += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}
