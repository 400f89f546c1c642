//! `qulaq user link` and `unlink`: whom the agency's provider may let into which account.

use super::{known, write_down};
use crate::clock;
use crate::command::data::Data;
use crate::oidc::config::Issuer;
use crate::people::deed::Act;
use crate::store::{Identity, Opening};
use anyhow::{Context, Result, ensure};
use clap::Args;

#[derive(Debug, Args)]
pub(super) struct Naming {
    /// The name to sign in with
    name: String,
    /// What the provider calls them (`sub`): somebody who tries to sign in without an account sees it
    #[arg(long, value_name = "SUB")]
    subject: String,
    /// The provider [default: that of the settings]
    #[arg(long, env = "QULAQ_OIDC_ISSUER", value_name = "URL")]
    issuer: Option<Issuer>,
    #[command(flatten)]
    data: Data,
}

impl Naming {
    fn identity(&self) -> Result<Identity> {
        let set = self.data.settings()?.oidc.map(|oidc| oidc.issuer);
        let issuer =
            self.issuer.clone().or(set).context("name the provider with --issuer, or in the settings")?;
        let sound = (1..=255).contains(&self.subject.len()) && !self.subject.chars().any(char::is_control);
        ensure!(sound, "a subject is one line of at most 255 bytes");
        Ok(Identity { issuer: issuer.as_str().to_owned(), subject: self.subject.clone() })
    }
}

pub(super) async fn link(naming: Naming) -> Result<()> {
    let identity = naming.identity()?;
    let store = naming.data.open(Opening::Existing).await?;
    let name = naming.name;
    known(store.person(&name).await?.is_some(), &name)?;
    let linked = store.link(identity, &name, (clock::system())()).await?;
    ensure!(linked, "this subject opens an account already: `qulaq user unlink` takes that back");
    write_down(&*store, Act::LinkedPerson, None, name).await
}

pub(super) async fn unlink(naming: Naming) -> Result<()> {
    let identity = naming.identity()?;
    let store = naming.data.open(Opening::Existing).await?;
    let linked = store.identified(&identity).await?.as_deref() == Some(naming.name.as_str());
    ensure!(linked, "this subject does not open the account \"{}\"", naming.name);
    store.unlink(identity).await?;
    write_down(&*store, Act::UnlinkedPerson, None, naming.name).await
}
