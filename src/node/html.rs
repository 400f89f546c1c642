//! A node as HTML.

use super::{Children, Element, Node, Value};

/// Elements that have no end tag (HTML §13.1.2).
const VOID: [&str; 4] = ["br", "hr", "img", "input"];

/// Writes `node` at the end of `out`.
pub(super) fn write(node: &Node, out: &mut String) {
    match node {
        Node::Text(text) => escape(text, out),
        Node::Element(element) => write_element(element, out),
    }
}

fn write_element(element: &Element, out: &mut String) {
    out.push('<');
    out.push_str(element.0.tag);
    for (name, value) in &element.0.attributes {
        match value {
            Value::Fixed(value) => write_attribute(name, value, out),
            Value::Live(value) => {
                if let Some(value) = value() {
                    write_attribute(name, &value, out);
                }
            }
        }
    }
    out.push('>');
    if VOID.contains(&element.0.tag) {
        return;
    }
    // A parser drops a line end at the start of an area; one more keeps the one that was typed.
    if element.0.tag == "textarea" {
        out.push('\n');
    }
    match &element.0.children {
        Children::Fixed(children) => children.iter().for_each(|child| write(child, out)),
        Children::Text(text) => escape(&text().unwrap_or_default(), out),
        Children::Live(children) => children().iter().for_each(|child| write(child, out)),
        Children::By(key, children) => children(key()).iter().for_each(|child| write(child, out)),
    }
    out.push_str("</");
    out.push_str(element.0.tag);
    out.push('>');
}

fn write_attribute(name: &str, value: &str, out: &mut String) {
    out.push(' ');
    out.push_str(name);
    if !value.is_empty() {
        out.push_str("=\"");
        escape(value, out);
        out.push('"');
    }
}

fn escape(text: &str, out: &mut String) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::element;
    use super::*;

    fn html(element: Element) -> String {
        let mut out = String::new();
        write(&element.into(), &mut out);
        out
    }

    #[test]
    fn text_and_attributes_cannot_leave_their_place() {
        let hostile = "\"><script>alert('x')</script>&amp;";
        let written = html(element("p").attr("id", hostile).text(hostile));
        assert_eq!(
            written,
            "<p id=\"&quot;&gt;&lt;script&gt;alert('x')&lt;/script&gt;&amp;amp;\">\
             &quot;&gt;&lt;script&gt;alert('x')&lt;/script&gt;&amp;amp;</p>"
        );
    }

    #[test]
    fn an_area_keeps_the_line_end_that_it_starts_with() {
        assert_eq!(html(element("textarea").text("\na")), "<textarea>\n\na</textarea>");
    }

    #[test]
    fn what_is_live_is_written_as_it_is_now() {
        let written = html(
            element("p")
                .live_attr("hidden", || None)
                .live_attr("id", || Some("a".into()))
                .live_text(|| "b".into()),
        );
        assert_eq!(written, "<p id=\"a\">b</p>");
    }
}
