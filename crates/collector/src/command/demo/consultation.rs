//! What the demo has of a consultation before anybody has clicked: an earlier version of the draft, comments on it, and what
//! was decided about some of them.

use super::examples::Inside;
use crate::clock::Minute;
use crate::consultation;
use crate::consultation::decision::{DECIDED, Decision, Verdict};
use crate::day::Days;
use crate::digest::sha256;
use crate::edition::Edition;
use crate::mechanism;
use crate::media::{self, Files, Opened};
use crate::publication::{self, Sources};
use crate::random::{self, Random};
use crate::store::{DraftRecord, Matter, MatterEvent, MatterFilter, NewResponse, Store};
use anyhow::{Context, Result, anyhow};
use data_encoding::HEXLOWER;
use matter::Shown;
use matter::WorkingDays;
use serde_json::{Value, json};
use std::io::{Cursor, Read};
use survey::Answers;

const SURVEY: &str = "reception-rules";

/// The file that has its definition.
pub(super) const FILE: &str = "/reception-rules.json";

/// What the draft said before, in its place what it says now.
const BEFORE: [(&str, &str); 1] = [("17:00", "16:00")];

/// Who signed the demo's decisions.
const WHO: &str = "demo";

/// The draft before it was changed.
struct Earlier;

impl Files for Earlier {
    fn open(&self, path: &str) -> Result<Opened, String> {
        let mut text = String::new();
        let read = Inside.open(path)?.content.read_to_string(&mut text);
        read.map_err(|error| format!("cannot be read: {error}"))?;
        let text = BEFORE.iter().fold(text, |text, (now, before)| text.replace(now, before));
        Ok(Opened { length: text.len() as u64, content: Box::new(Cursor::new(text)) })
    }
}

/// Publishes the earlier version, comments on it, and publishes the present one; nothing where there is a version already.
pub(super) async fn seed(
    store: &dyn Store,
    definition: &str,
    sources: &Sources<'_>,
    now: Minute,
) -> Result<()> {
    if store.survey(SURVEY).await?.is_some() {
        return Ok(());
    }
    let sources = Sources { files: Some(&Earlier), ..*sources };
    let publication = publication::read_with(definition, now, &sources)
        .map_err(|faults| anyhow!("the example {SURVEY} is faulty: {}", faults[0]))?;
    media::keep(store, &publication.media, &Earlier).await?;
    consultation::keep(store, &publication, &Earlier).await?;
    let edition = Edition::read(publication.version.clone(), &publication.definition)?;
    let draft = store.draft(SURVEY, &publication.version).await?;
    store.publish(publication).await?;
    let draft = draft.context("the draft of the demo is not kept")?;
    let random = random::system();
    for (begins, lang, answers) in comments() {
        let anchor = anchor(&draft, begins)?;
        store.keep(response(&edition, (lang, anchor, answers), now, &random)?).await?;
    }
    decide(store, now).await
}

/// The anchor of the paragraph that begins so in Kazakh.
fn anchor(draft: &DraftRecord, begins: &str) -> Result<String> {
    let draft: consultation::draft::Draft = serde_json::from_str(&draft.content)?;
    let block = draft.blocks.iter().find(|block| block.text("kk").starts_with(begins));
    block.map(|block| block.anchor.clone()).with_context(|| format!("the draft has no paragraph {begins}"))
}

fn response(
    edition: &Edition,
    (lang, anchor, mut answers): (&str, String, Value),
    now: Minute,
    random: &Random,
) -> Result<NewResponse> {
    answers["paragraph"] = anchor.into();
    let fields = answers.as_object().cloned().unwrap_or_default();
    let typed = Answers::read(&edition.survey, &fields).map_err(|problems| anyhow!("{problems:?}"))?;
    let answers = survey::canonical::canonical(&typed.to_value());
    Ok(NewResponse {
        id: HEXLOWER.encode(&random::bytes::<16>(random)?),
        survey: SURVEY.to_owned(),
        version: edition.version.clone(),
        minute: now,
        lang: lang.to_owned(),
        channel: "embed".to_owned(),
        paradata: "{\"path\":\"loader\"}".to_owned(),
        // Nobody holds it.
        receipt: sha256(random::bytes::<32>(random)?),
        content: sha256(&answers),
        answers,
        quotas: Vec::new(),
        in_parts: false,
        invitation: None,
        matter: mechanism::opening(edition, &typed, (&Days::new()?, &WorkingDays::kazakhstan()?), now),
    })
}

