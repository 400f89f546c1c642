//! Documents for word processors (Office Open XML, ECMA-376): headings, paragraphs and tables of text, made without a clock,
//! so that the same content is the same bytes.

use std::io::{Cursor, Result, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

/// The namespace of text.
const W: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// Twentieths of a point between the margins of a sheet of A4.
const WIDTH: usize = 9638;

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
    </Types>";

const PARTS: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    <Relationship Id=\"rId2\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
    </Relationships>";

const PARTS_OF_DOCUMENT: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n\
    <Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"rId1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
    </Relationships>";

/// A document while it is written.
#[derive(Debug)]
pub(crate) struct Docx {
    lang: String,
    title: String,
    body: String,
}

/// A stretch of text and how it looks.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Run<'a> {
    Plain(&'a str),
    Bold(&'a str),
    /// Taken out: struck through.
    Out(&'a str),
    /// Put in: underlined.
    In(&'a str),
}

impl Docx {
    /// A document in a language, under its title.
    pub(crate) fn new(lang: &str, title: &str) -> Self {
        let mut document = Self { lang: lang.to_owned(), title: title.to_owned(), body: String::new() };
        document.styled("Title", &[Run::Plain(title)]);
        document
    }

    /// A heading of this level, from 1 to 3.
    pub(crate) fn heading(&mut self, level: u8, text: &str) {
        self.styled(&format!("Heading{}", level.clamp(1, 3)), &[Run::Plain(text)]);
    }

    /// A paragraph.
    pub(crate) fn paragraph(&mut self, runs: &[Run<'_>]) {
        self.styled("Normal", runs);
    }

    /// A table with a head that is repeated on each sheet.
    pub(crate) fn table(&mut self, heads: &[&str], rows: &[Vec<String>]) {
        let width = WIDTH / heads.len().max(1);
        self.body += "<w:tbl><w:tblPr><w:tblStyle w:val=\"Lines\"/><w:tblW w:w=\"5000\" w:type=\"pct\"/></w:tblPr><w:tblGrid>";
        for _ in heads {
            self.body += &format!("<w:gridCol w:w=\"{width}\"/>");
        }
        self.body += "</w:tblGrid><w:tr><w:trPr><w:tblHeader/></w:trPr>";
        for head in heads {
            self.cell(width, Run::Bold(head));
        }
        self.body += "</w:tr>";
        for row in rows {
            self.body += "<w:tr>";
            for text in row {
                self.cell(width, Run::Plain(text));
            }
            self.body += "</w:tr>";
        }
        // A table must not be the last of a document.
        self.body += "</w:tbl><w:p/>";
    }

    fn cell(&mut self, width: usize, run: Run<'_>) {
        self.body += &format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>");
        self.styled("Normal", &[run]);
        self.body += "</w:tc>";
    }

    fn styled(&mut self, style: &str, runs: &[Run<'_>]) {
        self.body += &format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>");
        for run in runs {
            self.run(*run);
        }
        self.body += "</w:p>";
    }

    fn run(&mut self, run: Run<'_>) {
        let (look, text) = match run {
            Run::Plain(text) => ("", text),
            Run::Bold(text) => ("<w:b/>", text),
            Run::Out(text) => ("<w:strike/>", text),
            Run::In(text) => ("<w:u w:val=\"single\"/>", text),
        };
        let look = if look.is_empty() { String::new() } else { format!("<w:rPr>{look}</w:rPr>") };
        for (place, line) in text.split('\n').enumerate() {
            let br = if place > 0 { "<w:br/>" } else { "" };
            self.body += &format!("<w:r>{look}{br}<w:t xml:space=\"preserve\">{}</w:t></w:r>", escape(line));
        }
    }

    /// The document as a file.
    ///
    /// # Errors
    /// When it cannot be put together, for which there is no reason but memory.
    pub(crate) fn finish(self) -> Result<Vec<u8>> {
        let document = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:document xmlns:w=\"{W}\"><w:body>{}\
             <w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" w:bottom=\"1134\" \
             w:left=\"1134\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
            self.body
        );
        let core = format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<cp:coreProperties \
             xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
             xmlns:dc=\"http://purl.org/dc/elements/1.1/\"><dc:title>{}</dc:title><dc:language>{}</dc:language>\
             </cp:coreProperties>",
            escape(&self.title),
            escape(&self.lang)
        );
        let styles = styles(&self.lang);
        let parts = [
            ("[Content_Types].xml", TYPES),
            ("_rels/.rels", PARTS),
            ("docProps/core.xml", &core),
            ("word/_rels/document.xml.rels", PARTS_OF_DOCUMENT),
            ("word/document.xml", &document),
            ("word/styles.xml", &styles),
        ];
        // Never with the time at which it was made: that would make other bytes of the same content.
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in parts {
            archive.start_file(name, options)?;
            archive.write_all(content.as_bytes())?;
        }
        Ok(archive.finish()?.into_inner())
    }
}

fn styles(lang: &str) -> String {
    let heading = |id: &str, name: &str, size: u8, level: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/><w:basedOn w:val=\"Normal\"/>\
             <w:pPr><w:keepNext/><w:spacing w:before=\"240\" w:after=\"120\"/>{level}</w:pPr>\
             <w:rPr><w:b/><w:sz w:val=\"{size}\"/></w:rPr></w:style>"
        )
    };
    let level = |level: u8| format!("<w:outlineLvl w:val=\"{level}\"/>");
    let lines: String = ["top", "left", "bottom", "right", "insideH", "insideV"]
        .map(|side| format!("<w:{side} w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"auto\"/>"))
        .concat();
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<w:styles xmlns:w=\"{W}\"><w:docDefaults>\
         <w:rPrDefault><w:rPr><w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>\
         <w:sz w:val=\"24\"/><w:lang w:val=\"{}\"/></w:rPr></w:rPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/>\
         <w:pPr><w:spacing w:after=\"80\"/></w:pPr></w:style>{}{}{}{}\
         <w:style w:type=\"table\" w:styleId=\"Lines\"><w:name w:val=\"Lines\"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders>\
         <w:tblCellMar><w:left w:w=\"85\" w:type=\"dxa\"/><w:right w:w=\"85\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>\
         </w:styles>",
        escape(lang),
        heading("Title", "Title", 36, ""),
        heading("Heading1", "heading 1", 30, &level(0)),
        heading("Heading2", "heading 2", 26, &level(1)),
        heading("Heading3", "heading 3", 24, &level(2)),
    )
}

/// Text as XML has it: what XML 1.0 cannot hold is left out.
fn escape(text: &str) -> String {
    let fits = |c: &char| matches!(c, '\t' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    let text: String = text.chars().filter(fits).collect();
    quick_xml::escape::escape(text.as_str()).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;
    use zip::ZipArchive;

    fn document(bytes: Vec<u8>) -> String {
        let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut text = String::new();
        archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
        text
    }

    #[test]
    fn what_somebody_wrote_is_text_and_no_markup() {
        let mut docx = Docx::new("kk", "Есеп & <есеп>");
        docx.paragraph(&[Run::Plain("а</w:t><w:br/>\u{1}\u{fffe}б\nв"), Run::Out("г"), Run::In("ғ")]);
        docx.table(&["Ә"], &[vec!["=1+1".to_owned()]]);
        let xml = document(docx.finish().unwrap());
        assert!(xml.contains("Есеп &amp; &lt;есеп&gt;"), "{xml}");
        assert!(xml.contains("а&lt;/w:t&gt;&lt;w:br/&gt;б</w:t>"), "{xml}");
        assert!(xml.contains("<w:br/><w:t xml:space=\"preserve\">в"), "{xml}");
        assert!(xml.contains("<w:strike/>") && xml.contains("=1+1"), "{xml}");
        let mut reader = quick_xml::Reader::from_str(&xml);
        while reader.read_event().unwrap() != quick_xml::events::Event::Eof {}
    }

    #[test]
    fn the_same_content_is_the_same_bytes() {
        let made = || {
            let mut docx = Docx::new("ru", "Отчёт");
            docx.heading(1, "Сроки");
            docx.finish().unwrap()
        };
        assert_eq!(made(), made());
    }
}
