//! XML, as the writers below need it: elements with texts in several languages, and no character that XML refuses.

use super::Voice;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};
use std::io::{self, Write};

/// Names and values of attributes.
pub(crate) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document while it is written.
pub(crate) struct Xml<W: Write>(Writer<W>);

impl<W: Write> Xml<W> {
    pub(crate) fn new(sink: W) -> io::Result<Self> {
        let mut writer = Writer::new_with_indent(sink, b' ', 1);
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
        Ok(Self(writer))
    }

    /// Begins an element.
    pub(crate) fn open(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Start(start(name, attributes)))
    }

    /// Ends it.
    pub(crate) fn close(&mut self, name: &str) -> io::Result<()> {
        self.0.write_event(Event::End(BytesEnd::new(name)))
    }

    /// An element with nothing in it.
    pub(crate) fn empty(&mut self, name: &str, attributes: Attributes<'_>) -> io::Result<()> {
        self.0.write_event(Event::Empty(start(name, attributes)))
    }

    /// An element with a text in it.
    pub(crate) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) -> io::Result<()> {
        self.open(name, attributes)?;
        self.words(text)?;
        self.close(name)
    }

    /// A text inside an element.
    pub(crate) fn words(&mut self, text: &str) -> io::Result<()> {
        self.0.write_event(Event::Text(BytesText::new(&allowed(text))))
    }

    /// An element for each language.
    pub(crate) fn each<'a>(
        &mut self,
        name: &str,
        voices: &'a [Voice],
        mut text: impl FnMut(&'a Voice) -> String,
    ) -> io::Result<()> {
        for voice in voices {
            let text = text(voice);
            if !text.is_empty() {
                self.text(name, &[("xml:lang", &voice.lang)], &text)?;
            }
        }
        Ok(())
    }

    /// Ends the document.
    pub(crate) fn finish(self) -> io::Result<()> {
        let mut sink = self.0.into_inner();
        sink.write_all(b"\n")?;
        sink.flush()
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'_>) -> BytesStart<'a> {
    let mut start = BytesStart::new(name);
    for (name, value) in attributes {
        start.push_attribute((*name, allowed(value).as_str()));
    }
    start
}

/// The text without the characters that no XML 1.0 document may have (section 2.2).
fn allowed(text: &str) -> String {
    let is_allowed = |character: &char| {
        !character.is_control() || matches!(character, '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}')
    };
    text.chars()
        .filter(is_allowed)
        .filter(|character| !matches!(character, '\u{fffe}' | '\u{ffff}'))
        .collect()
}
