//! The command line: `qulaq serve`, `qulaq publish` and so on, one file each.
//!
//! Commands write their results to `Out`, which is standard output, and return what went wrong; it is told on standard
//! error, here. Those that touch data work beside a running server.

mod address;
mod archive;
mod backup;
mod check;
mod close;
mod codebook;
mod consultation;
mod data;
mod demo;
mod doctor;
mod due;
mod embed;
mod expand;
mod expire;
mod export;
mod fragment;
mod invite;
mod outcome;
mod places;
mod preview;
mod privacy;
mod publish;
mod report;
mod restore;
mod schema;
mod serve;
mod theme;
mod token;
mod translations;
mod user;

use anyhow::{Context, Result, ensure};
use clap::{Parser, Subcommand};
use std::fs;
use std::io::{self, ErrorKind, Read, Write};
use std::path::Path;
use std::process::ExitCode;

/// Where a command's results go.
type Out = dyn Write + Send;

/// Surveys inside the pages that agencies already have: publishes them, keeps the responses, gives them to analysts.
#[derive(Debug, Parser)]
#[command(name = "qulaq", version)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve surveys and keep responses
    Serve(serve::Options),
    /// Try everything at once: examples, agency pages, a token, nothing kept
    Demo(demo::Options),
    /// Say everything that is wrong with definitions, with lines and advice, and with the colours of a theme
    Check(check::Options),
    /// Show a definition as it will be asked, anew each time it is saved
    Preview(preview::Options),
    /// Publish a definition, or a new version of it
    Publish(publish::Options),
    /// Take no more responses to a survey; publishing it opens it again
    Close(close::Options),
    /// Publish what was heard and what was done, beside a survey
    Outcome(outcome::Options),
    /// Close a survey for ever, once it is said what came of it
    Archive(archive::Options),
    /// Write out the places of questions that name the classifier
    Expand(expand::Options),
    /// Import and list the classifier of places (KATO)
    Places(places::Options),
    /// Print what puts a survey into a page, ready to paste
    Embed(embed::Options),
    /// Write the responses to a survey as a table
    Export(export::Arguments),
    /// Write what the data of a survey mean: for archives, for people, for other programs
    Codebook(codebook::Options),
    /// Write everything into one file, beside a running server
    Backup(backup::Options),
    /// Take over a backup into a place that has nothing, whichever engine it is of
    Restore(restore::Options),
    /// Delete what is kept for longer than its survey says
    Expire(expire::Options),
    /// Write what a survey asks, keeps and deletes and who sees it, or all surveys at a glance after a breach
    Privacy(privacy::Options),
    /// Look at the settings, the machine and the data, and say what to do
    Doctor(doctor::Options),
    /// Say on which working day something is registered, and by which it must be answered
    Due(due::Options),
    /// Manage the tokens with which analysts download responses
    Token(token::Options),
    /// Issue one-time codes for a survey that is answered by invitation, count and revoke them
    Invite(invite::Options),
    /// Say what looks odd about the responses to a survey, and give its totals without that
    Report(report::Options),
    /// Write the report on a consultation: what was said about its draft, and what was decided
    Consultation(consultation::Options),
    /// Manage who may sign in at the console, and what they may do there
    User(user::Options),
    /// Take the texts of a definition to translators and back
    Translations(translations::Options),
    /// Print the JSON Schema of a definition, or its reference
    Schema(schema::Options),
    /// Print the form of a definition as it is sent to browsers
    Fragment(fragment::Options),
}

/// Runs the command that the arguments of this process ask for.
#[must_use]
pub fn main() -> ExitCode {
    let command = Cli::parse().command;
    match run(command, &mut io::stdout()) {
        Err(error) if !is_closed_pipe(&error) => {
            // Nothing is left to tell it to when standard error is closed too.
            drop(writeln!(io::stderr(), "error: {error:#}"));
            ExitCode::FAILURE
        }
        _ => ExitCode::SUCCESS,
    }
}

fn run(command: Command, out: &mut Out) -> Result<()> {
    let runtime = tokio::runtime::Runtime::new().context("cannot start")?;
    runtime.block_on(async {
        match command {
            Command::Serve(options) => serve::run(options, out).await,
            Command::Demo(options) => demo::run(options, out).await,
            Command::Check(options) => check::run(&options, out).await,
            Command::Preview(options) => preview::run(options, out).await,
            Command::Publish(options) => publish::run(options, out).await,
            Command::Close(options) => close::run(options, out).await,
            Command::Outcome(options) => outcome::run(options, out).await,
            Command::Archive(options) => archive::run(options, out).await,
            Command::Expand(options) => expand::run(options, out).await,
            Command::Places(options) => places::run(options, out).await,
            Command::Embed(options) => embed::run(options, out).await,
            Command::Export(options) => export::run(options).await,
            Command::Codebook(options) => codebook::run(options).await,
            Command::Backup(options) => backup::run(options, out).await,
            Command::Restore(options) => restore::run(options, out).await,
            Command::Expire(options) => expire::run(options, out).await,
            Command::Privacy(options) => privacy::run(options).await,
            Command::Doctor(options) => doctor::run(options, out).await,
            Command::Due(options) => due::run(&options, out),
            Command::Token(options) => token::run(options, out).await,
            Command::Invite(options) => invite::run(options, out).await,
            Command::Report(options) => report::run(options, out).await,
            Command::Consultation(options) => consultation::run(options, out).await,
            Command::User(options) => user::run(options, out).await,
            Command::Translations(options) => translations::run(&options, out),
            Command::Schema(options) => schema::run(&options, out),
            Command::Fragment(options) => fragment::run(&options, out),
        }
    })
}

/// Bytes at most of a definition. A survey that somebody could answer has a small part of it.
const MOST_BYTES: u64 = 4 * 1024 * 1024;

/// The text of a definition. Some editors begin a file with a byte order mark, which RFC 8259 §8.1 lets a reader skip.
fn read_file(file: &Path) -> Result<String> {
    let name = file.display();
    let cannot_read = || format!("cannot read {name}");
    let about = fs::metadata(file).with_context(cannot_read)?;
    ensure!(!about.is_dir(), "cannot read {name}: it is a directory, name the definition in it");
    let mut bytes = Vec::new();
    // Read no further than the limit: a device or a pipe does not say how much there is.
    let opened = fs::File::open(file).with_context(cannot_read)?;
    opened.take(MOST_BYTES + 1).read_to_end(&mut bytes).with_context(cannot_read)?;
    ensure!(
        bytes.len() as u64 <= MOST_BYTES,
        "cannot read {name}: it is larger than 4 MiB, which no definition is: name another file"
    );
    let text = String::from_utf8(bytes).ok();
    let text =
        text.with_context(|| format!("cannot read {name}: it is not UTF-8, save it in that encoding"))?;
    Ok(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text))
}

/// Whether whoever read our output has heard enough (`qulaq export … | head`), which is no failure.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let io =
        |cause: &(dyn std::error::Error + 'static)| cause.downcast_ref::<io::Error>().map(io::Error::kind);
    error.chain().any(|cause| io(cause) == Some(ErrorKind::BrokenPipe))
}
