//! The list as a file for Excel. Words that people wrote are in it for whoever may read them, unless the survey also asks where
//! somebody lives and something sensitive: then they could be put together again with the rest (domain M7, DC7).

use super::{List, state_key};
use crate::export::for_excel;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::{Matter, MatterFilter};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::collections::HashMap;
use survey::calendar::Date;

/// Matters read at a time.
const BATCH: usize = 500;

/// What the columns are called.
const HEADS: [&str; 9] = [
    "matter_number",
    "matter_state",
    "matter_topic",
    "matter_body",
    "matter_responsible",
    "matter_registered",
    "matter_due",
    "matter_control",
    "matter_text",
];

pub(super) async fn file(list: &List<'_>, filter: &MatterFilter) -> Result<Response, Refusal> {
    let (console, survey) = (list.console, &list.survey.id);
    let texts = console.may(Right::ReadTexts, survey) && !list.reception.is_telling();
    let heads = HEADS.iter().take(HEADS.len() - usize::from(!texts));
    let mut lines: Vec<Vec<String>> = vec![heads.map(|key| console.said.get(key).to_owned()).collect()];
    let mut after = None;
    loop {
        let matters =
            console.app.store.matters(survey, filter, after, BATCH).await.map_err(Refusal::of_store)?;
        let mut words = if texts { words(list, &matters).await? } else { HashMap::new() };
        for matter in &matters {
            let text = texts.then(|| words.remove(&matter.response.0).unwrap_or_default());
            lines.push(line(list, matter).into_iter().chain(text).collect());
        }
        match matters.last() {
            Some(last) if matters.len() == BATCH => after = Some(last.number),
            _ => break,
        }
    }
    let name = format!("attachment; filename=\"{survey}-matters.csv\"");
    let about = [
        (CONTENT_TYPE, "text/csv; charset=utf-8"),
        (CONTENT_DISPOSITION, &name),
        (CACHE_CONTROL, "no-store"),
    ];
    Ok((about, for_excel(&lines)).into_response())
}

fn line(list: &List<'_>, matter: &Matter) -> Vec<String> {
    let (said, day) = (&list.console.said, |day: Option<Date>| day.map(Date::to_text).unwrap_or_default());
    let topic = matter.subject.as_deref();
    let topic = topic.and_then(|code| list.reception.topic(list.survey, code, &said.lang));
    let body = matter.body.as_deref().and_then(|id| list.reception.body(id));
    vec![
        matter.number.to_string(),
        said.get(state_key(matter.state)).to_owned(),
        topic.unwrap_or_default().to_owned(),
        body.map(|body| body.name.get(&said.lang).to_owned()).unwrap_or_default(),
        matter.responsible.clone().unwrap_or_default(),
        day(matter.registered),
        day(matter.due),
        u8::from(matter.control).to_string(),
    ]
}

/// What was written, by the position of the response.
async fn words(list: &List<'_>, matters: &[Matter]) -> Result<HashMap<i64, String>, Refusal> {
    let app = &list.console.app;
    let positions: Vec<_> = matters.iter().map(|matter| matter.response).collect();
    let mut words = HashMap::new();
    for response in app.store.responses_at(&positions).await.map_err(Refusal::of_store)? {
        let said = list.reception.said(list.survey, &response, &list.console.said.lang);
        words.extend(said.text.map(|text| (response.position.0, text)));
    }
    Ok(words)
}
