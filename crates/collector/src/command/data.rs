//! Where the data of a command is.

use crate::places::Classifier;
use crate::settings::{Settings, Source};
use crate::store::{self, DatabaseUrl, Opening, Store};
use anyhow::Result;
use clap::Args;
use std::path::PathBuf;
use std::sync::Arc;

/// The flags of every command that touches data.
#[derive(Debug, Args)]
pub(super) struct Data {
    /// Directory of the database [default: ./data]
    #[arg(long, env = "QULAQ_DATA", value_name = "DIR")]
    data: Option<PathBuf>,
    /// PostgreSQL database to use instead of one in the directory [default: none]
    #[arg(long, env = "QULAQ_DATABASE_URL", value_name = "URL", hide_env_values = true)]
    database_url: Option<DatabaseUrl>,
    /// File with the settings of the collector (TOML)
    #[arg(long, env = "QULAQ_CONFIG", value_name = "FILE")]
    config: Option<PathBuf>,
    /// Language that every survey must be in, such as `kk`; may be given several times, with commas in the environment
    /// [default: none]
    #[arg(long, env = "QULAQ_REQUIRE_LANGUAGES", value_name = "LANG", value_delimiter = ',')]
    require_languages: Option<Vec<String>>,
    /// Where responses are stored, in words for citizens, such as `Қазақстан`; notices that are made say it [default: none]
    #[arg(long, env = "QULAQ_STORED_IN", value_name = "PLACE")]
    stored_in: Option<String>,
}

impl Data {
    /// The settings of the file, with the place that the flags name.
    pub(super) fn settings(&self) -> Result<Settings> {
        let flags = Source {
            data: self.data.clone(),
            database_url: self.database_url.clone(),
            require_languages: self.require_languages.clone(),
            stored_in: self.stored_in.clone(),
            ..Source::default()
        };
        Ok(Settings::load(flags, self.config.as_deref())?)
    }

    /// The classifier of places that was imported into the data; the regions alone where there is no data, or none of it.
    pub(super) async fn classifier(&self) -> Result<Classifier> {
        match store::open(&self.settings()?.location(), Opening::Existing).await {
            Ok(store) => Ok(Classifier::in_store(&*store, None).await?),
            Err(error) if error.is_nothing() => Ok(Classifier::built_in()),
            Err(error) => Err(error.into()),
        }
    }

    /// Opens the store that the flags or the settings name.
    pub(super) async fn open(&self, opening: Opening) -> Result<Arc<dyn Store>> {
        Ok(store::open(&self.settings()?.location(), opening).await?)
    }
}
