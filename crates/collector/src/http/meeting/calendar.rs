//! `/s/ID/meeting.ics`: the meeting for somebody's own calendar (RFC 5545).

use crate::clock::Minute;
use crate::http::App;
use crate::http::language;
use crate::http::query::{Query, SurveyId};
use crate::mechanism::meeting::Meeting;
use crate::refusal::Refusal;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use std::sync::Arc;

/// Octets of a line at most, without its end (RFC 5545, 3.1).
const LINE: usize = 75;

pub(in crate::http) async fn get(
    State(app): State<Arc<App>>,
    SurveyId(id): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let current = app.current(&id).await?;
    let meeting = Meeting::of(&current.edition).ok_or(Refusal::UnknownRoute)?;
    let survey = &current.edition.survey;
    let there_is = |lang: &str| survey.languages.iter().any(|tag| tag == lang);
    let lang = query.get("lang").or_else(|| language::preferred(&headers, there_is)).unwrap_or_default();
    let lang = survey.language(&lang);
    let (begins, now) = (meeting.begins(&app.days).and_then(utc), utc((app.clock)()));
    let (Some(begins), Some(now)) = (begins, now) else { return Err(Refusal::UnknownRoute) };
    let address = format!("{}/s/{id}?lang={lang}", app.public_url.as_str());
    let host = app.public_url.as_str().rsplit('/').next().unwrap_or_default();
    let agenda: Vec<&str> = meeting.agenda.iter().map(|item| item.text.get(lang)).collect();
    let stream = meeting.stream.as_ref().map(|stream| stream.get(lang));
    let about = agenda.into_iter().chain(stream).collect::<Vec<_>>().join("\n");
    let language = format!(";LANGUAGE={lang}");
    let lines = [
        ("BEGIN", "", "VCALENDAR".to_owned()),
        ("VERSION", "", "2.0".to_owned()),
        ("PRODID", "", "-//Qulaq//Qulaq//EN".to_owned()),
        ("BEGIN", "", "VEVENT".to_owned()),
        ("UID", "", text(&format!("{id}@{host}"))),
        ("DTSTAMP", "", now),
        ("DTSTART", "", begins),
        ("SUMMARY", language.as_str(), text(survey.title.get(lang))),
        ("LOCATION", language.as_str(), text(meeting.place.get(lang))),
        ("DESCRIPTION", language.as_str(), text(&about)),
        ("URL", "", address),
        ("END", "", "VEVENT".to_owned()),
        ("END", "", "VCALENDAR".to_owned()),
    ];
    let file: String =
        lines.iter().map(|(name, about, value)| folded(&format!("{name}{about}:{value}"))).collect();
    let about = [
        (CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
        (CONTENT_DISPOSITION, format!("attachment; filename=\"{id}.ics\"")),
        (CACHE_CONTROL, "no-cache".to_owned()),
    ];
    Ok((about, file).into_response())
}

fn utc(minute: Minute) -> Option<String> {
    let time = Timestamp::from_second(minute.0.checked_mul(60)?).ok()?;
    Some(time.strftime("%Y%m%dT%H%M%SZ").to_string())
}

/// Words as a value: separators and ends of lines are written as pairs (RFC 5545, 3.3.11), other signs of control dropped.
fn text(words: &str) -> String {
    let mut out = String::new();
    for letter in words.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\\' | ';' | ',' => out.extend(['\\', letter]),
            letter if letter.is_control() => {}
            letter => out.push(letter),
        }
    }
    out
}

/// A line with its end, on as many as it takes; no letter is torn.
fn folded(line: &str) -> String {
    let (mut out, mut on_line) = (String::new(), 0);
    for letter in line.chars() {
        if on_line + letter.len_utf8() > LINE {
            out.push_str("\r\n ");
            on_line = 1;
        }
        out.push(letter);
        on_line += letter.len_utf8();
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters_and_read_back_as_they_were() {
        let line = format!("SUMMARY:{}", "Жиналыс, күн тәртібі ".repeat(12));
        let file = folded(&line);
        assert!(file.split("\r\n").all(|line| line.len() <= LINE), "{file}");
        assert_eq!(file.replace("\r\n ", ""), format!("{line}\r\n"));
    }

    #[test]
    fn words_cannot_end_a_line_or_begin_another_property() {
        assert_eq!(text("a;b,c\\d\r\nATTACH:x\u{7}"), "a\\;b\\,c\\\\d\\nATTACH:x");
        assert_eq!(utc(Minute(0)).as_deref(), Some("19700101T000000Z"));
    }
}
