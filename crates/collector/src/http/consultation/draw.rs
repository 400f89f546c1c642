//! The draft as a citizen reads it: its paragraphs, below each what others said about it and a form to say something.

use super::form::{self, Open};
use crate::consultation::diff::Change;
use crate::consultation::draft::{Block, Draft, Kind, Span};
use crate::consultation::{AGREES, Consultation};
use crate::http::document::escape;
use qulaq::Words;
use std::collections::HashMap;
use survey::Survey;

/// What the draft is drawn with.
pub(super) struct Drawing<'a> {
    pub(super) survey: &'a Survey,
    pub(super) consultation: &'a Consultation,
    pub(super) draft: &'a Draft,
    pub(super) version: &'a str,
    pub(super) lang: &'a str,
    pub(super) words: &'a Words,
    /// The address of a page about it.
    pub(super) address: &'a (dyn Fn(&str) -> String + Sync),
    /// The level of its heading.
    pub(super) level: u8,
    /// When comments are taken, in words.
    pub(super) until: &'a str,
    /// Whether they are taken now.
    pub(super) takes: bool,
    /// What was said about each paragraph.
    pub(super) said: &'a HashMap<String, Said>,
    /// The ids of what will be sent, one for each paragraph.
    pub(super) ids: &'a [String],
    /// The paragraph that somebody is at.
    pub(super) open: Option<&'a Open>,
}

/// What was said about a paragraph, as far as everybody may see it.
#[derive(Debug, Default)]
pub(super) struct Said {
    /// How many agree and how many do not, in words.
    pub(super) stances: Option<(String, String)>,
    /// How many comments are shown, and the newest of them.
    pub(super) shown: u64,
    pub(super) newest: Vec<Comment>,
}

/// A comment that everybody may see.
#[derive(Clone, Debug)]
pub(super) struct Comment {
    pub(super) number: String,
    pub(super) stance: Option<i64>,
    pub(super) text: String,
    pub(super) lang: String,
    pub(super) who: String,
    /// What was decided about it, in words.
    pub(super) decided: Option<String>,
}

impl Drawing<'_> {
    /// The whole section.
    pub(super) fn section(&self) -> String {
        let word = |key: &str| escape(self.words.get(key));
        let level = self.level;
        let parts: String =
            self.draft.blocks.iter().enumerate().map(|(place, block)| self.part(place, block)).collect();
        let links = ["decisions", "decision"].map(|page| {
            format!("<li><a href=\"{}\">{}</a></li>", self.address(page), word(&format!("link_{page}")))
        });
        let lead = if self.takes { format!("<p>{}</p>\n", word("lead")) } else { String::new() };
        format!(
            "<section class=\"draft\" data-live=\"consultation\" aria-labelledby=\"draft\">\n\
             <h{level} id=\"draft\" tabindex=\"-1\">{}</h{level}>\n\
             <p>{}</p>\n{lead}<p class=\"hint\">{}</p>\n{parts}<ul class=\"links\">{}</ul>\n</section>\n",
            word("draft"),
            escape(self.until),
            word("no_vote"),
            links.concat(),
        )
    }

    /// The address of a page about the consultation, as HTML.
    pub(super) fn address(&self, page: &str) -> String {
        escape(&(self.address)(page))
    }

    fn part(&self, place: usize, block: &Block) -> String {
        let text = body(block, self.lang, self.level);
        if !block.is_open() {
            return format!("<div class=\"part\" id=\"{}\">{text}</div>\n", escape(&block.anchor));
        }
        let said = self.said.get(&block.anchor).map(|said| self.said(block, said)).unwrap_or_default();
        let open = self.open.filter(|open| open.anchor == block.anchor);
        let form = if self.takes || open.is_some() {
            let id = self.ids.get(place).map(String::as_str).unwrap_or_default();
            form::draw(self, block, id, open)
        } else {
            String::new()
        };
        format!("<div class=\"part\" id=\"{}\">{text}{said}{form}</div>\n", escape(&block.anchor))
    }

    fn said(&self, block: &Block, said: &Said) -> String {
        let words = self.words;
        let stances = said.stances.as_ref().map(|(agree, disagree)| {
            let values = [("agree", agree.clone()), ("disagree", disagree.clone())];
            format!("<p class=\"hint\">{}</p>\n", escape(&words.fill("stances", &values)))
        });
        let comments = (said.shown > 0).then(|| {
            let count = words.fill("shown", &[("n", words.number(&said.shown.to_string()))]);
            let newest: String = said.newest.iter().map(|comment| self::comment(words, comment)).collect();
            let all = format!("{}&about={}", self.address("comments"), escape(&block.anchor));
            let all = format!("<p><a href=\"{all}\">{}</a></p>", escape(words.get("all_comments")));
            format!(
                "<details><summary>{}</summary>\n<ul class=\"comments\">{newest}</ul>{all}</details>\n",
                escape(&count)
            )
        });
        stances.into_iter().chain(comments).collect()
    }
}

