//! What stands in place of questions: after sending, and where there is nothing to ask.

use crate::node::{Node, element};
use crate::review::{answers, each_asked, said};
use crate::session::Session;
use survey::Text;

/// The receipt, what happens next, and a copy of one's own answers.
pub(crate) fn sent(session: &Session, receipt: Option<&str>) -> Node {
    let early = session.route.with_untracked(survey::route::Route::early_end);
    let survey = &session.fixed.survey;
    let end = early.and_then(|(page, turn)| survey.pages[page].turns[turn].end.as_ref());
    let thanks = end.or(survey.thanks.as_ref()).map(|text| session.paragraphs(text));
    element("div")
        .part("sent", "sent")
        .child(session.heading(0, "title", session.word("sent")))
        .children(receipt.into_iter().flat_map(|receipt| receipt_lines(session, receipt)))
        .children(thanks.unwrap_or_default())
        .children(copy(session, receipt))
        .children(shown(session).into_iter().flatten())
        .into()
}

/// The receipt, and where it can be used. A form that no collector serves has no such place.
fn receipt_lines(session: &Session, receipt: &str) -> [Node; 2] {
    let output = element("output").attr("part", "receipt").text(receipt);
    // The last part of the address is the survey, the one before it "s".
    let page = session.fixed.action.split('?').next().unwrap_or_default();
    let collector = page.rsplit_once('/').and_then(|(above, _)| above.strip_suffix("/s"));
    let link = collector.map(|collector| {
        let href = format!("{collector}/withdraw?lang={}", session.fixed.lang);
        // Out of a frame, whose policy holds it in; elsewhere it is the same window.
        element("a").attr("href", &href).attr("target", "_top").text(session.word("withdraw")).into()
    });
    [
        element("p").class("receipt").text(session.word("receipt")).text(" ").child(output).into(),
        element("p").text(session.word("receipt_note")).text(" ").children(link).into(),
    ]
}

/// A link that saves one's own answers as a text file: nothing is asked of any server for it.
fn copy(session: &Session, receipt: Option<&str>) -> Option<Node> {
    let mut text = vec![session.text(&session.fixed.survey.title).to_owned()];
    text.extend(receipt.map(|receipt| [session.word("receipt"), " ", receipt].concat()));
    let answered = session.route.with_untracked(|route| {
        each_asked(session, route, |_, question| {
            let said = said(session, route.answers(), question).join("\r\n");
            [session.say(&question.text).as_str(), "\r\n", &said].concat()
        })
    });
    if answered.is_empty() || session.answers.with_untracked(survey::Answers::is_empty) {
        return None;
    }
    text.extend(answered);
    let href = ["data:text/plain;charset=utf-8,%EF%BB%BF", &encoded(&text.join("\r\n\r\n"))].concat();
    let name = [session.fixed.survey.id.as_str(), ".txt"].concat();
    let link = element("a").part("save", "save").attr("href", &href).attr("download", &name);
    Some(element("p").child(link.text(session.word("save_answers"))).into())
}

/// One's own answers, folded away, and a button that prints them.
fn shown(session: &Session) -> [Option<Node>; 2] {
    if session.answers.with_untracked(survey::Answers::is_empty) {
        return [None, None];
    }
    let summary = element("summary").text(session.word("copy_title"));
    let details = element("details").part("copy", "copy").child(summary).child(answers(session, false));
    let print = element("button").part("print", "button").attr("type", "button").attr("data-print", "");
    [Some(details.into()), Some(print.text(session.word("print")).into())]
}

/// Text as it stands in an address (RFC 3986): letters and digits of ASCII, and everything else by its bytes.
fn encoded(text: &str) -> String {
    const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
    let mut out = String::with_capacity(text.len() * 3);
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() {
            out.push(char::from(byte));
        } else {
            out.push('%');
            out.push(char::from(DIGITS[usize::from(byte >> 4)]));
            out.push(char::from(DIGITS[usize::from(byte & 15)]));
        }
    }
    out
}

pub(crate) fn closed(session: &Session) -> Node {
    instead(session, session.word("closed"))
}

/// The survey is not open yet; it says when it will be, if its definition does.
pub(crate) fn not_yet(session: &Session) -> Node {
    let opens = session.fixed.survey.opens.as_deref().unwrap_or_default();
    let (day, time) = opens.split_once('T').unwrap_or((opens, ""));
    let day = crate::spoken::moment(session, survey::domain::moment::Unit::Day, day);
    let date = if time == "00:00" || time.is_empty() { day } else { [day.as_str(), ", ", time].concat() };
    instead(session, &session.fixed.words.fill("not_open_yet", &[("date", date)]))
}

/// The citizen's group has been heard: the author's words, or ours.
pub(crate) fn full(session: &Session, quota: usize) -> Node {
    let quota = session.fixed.survey.quotas.get(quota);
    let text: Option<&Text> = quota.and_then(|quota| quota.text.as_ref());
    instead(session, text.map_or(session.word("quota_full"), |text| session.text(text)))
}

fn instead(session: &Session, text: &str) -> Node {
    element("div")
        .part("closed", "closed")
        .child(session.heading(0, "title", session.text(&session.fixed.survey.title)))
        .child(element("p").text(text))
        .into()
}
