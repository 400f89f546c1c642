//! `/s/ID/clerk`: where sheets of paper are keyed in. Every page works without scripts and has none.
//!
//! What a clerk does is posted, answered with a redirection and told on the page that it leads to, so that loading a page
//! anew enters nothing twice. A form names how many entries its sheet had when it was shown: one that is sent twice, or
//! later than somebody else's, changes nothing.

mod pages;
mod session;
mod settling;

use super::paper::{asked_language, batch_name};
use super::query::{Query, SurveyId};
use super::{App, body};
use crate::edition::Edition;
use crate::intake;
use crate::paper::{Entry, Said, Sheet, differing, on_one_page};
use crate::refusal::Refusal;
use crate::store::{Batch, Checking, Kept, Settled, SheetEntry, SheetName, SheetRecord};
use axum::extract::{Request, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use session::Clerk;
use std::sync::Arc;
use survey::form::{Go, Posted, step};

/// The field that says what is asked for, in the forms that are not a survey's.
const DO: &str = "do";
/// The field that proves where a form came from. The survey's form has one of this name, too: its id.
const PROOF: &str = survey::form::ID;
/// Sheets are numbered with at most seven digits.
const MOST_SHEETS: i64 = 9_999_999;

/// What a page may tell that happened before it, by the key of its words.
const TOLD: [&str; 12] = [
    "batch_other",
    "first_done",
    "kept_done",
    "kept_before",
    "same_refused",
    "changed",
    "discarded",
    "full",
    "taken_back",
    "erased",
    "not_kept",
    "settle_all",
];

/// A survey and who keys in its sheets.
struct Desk<'a> {
    app: &'a App,
    /// The current version, for its name and languages.
    edition: Arc<Edition>,
    said: Said,
    clerk: Clerk,
}

/// What an address asks for.
struct Wanted {
    batch: Option<String>,
    sheet: Option<i64>,
    /// Entries that the sheet had when the form was shown.
    before: usize,
}

impl Wanted {
    fn of(query: &Query) -> Self {
        Self {
            batch: query.get("batch").as_deref().and_then(batch_name),
            sheet: query.get("sheet").as_deref().and_then(sheet_number),
            before: query.get("before").and_then(|before| before.parse().ok()).unwrap_or_default(),
        }
    }
}

fn sheet_number(text: &str) -> Option<i64> {
    text.trim().parse().ok().filter(|number| (1..=MOST_SHEETS).contains(number))
}

/// A page: the door, the batches, a batch, or a sheet.
pub(super) async fn show(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let edition = app.current(&survey).await?.edition;
    let said = Said::of(&asked_language(&edition.survey, &query, &headers));
    let Some(clerk) = session::clerk(&app, &headers, &survey).await? else {
        return Ok(pages::door(&app, &edition.survey, &said, false));
    };
    let desk = Desk { app: &app, edition, said, clerk };
    let wanted = Wanted::of(&query);
    let Some(name) = &wanted.batch else {
        let unknown = query.get("batch").is_some().then_some("batch_bad");
        return desk.batches(unknown.or_else(|| told(&query))).await;
    };
    let Some(batch) = desk.batch(name).await? else { return desk.batches(Some("no_batch")).await };
    if query.get("report").as_deref() == Some("csv") {
        return pages::report(&batch, &desk.sheets(&batch).await?);
    }
    match wanted.sheet {
        Some(number) => desk.sheet(&batch, number, &query).await,
        None => {
            let bad = query.get("sheet").is_some().then_some("sheet_bad");
            desk.overview(
                &batch,
                bad.or_else(|| told(&query)),
                query.get("of").as_deref().and_then(sheet_number),
            )
            .await
        }
    }
}

/// The key of what an address says has happened.
fn told(query: &Query) -> Option<&'static str> {
    let told = query.get("told")?;
    TOLD.into_iter().find(|known| *known == told)
}

/// Does what a form asks for.
pub(super) async fn post(
    State(app): State<Arc<App>>,
    SurveyId(survey): SurveyId,
    query: Query,
    request: Request,
) -> Result<Response, Refusal> {
    let headers = request.headers().clone();
    let body = body::read(&app.room, request, body::FORM).await?;
    let fields: Vec<(String, String)> = form_urlencoded::parse(&body).into_owned().collect();
    let edition = app.current(&survey).await?.edition;
    let said = Said::of(&asked_language(&edition.survey, &query, &headers));
    let asked = field(&fields, DO).unwrap_or_default().to_owned();
    if asked == "sign-in" {
        let token = field(&fields, "token").unwrap_or_default();
        return Ok(match session::begin(&app, token, &survey).await? {
            Some(cookie) => go_to(&survey, &said, "", Some(&cookie)),
            None => pages::door(&app, &edition.survey, &said, true),
        });
    }
    let Some(clerk) = session::clerk(&app, &headers, &survey).await? else {
        return Ok(pages::door(&app, &edition.survey, &said, false));
    };
    if field(&fields, PROOF) != Some(clerk.form.as_str()) {
        return Err(Refusal::Forbidden);
    }
    let desk = Desk { app: &app, edition, said, clerk };
    match asked.as_str() {
        "sign-out" => Ok(go_to(&survey, &desk.said, "", Some(&session::end()))),
        "open-batch" => desk.open_batch(&fields).await,
        _ => desk.work(&Wanted::of(&query), &asked, fields).await,
    }
}

