//! Reads a draft that is Markdown. HTML in it is left out.

use super::builder::Builder;
use super::draft::{Kind, Written};
use pulldown_cmark::{Event, Parser, Tag, TagEnd};

/// The parts of a draft.
pub(super) fn read(text: &str) -> Vec<Written> {
    let mut builder = Builder::default();
    for event in Parser::new(text) {
        match event {
            Event::Start(tag) => start(&mut builder, &tag),
            Event::End(tag) => end(&mut builder, tag),
            Event::Text(text) | Event::Code(text) => builder.text(&text),
            Event::SoftBreak | Event::HardBreak => builder.text(" "),
            _ => {}
        }
    }
    builder.finish()
}

fn start(builder: &mut Builder, tag: &Tag<'_>) {
    match tag {
        Tag::Heading { level, .. } => builder.begin(Kind::Heading(*level as u8)),
        Tag::Paragraph | Tag::CodeBlock(_) | Tag::BlockQuote(_) => builder.begin(Kind::Paragraph),
        Tag::List(first) => builder.begin_list(*first),
        Tag::Item => builder.begin_item(),
        Tag::Strong => builder.strong(true),
        Tag::Emphasis => builder.stressed(true),
        Tag::Link { dest_url, .. } => builder.begin_link(dest_url),
        _ => {}
    }
}

fn end(builder: &mut Builder, tag: TagEnd) {
    match tag {
        TagEnd::Heading(_) | TagEnd::Paragraph | TagEnd::CodeBlock | TagEnd::BlockQuote(_) | TagEnd::Item => {
            builder.end();
        }
        TagEnd::List(_) => builder.end_list(),
        TagEnd::Strong => builder.strong(false),
        TagEnd::Emphasis => builder.stressed(false),
        TagEnd::Link => builder.end_link(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::consultation::draft::{Span, plain};

    fn told(text: &str) -> Vec<(Kind, String)> {
        read(text).into_iter().map(|written| (written.kind, plain(&written.spans))).collect()
    }

    #[test]
    fn headings_paragraphs_and_items_are_parts_in_their_order() {
        let text = "# Ереже\n\nБірінші\nабзац.\n\n1. Бір\n2. Екі\n   - ішкі\n\n   екінші абзац\n";
        let item = |level, number| Kind::Item { level, number };
        let expected = [
            (Kind::Heading(1), "Ереже"),
            (Kind::Paragraph, "Бірінші абзац."),
            (item(1, Some(1)), "Бір"),
            (item(1, Some(2)), "Екі"),
            (item(2, None), "ішкі"),
            (Kind::Paragraph, "екінші абзац"),
        ];
        assert_eq!(told(text), expected.map(|(kind, text)| (kind, text.to_owned())));
    }

    #[test]
    fn only_addresses_on_the_web_are_links() {
        let text =
            "[a](https://adilet.zan.kz) [b](javascript:alert(1)) [c](data:text/html,x) <b onclick=x>d</b>";
        let spans = &read(text)[0].spans;
        let linked: Vec<&str> = spans.iter().filter_map(|span| span.link.as_deref()).collect();
        assert_eq!(linked, ["https://adilet.zan.kz"]);
        assert_eq!(plain(spans), "a b c d");
    }

    #[test]
    fn html_in_it_is_left_out_and_never_kept() {
        let text = "Бір.\n\n<script>alert('ә')</script>\n\n<style>p{}</style>\n\nЕкі **мәтін**.";
        assert_eq!(
            told(text),
            [(Kind::Paragraph, "Бір.".to_owned()), (Kind::Paragraph, "Екі мәтін.".to_owned())]
        );
        let strong = Span { text: "мәтін".to_owned(), strong: true, ..Span::default() };
        assert!(read(text)[1].spans.contains(&Span { text: " мәтін".to_owned(), ..strong }));
    }

    #[test]
    fn nesting_without_end_is_read_like_anything_else() {
        let deep = format!("{}х", "> - ".repeat(5_000));
        assert_eq!(read(&deep).len(), 1);
        let stars = "*".repeat(50_000);
        assert!(read(&stars).len() <= 1);
    }
}
