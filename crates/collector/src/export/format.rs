//! The formats: what each is for, what it is called and who writes it.

use super::{Gaps, Layout, OptionError, Options, RowWriter, csv, dta, excel, jsonl, parquet, sav, xlsx};
use clap::ValueEnum;
use std::io::{self, Write};

/// A format that responses can be had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Format {
    /// For programs: comma-separated, UTF-8 without a mark, codes, nothing put before any text (RFC 4180)
    Csv,
    /// For Excel by a double click: semicolons, UTF-8 with a mark, texts that look like formulas guarded
    CsvExcel,
    /// A workbook with typed cells, a frozen header, filters, and a second sheet with the codebook
    Xlsx,
    /// SPSS: labels, missing values by reason, measures, sets of multiple answers
    Sav,
    /// Stata, release 118: labels, and `.a` to `.h` for missing values by reason
    Dta,
    /// Parquet, for pandas, Polars, DuckDB and R: typed columns, the reason of each gap in a column beside it
    Parquet,
    /// JSON Lines: one object a response, typed
    Jsonl,
}

impl Format {
    /// Its content type.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvExcel => "text/csv; charset=utf-8; header=present",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Sav => "application/x-spss-sav",
            Self::Dta => "application/x-stata-dta",
            Self::Parquet => "application/vnd.apache.parquet",
            Self::Jsonl => "application/x-ndjson; charset=utf-8",
        }
    }

    /// How the names of its files end.
    pub(crate) fn ending(self) -> &'static str {
        match self {
            Self::Csv | Self::CsvExcel => "csv",
            Self::Xlsx => "xlsx",
            Self::Sav => "sav",
            Self::Dta => "dta",
            Self::Parquet => "parquet",
            Self::Jsonl => "jsonl",
        }
    }

    /// The ways in which it can write what is missing, its own first.
    pub(super) fn gaps(self) -> &'static [Gaps] {
        match self {
            Self::Csv | Self::CsvExcel | Self::Xlsx => &[Gaps::Codes, Gaps::Empty],
            // They have missing values of their own.
            Self::Sav | Self::Dta => &[Gaps::Codes],
            Self::Parquet => &[Gaps::Apart, Gaps::Empty],
            Self::Jsonl => &[Gaps::Apart, Gaps::Codes, Gaps::Empty],
        }
    }

    /// How it writes what is missing under these options.
    pub(super) fn checked_gaps(self, options: &Options) -> Result<Gaps, OptionError> {
        options.gaps(self)
    }

    pub(super) fn writer<'a>(
        self,
        layout: &Layout,
        sink: impl Write + Send + 'a,
    ) -> io::Result<Box<dyn RowWriter + 'a>> {
        match self {
            Self::Csv => csv::writer(layout, sink),
            Self::CsvExcel => excel::writer(layout, sink),
            Self::Xlsx => xlsx::writer(layout, sink),
            Self::Sav => sav::writer(layout, sink),
            Self::Dta => dta::writer(layout, sink),
            Self::Parquet => parquet::writer(layout, sink),
            Self::Jsonl => jsonl::writer(layout, sink),
        }
    }
}
