//! `cargo xtask chaos power`: the power is cut. What the disk had at that moment is all there is, and every acknowledged
//! response must be in it.
//!
//! `kill -9` leaves what the system has in memory; a power cut does not. So the data are on a disk that is a file, that
//! file is copied while the system still holds back what nobody asked it to write, and the copy is what is opened again.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Result, bail};

use super::Site;
use super::dice::Dice;
use super::faults::disk::{Disk, Mood};
use super::load::{Load, Persistence};
use crate::command;
use crate::format;
use crate::steps::say;

/// Connections that post.
const CONNECTIONS: usize = 16;

/// When the power is cut, in milliseconds after the load began.
const CUT: (u64, u64) = (50, 800);

/// A disk that is a file, mounted; it is taken off when it is dropped.
struct Image {
    file: PathBuf,
    at: PathBuf,
}

/// Cuts the power so many times, and once under a disk that only says that it has written: that must be noticed.
pub(crate) fn run(seed: u64, rounds: u32, site: &Site<'_>) -> Result<()> {
    let mut dice = Dice::new(seed, 2);
    let mut acknowledged = 0;
    for round in 1..=rounds {
        match cut(seed, &mut dice, Mood::Well, site)? {
            Some((count, Ok(()))) => acknowledged += count,
            Some((_, Err(broken))) => {
                return Err(broken.context(format!("round {round} with the seed {seed}")));
            }
            None => {
                say("left out: it needs a disk of its own, which this user may not mount");
                return Ok(());
            }
        }
    }
    if let Some((_, Ok(()))) = cut(seed, &mut dice, Mood::Lying, site)? {
        bail!("a disk that wrote nothing went unnoticed: these rounds prove nothing");
    }
    say(&format!(
        "the power was cut {rounds} times: {} acknowledged, each on the disk; a disk that lies was noticed",
        format::bytes(acknowledged as u64)
    ));
    Ok(())
}

/// One cut: how many were acknowledged before it, and whether all of them are there.
fn cut(seed: u64, dice: &mut Dice, mood: Mood, site: &Site<'_>) -> Result<Option<(usize, Result<()>)>> {
    let directory = tempfile::tempdir()?;
    let Some(image) = Image::make(directory.path())? else { return Ok(None) };
    let place = site.place_with_data_in(&image.at.join("data"))?;
    let disk = Disk::build(place.path())?;
    let collector = place.serve_under(Some(disk.under()))?;
    disk.be(mood)?;
    let moment = dice.milliseconds(CUT.0, CUT.1);
    let load = Load::new(seed, &place.version);
    let ((), ledger) = load.during(&[collector.address], CONNECTIONS, Persistence::Ends, || {
        thread::sleep(moment);
        Ok(())
    })?;
    let after = image.copy()?;
    collector.kill()?;
    drop(image);
    let _mounted = Image::mount(after, directory.path())?;
    let proof = place.rows().and_then(|rows| ledger.prove(&rows));
    Ok(Some((ledger.acknowledged.len(), proof)))
}

impl Image {
    /// Makes one with an empty file system; `None` where this user may not.
    fn make(directory: &Path) -> Result<Option<Self>> {
        let file = directory.join("before.img");
        std::fs::File::create(&file)?.set_len(48 << 20)?;
        command::output(Command::new("mkfs.ext4").args(["-q", "-F"]).arg(&file))?;
        Self::mount(file, directory)
    }

    /// The system writes by itself what nobody asks it to, but not within the time of this.
    fn mount(file: PathBuf, directory: &Path) -> Result<Option<Self>> {
        let at = directory.join("mounted");
        std::fs::create_dir_all(&at)?;
        let mut mount = Command::new("mount");
        let mounted = command::succeeds(mount.args(["-o", "loop,commit=300"]).arg(&file).arg(&at));
        Ok(mounted.then_some(Self { file, at }))
    }

    /// The disk as it is now.
    fn copy(&self) -> Result<PathBuf> {
        let after = self.file.with_file_name("after.img");
        command::output(Command::new("cp").arg("--sparse=always").arg(&self.file).arg(&after))?;
        Ok(after)
    }
}

impl Drop for Image {
    fn drop(&mut self) {
        command::succeeds(Command::new("umount").arg(&self.at));
    }
}
