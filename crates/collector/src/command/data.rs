//! Where the data of a command is.

use crate::places::Classifier;
use crate::settings::{Settings, Source};
use crate::store::{Opening, Sqlite, SqliteError};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;

/// The flags of every command that touches data.
#[derive(Debug, Args)]
pub(super) struct Data {
    /// Directory of the database [default: ./data]
    #[arg(long, env = "QULAQ_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// File with the settings of the collector (TOML)
    #[arg(long, env = "QULAQ_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Language that every survey must be in, such as `kk`; may be given several times, with commas in the environment
    /// [default: none]
    #[arg(long, env = "QULAQ_REQUIRE_LANGUAGES", value_name = "LANG", value_delimiter = ',')]
    require_languages: Option<Vec<String>>,
}

impl Data {
    /// The settings of the file, with the directory that the flags name.
    pub(super) fn settings(&self) -> Result<Settings> {
        let (data, require_languages) = (self.data.clone(), self.require_languages.clone());
        let flags = Source { data, require_languages, ..Source::default() };
        Ok(Settings::load(flags, self.config.as_deref())?)
    }

    /// The classifier of places that was imported into the data; the regions alone where there is no data, or none of it.
    pub(super) async fn classifier(&self) -> Result<Classifier> {
        match self.open(Opening::Existing) {
            Ok(store) => Ok(Classifier::in_store(&store, None).await?),
            Err(error) if matches!(error.downcast_ref(), Some(SqliteError::Nothing(_))) => {
                Ok(Classifier::built_in())
            }
            Err(error) => Err(error),
        }
    }

    /// Opens the store that the flags or the settings name.
    pub(super) fn open(&self, opening: Opening) -> Result<Sqlite> {
        Ok(Sqlite::open(&self.settings()?.data, opening)?)
    }
}
