//! What analysts download: the table in one format, or the package of everything. An address and the command line ask for
//! both in the same words.

use crate::codebook::Codebook;
use crate::data_package;
use crate::export::{
    Export, ExportError, Format, OptionError, Options, Values, Watch, Which, name_of, votes,
};
use crate::store::Store;
use clap::ValueEnum;
use clap::builder::PossibleValue;
use std::io::Write;
use std::sync::LazyLock;

/// What is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Wanted {
    /// The table in one format.
    Table(Format),
    /// Everything.
    Package,
    /// The votes in a forum.
    Votes,
}

/// What is wanted, ready to be written.
#[derive(Debug)]
pub(crate) struct Download {
    export: Export,
    content: Content,
}

/// A format, or what the package says of the table.
#[derive(Debug)]
enum Content {
    Table(Format),
    Package(Box<Codebook>),
    /// How often votes had changed when it was prepared.
    Votes(u64),
}

static ALL: LazyLock<Vec<Wanted>> = LazyLock::new(|| {
    let tables = Format::value_variants().iter().map(|format| Wanted::Table(*format));
    tables.chain([Wanted::Package, Wanted::Votes]).collect()
});

impl ValueEnum for Wanted {
    fn value_variants<'a>() -> &'a [Self] {
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        match self {
            Self::Table(format) => format.to_possible_value(),
            Self::Package => Some(PossibleValue::new("package").help(
                "Everything in one ZIP archive: all formats, codebooks, questionnaires, scripts, sums",
            )),
            Self::Votes => Some(PossibleValue::new("votes").help("The votes in a forum, as CSV")),
        }
    }
}

impl Wanted {
    /// What has this name.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::from_str(name, false).ok()
    }

    /// The names of all.
    pub(crate) fn names() -> Vec<String> {
        Self::value_variants().iter().map(name_of).collect()
    }

    /// Its content type.
    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Table(format) => format.content_type(),
            Self::Package => "application/zip",
            Self::Votes => "text/csv; charset=utf-8",
        }
    }

    /// The name of its file, by the id of the survey.
    pub(crate) fn file(self, survey: &str) -> String {
        match self {
            Self::Table(format) => format!("{survey}.{}", format.ending()),
            Self::Package => format!("{survey}-package.zip"),
            Self::Votes => format!("{survey}-votes.csv"),
        }
    }

    /// How often the table is read for it.
    pub(crate) fn passes(self) -> u64 {
        match self {
            Self::Table(_) => 1,
            Self::Package => Format::value_variants().len() as u64,
            // It is not the responses that are read.
            Self::Votes => 0,
        }
    }
}

/// A package is read table by table, with codes that its codebook explains; parts of responses change meanwhile.
fn suits_a_package(options: &Options) -> Result<(), OptionError> {
    let refuse = |reason: &str| Err(OptionError(reason.to_owned()));
    if options.values != Values::Codes || options.missing.is_some() {
        return refuse("values, missing: a package has codes, and what they mean beside them.");
    }
    match options.which {
        Which::Partial => refuse("partials: a package has complete responses; ask for a format of its own."),
        Which::Complete => Ok(()),
    }
}

/// Of votes there is one table, whole.
fn suits_votes(options: &Options) -> Result<(), OptionError> {
    // The language of labels changes nothing where there are none.
    if *options == (Options { lang: options.lang.clone(), ..Options::default() }) {
        return Ok(());
    }
    Err(OptionError("format: votes are written whole, without any option.".to_owned()))
}

impl Download {
    /// Prepares an export to be written.
    ///
    /// # Errors
    /// Also when its options are not for what is wanted.
    pub(crate) async fn of(store: &dyn Store, export: Export, wanted: Wanted) -> Result<Self, ExportError> {
        let content = match wanted {
            Wanted::Table(format) => {
                export.layout(format)?;
                Content::Table(format)
            }
            Wanted::Package => {
                suits_a_package(export.options())?;
                let codebook = Codebook::of(store, &export).await.map_err(ExportError::Store)?;
                Content::Package(Box::new(codebook))
            }
            Wanted::Votes => {
                suits_votes(export.options())?;
                let count = store.count_votes(export.survey()).await.map_err(ExportError::Store)?;
                Content::Votes(count.changes)
            }
        };
        Ok(Self { export, content })
    }

    /// The table.
    pub(crate) fn export(&self) -> &Export {
        &self.export
    }

    /// The same for the same bytes.
    pub(crate) fn fingerprint(&self) -> String {
        let wanted = match self.content {
            Content::Table(format) => Wanted::Table(format),
            Content::Package(_) => Wanted::Package,
            Content::Votes(changes) => {
                return self.export.fingerprint(&format!("{} {changes}", name_of(&Wanted::Votes)));
            }
        };
        self.export.fingerprint(&name_of(&wanted))
    }

    /// Writes it. It blocks, and must run on a thread of the runtime that may.
    pub(crate) fn write(
        self,
        store: &dyn Store,
        sink: impl Write + Send,
        watch: Watch<'_>,
    ) -> Result<(), ExportError> {
        match self.content {
            Content::Table(format) => self.export.write_watched(store, format, sink, watch).map(drop),
            Content::Package(codebook) => data_package::write(store, &self.export, *codebook, sink, watch),
            Content::Votes(_) => votes::write(&self.export, store, sink, watch),
        }
    }
}
