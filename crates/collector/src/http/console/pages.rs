//! Page feedback: the pages of a site, those first that helped fewest, week by week, and what was written about one.

use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, captioned, cell, link, section, table};
use super::survey::is_open;
use super::surveys::sought_by;
use super::texts::find::Texts;
use crate::edition::Current;
use crate::export::for_excel;
use crate::http::query::SurveyId;
use crate::mechanism::feedback::{Feedback, Ranked, Sums, Tallies, Tally};
use crate::people::deed::Act;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use analysis::disclosure::Rule;
use axum::Extension;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;
use survey::Survey;

/// Pages that are shown at once.
const ON_PAGE: usize = 50;

/// Weeks that are shown, the last ones.
const WEEKS: usize = 13;

/// Where it is.
pub(super) fn path(survey: &str) -> String {
    format!("/console/surveys/{survey}/pages")
}

pub(super) async fn show(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(id): SurveyId,
) -> Result<Response, Refusal> {
    let current = console.app.current(&id).await?;
    let (said, title) = (&console.said, console.said.get("pages"));
    let Some(feedback) = &current.edition.feedback else {
        let main = vec![section(title, [el("p").text(said.get("pages_not"))])];
        return Ok(parts::page(&console, title, None, main));
    };
    let (app, survey) = (&console.app, &*current.edition.survey);
    let sums = app.pages.of(&*app.store, (survey, feedback), &app.days).await.map_err(Refusal::of_store)?;
    let seen = Seen { console: &console, current: &current, feedback, sums: &sums };
    if console.query.get("as").as_deref() == Some("csv") {
        return seen.file().await;
    }
    let back = console.to(&format!("/console/surveys/{id}"), &[]);
    let back = el("p").class("q").child(link(&back, survey.title.get(&said.lang)));
    let mut main = vec![back];
    let path = console.query.get("page").unwrap_or_default();
    match sums.page(&path) {
        Some(page) => {
            main.push(seen.trend(&path, page));
            main.extend(seen.texts(page).await?);
        }
        None => {
            main.push(seen.ranking());
            main.push(seen.trend(said.get("pages_all"), sums.whole()));
        }
    }
    Ok(parts::page(&console, title, None, main))
}

/// The pages as somebody looks at them.
struct Seen<'a> {
    console: &'a Console,
    current: &'a Current,
    feedback: &'a Feedback,
    sums: &'a Sums,
}

