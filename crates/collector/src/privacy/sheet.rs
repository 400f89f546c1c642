//! The data-protection sheet of a survey: what is asked, kept, seen and deleted, out of what is stored and set. Nothing in it
//! is typed by hand, so that nothing in it is out of date. It tells no answer.

mod html;

use super::notice::identifying;
use crate::clock::Minute;
use crate::day::Days;
use crate::people::deed::Act;
use crate::people::rights::Right;
use crate::retention::{self, Rule};
use crate::settings::Settings;
use crate::store::{Erasure, Position, Store, StoreError, TokenRecord};
use serde::Serialize;
use serde_json::Value;
use survey::mask::Identifier;
use survey::{Survey, Text};

pub(crate) use html::{breach, page};

/// Rows of the log that are read at a time.
const DEEDS: usize = 1000;

/// Everything on the sheet of one survey.
#[derive(Debug, Serialize)]
pub(crate) struct Sheet {
    /// The survey.
    pub(crate) survey: String,
    /// Its current version.
    pub(crate) version: String,
    /// The day on which the sheet was made.
    pub(crate) made: String,
    #[serde(skip)]
    pub(crate) title: Option<Text>,
    #[serde(skip)]
    pub(crate) agency: Option<Text>,
    #[serde(skip)]
    pub(crate) notice: Option<Text>,
    /// `anonymous`, `confidential`, or nothing where the author does not say.
    pub(crate) called: Option<String>,
    /// Whether anybody may answer now.
    pub(crate) open: bool,
    /// What is asked, in order.
    pub(crate) fields: Vec<Field>,
    /// What is kept beside the answers.
    pub(crate) beside: Vec<&'static str>,
    /// What is covered in free text before it is kept.
    pub(crate) masked: Vec<&'static str>,
    /// How much there is.
    pub(crate) counts: Counts,
    /// How long it is kept.
    pub(crate) retention: Retention,
    /// Who can see answers.
    pub(crate) access: Vec<Access>,
    /// What was taken out, and read.
    pub(crate) taken: Taken,
    /// Counts of fewer people than this are not shown to everybody; nothing where nobody is shown any.
    pub(crate) results_min: Option<u64>,
    /// Where it is stored, as the settings say.
    pub(crate) stored_in: Option<String>,
    /// `sqlite` or `postgresql`.
    pub(crate) engine: &'static str,
}

/// One thing that is asked.
#[derive(Debug, Serialize)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: String,
    #[serde(skip)]
    pub(crate) text: Option<Text>,
    /// Whether an answer can lead to somebody by what is asked for.
    pub(crate) identifying: bool,
    /// Whether somebody may type whatever she likes.
    pub(crate) free_text: bool,
    /// Whether its author calls it sensitive.
    pub(crate) sensitive: bool,
}

/// How much there is.
#[derive(Debug, Default, Serialize)]
pub(crate) struct Counts {
    pub(crate) responses: u64,
    /// Taken back by citizens, or deleted when their time was over.
    pub(crate) withdrawn: u64,
    pub(crate) unfinished: u64,
}

/// How long it is kept.
#[derive(Debug, Serialize)]
pub(crate) struct Retention {
    /// Days; nothing for good.
    pub(crate) responses: Option<i64>,
    pub(crate) texts: Option<i64>,
    pub(crate) partials: Option<i64>,
    /// What was deleted, when: the proof.
    pub(crate) deleted: Vec<Deleted>,
}

/// Something that was deleted.
#[derive(Debug, Serialize)]
pub(crate) struct Deleted {
    pub(crate) day: String,
    pub(crate) what: &'static str,
    pub(crate) number: u64,
}

/// Somebody, or a program, that can see answers.
#[derive(Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Access {
    /// `person` or `token`.
    pub(crate) who: &'static str,
    pub(crate) name: String,
    /// The role or the scope.
    pub(crate) may: String,
}

/// What the log says.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Taken {
    pub(crate) downloads: u64,
    pub(crate) texts_read: u64,
    /// The day of the last of either.
    pub(crate) last: Option<String>,
}

/// What stands beside each response (`docs/privacy.md` says for what).
const BESIDE: [&str; 12] = [
    "version",
    "lang",
    "channel",
    "minute",
    "order",
    "id",
    "receipt_hash",
    "content_hash",
    "day",
    "path",
    "assisted",
    "active_ms",
];

impl Sheet {
    /// The sheet of a survey; `None` when no such survey was published.
    pub(crate) async fn of(
        store: &dyn Store,
        survey: &str,
        settings: &Settings,
        now: Minute,
        days: &Days,
    ) -> Result<Option<Self>, StoreError> {
        let Some(record) = store.survey(survey).await? else { return Ok(None) };
        let definition = store.definition(survey, &record.version).await?.unwrap_or_default();
        let definition: Value = serde_json::from_str(&definition).unwrap_or_default();
        let Some(read) = Survey::from_published(&definition) else { return Ok(None) };
        let day = |minute: Minute| days.of(minute).map(|day| day.to_string()).unwrap_or_default();
        Ok(Some(Self {
            survey: survey.to_owned(),
            version: record.version.clone(),
            made: day(now),
            called: definition["privacy"].as_str().map(str::to_owned),
            open: record.standing(now) == crate::times::Standing::Open,
            fields: fields(&definition),
            beside: beside(&read),
            masked: masked(),
            counts: counts(store, survey).await?,
            retention: kept(store, (survey, &definition), read.partials, &day).await?,
            access: access(store, survey).await?,
            taken: taken(store, survey, &day).await?,
            results_min: definition["results"]
                .as_str()
                .map(|_| definition["results_min"].as_u64().unwrap_or(10)),
            stored_in: settings.stored_in.clone(),
            engine: if settings.database_url.is_some() { "postgresql" } else { "sqlite" },
            title: Some(read.title),
            agency: read.agency,
            notice: read.notice,
        }))
    }
}

