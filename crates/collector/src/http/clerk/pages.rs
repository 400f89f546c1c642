//! The pages of a clerk's desk: the door, the batches, a batch, a sheet to key in.

use super::{DO, Desk, PROOF};
use crate::http::document::{self, Extra, NOBODY, Page, escape, languages_of};
use crate::http::paper::STYLE_LINK;
use crate::http::query::Query;
use crate::http::vision::Vision;
use crate::http::{App, language};
use crate::paper::{Said, Sheet, VERSION_SHOWN, on_one_page};
use crate::refusal::Refusal;
use crate::store::{Batch, Checking, SheetRecord};
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use csv::{Terminator, WriterBuilder};
use qulaq::{State, View};
use std::sync::Arc;
use survey::{Answers, At, Survey};

/// Where a token is shown.
pub(super) fn door(app: &App, survey: &Survey, said: &Said, refused: bool) -> Response {
    let word = |key: &str| escape(said.get(key));
    let prefix = escape(said.form.get("error_prefix"));
    let (error, described) = if refused {
        let text = word("token_unknown");
        let line = format!(
            "<p class=\"error\" id=\"token-error\" role=\"alert\"><span class=\"spoken\">{prefix} </span>{text}</p>\n"
        );
        (line, "aria-describedby=\"token-error token-hint\" aria-invalid=\"true\" autofocus")
    } else {
        (String::new(), "aria-describedby=\"token-hint\"")
    };
    let main = format!(
        "<form class=\"q\" method=\"post\" action=\"?lang={lang}\" accept-charset=\"utf-8\">\n\
         <h1 class=\"title\">{title}</h1>\n<p>{name}</p>\n<div class=\"question\">\n\
         <label class=\"text\" for=\"token\">{label}</label>\n\
         <p class=\"hint\" id=\"token-hint\">{hint}</p>\n{error}\
         <input type=\"password\" id=\"token\" name=\"token\" autocomplete=\"current-password\" {described}>\n\
         </div>\n<input type=\"hidden\" name=\"{DO}\" value=\"sign-in\">\n\
         <div class=\"buttons\"><button class=\"next\" type=\"submit\">{button}</button></div>\n</form>",
        lang = escape(&said.lang),
        title = word("clerk"),
        name = escape(survey.title.get(&said.lang)),
        label = word("token"),
        hint = word("token_note"),
        button = word("sign_in"),
    );
    let status = if refused { StatusCode::FORBIDDEN } else { StatusCode::OK };
    let main = format!("{}{main}", languages(survey, said, ""));
    respond(app, status, said, said.get("clerk"), &main)
}

fn respond(app: &App, status: StatusCode, said: &Said, title: &str, main: &str) -> Response {
    let page = Page { lang: &said.lang, title, languages: Vec::new(), vision: Vision::default(), main };
    let extra = Extra { head: STYLE_LINK, scripts: NOBODY, framed_by: NOBODY, above: "" };
    document::respond_with(app, status, &page, &extra)
}

/// A link to the same page in each language of the survey. What a sheet's form is shown in is kept as the language of
/// the sheet.
fn languages(survey: &Survey, said: &Said, at: &str) -> String {
    let link = |tag: &String| {
        let here = if *tag == said.lang { " aria-current=\"true\"" } else { "" };
        let (lang, name) = (escape(tag), escape(&language::name(tag)));
        format!("<a href=\"?lang={lang}{at}\" lang=\"{lang}\" hreflang=\"{lang}\"{here}>{name}</a>\n")
    };
    let links: String = survey.languages.iter().map(link).collect();
    languages_of(&links)
}

/// What was printed of the name of a version.
fn shown(version: &str) -> String {
    version.chars().take(VERSION_SHOWN).collect()
}

fn checking_key(checking: Checking) -> &'static str {
    match checking {
        Checking::TwoClerks => "mode_two",
        Checking::Twice => "mode_twice",
        Checking::Once => "mode_once",
    }
}

