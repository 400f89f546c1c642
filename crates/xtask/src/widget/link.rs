//! The linker of the widget: the usual one, told to leave out what other crates export and nothing here calls.
//!
//! What wasm-bindgen marks for JavaScript is exported by every crate that has any of it, and an export is kept with
//! all that it calls. Only the linker can leave it out whole: in a linked module the table of functions keeps what it
//! once named. So rustc is given this program as its linker, and this program starts the real one.

use std::env;
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::command;
use crate::places::Places;

/// Names the real linker; that it is set says that this program is asked to link.
const LINKER: &str = "QULAQ_WIDGET_LINKER";

/// How the names of such exports begin, after what wasm-bindgen puts before them: the streams of `wasm-streams`, with
/// which Leptos' server functions send bodies.
const UNUSED: [&str; 1] = ["intounderlying"];

/// Has the Cargo that `trunk` starts link with this program.
pub(super) fn by_this_program(places: &Places, trunk: &mut Command) -> Result<()> {
    trunk.env(LINKER, real_linker(places)?);
    trunk.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", env::current_exe()?);
    Ok(())
}

/// Links, if that is what this program was started for.
pub(crate) fn run_if_asked() -> Option<Result<()>> {
    let linker = env::var_os(LINKER)?;
    let arguments = needed(env::args_os().skip(1).collect());
    Some(command::run(Command::new(linker).args(arguments)))
}

/// The linker that rustc brings; where it brings none, the one of that name on the search path, as rustc has it.
fn real_linker(places: &Places) -> Result<PathBuf> {
    let name = format!("rust-lld{}", env::consts::EXE_SUFFIX);
    let mut rustc = Command::new("rustc");
    let libraries = command::text(rustc.args(["--print", "target-libdir"]).current_dir(&places.root))?;
    let brought = Path::new(libraries.trim()).with_file_name("bin").join(&name);
    Ok(if brought.is_file() { brought } else { name.into() })
}

/// The arguments without each `--export` of something unused.
fn needed(arguments: Vec<OsString>) -> Vec<OsString> {
    let mut needed: Vec<OsString> = Vec::new();
    for argument in arguments {
        if needed.last().is_some_and(|last| last == "--export") && is_unused(&argument) {
            needed.pop();
        } else {
            needed.push(argument);
        }
    }
    needed
}

fn is_unused(symbol: &OsStr) -> bool {
    let symbol = symbol.to_string_lossy();
    let name = symbol.trim_start_matches("__wbindgen_describe_").trim_start_matches("__wbg_");
    UNUSED.iter().any(|unused| name.starts_with(unused))
}

#[cfg(test)]
mod tests {
    use super::needed;

    #[test]
    fn only_exports_that_nobody_uses_are_left_out() {
        let arguments = [
            "-flavor",
            "wasm",
            "--export",
            "start_b5644a62",
            "--export",
            "__wbg_intounderlyingsink_free_58a9",
            "--export",
            "__wbindgen_describe___wbg_post_1643",
            "--export",
            "__wbindgen_describe_intounderlyingsink_write_58a9",
            "--export",
            "intounderlyingsource_pull_58a9",
            "intounderlying.o",
        ];
        let left = needed(arguments.map(Into::into).to_vec());
        let expected = [
            "-flavor",
            "wasm",
            "--export",
            "start_b5644a62",
            "--export",
            "__wbindgen_describe___wbg_post_1643",
            "intounderlying.o",
        ];
        assert_eq!(left, expected);
    }
}
