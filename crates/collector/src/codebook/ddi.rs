//! DDI-Codebook 2.5: how archives of survey data describe a study, its file and each variable, in XML. The order of the
//! elements is that of the schema, and texts are repeated for each language of the survey.

use super::disclosure::{self, disclosure};
use super::xml::Xml;
use super::{Asked, Category, Codebook, Set, Variable, Voice};
use std::io::{self, Write};
use survey::Domain;
use survey::columns::{Measure, Representation};
use survey::number::Number;

const NAMESPACE: &str = "ddi:codebook:2_5";
const SCHEMA: &str =
    "ddi:codebook:2_5 http://www.ddialliance.org/Specification/DDI-Codebook/2.5/XMLSchema/codebook.xsd";
const FILE: &str = "F1";

pub(super) fn write(codebook: &Codebook, table: &str, sink: &mut dyn Write) -> io::Result<()> {
    let voices = codebook.voices();
    let mut xml = Xml::new(sink)?;
    let lang = voices.first().map_or("", |voice| voice.lang.as_str());
    let root = [
        ("xmlns", NAMESPACE),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xsi:schemaLocation", SCHEMA),
        ("version", "2.5"),
        ("xml:lang", lang),
    ];
    xml.open("codeBook", &root)?;
    document(&mut xml, codebook, &voices)?;
    study(&mut xml, codebook, &voices)?;
    file(&mut xml, codebook, table)?;
    xml.open("dataDscr", &[])?;
    for set in &codebook.sets {
        group(&mut xml, codebook, set, &voices)?;
    }
    for place in 0..codebook.variables.len() {
        variable(&mut xml, codebook, place, &voices)?;
    }
    xml.close("dataDscr")?;
    xml.close("codeBook")?;
    xml.finish()
}

/// What this document is, and what made it.
fn document<W: Write>(xml: &mut Xml<W>, codebook: &Codebook, voices: &[Voice]) -> io::Result<()> {
    xml.open("docDscr", &[])?;
    xml.open("citation", &[])?;
    titles(xml, codebook, voices)?;
    xml.open("prodStmt", &[])?;
    xml.text("software", &[("version", env!("CARGO_PKG_VERSION"))], "Qulaq")?;
    xml.close("prodStmt")?;
    xml.close("citation")?;
    xml.close("docDscr")
}

/// The title, in the other languages as parallel titles, and the name of the survey.
fn titles<W: Write>(xml: &mut Xml<W>, codebook: &Codebook, voices: &[Voice]) -> io::Result<()> {
    xml.open("titlStmt", &[])?;
    for (index, voice) in voices.iter().enumerate() {
        let name = if index == 0 { "titl" } else { "parTitl" };
        xml.text(name, &[("xml:lang", &voice.lang)], voice.text(&codebook.survey.title))?;
    }
    xml.text("IDNo", &[], &codebook.survey.id)?;
    xml.close("titlStmt")
}

fn study<W: Write>(xml: &mut Xml<W>, codebook: &Codebook, voices: &[Voice]) -> io::Result<()> {
    let survey = &codebook.survey;
    xml.open("stdyDscr", &[])?;
    xml.open("citation", &[])?;
    titles(xml, codebook, voices)?;
    if let Some(agency) = &survey.agency {
        xml.open("rspStmt", &[])?;
        xml.each("AuthEnty", voices, |voice| voice.text(agency).to_owned())?;
        xml.close("rspStmt")?;
    }
    for version in &codebook.versions {
        xml.open("verStmt", &[])?;
        xml.text("version", &[], &version.name)?;
        xml.close("verStmt")?;
    }
    xml.close("citation")?;
    about(xml, codebook, voices)?;
    method(xml, codebook, voices)?;
    xml.close("stdyDscr")
}

/// What the study is about, when it was in the field, and whom it describes.
fn about<W: Write>(xml: &mut Xml<W>, codebook: &Codebook, voices: &[Voice]) -> io::Result<()> {
    xml.open("stdyInfo", &[])?;
    if let Some(notice) = &codebook.survey.notice {
        xml.each("abstract", voices, |voice| voice.text(notice).to_owned())?;
    }
    xml.open("sumDscr", &[])?;
    if let Some((first, last)) = codebook.figures.as_ref().and_then(|figures| figures.days.as_ref()) {
        for (event, day) in [("start", first), ("end", last)] {
            xml.text("collDate", &[("date", day), ("event", event)], day)?;
        }
    }
    xml.each("anlyUnit", voices, |voice| voice.word("unit").to_owned())?;
    xml.each("universe", voices, |voice| voice.word("d_population").to_owned())?;
    xml.close("sumDscr")?;
    xml.close("stdyInfo")
}

