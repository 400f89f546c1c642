//! Disks that can be broken and mended: one of a few megabytes, files that cannot be written, and one that does as it is
//! told.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::command;

/// A small disk of its own, mounted below a directory; it is taken off when it is dropped.
pub(super) struct SmallDisk(PathBuf);

impl SmallDisk {
    /// Mounts one; `None` where this user may not.
    pub(super) fn mount(at: &Path) -> Result<Option<Self>> {
        fs::create_dir_all(at)?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=32m,mode=700", "tmpfs"]).arg(at);
        Ok(command::succeeds(&mut mount).then(|| Self(at.to_owned())))
    }

    /// Writes until there is no room left.
    pub(super) fn fill(&self) -> Result<()> {
        let mut filler = fs::File::create(self.0.join("filler"))?;
        let block = [0; 4096];
        while std::io::Write::write_all(&mut filler, &block).is_ok() {}
        Ok(())
    }

    /// Gives the room back.
    pub(super) fn clear(&self) -> Result<()> {
        Ok(fs::remove_file(self.0.join("filler"))?)
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        command::succeeds(Command::new("umount").arg("--lazy").arg(&self.0));
    }
}

/// A shell that lets its program write no file longer than a limit, until that is lifted, and tells it so by an error
/// instead of a signal.
pub(super) fn with_short_files() -> Command {
    let mut shell = Command::new("sh");
    shell.args(["-c", "trap '' XFSZ; exec \"$@\"", "sh"]);
    shell
}

/// Sets how long a file of this process may become.
pub(super) fn limit_files(pid: u32, bytes: &str) -> Result<()> {
    let (pid, limit) = (format!("--pid={pid}"), format!("--fsize={bytes}:unlimited"));
    command::run(Command::new("prlimit").args([pid, limit]))
}

/// Makes the database in a directory immutable, or mutable again; `false` where this user or this disk cannot.
pub(super) fn set_immutable(directory: &Path, immutable: bool) -> bool {
    let files = ["qulaq.db", "qulaq.db-wal"].map(|name| directory.join(name));
    command::succeeds(Command::new("chattr").arg(if immutable { "+i" } else { "-i" }).args(files))
}

/// What a disk that does as it is told does.
#[derive(Clone, Copy)]
pub(in crate::chaos) enum Mood {
    Well,
    /// Each sync takes 200 ms more.
    Slow,
    /// Each sync fails: the disk did not take what was written.
    Failing,
    /// Nothing can be written.
    ReadOnly,
    /// Each sync says that it is done, and does nothing.
    Lying,
}

/// A disk that does as it is told, for one process.
pub(in crate::chaos) struct Disk {
    orders: PathBuf,
    shim: PathBuf,
}

impl Disk {
    /// Builds it in a directory, with the machine's C compiler.
    pub(in crate::chaos) fn build(directory: &Path) -> Result<Self> {
        let [source, shim, orders] = ["disk.c", "disk.so", "disk"].map(|name| directory.join(name));
        fs::write(&source, include_str!("disk.c"))?;
        command::output(
            Command::new("cc").args(["-shared", "-fPIC", "-O1", "-o"]).args([&shim, &source]).arg("-ldl"),
        )
        .context("the disk of the faults is built with a C compiler")?;
        let disk = Self { orders, shim };
        disk.be(Mood::Well)?;
        Ok(disk)
    }

    /// A command whose program has this disk.
    pub(in crate::chaos) fn under(&self) -> Command {
        let mut env = Command::new("env");
        env.arg(format!("LD_PRELOAD={}", self.shim.display()));
        env.arg(format!("QULAQ_DISK={}", self.orders.display()));
        env
    }

    /// Tells it what to do from now on.
    pub(in crate::chaos) fn be(&self, mood: Mood) -> Result<()> {
        let order = match mood {
            Mood::Well => "-",
            Mood::Slow => "s",
            Mood::Failing => "e",
            Mood::ReadOnly => "r",
            Mood::Lying => "l",
        };
        // Overwritten where it stands: the process has this very file in its memory.
        let mut file = fs::File::options().create(true).write(true).truncate(false).open(&self.orders)?;
        Ok(std::io::Write::write_all(&mut file, order.as_bytes())?)
    }
}
