//! Options on paper: a box, the code in small print for whoever keys it in, the text.

use super::condition::{in_html, row_number};
use super::document::Sheet;
use super::question;
use crate::http::escape;
use survey::kind::Points;
use survey::{Choice, Domain, Question};

/// Options at most that are printed where the screen has a list to search; a longer list is answered in words.
const LISTED: usize = 15;

/// Options one below the other.
pub(super) fn list(sheet: &Sheet<'_>, question: &Question) -> String {
    let items = question.choices.iter().map(|choice| item(sheet, question, choice));
    format!("{}<ul class=\"options\">\n{}</ul>\n", how(sheet, question), items.collect::<String>())
}

/// The options, or a line where there are too many.
pub(super) fn short_list(sheet: &Sheet<'_>, question: &Question) -> String {
    if question.choices.len() > LISTED { super::lines::area(1) } else { list(sheet, question) }
}

/// How many may be ticked. Of a single box nothing need be said.
fn how(sheet: &Sheet<'_>, question: &Question) -> String {
    let (said, form, all) = (sheet.said, &sheet.said.form, question.choices.len());
    let text = match question.domain {
        Domain::Several { .. } if all == 1 => return String::new(),
        Domain::Several { max, .. } if max < all => {
            form.count("select_up_to", i64::try_from(max).unwrap_or(i64::MAX), &[])
        }
        Domain::Several { .. } => form.get("select_all").to_owned(),
        _ => said.get("one").to_owned(),
    };
    format!("<p class=\"how\">{}</p>\n", escape(&text))
}

fn item(sheet: &Sheet<'_>, question: &Question, choice: &Choice) -> String {
    let mut text = format!("{}{} {}", tick(&question.domain), code(choice), sheet.say(&choice.text));
    if choice.other {
        text += " <span class=\"line\"></span>";
    }
    if let Some(condition) = &choice.show_if {
        let condition = in_html(sheet, condition);
        let only = condition.map(|condition| sheet.said.fill("option_only_if", &[("condition", condition)]));
        text += &only.map(|only| format!(" <small>{only}</small>")).unwrap_or_default();
    }
    format!("<li><div>{text}</div>{}</li>\n", card(sheet, choice))
}

/// A box to tick: round where one is asked, square where there may be several. Drawn, because fonts draw it differently.
fn tick(domain: &Domain) -> &'static str {
    match domain {
        Domain::Several { .. } => "<span class=\"box\" aria-hidden=\"true\"></span>",
        _ => "<span class=\"box round\" aria-hidden=\"true\"></span>",
    }
}

fn code(choice: &Choice) -> String {
    format!("<span class=\"code\">{}</span>", choice.code)
}

/// What stands on the card of an option.
fn card(sheet: &Sheet<'_>, choice: &Choice) -> String {
    let Some(card) = &choice.card else { return String::new() };
    let image = card.image.as_ref().map(|image| question::medium(sheet, image)).unwrap_or_default();
    let texts = [&card.about, &card.place, &card.cost].into_iter().flatten().map(|text| sheet.say(text));
    format!("<div class=\"card\">{image}{}</div>", texts.collect::<Vec<_>>().join("<br>"))
}

/// A line of numbers with its ends in words, and what else can be ticked below it.
pub(super) fn points(sheet: &Sheet<'_>, question: &Question, points: &Points) -> String {
    let (on, beside): (Vec<_>, Vec<_>) =
        question.choices.iter().partition(|choice| (points.from..=points.to).contains(&choice.code));
    let end = |text: Option<&survey::Text>| text.map(|text| sheet.say(text)).unwrap_or_default();
    let point = |choice: &&Choice| format!("<li>{}{}</li>", tick(&question.domain), code(choice));
    let beside = beside.into_iter().map(|choice| item(sheet, question, choice)).collect::<String>();
    let beside = if beside.is_empty() { beside } else { format!("<ul class=\"options\">\n{beside}</ul>\n") };
    format!(
        "{}<p class=\"ends\"><span>{}</span> <span>{}</span></p>\n<ol class=\"points\">{}</ol>\n{beside}",
        how(sheet, question),
        end(points.low.as_ref()),
        end(points.high.as_ref()),
        on.iter().map(point).collect::<String>(),
    )
}

/// A table with a box in each cell; its head is printed again on each page.
pub(super) fn grid(sheet: &Sheet<'_>, question: &Question, number: &str) -> String {
    let Domain::Rows(rows) = &question.domain else { return String::new() };
    let several = matches!(*rows.cell, Domain::Several { .. });
    let how = escape(sheet.said.get(if several { "rows_several" } else { "rows" }));
    let column =
        |choice: &Choice| format!("<th scope=\"col\">{} {}</th>", code(choice), sheet.say(&choice.text));
    let cell = format!("<td>{}</td>", tick(&rows.cell));
    let row = |(place, row): (usize, &Choice)| {
        let number = row_number(number, place);
        let cells = cell.repeat(question.choices.len());
        let only = row.show_if.as_ref().and_then(|condition| in_html(sheet, condition));
        let only = only.map(|condition| sheet.said.fill("option_only_if", &[("condition", condition)]));
        let only = only.map(|only| format!(" <small>{only}</small>")).unwrap_or_default();
        format!(
            "<tr><th scope=\"row\"><span class=\"number\">{number}</span> {}{only}</th>{cells}</tr>\n",
            sheet.say(&row.text)
        )
    };
    format!(
        "<p class=\"how\">{how}</p>\n<table>\n<thead><tr><td></td>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n",
        question.choices.iter().map(column).collect::<String>(),
        question.rows.iter().enumerate().map(row).collect::<String>(),
    )
}