/// What a block says, with markup of ours.
pub(super) fn body(block: &Block, lang: &str, level: u8) -> String {
    let spans: String = block.texts.get(lang).into_iter().flatten().map(span).collect();
    match block.kind {
        Kind::Heading(own) => {
            let level = (level + own).min(6);
            format!("<h{level}>{spans}</h{level}>\n")
        }
        Kind::Paragraph => format!("<p>{spans}</p>\n"),
        Kind::Item { level, number } => {
            let marker = number.map_or_else(|| "•".to_owned(), |number| format!("{number}."));
            format!("<p class=\"item\" data-level=\"{level}\">{marker} {spans}</p>\n")
        }
    }
}

fn span(span: &Span) -> String {
    let mut html = escape(&span.text);
    if span.stressed {
        html = format!("<em>{html}</em>");
    }
    if span.strong {
        html = format!("<strong>{html}</strong>");
    }
    match &span.link {
        Some(link) => format!("<a href=\"{}\" rel=\"noopener noreferrer\">{html}</a>", escape(link)),
        None => html,
    }
}

/// A comment as an item of a list.
pub(super) fn comment(words: &Words, comment: &Comment) -> String {
    let word = |key: &str| escape(words.get(key));
    let stance = comment.stance.map(|stance| {
        let key = if stance == AGREES { "agrees" } else { "disagrees" };
        format!("<p><b>{}</b></p>", word(key))
    });
    let text = (!comment.text.is_empty())
        .then(|| format!("<p lang=\"{}\" dir=\"auto\">{}</p>", escape(&comment.lang), escape(&comment.text)));
    let decided = comment
        .decided
        .as_ref()
        .map(|decided| format!("<p><b>{}</b> {}</p>", word("decision"), escape(decided)));
    let about = format!("<p class=\"hint\">{} · {}</p>", escape(&comment.who), escape(&comment.number));
    let inside: String = stance.into_iter().chain(text).chain(decided).collect();
    format!("<li id=\"c-{}\">{inside}{about}</li>", escape(&comment.number))
}

/// What changed in a paragraph: marked for eyes, and said for ears.
pub(super) fn changes(words: &Words, changes: &[Change]) -> String {
    let marked = |tag: &str, key: &str, text: &str| {
        let (before, after) = (escape(words.get(key)), escape(words.get(&format!("{key}_end"))));
        format!(
            "<{tag}><span class=\"spoken\">{before} </span>{}<span class=\"spoken\"> {after} </span></{tag}>",
            escape(text)
        )
    };
    let drawn = changes.iter().map(|change| match change {
        Change::Same(text) => escape(text),
        Change::Out(text) => marked("del", "taken_out", text),
        Change::In(text) => marked("ins", "put_in", text),
    });
    format!("<p class=\"changes\">{}</p>\n", drawn.collect::<String>())
}
