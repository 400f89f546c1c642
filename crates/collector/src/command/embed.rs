//! `qulaq embed`: the snippet that puts a survey into a page, ready to paste. What the page must allow is told on
//! standard error, so that the snippet alone can go into a file.

mod needs;
pub(super) mod snippet;

use super::data::Data;
use super::{Out, serve};
use crate::clock;
use crate::edition::Edition;
use crate::http::{Manner, first_view, opening};
use crate::origin::Origin;
use crate::package::Package;
use crate::store::Opening;
use crate::times::Standing;
use anyhow::{Context, Result, ensure};
use clap::{Args, ValueEnum};
use needs::Needs;
use qulaq::View;
use snippet::{Form, Script, Snippet};
use std::io::{self, Write};
use std::path::PathBuf;
use survey::Occasion;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The id of the survey
    id: String,
    /// The language, one of the survey's [default: that of the page around it; with --inline the survey's first]
    #[arg(long, value_name = "TAG")]
    lang: Option<String>,
    /// How the form is shown: in the page, opened by a link of the page's own, or by a button of ours
    #[arg(long, value_enum, default_value_t)]
    mode: Mode,
    /// What the snippet is pasted into
    #[arg(long = "for", value_enum, default_value_t)]
    target: Target,
    /// Name this version of the widget, with its hash; the snippet must be changed at each upgrade
    #[arg(long)]
    pin: bool,
    /// Print the form itself: shown without any further request, and answerable with scripts off
    #[arg(long)]
    inline: bool,
    /// Where browsers reach the collector [default: `public-url` of the settings, else http:// and its address]
    #[arg(long, env = "QULAQ_PUBLIC_URL", value_name = "URL")]
    public_url: Option<Origin>,
    /// Directory with another package of the widget's files [default: the one inside this program]
    #[arg(long, env = "QULAQ_WIDGET", value_name = "DIR")]
    widget: Option<PathBuf>,
    #[command(flatten)]
    data: Data,
}

/// How the form is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Mode {
    #[default]
    Inline,
    Modal,
    Button,
}

/// What a snippet is pasted into.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Target {
    #[default]
    Plain,
    Wordpress,
    Drupal,
}

pub(super) async fn run(options: Options, out: &mut Out) -> Result<()> {
    ensure!(!options.inline || options.mode == Mode::Inline, "--inline has no other mode than inline");
    let settings = options.data.settings()?;
    let host = options
        .public_url
        .clone()
        .or(settings.public_url)
        .map_or_else(|| format!("http://{}", settings.listen), |origin| origin.as_str().to_owned());
    let package = serve::package(options.widget.as_deref().or(settings.widget.as_deref()))?;
    let (edition, standing) = published(&options).await?;
    let lang = chosen(&options, &edition)?;
    let form = options.inline.then(|| inlined(&package, &edition, &host, standing, &lang)).transpose()?;
    // A form and the module that takes it over are of one version, also after an upgrade.
    let pinned = options.pin || options.inline;
    let snippet = Snippet {
        host: &host,
        survey: &options.id,
        lang: (options.lang.is_some() || options.inline).then_some(&lang),
        mode: options.mode,
        title: edition.survey.title.get(&lang),
        script: if pinned { Script::pinned(&package)? } else { Script::Moving },
        form,
    };
    let needs = Needs {
        snippet: &snippet,
        target: options.target,
        edition: &edition,
        standing,
        own: &settings.allow_origin,
    };
    write!(io::stderr(), "{needs}")?;
    Ok(out.write_all(snippet.html(options.target).as_bytes())?)
}

/// The current version of the survey, and whether it takes responses.
async fn published(options: &Options) -> Result<(Edition, Standing)> {
    let store = options.data.open(Opening::Existing).await?;
    let unknown = || format!("no survey \"{}\" was published", options.id);
    let record = store.survey(&options.id).await?.with_context(unknown)?;
    let definition = store.definition(&options.id, &record.version).await?.with_context(unknown)?;
    let standing = record.standing((clock::system())());
    Ok((Edition::read(record.version, &definition)?, standing))
}

fn chosen(options: &Options, edition: &Edition) -> Result<String> {
    let languages = &edition.survey.languages;
    let Some(lang) = &options.lang else { return Ok(edition.survey.language("").to_owned()) };
    ensure!(languages.contains(lang), "the survey has no language \"{lang}\", but {}", languages.join(", "));
    Ok(lang.clone())
}

/// The form as `/fragment` gives it, with the style of the same version.
fn inlined(package: &Package, edition: &Edition, host: &str, standing: Standing, lang: &str) -> Result<Form> {
    ensure!(
        !edition.survey.is_shuffled(),
        "the survey has a random order, and a form in the page would have the same one for everybody: \
         leave --inline out"
    );
    let begun = (edition.survey.defaults(), Occasion::default());
    let action = format!("{host}/s/{}", edition.survey.id);
    let view = first_view(edition, standing, (lang.to_owned(), Manner::default()), begun);
    let media = if edition.has_media { format!("{host}{}", view.media) } else { String::new() };
    let view = View { action, media, heading_level: 2, ..view };
    let style = String::from_utf8(package.versioned("qulaq.css")?.plain().to_vec());
    Ok(Form { style: style.context("the widget's style is not text")?, html: opening(edition, &view, "") })
}
