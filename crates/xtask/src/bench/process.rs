//! What a process used of the machine, as Linux tells it.

use std::fs;

/// What a process used since it began.
#[derive(Clone, Copy, Default)]
pub(crate) struct Used {
    /// Seconds of processors.
    pub(crate) processor: f64,
    /// The most memory, in MiB.
    pub(crate) memory: f64,
}

/// Linux counts a processor's time in hundredths of a second, whatever its kernel does inside.
const TICKS: f64 = 100.0;

/// What a process used so far; `None` when it is there no more.
pub(crate) fn used(process: u32) -> Option<Used> {
    let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    Some(Used { processor: processor(&stat)?, memory: memory(&status)? })
}

/// The name of the program, in parentheses, may have anything in it; the 14th and 15th field are the time in user and
/// kernel mode.
fn processor(stat: &str) -> Option<f64> {
    let mut fields = stat.rsplit_once(')')?.1.split_whitespace().skip(11);
    let mut ticks = || fields.next()?.parse::<f64>().ok();
    Some((ticks()? + ticks()?) / TICKS)
}

fn memory(status: &str) -> Option<f64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    Some(line.split_whitespace().next()?.parse::<f64>().ok()? / 1024.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_process_used_is_read_as_linux_writes_it() {
        let stat = "7 (a b) c) S 1 7 7 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 3 0 99 0 0";
        assert_eq!(processor(stat), Some(2.0));
        assert_eq!(memory("Name:\tx\nVmHWM:\t    2048 kB\n"), Some(2.0));
    }
}
