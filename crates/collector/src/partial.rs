//! Parts of responses: what somebody has answered so far, where the author asks for it. Checked like a response as far as
//! it goes, kept apart from responses, counted nowhere, and gone with the response or after [`DAYS`].

use crate::clock::{Clock, Minute};
use crate::edition::Edition;
use crate::guard::Sender;
use crate::http::App;
use crate::intake::{self, Envelope, answered_edition, invalid};
use crate::receipt::Receipt;
use crate::refusal::{Refusal, log_failure};
use crate::store::{KeptPartial, NewPartial, Store, StoredPartial, StoredResponse};
use crate::times::Standing;
use serde_json::{Map, Value};
use std::sync::Arc;
use std::time::Duration;
use survey::partial::{Partial, check_so_far};
use survey::{Answers, Code, Response, mask};

/// How long a part is kept after it was changed last, in days. The form says so.
pub(crate) const DAYS: i64 = 30;

/// How often what is older is deleted.
const ROUND: Duration = Duration::from_secs(24 * 60 * 60);

/// What tells where in the form somebody is.
#[derive(Debug)]
pub(crate) struct Progress {
    /// Which of several parts of a response is the latest; `None` where a form is posted, page by page.
    pub(crate) turn: Option<u32>,
    /// The variables of the questions that have been shown.
    pub(crate) seen: Vec<String>,
}

/// What is known of a part that was kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Taken {
    /// This turn is kept: the one that was sent, or a later one.
    Turn(u32),
    /// The whole response is kept.
    Complete,
}

/// Takes a part of a response to `survey` as the documented JSON.
pub(crate) async fn receive(app: &App, survey: &str, body: &[u8]) -> Result<Taken, Refusal> {
    let current = app.current(survey).await?;
    let part = Partial::read(body).map_err(Refusal::of_problems)?;
    let Partial { response, turn, seen } = part;
    if response.survey != survey {
        return Err(invalid(Code::WrongSurvey, "survey"));
    }
    if response.invitation.is_some() {
        return Err(invalid(Code::UnknownField, "invitation"));
    }
    if response.work.is_some() {
        return Err(invalid(Code::UnknownField, "work"));
    }
    let edition = answered_edition(app, survey, &response.version).await?;
    if !edition.survey.partials {
        return Err(Refusal::NoPartials);
    }
    match current.standing {
        Standing::Closed => return Err(Refusal::Closed),
        Standing::NotYet => return Err(Refusal::NotOpen),
        Standing::Open => {}
    }
    if !edition.survey.languages.contains(&response.lang) {
        return Err(invalid(Code::UnknownLanguage, "lang"));
    }
    if seen.iter().any(|name| edition.survey.question(name).is_none()) {
        return Err(invalid(Code::UnknownField, "seen"));
    }
    let answers = Answers::read(&edition.survey, &response.answers).map_err(Refusal::of_problems)?;
    let Response { id, lang, channel, paradata, .. } = response;
    let (invitation, work, sender) = (None, None, Sender::default());
    let envelope = Envelope { id, lang, channel, paradata, invitation, work, sender };
    keep(app, &edition, envelope, &answers, Progress { turn: Some(turn), seen }).await
}

/// Checks what there is and keeps it.
pub(crate) async fn keep(
    app: &App,
    edition: &Edition,
    mut envelope: Envelope,
    answers: &Answers,
    Progress { turn, seen }: Progress,
) -> Result<Taken, Refusal> {
    let minute = (app.clock)();
    let occasion = intake::settle(app, minute, &mut envelope.paradata);
    let problems = check_so_far(&edition.survey, answers, occasion);
    if !problems.is_empty() {
        return Err(Refusal::Invalid(problems));
    }
    let covered = mask::answers(&edition.survey, answers);
    let answers = covered.as_ref().unwrap_or(answers);
    let partial = NewPartial {
        content: content(&envelope, answers, seen),
        receipt: Receipt::of(app.key.of_receipt(&envelope.id)).hash(),
        id: envelope.id,
        survey: edition.survey.id.clone(),
        version: edition.version.clone(),
        minute,
        turn,
    };
    match app.store.keep_partial(partial).await.map_err(Refusal::of_store)? {
        KeptPartial::Kept(turn) | KeptPartial::Later(turn) => Ok(Taken::Turn(turn)),
        KeptPartial::Complete => Ok(Taken::Complete),
        KeptPartial::TakenBack => Err(Refusal::Withdrawn),
        KeptPartial::Conflict => Err(Refusal::Conflict),
        KeptPartial::Closed => Err(Refusal::Closed),
        KeptPartial::NotOpen => Err(Refusal::NotOpen),
    }
}

