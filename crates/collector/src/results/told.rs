//! Results in a language: every count with its label. The page and the JSON are made of this.

use super::{Ballot, Results, Sharing, words};
use crate::day::Days;
use crate::edition::Edition;
use crate::tier::Tier;
use analysis::chart::{Bar, Format};
use analysis::disclosure::{Key, Public, PublicCell, PublicRow, Why};
use analysis::shape::Kind;
use qulaq::Words;
use serde_json::{Value, json};
use survey::{Question, Survey};

/// Bars in one picture: of a longer list those are shown that most chose.
const MOST_BARS: usize = 15;

/// What is said about all results: who answered, how they are counted, what is hidden, when they are renewed (AAPOR,
/// disclosure elements and the wording for samples that chose themselves).
const NOTES: [&str; 3] = ["unweighted", "small", STEPS];

/// When they are renewed.
const STEPS: &str = "steps";

/// What is said besides, by the tier: who could answer, and how often.
const OPEN: [&str; 2] = ["opt_in", "open"];
const INVITED: [&str; 1] = ["invited"];

/// Results in a language.
pub(crate) struct Told {
    pub(super) lang: String,
    pub(super) words: Words,
    pub(super) title: String,
    pub(super) agency: Option<String>,
    /// The day since which they are shown, as it is read and in the spelling of ISO 8601.
    pub(super) date: (String, String),
    pub(super) least: u64,
    pub(super) tier: Tier,
    /// At least so many responses; nothing where too few answered.
    pub(super) responses: Option<u64>,
    pub(super) questions: Vec<Asked>,
    /// What a ballot comes to, once it is closed.
    pub(super) ballot: Option<Ballot>,
}

/// One question.
pub(super) struct Asked {
    pub(super) name: String,
    pub(super) text: String,
    pub(super) kind: Kind,
    pub(super) base: Option<u64>,
    pub(super) withheld: Option<Why>,
    pub(super) rows: Vec<Row>,
    /// Lines below the picture: a mean, a score.
    pub(super) lines: Vec<String>,
}

/// A row of a question: its only one, or that of a grid.
pub(super) struct Row {
    pub(super) code: Option<i64>,
    pub(super) label: String,
    pub(super) base: Option<u64>,
    pub(super) bars: Vec<(Value, Bar)>,
    /// How many bars were left out.
    pub(super) more: usize,
    pub(super) mean: Option<f64>,
    pub(super) share: Option<f64>,
}

/// What was asked, with each answer and how many gave it.
pub(crate) type Counted = (String, Vec<(String, Option<u64>)>);

/// Numbers as the language writes them.
pub(crate) struct Numbers<'a>(pub(crate) &'a Words);

impl Format for Numbers<'_> {
    fn count(&self, count: u64) -> String {
        self.0.number(&count.to_string())
    }

    fn percent(&self, percent: f64) -> String {
        self.0.percent(&format!("{percent:.0}"))
    }

    fn number(&self, number: f64, places: usize) -> String {
        self.0.number(&format!("{number:.places$}"))
    }

    fn hidden(&self) -> String {
        self.0.get("hidden").to_owned()
    }
}

/// Puts results into a language of the survey.
pub(crate) fn told(
    edition: &Edition,
    sharing: &Sharing,
    lang: &str,
    (days, results): (&Days, Option<&Results>),
) -> Told {
    let (survey, words) = (&*edition.survey, words::of(lang));
    let date = results.and_then(|results| days.of(results.minute).ok());
    let date = date
        .map(|day| (words.date(day.year().into(), day.month().into(), day.day().into()), day.to_string()));
    let body = results.map(|results| &results.body);
    let asked = |public: &Public| {
        let question = survey.question(&public.question)?;
        Some(asked(&words, lang, question, public))
    };
    Told {
        lang: lang.to_owned(),
        title: survey.title.get(lang).to_owned(),
        agency: survey.agency.as_ref().map(|agency| agency.get(lang).to_owned()),
        date: date.unwrap_or_default(),
        least: sharing.least(),
        tier: edition.tier,
        responses: body.map(|body| body.responses),
        questions: body
            .map(|body| in_order(survey, &body.questions))
            .unwrap_or_default()
            .into_iter()
            .filter_map(asked)
            .collect(),
        ballot: None,
        words,
    }
}

