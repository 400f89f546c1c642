//! SQL of the classifier of places. A row says how a place was from one day until another; nothing is ever taken away but
//! what one day's import corrects of an earlier one of the same day.

use crate::store::diff;
use crate::store::{Import, Place};
use rusqlite::{Connection, OptionalExtension, Result, Row, named_params};

pub(super) fn import(db: &Connection, places: &[Place], as_of: &str) -> Result<Option<Import>> {
    let later = db.prepare_cached("SELECT 1 FROM place_imports WHERE as_of > ?1")?.exists([as_of])?;
    if later {
        return Ok(None);
    }
    db.prepare_cached("INSERT INTO place_imports (as_of) VALUES (?1) ON CONFLICT DO NOTHING")?
        .execute([as_of])?;
    let difference = diff::between(current(db, None)?, places);
    for code in difference.ended {
        end(db, code, as_of)?;
    }
    for place in difference.begun {
        insert(db, place, as_of)?;
    }
    Ok(Some(difference.import))
}

/// Ends what a code stood for; what began the same day never was.
fn end(db: &Connection, code: i64, as_of: &str) -> Result<()> {
    let which = named_params! { ":code": code, ":as_of": as_of };
    db.prepare_cached("DELETE FROM places WHERE code = :code AND valid_from = :as_of")?.execute(which)?;
    db.prepare_cached("UPDATE places SET valid_to = :as_of WHERE code = :code AND valid_to IS NULL")?
        .execute(which)?;
    Ok(())
}

fn insert(db: &Connection, place: &Place, as_of: &str) -> Result<()> {
    db.prepare_cached(
        "INSERT INTO places (code, valid_from, level, within, kk, ru)
         VALUES (:code, :valid_from, :level, :within, :kk, :ru)",
    )?
    .execute(named_params! {
        ":code": place.code,
        ":valid_from": as_of,
        ":level": place.level,
        ":within": place.within,
        ":kk": place.kk,
        ":ru": place.ru,
    })?;
    Ok(())
}

/// The places there were on a day, or those of the last import.
pub(super) fn current(db: &Connection, as_of: Option<&str>) -> Result<Vec<Place>> {
    let last = "SELECT max(as_of) FROM place_imports";
    let last: Option<String> = db.prepare_cached(last)?.query_row([], |row| row.get(0)).optional()?.flatten();
    let Some(day) = as_of.map(str::to_owned).or(last) else { return Ok(Vec::new()) };
    db.prepare_cached(
        "SELECT code, level, within, kk, ru FROM places
         WHERE valid_from <= ?1 AND coalesce(valid_to, '9999') > ?1 ORDER BY code",
    )?
    .query_map([day], place)?
    .collect()
}

fn place(row: &Row<'_>) -> Result<Place> {
    Ok(Place { code: row.get(0)?, level: row.get(1)?, within: row.get(2)?, kk: row.get(3)?, ru: row.get(4)? })
}
