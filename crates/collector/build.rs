//! Builds the crate again when a file that a release carries inside it has come or gone.
//!
//! The embedding macro tells Cargo which files it read, not which it would have read. A debug build reads them when it
//! runs, and need not be built again.

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if std::env::var("PROFILE").is_ok_and(|profile| profile == "release") {
        // A package that is not there counts as changed, so that a build notices when it has come.
        println!("cargo::rerun-if-changed=../../dist/widget");
        println!("cargo::rerun-if-changed=../../examples");
    }
}
