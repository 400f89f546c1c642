//! One at a time: two runs of xtask must not write the same directory.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use anyhow::{Context, Result};

use crate::steps::say;

/// Waits until no other run holds this directory, and holds it until the value is dropped or the process ends.
pub(crate) fn hold(directory: &Path) -> Result<File> {
    fs::create_dir_all(directory).with_context(|| format!("cannot create {}", directory.display()))?;
    let path = directory.join("lock");
    let file = File::create(&path).with_context(|| format!("cannot open {}", path.display()))?;
    match file.try_lock() {
        Ok(()) => return Ok(file),
        Err(TryLockError::WouldBlock) => say("waiting for another `cargo xtask`, which is at this step ..."),
        Err(TryLockError::Error(error)) => {
            return Err(error).with_context(|| format!("cannot lock {}", path.display()));
        }
    }
    file.lock().with_context(|| format!("cannot lock {}", path.display()))?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::files;

    #[test]
    fn a_directory_is_held_until_its_holder_lets_go() {
        let directory = std::env::temp_dir().join(format!("qulaq-xtask-lock-{}", std::process::id()));
        let held = hold(&directory).unwrap();
        let other = File::create(directory.join("lock")).unwrap();
        assert!(matches!(other.try_lock(), Err(TryLockError::WouldBlock)));
        drop(held);
        assert!(other.try_lock().is_ok());
        files::remove_dir(&directory).unwrap();
    }
}
