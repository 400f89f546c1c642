//! What is pasted: the script, the tag, the link inside it, and perhaps the form itself.

use super::{Mode, Target};
use crate::digest::sha256;
use crate::http::escape;
use crate::package::{Package, PackageError};
use data_encoding::BASE64;

/// A survey in a page.
pub(in crate::command) struct Snippet<'a> {
    /// The collector's address.
    pub(in crate::command) host: &'a str,
    pub(in crate::command) survey: &'a str,
    /// The language, if it is not that of the page.
    pub(in crate::command) lang: Option<&'a String>,
    pub(in crate::command) mode: Mode,
    /// What the link says.
    pub(in crate::command) title: &'a str,
    pub(in crate::command) script: Script,
    /// The form, if it stands in the snippet.
    pub(in crate::command) form: Option<Form>,
}

/// Which loader.
pub(in crate::command) enum Script {
    /// That of the collector as it runs.
    Moving,
    /// That of one version, held to its hash.
    Pinned { version: String, integrity: String },
}

/// A rendered form.
pub(in crate::command) struct Form {
    pub(in crate::command) style: String,
    pub(in crate::command) html: String,
}

impl Script {
    pub(in crate::command) fn pinned(package: &Package) -> Result<Self, PackageError> {
        let integrity = package.integrity("qulaq.js")?.to_owned();
        Ok(Self::Pinned { version: package.version().to_owned(), integrity })
    }

    fn html(&self, host: &str) -> String {
        match self {
            Self::Moving => format!("<script type=\"module\" src=\"{host}/widget/qulaq.js\"></script>\n"),
            Self::Pinned { version, integrity } => format!(
                "<script type=\"module\" src=\"{host}/widget/{version}/qulaq.js\" integrity=\"{integrity}\" \
                 crossorigin=\"anonymous\"></script>\n"
            ),
        }
    }
}

impl Form {
    /// A declarative shadow root: the browser's parser makes it, without any script.
    fn html(&self) -> String {
        let Self { style, html } = self;
        format!("<template shadowrootmode=\"open\"><style>{style}</style><div>{html}</div></template>")
    }

    /// What `style-src` must name for the style to be applied (Content Security Policy Level 3, §2.3.1).
    pub(in crate::command) fn style_hash(&self) -> String {
        format!("'sha256-{}'", BASE64.encode(&sha256(&self.style)))
    }
}

impl Snippet<'_> {
    pub(in crate::command) fn html(&self, target: Target) -> String {
        let (script, tag) = (self.script.html(self.host), self.tag());
        let both = match self.form {
            // What can be seen without the script comes before it.
            Some(_) => format!("{tag}{script}"),
            None => format!("{script}{tag}"),
        };
        match target {
            Target::Plain | Target::Drupal => both,
            Target::Wordpress => format!("<!-- wp:html -->\n{both}<!-- /wp:html -->\n"),
        }
    }

    fn tag(&self) -> String {
        let (survey, title) = (escape(self.survey), escape(self.title));
        let lang = self.lang.map(|lang| escape(lang)).unwrap_or_default();
        let (attribute, query) = match lang.as_str() {
            "" => (String::new(), String::new()),
            lang => (format!(" lang=\"{lang}\""), format!("?lang={lang}")),
        };
        let mode = match self.mode {
            Mode::Inline => "",
            Mode::Modal => " mode=\"modal\"",
            Mode::Button => " mode=\"button\"",
        };
        let form = self.form.as_ref().map(Form::html).unwrap_or_default();
        let link = format!("<a href=\"{}/s/{survey}{query}\">{title}</a>", self.host);
        format!("<qulaq-survey survey=\"{survey}\"{attribute}{mode}>{form}{link}</qulaq-survey>\n")
    }
}
