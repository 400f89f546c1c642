//! The codebook for people, in one language: which parts it has, and what stands in each. How it looks is the business of
//! those who write it down: `html` for a screen, `pdf` for paper.

use super::disclosure::disclosure;
use super::{Asked, Category, Codebook, Variable, Voice};
use std::sync::Arc;

/// A codebook as somebody reads it.
pub(super) struct Page {
    pub(super) title: String,
    /// About the survey, the reasons for missing values, and the variables: those have a part for each question.
    pub(super) parts: Vec<Part>,
}

/// Something with a heading.
pub(super) struct Part {
    /// What leads to it within the page.
    pub(super) id: String,
    pub(super) heading: String,
    pub(super) blocks: Vec<Block>,
    pub(super) parts: Vec<Part>,
}

/// What stands below a heading.
pub(super) enum Block {
    Text(String),
    Terms(Vec<Term>),
    Table(Table),
}

/// A heading of its own kind, with one line or more.
pub(super) struct Term {
    pub(super) heading: String,
    pub(super) lines: Vec<String>,
    /// Whether the lines are words of programs.
    pub(super) is_code: bool,
}

/// A table. The first cell of a row is its heading.
pub(super) struct Table {
    pub(super) caption: String,
    pub(super) columns: Vec<Head>,
    pub(super) rows: Vec<Vec<String>>,
    /// Whether the headings of the rows are words of programs.
    pub(super) is_code: bool,
}

/// The heading of a column.
pub(super) struct Head {
    pub(super) text: String,
    pub(super) is_number: bool,
}

impl Page {
    pub(super) fn of(codebook: &Codebook, voice: &Voice) -> Self {
        let told = Told { codebook, voice };
        let title = format!("{} · {}", voice.text(&codebook.survey.title), voice.word("codebook"));
        let variables = sections(codebook).iter().map(|section| told.section(section)).collect();
        let variables = Part { parts: variables, ..told.part("variables", "contents", vec![]) };
        Self { title, parts: vec![told.about(), told.reasons(), variables] }
    }

    /// The parts of the questions.
    pub(super) fn questions(&self) -> impl Iterator<Item = &Part> {
        self.parts.iter().flat_map(|part| &part.parts)
    }
}

/// A question with the places of its columns; what is known besides has no question.
type Section = (Option<Arc<Asked>>, Vec<usize>);

/// Columns of one question stand together, also those that only an older version has.
fn sections(codebook: &Codebook) -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for (place, variable) in codebook.variables.iter().enumerate() {
        let name = |asked: &Option<Arc<Asked>>| asked.as_ref().map(|asked| asked.name.clone());
        match sections.iter_mut().find(|(asked, _)| name(asked) == name(&variable.asked)) {
            Some((_, places)) => places.push(place),
            None => sections.push((variable.asked.clone(), vec![place])),
        }
    }
    sections
}

/// What is told, and in which language.
struct Told<'a> {
    codebook: &'a Codebook,
    voice: &'a Voice,
}

