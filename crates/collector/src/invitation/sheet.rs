//! Invitations to print and cut: A4 sheets with a mark for cameras, the code and the address in words. One file without
//! scripts, which shows the same wherever it is opened.

use super::code::Code;
use super::{link, words};
use crate::http::escape;
use anyhow::{Context, Result};
use qrcode::{Color, EcLevel, QrCode};
use survey::Survey;

const STYLE: &str = include_str!("sheet.css");

/// Modules around a mark that must stay light (ISO/IEC 18004).
const QUIET: usize = 4;

/// The sheet: a card for each code that leads to `page`, in the languages of the survey that we speak. `until` is the last
/// day, as it is written in each of them.
///
/// # Errors
/// When an address is too long for a mark.
pub(crate) fn sheet(
    survey: &Survey,
    page: &str,
    until: &dyn Fn(&str) -> Option<String>,
    codes: &[Code],
) -> Result<String> {
    let known = |lang: &String| words::LANGUAGES.iter().any(|(tag, _)| tag == lang);
    let languages: Vec<&String> = survey.languages.iter().filter(|lang| known(lang)).collect();
    let first = survey.languages.first().map_or("kk", String::as_str);
    let said: String = languages.iter().map(|lang| said(lang, until(lang))).collect();
    let title = languages.iter().map(|lang| survey.title.get(lang)).collect::<Vec<_>>().join(" / ");
    let title = if title.is_empty() { survey.title.get(first).to_owned() } else { title };
    let title = escape(&title);
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<main>\n",
        escape(first)
    );
    for code in codes {
        let mark = mark(&link(page, code)).context("the address is too long for a mark that cameras read")?;
        html += &format!(
            "<article>\n<h1>{title}</h1>\n{mark}\n<div><p class=\"code\">{}</p>\n<p>{}</p></div>\n{said}</article>\n",
            code.printed(),
            escape(page.split_once("://").map_or(page, |(_, rest)| rest)),
        );
    }
    Ok(html + "</main>\n</body>\n</html>\n")
}

/// What to do, in one language.
fn said(lang: &str, until: Option<String>) -> String {
    let words = words::of(lang);
    let until = until.map(|date| words.fill("until", &[("date", date)])).unwrap_or_default();
    let text = format!("{} {until}", words.get("sheet"));
    format!("<p class=\"said\" lang=\"{}\">{}</p>\n", escape(lang), escape(&text))
}

/// A mark as a picture of one path: a unit for each module.
fn mark(text: &str) -> Result<String> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M)?;
    let (width, colors) = (code.width(), code.to_colors());
    let mut path = String::new();
    for (at, _) in colors.iter().enumerate().filter(|(_, color)| **color == Color::Dark) {
        path += &format!("M{} {}h1v1h-1z", at % width + QUIET, at / width + QUIET);
    }
    let side = width + 2 * QUIET;
    Ok(format!(
        "<svg viewBox=\"0 0 {side} {side}\" role=\"img\" aria-label=\"QR\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random;

    #[test]
    fn each_code_has_a_card_with_its_mark_and_an_address_is_text() {
        let definition = include_str!("../../../../examples/surveys/page-useful.json");
        let survey = Survey::read(definition).unwrap();
        let codes: Vec<Code> = (0..3).map(|_| Code::new(&random::system()).unwrap()).collect();
        let html = sheet(&survey, "https://a.kz/s/x?a=1&b=<", &|_| Some("1 мая".to_owned()), &codes).unwrap();
        assert_eq!(html.matches("<article>").count(), 3);
        for code in &codes {
            assert!(html.contains(&code.printed()));
        }
        assert!(html.contains("a.kz/s/x?a=1&amp;b=&lt;") && !html.contains("b=<"));
        assert!(html.contains("1 мая") && !html.contains("<script"));
    }
}
