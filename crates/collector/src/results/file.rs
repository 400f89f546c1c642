//! Results as files to take away: the picture of a question as SVG and as PNG, and the figures in it as CSV.

use super::html::drawn;
use super::told::{Asked, Row, Told};
use crate::png;
use analysis::chart::{Bar, saved};

/// Which picture, and what of it.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    /// The variable of the question.
    pub(crate) question: String,
    /// The row of a grid.
    pub(crate) row: Option<i64>,
    /// `svg`, `png` or `csv`.
    pub(crate) kind: String,
}

/// A file.
#[derive(Debug)]
pub(crate) struct File {
    /// Its content type.
    pub(crate) content_type: &'static str,
    /// Its name.
    pub(crate) name: String,
    /// What is in it.
    pub(crate) content: Vec<u8>,
}

impl Told {
    /// A file; `None` where there is no such picture. A PNG takes some milliseconds of a processor.
    pub(crate) fn file(&self, survey: &str, wanted: &Chart) -> Option<File> {
        let asked = self.questions.iter().find(|asked| asked.name == wanted.question)?;
        let row = asked.rows.iter().find(|row| row.code == wanted.row && !row.bars.is_empty())?;
        let (content_type, content) = match wanted.kind.as_str() {
            "svg" => ("image/svg+xml", self.svg(asked, row).into_bytes()),
            "png" => ("image/png", png::of_svg(&self.svg(asked, row))?),
            "csv" => ("text/csv; charset=utf-8", self.csv(row)),
            _ => return None,
        };
        let row = row.code.map(|code| format!("-{code}")).unwrap_or_default();
        let name = format!("{survey}-{}{row}.{}", asked.name, wanted.kind);
        Some(File { content_type, name, content })
    }

    fn svg(&self, asked: &Asked, row: &Row) -> String {
        let bars: Vec<Bar> = row.bars.iter().map(|(_, bar)| bar.clone()).collect();
        let picture = drawn(self, asked.kind, ("chart", &asked.text), &bars);
        let title =
            if row.label.is_empty() { asked.text.clone() } else { format!("{} {}", asked.text, row.label) };
        saved(&picture, &title, &self.below(asked))
    }

    /// What must be known of the figures wherever they are shown.
    fn below(&self, asked: &Asked) -> Vec<String> {
        let base =
            asked.base.map(|base| self.words.fill("base", &[("n", self.words.number(&base.to_string()))]));
        let of = [Some(self.title.clone()), self.agency.clone(), Some(self.date.0.clone())];
        let of: Vec<String> = of.into_iter().flatten().filter(|part| !part.is_empty()).collect();
        base.into_iter().chain([of.join(" · "), self.words.get("opt_in").to_owned()]).collect()
    }

    /// Numbers as programs read them; what is hidden is said in words.
    fn csv(&self, row: &Row) -> Vec<u8> {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        // A vector takes everything.
        drop(writer.write_record(["answer", "people", "share"].map(|key| self.words.get(key))));
        for (_, bar) in &row.bars {
            let count =
                bar.count.map_or_else(|| self.words.get("hidden").to_owned(), |count| count.to_string());
            let percent = bar.percent.filter(|_| bar.count.is_some()).map(|percent| format!("{percent:.1}"));
            drop(writer.write_record([bar.label.as_str(), &count, &percent.unwrap_or_default()]));
        }
        writer.into_inner().unwrap_or_default()
    }
}
