//! The paper form as a document: its head, its pages, and where the citizen goes from one to the next.

use super::condition;
use super::question;
use super::words::Said;
use crate::http::escape;
use survey::definition::Turn;
use survey::expression::Expression;
use survey::text::piped;
use survey::{Page, Question, Survey, Text};

/// One survey in one language, as it is printed.
pub(crate) struct Sheet<'a> {
    pub(crate) survey: &'a Survey,
    pub(crate) said: &'a Said,
    /// The name of the version.
    pub(crate) version: &'a str,
    /// The batch, where it is known when the sheets are printed.
    pub(crate) batch: Option<&'a str>,
    /// Where the files of the survey are, with a slash at the end.
    pub(crate) media: String,
    /// Each question that is asked, with its number.
    numbers: Vec<(String, String)>,
    /// The questions of the group that is being printed, which come before those of the survey.
    group: &'a [Question],
}

/// Characters of the version that stand on paper: 32 bits of a hash, enough to tell the versions of one survey apart.
pub(crate) const VERSION_SHOWN: usize = 8;

impl<'a> Sheet<'a> {
    pub(crate) fn new(survey: &'a Survey, said: &'a Said, version: &'a str) -> Self {
        let media = format!("/s/{}/media/{version}/", survey.id);
        Self { survey, said, version, batch: None, media, numbers: numbers(survey), group: &[] }
    }

    /// A sheet that is never printed: who speaks of it names variables, as codebooks do, and not numbers.
    pub(crate) fn of_variables(survey: &'a Survey, said: &'a Said) -> Self {
        let numbers = survey.questions().map(|asked| (asked.name.clone(), asked.name.clone())).collect();
        Self { survey, said, version: "", batch: None, media: String::new(), numbers, group: &[] }
    }

    /// The number of a question on paper.
    pub(crate) fn number(&self, variable: &str) -> Option<&str> {
        self.numbers.iter().find(|(name, _)| name == variable).map(|(_, number)| number.as_str())
    }

    /// The same sheet for what stands in a group of this number.
    pub(super) fn within<'b>(&'b self, group: &'b [Question], number: &str) -> Sheet<'b> {
        let inner = group.iter().filter(|inner| inner.domain.is_asked()).zip(1..);
        let inner = inner.map(|(inner, place)| (inner.name.clone(), format!("{number}.{place}")));
        let numbers = inner.chain(self.numbers.iter().cloned()).collect();
        Sheet { numbers, group, media: self.media.clone(), ..*self }
    }

    /// The question with this variable, seen from where the sheet is.
    pub(super) fn question(&self, variable: &str) -> Option<&Question> {
        let inner = self.group.iter().find(|inner| inner.name == variable);
        inner.or_else(|| self.survey.question(variable))
    }

    /// A text in the language of the sheet, as HTML.
    pub(super) fn say(&self, text: &Text) -> String {
        escape(&self.text(text))
    }

    /// A text in the language of the sheet. Where the screen puts in an answer, paper says whose.
    pub(crate) fn text(&self, text: &Text) -> String {
        let text = match text {
            Text::Word(key) => self.said.form.get(key),
            text => text.get(&self.said.lang),
        };
        let mut answer = |name: &str| match self.number(name) {
            Some(number) => self.said.fill("answer_of", &[("n", number.to_owned())]),
            None => self.said.get("from_web").to_owned(),
        };
        piped(text, &mut answer)
    }

    /// Paragraphs, as HTML.
    pub(super) fn paragraphs(&self, text: &Text) -> String {
        let text = self.say(text);
        let paragraphs = text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty());
        paragraphs.map(|paragraph| format!("<p>{}</p>\n", paragraph.replace('\n', "<br>"))).collect()
    }
}

/// The pages in the order of the paper: as they were written, those about the respondent last.
pub(crate) fn pages(survey: &Survey) -> impl Iterator<Item = (usize, &Page)> {
    let of = |late: bool| survey.pages.iter().enumerate().filter(move |(_, page)| page.after_review == late);
    of(false).chain(of(true))
}

/// Questions are numbered through, so that a clerk and a citizen can speak of them.
fn numbers(survey: &Survey) -> Vec<(String, String)> {
    let asked = pages(survey).flat_map(|(_, page)| &page.questions).filter(|asked| asked.domain.is_asked());
    asked.zip(1..).map(|(asked, number)| (asked.name.clone(), number.to_string())).collect()
}

/// The whole form, as HTML.
pub(crate) fn form(sheet: &Sheet<'_>) -> String {
    let pages = pages(sheet.survey).map(|(_, page)| self::page(sheet, page));
    format!(
        "<article class=\"paper\">\n{}{}{}</article>",
        head(sheet),
        pages.collect::<String>(),
        foot(sheet)
    )
}

