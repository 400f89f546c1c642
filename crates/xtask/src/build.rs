//! `cargo xtask build`: the widget package, then the `qulaq` program with the package inside.

use anyhow::Result;

use crate::command;
use crate::places::Places;
use crate::steps::{self, Step, say};
use crate::{tools, widget};

/// Builds everything and says where the program is.
pub(crate) fn run(places: &Places) -> Result<()> {
    steps::run(&steps(), places)?;
    say(&format!("the program is {}", places.qulaq().display()));
    Ok(())
}

/// All the steps of a build, tools included.
pub(crate) fn steps() -> Vec<Step> {
    let mut steps = tools::steps();
    steps.extend([widget::step(), collector_step()]);
    steps
}

/// The step that makes the program; the widget package must be there.
pub(crate) fn collector_step() -> Step {
    Step::new("collector", "the qulaq program, with the widget inside", |places| {
        say("compiling it (several minutes the first time) ...");
        command::run(places.cargo().args(["build", "--release", "--package", "qulaq-collector"]))
    })
}