fn content(envelope: &Envelope, answers: &Answers, mut seen: Vec<String>) -> String {
    seen.sort_unstable();
    seen.dedup();
    let content = [
        ("lang", Value::from(envelope.lang.as_str())),
        ("channel", Value::from(envelope.channel.as_str())),
        ("answers", answers.to_value()),
        ("paradata", Value::Object(envelope.paradata.clone())),
        ("seen", Value::from(seen)),
    ];
    Value::Object(content.map(|(name, value)| (name.to_owned(), value)).into_iter().collect()).to_string()
}

/// A part as the export reads responses, with the questions that have been shown; `None` for one that cannot be read,
/// which the way in does not let happen.
pub(crate) fn as_response(part: &StoredPartial) -> Option<(StoredResponse, Vec<String>)> {
    let mut content: Map<String, Value> = serde_json::from_str(&part.content).ok()?;
    let mut text = |name: &str| match content.remove(name) {
        Some(Value::String(text)) => Some(text),
        _ => None,
    };
    let (lang, channel) = (text("lang")?, text("channel")?);
    let seen = content.get("seen")?.as_array()?;
    let seen = seen.iter().filter_map(Value::as_str).map(str::to_owned).collect();
    let response = StoredResponse {
        position: part.position,
        id: part.id.clone(),
        version: part.version.clone(),
        minute: part.minute,
        lang,
        channel,
        answers: content.get("answers")?.to_string(),
        paradata: content.get("paradata")?.to_string(),
    };
    Some((response, seen))
}

/// Deletes what is too old, at once and then every day, for as long as the collector runs. Of several collectors each does:
/// the second finds nothing.
pub(crate) async fn expire(store: Arc<dyn Store>, clock: Clock) {
    let mut rounds = tokio::time::interval(ROUND);
    loop {
        rounds.tick().await;
        if let Err(error) = store.expire_partials(oldest(clock())).await {
            log_failure("unfinished responses are not deleted yet", &error);
        }
    }
}

/// The minute before which what was changed last is too old.
fn oldest(now: Minute) -> Minute {
    Minute(now.0.saturating_sub(DAYS * 24 * 60))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::sha256;
    use crate::publication;
    use crate::store::{Opening, Partials, Position, Sqlite};

    const DAY: i64 = 24 * 60;

    #[tokio::test(start_paused = true)]
    async fn what_nobody_finished_goes_at_the_start_and_every_day_after_its_days() {
        let directory = tempfile::tempdir().unwrap();
        let store = Arc::new(Sqlite::open(directory.path(), Opening::OrCreate).unwrap());
        let definition = include_str!("../../../examples/surveys/page-useful.json");
        let publication = publication::read(definition, Minute(0)).unwrap();
        let version = publication.version.clone();
        store.publish(publication).await.unwrap();
        let now = Minute(29_550_000);
        for (digit, minute) in [("a", Minute(now.0 - 31 * DAY)), ("b", Minute(now.0 - 30 * DAY)), ("c", now)]
        {
            let partial = NewPartial {
                id: digit.repeat(32),
                receipt: sha256(digit),
                survey: "page-useful".to_owned(),
                version: version.clone(),
                minute,
                turn: Some(1),
                content: "{}".to_owned(),
            };
            assert_eq!(store.keep_partial(partial).await.unwrap(), KeptPartial::Kept(1));
        }
        let left = async || store.partials("page-useful", Position::default(), 10).await.unwrap().len();
        let minute = Arc::new(std::sync::atomic::AtomicI64::new(now.0));
        let told = Arc::clone(&minute);
        let clock: Clock = Arc::new(move || Minute(told.load(std::sync::atomic::Ordering::Relaxed)));
        let expiring = tokio::spawn(expire(store.clone(), clock));
        while left().await == 3 {
            tokio::task::yield_now().await;
        }
        assert_eq!(left().await, 2, "the thirtieth day is not over");
        minute.store(now.0 + DAY, std::sync::atomic::Ordering::Relaxed);
        tokio::time::advance(ROUND).await;
        while left().await == 2 {
            tokio::task::yield_now().await;
        }
        assert_eq!(left().await, 1);
        expiring.abort();
    }
}
