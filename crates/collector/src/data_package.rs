//! The data package: a ZIP archive with the table of a survey in every format, what its codes mean, the questionnaire at
//! each version, scripts that open the table, and a manifest with the SHA-256 of each file.
//!
//! The same data give the same bytes: entries have a fixed order and no time of day. It is written in one go to whoever
//! reads it. One format is held on the disk while the others are made, none in memory.

mod archive;
mod manifest;
mod readme;

use crate::codebook::{self, Codebook, Figures, write_triple_s_data};
use crate::export::{Export, ExportError, Format, Watch, Written};
use crate::store::Store;
use archive::Archive;
use clap::ValueEnum;
use std::fs::File;
use std::io::{self, BufReader, BufWriter, Seek, Write};

/// Scripts lie where they are run from, beside the description that Frictionless expects there.
const AT_THE_ROOT: [codebook::Format; 5] = [
    codebook::Format::Frictionless,
    codebook::Format::R,
    codebook::Format::Python,
    codebook::Format::Spss,
    codebook::Format::Stata,
];

/// Writes the package of an export. It blocks, and must run on a thread of the runtime that may.
pub(crate) fn write(
    store: &dyn Store,
    export: &Export,
    codebook: Codebook,
    sink: impl Write + Send,
    watch: Watch<'_>,
) -> Result<(), ExportError> {
    let mut table = spooled(store, export, watch)?;
    let figures = Figures::of_csv(&codebook.variables, from_start(&mut table)?).map_err(of_csv)?;
    let codebook = codebook.with(figures);
    let mut archive = Archive::new(sink);
    data(store, (export, watch), &codebook, &mut table, &mut archive)?;
    descriptions(&codebook, &mut archive).map_err(ExportError::Write)?;
    archive.finish(&codebook, export).map_err(ExportError::Write)
}

/// The table as CSV, on the disk.
fn spooled(store: &dyn Store, export: &Export, watch: Watch<'_>) -> Result<File, ExportError> {
    let mut table = tempfile::tempfile().map_err(ExportError::Write)?;
    let mut sink = BufWriter::new(&mut table);
    export.write_watched(store, Format::Csv, &mut sink, watch)?;
    sink.flush().map_err(ExportError::Write)?;
    drop(sink);
    Ok(table)
}

fn from_start(table: &mut File) -> Result<BufReader<&File>, ExportError> {
    table.rewind().map_err(ExportError::Write)?;
    Ok(BufReader::new(table))
}

fn of_csv(error: csv::Error) -> ExportError {
    ExportError::Write(io::Error::other(error))
}

/// The table in every format.
fn data<W: Write + Send>(
    store: &dyn Store,
    (export, watch): (&Export, Watch<'_>),
    codebook: &Codebook,
    table: &mut File,
    archive: &mut Archive<W>,
) -> Result<(), ExportError> {
    let survey = &codebook.survey.id;
    let responses = codebook.figures.as_ref().map_or(0, |figures| figures.responses);
    let counted = Written { rows: responses, guarded: 0 };
    let mut before = 0;
    for format in Format::value_variants() {
        archive.begin(format!("data/{}", table_name(survey, *format))).map_err(ExportError::Write)?;
        if *format == Format::Csv {
            io::copy(&mut from_start(table)?, archive).map_err(ExportError::Write)?;
            archive.note(counted);
        } else {
            let written =
                export.write_watched(store, *format, &mut *archive, &|rows| watch(before + rows))?;
            archive.note(written);
        }
        before += responses;
    }
    archive.begin(format!("data/{survey}-triple-s.csv")).map_err(ExportError::Write)?;
    write_triple_s_data(codebook, from_start(table)?, &mut *archive).map_err(of_csv)?;
    archive.note(counted);
    Ok(())
}

/// The name of a table; two formats have the same ending.
fn table_name(survey: &str, format: Format) -> String {
    match format {
        Format::CsvExcel => format!("{survey}-excel.csv"),
        format => format!("{survey}.{}", format.ending()),
    }
}

/// Everything that says what the table means.
fn descriptions<W: Write>(codebook: &Codebook, archive: &mut Archive<W>) -> io::Result<()> {
    let survey = &codebook.survey.id;
    let lang = codebook.survey.languages.first().map_or("", String::as_str);
    let (table, triple_s) = (format!("{survey}.csv"), format!("{survey}-triple-s.csv"));
    for (format, table) in [(codebook::Format::Csvw, &table), (codebook::Format::TripleS, &triple_s)] {
        archive.begin(format!("data/{}", format.file(survey)))?;
        codebook.write(format, lang, table, archive)?;
    }
    archive.begin(format!("codebook/{}", codebook::Format::Ddi.file(survey)))?;
    codebook.write(codebook::Format::Ddi, lang, &format!("../data/{table}"), archive)?;
    for lang in &codebook.survey.languages {
        archive.begin(format!("codebook/{survey}-codebook-{lang}.html"))?;
        codebook.write(codebook::Format::Html, lang, "", archive)?;
        if codebook::has_letters(codebook, lang) {
            archive.begin(format!("codebook/{survey}-codebook-{lang}.pdf"))?;
            codebook.write(codebook::Format::Pdf, lang, "", archive)?;
        }
    }
    for version in &codebook.versions {
        archive.begin(format!("questionnaire/{}.json", version.name))?;
        archive.write_all(version.definition.as_bytes())?;
    }
    for format in AT_THE_ROOT {
        archive.begin(format.file(survey))?;
        codebook.write(format, lang, &format!("data/{table}"), archive)?;
    }
    archive.begin("README.md".to_owned())?;
    readme::write(codebook, archive)
}
