//! The way in: from what a citizen sent to a row that is kept.
//!
//! Read, find the version that was answered, check, mask, keep: in this order, so that nothing is written before
//! everything has been checked by the same code that runs in the browser, and no identity number, telephone, address or
//! card that somebody typed into a text is ever written.

use crate::clock::Minute;
use crate::digest::{Digest, sha256};
use crate::edition::Edition;
use crate::guard::{Sender, work};
use crate::http::App;
use crate::invitation::Code as Invitation;
use crate::mechanism;
use crate::paper::Entry;
use crate::quota;
use crate::receipt::Receipt;
use crate::refusal::Refusal;
use crate::store::{Kept, NewResponse, SheetName, Uninvited};
use crate::tier::Tier;
use crate::times::Standing;
use crate::visits::{self, What};
use matter::MatterNumber;
use serde_json::{Map, Value};
use std::sync::Arc;
use survey::canonical::canonical;
use survey::paper::{BATCH, ENTRIES, INVALID, SHEET, as_found};
use survey::response::{TODAY, occasion};
use survey::{Answers, Code, Occasion, Problem, Response, check, mask};

/// Minutes of a day.
const DAY: i64 = 24 * 60;

/// What travels around the answers.
#[derive(Debug)]
pub(crate) struct Envelope {
    /// 32 lower-case hexadecimal digits.
    pub(crate) id: String,
    /// One of the survey's languages.
    pub(crate) lang: String,
    /// The channel it came by.
    pub(crate) channel: String,
    /// How the answering went.
    pub(crate) paradata: Map<String, Value>,
    /// The code of an invitation, as it was typed.
    pub(crate) invitation: Option<String>,
    /// The work that was done for it; empty where a browser could not do it.
    pub(crate) work: Option<String>,
    /// What else is known of who sent it, which is not kept.
    pub(crate) sender: Sender,
}

/// A response that is on the disk.
#[derive(Debug)]
pub(crate) struct Acknowledged {
    /// What the citizen can take it back with.
    pub(crate) receipt: Receipt,
    /// Whether it is here for the first time.
    pub(crate) new: bool,
    /// What the citizen calls the matter that it opened.
    pub(crate) number: Option<MatterNumber>,
}

/// Takes a response to `survey` as the documented JSON. One that was kept before is acknowledged again also after the
/// survey was closed: a reply that was lost must not look like a refusal.
pub(crate) async fn receive(
    app: &App,
    survey: &str,
    body: &[u8],
    sender: Sender,
) -> Result<Acknowledged, Refusal> {
    let response = match Response::read(body) {
        Ok(response) if response.survey == survey => response,
        Ok(_) => {
            app.current(survey).await?;
            return Err(invalid(Code::WrongSurvey, "survey"));
        }
        Err(problems) => {
            app.current(survey).await?;
            return Err(Refusal::of_problems(problems));
        }
    };
    match keep_read(app, response, sender).await {
        // Only a refusal asks the store how the survey stands: what is kept is kept by the transaction's own look.
        Err(Refusal::Invalid(problems)) => Err(match app.current(survey).await?.standing {
            // Nothing can be mended any more, or there is time for it.
            Standing::Closed => Refusal::Closed,
            Standing::NotYet => Refusal::NotOpen,
            Standing::Open => Refusal::Invalid(problems),
        }),
        kept => kept,
    }
}

async fn keep_read(app: &App, response: Response, sender: Sender) -> Result<Acknowledged, Refusal> {
    let edition = answered_edition(app, &response.survey, &response.version).await?;
    if !edition.survey.languages.contains(&response.lang) {
        return Err(invalid(Code::UnknownLanguage, "lang"));
    }
    let answers = Answers::read(&edition.survey, &response.answers).map_err(Refusal::of_problems)?;
    let Response { id, lang, channel, paradata, invitation, work, .. } = response;
    let envelope = Envelope { id, lang, channel, paradata, invitation, work, sender };
    keep(app, &edition, envelope, &answers).await
}