/// Who asks, why, and how to fill it in (domain of survey practice: who, why, voluntary, what is kept, how to delete).
fn head(sheet: &Sheet<'_>) -> String {
    let (survey, said) = (sheet.survey, sheet.said);
    let word = |key: &str| escape(said.get(key));
    let agency =
        survey.agency.as_ref().map(|agency| format!("<p class=\"agency\">{}</p>\n", sheet.say(agency)));
    let notice = survey.notice.as_ref().map(|notice| sheet.paragraphs(notice));
    let contact = survey.contact.as_ref().map(|contact| {
        let texts = [&contact.phone, &contact.hours, &contact.email].into_iter().flatten();
        let texts: Vec<String> = texts.map(|text| sheet.say(text)).collect();
        format!("<p><b>{}</b> {}</p>\n", escape(said.form.get("help")), texts.join(", "))
    });
    let batch = match sheet.batch {
        Some(batch) => format!("<b>{}</b>", escape(batch)),
        None => "<span class=\"blank\"></span>".to_owned(),
    };
    let version: String = sheet.version.chars().take(VERSION_SHOWN).collect();
    format!(
        "<header>\n<p class=\"ids\"><span>{} {batch}</span> <span>{} {}</span> <span>{} {}</span></p>\n{}\
         <h1>{}</h1>\n{}<p>{} {}</p>\n{}<p class=\"how\">{}</p>\n</header>\n",
        word("batch"),
        word("sheet"),
        boxes(6),
        word("version"),
        escape(&version),
        agency.unwrap_or_default(),
        sheet.say(&survey.title),
        notice.unwrap_or_default(),
        word("voluntary"),
        word("find"),
        contact.unwrap_or_default(),
        word("how"),
    )
}

fn foot(sheet: &Sheet<'_>) -> String {
    let thanks = sheet.survey.thanks.as_ref().map(|thanks| sheet.paragraphs(thanks)).unwrap_or_default();
    format!("<footer>\n<p><b>{}</b></p>\n{thanks}</footer>\n", escape(sheet.said.get("hand_in")))
}

/// Boxes for digits.
pub(super) fn boxes(digits: usize) -> String {
    format!("<span class=\"digits\" aria-hidden=\"true\">{}</span>", "<i></i>".repeat(digits))
}

fn page(sheet: &Sheet<'_>, page: &Page) -> String {
    let own_title = page.title.as_ref().map(|title| sheet.say(title));
    let about_you = page.after_review && page.title.is_none() && page.intro.is_none();
    let form = &sheet.said.form;
    let title = own_title.or_else(|| about_you.then(|| escape(form.get("about_you_title"))));
    let level = if title.is_some() { 3 } else { 2 };
    let intro = match &page.intro {
        Some(intro) => sheet.paragraphs(intro),
        None if about_you => format!("<p>{}</p>\n", escape(form.get("about_you_note"))),
        None => String::new(),
    };
    let questions = page.questions.iter().map(|asked| question::question(sheet, asked, level));
    format!(
        "<section class=\"page\">\n{}{}{intro}{}{}</section>\n",
        title.map(|title| format!("<h2>{title}</h2>\n")).unwrap_or_default(),
        of_page(sheet, page),
        questions.collect::<String>(),
        turns(sheet, page),
    )
}

/// Who is asked the questions of a page.
fn of_page(sheet: &Sheet<'_>, page: &Page) -> String {
    let Some(condition) = &page.show_if else { return String::new() };
    let numbers: Vec<&str> = page.questions.iter().filter_map(|asked| sheet.number(&asked.name)).collect();
    let (Some(from), Some(to)) = (numbers.first(), numbers.last()) else { return String::new() };
    if from == to {
        return condition::line(sheet, "only_if", Some(condition));
    }
    let text = match condition::in_html(sheet, condition) {
        Some(condition) => {
            let values = [("condition", condition), ("from", (*from).to_owned()), ("to", (*to).to_owned())];
            sheet.said.fill("page_only_if", &values)
        }
        None => escape(sheet.said.get("unsaid")),
    };
    format!("<p class=\"when\">{text}</p>\n")
}

fn turns(sheet: &Sheet<'_>, page: &Page) -> String {
    page.turns.iter().map(|turn| format!("<p class=\"turn\">{}</p>\n", self::turn(sheet, turn))).collect()
}

/// Where to go after a page.
fn turn(sheet: &Sheet<'_>, turn: &Turn) -> String {
    let said = sheet.said;
    let target = turn.to.and_then(|page| first_of(sheet, page));
    let condition = |when: &Expression| condition::in_html(sheet, when);
    match (target, &turn.when) {
        (Some(n), None) => said.fill("go", &[("n", n)]),
        (Some(n), Some(when)) => match condition(when) {
            Some(condition) => said.fill("go_if", &[("condition", condition), ("n", n)]),
            None => said.fill("go_unsaid", &[("n", n)]),
        },
        (None, when) => {
            let own = turn.end.as_ref().map(|end| sheet.say(end));
            let text = own.unwrap_or_else(|| escape(said.get("end")));
            match when.as_ref().map(condition) {
                None => text,
                Some(Some(condition)) => said.fill("end_if", &[("condition", condition), ("text", text)]),
                Some(None) => escape(said.get("unsaid")),
            }
        }
    }
}

/// The number of the first question on a page, or on one after it.
fn first_of(sheet: &Sheet<'_>, page: usize) -> Option<String> {
    let on = sheet.survey.pages.iter().skip(page).flat_map(|page| &page.questions);
    on.filter_map(|asked| sheet.number(&asked.name)).next().map(str::to_owned)
}
