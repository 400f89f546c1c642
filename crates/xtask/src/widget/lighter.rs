//! Leaves out of the script of wasm-bindgen what it does for other loaders, and for browsers that have no constructed style
//! sheets: the loader here hands over a response that is there (`public/qulaq.js`), and a browser that shows the form can
//! encode into memory and compile while it loads.

use anyhow::{Context, Result};

/// Functions that are written otherwise: how each begins, and what stands in its place.
const OTHERWISE: [(&str, &str); 4] = [
    ("async function __wbg_load(module, imports) {", LOAD),
    ("async function __wbg_init_once(module_or_path) {", INIT),
    ("function decodeText(bytes) {", DECODE),
    ("function passStringToWasm0(arg, malloc, realloc) {", ENCODE),
];

/// What goes: it gives old browsers `encodeInto`.
const LEFT_OUT: &str = "if (!('encodeInto' in cachedTextEncoder)) {";

/// A server that does not say `application/wasm` is none to compile from while it loads; the module works all the same.
const LOAD: &str = "async function __wbg_load(module, imports) {
    try {
        return await WebAssembly.instantiateStreaming(module.clone(), imports);
    } catch {
        return WebAssembly.instantiate(await module.arrayBuffer(), imports);
    }
}
";

const INIT: &str = "async function __wbg_init_once({ module_or_path }) {
    const { instance, module } = await __wbg_load(await module_or_path, __wbg_get_imports());
    return __wbg_finalize_init(instance, module);
}
";

/// What Safari cannot do is to decode two gigabytes in all.
const DECODE: &str = "function decodeText(bytes) {
    return cachedTextDecoder.decode(bytes);
}
";

const ENCODE: &str = "function passStringToWasm0(arg, malloc) {
    const bytes = cachedTextEncoder.encode(arg);
    const ptr = malloc(bytes.length, 1) >>> 0;
    getUint8ArrayMemory0().set(bytes, ptr);
    WASM_VECTOR_LEN = bytes.length;
    return ptr;
}
";

/// The script without it.
pub(super) fn script(script: &str) -> Result<String> {
    let mut script = without(script, LEFT_OUT, "")?;
    for (beginning, instead) in OTHERWISE {
        script = without(&script, beginning, instead)?;
    }
    // What is encoded at once has its length from the beginning.
    Ok(script.replace(", wasm.__wbindgen_realloc)", ")"))
}

/// The script with something else in the place of what begins like this and ends with a brace at the edge.
fn without(script: &str, beginning: &str, instead: &str) -> Result<String> {
    let missing =
        || format!("wasm-bindgen writes no `{beginning}` any more: see what its script does instead");
    let (before, rest) = script.split_once(beginning).with_context(missing)?;
    let (_, after) = rest.split_once("\n}\n").with_context(missing)?;
    Ok(format!("{before}{instead}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_function_is_written_otherwise_to_its_last_brace() {
        let script = "let a;\nfunction decodeText(bytes) {\n    if (a) {\n        a = 1;\n    }\n}\nlet b;\n";
        let lighter = without(script, OTHERWISE[2].0, DECODE).unwrap();
        assert_eq!(lighter, format!("let a;\n{DECODE}let b;\n"));
    }

    #[test]
    fn what_is_not_found_is_told() {
        let error = script("let a;\n").unwrap_err().to_string();
        assert!(error.contains("encodeInto") && error.contains("see what its script does"), "{error}");
    }
}
