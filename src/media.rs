//! Pictures, videos, sign language, sound and simple words that belong to a question. Nothing plays by itself, and
//! nothing is loaded before somebody wants it but pictures.

use crate::node::{Node, element};
use crate::session::Session;
use survey::Question;
use survey::definition::{Media, MediaKind};

/// What belongs to a question besides its text.
pub(crate) fn of_question(session: &Session, question: &Question) -> Vec<Node> {
    let easy = question.easy.as_ref().map(|easy| {
        let summary = element("summary").text(session.word("easy_read"));
        element("details").part("easy", "easy").child(summary).children(session.paragraphs(easy)).into()
    });
    question.media.iter().map(|media| medium(session, media)).chain(easy).collect()
}

fn medium(session: &Session, media: &Media) -> Node {
    match media.kind {
        MediaKind::Image => picture(session, media),
        MediaKind::Audio => playable(session, media, "audio", "listen"),
        MediaKind::Video => playable(session, media, "video", "show_transcript"),
        MediaKind::Sign => playable(session, media, "video", "sign_language"),
    }
}

/// A picture with its words, which the style shows in its place to whoever wants no pictures.
pub(crate) fn picture(session: &Session, media: &Media) -> Node {
    let words = session.text(&media.alt);
    let image = element("img")
        .part("picture", "picture")
        .attr("src", &address(session, &media.src))
        .attr("alt", words)
        .attr("loading", "lazy");
    element("picture").attr("data-alt", words).child(image).into()
}

/// Sound or a video with the browser's own controls, and what it says in words below.
fn playable(session: &Session, media: &Media, tag: &'static str, label: &str) -> Node {
    let captions = media.captions.as_ref().map(|captions| {
        element("track")
            .attr("kind", "captions")
            .attr("src", &address(session, captions))
            .attr("srclang", &session.fixed.lang)
            .attr("default", "")
            .into()
    });
    let player = element(tag)
        .attr("controls", "")
        .attr("preload", "none")
        .attr("src", &address(session, &media.src))
        .attr("aria-label", session.word(label))
        .children(captions);
    let summary = element("summary").text(session.word("show_transcript"));
    let transcript = element("details").child(summary).children(session.paragraphs(&media.alt));
    element("div").part("media", "media").child(player).child(transcript).into()
}

fn address(session: &Session, src: &str) -> String {
    [session.fixed.media.as_str(), src].concat()
}
