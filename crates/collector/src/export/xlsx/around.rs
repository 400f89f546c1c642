//! What stands around the sheets: which there are, how their cells look, what the workbook is called (ECMA-376, part 1,
//! 18.2 and 18.8, and part 2).

use super::super::Layout;
use super::package::Package;
use super::sheet::{column_letters, escape};
use std::io;

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const DOCUMENT: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const SPREADSHEET: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// The styles, in the order of `sheet::Style`: as it is, a header, a day, a month, a time.
const STYLES: &str = "<numFmts count=\"3\"><numFmt numFmtId=\"164\" formatCode=\"yyyy\\-mm\\-dd\"/>\
    <numFmt numFmtId=\"165\" formatCode=\"yyyy\\-mm\"/><numFmt numFmtId=\"166\" formatCode=\"hh:mm\"/></numFmts>\
    <fonts count=\"2\"><font><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font>\
    <font><b/><sz val=\"11\"/><name val=\"Calibri\"/><family val=\"2\"/></font></fonts>\
    <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill>\
    <fill><patternFill patternType=\"gray125\"/></fill></fills>\
    <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
    <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
    <cellXfs count=\"5\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
    <xf numFmtId=\"0\" fontId=\"1\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyFont=\"1\"/>\
    <xf numFmtId=\"164\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"165\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/>\
    <xf numFmtId=\"166\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs>\
    <cellStyles count=\"1\"><cellStyle name=\"Normal\" xfId=\"0\" builtinId=\"0\"/></cellStyles>";

/// Adds it; `data` are the sheets of data, with the rows of each, after which comes the codebook.
pub(super) fn write(package: &mut Package, layout: &Layout, data: &[(String, usize)]) -> io::Result<()> {
    package.part("xl/workbook.xml", workbook(layout, data))?;
    package.part("xl/_rels/workbook.xml.rels", sheets_of(data.len() + 1))?;
    let styles = format!("{DECLARATION}<styleSheet xmlns=\"{SPREADSHEET}\">{STYLES}</styleSheet>");
    package.part("xl/styles.xml", styles)?;
    package.part("docProps/core.xml", about(layout))?;
    let (workbook, core) =
        (format!("{DOCUMENT}/officeDocument"), format!("{PACKAGE}/relationships/metadata"));
    let core = format!("{core}/core-properties");
    let parts = [(workbook.as_str(), "xl/workbook.xml"), (core.as_str(), "docProps/core.xml")];
    package.part("_rels/.rels", relationships(&parts))?;
    package.part("[Content_Types].xml", types(data.len() + 1))
}

/// The sheets by name, and over what each is filtered, which some readers look for here.
fn workbook(layout: &Layout, data: &[(String, usize)]) -> String {
    let names = data.iter().map(|(name, _)| name.as_str()).chain(["codebook"]);
    let sheet =
        |(number, name)| format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"rId{number}\"/>");
    let sheets: String = (1..).zip(names).map(sheet).collect();
    let last = column_letters(layout.columns.len().saturating_sub(1));
    let filter = |(number, (name, rows)): (usize, &(String, usize))| {
        format!(
            "<definedName name=\"_xlnm._FilterDatabase\" localSheetId=\"{number}\" hidden=\"1\">\
             '{name}'!$A$1:${last}${rows}</definedName>"
        )
    };
    let filters: String = data.iter().enumerate().map(filter).collect();
    format!(
        "{DECLARATION}<workbook xmlns=\"{SPREADSHEET}\" xmlns:r=\"{DOCUMENT}\"><bookViews><workbookView/></bookViews>\
         <sheets>{sheets}</sheets><definedNames>{filters}</definedNames></workbook>"
    )
}

fn sheets_of(sheets: usize) -> String {
    let targets: Vec<String> = (1..=sheets).map(|number| format!("worksheets/sheet{number}.xml")).collect();
    let (sheet, styles) = (format!("{DOCUMENT}/worksheet"), format!("{DOCUMENT}/styles"));
    let sheets = targets.iter().map(|target| (sheet.as_str(), target.as_str()));
    relationships(&sheets.chain([(styles.as_str(), "styles.xml")]).collect::<Vec<_>>())
}

/// Parts with what each is, known as `rId1` and so on.
fn relationships(parts: &[(&str, &str)]) -> String {
    let part = |(number, (kind, target)): (usize, &(&str, &str))| {
        format!("<Relationship Id=\"rId{number}\" Type=\"{kind}\" Target=\"{target}\"/>")
    };
    let parts: String = (1..).zip(parts).map(part).collect();
    format!("{DECLARATION}<Relationships xmlns=\"{PACKAGE}/relationships\">{parts}</Relationships>")
}

/// Its title. The day on which it is made would make other bytes of the same data.
fn about(layout: &Layout) -> String {
    let mut title = String::new();
    escape(&layout.title, &mut title);
    format!(
        "{DECLARATION}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{title}</dc:title>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">2000-01-01T00:00:00Z</dcterms:created></cp:coreProperties>"
    )
}

fn types(sheets: usize) -> String {
    let sheet = |number| (format!("xl/worksheets/sheet{number}.xml"), format!("{TYPE}.worksheet+xml"));
    let others = [
        ("xl/workbook.xml".to_owned(), format!("{TYPE}.sheet.main+xml")),
        ("xl/styles.xml".to_owned(), format!("{TYPE}.styles+xml")),
        (
            "docProps/core.xml".to_owned(),
            "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
        ),
    ];
    let part = |(name, kind)| format!("<Override PartName=\"/{name}\" ContentType=\"{kind}\"/>");
    let parts: String = (1..=sheets).map(sheet).chain(others).map(part).collect();
    format!(
        "{DECLARATION}<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/>{parts}</Types>"
    )
}