/// The first value of a field.
fn field<'a>(fields: &'a [(String, String)], name: &str) -> Option<&'a str> {
    fields.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

/// Sends the browser to another page of this survey's desk.
fn go_to(survey: &str, said: &Said, query: &str, cookie: Option<&str>) -> Response {
    let address = format!("/s/{survey}/clerk?lang={}{query}", said.lang);
    let mut response = (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response();
    let cookie = cookie.and_then(|cookie| cookie.parse().ok());
    response.headers_mut().extend(cookie.map(|cookie| (SET_COOKIE, cookie)));
    response
}

impl Desk<'_> {
    fn survey(&self) -> &str {
        &self.edition.survey.id
    }

    /// To the page of a batch, which tells what happened to a sheet.
    fn back_to(&self, batch: &Batch, told: &str, sheet: i64) -> Response {
        let query = format!("&batch={}&told={told}&of={sheet}", batch.name);
        go_to(self.survey(), &self.said, &query, None)
    }

    async fn batch(&self, name: &str) -> Result<Option<Batch>, Refusal> {
        let batches = self.app.store.batches(self.survey()).await.map_err(Refusal::of_store)?;
        Ok(batches.into_iter().find(|batch| batch.name == name))
    }

    async fn sheets(&self, batch: &Batch) -> Result<Vec<SheetRecord>, Refusal> {
        self.app.store.sheets(self.survey(), &batch.name).await.map_err(Refusal::of_store)
    }

    async fn record(&self, batch: &Batch, number: i64) -> Result<Option<SheetRecord>, Refusal> {
        Ok(self.sheets(batch).await?.into_iter().find(|sheet| sheet.number == number))
    }

    /// The version that is printed on the sheets of a batch.
    async fn printed(&self, batch: &Batch) -> Result<Arc<Edition>, Refusal> {
        self.app.editions.version(&*self.app.store, self.survey(), &batch.version).await
    }

    fn name(&self, batch: &Batch, number: i64) -> SheetName {
        SheetName { survey: self.survey().to_owned(), batch: batch.name.clone(), number }
    }

    async fn open_batch(&self, fields: &[(String, String)]) -> Result<Response, Refusal> {
        let Some(name) = field(fields, "batch").and_then(batch_name) else {
            return self.batches(Some("batch_bad")).await;
        };
        let checking = field(fields, "checking").and_then(Checking::named).ok_or(Refusal::Malformed)?;
        let version = field(fields, "version").unwrap_or_default().to_owned();
        self.app.editions.version(&*self.app.store, self.survey(), &version).await?;
        let wanted = Batch { name, version, checking };
        let opened = self.app.store.open_batch(self.survey(), wanted.clone()).await;
        let opened = opened.map_err(Refusal::of_store)?;
        let told = if opened == wanted { "" } else { "&told=batch_other" };
        Ok(go_to(self.survey(), &self.said, &format!("&batch={}{told}", opened.name), None))
    }

    /// What is posted about a sheet.
    async fn work(
        &self,
        wanted: &Wanted,
        asked: &str,
        fields: Vec<(String, String)>,
    ) -> Result<Response, Refusal> {
        let Some(batch) = wanted.batch.as_deref() else { return self.batches(Some("no_batch")).await };
        let Some(batch) = self.batch(batch).await? else { return self.batches(Some("no_batch")).await };
        let posted = field(&fields, "sheet").and_then(sheet_number);
        let Some(number) = wanted.sheet.or(posted) else {
            return self.overview(&batch, Some("sheet_bad"), None).await;
        };
        if asked == "erase" {
            return self.erase(&batch, number).await;
        }
        let record = self.record(&batch, number).await?;
        let record = record.unwrap_or(SheetRecord { number, entries: Vec::new(), settled: None });
        if record.settled.is_some() {
            return Ok(self.back_to(&batch, "kept_before", number));
        }
        if record.entries.len() != wanted.before {
            return Ok(self.back_to(&batch, "changed", number));
        }
        match asked {
            "settle" => self.settle(&batch, &record, &fields).await,
            "discard" => {
                let discarded = self.app.store.discard_sheet(self.name(&batch, number)).await;
                let told = if discarded.map_err(Refusal::of_store)? { "discarded" } else { "changed" };
                Ok(self.back_to(&batch, told, number))
            }
            _ => self.enter(&batch, &record, fields).await,
        }
    }

    /// Takes the answers of a sheet out of the responses, as a receipt does.
    async fn erase(&self, batch: &Batch, number: i64) -> Result<Response, Refusal> {
        let id = self.app.key.id_of_sheet(self.survey(), &batch.name, number);
        let receipt = crate::receipt::Receipt::of(self.app.key.of_receipt(&id)).hash();
        let erased = self.app.store.withdraw(receipt).await.map_err(Refusal::of_store)?;
        Ok(self.back_to(batch, if erased { "erased" } else { "not_kept" }, number))
    }

    /// The form of a sheet, keyed in: another page of it, a first entry, or a second one.
    async fn enter(
        &self,
        batch: &Batch,
        record: &SheetRecord,
        fields: Vec<(String, String)>,
    ) -> Result<Response, Refusal> {
        let edition = self.printed(batch).await?;
        let sheet = Sheet::new(&edition.survey, &self.said, &edition.version);
        let shown = Arc::new(on_one_page(&sheet, self.sheet_title(record)));
        let mut posted = Posted::read(&shown, fields).map_err(Refusal::of_problems)?;
        if matches!(posted.go, Go::Add(_) | Go::Remove(..)) {
            // The buttons of a repeating group, which need no script.
            drop(step(&shown, &mut posted, survey::Occasion::default()));
            return Ok(self.entry_form(batch, record, shown, posted.answers));
        }
        let entry = Entry::of_posted(&edition.survey, &self.said.lang, &posted).masked(&edition.survey);
        let first = record.entries.first();
        if self.is_refused(batch, record) {
            return Ok(self.back_to(batch, "same_refused", record.number));
        }
        if batch.checking == Checking::Once {
            let settled = Settled { entries: 1, ..Settled::default() };
            return self.keep(batch, record, &entry, settled).await;
        }
        let before = first.and_then(|first| Entry::read(&edition.survey, &first.entry));
        let differences = before.map(|before| differing(&edition.survey, &before, &entry));
        if let Some((names, compared)) = &differences
            && names.is_empty()
        {
            let settled = Settled { entries: 2, compared: *compared, differing: 0 };
            return self.keep(batch, record, &entry, settled).await;
        }
        let kept = SheetEntry { by: self.clerk.name.clone(), entry: entry.to_json() };
        let name = self.name(batch, record.number);
        let entered = self.app.store.enter_sheet(name, record.entries.len(), kept).await;
        Ok(match (entered.map_err(Refusal::of_store)?, differences) {
            (false, _) => self.back_to(batch, "changed", record.number),
            (true, None) => self.back_to(batch, "first_done", record.number),
            (true, Some(_)) => self.to_sheet(batch, record.number),
        })
    }

    /// To the page of a sheet.
    fn to_sheet(&self, batch: &Batch, number: i64) -> Response {
        let query = format!("&batch={}&sheet={number}", batch.name);
        go_to(self.survey(), &self.said, &query, None)
    }

    /// Whether the clerk may not make the next entry.
    fn is_refused(&self, batch: &Batch, record: &SheetRecord) -> bool {
        let was_here = record.entries.first().is_some_and(|first| first.by == self.clerk.name);
        batch.checking == Checking::TwoClerks && was_here
    }

    /// Keeps what was keyed in as a response.
    async fn keep(
        &self,
        batch: &Batch,
        record: &SheetRecord,
        entry: &Entry,
        settled: Settled,
    ) -> Result<Response, Refusal> {
        let edition = self.printed(batch).await?;
        let name = self.name(batch, record.number);
        let response = intake::of_sheet(self.app, &edition, &name, entry, settled.entries).await?;
        let kept = self.app.store.keep_sheet(name, record.entries.len(), settled, response).await;
        let told = match kept.map_err(Refusal::of_store)? {
            None => "changed",
            Some(Kept::New | Kept::Again) => "kept_done",
            Some(Kept::Full(_)) => "full",
            Some(Kept::Withdrawn) => "taken_back",
            // The id is the sheet's own, and a sheet is kept at any time and without an invitation.
            Some(Kept::Conflict | Kept::Closed | Kept::NotOpen | Kept::Uninvited(_)) => "kept_before",
        };
        Ok(self.back_to(batch, told, record.number))
    }
}
