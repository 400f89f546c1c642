//! Results as HTML: a picture and a table of the same figures for each question. It needs no script, and has none.

use super::told::{Asked, Numbers, Row, Told};
use super::words;
use crate::http::escape;
use analysis::chart::{self, Bar, Caption, Format};
use analysis::disclosure::Why;
use analysis::shape::Kind;
use qulaq::Words;

/// A block of results, its heading at this level. `place` is where the page of its own is, for a block inside a form;
/// `files` the address of its pictures and tables as files.
pub(crate) fn block(told: &Told, level: u8, place: Option<&str>, files: Option<&str>) -> String {
    let maker = Maker { told, level: level.clamp(1, 5), files, id: ID };
    let title = told.words.get("title");
    let page = place.map(|place| {
        let (address, text) = (escape(place), escape(told.words.get("page")));
        format!("<p><a href=\"{address}\" target=\"_top\">{text}</a></p>\n")
    });
    format!(
        "<section class=\"q results\" lang=\"{}\" dir=\"{}\" aria-labelledby=\"results-title\">\n\
         <h{level} class=\"title\" id=\"results-title\">{}</h{level}>\n{}{}{}{}</section>\n",
        escape(&told.lang),
        qulaq::words::direction(&told.lang),
        escape(title),
        maker.lead(),
        told.questions
            .iter()
            .enumerate()
            .map(|(number, asked)| maker.question(number, asked))
            .collect::<String>(),
        maker.about(),
        page.unwrap_or_default(),
        level = maker.level,
    )
}

/// The questions alone, each with a heading of this level, and with where its picture can be saved.
pub(crate) fn questions(told: &Told, level: u8, files: Option<&str>) -> String {
    let maker = Maker { told, level: level.clamp(2, 6) - 1, files, id: ID };
    let questions = told.questions.iter().enumerate().map(|(number, asked)| maker.question(number, asked));
    format!(
        "<div class=\"results\" lang=\"{}\" dir=\"{}\">\n{}</div>\n",
        escape(&told.lang),
        qulaq::words::direction(&told.lang),
        questions.collect::<String>()
    )
}

/// Figures that stand in something else, with what is said about them; the ids of their headings begin with `id`.
pub(crate) fn quoted(told: &Told, level: u8, id: &str) -> String {
    let maker = Maker { told, level: level.clamp(2, 6) - 1, files: None, id };
    let questions = told.questions.iter().enumerate().map(|(number, asked)| maker.question(number, asked));
    format!(
        "<div class=\"results\">\n{}{}{}</div>\n",
        maker.lead(),
        questions.collect::<String>(),
        maker.about()
    )
}

/// A link to the page with the results.
pub(crate) fn link(survey: &str, lang: &str, query: &str) -> String {
    let (lang, text) = (escape(lang), escape(&words::title(lang)));
    format!("<p class=\"foot\"><a href=\"/s/{survey}/results?lang={lang}{}\">{text}</a></p>\n", escape(query))
}

/// Bars that are no question of a survey, with a table of the same figures, in a language. The id is its own in the page.
pub(crate) fn bars(lang: &str, id: &str, title: &str, bars: &[Bar]) -> String {
    let words = words::of(lang);
    let numbers = Numbers(&words);
    let caption = Caption { id, title, description: words.get("picture") };
    let cells: Vec<Vec<String>> = chart::rows(bars, &numbers).into_iter().map(|row| row.to_vec()).collect();
    let picture = chart::bars(caption, bars, &numbers);
    format!("<figure>{picture}</figure>\n{}", table(&words, title, &["answer", "people", "share"], &cells))
}

/// How the ids of headings and pictures begin, where there are those of one block alone.
const ID: &str = "results";

struct Maker<'a> {
    told: &'a Told,
    level: u8,
    /// How its ids begin.
    id: &'a str,
    /// The address of files, to which what is wanted of them is added.
    files: Option<&'a str>,
}

