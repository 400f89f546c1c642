//! What a snippet needs of the page around it and of the collector, told to whoever pastes it.

use super::Target;
use super::snippet::{Script, Snippet};
use crate::edition::Edition;
use crate::origin::Allowed;
use crate::times::Standing;
use std::fmt::{self, Formatter};

/// What there is to tell about a snippet.
pub(super) struct Needs<'a> {
    pub(super) snippet: &'a Snippet<'a>,
    pub(super) target: Target,
    pub(super) edition: &'a Edition,
    /// Whether the survey takes responses.
    pub(super) standing: Standing,
    /// The list of the settings that were read, which need not be those that the server runs with.
    pub(super) own: &'a [Allowed],
}

const WORDPRESS: &str = "\
WordPress: paste it into the code editor, or what is between the comments into a block «Custom HTML». Saving it takes the
right `unfiltered_html`: administrators and editors have it, in a network only its super administrators.
";

const DRUPAL: &str = "\
Drupal: paste it as the body of a custom block or of a page, in a text format for trusted roles that has no text editor
and allows <script> and <qulaq-survey>: the filters «Limit allowed HTML tags and correct faulty HTML», «Correct faulty
and chopped off HTML», «Convert line breaks into HTML» and «Display any HTML as plain text» must be off.
";

const PINNED: &str = "\
The address of the script names its version and never changes: print the snippet again after each upgrade of the
collector, or the page stays with the old version. It will be there as long as the collector keeps its data.
";

const INLINED: &str = "\
The form is a copy of today: print it again after each publishing. A copy of an older version goes on being accepted.
";

impl fmt::Display for Needs<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.standing {
            Standing::Open => {}
            Standing::NotYet => {
                writeln!(f, "The survey is not open yet: the form will say so until it opens.")?;
            }
            Standing::Closed => {
                writeln!(f, "The survey is closed: the form will say so until it is published again.")?;
            }
        }
        self.origin(f)?;
        self.policy(f)?;
        match self.target {
            Target::Plain => {}
            Target::Wordpress => f.write_str(WORDPRESS)?,
            Target::Drupal => f.write_str(DRUPAL)?,
        }
        if matches!(self.snippet.script, Script::Pinned { .. }) {
            f.write_str(PINNED)?;
        }
        if self.snippet.form.is_some() {
            f.write_str(INLINED)?;
        }
        writeln!(f)
    }
}

impl Needs<'_> {
    fn origin(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let listed: Vec<&str> = self
            .own
            .iter()
            .map(|allowed| match allowed {
                Allowed::Exactly(origin) => origin.as_str(),
                Allowed::Any => "*",
            })
            .collect();
        let listed = if listed.is_empty() { String::new() } else { format!(" (now: {})", listed.join(", ")) };
        writeln!(f, "The origin of the page must be on the collector's list, `allow-origin`{listed}.")
    }

    /// The directives, of which a page with a content policy must have these besides its own.
    fn policy(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let host = self.snippet.host;
        writeln!(f, "If the page has a content policy, it needs:")?;
        writeln!(f, "  script-src {host} 'wasm-unsafe-eval'\n  connect-src {host}")?;
        if self.edition.has_media {
            writeln!(f, "  img-src {host}\n  media-src {host}")?;
        }
        if let Some(form) = &self.snippet.form {
            let hash = form.style_hash();
            writeln!(f, "  style-src {hash}\n  form-action {host} (for browsers without scripts)")?;
        }
        Ok(())
    }
}
