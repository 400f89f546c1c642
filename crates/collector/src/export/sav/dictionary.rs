//! The dictionary of a system file: everything before the cases.

use super::super::{Layout, values};
use super::cases::BIAS;
use super::sets;
use super::variable::Variable;
use std::collections::HashMap;
use std::io::{self, Write};
use survey::columns::Measure;

/// Bytes of the label of the file.
const FILE_LABEL: usize = 64;

/// Numbers that SPSS gives a meaning: a value that is not there, the largest, and the least that a range can begin with.
const SYSTEM_MISSING: f64 = -f64::MAX;
const LEAST: u64 = 0xffef_ffff_ffff_fffe;

/// Records of the dictionary by their numbers.
const VARIABLE: i32 = 2;
const VALUE_LABELS: i32 = 3;
const LABELLED: i32 = 4;
const EXTENSION: i32 = 7;
const END: i32 = 999;

/// UTF-8, as SPSS numbers encodings.
const UTF_8: i32 = 65_001;

/// The dictionary, in bytes.
pub(super) fn written(layout: &Layout, variables: &[Variable]) -> io::Result<Vec<u8>> {
    let mut out = Vec::new();
    header(&mut out, layout, variables)?;
    variables.iter().try_for_each(|variable| write_variable(&mut out, variable))?;
    value_labels(&mut out, variables)?;
    extensions(&mut out, layout, variables)?;
    ints(&mut out, &[END, 0])?;
    Ok(out)
}

fn header(out: &mut Vec<u8>, layout: &Layout, variables: &[Variable]) -> io::Result<()> {
    out.write_all(b"$FL2")?;
    padded(out, &format!("@(#) SPSS DATA FILE Qulaq {}", env!("CARGO_PKG_VERSION")), 60)?;
    let size: usize = variables.iter().map(positions).sum();
    // Bytecode, no weights, and as many cases as follow.
    ints(out, &[2, int(size), 1, 0, -1])?;
    out.write_all(&BIAS.to_le_bytes())?;
    // The day on which it is made would make other bytes of the same data.
    out.write_all(b"01 Jan 0000:00:00")?;
    padded(out, values::cut(&layout.title, FILE_LABEL), FILE_LABEL)?;
    out.write_all(&[0; 3])
}

/// Values of eight bytes that a variable takes in a case.
fn positions(variable: &Variable) -> usize {
    variable.segments().into_iter().map(|width| width.div_ceil(8).max(1)).sum()
}

fn write_variable(out: &mut Vec<u8>, variable: &Variable) -> io::Result<()> {
    let segments = variable.segments();
    for (number, (width, name)) in segments.iter().zip(&variable.short_names).enumerate() {
        let missing = variable.missing();
        // -2: a range.
        let range = if missing.is_some() { -2 } else { 0 };
        let format = if *width == 0 { variable.format() } else { 1 << 16 | int(*width) << 8 };
        let labelled = number == 0 && !variable.label.is_empty();
        ints(out, &[VARIABLE, int(*width), i32::from(labelled), range, format, format])?;
        padded(out, name, 8)?;
        if labelled {
            ints(out, &[int(variable.label.len())])?;
            padded(out, &variable.label, variable.label.len().next_multiple_of(4))?;
        }
        missing.into_iter().flatten().try_for_each(|value| out.write_all(&value.to_le_bytes()))?;
        for _ in 1..width.div_ceil(8) {
            ints(out, &[VARIABLE, -1, 0, 0, 1 << 16 | 8 << 8, 1 << 16 | 8 << 8])?;
            padded(out, "", 8)?;
        }
    }
    Ok(())
}

