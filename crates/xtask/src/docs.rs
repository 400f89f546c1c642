//! `cargo xtask docs`: the reference in `docs/survey-format.md` and the pictures of the kinds, made by the program
//! itself, so that whoever adds a kind runs one command. A test of the collector fails when it was forgotten.

use std::process::Command;

use anyhow::{Context, Result};
use clap::Args;

use crate::places::Places;
use crate::steps::say;
use crate::{command, files, tools, widget};

const PAGE: &str = "docs/survey-format.md";
const PICTURES: &str = "docs/kinds";

/// How much of it to make.
#[derive(Args)]
pub(crate) struct Options {
    /// Leave the pictures as they are: neither the widget nor a browser is needed
    #[arg(long)]
    page_only: bool,
}

/// Builds the program, quickly rather than small, and lets it write.
pub(crate) fn run(options: &Options, places: &Places) -> Result<()> {
    if !options.page_only {
        (widget::step().run)(places)?;
    }
    say("compiling the program ...");
    command::run(places.cargo().args(["build", "--package", "qulaq-collector"]))?;
    page(places)?;
    if !options.page_only {
        pictures(places)?;
    }
    Ok(())
}

/// What stands before the marker is written by hand and stays.
fn page(places: &Places) -> Result<()> {
    let reference = command::text(program(places).args(["schema", "--markdown"]))?;
    let file = places.root.join(PAGE);
    let page = with_reference(&files::read_text(&file)?, &reference)
        .with_context(|| format!("{PAGE} lacks the line at which the reference begins"))?;
    files::write(&file, page)?;
    say(&format!("wrote {PAGE}"));
    Ok(())
}

/// The page with another reference, which begins with the marker.
fn with_reference(page: &str, reference: &str) -> Option<String> {
    let marker = reference.lines().next()?;
    let (by_hand, _) = page.split_once(marker)?;
    Some(format!("{by_hand}{reference}"))
}

fn pictures(places: &Places) -> Result<()> {
    let chromium = tools::chromium()?;
    tools::npm_tests(places)?;
    let mut node = Command::new("node");
    node.arg("docs/pictures.mjs").arg(places.root.join(PICTURES)).current_dir(places.root.join("tests"));
    command::run(node.env("CHROMIUM", chromium).env("QULAQ_BIN", program(places).get_program()))
}

/// The program as `cargo build` leaves it.
fn program(places: &Places) -> Command {
    Command::new(places.target.join("debug").join(format!("qulaq{}", std::env::consts::EXE_SUFFIX)))
}

#[cfg(test)]
mod tests {
    use super::with_reference;

    #[test]
    fn the_reference_takes_the_place_of_the_one_before() {
        let page = with_reference("# By hand\n\n<!-- m -->\nold\n", "<!-- m -->\nnew\n");
        assert_eq!(page.as_deref(), Some("# By hand\n\n<!-- m -->\nnew\n"));
        assert_eq!(with_reference("# By hand\n", "<!-- m -->\nnew\n"), None);
    }
}