/// How the data came about: what is disclosed with results stands here too.
fn method<W: Write>(xml: &mut Xml<W>, codebook: &Codebook, voices: &[Voice]) -> io::Result<()> {
    xml.open("method", &[])?;
    xml.open("dataColl", &[])?;
    xml.each("sampProc", voices, |voice| voice.word("d_selection").to_owned())?;
    xml.each("collMode", voices, |voice| voice.word("d_mode").to_owned())?;
    xml.each("weight", voices, |voice| disclosure::weighting(codebook, voice))?;
    xml.close("dataColl")?;
    for voice in voices {
        for statement in disclosure(codebook, voice) {
            let attributes = [("xml:lang", voice.lang.as_str()), ("subject", statement.heading.as_str())];
            xml.text("notes", &attributes, &statement.text)?;
        }
    }
    xml.close("method")
}

fn file<W: Write>(xml: &mut Xml<W>, codebook: &Codebook, table: &str) -> io::Result<()> {
    xml.open("fileDscr", &[("ID", FILE), ("URI", table)])?;
    xml.open("fileTxt", &[])?;
    xml.text("fileName", &[], table)?;
    xml.open("dimensns", &[])?;
    if let Some(figures) = &codebook.figures {
        xml.text("caseQnty", &[], &figures.responses.to_string())?;
    }
    xml.text("varQnty", &[], &codebook.variables.len().to_string())?;
    xml.close("dimensns")?;
    xml.text("fileType", &[("charset", "UTF-8")], "CSV (RFC 4180)")?;
    xml.close("fileTxt")?;
    xml.close("fileDscr")
}

/// A multiple choice: the columns of its options.
fn group<W: Write>(xml: &mut Xml<W>, codebook: &Codebook, set: &Set, voices: &[Voice]) -> io::Result<()> {
    let members: Vec<String> = set.places.iter().map(|place| id(codebook.variables[*place].name())).collect();
    let attributes = [
        ("ID", &*format!("G_{}", set.name)),
        ("type", "multipleResp"),
        ("var", &*members.join(" ")),
        ("name", &set.name),
    ];
    xml.open("varGrp", &attributes)?;
    xml.each("labl", voices, |voice| codebook.label_of_set(set, voice))?;
    xml.close("varGrp")
}

/// The id of a variable in the document.
fn id(name: &str) -> String {
    format!("V_{name}")
}

fn variable<W: Write>(
    xml: &mut Xml<W>,
    codebook: &Codebook,
    place: usize,
    voices: &[Voice],
) -> io::Result<()> {
    let variable = &codebook.variables[place];
    let column = &variable.column;
    let id = id(variable.name());
    let mut attributes = vec![("ID", id.as_str()), ("name", variable.name()), ("files", FILE)];
    let continuous = column.measure == Measure::Scale && !variable.is_coded();
    attributes.push(("intrvl", if continuous { "contin" } else { "discrete" }));
    match column.measure {
        Measure::Nominal => attributes.push(("nature", "nominal")),
        Measure::Ordinal => attributes.push(("nature", "ordinal")),
        Measure::Scale => attributes.push(("nature", "ratio")),
        Measure::Text | Measure::Moment => {}
    }
    let places = decimals(column.representation).to_string();
    if decimals(column.representation) > 0 {
        attributes.push(("dcml", &places));
    }
    attributes.push(("representationType", representation(variable)));
    xml.open("var", &attributes)?;
    location(xml, variable, place)?;
    xml.each("labl", voices, |voice| voice.label(variable))?;
    if let Some(asked) = &variable.asked {
        for voice in voices {
            question(xml, variable, asked, voice)?;
        }
    }
    range(xml, variable)?;
    if let Some(asked) = &variable.asked {
        xml.each("universe", voices, |voice| asked.universe(&voice.lang).unwrap_or_default().to_owned())?;
    }
    for category in &variable.categories {
        self::category(xml, category, codebook.count(place, category.code), voices)?;
    }
    versions(xml, codebook, variable)?;
    if let Some(asked) = variable.asked.as_ref().filter(|asked| !asked.kind.is_empty()) {
        xml.text("concept", &[("vocab", "Qulaq kinds of question")], &asked.kind)?;
    }
    format(xml, column.representation)?;
    xml.close("var")
}

