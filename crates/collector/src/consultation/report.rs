//! The report on a consultation: who took part, when, what they said and what was decided about it, and how the draft
//! changed. Here is what it says; how it looks as a document, a page or a table is one file each beside it.

mod csv;
mod docx;
mod gather;
mod html;

use super::diff::Change;
use super::words;
use anyhow::Result;
use csv::csv;
use docx::docx;
use html::html;
use qulaq::Words;

pub(crate) use gather::{Wanted, gather};

/// A form that a report can be had in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Form {
    /// A document for word processors
    #[default]
    Docx,
    /// A page
    Html,
    /// A table of the points
    Csv,
}

impl Form {
    /// Every form.
    pub(crate) const ALL: [Self; 3] = [Self::Docx, Self::Html, Self::Csv];

    /// How it is written, which is also the ending of its file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
            Self::Html => "html",
            Self::Csv => "csv",
        }
    }

    /// The form that is written like this.
    pub(crate) fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|form| form.name() == name)
    }

    pub(crate) fn content_type(self) -> &'static str {
        match self {
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Html => "text/html; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The report in this form.
    ///
    /// # Errors
    /// When it cannot be put together, for which there is no reason but memory.
    pub(crate) fn write(self, report: &Report) -> Result<Vec<u8>> {
        match self {
            Self::Docx => Ok(docx(report)?),
            Self::Html => Ok(html(report).into_bytes()),
            Self::Csv => csv(report),
        }
    }
}

/// A report in one language.
#[derive(Debug, Default)]
pub(crate) struct Report {
    pub(crate) lang: String,
    /// What the survey is called, and who asks.
    pub(crate) title: String,
    pub(crate) agency: Option<String>,
    /// The day on which it was made, in words.
    pub(crate) made: String,
    /// When comments were taken, in words.
    pub(crate) term: String,
    /// Comments of persons and of organisations, which are never added up.
    pub(crate) persons: u64,
    pub(crate) organisations: u64,
    /// Responses about the whole draft.
    pub(crate) general: u64,
    pub(crate) points: Vec<Point>,
    pub(crate) changes: Vec<Changed>,
}

/// A substantive point: a comment, or several that say the same.
#[derive(Clone, Debug, Default)]
pub(crate) struct Point {
    /// The numbers of the comments: the first of them.
    pub(crate) number: String,
    /// The paragraph, in words.
    pub(crate) paragraph: String,
    pub(crate) who: String,
    pub(crate) stance: String,
    /// Nothing where the author did not agree to publish it.
    pub(crate) text: Option<String>,
    /// How many said the same.
    pub(crate) alike: usize,
    pub(crate) decision: String,
    pub(crate) reason: String,
}

/// A paragraph that is another now.
#[derive(Clone, Debug)]
pub(crate) struct Changed {
    pub(crate) paragraph: String,
    pub(crate) changes: Vec<Change>,
}

impl Report {
    fn words(&self) -> Words {
        words::of(&self.lang)
    }

    /// The sentences about who took part and when, each with its heading.
    fn facts(&self) -> Vec<(String, Vec<String>)> {
        let words = self.words();
        let count = |key: &str, n: u64| words.fill(key, &[("n", words.number(&n.to_string()))]);
        let agency =
            self.agency.iter().map(|agency| words.fill("report_agency", &[("agency", agency.clone())]));
        let made = words.fill("report_made", &[("date", self.made.clone())]);
        vec![
            (self.title.clone(), agency.chain([made]).collect()),
            (words.get("report_term").to_owned(), vec![self.term.clone()]),
            (
                words.get("report_who").to_owned(),
                vec![
                    count("report_persons", self.persons),
                    count("report_organisations", self.organisations),
                    count("report_general", self.general),
                    words.get("report_apart").to_owned(),
                    words.get("no_vote").to_owned(),
                ],
            ),
        ]
    }

    /// The heads of the table of points.
    fn heads(words: &Words) -> [String; 8] {
        ["number", "paragraph", "who", "stance", "comment", "alike", "decision", "reason"]
            .map(|column| words.get(&format!("column_{column}")).to_owned())
    }

    /// The cells of a point, in the order of the heads.
    fn cells(&self, point: &Point) -> Vec<String> {
        let words = self.words();
        let text = point.text.clone().unwrap_or_else(|| words.get("report_unpublished").to_owned());
        vec![
            point.number.clone(),
            point.paragraph.clone(),
            point.who.clone(),
            point.stance.clone(),
            text,
            point.alike.to_string(),
            point.decision.clone(),
            point.reason.clone(),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report() -> Report {
        let point = |number: &str, text: Option<&str>| Point {
            number: number.to_owned(),
            paragraph: "3-бөлік".to_owned(),
            who: "Ұйым: «Тең қоғам»".to_owned(),
            stance: "Келіспейді".to_owned(),
            text: text.map(str::to_owned),
            alike: 12,
            decision: "ішінара қабылданды".to_owned(),
            reason: "<b>Себебі</b> & басқа".to_owned(),
        };
        let changes = super::super::diff::between("сағат тоғызда", "сағат онда");
        Report {
            lang: "kk".to_owned(),
            title: "Жоба".to_owned(),
            points: vec![point("2026-17-4", Some("=1+1")), point("2026-18-2", None)],
            changes: vec![Changed { paragraph: "4-бөлік".to_owned(), changes }],
            persons: 1204,
            organisations: 3,
            ..Report::default()
        }
    }

    #[test]
    fn every_form_has_every_point_with_its_decision_and_its_reason() {
        let report = report();
        let (html, table) = (html(&report), String::from_utf8(csv(&report).unwrap()).unwrap());
        assert!(
            html.contains("&lt;b&gt;Себебі&lt;/b&gt; &amp; басқа") && html.contains("2026-18-2"),
            "{html}"
        );
        assert!(html.contains("<ins>") && html.contains("<del>"), "{html}");
        assert!(table.starts_with('\u{feff}') && table.contains("2026-17-4"), "{table}");
        assert!(table.contains(",'=1+1,"), "no spreadsheet reckons what somebody wrote: {table}");
        assert!(docx(&report).unwrap().starts_with(b"PK"));
    }

    #[test]
    fn what_its_author_did_not_agree_to_publish_is_in_no_form() {
        let report = report();
        let said = "Автор бұл пікірді жариялауға келісім бермеген.";
        assert!(html(&report).contains(said));
        assert!(String::from_utf8(csv(&report).unwrap()).unwrap().contains(said));
    }
}
