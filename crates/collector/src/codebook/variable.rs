//! Variables: the columns of a table with everything that was said and done where their cells come from.

use super::{Version, newest, universe, written};
use serde_json::Value;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;
use survey::columns::{Column, ENVELOPE, Part, Table};
use survey::{Domain, Missing, Survey, Text};

/// A column of the table.
#[derive(Debug)]
pub(crate) struct Variable {
    /// The column.
    pub(crate) column: Column,
    /// The question that it holds of; none for what is known of a response besides.
    pub(crate) asked: Option<Arc<Asked>>,
    /// The indexes of the versions that have it.
    pub(crate) versions: Vec<usize>,
    /// What its codes mean, those of missing values last.
    pub(crate) categories: Vec<Category>,
}

/// What a question was, in the newest version that has it.
#[derive(Debug)]
pub(crate) struct Asked {
    /// Its variable.
    pub(crate) name: String,
    /// Its kind, as definitions name it.
    pub(crate) kind: String,
    /// The question, word for word.
    pub(crate) text: Text,
    /// One sentence of help.
    pub(crate) hint: Option<Text>,
    /// Whether it had to be answered.
    pub(crate) required: bool,
    /// What could be answered.
    pub(crate) domain: Domain,
    /// Who was asked, by language.
    pub(crate) universe: Vec<(String, String)>,
}

/// What a code means.
#[derive(Debug)]
pub(crate) struct Category {
    /// The code.
    pub(crate) code: i64,
    /// What it means.
    pub(crate) meaning: Meaning,
    /// Whether it says why a value is missing.
    pub(crate) missing: bool,
}

/// What a code means: what the author wrote, a reason in our words, or whether an option was chosen.
#[derive(Debug)]
pub(crate) enum Meaning {
    Text(Text),
    Reason(Missing),
    Chosen(bool),
}

/// Columns of 0 and 1 that are one multiple choice together.
#[derive(Debug)]
pub(crate) struct Set {
    /// What their names begin with.
    pub(crate) name: String,
    /// The places of its columns.
    pub(crate) places: Vec<usize>,
}

/// Columns of the envelope in which a value can be missing.
const ENVELOPE_WITH_GAPS: [&str; 2] = ["response_assisted", "response_batch"];

/// Describes columns.
pub(super) fn of(surveys: &[Arc<Survey>], versions: &[Version], columns: &[Column]) -> Vec<Variable> {
    let written: Vec<Value> = versions
        .iter()
        .map(|version| serde_json::from_str(&version.definition).unwrap_or_default())
        .collect();
    let names: Vec<HashSet<String>> = surveys.iter().map(|survey| names(survey)).collect();
    let mut questions: HashMap<&str, Option<Arc<Asked>>> = HashMap::new();
    let describe = |column: &'_ Column| -> Option<Arc<Asked>> {
        asked(surveys, &written, &column.question).map(Arc::new)
    };
    let mut variables = Vec::new();
    for column in columns {
        let asked = questions.entry(&column.question).or_insert_with(|| describe(column)).clone();
        // What no question asked is known of every response, or was worked out for the table.
        let is_envelope = asked.is_none();
        let with = |name: &str| -> Vec<usize> {
            let has = |(index, names): (usize, &HashSet<String>)| {
                (is_envelope || names.contains(&name.to_ascii_lowercase())).then_some(index)
            };
            names.iter().enumerate().filter_map(has).collect()
        };
        let mut versions = with(&column.name);
        if versions.is_empty() {
            // The codes of a text are in no version: they are of those that asked for the text.
            versions = with(&column.question);
        }
        variables.push(Variable { column: column.clone(), asked, versions, categories: categories(column) });
    }
    variables
}

/// The names of the columns that one version fills.
fn names(survey: &Survey) -> HashSet<String> {
    Table::of(&[survey]).columns().iter().map(|column| column.name.to_ascii_lowercase()).collect()
}

fn asked(surveys: &[Arc<Survey>], definitions: &[Value], name: &str) -> Option<Asked> {
    let (version, question) = newest(surveys, name)?;
    let (page, own) = written(&definitions[version], name).unwrap_or((&Value::Null, &Value::Null));
    Some(Asked {
        name: question.name.clone(),
        kind: own.get("type").and_then(Value::as_str).unwrap_or_default().to_owned(),
        text: question.text.clone(),
        hint: question.hint.clone(),
        required: question.required,
        domain: question.domain.clone(),
        universe: universe::of(&surveys[version], question, page, own),
    })
}

/// Options, or that it was chosen or not, and then the reasons for a missing value. An author's own words for a reason
/// stand in the place of ours.
fn categories(column: &Column) -> Vec<Category> {
    let mut categories = Vec::new();
    if column.part == Part::Chosen {
        let of =
            |chosen| Category { code: i64::from(chosen), meaning: Meaning::Chosen(chosen), missing: false };
        categories.extend([of(false), of(true)]);
    }
    let own = |(code, text): &(i64, Text)| Category {
        code: *code,
        meaning: Meaning::Text(text.clone()),
        missing: Missing::of_code(*code).is_some(),
    };
    let (reasons, values): (Vec<Category>, Vec<Category>) =
        column.values.iter().map(own).partition(|category| category.missing);
    categories.extend(values);
    let name = column.name.as_str();
    if ENVELOPE.contains(&name) && !ENVELOPE_WITH_GAPS.contains(&name) {
        return categories;
    }
    let mut reasons: BTreeMap<i64, Category> = reasons.into_iter().map(|own| (-own.code, own)).collect();
    for ours in self::reasons() {
        reasons.entry(-ours.code).or_insert(ours);
    }
    categories.extend(reasons.into_values());
    categories
}

/// The reasons in our own words.
pub(super) fn reasons() -> Vec<Category> {
    let ours = |missing: Missing| Category {
        code: missing.code(),
        meaning: Meaning::Reason(missing),
        missing: true,
    };
    Missing::ALL.into_iter().map(ours).collect()
}

/// The multiple choices among variables. A question of an entry or a row has a set of its own.
pub(super) fn sets(variables: &[Variable]) -> Vec<Set> {
    let mut sets: Vec<Set> = Vec::new();
    for (place, variable) in variables.iter().enumerate() {
        if variable.column.part != Part::Chosen {
            continue;
        }
        let name = variable.column.name.rsplit_once('_').map_or("", |(stem, _)| stem);
        match sets.last_mut().filter(|set| set.name == name) {
            Some(set) => set.places.push(place),
            None => sets.push(Set { name: name.to_owned(), places: vec![place] }),
        }
    }
    sets.retain(|set| set.places.len() > 1);
    sets
}

impl Variable {
    /// The name of its column.
    pub(crate) fn name(&self) -> &str {
        &self.column.name
    }

    /// Codes that are answers.
    pub(crate) fn values(&self) -> impl Iterator<Item = &Category> {
        self.categories.iter().filter(|category| !category.missing)
    }

    /// Codes that say why a value is missing.
    pub(crate) fn reasons(&self) -> impl Iterator<Item = &Category> {
        self.categories.iter().filter(|category| category.missing)
    }

    /// Whether its answers are codes that mean something else than their number.
    pub(crate) fn is_coded(&self) -> bool {
        self.values().next().is_some()
    }
}

impl Category {
    /// Whether the words are the author's.
    pub(crate) fn is_own(&self) -> bool {
        matches!(self.meaning, Meaning::Text(_))
    }
}

impl Asked {
    /// Who was asked, in a language.
    pub(crate) fn universe(&self, lang: &str) -> Option<&str> {
        self.universe.iter().find(|(tag, _)| tag == lang).map(|(_, text)| text.as_str())
    }
}