/// Paragraphs by how they begin, languages, and what was said.
fn comments() -> Vec<(&'static str, &'static str, Value)> {
    let (hours, letter) = (
        "Қабылдау жұмыс күндері",
        "Қабылдауды кешкі сағат сегізге дейін өткізуді сұраймыз: күндіз жұмыс істейтін адам келе алмайды",
    );
    let mut all = vec![
        (
            hours,
            "ru",
            json!({"stance": 2, "comment": "Шестнадцать часов слишком рано: автобус из посёлка приходит только после обеда.", "speaker": 1, "publish": 2}),
        ),
        (
            hours,
            "kk",
            json!({"stance": 1, "comment": "Сенбі күнгі қабылдау дұрыс, бірақ екі рет болса жақсы болар еді.", "speaker": 2, "organisation": "«Тең қоғам» қоғамдық бірлестігі", "publish": 1}),
        ),
        (
            "Қабылдау орнына кіру",
            "kk",
            json!({"stance": 1, "comment": "Есіту қабілеті нашар адамдарға мәтінмен жазып көрсететін экран да керек.", "speaker": 2, "organisation": "«Үміт» қоры", "publish": 1}),
        ),
        (
            "Қабылдау орнына кіру",
            "ru",
            json!({"comment": "Кто отвечает за то, чтобы пандус зимой был очищен от снега?", "speaker": 1, "person": "Ерлан", "publish": 1}),
        ),
        (
            "Мәселе тіркелген күннен",
            "ru",
            json!({"stance": 2, "comment": "Пятнадцать рабочих дней много, если человек остался без коляски.", "speaker": 1, "publish": 2}),
        ),
        (
            "Әр мәселе бойынша",
            "kk",
            json!({"stance": 1, "comment": "Жауапты басшының телефоны да айтылсын.", "speaker": 1, "publish": 3}),
        ),
    ];
    all.extend((0..12).map(|number| {
        let ending = ["", ".", "!", ". Тұрғындар"][number % 4];
        (
            hours,
            "kk",
            json!({"stance": 2, "comment": format!("{letter}{ending}"), "speaker": 1, "publish": 2}),
        )
    }));
    all.extend((0..25).map(|number| {
        let stance = if number % 5 == 0 { 2 } else { 1 };
        ("Ашық қабылдау «бір терезе»", "kk", json!({"stance": stance, "speaker": 1, "publish": 2}))
    }));
    all
}

/// Lets through what may be published, and decides about the hours.
async fn decide(store: &dyn Store, now: Minute) -> Result<()> {
    let waiting = MatterFilter { shown: Some(Shown::Waiting), ..MatterFilter::default() };
    let matters = store.matters(SURVEY, &waiting, None, 100).await?;
    let positions: Vec<_> = matters.iter().map(|matter| matter.response).collect();
    let responses = store.responses_at(&positions).await?;
    let asks = |matter: &Matter| {
        let own = responses.iter().find(|response| response.position == matter.response);
        own.is_some_and(|own| own.answers.contains("кешкі сағат сегізге"))
    };
    let alike: Vec<&Matter> = matters.iter().filter(|matter| asks(matter)).collect();
    let first = alike.first().map(|matter| matter.number.to_string()).unwrap_or_default();
    let reason = [
        (
            "kk",
            "Қабылдау сағат 17:00-ге дейін ұзартылды. Кешкі қабылдауға қызметкер жетіспейді, оның орнына айына бір сенбі енгізілді.",
        ),
        (
            "ru",
            "Приём продлён до 17:00. Для вечернего приёма не хватает сотрудников, вместо него вводится одна суббота в месяц.",
        ),
        (
            "en",
            "Receptions now last until 17:00. There are not enough staff for evenings; one Saturday a month is added instead.",
        ),
    ];
    let reason = reason.map(|(lang, words)| (lang.to_owned(), words.to_owned())).into();
    let decision = Decision { verdict: Verdict::Partly, reason, changed: None, alike: alike.len(), first };
    for matter in &matters {
        let decided = asks(matter);
        let (state, what, said) = if decided {
            (decision.verdict.state(), DECIDED, decision.said())
        } else {
            (matter.state, "shown", "{}".to_owned())
        };
        let after = Matter { state, shown: Shown::Shown, ..matter.clone() };
        let (who, what) = (WHO.to_owned(), what.to_owned());
        let event = MatterEvent { revision: 0, minute: now, who, what, said, public: true };
        store.change_matter(matter, after, event).await?;
    }
    Ok(())
}