impl Maker<'_> {
    fn say(&self, key: &str) -> String {
        self.told.words.fill(key, &[("least", self.told.least.to_string())])
    }

    fn numbers(&self) -> Numbers<'_> {
        Numbers(&self.told.words)
    }

    fn lead(&self) -> String {
        let Some(responses) = self.told.responses else { return paragraph(&self.say("few")) };
        let values = [("n", self.numbers().count(responses)), ("date", self.told.date.0.clone())];
        paragraph(&self.told.words.fill("lead", &values))
    }

    fn about(&self) -> String {
        let agency = self.told.agency.as_ref();
        let agency = agency.map(|agency| self.told.words.fill("asked_by", &[("agency", agency.clone())]));
        let items: String = agency
            .into_iter()
            .chain(self.told.notes())
            .map(|note| format!("<li>{}</li>\n", escape(&note)))
            .collect();
        let (level, title) = (self.level + 1, escape(self.told.words.get("about")));
        format!("<section class=\"about\">\n<h{level}>{title}</h{level}>\n<ul>\n{items}</ul>\n</section>\n")
    }

    fn question(&self, number: usize, asked: &Asked) -> String {
        let (level, id) = (self.level + 1, self.id);
        let heading = format!("<h{level} id=\"{id}-{number}\">{}</h{level}>\n", escape(&asked.text));
        let inside = match asked.withheld {
            Some(why) => paragraph(&self.say(match why {
                Why::FewAnswers => "few_answers",
                Why::NothingLeft => "nothing_left",
                Why::WholeGroup => "whole_group",
            })),
            None => self.figures(number, asked),
        };
        format!("<section class=\"result\" aria-labelledby=\"{id}-{number}\">\n{heading}{inside}</section>\n")
    }

    fn figures(&self, number: usize, asked: &Asked) -> String {
        let base = asked.base.map(|base| self.told.words.fill("base", &[("n", self.numbers().count(base))]));
        let lines = base.iter().chain(&asked.lines).map(|line| paragraph(line)).collect::<String>();
        let measured: Vec<&Row> =
            asked.rows.iter().filter(|row| row.bars.is_empty() && row.mean.is_some()).collect();
        let counted = asked.rows.iter().filter(|row| !row.bars.is_empty());
        let counted: String =
            counted.enumerate().map(|(index, row)| self.row((number, index), asked, row)).collect();
        format!("{lines}{counted}{}", self.measured(asked, &measured))
    }

    /// A picture, and a table with the same figures below it (WCAG 2.2, 1.1.1).
    fn row(&self, (number, index): (usize, usize), asked: &Asked, row: &Row) -> String {
        let bars: Vec<Bar> = row.bars.iter().map(|(_, bar)| bar.clone()).collect();
        let title = if row.label.is_empty() { asked.text.clone() } else { row.label.clone() };
        let id = format!("{}-{number}-{index}", self.id);
        let numbers = self.numbers();
        let picture = drawn(self.told, asked.kind, (&id, &title), &bars);
        let label = if row.label.is_empty() { String::new() } else { paragraph(&row.label) };
        let more = u64::try_from(row.more).unwrap_or_default();
        let more =
            (more > 0).then(|| paragraph(&self.told.words.fill("more", &[("n", numbers.count(more))])));
        let cells: Vec<Vec<String>> =
            chart::rows(&bars, &numbers).into_iter().map(|row| row.to_vec()).collect();
        let table = self.table(&title, &["answer", "people", "share"], &cells);
        let files = self.files(asked, row);
        format!("{label}<figure>{picture}</figure>\n{table}{}{files}", more.unwrap_or_default())
    }

    /// Links to the picture and its table as files.
    fn files(&self, asked: &Asked, row: &Row) -> String {
        let Some(address) = self.files else { return String::new() };
        let mark = if address.contains('?') { '&' } else { '?' };
        let link = |kind: &str| {
            let mut query = form_urlencoded::Serializer::new(String::new());
            query.append_pair("question", &asked.name).append_pair("as", kind);
            query
                .extend_pairs(row.code.map(|code| ("row", code.to_string())))
                .append_pair("lang", &self.told.lang);
            let address = escape(&format!("{address}{mark}{}", query.finish()));
            format!("<a href=\"{address}\" download>{}</a>", kind.to_uppercase())
        };
        let links = ["svg", "png", "csv"].map(link).join(" · ");
        format!("<p class=\"files\">{} {links}</p>\n", escape(self.told.words.get("save")))
    }

    /// Rows that have a mean and no counts: places of a ranking, amounts of a sum shared out.
    fn measured(&self, asked: &Asked, rows: &[&Row]) -> String {
        if rows.is_empty() {
            return String::new();
        }
        let shares = asked.kind == Kind::Shares;
        let heads: &[&str] = if shares { &["answer", "amount", "part"] } else { &["answer", "place"] };
        let numbers = self.numbers();
        let cells = rows.iter().map(|row| {
            let mean = row.mean.map(|mean| numbers.number(mean, 1)).unwrap_or_default();
            let part = row.share.map(|share| numbers.percent(share * 100.0)).unwrap_or_default();
            [row.label.clone(), mean, part].into_iter().take(heads.len()).collect()
        });
        self.table(&asked.text, heads, &cells.collect::<Vec<_>>())
    }

    fn table(&self, caption: &str, heads: &[&str], rows: &[Vec<String>]) -> String {
        table(&self.told.words, caption, heads, rows)
    }
}

/// The picture of one row of a question.
pub(super) fn drawn(told: &Told, kind: Kind, (id, title): (&str, &str), bars: &[Bar]) -> String {
    let caption = Caption { id, title, description: told.words.get("picture") };
    let numbers = Numbers(&told.words);
    match kind {
        Kind::Number | Kind::Entries => chart::histogram(caption, bars, &numbers),
        _ => chart::bars(caption, bars, &numbers),
    }
}

fn table(words: &Words, caption: &str, heads: &[&str], rows: &[Vec<String>]) -> String {
    let head = |key: &&str| format!("<th scope=\"col\">{}</th>", escape(words.get(key)));
    let row = |cells: &Vec<String>| {
        let (first, rest) = cells.split_first().map_or(("", &[][..]), |(first, rest)| (first.as_str(), rest));
        let rest: String = rest.iter().map(|cell| format!("<td>{}</td>", escape(cell))).collect();
        format!("<tr><th scope=\"row\">{}</th>{rest}</tr>\n", escape(first))
    };
    format!(
        "<details>\n<summary>{}</summary>\n<table>\n<caption>{}</caption>\n<thead><tr>{}</tr></thead>\n\
             <tbody>\n{}</tbody>\n</table>\n</details>\n",
        escape(words.get("table")),
        escape(caption),
        heads.iter().map(head).collect::<String>(),
        rows.iter().map(row).collect::<String>()
    )
}

fn paragraph(text: &str) -> String {
    format!("<p>{}</p>\n", escape(text))
}