/// Checks answers and keeps them.
pub(crate) async fn keep(
    app: &App,
    edition: &Edition,
    mut envelope: Envelope,
    answers: &Answers,
) -> Result<Acknowledged, Refusal> {
    let now = (app.clock)();
    let occasion = settle(app, now, &mut envelope.paradata);
    let problems = check(&edition.survey, answers, occasion);
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    let work = (envelope.id.as_str(), envelope.work.as_deref());
    envelope.sender.lack = work::take(app, edition, work, &envelope.paradata).await?;
    let looked = app.crowd.look(
        (&edition.survey.id, envelope.sender),
        answers.variables().count(),
        &mut envelope.paradata,
        (now, &app.random),
    );
    looked.map_err(Refusal::of_randomness)?;
    let invitation = invited(app, edition, envelope.invitation.take())?;
    let (sender, receipt) = (envelope.sender, Receipt::of(app.key.of_receipt(&envelope.id)));
    let covered = mask::answers(&edition.survey, answers);
    let answers = covered.as_ref().unwrap_or(answers);
    let mut response = new_response(edition, envelope, answers, &receipt, now);
    response.invitation = invitation;
    response.matter = mechanism::opening(edition, answers, &app.days, now);
    let groups = take_places(app, edition, answers, occasion, &mut response).await?;
    let (lang, channel) = (response.lang.clone(), response.channel.clone());
    match hand_over(app, response, sender).await? {
        kept @ (Kept::New | Kept::Again) => {
            let new = kept == Kept::New;
            app.metrics.acknowledged(&edition.survey.id, new);
            if new {
                visits::count(app, edition, (&lang, &channel), What::Completed);
            }
            let number = number(app, edition, &receipt).await?;
            Ok(Acknowledged { receipt, new, number })
        }
        Kept::Conflict => Err(Refusal::Conflict),
        Kept::Withdrawn => Err(Refusal::Withdrawn),
        Kept::Closed => Err(Refusal::Closed),
        Kept::NotOpen => Err(Refusal::NotOpen),
        Kept::Full(group) => Err(Refusal::QuotaFull(groups.get(group).copied().unwrap_or_default())),
        Kept::Uninvited(why) => Err(Refusal::Uninvited(why)),
    }
}

/// The number of the matter that a response has opened.
async fn number(app: &App, edition: &Edition, receipt: &Receipt) -> Result<Option<MatterNumber>, Refusal> {
    let opens = edition.participation.as_ref().is_some_and(|of| of.mechanism.opens_matters());
    if !opens {
        return Ok(None);
    }
    let matter = app.store.matter_with(receipt.hash()).await.map_err(Refusal::of_store)?;
    Ok(matter.map(|matter| matter.number))
}

/// Hands a response to the store. A code is counted as a guess before anybody looks, so that guesses that come at once are
/// counted too.
async fn hand_over(app: &App, response: NewResponse, sender: Sender) -> Result<Kept, Refusal> {
    let guess = match &response.invitation {
        Some(_) => Some(app.guesses.begin(app, &response.survey, sender.from).await?),
        None => None,
    };
    let kept = app.store.keep(response).await.map_err(Refusal::of_store)?;
    if let (Some(guess), false) = (guess, kept == Kept::Uninvited(Uninvited::Unknown)) {
        guess.was_none();
    }
    Ok(kept)
}

/// What the store knows the invitation by, where one is needed. Which version was answered says so too: the tier of a
/// survey never changes.
fn invited(app: &App, edition: &Edition, typed: Option<String>) -> Result<Option<Digest>, Refusal> {
    match (edition.tier, typed) {
        (Tier::Open | Tier::Work, None) => Ok(None),
        (Tier::Open | Tier::Work, Some(_)) => Err(invalid(Code::UnknownField, "invitation")),
        (Tier::Invited, typed) => {
            let code = typed.as_deref().and_then(Invitation::read).ok_or(Refusal::NoInvitation)?;
            Ok(Some(app.key.of_invitation(&edition.survey.id, code.reveal())))
        }
    }
}

/// Notes the groups that a response belongs to, and gives their indexes.
async fn take_places(
    app: &App,
    edition: &Edition,
    answers: &Answers,
    occasion: Occasion,
    response: &mut NewResponse,
) -> Result<Vec<usize>, Refusal> {
    let groups = quota::joined(&edition.survey, answers, occasion);
    if !groups.is_empty() {
        let current = app.current(&edition.survey.id).await?;
        let places = groups.iter().map(|group| quota::place(&current, &edition.survey.quotas[*group]));
        response.quotas = places.collect();
    }
    Ok(groups)
}

