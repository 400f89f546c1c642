//! The step `api`: the program that was built does what `/openapi.json` says.
//!
//! Schemathesis makes up requests out of the description, sound ones and broken ones, sends what was kept again, takes it
//! back, and leaves the token out. No reply may be a fault of the server's, have a status or a type that the description
//! does not know, or a body that breaks its schema.

use std::path::Path;

use anyhow::Result;

use crate::chaos::Place;
use crate::command;
use crate::places::Places;
use crate::tools::PythonEnvironment;

/// What is installed for it.
const PACKAGES: &str = "tests/api/requirements.txt";

/// Requests of each kind that are made up for one route.
const EXAMPLES: &str = "60";

/// Seconds at most; a run that has more to try ends then.
const SECONDS: &str = "60";

/// Starts a collector of its own and tries its API.
pub(crate) fn check(places: &Places) -> Result<()> {
    let environment = PythonEnvironment::ensure(places, PACKAGES)?;
    let place = Place::new(places, None, Path::new("data"))?;
    let token = place.token()?;
    let collector = place.serve()?;
    let url = format!("http://{}", collector.address);
    let tests = places.root.join("tests/api");
    let mut schemathesis = environment.module("schemathesis.cli");
    schemathesis.arg("--config-file").arg(tests.join("schemathesis.toml"));
    schemathesis.args(["run", &format!("{url}/openapi.json"), "--checks", "all", "--warnings", "off"]);
    schemathesis.args(["--max-examples", EXAMPLES, "--max-time", SECONDS]);
    schemathesis.env("QULAQ_TOKEN", token).env("QULAQ_URL", &url);
    // What it remembers of a run goes with the collector's directory.
    schemathesis.env("SCHEMATHESIS_HOOKS", tests.join("hooks.py")).current_dir(place.path());
    command::run(&mut schemathesis)
}
