//! The widget package: `dist/widget`, the files that browsers get, ready for the collector to embed.
//!
//! `compile` has Trunk make the WASM, `work` that of the solver, `link` leaves out what nobody calls, `shrink` makes everything small, `package`
//! names, compresses and lists the result. Nothing is built again while the inputs have the content they had at the last
//! build.

mod blank;
mod boundary;
mod compile;
mod inputs;
mod lighter;
pub(crate) mod link;
pub(crate) mod package;
mod shrink;
mod silence;
mod work;

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use serde_json::Value;

use crate::files;
use crate::lock;
use crate::places::Places;
use crate::steps::{Step, say};
use crate::tools::NpmTools;
use compile::{MODULES, Module};
use package::Contents;

/// What the loader's source says where the package's version belongs.
const VERSION_TOKEN: &str = "__QULAQ_VERSION__";

/// What pages name, in `public/` and in the package: the loader, and the loader with the rarer tags.
const ENTRIES: [&str; 2] = ["qulaq.js", "tags.js"];

/// What posts, and what is shipped within it.
const POST: &str = "post.js";
const WITHIN_POST: &str = "outbox.js";

/// The step that makes the package.
pub(crate) fn step() -> Step {
    Step::new("widget", "the widget package", build)
}

/// Where the optimised WASM of every kind is kept with its function names, for `cargo xtask size --top`.
pub(crate) fn named_wasm(places: &Places) -> PathBuf {
    work_dir(places).join("whole.named.wasm")
}

fn build(places: &Places) -> Result<()> {
    let _held = lock::hold(&places.root.join("dist"))?;
    let inputs = inputs::hash(places)?;
    if inputs::are_built(places, &inputs) {
        say("its sources have not changed since the last build");
        return Ok(());
    }
    let contents = make(places)?;
    let version = package::write(&places.package(), &contents)?;
    inputs::remember(places, &inputs)?;
    say(&format!("version {version}"));
    Ok(())
}

fn make(places: &Places) -> Result<Contents> {
    let tools = NpmTools::ensure(places)?;
    let work = work_dir(places);
    let modules =
        MODULES.iter().map(|module| self::module(places, &tools, *module)).collect::<Result<_>>()?;
    let mut others = others(&tools, places)?;
    others.push((work::NAME.to_owned(), work::wasm(places, &work)?));
    Ok(Contents {
        modules,
        style: shrink::style(&tools, &style(places)?, &work)?,
        entries: ENTRIES
            .into_iter()
            .map(|name| Ok((name, entry(&tools, places, name)?)))
            .collect::<Result<_>>()?,
        others,
    })
}

/// One module with the script that starts it.
fn module(places: &Places, tools: &NpmTools, module: Module) -> Result<package::Module> {
    let compiled = compile::run(places, &work_dir(places), module)?;
    say(&format!("making {}.wasm small: wasm-opt, esbuild ...", module.name));
    let pair = shrink::pair(tools, &compiled, &work_dir(places).join(format!("{}.named.wasm", module.name)))?;
    let glue = glue(tools, places, &pair.script)?;
    Ok(package::Module { name: module.name, wasm: pair.wasm, glue })
}

/// The style sheet: tokens first, because a page overrides them; then what low vision asks of them; then the base; then
/// each control.
fn style(places: &Places) -> Result<String> {
    let mut sheets = ["tokens", "vision", "base"].map(|name| format!("style/{name}.css")).to_vec();
    sheets.extend(
        files::below(&places.root, "style/control")?.into_iter().filter(|path| path.ends_with(".css")),
    );
    sheets.iter().map(|sheet| files::read_text(&places.root.join(sheet))).collect()
}

fn entry(tools: &NpmTools, places: &Places, name: &str) -> Result<String> {
    let path = places.root.join("public").join(name);
    let small = shrink::script(tools, &path, &work_dir(places))?;
    ensure!(small.contains(VERSION_TOKEN), "{} lacks {VERSION_TOKEN}, the version's place", path.display());
    Ok(small)
}

/// All else in `public/`, with its path from there: the words of the interface, for pages without a collector.
fn others(tools: &NpmTools, places: &Places) -> Result<Vec<(String, Vec<u8>)>> {
    let public = files::below(&places.root, "public")?;
    let names = public.iter().filter_map(|path| path.strip_prefix("public/"));
    let names = names.filter(|name| !ENTRIES.contains(name) && *name != WITHIN_POST);
    names
        .map(|name| Ok((name.to_owned(), other(tools, places, &places.root.join("public").join(name))?)))
        .collect()
}

/// A file as it is shipped: scripts minified, JSON without its spaces, the rest as it stands.
fn other(tools: &NpmTools, places: &Places, path: &Path) -> Result<Vec<u8>> {
    let content = files::read(path)?;
    match path.extension().and_then(OsStr::to_str) {
        Some("js") if path.ends_with(POST) => {
            Ok(shrink::bundle(tools, path, &work_dir(places))?.into_bytes())
        }
        Some("js") => Ok(shrink::script(tools, path, &work_dir(places))?.into_bytes()),
        Some("json") => {
            let value: Value =
                serde_json::from_slice(&content).with_context(|| format!("in {}", path.display()))?;
            Ok(serde_json::to_vec(&value)?)
        }
        _ => Ok(content),
    }
}

/// `app.js`: what starts the module, around the script of wasm-bindgen.
fn glue(tools: &NpmTools, places: &Places, script: &str) -> Result<String> {
    let starter = places.root.join("src/browser/live.js");
    let bindings = work_dir(places).join("bindings.js");
    files::write(&bindings, script)?;
    shrink::glue(tools, &starter, (compile::NAME, &bindings), &work_dir(places))
}

fn work_dir(places: &Places) -> PathBuf {
    places.target.join("widget-package")
}
