//! `cargo xtask bench pages`: pages about what many people said, with few of them and with many in the same run: comments on
//! one paragraph of a draft, votes on a hundred ideas, matters of a reception, answers about the pages of a site. The
//! ratio is what can be compared.

use anyhow::{Result, bail, ensure};
use clap::Args;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::export;
use crate::places::Places;
use crate::steps::say;
use crate::{command, files, format};

/// What is measured.
#[derive(Args)]
pub(super) struct Options {
    /// Comments, voters, matters and answers, few
    #[arg(long, value_name = "ROWS", default_value_t = 1_000)]
    few: u64,
    /// The same, many
    #[arg(long, value_name = "ROWS", default_value_t = 100_000)]
    many: u64,
}

/// The surveys that have them.
const SURVEYS: [&str; 3] = ["reception-rules", "forum", "reception"];

/// Answers for each page of a site.
const OF_A_PAGE: u64 = 20;

/// Builds the programs and prints a table.
pub(super) fn run(options: &Options, places: &Places) -> Result<()> {
    let programs = export::build(places)?;
    let few = measured(&programs, options.few, places)?;
    let many = measured(&programs, options.many, places)?;
    ensure!(few.len() == many.len(), "the two measurements have different pages");
    let rows = [options.few, options.many].map(format::bytes);
    let looks = rows.iter().flat_map(|rows| ["first", "then"].map(|look| format!("{rows} {look}, ms")));
    let header =
        std::iter::once("page".to_owned()).chain(looks).chain(["ratio".to_owned(), "KiB".to_owned()]);
    let mut table = vec![header.collect::<Vec<_>>()];
    let both = || few.iter().zip(&many);
    table.extend(both().filter(|(few, _)| is_page(few)).map(|(few, many)| row(few, many)));
    let told = rows.iter().flat_map(|rows| [format!("{rows}, s"), "MiB".to_owned()]);
    let mut beside = vec![std::iter::once("beside the pages".to_owned()).chain(told).collect::<Vec<_>>()];
    let worked_out = both().filter(|(few, _)| !is_page(few));
    beside.extend(worked_out.map(|(few, many)| few.iter().chain(many.iter().skip(1)).cloned().collect()));
    print!("\n{}\n{}", format::table(&table), format::table(&beside));
    Ok(())
}

/// A page: what it is, milliseconds of the first look and of a later one, kibibytes. Of something that is worked out beside
/// the pages: seconds and the most memory in mebibytes.
type Figures = Vec<String>;

fn is_page(figures: &Figures) -> bool {
    figures.len() == 4
}

/// The ratio is that of later looks.
fn row(few: &Figures, many: &Figures) -> Vec<String> {
    let number = |figure: Option<&String>| figure.and_then(|figure| figure.parse::<f64>().ok());
    let ratio = number(many.get(2)).zip(number(few.get(2))).map(|(many, few)| many / few.max(1.0));
    let ratio = ratio.map(|ratio| format!("{ratio:.1}")).unwrap_or_default();
    let looks = few.iter().take(3).chain(many.iter().skip(1).take(2)).cloned();
    looks.chain([ratio, many.get(3).cloned().unwrap_or_default()]).collect()
}

fn measured([bench, qulaq]: &[PathBuf; 2], rows: u64, places: &Places) -> Result<Vec<Figures>> {
    let data = places.target.join("bench-pages");
    files::remove_dir(&data)?;
    say(&format!("{} comments, voters, matters and answers", format::bytes(rows)));
    let path = data.to_string_lossy().into_owned();
    for survey in SURVEYS {
        let definition = places.root.join(format!("examples/surveys/{survey}.json"));
        command::output(Command::new(qulaq).arg("publish").arg(definition).args(["--data", &path]))?;
    }
    let told = command::text(Command::new(bench).args(["participation", &path, &rows.to_string()]))?;
    let mut figures: Vec<Figures> =
        told.lines().map(|line| line.split('\t').map(str::to_owned).collect()).collect();
    files::remove_dir(&data)?;
    figures.push(of_a_site(bench, (&path, rows))?);
    files::remove_dir(Path::new(&path))?;
    Ok(figures)
}

/// The page that ranks the pages of a site.
fn of_a_site(bench: &Path, (data, rows): (&str, u64)) -> Result<Figures> {
    let pages = (rows / OF_A_PAGE).max(1).to_string();
    let told = command::text(Command::new(bench).args(["pages", data, &rows.to_string(), &pages]))?;
    let told: Vec<&str> = told.split_whitespace().collect();
    let [_, first, then, size] = told[..] else { bail!("the measurement said {told:?}") };
    Ok(["console: the pages of a site", first, then, size].map(str::to_owned).to_vec())
}