/// In the order in which the questions are asked; what is asked no more is not shown.
fn in_order<'a>(survey: &Survey, questions: &'a [Public]) -> Vec<&'a Public> {
    survey.questions().filter_map(|asked| questions.iter().find(|it| it.question == asked.name)).collect()
}

fn asked(words: &Words, lang: &str, question: &Question, public: &Public) -> Asked {
    let spread = public.spread.filter(|_| matches!(public.kind, Kind::Number | Kind::Scale | Kind::Entries));
    let number = |number: f64| vec![("n", Numbers(words).number(number, 1))];
    let lines = [
        spread.map(|spread| words.fill("mean", &number(spread.mean))),
        spread.and_then(|spread| spread.median).map(|median| words.fill("median", &number(median))),
        public.score.map(|score| words.fill("score", &number(score))),
    ];
    Asked {
        name: public.question.clone(),
        text: plain(question.text.get(lang)),
        kind: public.kind,
        base: public.base,
        withheld: public.withheld,
        rows: public.rows.iter().map(|row| self::row(words, lang, question, row)).collect(),
        lines: lines.into_iter().flatten().collect(),
    }
}

/// A question without the answers that stand in it for one citizen: `{NAME}` is an ellipsis.
fn plain(text: &str) -> String {
    let mut pieces = text.split('{');
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.fold(first, |out, piece| out + "…" + piece.split_once('}').map_or("", |(_, rest)| rest))
}

fn row(words: &Words, lang: &str, question: &Question, row: &PublicRow) -> Row {
    let mut bars: Vec<(Value, Bar)> = row.cells.iter().map(|cell| bar(words, lang, question, cell)).collect();
    let all = bars.len();
    if all > MOST_BARS {
        bars.retain(|(_, bar)| bar.count.unwrap_or(0) > 0);
        bars.sort_by_key(|(_, bar)| std::cmp::Reverse(bar.count));
        bars.truncate(MOST_BARS);
    }
    let label = |code: i64| {
        let items = question.rows.iter().chain(&question.choices);
        let item = items.into_iter().find(|item| item.code == code);
        item.map_or_else(|| code.to_string(), |item| item.text.get(lang).to_owned())
    };
    Row {
        code: row.code,
        label: row.code.map(label).unwrap_or_default(),
        base: row.base,
        more: all - bars.len(),
        bars,
        mean: row.spread.map(|spread| spread.mean),
        share: row.spread.and_then(|spread| spread.share),
    }
}

fn bar(words: &Words, lang: &str, question: &Question, cell: &PublicCell) -> (Value, Bar) {
    let (key, label) = match &cell.key {
        Key::Code(code) => {
            let choice = question.choices.iter().find(|choice| choice.code == *code);
            let text = choice.map(|choice| choice.text.get(lang).to_owned());
            // Points between the ends of a scale have no words.
            let text = text.filter(|text| !text.is_empty()).unwrap_or_else(|| code.to_string());
            (json!(code), text)
        }
        Key::Promoters => (json!("promoters"), words.get("promoters").to_owned()),
        Key::Passives => (json!("passives"), words.get("passives").to_owned()),
        Key::Detractors => (json!("detractors"), words.get("detractors").to_owned()),
        Key::Period(period) => (json!(period), period_in(words, period)),
        Key::Between(from, to) => {
            let number = |number: f64| Numbers(words).number(number, usize::from(number.fract() != 0.0));
            (json!([from, to]), format!("{}–{}", number(*from), number(*to)))
        }
    };
    (key, Bar { label, count: cell.count, percent: cell.percent })
}

