//! The survey as a clerk has it on her screen: all questions of the sheet on one page, with the numbers and codes that
//! are printed there, none of them hidden, and one question more: which answers cannot be counted.

use super::document::{Sheet, pages};
use super::entry::Entry;
use std::collections::HashMap;
use survey::definition::Survey;
use survey::domain::Domain;
use survey::form::Posted;
use survey::kind::Control;
use survey::{Answer, Choice, Page, Question, Text};

/// The question that a clerk is asked besides. No author's variable begins with a line.
const SPOILED: &str = "_spoiled";

/// Characters of a question that stand in that list.
const SHORT: usize = 60;

/// The survey for the screen of a clerk. What she sends is the paper's: no rule is checked before it is compared.
pub(crate) fn on_one_page(sheet: &Sheet<'_>, title: String) -> Survey {
    let asked: Vec<&Question> = asked(sheet.survey).collect();
    let mut questions: Vec<Question> =
        asked.iter().map(|question| open(sheet, question, sheet.number(&question.name))).collect();
    questions.push(spoiled(sheet, &asked));
    let page = Page {
        id: "paper".to_owned(),
        title: None,
        intro: None,
        show_if: None,
        questions,
        rules: Vec::new(),
        turns: Vec::new(),
        shuffle: false,
        pinned: false,
        after_review: false,
    };
    let mut survey = sheet.survey.clone().with_pages(vec![page]);
    survey.languages = vec![sheet.said.lang.clone()];
    survey.title = Text::Same(title);
    survey.agency = None;
    survey.contact = None;
    survey.notice = Some(Text::Same(sheet.said.get("entry_note").to_owned()));
    survey.review = false;
    survey.shuffle = false;
    (survey.drafts, survey.partials) = (false, false);
    survey
}

/// The questions on paper, in their order.
fn asked(survey: &Survey) -> impl Iterator<Item = &Question> {
    pages(survey).flat_map(|(_, page)| &page.questions).filter(|question| question.domain.is_asked())
}

/// A question that is shown to everybody, with everything in the order of the paper.
fn open(sheet: &Sheet<'_>, question: &Question, number: Option<&str>) -> Question {
    let text = sheet.text(&question.text);
    let text = number.map_or_else(|| text.clone(), |number| format!("{number}. {text}"));
    let places = matches!(question.control, Control::Cascade { .. });
    let coded = !matches!(question.control, Control::Search | Control::Points(_));
    let choice = |choice: &Choice| {
        let text = if places { path(sheet, question, choice) } else { sheet.text(&choice.text) };
        let text = if coded { format!("{} · {text}", choice.code) } else { text };
        Choice { text: Text::Same(text), show_if: None, card: None, ..choice.clone() }
    };
    let domain = match &question.domain {
        Domain::Entries(group) => {
            let mut group = group.clone();
            group.questions = group.questions.iter().map(|inner| open(sheet, inner, None)).collect();
            Domain::Entries(group)
        }
        domain => domain.clone(),
    };
    Question {
        text: Text::Same(text),
        easy: None,
        media: Vec::new(),
        // Nothing stands behind its text then; the server asks for no answer.
        required: true,
        required_if: None,
        show_if: None,
        default: None,
        shuffle: false,
        choices: question.choices.iter().map(choice).collect(),
        rows: question.rows.iter().map(|row| Choice { show_if: None, ..row.clone() }).collect(),
        rows_from: None,
        control: if places { Control::Select } else { question.control.clone() },
        domain,
        ..question.clone()
    }
}

/// A place with those that it lies in. Lists within lists would need a script.
fn path(sheet: &Sheet<'_>, question: &Question, choice: &Choice) -> String {
    let above = |choice: &&Choice| {
        let within = choice.within?;
        question.choices.iter().find(|other| other.code == within)
    };
    // No deeper than there are lists, whatever a definition says.
    let chain = std::iter::successors(Some(choice), above).take(8);
    let mut names: Vec<String> = chain.map(|choice| sheet.text(&choice.text)).collect();
    names.reverse();
    names.join(", ")
}

fn spoiled(sheet: &Sheet<'_>, asked: &[&Question]) -> Question {
    let choice = |(code, question): (i64, &&Question)| {
        let text: String = sheet.text(&question.text).chars().take(SHORT).collect();
        Choice::new(code, Text::Same(format!("{code}. {text}")))
    };
    Question {
        name: SPOILED.to_owned(),
        text: Text::Same(sheet.said.get("spoiled").to_owned()),
        hint: None,
        easy: None,
        media: Vec::new(),
        required: true,
        required_if: None,
        show_if: None,
        default: None,
        shuffle: false,
        pinned: false,
        ordinal: false,
        control: Control::Choices,
        domain: Domain::Several { min: 0, max: asked.len() },
        choices: (1..).zip(asked).map(choice).collect(),
        rows: Vec::new(),
        rows_from: None,
    }
}

impl Entry {
    /// What was keyed in, out of the posted form.
    pub(crate) fn of_posted(survey: &Survey, lang: &str, posted: &Posted) -> Self {
        let names: HashMap<i64, &str> =
            (1..).zip(asked(survey).map(|question| question.name.as_str())).collect();
        let mut spoiled: Vec<String> = match posted.answers.get(SPOILED) {
            Some(Answer::Codes(codes)) => {
                codes.iter().filter_map(|code| names.get(code)).map(|name| (*name).to_owned()).collect()
            }
            _ => Vec::new(),
        };
        spoiled.sort_unstable();
        // A part of a group that the form shows and nobody filled in is no answer, and is not in the store.
        let blank = |name: &str| posted.answers.get(name).is_none_or(Answer::is_blank);
        let answers = posted.answers.filter(|name| name != SPOILED && !blank(name));
        Self { lang: lang.to_owned(), answers, spoiled }
    }
}
