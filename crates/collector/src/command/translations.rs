//! `qulaq translations`: the texts of a definition go to translators as a table, and come back.

mod report;

use super::{Out, read_file};
use crate::translations::catalogue::{Catalogue, is_tag};
use crate::translations::merge::Merge;
use crate::translations::rewrite::Rewriting;
use crate::translations::{reading, write};
use anyhow::{Context, Result, bail, ensure};
use clap::{Args, Subcommand};
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use survey::Survey;

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Write every text of a definition into a table, with a column for each language
    Export {
        /// The definition (JSON, format 1)
        file: PathBuf,
        /// The languages to translate into, also new ones [default: all of the survey but the first]
        #[arg(long, value_name = "TAGS", value_delimiter = ',')]
        to: Vec<String>,
        /// The table, .xlsx or .csv [default: the name of the definition with .xlsx]
        #[arg(short, long, value_name = "OUT")]
        output: Option<PathBuf>,
    },
    /// Take translations over from a table
    Import(Import),
    /// Accept all translations of a definition as those of its present source texts
    Stamp {
        /// The definition (JSON, format 1)
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
struct Import {
    /// The definition (JSON, format 1)
    file: PathBuf,
    /// The table that came back (.xlsx, .xls, .ods or .csv)
    sheet: PathBuf,
    /// Write the result here and leave the definition as it is
    #[arg(short, long, value_name = "NEWFILE")]
    output: Option<PathBuf>,
    /// A language of the table that the survey gets with it; several with commas
    #[arg(long, value_name = "TAGS", value_delimiter = ',')]
    add_language: Vec<String>,
    /// Say what would be taken over, and write nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(options: &Options, out: &mut Out) -> Result<()> {
    match &options.action {
        Action::Export { file, to, output } => export(file, to, output.as_deref(), out),
        Action::Import(options) => import(options, out),
        Action::Stamp { file } => stamp(file, out),
    }
}

fn export(file: &Path, to: &[String], output: Option<&Path>, out: &mut Out) -> Result<()> {
    let catalogue = catalogue(file, &read_file(file)?)?;
    let languages = match to.is_empty() {
        true => catalogue.languages[1..].to_vec(),
        false => targets(&catalogue, to)?,
    };
    ensure!(!languages.is_empty(), "the survey has one language: say with --to which it is translated into");
    let output = output.map_or_else(|| unused(file), |output| Ok(output.to_path_buf()))?;
    put(&output, &write(&catalogue, &languages, &output)?)?;
    report::export(&catalogue, &languages, &output, out)
}

/// The name of a definition with the ending of a workbook. What lies there already may be what a translator sent back.
fn unused(file: &Path) -> Result<PathBuf> {
    let output = file.with_extension("xlsx");
    let name = output.display();
    ensure!(!output.exists(), "{name} is there already: move it away, or write over it with -o {name}");
    Ok(output)
}

/// The languages that were asked for, each once.
fn targets(catalogue: &Catalogue, to: &[String]) -> Result<Vec<String>> {
    let mut languages: Vec<String> = Vec::new();
    for tag in to {
        let known = catalogue.languages.contains(tag);
        ensure!(known || is_tag(tag), "\"{tag}\" is no language tag such as kk, ru or kk-latn");
        ensure!(tag != catalogue.source(), "\"{tag}\" is the language of the source texts: name others");
        if !languages.contains(tag) {
            languages.push(tag.clone());
        }
    }
    Ok(languages)
}

fn import(options: &Import, out: &mut Out) -> Result<()> {
    ensure!(
        options.output.as_ref() != Some(&options.sheet),
        "-o names the table: name another file for the result"
    );
    let json = read_file(&options.file)?;
    let mut catalogue = catalogue(&options.file, &json)?;
    let name = options.sheet.display();
    let bytes = fs::read(&options.sheet).with_context(|| format!("cannot read {name}"))?;
    let sheet = reading::read(&bytes).with_context(|| format!("cannot use {name}"))?;
    let added = add_languages(&mut catalogue, &sheet.languages, &options.add_language)?;
    let merge = Merge::of(&catalogue, &sheet).with_context(|| format!("cannot use {name}"))?;
    report::import(&merge, out)?;
    let new = merged(&json, &catalogue, &merge, added)?;
    let target = options.output.as_deref().unwrap_or(&options.file);
    judge(target, &json, &new, out)?;
    if options.dry_run {
        writeln!(out, "nothing was written: a dry run")?;
    } else if new == json && options.output.is_none() {
        writeln!(out, "nothing to write: {} stays as it is", target.display())?;
    } else {
        put(target, new.as_bytes())?;
        writeln!(out, "written: {}", target.display())?;
    }
    let left = merge.refused.len() + merge.unknown.len();
    ensure!(left == 0, "{left} entries of {name} were not taken over: see the list");
    Ok(())
}

/// Adds to the survey what was asked for; whether there was anything to add.
fn add_languages(catalogue: &mut Catalogue, sheet: &[String], wanted: &[String]) -> Result<bool> {
    let mut added = false;
    for tag in wanted {
        ensure!(is_tag(tag), "\"{tag}\" is no language tag such as kk, ru or kk-latn");
        ensure!(sheet.contains(tag), "the table has no column \"{tag}\": it has {}", sheet.join(", "));
        if !catalogue.languages.contains(tag) {
            catalogue.languages.push(tag.clone());
            added = true;
        }
    }
    Ok(added)
}

fn merged(json: &str, catalogue: &Catalogue, merge: &Merge, added: bool) -> Result<String> {
    let mut rewriting = Rewriting::of(json)?;
    if added {
        rewriting.languages(&catalogue.languages)?;
    }
    for row in merge.rows.values() {
        rewriting.text(row)?;
    }
    Ok(rewriting.finish())
}

fn stamp(file: &Path, out: &mut Out) -> Result<()> {
    let json = read_file(file)?;
    let mut catalogue = catalogue(file, &json)?;
    let mut rows = std::mem::take(&mut catalogue.rows);
    let mut rewriting = Rewriting::of(&json)?;
    let mut stamped = 0;
    for row in &mut rows {
        let changed = row.accept(&catalogue);
        if changed > 0 {
            rewriting.text(row)?;
        }
        stamped += changed;
    }
    let new = rewriting.finish();
    if new != json {
        judge(file, &json, &new, out)?;
        put(file, new.as_bytes())?;
    }
    writeln!(out, "accepted: {stamped} translations")?;
    Ok(())
}

fn catalogue(file: &Path, json: &str) -> Result<Catalogue> {
    Catalogue::read(json).with_context(|| format!("cannot use {}", file.display()))
}

/// Refuses to make a definition worse than it was.
fn judge(target: &Path, old: &str, new: &str, out: &mut Out) -> Result<()> {
    let Err(faults) = Survey::read(new) else { return Ok(()) };
    let name = target.display();
    if Survey::read(old).is_err() {
        let count = faults.len();
        writeln!(out, "{name} cannot be published yet, faults: {count}; see `qulaq check {name}`")?;
        return Ok(());
    }
    for fault in &faults {
        writeln!(out, "{name}: {fault}")?;
    }
    bail!("nothing was written, because the definition could not be published any more: mend what is listed")
}

/// Writes a file whole or not at all: a temporary one beside it takes its name.
fn put(file: &Path, content: &[u8]) -> Result<()> {
    let cannot_write = || format!("cannot write {}", file.display());
    // Behind a symbolic link it is the file that is replaced, not the link.
    let file = fs::canonicalize(file).unwrap_or_else(|_| file.to_path_buf());
    let mut builder = tempfile::Builder::new();
    // Neither a definition nor its table is a secret: others may read them, as far as the umask goes.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let directory = file.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut unfinished = builder.tempfile_in(directory).with_context(cannot_write)?;
    if let Ok(old) = fs::metadata(&file) {
        unfinished.as_file().set_permissions(old.permissions()).with_context(cannot_write)?;
    }
    unfinished.write_all(content).with_context(cannot_write)?;
    unfinished.as_file().sync_all().with_context(cannot_write)?;
    unfinished.persist(&file).with_context(cannot_write)?;
    Ok(())
}