impl Told<'_> {
    fn word(&self, key: &str) -> String {
        self.voice.word(key).to_owned()
    }

    fn part(&self, id: &str, key: &str, blocks: Vec<Block>) -> Part {
        Part { id: id.to_owned(), heading: self.word(key), blocks, parts: vec![] }
    }

    fn term(&self, key: &str, text: impl Into<String>) -> Term {
        Term { heading: self.word(key), lines: vec![text.into()], is_code: false }
    }

    /// How the survey was conducted, and its versions.
    fn about(&self) -> Part {
        let said = disclosure(self.codebook, self.voice).into_iter();
        let mut terms: Vec<Term> = said
            .map(|statement| Term { heading: statement.heading, lines: vec![statement.text], is_code: false })
            .collect();
        let versions = self.codebook.versions.iter().enumerate().map(|(index, version)| match index {
            0 => self.voice.fill("version_current", &[("version", version.name.clone())]),
            _ => version.name.clone(),
        });
        terms.push(Term { lines: versions.collect(), ..self.term("versions", "") });
        self.part("about", "about", vec![Block::Terms(terms)])
    }

    /// The reasons for missing values, once for all variables.
    fn reasons(&self) -> Part {
        let ours = super::variable::reasons();
        let table = self.codes_of(self.voice.word("reasons"), ours.iter().map(|category| (category, None)));
        self.part("reasons", "reasons", vec![Block::Text(self.word("reasons_note")), table])
    }

    fn section(&self, (asked, places): &Section) -> Part {
        let asked = asked.as_deref();
        let heading = asked.map_or(self.voice.word("envelope"), |asked| self.voice.text(&asked.text));
        let terms = asked.map(|asked| Block::Terms(self.question(asked, places)));
        let codes = places.iter().filter_map(|place| self.codes(*place));
        Part {
            id: asked.map_or_else(|| "response".to_owned(), |asked| format!("q-{}", asked.name)),
            heading: heading.to_owned(),
            blocks: terms.into_iter().chain([self.columns(places)]).chain(codes).collect(),
            parts: vec![],
        }
    }

    fn question(&self, asked: &Asked, places: &[usize]) -> Vec<Term> {
        let voice = self.voice;
        let help = asked.hint.as_ref().map(|hint| self.term("help", voice.text(hint)));
        let universe = asked.universe(&voice.lang).map(|universe| self.term("universe", universe));
        let kind = Term { is_code: true, ..self.term("kind", asked.kind.as_str()) };
        let versions = &self.codebook.variables[places[0]].versions;
        let which = if versions.len() == self.codebook.versions.len() {
            vec![self.word("all_versions")]
        } else {
            versions.iter().map(|version| self.codebook.versions[*version].name.clone()).collect()
        };
        let versions = Term { lines: which, ..self.term("versions", "") };
        let instruction = self.term("instruction", voice.instruction(asked));
        help.into_iter().chain([instruction]).chain(universe).chain([kind, versions]).collect()
    }

    /// The columns of a question.
    fn columns(&self, places: &[usize]) -> Block {
        let head = |key| Head { text: self.word(key), is_number: false };
        let row = |place: &usize| {
            let (variable, voice) = (&self.codebook.variables[*place], self.voice);
            let measure = voice.measure(variable).to_owned();
            vec![variable.name().to_owned(), voice.label(variable), voice.representation(variable), measure]
        };
        Block::Table(Table {
            caption: self.word("contents"),
            columns: ["variable", "label", "type", "measure"].map(head).into(),
            rows: places.iter().map(row).collect(),
            is_code: true,
        })
    }

    /// What the codes of a column mean; with the reasons where they were counted or have words of their own.
    fn codes(&self, place: usize) -> Option<Block> {
        let variable = &self.codebook.variables[place];
        let count = |category: &Category| self.codebook.count(place, category.code);
        let stands = |category: &&Category| {
            !category.missing || category.is_own() || count(category).is_some_and(|count| count > 0)
        };
        let shown: Vec<&Category> = variable.categories.iter().filter(stands).collect();
        // A set of options has the same two codes in each column: they are worth a table where something was counted.
        if shown.is_empty() || (is_plain(variable) && self.codebook.figures.is_none()) {
            return None;
        }
        let rows = shown.into_iter().map(|category| (category, count(category)));
        Some(self.codes_of(variable.name(), rows))
    }

    fn codes_of<'a>(&self, caption: &str, rows: impl Iterator<Item = (&'a Category, Option<u64>)>) -> Block {
        let rows: Vec<(&Category, Option<u64>)> = rows.collect();
        let is_counted = self.codebook.figures.is_some() && rows.iter().any(|(_, count)| count.is_some());
        let head = |key, is_number| Head { text: self.word(key), is_number };
        let counted = is_counted.then(|| head("count", true));
        let number = |count: u64| self.voice.said().form.number(&count.to_string());
        let row = |(category, count): (&Category, Option<u64>)| {
            let own = [category.code.to_string(), self.voice.meaning(category).to_owned()];
            let count = is_counted.then(|| count.map(number).unwrap_or_default());
            own.into_iter().chain(count).collect()
        };
        Block::Table(Table {
            caption: caption.to_owned(),
            columns: [head("code", true), head("meaning", false)].into_iter().chain(counted).collect(),
            rows: rows.into_iter().map(row).collect(),
            is_code: false,
        })
    }
}

fn is_plain(variable: &Variable) -> bool {
    !variable.categories.iter().any(Category::is_own)
}
