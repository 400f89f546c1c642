//! Minutes in one language as they are read: everything in words, so that what was published never changes with what is
//! known later. The outline is the same in every form; how it looks as a page, a document and a table is one file each
//! beside it.

mod csv;
mod docx;
pub(crate) mod html;

use super::words;
use anyhow::Result;
use qulaq::Words;
use serde::{Deserialize, Serialize};

/// A form that minutes can be had in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A document for word processors.
    Docx,
    /// A table of what was decided and who is to do what by when.
    Csv,
}

impl Form {
    /// Every form.
    pub(crate) const ALL: [Self; 2] = [Self::Docx, Self::Csv];

    /// How it is written, which is also the ending of its file.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Docx => "docx",
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
            Self::Csv => "text/csv; charset=utf-8",
        }
    }

    /// The minutes in this form.
    ///
    /// # Errors
    /// When they cannot be put together, for which there is no reason but memory.
    pub(crate) fn write(self, protocol: &Protocol) -> Result<Vec<u8>> {
        match self {
            Self::Docx => Ok(docx::docx(protocol)?),
            Self::Csv => Ok(csv::csv(protocol)),
        }
    }
}

/// Minutes in one language.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Protocol {
    pub(crate) lang: String,
    /// What the meeting is called, and who holds it.
    pub(crate) title: String,
    pub(crate) agency: Option<String>,
    /// In the agency's register.
    pub(crate) number: String,
    /// The day and the time of day, in words.
    pub(crate) held: String,
    pub(crate) place: String,
    pub(crate) chair: String,
    pub(crate) secretary: String,
    /// Who was there, and whether that was enough: a sentence each.
    pub(crate) present: Vec<String>,
    pub(crate) agenda: Vec<Item>,
    pub(crate) questions: Vec<Question>,
    /// Questions with less support that are not in the list.
    pub(crate) more: Option<String>,
    pub(crate) votes: Vec<Vote>,
}

/// An item of the agenda, and what became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Item {
    pub(crate) text: String,
    pub(crate) said: String,
    pub(crate) decided: String,
}

/// A question that somebody put to the meeting, and what became of it. Who put it is not in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Question {
    pub(crate) number: String,
    pub(crate) text: String,
    /// How many support it.
    pub(crate) support: String,
    pub(crate) state: String,
    pub(crate) answer: String,
    pub(crate) instruction: String,
    pub(crate) responsible: String,
    pub(crate) due: String,
}

/// A vote.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Vote {
    pub(crate) title: String,
    /// How it was guarded, and how many voted: a sentence each.
    pub(crate) lines: Vec<String>,
    /// What was asked, with the answers and how many gave each.
    pub(crate) results: Vec<(String, Vec<(String, String)>)>,
}

/// A piece of minutes, whatever they look like.
#[derive(Debug, PartialEq, Eq)]
enum Part {
    /// A heading of this level, from 1.
    Heading(u8, String),
    /// A sentence.
    Line(String),
    /// What something is called, and what it is.
    Named(String, String),
    /// A table with its name and heads.
    Table(String, Vec<String>, Vec<Vec<String>>),
}

impl Protocol {
    fn words(&self) -> Words {
        words::of(&self.lang)
    }

    /// What stands above them.
    pub(crate) fn heading(&self) -> String {
        self.words().fill("minutes_of", &[("number", self.number.clone())])
    }

    /// All of them, from the top to the signatures.
    fn parts(&self) -> Vec<Part> {
        let words = self.words();
        let word = |key: &str| words.get(key).to_owned();
        let mut parts = vec![Part::Line(self.title.clone())];
        let facts = [
            ("agency", self.agency.clone().unwrap_or_default()),
            ("held", self.held.clone()),
            ("place", self.place.clone()),
            ("chair", self.chair.clone()),
            ("secretary", self.secretary.clone()),
        ];
        let facts = facts.into_iter().filter(|(_, fact)| !fact.is_empty());
        parts.extend(facts.map(|(key, fact)| Part::Named(word(key), fact)));
        parts.push(Part::Heading(1, word("present")));
        parts.extend(self.present.iter().cloned().map(Part::Line));
        parts.push(Part::Heading(1, word("agenda")));
        parts.extend(self.agenda.iter().zip(1..).map(|(item, n)| Part::Line(format!("{n}. {}", item.text))));
        parts.extend(self.agenda.iter().zip(1..).flat_map(|(item, n)| dealt(&words, n, item)));
        parts.extend(self.asked(&words));
        parts.extend(self.voted(&words));
        parts.push(Part::Heading(1, word("signatures")));
        let sign = |key: &str, name: &str| Part::Line(format!("{} ____________________ {name}", word(key)));
        parts.extend([sign("chair", &self.chair), sign("secretary", &self.secretary)]);
        parts
    }