/// Labels of values, once for all variables that have the same.
fn value_labels(out: &mut Vec<u8>, variables: &[Variable]) -> io::Result<()> {
    // Which set of labels these are: values as bits, which have an order and no two spellings.
    let mut of: HashMap<Vec<(u64, &str)>, usize> = HashMap::new();
    let mut sets: Vec<(&Variable, Vec<i32>)> = Vec::new();
    let mut position = 1;
    for variable in variables {
        let key: Vec<(u64, &str)> =
            variable.values.iter().map(|(value, label)| (value.to_bits(), label.as_str())).collect();
        if !key.is_empty() {
            let set = *of.entry(key).or_insert(sets.len());
            match sets.get_mut(set) {
                Some((_, members)) => members.push(int(position)),
                None => sets.push((variable, vec![int(position)])),
            }
        }
        position += positions(variable);
    }
    for (variable, members) in sets {
        ints(out, &[VALUE_LABELS, int(variable.values.len())])?;
        for (value, label) in &variable.values {
            out.write_all(&value.to_le_bytes())?;
            out.write_all(&[u8::try_from(label.len()).unwrap_or(u8::MAX)])?;
            padded(out, label, (label.len() + 1).next_multiple_of(8) - 1)?;
        }
        ints(out, &[LABELLED, int(members.len())])?;
        ints(out, &members)?;
    }
    Ok(())
}

fn extensions(out: &mut Vec<u8>, layout: &Layout, variables: &[Variable]) -> io::Result<()> {
    // The version of SPSS that it is written like; IEEE floats; little-endian; UTF-8.
    let machine: Vec<u8> =
        [20, 0, 0, -1, 1, 1, 2, UTF_8].iter().flat_map(|number: &i32| number.to_le_bytes()).collect();
    extension(out, 3, 4, &machine)?;
    let floats = [SYSTEM_MISSING, f64::MAX, f64::from_bits(LEAST)];
    extension(out, 4, 8, &floats.iter().flat_map(|float| float.to_le_bytes()).collect::<Vec<u8>>())?;
    let sets = sets::written(layout, variables);
    if !sets.is_empty() {
        extension(out, 7, 1, sets.as_bytes())?;
    }
    extension(out, 11, 4, &display(variables))?;
    let named = |variable: &Variable| {
        let short = variable.short_names.first().map_or("", String::as_str);
        format!("{short}={}", variable.name)
    };
    extension(out, 13, 1, variables.iter().map(named).collect::<Vec<_>>().join("\t").as_bytes())?;
    let long: String = variables.iter().filter_map(very_long).collect();
    if !long.is_empty() {
        extension(out, 14, 1, long.as_bytes())?;
    }
    extension(out, 20, 1, b"UTF-8")
}

/// The width of words that are several variables in the dictionary.
fn very_long(variable: &Variable) -> Option<String> {
    let width = variable.width.filter(|width| *width > super::variable::SEGMENT)?;
    Some(format!("{}={width:05}\0\t", variable.short_names.first()?))
}

/// Measure, width on the screen and alignment of each variable and segment.
fn display(variables: &[Variable]) -> Vec<u8> {
    let mut all = Vec::new();
    for variable in variables {
        let measure = match variable.measure {
            Measure::Nominal | Measure::Text => 1,
            Measure::Ordinal => 2,
            Measure::Scale | Measure::Moment => 3,
        };
        let (width, alignment) = if variable.width.is_some() { (32, 0) } else { (10, 1) };
        for _ in variable.segments() {
            all.extend([measure, width, alignment].iter().flat_map(|number: &i32| number.to_le_bytes()));
        }
    }
    all
}

fn extension(out: &mut Vec<u8>, subtype: i32, size: usize, data: &[u8]) -> io::Result<()> {
    ints(out, &[EXTENSION, subtype, int(size), int(data.len() / size)])?;
    out.write_all(data)
}

fn ints(out: &mut Vec<u8>, numbers: &[i32]) -> io::Result<()> {
    numbers.iter().try_for_each(|number| out.write_all(&number.to_le_bytes()))
}

fn int(number: usize) -> i32 {
    i32::try_from(number).unwrap_or(i32::MAX)
}

/// A text in so many bytes, with spaces behind it.
fn padded(out: &mut Vec<u8>, text: &str, bytes: usize) -> io::Result<()> {
    out.write_all(text.as_bytes())?;
    out.extend(std::iter::repeat_n(b' ', bytes.saturating_sub(text.len())));
    Ok(())
}