/// What is asked, those inside a group with the name of the group before theirs.
fn fields(definition: &Value) -> Vec<Field> {
    let paths: Vec<String> = identifying(definition).into_iter().map(|(path, _)| path).collect();
    let mut fields = Vec::new();
    for (page, holder) in definition["pages"].as_array().into_iter().flatten().enumerate() {
        collect(holder, &format!("pages[{page}]"), "", &paths, &mut fields);
    }
    fields
}

fn collect(holder: &Value, path: &str, before: &str, identifying: &[String], fields: &mut Vec<Field>) {
    for (index, question) in holder["questions"].as_array().into_iter().flatten().enumerate() {
        let path = format!("{path}.questions[{index}]");
        let kind = question["type"].as_str().unwrap_or_default();
        let name = format!("{before}{}", question["name"].as_str().unwrap_or_default());
        if question["questions"].is_array() {
            collect(question, &path, &format!("{name}."), identifying, fields);
        } else if !matches!(kind, "note" | "calc") {
            let options = question["options"].as_array();
            let other = options.into_iter().flatten().any(|option| option["other"] == true);
            fields.push(Field {
                identifying: identifying.contains(&path),
                free_text: kind == "text" || other,
                sensitive: question["sensitive"] == true,
                text: Text::read(&question["text"]),
                kind: kind.to_owned(),
                name,
            });
        }
    }
}

fn beside(survey: &Survey) -> Vec<&'static str> {
    let sometimes =
        [(survey.is_shuffled(), "seed"), (!survey.quotas.is_empty(), "quotas"), (survey.partials, "shown")];
    let more = sometimes.into_iter().filter(|(there, _)| *there).map(|(_, name)| name);
    BESIDE.into_iter().chain(more).collect()
}

fn masked() -> Vec<&'static str> {
    use Identifier::{Account, Bin, Card, Email, Iin, Phone};
    [Iin, Bin, Phone, Email, Card, Account].map(Identifier::token).to_vec()
}

async fn counts(store: &dyn Store, survey: &str) -> Result<Counts, StoreError> {
    let extent = store.extent(survey).await?;
    let mut counts = Counts { responses: extent.responses, withdrawn: extent.withdrawn, unfinished: 0 };
    let mut after = Position::default();
    loop {
        let parts = store.partials(survey, after, DEEDS).await?;
        counts.unfinished += parts.len() as u64;
        match parts.last() {
            Some(last) if parts.len() == DEEDS => after = last.position,
            _ => return Ok(counts),
        }
    }
}

async fn kept(
    store: &dyn Store,
    (survey, definition): (&str, &Value),
    partials: bool,
    day: &dyn Fn(Minute) -> String,
) -> Result<Retention, StoreError> {
    let rule = Rule::of(definition);
    let own = store.erasures().await?.into_iter().filter(|erasure| erasure.survey == survey);
    let deleted = |Erasure { minute, what, number, .. }: Erasure| Deleted {
        day: day(minute),
        what: what.name(),
        number,
    };
    Ok(Retention {
        responses: rule.responses,
        texts: rule.texts,
        partials: partials.then(|| retention::days_of_partials(rule)),
        deleted: own.map(deleted).collect(),
    })
}

async fn access(store: &dyn Store, survey: &str) -> Result<Vec<Access>, StoreError> {
    let mut access = Vec::new();
    for person in store.people().await?.into_iter().filter(|person| !person.disabled) {
        for (of, role) in &person.roles.0 {
            let sees =
                person.roles.give(Right::ReadTexts, survey) || person.roles.give(Right::Download, survey);
            if sees && of.as_deref().is_none_or(|of| of == survey) {
                let may = role.name().to_owned();
                access.push(Access { who: "person", name: person.name.clone(), may });
            }
        }
    }
    let opens = |token: &TokenRecord| {
        token.surveys.as_ref().is_none_or(|surveys| surveys.iter().any(|other| other == survey))
    };
    for token in store.tokens().await?.into_iter().filter(opens) {
        access.push(Access { who: "token", may: token.scope.name().to_owned(), name: token.name });
    }
    Ok(access)
}

async fn taken(store: &dyn Store, survey: &str, day: &dyn Fn(Minute) -> String) -> Result<Taken, StoreError> {
    let (mut taken, mut before) = (Taken::default(), None);
    loop {
        let deeds = store.deeds(before, DEEDS).await?;
        for (_, deed) in deeds.iter().filter(|(_, deed)| deed.survey.as_deref() == Some(survey)) {
            let count = match deed.act {
                Act::Downloaded => &mut taken.downloads,
                Act::ReadTexts => &mut taken.texts_read,
                _ => continue,
            };
            *count += 1;
            taken.last.get_or_insert_with(|| day(deed.minute));
        }
        match deeds.last() {
            Some((number, _)) if deeds.len() == DEEDS => before = Some(*number),
            _ => return Ok(taken),
        }
    }
}
