//! `qulaq places`: the classifier of places (KATO).

use super::Out;
use super::data::Data;
use crate::places::{self, Reading};
use crate::store::{Import, Opening, Place};
use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use std::fs;
use std::path::{Path, PathBuf};

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Take over the official file of the statistics bureau
    Import {
        /// The file, as it was downloaded (.xlsx, .xls), or as CSV
        file: PathBuf,
        /// The day since which it holds
        #[arg(long, value_name = "DAY")]
        as_of: Date,
        #[command(flatten)]
        data: Data,
    },
    /// Print the places: code, level, the code it lies within, the names in Kazakh and Russian, with tabs between
    List {
        /// As they were on this day [default: as the last import has them]
        #[arg(long, value_name = "DAY")]
        as_of: Option<Date>,
        /// Only of this level: 1 regions, 2 districts and cities, 3 settlements
        #[arg(long, value_name = "LEVEL", value_parser = clap::value_parser!(u8).range(1..=3))]
        level: Option<u8>,
        #[command(flatten)]
        data: Data,
    },
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    match options.action {
        Action::Import { file, as_of, data } => import(&file, as_of, &data, out).await,
        Action::List { as_of: None, level, data } => list(data.classifier().await?.places(), level, out),
        Action::List { as_of: Some(day), level, data } => {
            let places = data.open(Opening::Existing).await?.places(Some(&day.to_string())).await?;
            ensure!(!places.is_empty(), "no classifier was imported that holds on {day}");
            list(&places, level, out)
        }
    }
}

async fn import(file: &Path, as_of: Date, data: &Data, out: &mut Out) -> Result<()> {
    let bytes = fs::read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let mut reading =
        places::read(&bytes).with_context(|| format!("{} is not the classifier", file.display()))?;
    let places = std::mem::take(&mut reading.places);
    let levels = [1, 2, 3, 0].map(|level| places.iter().filter(|place| place.level == level).count());
    ensure!(levels[0] > 0, "{} has no region: nothing was imported", file.display());
    let store = data.open(Opening::OrCreate).await?;
    let Some(import) = store.import_places(places, &as_of.to_string()).await? else {
        bail!("a classifier of a later day than {as_of} was imported before: nothing was changed");
    };
    report(&reading, levels, import, out)
}

fn report(reading: &Reading, levels: [usize; 4], import: Import, out: &mut Out) -> Result<()> {
    let [regions, districts, settlements, between] = levels;
    writeln!(out, "rows read            {}", reading.rows)?;
    writeln!(out, "regions              {regions}")?;
    writeln!(out, "districts and cities {districts}")?;
    writeln!(out, "settlements          {settlements}")?;
    writeln!(out, "rural districts      {between} (not asked for)")?;
    writeln!(out, "repeated rows        {}", reading.repeated)?;
    writeln!(out, "names mended         {} (Latin letters among Cyrillic ones, spaces)", reading.respelt)?;
    writeln!(out, "names of one language for both {}", reading.unnamed)?;
    writeln!(out, "new {}, changed {}, ended {}", import.new, import.changed, import.ended)?;
    writeln!(out, "rows refused         {}", reading.refused.len())?;
    for (line, reason) in &reading.refused {
        writeln!(out, "  line {line}: {reason}")?;
    }
    Ok(())
}

fn list(places: &[Place], level: Option<u8>, out: &mut Out) -> Result<()> {
    for place in places.iter().filter(|place| level.is_none_or(|level| place.level == level)) {
        let within = place.within.map_or(String::new(), |code| code.to_string());
        writeln!(out, "{}\t{}\t{within}\t{}\t{}", place.code, place.level, place.kk, place.ru)?;
    }
    Ok(())
}
