//! Triple-S 2.0: how survey programs hand each other a survey, as a definition in XML and a table of its own.
//!
//! The standard knows no missing values and no codes below zero. A reason -1 to -8 becomes a code of its own above all
//! others (991 to 998, or 9991 to 9998 …), which the definition names like any other. A multiple choice is one variable:
//! its codes stand side by side in one field (`spread`), the reason in the place of the first.

use super::xml::Xml;
use super::{Category, Codebook, Set, Variable, Voice};
use std::io::{self, Read, Write};
use survey::columns::{Measure, Part, Representation};
use survey::{Domain, Missing};

/// A variable of Triple-S: a column, or the columns of a multiple choice.
enum Held<'a> {
    One(usize),
    Several(&'a Set),
}

/// How the codes of a column are written.
struct Coding {
    /// What a reason is added to: a number like 999, above every code of the column.
    above: i64,
    /// Digits of a code.
    digits: usize,
}

impl Coding {
    fn above(largest: i64) -> Self {
        let (mut above, mut digits) = (999, 3);
        while above - 9 <= largest {
            above = above * 10 + 9;
            digits += 1;
        }
        Self { above, digits }
    }

    /// A reason by its code below zero, -1 to -8: 991 to 998 where three digits do.
    fn of(&self, code: i64) -> i64 {
        if code < 0 { self.above - 9 - code } else { code }
    }
}

fn held(codebook: &Codebook) -> Vec<Held<'_>> {
    let mut held = Vec::new();
    for place in 0..codebook.variables.len() {
        match codebook.sets.iter().find(|set| set.places.contains(&place)) {
            Some(set) if set.places[0] == place => held.push(Held::Several(set)),
            Some(_) => {}
            None => held.push(Held::One(place)),
        }
    }
    held
}

/// The definition. `table` is the name of the file that [`write_data`] wrote.
pub(super) fn write(codebook: &Codebook, table: &str, sink: &mut dyn Write) -> io::Result<()> {
    let voices = codebook.voices();
    let held = held(codebook);
    let names = held.iter().map(|held| match held {
        Held::One(place) => codebook.variables[*place].name(),
        Held::Several(set) => set.name.as_str(),
    });
    let mut xml = Xml::new(sink)?;
    let languages: Vec<&str> = voices.iter().map(|voice| voice.lang.as_str()).collect();
    xml.open("sss", &[("version", "2.0"), ("languages", &languages.join(" "))])?;
    xml.text("origin", &[], &format!("Qulaq {}", env!("CARGO_PKG_VERSION")))?;
    xml.open("survey", &[])?;
    xml.text("name", &[], &codebook.survey.id)?;
    texts(&mut xml, "title", &voices, |voice| voice.text(&codebook.survey.title).to_owned())?;
    xml.open("record", &[("ident", "A"), ("href", table), ("format", "csv"), ("skip", "1")])?;
    for (field, (held, name)) in (1..).zip(held.iter().zip(names)) {
        match held {
            Held::One(place) => one(&mut xml, (field, name), &codebook.variables[*place], &voices)?,
            Held::Several(set) => several(&mut xml, (field, name), (codebook, set), &voices)?,
        }
    }
    for element in ["record", "survey", "sss"] {
        xml.close(element)?;
    }
    xml.finish()
}

/// A text, in each language where there are several.
fn texts<'a, W: Write>(
    xml: &mut Xml<W>,
    name: &str,
    voices: &'a [Voice],
    text: impl Fn(&'a Voice) -> String,
) -> io::Result<()> {
    xml.open(name, &[])?;
    words(xml, voices, text)?;
    xml.close(name)
}

fn words<'a, W: Write>(
    xml: &mut Xml<W>,
    voices: &'a [Voice],
    text: impl Fn(&'a Voice) -> String,
) -> io::Result<()> {
    if let Some(first) = voices.first() {
        xml.words(&text(first))?;
    }
    for voice in voices {
        xml.text("text", &[("xml:lang", &voice.lang)], &text(voice))?;
    }
    Ok(())
}

