//! The module that the browser loads. What it exports is in the library; this makes a program of it for Trunk, with an
//! allocator that is smaller and faster than Rust's own for WebAssembly.

use qulaq as _;

// What a page has one thread for; elsewhere this program is only checked.
#[cfg(target_family = "wasm")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

fn main() {}