/// The response that a sheet of paper makes. Nobody can mend a sheet, so that what breaks a rule is not refused but not
/// counted ([`survey::paper`]); its id follows from the number of the sheet.
pub(crate) async fn of_sheet(
    app: &App,
    edition: &Edition,
    sheet: &SheetName,
    entry: &Entry,
    entries: u8,
) -> Result<NewResponse, Refusal> {
    let now = (app.clock)();
    let mut paradata = Map::new();
    let occasion = settle(app, now, &mut paradata);
    let found = as_found(&edition.survey, &entry.answers, &entry.spoiled, occasion);
    paradata.insert(BATCH.to_owned(), Value::from(sheet.batch.as_str()));
    paradata.insert(SHEET.to_owned(), Value::from(sheet.number));
    paradata.insert(ENTRIES.to_owned(), Value::from(entries));
    if !found.invalid.is_empty() {
        paradata.insert(INVALID.to_owned(), Value::from(found.invalid));
    }
    let id = app.key.id_of_sheet(&sheet.survey, &sheet.batch, sheet.number);
    let receipt = Receipt::of(app.key.of_receipt(&id));
    let envelope = Envelope {
        id,
        lang: entry.lang.clone(),
        channel: "paper".to_owned(),
        paradata,
        invitation: None,
        work: None,
        sender: Sender::default(),
    };
    let mut response = new_response(edition, envelope, &found.answers, &receipt, now);
    response.matter = mechanism::opening(edition, &found.answers, &app.days, now);
    take_places(app, edition, &found.answers, occasion, &mut response).await?;
    Ok(response)
}

/// Settles by which day the answers are checked, and notes it for the export. The client's day counts when it is ours or
/// next to it: midnight may have passed while the response was under way. A device whose clock is wrong changes nothing.
pub(crate) fn settle(app: &App, now: Minute, paradata: &mut Map<String, Value>) -> Occasion {
    let Occasion { seed, today: told } = occasion(paradata);
    let day = |minutes: i64| app.days.today(Minute(now.0.saturating_add(minutes)));
    let near = told.filter(|told| [-DAY, 0, DAY].into_iter().any(|minutes| day(minutes) == Some(*told)));
    let today = near.or_else(|| day(0));
    paradata.remove(TODAY);
    paradata.extend(today.map(|today| (TODAY.to_owned(), Value::from(today.to_text()))));
    Occasion { seed, today }
}

/// The version that a response says it answers. An older one is as good as the current one.
pub(crate) async fn answered_edition(
    app: &App,
    survey: &str,
    version: &str,
) -> Result<Arc<Edition>, Refusal> {
    app.editions.version(&*app.store, survey, version).await.map_err(|refusal| match refusal {
        Refusal::UnknownVersion => invalid(Code::UnknownVersion, "version"),
        other => other,
    })
}

/// A refusal for one reason.
pub(crate) fn invalid(code: Code, field: &str) -> Refusal {
    Refusal::Invalid(vec![Problem::at(code, field)])
}

fn new_response(
    edition: &Edition,
    envelope: Envelope,
    answers: &Answers,
    receipt: &Receipt,
    minute: Minute,
) -> NewResponse {
    let answers = canonical(&answers.to_value());
    NewResponse {
        survey: edition.survey.id.clone(),
        version: edition.version.clone(),
        minute,
        paradata: Value::Object(envelope.paradata).to_string(),
        receipt: receipt.hash(),
        content: content(edition, &answers),
        answers,
        id: envelope.id,
        lang: envelope.lang,
        channel: envelope.channel,
        quotas: Vec::new(),
        in_parts: edition.survey.partials,
        invitation: None,
        matter: None,
    }
}

/// What makes two posts with one id the same response: a hash of the canonical JSON of these three. How they travelled
/// does not: a form that is sent once by the module and again without it holds the same answers.
fn content(edition: &Edition, answers: &str) -> Digest {
    let (survey, version) = (Value::from(edition.survey.id.as_str()), Value::from(edition.version.as_str()));
    // The answers are canonical already, and the keys stand in order.
    sha256(format!("{{\"answers\":{answers},\"survey\":{survey},\"version\":{version}}}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_hashed_is_the_canonical_json_of_survey_version_and_answers() {
        let definition = include_str!("../../../examples/surveys/page-useful.json");
        let edition = Edition::read("v\"1".to_owned(), definition).unwrap();
        let answers = json!({"useful": 0, "doing": "«сөз»\n\"word\""});
        let whole = json!({"version": "v\"1", "answers": answers, "survey": "page-useful"});
        assert_eq!(content(&edition, &canonical(&answers)), sha256(canonical(&whole)));
    }
}