impl Desk<'_> {
    pub(super) fn word(&self, key: &str) -> String {
        escape(self.said.get(key))
    }

    /// A page of the desk: its heading, what happened, what it shows, and the way out. `at` is what its address says
    /// besides the language.
    pub(super) fn page(&self, at: &str, title: &str, told: Option<String>, main: &str) -> Response {
        let told =
            told.map(|told| format!("<p class=\"told\" role=\"status\"><b>{}</b></p>\n", escape(&told)));
        let main = format!(
            "{}<div class=\"q\"><h1 class=\"title\">{}</h1>\n{}</div>\n{main}{}",
            languages(&self.edition.survey, &self.said, at),
            escape(title),
            told.unwrap_or_default(),
            self.form("", "sign-out", &self.button("back", "sign_out")),
        );
        respond(self.app, StatusCode::OK, &self.said, title, &main)
    }

    pub(super) fn button(&self, class: &str, key: &str) -> String {
        format!("<button class=\"{class}\" type=\"submit\">{}</button>", self.word(key))
    }

    /// A form that posts, with what proves that it is ours.
    pub(super) fn form(&self, query: &str, asks: &str, fields: &str) -> String {
        format!(
            "<form class=\"q\" method=\"post\" action=\"?lang={}{query}\" accept-charset=\"utf-8\">\n\
             <input type=\"hidden\" name=\"{PROOF}\" value=\"{}\">\n\
             <input type=\"hidden\" name=\"{DO}\" value=\"{asks}\">\n{fields}</form>\n",
            escape(&self.said.lang),
            self.clerk.form,
        )
    }

    /// Every batch, and a form for a new one.
    pub(super) async fn batches(&self, told: Option<&str>) -> Result<Response, Refusal> {
        let batches = self.app.store.batches(self.survey()).await.map_err(Refusal::of_store)?;
        let lang = escape(&self.said.lang);
        let item = |batch: &Batch| {
            let (name, checking) = (&batch.name, self.word(checking_key(batch.checking)));
            format!("<li><a href=\"?lang={lang}&amp;batch={name}\">{name}</a> · {checking}</li>\n")
        };
        let list = if batches.is_empty() {
            format!("<p>{}</p>\n", self.word("no_batches"))
        } else {
            format!("<ul>\n{}</ul>\n", batches.iter().map(item).collect::<String>())
        };
        let versions = self.app.store.versions(self.survey()).await.map_err(Refusal::of_store)?;
        let version = |version: &String| {
            format!("<option value=\"{}\">{}</option>", escape(version), escape(&shown(version)))
        };
        let checking = |(index, checking): (usize, Checking)| {
            let (name, checked) = (checking.name(), if index == 0 { " checked" } else { "" });
            format!(
                "<div class=\"option\"><input type=\"radio\" id=\"{name}\" name=\"checking\" value=\"{name}\"{checked}>\
                 <label for=\"{name}\">{}</label></div>\n",
                self.word(checking_key(checking))
            )
        };
        let fields = format!(
            "<h2>{}</h2>\n<div class=\"question\"><label class=\"text\" for=\"batch\">{}</label>\n\
             <input type=\"text\" id=\"batch\" name=\"batch\" autocomplete=\"off\"></div>\n\
             <div class=\"question\"><label class=\"text\" for=\"version\">{}</label>\n\
             <select id=\"version\" name=\"version\">{}</select></div>\n\
             <fieldset class=\"question\"><legend class=\"text\">{}</legend>\n{}</fieldset>\n\
             <div class=\"buttons\">{}</div>\n",
            self.word("open_batch"),
            self.word("batch_name"),
            self.word("printed_version"),
            versions.iter().map(version).collect::<String>(),
            self.word("mode"),
            Checking::ALL.into_iter().enumerate().map(checking).collect::<String>(),
            self.button("next", "open_batch"),
        );
        let main = format!(
            "<div class=\"q\"><h2>{}</h2>\n{list}</div>\n{}",
            self.word("batches"),
            self.form("", "open-batch", &fields)
        );
        let told = told.map(|key| self.said.get(key).to_owned());
        Ok(self.page("", self.said.get("clerk"), told, &main))
    }

    /// A batch: the next sheet, and how the others stand.
    pub(super) async fn overview(
        &self,
        batch: &Batch,
        told: Option<&str>,
        of: Option<i64>,
    ) -> Result<Response, Refusal> {
        let sheets = self.sheets(batch).await?;
        let (lang, name) = (escape(&self.said.lang), &batch.name);
        let number = |id: &str| {
            format!(
                "<div class=\"question\"><label class=\"text\" for=\"{id}\">{}</label>\n\
                 <input type=\"text\" id=\"{id}\" name=\"sheet\" inputmode=\"numeric\" autocomplete=\"off\"></div>\n",
                self.word("sheet_number")
            )
        };
        let next = format!(
            "<form class=\"q\" method=\"get\" action=\"\">\n<h2>{key_in}</h2>\n<input type=\"hidden\" name=\"lang\" value=\"{lang}\">\n\
             <input type=\"hidden\" name=\"batch\" value=\"{name}\">\n{}<div class=\"buttons\">{}</div>\n</form>\n",
            number("next-sheet"),
            self.button("next", "key_in"),
            key_in = self.word("key_in"),
        );
        let erase = format!(
            "<h2>{}</h2>\n<p>{}</p>\n{}<div class=\"buttons\">{}</div>\n",
            self.word("erase"),
            self.word("erase_note"),
            number("erased-sheet"),
            self.button("back", "erase")
        );
        let main = format!(
            "<div class=\"q\"><p>{} · {} {}</p></div>\n{next}{}{}<p class=\"q\"><a href=\"?lang={lang}\">{}</a></p>\n",
            self.word(checking_key(batch.checking)),
            self.word("version"),
            escape(&shown(&batch.version)),
            self.table(batch, &sheets),
            self.form(&format!("&amp;batch={name}"), "erase", &erase),
            self.word("to_batches"),
        );
        let told = told.map(|key| {
            let sheet = of.map(|of| of.to_string()).unwrap_or_default();
            self.said.fill(key, &[("sheet", sheet)])
        });
        let title = format!("{} {name}", self.said.get("batch"));
        Ok(self.page(&format!("&amp;batch={name}"), &title, told, &main))
    }

    fn table(&self, batch: &Batch, sheets: &[SheetRecord]) -> String {
        if sheets.is_empty() {
            return String::new();
        }
        let (lang, name) = (escape(&self.said.lang), &batch.name);
        let row = |sheet: &SheetRecord| {
            let number = match sheet.settled {
                Some(_) => sheet.number.to_string(),
                None => {
                    format!("<a href=\"?lang={lang}&amp;batch={name}&amp;sheet={0}\">{0}</a>", sheet.number)
                }
            };
            format!("<tr><th scope=\"row\">{number}</th><td>{}</td></tr>\n", self.word(state(sheet)))
        };
        let settled = sheets.iter().filter_map(|sheet| sheet.settled).filter(|settled| settled.entries == 2);
        let settled: Vec<_> = settled.collect();
        let sum = |of: fn(&crate::store::Settled) -> u32| settled.iter().map(of).sum::<u32>().to_string();
        let agreement = self.said.fill(
            "agreement",
            &[
                ("n", settled.len().to_string()),
                ("d", settled.iter().filter(|settled| settled.differing > 0).count().to_string()),
                ("a", sum(|settled| settled.differing)),
                ("q", sum(|settled| settled.compared)),
            ],
        );
        format!(
            "<div class=\"q\"><h2>{}</h2>\n<p>{}</p>\n<p><a href=\"?batch={name}&amp;report=csv\">{}</a></p>\n\
             <table class=\"sheets\"><thead><tr><th scope=\"col\">{}</th><th scope=\"col\">{}</th></tr></thead>\n<tbody>\n{}</tbody></table></div>\n",
            self.word("sheets"),
            escape(&agreement),
            self.word("report"),
            self.word("sheet"),
            self.word("state"),
            sheets.iter().map(row).collect::<String>(),
        )
    }

    /// A sheet: to be keyed in, or to be settled.
    pub(super) async fn sheet(&self, batch: &Batch, number: i64, query: &Query) -> Result<Response, Refusal> {
        let record = self.record(batch, number).await?;
        let record = record.unwrap_or(SheetRecord { number, entries: Vec::new(), settled: None });
        if record.settled.is_some() {
            return self.overview(batch, Some("kept_before"), Some(number)).await;
        }
        if record.entries.len() > 1 {
            return self.differences(batch, &record, query.get("told").is_some()).await;
        }
        if self.is_refused(batch, &record) {
            return self.overview(batch, Some("same_refused"), Some(number)).await;
        }
        let edition = self.printed(batch).await?;
        let sheet = Sheet::new(&edition.survey, &self.said, &edition.version);
        let shown = Arc::new(on_one_page(&sheet, self.sheet_title(&record)));
        Ok(self.entry_form(batch, &record, shown, Answers::default()))
    }

    pub(super) fn sheet_title(&self, record: &SheetRecord) -> String {
        format!("{} {}", self.said.get("sheet"), record.number)
    }

    /// The survey's own form, drawn by the widget: blank also for a second entry, so that it is made from the sheet.
    pub(super) fn entry_form(
        &self,
        batch: &Batch,
        record: &SheetRecord,
        shown: Arc<Survey>,
        answers: Answers,
    ) -> Response {
        let before = record.entries.len();
        let key = match (batch.checking, before) {
            (Checking::Once, _) => "entry_only",
            (_, 0) => "entry_first",
            _ => "entry_second",
        };
        let own = record.entries.first().is_some_and(|first| first.by == self.clerk.name);
        let told = own.then(|| self.said.get("same_clerk").to_owned());
        let view = View {
            survey: shown,
            version: batch.version.clone(),
            lang: self.said.lang.clone(),
            action: format!(
                "?lang={}&batch={}&sheet={}&before={before}",
                self.said.lang, batch.name, record.number
            ),
            media: String::new(),
            heading_level: 2,
            state: State::At(At::Page(0)),
            answers,
            problems: Vec::new(),
            response_id: Some(self.clerk.form.clone()),
            seed: None,
            today: None,
            seen: Vec::new(),
            changing: false,
            assisted: String::new(),
        };
        let title = format!("{} {} · {}", self.said.get("batch"), batch.name, self.said.get(key));
        let main = format!("{}{}", qulaq::render(view), self.to_batch(batch));
        self.page(&self.at_sheet(batch, record), &title, told, &main)
    }

    /// What the address of a sheet says besides the language.
    pub(super) fn at_sheet(&self, batch: &Batch, record: &SheetRecord) -> String {
        format!("&amp;batch={}&amp;sheet={}", batch.name, record.number)
    }

    pub(super) fn to_batch(&self, batch: &Batch) -> String {
        let text = escape(&self.said.fill("to_batch", &[("batch", batch.name.clone())]));
        format!(
            "<p class=\"q\"><a href=\"?lang={}&amp;batch={}\">{text}</a></p>\n",
            escape(&self.said.lang),
            batch.name
        )
    }
}