fn one<W: Write>(
    xml: &mut Xml<W>,
    (field, name): (usize, &str),
    variable: &Variable,
    voices: &[Voice],
) -> io::Result<()> {
    let (field, kind) = (field.to_string(), kind(variable));
    let mut attributes = vec![("ident", field.as_str()), ("type", kind)];
    if variable.name() == "response_id" {
        attributes.push(("use", "serial"));
    }
    xml.open("variable", &attributes)?;
    xml.text("name", &[], name)?;
    texts(xml, "label", voices, |voice| voice.label(variable))?;
    xml.empty("position", &[("start", &field)])?;
    match kind {
        "character" => {
            let width = variable.column.width.unwrap_or(10).max(10);
            xml.text("size", &[], &width.to_string())?;
        }
        "single" => values(xml, &variable.categories, &coding(variable), voices)?,
        _ => quantity(xml, variable, voices)?,
    }
    xml.close("variable")
}

/// Days and times are characters here: the types for them have no room for a reason.
fn kind(variable: &Variable) -> &'static str {
    match variable.column.representation {
        Representation::Whole if variable.is_coded() => "single",
        Representation::Whole | Representation::Decimal(_) => "quantity",
        _ => "character",
    }
}

fn coding(variable: &Variable) -> Coding {
    Coding::above(variable.values().map(|category| category.code).max().unwrap_or_default())
}

fn values<W: Write>(
    xml: &mut Xml<W>,
    categories: &[Category],
    coding: &Coding,
    voices: &[Voice],
) -> io::Result<()> {
    xml.open("values", &[])?;
    for category in categories {
        value(xml, coding.of(category.code), voices, |voice| meaning(voice, category))?;
    }
    xml.close("values")
}

fn value<'a, W: Write>(
    xml: &mut Xml<W>,
    code: i64,
    voices: &'a [Voice],
    text: impl Fn(&'a Voice) -> String,
) -> io::Result<()> {
    xml.open("value", &[("code", &code.to_string())])?;
    words(xml, voices, text)?;
    xml.close("value")
}

/// A reason says its own code too, so that it is known again.
fn meaning(voice: &Voice, category: &Category) -> String {
    let meaning = voice.meaning(category);
    if category.missing { format!("{meaning} ({})", category.code) } else { meaning.to_owned() }
}

/// A number keeps its reasons below zero: a quantity may have codes anywhere.
fn quantity<W: Write>(xml: &mut Xml<W>, variable: &Variable, voices: &[Voice]) -> io::Result<()> {
    let bounds = variable.asked.as_ref().and_then(|asked| match (&asked.domain, variable.column.part) {
        (Domain::Number(bounds), Part::Answer) => Some((bounds.min?.to_plain(), bounds.max?.to_plain())),
        _ => None,
    });
    let places =
        if let Representation::Decimal(places) = variable.column.representation { places } else { 0 };
    let nines = "9".repeat(if variable.column.measure == Measure::Scale { 9 } else { 3 });
    let (from, to) = bounds.unwrap_or_else(|| ("0".to_owned(), nines));
    let with_places = |number: String| match places {
        0 => number,
        _ if number.contains('.') => number,
        places => format!("{number}.{}", "0".repeat(places)),
    };
    xml.open("values", &[])?;
    xml.empty("range", &[("from", &with_places(from)), ("to", &with_places(to))])?;
    for category in variable.reasons() {
        value(xml, category.code, voices, |voice| meaning(voice, category))?;
    }
    xml.close("values")
}

/// The code of the option that a column of a multiple choice is about.
fn option(variable: &Variable) -> i64 {
    variable.column.option.as_ref().map_or(0, |option| option.code)
}

fn options<'a>(codebook: &'a Codebook, set: &'a Set) -> impl Iterator<Item = &'a Variable> {
    set.places.iter().map(|place| &codebook.variables[*place])
}

fn coding_of_set(codebook: &Codebook, set: &Set) -> Coding {
    Coding::above(options(codebook, set).map(option).max().unwrap_or_default())
}

