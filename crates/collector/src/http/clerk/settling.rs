//! Two entries that differ: side by side, for a clerk who has the sheet before her.

use super::{Desk, field};
use crate::http::document::escape;
use crate::paper::{Entry, LANGUAGE, Sheet, differing, in_words};
use crate::refusal::Refusal;
use crate::store::{Batch, Settled, SheetRecord};
use axum::response::Response;
use survey::Survey;

/// What the names of the fields begin with, before that of the question.
const PICK: &str = "pick-";

/// The two entries of a sheet; `None` when the store holds what nobody here wrote.
fn both(survey: &Survey, record: &SheetRecord) -> Option<[Entry; 2]> {
    let [first, second] = record.entries.as_slice() else { return None };
    Some([Entry::read(survey, &first.entry)?, Entry::read(survey, &second.entry)?])
}

impl Desk<'_> {
    /// Where the entries differ, with a choice for each question.
    pub(super) async fn differences(
        &self,
        batch: &Batch,
        record: &SheetRecord,
        incomplete: bool,
    ) -> Result<Response, Refusal> {
        let edition = self.printed(batch).await?;
        let [first, second] = both(&edition.survey, record).ok_or(Refusal::Internal)?;
        let sheet = Sheet::new(&edition.survey, &self.said, &edition.version);
        let (names, _) = differing(&edition.survey, &first, &second);
        let choices = names.iter().map(|name| self.choice(&sheet, name, &first, &second));
        let at = self.at_sheet(batch, record);
        let query = format!("{at}&amp;before=2");
        let fields = format!(
            "<p>{}</p>\n<p>{}</p>\n{}<div class=\"buttons\">{}</div>\n",
            self.word("differ"),
            if incomplete { String::new() } else { self.word("settle_all") },
            choices.collect::<String>(),
            self.button("next", "settle")
        );
        let main = format!(
            "{}{}{}",
            self.form(&query, "settle", &fields),
            self.form(&query, "discard", &self.button("back", "discard")),
            self.to_batch(batch)
        );
        let title = format!("{} {} · {}", self.said.get("batch"), batch.name, self.sheet_title(record));
        Ok(self.page(&at, &title, incomplete.then(|| self.said.get("settle_all").to_owned()), &main))
    }

    fn choice(&self, sheet: &Sheet<'_>, name: &str, first: &Entry, second: &Entry) -> String {
        let question = sheet.survey.question(name);
        let title = match question {
            Some(question) => {
                format!("{}. {}", sheet.number(name).unwrap_or_default(), sheet.text(&question.text))
            }
            None => self.said.get("sheet_language").to_owned(),
        };
        let said = |entry: &Entry| match question {
            Some(question) => {
                in_words(sheet, question, entry).unwrap_or_else(|| self.said.get("blank").to_owned())
            }
            None => crate::http::language::name(&entry.lang),
        };
        let option = |value: &str, text: String| {
            let id = escape(&format!("{PICK}{name}-{value}"));
            format!(
                "<div class=\"option\"><input type=\"radio\" id=\"{id}\" name=\"{PICK}{}\" value=\"{value}\" required>\
                 <label for=\"{id}\">{}</label></div>\n",
                escape(name),
                escape(&text)
            )
        };
        let entry = |key: &str, entry: &Entry| format!("{}: {}", self.said.get(key), said(entry));
        let neither = question.map(|_| option("0", self.said.get("neither").to_owned()));
        format!(
            "<fieldset class=\"question\"><legend class=\"text\">{}</legend>\n{}{}{}</fieldset>\n",
            escape(&title),
            option("1", entry("entry_first", first)),
            option("2", entry("entry_second", second)),
            neither.unwrap_or_default(),
        )
    }

    /// Keeps the sheet by what was chosen for each question; one without a choice is asked again.
    pub(super) async fn settle(
        &self,
        batch: &Batch,
        record: &SheetRecord,
        fields: &[(String, String)],
    ) -> Result<Response, Refusal> {
        let edition = self.printed(batch).await?;
        let Some([first, second]) = both(&edition.survey, record) else {
            return Ok(self.back_to(batch, "changed", record.number));
        };
        let (names, compared) = differing(&edition.survey, &first, &second);
        let mut settled = first;
        for name in &names {
            match (field(fields, &format!("{PICK}{name}")), name.as_str()) {
                (Some("1"), _) => {}
                (Some("2"), _) => settled.take(&second, name),
                (Some("0"), question) if question != LANGUAGE => settled.mark(question, true),
                _ => return self.differences(batch, record, true).await,
            }
        }
        let differing = u32::try_from(names.len()).unwrap_or(u32::MAX);
        self.keep(batch, record, &settled, Settled { entries: 2, compared, differing }).await
    }
}
