//! Reads a draft that is HTML: what browsers would show of it as text, and nothing that they would run, load or style.

use super::builder::Builder;
use super::draft::{Kind, Written};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// Elements that hold no text of the draft.
const SKIPPED: [&str; 16] = [
    "script", "style", "title", "textarea", "iframe", "noscript", "noframes", "noembed", "xmp", "template",
    "svg", "math", "object", "select", "head", "audio",
];

/// Of these, elements whose inside is no markup.
const RAW: [&str; 8] = ["script", "style", "iframe", "noscript", "noframes", "noembed", "xmp", "plaintext"];

/// Elements that begin a paragraph.
const PARAGRAPHS: [&str; 20] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "footer",
    "aside",
    "blockquote",
    "pre",
    "table",
    "tr",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "address",
    "body",
    "form",
    "fieldset",
];

/// The parts of a draft.
pub(super) fn read(text: &str) -> Vec<Written> {
    let tokenizer = Tokenizer::new(Sink::default(), TokenizerOpts::default());
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(text));
    // Nothing stops it but a script, which the sink never says that there is.
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner().builder.finish()
}

#[derive(Default)]
struct Sink(RefCell<Reader>);

#[derive(Default)]
struct Reader {
    builder: Builder,
    /// The element whose inside is left out, and how many of that name are open.
    skipped: Option<(String, usize)>,
}

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut reader = self.0.borrow_mut();
        match token {
            Token::TagToken(tag) => return reader.tag(&tag),
            Token::CharacterTokens(text) if reader.skipped.is_none() => reader.builder.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Reader {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name: &str = &tag.name;
        let begins = tag.kind == TagKind::StartTag;
        if begins && name == "body" {
            self.skipped = None;
        }
        if let Some((skipped, open)) = &mut self.skipped {
            if skipped == name {
                *open = if begins { *open + 1 } else { *open - 1 };
            }
            if *open == 0 {
                self.skipped = None;
            }
        } else if begins && SKIPPED.contains(&name) && !tag.self_closing {
            self.skipped = Some((name.to_owned(), 1));
        } else if begins {
            self.start(name, tag);
        } else {
            self.end(name);
        }
        match name {
            _ if !begins => TokenSinkResult::Continue,
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            name if RAW.contains(&name) => TokenSinkResult::RawData(RawKind::Rawtext),
            _ => TokenSinkResult::Continue,
        }
    }

    fn start(&mut self, name: &str, tag: &Tag) {
        let builder = &mut self.builder;
        match name {
            "ul" | "menu" => builder.begin_list(None),
            "ol" => {
                builder.begin_list(Some(attribute(tag, "start").and_then(|it| it.parse().ok()).unwrap_or(1)));
            }
            "li" => builder.begin_item(),
            "br" | "td" | "th" | "img" => builder.text(" "),
            "b" | "strong" => builder.strong(true),
            "i" | "em" => builder.stressed(true),
            "a" => builder.begin_link(attribute(tag, "href").unwrap_or_default()),
            name if PARAGRAPHS.contains(&name) => builder.begin(Kind::Paragraph),
            name => {
                if let Some(level) = heading(name) {
                    builder.begin(Kind::Heading(level));
                }
            }
        }
    }

    fn end(&mut self, name: &str) {
        let builder = &mut self.builder;
        match name {
            "ul" | "ol" | "menu" => builder.end_list(),
            "b" | "strong" => builder.strong(false),
            "i" | "em" => builder.stressed(false),
            "a" => builder.end_link(),
            name if name == "li" || PARAGRAPHS.contains(&name) || heading(name).is_some() => builder.end(),
            _ => {}
        }
    }
}

/// The level of a heading: 1 for `h1`.
fn heading(name: &str) -> Option<u8> {
    let level = name.strip_prefix('h')?.parse().ok()?;
    (1..=6).contains(&level).then_some(level)
}

fn attribute<'a>(tag: &'a Tag, name: &str) -> Option<&'a str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::draft::plain;

    fn told(text: &str) -> Vec<String> {
        read(text).iter().map(|written| plain(&written.spans)).collect()
    }

    #[test]
    fn what_a_browser_would_run_load_or_style_is_gone() {
        let hostile = "<head><title>x</title></head><body onload=alert(1)><p style='color:red'>Бір<script>alert('</p>')</script>\
                       <iframe src=//x>y</iframe><svg><script>1</script><text>z</text></svg>\
                       <img src=x onerror=alert(1)></p><object data=x>w</object><p>Екі &lt;b&gt;</p><textarea><p>t</textarea>";
        assert_eq!(told(hostile), ["Бір", "Екі <b>"]);
    }

    #[test]
    fn only_addresses_on_the_web_are_links() {
        let text = "<p><a href=' javascript:alert(1)'>a</a><a href=JAVASCRIPT:1>b</a><a href='https://a.kz/?q=1&amp;r'>c</a>";
        let links: Vec<_> = read(text)[0].spans.iter().filter_map(|span| span.link.clone()).collect();
        assert_eq!(links, ["https://a.kz/?q=1&r"]);
    }

    #[test]
    fn lists_and_tables_are_read_line_by_line() {
        let text =
            "<h2>Т</h2><ol start=3><li><p>үш</p><li>төрт<ul><li>ішкі</ul></ol><table><tr><td>а<td>ә</table>";
        assert_eq!(told(text), ["Т", "үш", "төрт", "ішкі", "а ә"]);
        assert_eq!(read(text)[2].kind, Kind::Item { level: 1, number: Some(4) });
    }

    #[test]
    fn what_is_torn_off_or_nested_without_end_is_read_as_far_as_it_goes() {
        let deep = format!("{}х", "<div><b><ul>".repeat(20_000));
        assert_eq!(told(&deep), ["х"]);
        for torn in ["<", "<p", "<p a='", "&", "&#x", "<!--", "<script>", "</", "<![CDATA[", "\u{0}<p>\u{0}"]
        {
            assert_eq!(told(torn).concat().replace(['<', '&', '/', '#', 'x'], "").trim(), "", "{torn:?}");
        }
    }
}
