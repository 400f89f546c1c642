//! What a demo knows of page feedback and of a ballot: answers about some pages over eight weeks, and votes that came by code.

use crate::clock::{self, Minute};
use crate::digest::sha256;
use crate::invitation::{self, Wanted};
use crate::key::Key;
use crate::random;
use crate::store::{BallotCount, NewResponse, Position, Store};
use anyhow::{Context, Result};
use data_encoding::HEXLOWER;
use serde_json::{Value, json};
use survey::canonical::canonical;

const FEEDBACK: &str = "page-feedback";
const BALLOT: &str = "yard-budget";

/// Minutes of an hour and of eight weeks.
const HOUR: i64 = 60;
const WEEKS: i64 = 8 * 7 * 24 * HOUR;

/// Pages with how many said yes, no, and that there is a problem.
const PAGES: [(&str, [i64; 3]); 6] = [
    ("/kk/qyzmetter", [14, 9, 6]),
    ("/ru/uslugi", [31, 4, 2]),
    ("/kk/qabyldau/kezek", [6, 11, 9]),
    ("/ru/dokumenty/tsr", [12, 10, 1]),
    ("/kk/zhanalyqtar", [22, 2, 0]),
    ("/ru/kontakty", [3, 1, 0]),
];

/// What was written, in turn, by those who said that there is a problem.
const WRITTEN: [(&str, &str, &str); 6] = [
    ("kk", "Кресло-арбаға өтінім беру", "Батырма басылмайды, телефонда мүлде көрінбейді"),
    ("kk", "Кезекке жазылу", "Күнді таңдағаннан кейін бет бос қалады"),
    ("ru", "Скачать бланк заявления", "Ссылка на бланк не открывается"),
    ("kk", "Қабылдау уақытын білу", "Екі беттегі жұмыс уақыты екі түрлі"),
    ("ru", "Узнать, куда идти", "Нет адреса отделения, есть только телефон"),
    ("kk", "Құжаттар тізімін табу", "+7 балл қоюға болмайды, мәтін тым ұсақ"),
];

/// Votes: how many chose these projects.
const VOTES: [(usize, &[i64]); 5] =
    [(24, &[1, 4, 5]), (19, &[2, 4]), (16, &[1, 3, 6]), (15, &[2, 5, 6]), (11, &[3, 4, 5])];

/// Fills both, unless there is anything in them. Gives a code that nobody has used.
pub(super) async fn seed(store: &dyn Store) -> Result<Option<String>> {
    let now = (clock::system())();
    feedback(store, now).await?;
    ballot(store, now).await
}

async fn is_empty(store: &dyn Store, survey: &str) -> Result<bool> {
    Ok(store.responses(survey, Position::default(), 1).await?.is_empty())
}

async fn feedback(store: &dyn Store, now: Minute) -> Result<()> {
    if !is_empty(store, FEEDBACK).await? {
        return Ok(());
    }
    let mut written = WRITTEN.iter().cycle();
    let mut said = Vec::new();
    for (page, [yes, no, problems]) in PAGES {
        for (useful, times) in [(1, yes), (0, no), (2, problems)] {
            for _ in 0..times {
                let mut answers = json!({"page": page, "useful": useful});
                let mut lang = &page[1..3];
                if let (2, Some((of, doing, wrong))) = (useful, written.next()) {
                    lang = of;
                    answers["doing"] = Value::from(*doing);
                    answers["wrong"] = Value::from(*wrong);
                }
                said.push((lang.to_owned(), answers));
            }
        }
    }
    let all = i64::try_from(said.len())?;
    for (at, (lang, answers)) in (0..).zip(said) {
        // Each page has answers of every week: a step that shares no factor with how many there are.
        let age = WEEKS * ((at * 37) % all) / all;
        keep(store, FEEDBACK, &lang, (&answers, Minute(now.0 - age)), None).await?;
    }
    Ok(())
}

async fn ballot(store: &dyn Store, now: Minute) -> Result<Option<String>> {
    let key = Key::of_store(store, &random::system()).await?;
    if !is_empty(store, BALLOT).await? {
        return Ok(None);
    }
    let wanted =
        Wanted { survey: BALLOT.to_owned(), batch: "Абай 15".to_owned(), count: 120, expires: None };
    let made = (Minute(now.0 - WEEKS), &random::system());
    let mut codes = invitation::issue(store, &key, made, wanted).await?;
    let free = codes.pop().map(|code| code.printed());
    let votes = VOTES.iter().flat_map(|(times, projects)| vec![*projects; *times]);
    for (at, (projects, code)) in (0..).zip(votes.zip(codes)) {
        let answers = json!({"district": 1 + at % 3, "projects": projects});
        let minute = Minute(now.0 - WEEKS / 4 + at * HOUR);
        let known_by = key.of_invitation(BALLOT, code.reveal());
        keep(store, BALLOT, "kk", (&answers, minute), Some(known_by)).await?;
    }
    let (survey, batch, who) = (BALLOT.to_owned(), "Әкімдік".to_owned(), "demo".to_owned());
    store.count_ballots(BallotCount { survey, batch, issued: 40, unused: 40, who, minute: now }).await?;
    Ok(free)
}

async fn keep(
    store: &dyn Store,
    survey: &str,
    lang: &str,
    (answers, minute): (&Value, Minute),
    invitation: Option<crate::store::Digest>,
) -> Result<()> {
    let record = store.survey(survey).await?.context("the demo has published it")?;
    let id = HEXLOWER.encode(&random::bytes::<16>(&random::system())?);
    let answers = canonical(answers);
    let response = NewResponse {
        survey: survey.to_owned(),
        version: record.version,
        minute,
        lang: lang.to_owned(),
        channel: "embed".to_owned(),
        paradata: "{}".to_owned(),
        receipt: sha256(format!("receipt {id}")),
        content: sha256(&answers),
        answers,
        id,
        quotas: Vec::new(),
        in_parts: false,
        invitation,
        matter: None,
    };
    store.keep(response).await?;
    Ok(())
}