impl Seen<'_> {
    fn survey(&self) -> &Survey {
        &self.current.edition.survey
    }

    fn prefix(&self) -> String {
        self.console.query.get("prefix").unwrap_or_default()
    }

    fn least(&self) -> String {
        self.console.said.number(self.feedback.least)
    }

    /// The names of the columns after the first.
    fn heads(&self) -> Vec<&str> {
        let said = &self.console.said;
        let problems = self.feedback.problem.map(|_| said.get("page_problems"));
        let heads = [said.get("responses"), said.get("page_no")].into_iter().chain(problems);
        heads.chain([said.get("page_share")]).collect()
    }

    fn figures(&self, tally: &Tally) -> Vec<String> {
        let said = &self.console.said;
        let problems = self.feedback.problem.map(|_| said.number(tally.problems));
        let counts = [said.number(tally.answers), said.number(tally.no)].into_iter().chain(problems);
        counts.chain([said.percent(tally.share())]).collect()
    }

    fn ranking(&self) -> Element {
        let (console, said) = (self.console, &self.console.said);
        let own = path(&self.survey().id);
        let prefix = self.prefix();
        let (ranked, few) = self.sums.ranking(&prefix);
        let from: usize = console.query.get("from").and_then(|from| from.parse().ok()).unwrap_or_default();
        let row = |page: &Ranked| {
            let address = console.to(&own, &[("page", &page.path)]);
            let figures = self.figures(&page.tally);
            std::iter::once(link(&address, &page.path)).chain(figures.iter().map(|text| cell(text))).collect()
        };
        let rows: Vec<Vec<Element>> = ranked.iter().skip(from).take(ON_PAGE).map(row).collect();
        let shown = from + rows.len();
        let heads: Vec<&str> = [said.get("page_path")].into_iter().chain(self.heads()).collect();
        let list = match rows.is_empty() {
            true => el("p").text(said.get("pages_none")),
            false => table(said.get("pages"), &heads, rows),
        };
        let way =
            |key: &str, pairs: &[(&str, &str)]| el("p").child(link(&console.to(&own, pairs), said.get(key)));
        let next = shown.to_string();
        let next = (shown < ranked.len())
            .then(|| way("more_pages", &[("prefix", prefix.as_str()), ("from", next.as_str())]));
        let file =
            (!ranked.is_empty()).then(|| way("pages_file", &[("prefix", prefix.as_str()), ("as", "csv")]));
        let few = (few > 0).then(|| {
            let values = [("n", said.number(few as u64)), ("least", self.least())];
            let values: Vec<_> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
            el("p").class("hint").text(&said.fill("pages_few", &values))
        });
        let note = el("p").class("hint").text(&said.fill("pages_note", &[("least", &self.least())]));
        let inside = [Some(note), Some(self.filter(&own, &prefix)), Some(list), few, next, file];
        section(said.get("pages_ranking"), inside.into_iter().flatten())
    }

    /// The form that keeps to the paths that begin like this.
    fn filter(&self, own: &str, prefix: &str) -> Element {
        let said = &self.console.said;
        let field = Field::text("prefix", said.get("page_prefix"));
        let field = Field { hint: Some(said.get("page_prefix_hint")), value: prefix, ..field };
        sought_by(self.console, own, field.element())
    }

    /// Week by week, the last one first. A week of few says nothing.
    fn trend(&self, name: &str, page: &Tallies) -> Element {
        let said = &self.console.said;
        let row = |(monday, tally): (&jiff::civil::Date, &Tally)| {
            let figures = match tally.answers >= Rule::INTERNAL.least() {
                true => self.figures(tally),
                false => vec![said.get("hidden_count").to_owned(); self.heads().len()],
            };
            let week = said.fill("week_of", &[("day", &said.day(*monday))]);
            std::iter::once(week).chain(figures).map(|text| cell(&text)).collect()
        };
        let rows: Vec<Vec<Element>> = page.weeks.iter().rev().take(WEEKS).map(row).collect();
        let all = self.figures(&page.all());
        let all: Vec<String> =
            self.heads().into_iter().zip(all).map(|(head, n)| format!("{head}: {n}")).collect();
        let all = el("p").text(&all.join(" · "));
        let heads: Vec<&str> = [said.get("week")].into_iter().chain(self.heads()).collect();
        let caption = el("caption").text(said.get("by_week"));
        section(name, [all, captioned(caption, said.get("by_week"), &heads, rows)])
    }

    /// What was written about a page lately, for whoever may read it. It is written down who has.
    async fn texts(&self, page: &Tallies) -> Result<Option<Element>, Refusal> {
        let (console, said, survey) = (self.console, &self.console.said, self.survey());
        if !console.may(Right::ReadTexts, &survey.id) {
            return Ok(None);
        }
        console.did(Act::ReadTexts, Some(&survey.id), "pages").await?;
        let mut inside = vec![el("p").class("hint").text(said.get("page_texts_note"))];
        for question in survey.questions().filter(|question| is_open(&question.domain)) {
            let texts = Texts::of(console, &survey.id, &question.name).await?;
            let mut items = Vec::new();
            for position in page.texts.iter().rev() {
                let found = texts.at(*position).await?;
                items.extend(found.map(|text| {
                    el("li").child(el("p").attr("lang", &text.lang).attr("dir", "auto").text(&text.text))
                }));
            }
            inside.push(el("h3").text(question.text.get(&said.lang)));
            inside.push(match items.is_empty() {
                true => el("p").text(said.get("no_texts")),
                false => el("ul").class("texts").children(items),
            });
        }
        Ok(Some(section(said.get("texts"), inside)))
    }

    /// The ranking as a file.
    async fn file(&self) -> Result<Response, Refusal> {
        let (said, id) = (&self.console.said, &self.survey().id);
        self.console.did(Act::Downloaded, Some(id), "pages").await?;
        let head = [said.get("page_path")].into_iter().chain(self.heads()).map(str::to_owned).collect();
        let row = |page: Ranked| {
            let Tally { answers, no, problems } = page.tally;
            let problems = self.feedback.problem.map(|_| problems.to_string());
            let counts = [page.path.clone(), answers.to_string(), no.to_string()].into_iter().chain(problems);
            counts.chain([format!("{:.4}", page.tally.share())]).collect()
        };
        let rows = self.sums.ranking(&self.prefix()).0.into_iter().map(row);
        let lines: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
        let about = [
            (CACHE_CONTROL, "no-store".to_owned()),
            (CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
            (CONTENT_DISPOSITION, format!("attachment; filename=\"{id}-pages.csv\"")),
        ];
        Ok((about, for_excel(&lines)).into_response())
    }
}
