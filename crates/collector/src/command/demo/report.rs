//! What a demo prints: everything that can be opened or run now.

use super::examples;
use super::reception::Followed;
use crate::command::Out;
use crate::origin::Origin;
use crate::token::Token;
use std::io;
use std::path::Path;

/// What there is to tell.
pub(super) struct Report<'a> {
    pub(super) collector: &'a Origin,
    pub(super) pages: &'a Origin,
    pub(super) surveys: Vec<String>,
    /// A matter that can be followed.
    pub(super) matter: Option<Followed>,
    pub(super) token: Token,
    /// The name and the password of somebody who may do everything.
    pub(super) owner: (String, String),
    /// A code for the ballot among them.
    pub(super) code: Option<String>,
    /// A code for the vote in the meeting.
    pub(super) vote: Option<String>,
    pub(super) data: &'a Path,
}

impl Report<'_> {
    pub(super) fn print(&self, out: &mut Out) -> io::Result<()> {
        let Self { collector, pages, surveys, .. } = self;
        let token = self.token.reveal();
        writeln!(out, "collector  {collector}\npages      {pages}\ntoken      {token}")?;
        let (name, password) = &self.owner;
        writeln!(out, "console    {collector}/console\nname       {name}\npassword   {password}")?;
        writeln!(out, "\nAgency pages, each with a survey in it:")?;
        for path in examples::page_paths() {
            writeln!(out, "  {pages}{path}")?;
        }
        writeln!(out, "\nThe same surveys and more, on pages of their own:")?;
        for survey in surveys {
            writeln!(out, "  {collector}/s/{survey}")?;
        }
        if let Some(code) = &self.code {
            writeln!(out, "\nA code for the ballot:\n  {collector}/s/yard-budget#code={code}")?;
        }
        if let Some(code) = &self.vote {
            writeln!(out, "\nA code for the vote in the meeting:\n  {collector}/s/meeting-vote#code={code}")?;
        }
        if let Some((number, receipt)) = &self.matter {
            writeln!(out, "\nA matter of the reception, to be followed with its number and the receipt:")?;
            writeln!(out, "  {collector}/s/reception/follow\n  {number}\n  {receipt}")?;
        }
        writeln!(out, "\nDownload what was answered, with the token or beside the collector:")?;
        for survey in surveys {
            self.print_downloads(out, survey)?;
        }
        writeln!(out, "\nCtrl+C ends the demo.")
    }

    fn print_downloads(&self, out: &mut Out, survey: &str) -> io::Result<()> {
        let (collector, token) = (self.collector, self.token.reveal());
        let address = format!("{collector}/api/v1/surveys/{survey}/export?format=csv");
        writeln!(out, "  curl -fsS -H 'Authorization: Bearer {token}' '{address}' -o {survey}.csv")?;
        let (program, data) = (program(), quoted(&self.data.to_string_lossy()));
        writeln!(out, "  {program} export {survey} --format csv --data {data} -o {survey}.csv")
    }
}

/// This program as a shell finds it.
fn program() -> String {
    let path = std::env::current_exe().map(|path| path.to_string_lossy().into_owned());
    quoted(&path.unwrap_or_else(|_| "qulaq".to_owned()))
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