    fn asked(&self, words: &Words) -> Vec<Part> {
        let title = words.get("questions").to_owned();
        let mut parts = vec![Part::Heading(1, title.clone())];
        if self.questions.is_empty() {
            parts.push(Part::Line(words.get("no_questions").to_owned()));
            return parts;
        }
        let rows = self.questions.iter().map(Question::cells).collect();
        parts.push(Part::Table(title, HEADS.map(|key| words.get(key).to_owned()).into(), rows));
        parts.extend(self.more.clone().map(Part::Line));
        parts
    }

    fn voted(&self, words: &Words) -> Vec<Part> {
        let mut parts = Vec::new();
        if !self.votes.is_empty() {
            parts.push(Part::Heading(1, words.get("votes").to_owned()));
        }
        for vote in &self.votes {
            parts.push(Part::Heading(2, vote.title.clone()));
            parts.extend(vote.lines.iter().cloned().map(Part::Line));
            for (asked, answers) in &vote.results {
                let heads = ["option", "voted"].map(|key| words.get(key).to_owned());
                let rows = answers.iter().map(|(label, count)| vec![label.clone(), count.clone()]).collect();
                parts.push(Part::Line(asked.clone()));
                parts.push(Part::Table(asked.clone(), heads.into(), rows));
            }
        }
        parts
    }
}

/// The heads of the table of questions.
const HEADS: [&str; 8] =
    ["number", "question", "support", "state", "answer", "instruction", "responsible", "due"];

impl Question {
    /// The cells, in the order of the heads.
    fn cells(&self) -> Vec<String> {
        let Self { number, text, support, state, answer, instruction, responsible, due } = self.clone();
        vec![number, text, support, state, answer, instruction, responsible, due]
    }
}

/// What was said and decided about an item, where anything was.
fn dealt(words: &Words, place: usize, item: &Item) -> Vec<Part> {
    let texts = [("said", &item.said), ("decided", &item.decided)];
    let texts: Vec<Part> = texts
        .into_iter()
        .filter(|(_, text)| !text.is_empty())
        .map(|(key, text)| Part::Named(words.get(key).to_owned(), text.clone()))
        .collect();
    if texts.is_empty() {
        return texts;
    }
    std::iter::once(Part::Heading(2, format!("{place}. {}", item.text))).chain(texts).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn protocol(lang: &str) -> Protocol {
        Protocol {
            lang: lang.to_owned(),
            title: "Жиналыс <b>".to_owned(),
            number: "3".to_owned(),
            chair: "Ә. Б.".to_owned(),
            agenda: vec![Item {
                text: "Шатыр".to_owned(),
                said: "Айтты\nЕкінші жол".to_owned(),
                decided: "=1+1".to_owned(),
            }],
            questions: vec![Question {
                number: "2026-17-4".to_owned(),
                text: "+7 балл".to_owned(),
                due: "2026 жылғы 1 қаңтар".to_owned(),
                ..Question::default()
            }],
            votes: vec![Vote {
                title: "Дауыс".to_owned(),
                lines: vec!["Код".to_owned()],
                results: vec![("Иә ме?".to_owned(), vec![("Иә".to_owned(), "12".to_owned())])],
            }],
            ..Protocol::default()
        }
    }

    #[test]
    fn kazakh_minutes_are_a_khattama_and_russian_ones_a_protokol() {
        let kk = html::html(&protocol("kk"), 2);
        for words in ["№ 3 хаттама", "Төраға", "Күн тәртібі", "Тыңдалды", "Шешім қабылданды", "Тапсырма"]
        {
            assert!(kk.contains(words), "{words}: {kk}");
        }
        let ru = html::html(&protocol("ru"), 2);
        for words in ["Протокол № 3", "Председатель", "Повестка дня", "Слушали", "Постановили", "Поручение"]
        {
            assert!(ru.contains(words), "{words}: {ru}");
        }
    }

    #[test]
    fn what_somebody_wrote_is_text_in_every_form_and_no_formula() {
        let protocol = protocol("kk");
        let html = html::html(&protocol, 2);
        assert!(html.contains("Жиналыс &lt;b&gt;") && html.contains("Айтты<br>Екінші жол"), "{html}");
        let table = String::from_utf8(Form::Csv.write(&protocol).unwrap()).unwrap();
        assert!(
            table.starts_with('\u{feff}') && table.contains("'=1+1") && table.contains("'+7 балл"),
            "{table}"
        );
        assert!(Form::Docx.write(&protocol).unwrap().starts_with(b"PK"));
        assert_eq!(Form::ALL.map(|form| Form::named(form.name())), Form::ALL.map(Some));
    }

    #[test]
    fn what_was_published_is_read_as_it_was_written() {
        let text = serde_json::to_string(&protocol("kk")).unwrap();
        assert_eq!(serde_json::from_str::<Protocol>(&text).unwrap(), protocol("kk"));
    }
}
