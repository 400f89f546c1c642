//! A question as plain text, so that the reference can be read without its pictures: what is shown, in English, and
//! beside each option its code.

use qulaq::Words;
use survey::domain::{Domain, moment::Unit};
use survey::kind::Points;
use survey::{Choice, Control, Question, Text};

const LANGUAGE: &str = "en";
const LINE: &str = "[____________]";

/// The lines of a question.
pub(super) fn drawn(question: &Question) -> Vec<String> {
    Drawing { words: qulaq::words::of(LANGUAGE) }.question(question)
}

struct Drawing {
    words: Words,
}

impl Drawing {
    fn text(&self, text: &Text) -> String {
        match text {
            Text::Word(key) => self.words.get(key).to_owned(),
            text => text.get(LANGUAGE).to_owned(),
        }
    }

    fn question(&self, question: &Question) -> Vec<String> {
        let optional = !question.required && question.domain.is_asked();
        let mark = if optional { format!(" {}", self.words.get("optional")) } else { String::new() };
        let mut lines = vec![format!("{}{mark}", self.text(&question.text))];
        lines.extend(question.hint.as_ref().map(|hint| self.text(hint)));
        lines.extend(self.control(question));
        lines
    }

    fn control(&self, question: &Question) -> Vec<String> {
        match &question.control {
            Control::Choices | Control::Faces | Control::Cards => self.options(question),
            Control::Points(points) => self.points(points, question),
            Control::Select | Control::Cascade { .. } => {
                let list = format!("[{} v]", self.words.get("choose"));
                std::iter::once(list).chain(self.list(&question.choices, None, 1)).collect()
            }
            Control::Search => std::iter::once(format!("{LINE} {}", self.words.get("search_hint")))
                .chain(self.list(&question.choices, None, 1))
                .collect(),
            Control::Ranks => self.each(&question.choices, "[__]"),
            Control::Amounts { unit } => {
                let unit = unit.as_ref().map(|unit| format!(" {}", self.text(unit))).unwrap_or_default();
                self.each(&question.rows, &format!("[____]{unit}"))
            }
            Control::Grid => self.grid(question),
            Control::Line(line) => {
                let unit = line.unit.as_ref().map(|unit| format!(" {}", self.text(unit)));
                vec![format!("{LINE}{}", unit.unwrap_or_default())]
            }
            Control::Area { lines } => vec![LINE.replace('_', "__"); *lines],
            Control::Parts => self.parts(&question.domain),
            Control::Entries { item } => self.entries(question, item.as_ref()),
            Control::Note => Vec::new(),
            Control::None => vec!["(nothing is shown)".to_owned()],
        }
    }

    /// Circles where one is chosen, squares where several are.
    fn options(&self, question: &Question) -> Vec<String> {
        let tick = if matches!(question.domain, Domain::Several { .. }) { "[ ]" } else { "( )" };
        question.choices.iter().flat_map(|choice| self.option(choice, tick)).collect()
    }

    fn option(&self, choice: &Choice, tick: &str) -> Vec<String> {
        let other = if choice.other { format!(" {LINE}") } else { String::new() };
        let mut lines = vec![format!("{:>3} {tick} {}{other}", choice.code, self.text(&choice.text))];
        if let Some(card) = &choice.card {
            let below = [&card.about, &card.place, &card.cost].into_iter().flatten();
            lines.extend(below.map(|text| format!("        {}", self.text(text))));
        }
        lines
    }

    fn points(&self, points: &Points, question: &Question) -> Vec<String> {
        let end = |text: &Option<Text>| text.as_ref().map(|text| self.text(text)).unwrap_or_default();
        let numbers: Vec<String> = (points.from..=points.to).map(|point| format!("( ) {point}")).collect();
        let line = format!("{}  {}  {}", end(&points.low), numbers.join("  "), end(&points.high));
        let on_line = |choice: &&Choice| (points.from..=points.to).contains(&choice.code);
        let beside = question.choices.iter().filter(|choice| !on_line(choice));
        std::iter::once(line.trim().to_owned())
            .chain(beside.flat_map(|choice| self.option(choice, "( )")))
            .collect()
    }

    /// What can be chosen in a list, below what it lies within.
    fn list(&self, choices: &[Choice], within: Option<i64>, depth: usize) -> Vec<String> {
        let here = choices.iter().filter(|choice| choice.within == within);
        let with_inner = here.flat_map(|choice| {
            let line = format!("{}{} {}", "    ".repeat(depth), choice.code, self.text(&choice.text));
            std::iter::once(line).chain(self.list(choices, Some(choice.code), depth + 1))
        });
        with_inner.collect()
    }

    fn each(&self, choices: &[Choice], field: &str) -> Vec<String> {
        choices
            .iter()
            .map(|choice| format!("{:>3} {field} {}", choice.code, self.text(&choice.text)))
            .collect()
    }

    fn grid(&self, question: &Question) -> Vec<String> {
        let Domain::Rows(rows) = &question.domain else { return Vec::new() };
        let tick = if matches!(*rows.cell, Domain::Several { .. }) { "[ ]" } else { "( )" };
        let name = |choice: &Choice| format!("{tick} {} {}", choice.code, self.text(&choice.text));
        let options = question.choices.iter().map(name).collect::<Vec<_>>().join("  ");
        let row = |row: &Choice| {
            [format!("{:>3} {}", row.code, self.text(&row.text)), format!("        {options}")]
        };
        question.rows.iter().flat_map(row).collect()
    }

    fn parts(&self, domain: &Domain) -> Vec<String> {
        let parts: &[&str] = match domain {
            Domain::Moment(moment) => match moment.unit {
                Unit::Day => &["day", "month", "year"],
                Unit::Month => &["month", "year"],
                Unit::Time => &["hour", "minute"],
            },
            _ => &[],
        };
        let field = |part: &&str| format!("{} [____]", self.words.get(part));
        vec![parts.iter().map(field).collect::<Vec<_>>().join("  ")]
    }

    /// The first entry, and the button for another.
    fn entries(&self, question: &Question, item: Option<&Text>) -> Vec<String> {
        let Domain::Entries(entries) = &question.domain else { return Vec::new() };
        let name = item.map(|item| format!("{} 1", self.text(item)));
        let inner = entries.questions.iter().flat_map(|question| self.question(question));
        name.into_iter()
            .chain(inner.map(|line| format!("    {line}")))
            .chain([format!("[{}]", self.words.get("add_another"))])
            .collect()
    }
}
