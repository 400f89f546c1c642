//! `cargo xtask chaos network`: the browser test of a line that fails, `tests/network.test.mjs`, with many more citizens.

use std::process::Command;

use anyhow::Result;

use crate::places::Places;
use crate::{command, tools};

/// Runs it with so many responses of a raw client and so many pages in a browser.
pub(crate) fn run(seed: u64, submissions: u32, pages: u32, places: &Places) -> Result<()> {
    let chromium = tools::chromium()?;
    tools::npm_tests(places)?;
    let mut node = Command::new("node");
    node.args(["--test", "--test-reporter=spec", "network.test.mjs"]).current_dir(places.root.join("tests"));
    node.env("CHROMIUM", chromium).env("QULAQ_BIN", places.qulaq());
    node.env("QULAQ_SUBMISSIONS", submissions.to_string()).env("QULAQ_PAGES", pages.to_string());
    command::run(node.env("QULAQ_SEED", seed.to_string()))
}
