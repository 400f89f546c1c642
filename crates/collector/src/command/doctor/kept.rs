//! Whether anything is kept for longer than was promised: in the store, and in backups.

use crate::backup::{self, Manifest};
use crate::clock::Minute;
use crate::retention::{self, DAY};
use crate::store::{Finding, Store};
use std::fs;
use std::io;
use std::path::Path;

/// A running collector looks every hour; what is over for longer than this is left lying.
const GRACE: i64 = 3 * 60;

/// What is over in the store. One that cannot be read has faults enough, which stand before this.
pub(super) async fn in_store(store: &dyn Store, now: Minute) -> Finding {
    let before = Minute(now.0.saturating_sub(GRACE));
    let Ok(overdue) = retention::overdue(store, before).await else {
        return Finding::warning("retention", "cannot be looked at".to_owned(), "mend the database first");
    };
    if overdue.is_empty() {
        return Finding::good("retention", "nothing is kept for longer than its survey says");
    }
    let told =
        overdue.iter().map(|(bound, over)| format!("{} {over} of {}", bound.what.name(), bound.survey));
    let told: Vec<String> = told.collect();
    let advice =
        "`qulaq expire` deletes it; a running collector does every hour, and its log says why it did not";
    Finding::warning("retention", format!("kept for too long: {}", told.join(", ")), advice)
}

/// What is over among the backups in a directory.
pub(super) fn in_backups(directory: &Path, now: Minute) -> Finding {
    match backups(directory) {
        Ok(backups) => of_backups(&backups, now),
        Err(error) => {
            let found = format!("{} cannot be read: {error}", directory.display());
            Finding::warning("backups", found, "name the directory that backups are written to")
        }
    }
}

fn of_backups(backups: &[(String, Manifest)], now: Minute) -> Finding {
    let over = |manifest: &Manifest| manifest.keep_until.is_some_and(|until| until <= now.0);
    let old: Vec<&str> =
        backups.iter().filter(|(_, manifest)| over(manifest)).map(|(name, _)| name.as_str()).collect();
    if old.is_empty() {
        let next = backups.iter().filter_map(|(_, manifest)| manifest.keep_until).min();
        let next = next.map_or_else(String::new, |until| {
            format!("; the first is to be deleted in {} days", (until - now.0).div_euclid(DAY))
        });
        return Finding::good("backups", format!("{} found, none is over{next}", backups.len()));
    }
    let found = format!("these hold what their surveys promised to delete: {}", old.join(", "));
    Finding::warning("backups", found, "delete them, and whatever copies there are of them")
}

/// The files in a directory that are backups.
fn backups(directory: &Path) -> io::Result<Vec<(String, Manifest)>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.is_file()
            && let Some(manifest) = backup::manifest(&path)
        {
            found.push((path.display().to_string(), manifest));
        }
    }
    found.sort_by(|(one, _), (other, _)| one.cmp(other));
    Ok(found)
}
