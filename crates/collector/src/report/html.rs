//! The manipulation report as HTML: tables alone, which a page of the console and a file of its own both hold.

use super::{Report, words};
use crate::clock::Minute;
use crate::day::Days;
use crate::edition::Edition;
use crate::guard::{Flag, RULES};
use crate::http::escape;
use crate::tier::Tier;
use qulaq::Words;

/// The report in a language, its headings from `<h2>` on. Words that people wrote are in it only for who may read them.
pub(crate) fn html(
    report: &Report,
    edition: &Edition,
    results: Option<&str>,
    (lang, days, reads_texts): (&str, &Days, bool),
) -> String {
    let words = words::of(lang);
    let maker = Maker { report, edition, words: &words, lang, days };
    let tables = [maker.flags(), maker.minutes(), maker.copies(reads_texts), maker.totals(), maker.seen()];
    format!("{}{}", maker.lead(results), tables.concat())
}

/// A whole document around it, for a file that needs nothing else.
pub(crate) fn document(survey: &str, lang: &str, inside: &str) -> String {
    let title = escape(&format!("{} · {survey}", words::of(lang).get("title")));
    format!(
        "<!DOCTYPE html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <style>{STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n{inside}</main>\n</body>\n</html>\n",
        escape(lang)
    )
}

const STYLE: &str = "body{font:16px/1.5 sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}\
    table{border-collapse:collapse}th,td{border:1px solid #767676;padding:.25rem .5rem;text-align:left}";

struct Maker<'a> {
    report: &'a Report,
    edition: &'a Edition,
    words: &'a Words,
    lang: &'a str,
    days: &'a Days,
}

impl Maker<'_> {
    fn number(&self, number: u64) -> String {
        self.words.number(&number.to_string())
    }

    fn time(&self, minute: Minute) -> String {
        self.days.told(minute).unwrap_or_default()
    }

    fn lead(&self, results: Option<&str>) -> String {
        let tier = match self.edition.tier {
            Tier::Open => "tier_open",
            Tier::Work => "tier_work",
            Tier::Invited => "tier_invited",
        };
        let results = match results {
            Some("after_answering") => "results_after_answering",
            Some("public") => "results_public",
            Some("after_closing") => "results_after_closing",
            _ => "results_nobody",
        };
        let counts = [("n", self.number(self.report.responses)), ("odd", self.number(self.report.odd))];
        let lines = [
            self.words.get(tier).to_owned(),
            self.words.get(results).to_owned(),
            self.words.fill("counted", &counts),
            self.words.fill("note", &[("rules", RULES.to_string())]),
        ];
        lines.iter().map(|line| format!("<p>{}</p>\n", escape(line))).collect()
    }

    /// A table under a heading of its own; a word where it has no rows.
    fn table(&self, title: &str, heads: &[&str], rows: &[Vec<String>]) -> String {
        let title = escape(self.words.get(title));
        if rows.is_empty() {
            return format!("<h2>{title}</h2>\n<p>{}</p>\n", escape(self.words.get("none")));
        }
        let heads: String = heads
            .iter()
            .map(|head| format!("<th scope=\"col\">{}</th>", escape(self.words.get(head))))
            .collect();
        let row = |cells: &Vec<String>| {
            let cells: String = cells.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
            format!("<tr>{cells}</tr>\n")
        };
        let rows: String = rows.iter().map(row).collect();
        format!(
            "<h2>{title}</h2>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"{title}\">\n\
             <table aria-label=\"{title}\">\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n</div>\n"
        )
    }

    fn flags(&self) -> String {
        let flags = Flag::ALL.into_iter().zip(self.report.flagged);
        let rows: Vec<_> = flags
            .map(|(flag, count)| vec![self.words.get(flag.name()).to_owned(), self.number(count)])
            .collect();
        self.table("flags", &["flag", "responses"], &rows)
    }

    fn minutes(&self) -> String {
        let row = |(minute, count): &(Minute, u64)| vec![self.time(*minute), self.number(*count)];
        let rows: Vec<_> = self.report.minutes.iter().map(row).collect();
        self.table("minutes", &["minute", "responses"], &rows)
    }

    fn copies(&self, reads_texts: bool) -> String {
        let hidden = self.words.get("text_hidden");
        let rows: Vec<_> = self
            .report
            .copies
            .iter()
            .map(|copied| {
                let text = if reads_texts { &copied.text } else { hidden };
                vec![self.question(&copied.question), self.number(copied.responses), text.to_owned()]
            })
            .collect();
        self.table("copies", &["question", "responses", "text"], &rows)
    }

    fn question(&self, name: &str) -> String {
        let question = self.edition.survey.question(name);
        question.map_or_else(|| name.to_owned(), |question| question.text.get(self.lang).to_owned())
    }

    fn totals(&self) -> String {
        let mut rows = Vec::new();
        for total in &self.report.totals {
            let question = self.edition.survey.question(&total.question);
            for (code, (raw, clean)) in &total.codes {
                let choice =
                    question.and_then(|question| question.choices.iter().find(|choice| choice.code == *code));
                let label = choice.map(|choice| choice.text.get(self.lang)).filter(|label| !label.is_empty());
                let label = label.map_or_else(|| code.to_string(), str::to_owned);
                rows.push(vec![
                    self.question(&total.question),
                    label,
                    self.number(*raw),
                    self.number(*clean),
                ]);
            }
        }
        self.table("totals", &["question", "option", "raw", "cleaned"], &rows)
    }

    fn seen(&self) -> String {
        let rows: Vec<_> = self
            .report
            .seen
            .iter()
            .map(|deed| {
                let what = format!("{} {}", deed.act.name(), deed.details);
                vec![self.time(deed.minute), deed.who.clone(), what.trim().to_owned()]
            })
            .collect();
        self.table("seen", &["when", "who", "what"], &rows)
    }
}