/// A month (`2026-11`), or an hour (`08`).
fn period_in(words: &Words, period: &str) -> String {
    let month =
        period.split_once('-').and_then(|(year, month)| Some((year.parse().ok()?, month.parse().ok()?)));
    month.map_or_else(|| format!("{period}:00"), |(year, month)| words.month(year, month))
}

impl Told {
    /// The same with what a ballot comes to.
    pub(crate) fn with(self, ballot: Option<Ballot>) -> Self {
        Self { ballot, ..self }
    }

    /// Counts of fewer people than this are hidden.
    pub(crate) fn least(&self) -> u64 {
        self.least
    }

    /// What stands above what is said about all results.
    pub(crate) fn heading(&self) -> String {
        self.words.get("about").to_owned()
    }

    /// How many answered as far as it is told, and what is hidden.
    pub(crate) fn about(&self) -> String {
        let says = |key: &str| self.words.fill(key, &[("least", self.least.to_string())]);
        let lead = self.responses.map_or_else(
            || says("few"),
            |responses| {
                let values = [("n", Numbers(&self.words).count(responses)), ("date", self.date.0.clone())];
                self.words.fill("lead", &values)
            },
        );
        [lead, says("small"), says("steps")].join(" ")
    }

    /// The answers to each question and how many gave each, nothing where that is hidden.
    pub(crate) fn counts(&self) -> Vec<Counted> {
        let answers = |row: &Row| row.bars.iter().map(|(_, bar)| (bar.label.clone(), bar.count)).collect();
        let named = |asked: &Asked, row: &Row| match row.label.as_str() {
            "" => asked.text.clone(),
            label => format!("{}: {label}", asked.text),
        };
        let asked = |asked: &Asked| -> Vec<Counted> {
            asked.rows.iter().map(|row| (named(asked, row), answers(row))).collect()
        };
        let all = self.questions.iter().flat_map(asked);
        all.filter(|(_, answers)| !answers.is_empty()).collect()
    }

    /// The language.
    pub(crate) fn lang(&self) -> &str {
        &self.lang
    }

    /// What is said about all results.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> {
        let of_tier = match self.tier {
            Tier::Open | Tier::Work => &OPEN[..],
            Tier::Invited => &INVITED[..],
        };
        let says = |key: &&str| self.words.fill(key, &[("least", self.least.to_string())]);
        // A ballot that is closed is counted to the last vote.
        let notes = NOTES.iter().filter(|key| self.ballot.is_none() || **key != STEPS);
        of_tier.iter().chain(notes).map(says)
    }

    /// The same for programs.
    pub(crate) fn json(&self, edition: &Edition) -> Value {
        json!({
            "survey": edition.survey.id,
            "version": edition.version,
            "language": self.lang,
            "title": self.title,
            "agency": self.agency,
            "as_of": Some(&self.date.1).filter(|date| !date.is_empty()),
            "responses_at_least": self.responses,
            "threshold": self.least,
            "weighted": false,
            "tier": self.tier.name(),
            "notes": self.notes().collect::<Vec<_>>(),
            "questions": self.questions.iter().map(Asked::json).collect::<Vec<_>>(),
            "ballot": self.ballot.as_ref().map(|ballot| ballot.json(self.least)),
        })
    }
}

impl Asked {
    fn json(&self) -> Value {
        json!({
            "name": self.name,
            "text": self.text,
            "kind": self.kind,
            "base": self.base,
            "withheld": self.withheld,
            "notes": self.lines,
            "rows": self.rows.iter().map(Row::json).collect::<Vec<_>>(),
        })
    }
}

impl Row {
    fn json(&self) -> Value {
        let cell = |(key, bar): &(Value, Bar)| {
            let percent = bar.percent.map(|percent| (percent * 10.0).round() / 10.0);
            json!({ "key": key, "label": bar.label, "count": bar.count, "percent": percent })
        };
        json!({
            "code": self.code,
            "label": self.label,
            "base": self.base,
            "mean": self.mean,
            "share": self.share,
            "cells": self.bars.iter().map(cell).collect::<Vec<_>>(),
        })
    }
}
