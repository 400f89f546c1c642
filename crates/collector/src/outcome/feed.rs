//! Outcomes as feeds, for readers and for sites that show them: Atom (RFC 4287) and JSON Feed 1.1. Ids are the addresses
//! at which the outcomes stand, and stay.

use crate::codebook::Xml;
use serde_json::{Value, json};
use std::io;

/// A feed in one language.
pub(crate) struct Feed {
    pub(crate) title: String,
    pub(crate) lang: String,
    /// The address of the page with the same.
    pub(crate) page: String,
    /// Its own address.
    pub(crate) here: String,
    /// Who publishes it.
    pub(crate) author: String,
    /// The newest first.
    pub(crate) items: Vec<Item>,
}

/// An outcome in a feed.
pub(crate) struct Item {
    /// Its address without a language, which is its id.
    pub(crate) id: String,
    /// Its address in the language of the feed.
    pub(crate) page: String,
    pub(crate) title: String,
    /// When it was published (RFC 3339).
    pub(crate) time: String,
    pub(crate) author: String,
    pub(crate) html: String,
}

/// When a feed changed in which there is nothing yet.
const NEVER: &str = "1970-01-01T00:00:00Z";

/// The feed as Atom.
///
/// # Errors
/// When it cannot be written.
pub(crate) fn atom(feed: &Feed) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut xml = Xml::new(&mut bytes)?;
    let link = |rel: &'static str, kind: &'static str, href: &str| {
        [("rel", rel.to_owned()), ("type", kind.to_owned()), ("href", href.to_owned())]
    };
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", &feed.lang)])?;
    xml.text("id", &[], &feed.here)?;
    xml.text("title", &[], &feed.title)?;
    xml.text("updated", &[], feed.items.first().map_or(NEVER, |item| &item.time))?;
    for [a, b, c] in
        [link("self", "application/atom+xml", &feed.here), link("alternate", "text/html", &feed.page)]
    {
        xml.empty("link", &[(a.0, &a.1), (b.0, &b.1), (c.0, &c.1)])?;
    }
    named(&mut xml, &feed.author)?;
    for item in &feed.items {
        xml.open("entry", &[])?;
        xml.text("id", &[], &item.id)?;
        xml.text("title", &[], &item.title)?;
        xml.text("published", &[], &item.time)?;
        xml.text("updated", &[], &item.time)?;
        let link = [("rel", "alternate"), ("type", "text/html"), ("href", item.page.as_str())];
        xml.empty("link", &link)?;
        named(&mut xml, &item.author)?;
        xml.text("content", &[("type", "html")], &item.html)?;
        xml.close("entry")?;
    }
    xml.close("feed")?;
    xml.finish()?;
    String::from_utf8(bytes).map_err(io::Error::other)
}

fn named<W: io::Write>(xml: &mut Xml<W>, author: &str) -> io::Result<()> {
    xml.open("author", &[])?;
    xml.text("name", &[], author)?;
    xml.close("author")
}

/// The feed as JSON Feed 1.1.
pub(crate) fn json(feed: &Feed) -> Value {
    let items = feed.items.iter().map(|item| {
        json!({
            "id": item.id,
            "url": item.page,
            "title": item.title,
            "content_html": item.html,
            "date_published": item.time,
            "authors": [{ "name": item.author }],
            "language": feed.lang,
        })
    });
    json!({
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page,
        "feed_url": feed.here,
        "language": feed.lang,
        "authors": [{ "name": feed.author }],
        "items": items.collect::<Vec<_>>(),
    })
}
