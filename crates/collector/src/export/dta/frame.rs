//! What stands in a file of Stata before the data, between data and long texts, and after them. Its elements look like XML
//! and are not: between them are bytes, and a map says where each begins.

use super::super::values;
use super::variable::{LABEL, Variable};
use std::io;

/// How much there is.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sizes {
    pub(super) rows: u64,
    /// Bytes of the data.
    pub(super) data: u64,
    /// Bytes of the long texts.
    pub(super) texts: u64,
}

/// The three parts.
pub(super) struct Parts {
    pub(super) before: Vec<u8>,
    pub(super) between: Vec<u8>,
    pub(super) after: Vec<u8>,
}

/// Bytes that a name, a format and a label take, with the zero behind them.
const NAME_BYTES: usize = 129;
const FORMAT_BYTES: usize = 57;
const LABEL_BYTES: usize = 321;

/// Bytes of the map between its tags: fourteen places of eight bytes.
const PLACES: usize = 14;
const MAP: usize = PLACES * 8;

/// The parts around data and long texts of these sizes.
pub(super) fn around(title: &str, variables: &[Variable], sizes: Sizes) -> io::Result<Parts> {
    let header = header(title, variables.len(), sizes.rows)?;
    let map_at = header.len();
    let mut places = vec![0, map_at];
    let mut before = header;
    before.extend_from_slice(b"<map>");
    let map = before.len();
    before.resize(map + MAP, 0);
    before.extend_from_slice(b"</map>");
    for (tag, content) in described(variables) {
        places.push(before.len());
        element(&mut before, tag, &content);
    }
    places.push(before.len());
    before.extend_from_slice(b"<data>");

    let between = b"</data><strls>".to_vec();
    let mut after = b"</strls>".to_vec();
    let labels_in_after = after.len();
    element(&mut after, "value_labels", &value_labels(variables)?);
    let end_in_after = after.len();
    after.extend_from_slice(b"</stata_dta>");

    let data_end = before.len() as u64 + sizes.data;
    let texts = data_end + "</data>".len() as u64;
    let after_at = data_end + between.len() as u64 + sizes.texts;
    let mut all: Vec<u64> = places.into_iter().map(|place| place as u64).collect();
    all.extend([texts, after_at + labels_in_after as u64, after_at + end_in_after as u64]);
    all.push(after_at + after.len() as u64);
    for (place, bytes) in all.iter().zip(before[map..map + MAP].chunks_exact_mut(8)) {
        bytes.copy_from_slice(&place.to_le_bytes());
    }
    Ok(Parts { before, between, after })
}

fn header(title: &str, variables: usize, rows: u64) -> io::Result<Vec<u8>> {
    let mut out = b"<stata_dta><header>".to_vec();
    element(&mut out, "release", b"118");
    element(&mut out, "byteorder", b"LSF");
    let count = u16::try_from(variables).ok().filter(|count| *count <= 32_767);
    let count =
        count.ok_or_else(|| io::Error::other("Stata takes at most 32,767 columns: choose some of them"))?;
    element(&mut out, "K", &count.to_le_bytes());
    element(&mut out, "N", &rows.to_le_bytes());
    let title: String = title.chars().take(LABEL).collect();
    let mut label = u16::try_from(title.len()).map_err(io::Error::other)?.to_le_bytes().to_vec();
    label.extend_from_slice(title.as_bytes());
    element(&mut out, "label", &label);
    // None: the day on which it is made would make other bytes of the same data.
    element(&mut out, "timestamp", &[0]);
    out.extend_from_slice(b"</header>");
    Ok(out)
}

/// The elements that describe the variables, in their order.
fn described(variables: &[Variable]) -> [(&'static str, Vec<u8>); 7] {
    let of = |bytes: usize, text: &dyn Fn(&Variable) -> String| {
        variables.iter().flat_map(|variable| fixed(&text(variable), bytes)).collect::<Vec<u8>>()
    };
    let labelled = |variable: &Variable| match variable.values.is_empty() {
        true => String::new(),
        false => variable.name.clone(),
    };
    [
        (
            "variable_types",
            variables.iter().flat_map(|variable| variable.storage.number().to_le_bytes()).collect(),
        ),
        ("varnames", of(NAME_BYTES, &|variable| variable.name.clone())),
        ("sortlist", vec![0; (variables.len() + 1) * 2]),
        ("formats", of(FORMAT_BYTES, &|variable| variable.format.to_owned())),
        ("value_label_names", of(NAME_BYTES, &labelled)),
        ("variable_labels", of(LABEL_BYTES, &|variable| variable.label.clone())),
        ("characteristics", Vec::new()),
    ]
}

/// Each variable has its labels under its own name.
fn value_labels(variables: &[Variable]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    for variable in variables.iter().filter(|variable| !variable.values.is_empty()) {
        let (mut places, mut numbers, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for (value, label) in &variable.values {
            places.extend(int(words.len())?);
            numbers.extend(value.to_le_bytes());
            words.extend_from_slice(label.as_bytes());
            words.push(0);
        }
        let mut table: Vec<u8> = int(variable.values.len())?.into_iter().chain(int(words.len())?).collect();
        table.extend(places.into_iter().chain(numbers).chain(words));
        let mut content: Vec<u8> = int(table.len())?.to_vec();
        content.extend(fixed(&variable.name, NAME_BYTES));
        content.extend([0; 3]);
        content.extend(table);
        element(&mut out, "lbl", &content);
    }
    Ok(out)
}

fn element(out: &mut Vec<u8>, tag: &str, content: &[u8]) {
    out.extend_from_slice(format!("<{tag}>").as_bytes());
    out.extend_from_slice(content);
    out.extend_from_slice(format!("</{tag}>").as_bytes());
}

/// A text in so many bytes, with zeros behind it, one at least.
fn fixed(text: &str, bytes: usize) -> Vec<u8> {
    let mut out = values::cut(text, bytes - 1).as_bytes().to_vec();
    out.resize(bytes, 0);
    out
}

fn int(number: usize) -> io::Result<[u8; 4]> {
    i32::try_from(number).map(i32::to_le_bytes).map_err(io::Error::other)
}