/// The key of the words for how a sheet stands.
fn state(sheet: &SheetRecord) -> &'static str {
    match (sheet.settled, sheet.entries.len()) {
        (Some(settled), _) if settled.entries == 1 => "state_kept_once",
        (Some(_), _) => "state_kept",
        (None, 0 | 1) => "state_once",
        (None, _) => "state_differing",
    }
}

/// A batch as a table for programs: how each sheet stands, and in how many answers its entries differed.
pub(super) fn report(batch: &Batch, sheets: &[SheetRecord]) -> Result<Response, Refusal> {
    let mut writer = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(Vec::new());
    let failed = |error: csv::Error| Refusal::internal("a report of a batch cannot be written", &error);
    let head = ["batch", "sheet", "checking", "state", "entries", "answers_compared", "answers_differing"];
    writer.write_record(head).map_err(failed)?;
    for sheet in sheets {
        let settled = sheet.settled.unwrap_or_default();
        let entries = sheet.settled.map_or(sheet.entries.len(), |settled| usize::from(settled.entries));
        let state = match (sheet.settled, entries) {
            (Some(_), _) => "kept",
            (None, 0 | 1) => "entered",
            (None, _) => "differing",
        };
        let row = [
            batch.name.clone(),
            sheet.number.to_string(),
            batch.checking.name().to_owned(),
            state.to_owned(),
            entries.to_string(),
            settled.compared.to_string(),
            settled.differing.to_string(),
        ];
        writer.write_record(row).map_err(failed)?;
    }
    let table = writer
        .into_inner()
        .map_err(|error| Refusal::internal("a report of a batch cannot be written", error.error()))?;
    let name = format!("attachment; filename=\"{}.csv\"", batch.name);
    let about = [
        (CONTENT_TYPE, "text/csv; charset=utf-8; header=present"),
        (CONTENT_DISPOSITION, name.as_str()),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((about, table).into_response())
}
