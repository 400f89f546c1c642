//! Looking at the database and its files, for whoever keeps them.

use crate::clock::Minute;
use crate::store::Finding;
use crate::store::tables::VERSION;
use rusqlite::{Connection, Result};
use std::fs;
use std::path::Path;

/// Bytes of the log after which something must hold it up. SQLite brings it into the database every few megabytes.
const LARGE_LOG: u64 = 256 * 1024 * 1024;

pub(super) fn examine(db: &Connection, database: &Path, media: &Path, now: Minute) -> Result<Vec<Finding>> {
    let latest = "SELECT max(minute) FROM (SELECT minute FROM responses
         WHERE NOT EXISTS (SELECT 1 FROM withdrawn WHERE id = responses.id) ORDER BY seq DESC LIMIT 1000)";
    let latest: Option<i64> = db.query_row(latest, [], |row| row.get(0))?;
    Ok(vec![
        Finding::good("database", format!("SQLite {}, {}", rusqlite::version(), database.display())),
        integrity(db)?,
        schema(db)?,
        log(database),
        permissions(database),
        Finding::of_clock(latest.map(Minute), now),
        files(db, media)?,
    ])
}

fn integrity(db: &Connection) -> Result<Finding> {
    let said: Vec<String> =
        db.prepare("PRAGMA integrity_check(3)")?.query_map([], |row| row.get(0))?.collect::<Result<_>>()?;
    let dangling = db.prepare("PRAGMA foreign_key_check")?.exists([])?;
    Ok(if said == ["ok"] && !dangling {
        Finding::good("integrity", "the database is sound")
    } else {
        Finding::fault(
            "integrity",
            "the database is damaged",
            "stop the server, keep a copy of the whole directory, restore the last backup into another one, and have \
             the disk looked at",
        )
    })
}

fn schema(db: &Connection) -> Result<Finding> {
    let version: usize = db.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    Ok(Finding::good("schema", format!("version {version} of {VERSION}")))
}

fn log(database: &Path) -> Finding {
    let mut log = database.as_os_str().to_owned();
    log.push("-wal");
    let bytes = fs::metadata(log).map_or(0, |about| about.len());
    let megabytes = bytes / (1024 * 1024);
    if bytes <= LARGE_LOG {
        return Finding::good("log", format!("{megabytes} MiB wait to be brought into the database"));
    }
    Finding::warning(
        "log",
        format!("{megabytes} MiB wait to be brought into the database"),
        "somebody has been reading one state for very long: look for exports and backups that hang, and end them",
    )
}

#[cfg(unix)]
fn permissions(database: &Path) -> Finding {
    use std::os::unix::fs::{MetadataExt, PermissionsExt};
    let Some((directory, about)) =
        database.parent().and_then(|parent| Some((parent, parent.metadata().ok()?)))
    else {
        return Finding::fault("permissions", "the directory cannot be looked at", "see who may read it");
    };
    let (mode, owner) = (about.permissions().mode() & 0o777, about.uid());
    let own = database.metadata().map(|about| about.uid());
    if mode & 0o077 != 0 {
        Finding::warning(
            "permissions",
            format!("others than its owner can enter {} (mode {mode:o})", directory.display()),
            format!("chmod 700 {}", directory.display()),
        )
    } else if own.is_ok_and(|own| own != owner) {
        Finding::fault(
            "permissions",
            format!("{} and the database in it belong to different accounts", directory.display()),
            "chown both to the account that the collector runs under",
        )
    } else {
        Finding::good("permissions", "the directory is for its owner alone")
    }
}

#[cfg(not(unix))]
fn permissions(_: &Path) -> Finding {
    Finding::good("permissions", "not looked at on this system")
}

fn files(db: &Connection, media: &Path) -> Result<Finding> {
    let named: Vec<String> = db
        .prepare("SELECT DISTINCT content FROM media ORDER BY content")?
        .query_map([], |row| row.get(0))?
        .collect::<Result<_>>()?;
    let there = fs::read_dir(media).into_iter().flatten().flatten();
    let mut unused: Vec<String> = there
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .filter(|name| !named.contains(name))
        .collect();
    unused.sort();
    let missing: Vec<String> = named.into_iter().filter(|name| !media.join(name).is_file()).collect();
    Ok(Finding::of_media(&missing, &unused, &format!("files in {}", media.display())))
}