fn decimals(representation: Representation) -> usize {
    if let Representation::Decimal(places) = representation { places } else { 0 }
}

fn representation(variable: &Variable) -> &'static str {
    match variable.column.representation {
        Representation::Whole if variable.is_coded() => "code",
        Representation::Whole | Representation::Decimal(_) => "numeric",
        Representation::Text => "text",
        Representation::Day | Representation::Month | Representation::Time => "datetime",
    }
}

/// Which field of a row it is; of text, how long it may be.
fn location<W: Write>(xml: &mut Xml<W>, variable: &Variable, place: usize) -> io::Result<()> {
    let start = (place + 1).to_string();
    let width = variable.column.width.map(|width| width.to_string());
    let mut attributes = vec![("StartPos", start.as_str()), ("fileid", FILE)];
    if let Some(width) = &width {
        attributes.push(("width", width));
    }
    xml.empty("location", &attributes)
}

/// The question word for word, its help, and how it is answered. A question of an entry comes after that of the group.
fn question<W: Write>(xml: &mut Xml<W>, variable: &Variable, asked: &Asked, voice: &Voice) -> io::Result<()> {
    xml.open("qstn", &[("xml:lang", &voice.lang)])?;
    if variable.column.label != asked.text {
        xml.text("preQTxt", &[], voice.text(&asked.text))?;
    }
    let literal = voice.text(&variable.column.label);
    let literal = match &variable.column.row {
        Some(row) => format!("{literal}\n{}", voice.text(&row.text)),
        None => literal.to_owned(),
    };
    xml.text("qstnLit", &[], &literal)?;
    if let Some(hint) = &asked.hint {
        xml.text("postQTxt", &[], voice.text(hint))?;
    }
    xml.text("ivuInstr", &[], &voice.instruction(asked))?;
    xml.close("qstn")
}

/// The least and the most of a number.
fn range<W: Write>(xml: &mut Xml<W>, variable: &Variable) -> io::Result<()> {
    let Some(asked) = variable.asked.as_ref().filter(|_| !variable.is_coded()) else { return Ok(()) };
    let Domain::Number(bounds) = &asked.domain else { return Ok(()) };
    let (min, max) = (bounds.min.map(Number::to_plain), bounds.max.map(Number::to_plain));
    let mut attributes = vec![("UNITS", if bounds.places == 0 { "INT" } else { "REAL" })];
    attributes.extend(min.as_ref().map(|min| ("min", min.as_str())));
    attributes.extend(max.as_ref().map(|max| ("max", max.as_str())));
    if attributes.len() == 1 {
        return Ok(());
    }
    xml.open("valrng", &[])?;
    xml.empty("range", &attributes)?;
    xml.close("valrng")
}

fn category<W: Write>(
    xml: &mut Xml<W>,
    category: &Category,
    count: Option<u64>,
    voices: &[Voice],
) -> io::Result<()> {
    xml.open("catgry", if category.missing { &[("missing", "Y")] } else { &[] })?;
    xml.text("catValu", &[], &category.code.to_string())?;
    xml.each("labl", voices, |voice| voice.meaning(category).to_owned())?;
    if let Some(count) = count {
        xml.text("catStat", &[("type", "freq")], &count.to_string())?;
    }
    xml.close("catgry")
}

fn versions<W: Write>(xml: &mut Xml<W>, codebook: &Codebook, variable: &Variable) -> io::Result<()> {
    if variable.versions.len() == codebook.versions.len() {
        return Ok(());
    }
    for version in &variable.versions {
        xml.open("verStmt", &[])?;
        xml.text("version", &[], &codebook.versions[*version].name)?;
        xml.close("verStmt")?;
    }
    Ok(())
}

fn format<W: Write>(xml: &mut Xml<W>, representation: Representation) -> io::Result<()> {
    let (kind, category) = match representation {
        Representation::Whole | Representation::Decimal(_) => ("numeric", "other"),
        Representation::Text => ("character", "other"),
        Representation::Day | Representation::Month => ("character", "date"),
        Representation::Time => ("character", "time"),
    };
    xml.empty("varFormat", &[("type", kind), ("schema", "other"), ("category", category)])
}
