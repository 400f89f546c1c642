//! Lists the languages of the interface, so that a language is added by its file in `public/words/` and nothing else.

use std::env;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

const WORDS: &str = "public/words";

/// These come first, in this order: the first serves for a language that has none, and buttons stand in this order.
const FIRST: [&str; 3] = ["kk", "ru", "en"];

fn main() -> io::Result<()> {
    println!("cargo::rerun-if-changed={WORDS}");
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut tags = tags(&root.join(WORDS))?;
    tags.sort_by_key(|tag| (FIRST.iter().position(|first| first == tag).unwrap_or(FIRST.len()), tag.clone()));
    let (mut names, mut files) = (String::new(), String::new());
    for tag in &tags {
        let file = root.join(WORDS).join(format!("{tag}.json"));
        let name = name(&fs::read_to_string(&file)?).unwrap_or_else(|| tag.clone());
        _ = writeln!(names, "    ({tag:?}, {name:?}),");
        // From where the crate is when it is compiled: a target directory may serve several checkouts.
        let path = format!("/{WORDS}/{tag}.json");
        _ = writeln!(files, "    ({tag:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), {path:?}))),");
    }
    let list = |name: &str, about: &str, items: &str| {
        format!("/// {about}\n{name}: &[(&str, &str)] = &[\n{items}];\n")
    };
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    fs::write(
        out.join("names.rs"),
        list("pub(super) static NAMES", "Each language in its own words.", &names),
    )?;
    let about = "Each language with its file of words.";
    fs::write(out.join("languages.rs"), list("pub static LANGUAGES", about, &files))
}

fn tags(directory: &Path) -> io::Result<Vec<String>> {
    let mut tags = Vec::new();
    for entry in fs::read_dir(directory)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            tags.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    Ok(tags)
}

/// What the file calls its language: the first string after the key.
fn name(json: &str) -> Option<String> {
    let (_, after) = json.split_once("\"language\"")?;
    after.split('"').nth(1).map(str::to_owned)
}