fn several<W: Write>(
    xml: &mut Xml<W>,
    (field, name): (usize, &str),
    (codebook, set): (&Codebook, &Set),
    voices: &[Voice],
) -> io::Result<()> {
    let coding = coding_of_set(codebook, set);
    let field = field.to_string();
    xml.open("variable", &[("ident", field.as_str()), ("type", "multiple")])?;
    xml.text("name", &[], name)?;
    texts(xml, "label", voices, |voice| codebook.label_of_set(set, voice))?;
    xml.empty("position", &[("start", &field)])?;
    let (fields, digits) = (set.places.len().to_string(), coding.digits.to_string());
    xml.empty("spread", &[("subfields", &fields), ("width", &digits)])?;
    xml.open("values", &[])?;
    for variable in options(codebook, set) {
        let text = |voice: &Voice| {
            let option = variable.column.option.as_ref();
            option.map(|option| voice.text(&option.text).to_owned()).unwrap_or_default()
        };
        // An option with the code of a reason is that reason: it is named below.
        if option(variable) >= 0 {
            value(xml, option(variable), voices, text)?;
        }
    }
    for category in codebook.variables[set.places[0]].reasons() {
        value(xml, coding.of(category.code), voices, |voice| meaning(voice, category))?;
    }
    xml.close("values")?;
    xml.close("variable")
}

/// The table for the definition, out of the CSV with our own codes, one row at a time.
pub(crate) fn write_data(codebook: &Codebook, table: impl Read, sink: impl Write) -> csv::Result<()> {
    let held: Vec<(Held<'_>, Coding)> = held(codebook)
        .into_iter()
        .map(|held| match held {
            Held::One(place) => (Held::One(place), coding(&codebook.variables[place])),
            Held::Several(set) => (Held::Several(set), coding_of_set(codebook, set)),
        })
        .collect();
    let mut reader = csv::Reader::from_reader(table);
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(sink);
    let header = held.iter().map(|(held, _)| match held {
        Held::One(place) => codebook.variables[*place].name(),
        Held::Several(set) => &set.name,
    });
    writer.write_record(header)?;
    let mut row = csv::StringRecord::new();
    while reader.read_record(&mut row)? {
        let cells = held.iter().map(|(held, coding)| cell(codebook, held, coding, &row));
        writer.write_record(cells)?;
    }
    writer.flush()?;
    Ok(())
}

fn cell(codebook: &Codebook, held: &Held<'_>, coding: &Coding, row: &csv::StringRecord) -> String {
    let at = |place: usize| row.get(place).unwrap_or_default();
    match held {
        Held::One(place) if kind(&codebook.variables[*place]) == "single" => {
            let code = at(*place).parse().ok();
            code.map_or_else(String::new, |code| coding.of(code).to_string())
        }
        Held::One(place) => at(*place).to_owned(),
        Held::Several(set) => spread(codebook, set, coding, &at),
    }
}

/// The codes that were chosen, side by side, each with leading zeros; 0 where there is none. An option that was not shown
/// is not chosen; where no option says yes or no, the reason of the first stands alone.
fn spread<'a>(codebook: &Codebook, set: &Set, coding: &Coding, at: &impl Fn(usize) -> &'a str) -> String {
    let cells: Vec<&str> = set.places.iter().map(|place| at(*place)).collect();
    let mut codes: Vec<i64> = options(codebook, set)
        .zip(&cells)
        .filter(|(_, cell)| **cell == "1")
        .map(|(variable, _)| coding.of(option(variable)))
        .collect();
    if !cells.iter().any(|cell| matches!(*cell, "0" | "1")) {
        let reason = cells.first().and_then(|cell| cell.parse().ok()).and_then(Missing::of_code);
        codes.extend(reason.map(|reason| coding.of(reason.code())));
    }
    codes.resize(set.places.len(), 0);
    codes.iter().map(|code| format!("{code:0width$}", width = coding.digits)).collect()
}
