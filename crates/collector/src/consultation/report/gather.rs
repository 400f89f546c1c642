//! Gathers what a report says out of the store.

use super::{Changed, Point, Report};
use crate::clock::Minute;
use crate::consultation::board::{Board, Group};
use crate::consultation::comments::{decided, of_matters};
use crate::consultation::draft::{Block, Draft};
use crate::consultation::sums::Sums;
use crate::consultation::{AGREES, Consultation, diff, of_edition, words};
use crate::day::Days;
use crate::edition::Edition;
use crate::refusal::Refusal;
use crate::store::{Matter, MatterFilter, Position, Store};
use matter::{Shown, WorkingDays};
use qulaq::Words;
use std::collections::BTreeMap;

/// Matters read at a time.
const BATCH: usize = 500;

/// Which report is wanted.
pub(crate) struct Wanted<'a> {
    /// The current version of the survey.
    pub(crate) edition: &'a Edition,
    pub(crate) consultation: &'a Consultation,
    /// A language of the survey.
    pub(crate) lang: &'a str,
    pub(crate) now: Minute,
}

/// The report as everything is now.
pub(crate) async fn gather(
    store: &dyn Store,
    (days, board): (&Days, &Board),
    wanted: &Wanted<'_>,
) -> Result<Report, Refusal> {
    let Wanted { edition, lang, now, .. } = *wanted;
    let words = words::of(lang);
    let draft = of_edition(store, edition).await?.unwrap_or_default();
    let matters = matters(store, &edition.survey.id).await?;
    let sums = Sums::of(store, &edition.survey.id).await?;
    let mut report = Report {
        lang: lang.to_owned(),
        title: edition.survey.title.get(lang).to_owned(),
        agency: edition.survey.agency.as_ref().map(|agency| agency.get(lang).to_owned()),
        made: words::day_of(&words, days, now),
        term: term(edition, days, &words),
        ..Report::default()
    };
    for anchor in in_order(&sums, &draft) {
        let sum = sums.paragraph(anchor);
        if anchor.is_empty() {
            report.general = sum.persons + sum.organisations;
        }
        report.persons += sum.persons;
        report.organisations += sum.organisations;
        let groups: Vec<&Group> = board.groups(anchor).collect();
        if groups.is_empty() {
            continue;
        }
        let name = named(store, (edition, &draft), anchor, (lang, &words)).await?;
        for groups in groups.chunks(BATCH) {
            report.points.extend(points(store, (&matters, groups), wanted, (&name, &words)).await?);
        }
    }
    report.changes = changes(store, edition, &draft, (lang, &words)).await?;
    Ok(report)
}

/// Every matter, by its response.
async fn matters(store: &dyn Store, survey: &str) -> Result<BTreeMap<Position, Matter>, Refusal> {
    let (mut all, mut after) = (BTreeMap::new(), None);
    loop {
        let batch = store.matters(survey, &MatterFilter::default(), after, BATCH).await;
        let batch = batch.map_err(Refusal::of_store)?;
        let is_last = batch.len() < BATCH;
        after = batch.last().map(|matter| matter.number);
        all.extend(batch.into_iter().map(|matter| (matter.response, matter)));
        if is_last {
            return Ok(all);
        }
    }
}

/// What was spoken to: the draft from beginning to end, what is no longer in it, and the whole of it.
fn in_order<'a>(sums: &'a Sums, draft: &'a Draft) -> Vec<&'a str> {
    let own = draft.blocks.iter().map(|block| block.anchor.as_str());
    let mut gone: Vec<&str> =
        sums.anchors().filter(|anchor| !anchor.is_empty() && draft.block(anchor).is_none()).collect();
    gone.sort_unstable();
    own.chain(gone).chain([""]).collect()
}

/// How a paragraph is called.
async fn named(
    store: &dyn Store,
    (edition, draft): (&Edition, &Draft),
    anchor: &str,
    (lang, words): (&str, &Words),
) -> Result<String, Refusal> {
    if anchor.is_empty() {
        return Ok(words.get("report_whole").to_owned());
    }
    if let (Some(block), Some(place)) = (draft.block(anchor), draft.place(anchor)) {
        return Ok(name(words, place, &block.text(lang)));
    }
    let was = earlier(store, &edition.survey.id).await?;
    let block = was.iter().find_map(|draft| draft.block(anchor));
    Ok(block.map(|block| block.text(lang)).unwrap_or_default())
}

fn name(words: &Words, place: usize, text: &str) -> String {
    words.fill("report_paragraph", &[("n", place.to_string()), ("text", text.to_owned())])
}

/// All drafts there were, the last first.
async fn earlier(store: &dyn Store, survey: &str) -> Result<Vec<Draft>, Refusal> {
    let records = store.drafts(survey).await.map_err(Refusal::of_store)?;
    Ok(records.iter().filter_map(|record| serde_json::from_str(&record.content).ok()).collect())
}

/// What each group says, by the first of it that its author lets be published and that is not hidden; without its words where
/// there is none.
async fn points(
    store: &dyn Store,
    (matters, groups): (&BTreeMap<Position, Matter>, &[&Group]),
    wanted: &Wanted<'_>,
    (paragraph, words): (&str, &Words),
) -> Result<Vec<Point>, Refusal> {
    let Wanted { consultation, lang, .. } = *wanted;
    let mut alike = BTreeMap::new();
    let mut firsts = Vec::new();
    for group in groups {
        let own: Vec<&Matter> = group.responses.iter().filter_map(|response| matters.get(response)).collect();
        // What its author keeps to the agency is hidden from the beginning.
        let open = own.iter().find(|matter| matter.shown != Shown::Hidden);
        if let Some(first) = open.or(own.first()) {
            alike.insert(first.response, own.len());
            firsts.push((*first).clone());
        }
    }
    let mut points = Vec::new();
    for first in of_matters(store, firsts).await? {
        let decision = decided(store, &first).await?;
        let told = first.may_be_told(consultation);
        let stance =
            first.stance(consultation).map(|stance| if stance == AGREES { "agrees" } else { "disagrees" });
        let verdict = decision.as_ref().map_or("waiting", |decision| decision.verdict.name());
        points.push(Point {
            number: first.matter.number.to_string(),
            paragraph: paragraph.to_owned(),
            who: first.who(consultation, words),
            stance: stance.map(|key| words.get(key).to_owned()).unwrap_or_default(),
            text: told.then(|| first.text(consultation).to_owned()),
            alike: alike.get(&first.matter.response).copied().unwrap_or(1),
            decision: words.get(&format!("decision_{verdict}")).to_owned(),
            reason: decision.map(|decision| decision.reason_in(lang).to_owned()).unwrap_or_default(),
        });
    }
    Ok(points)
}

/// What is another in the draft now than in the first one.
async fn changes(
    store: &dyn Store,
    edition: &Edition,
    now: &Draft,
    (lang, words): (&str, &Words),
) -> Result<Vec<Changed>, Refusal> {
    let drafts = earlier(store, &edition.survey.id).await?;
    let Some(first) = drafts.last() else { return Ok(Vec::new()) };
    let changed = |(place, block): (usize, &Block)| {
        let (was, is) = (first.block(&block.anchor).map(|block| block.text(lang)), block.text(lang));
        let paragraph = match was {
            Some(_) => name(words, place + 1, ""),
            None => format!("{} {}", name(words, place + 1, ""), words.get("report_new")),
        };
        let was = was.unwrap_or_default();
        (was != is).then(|| Changed { paragraph, changes: diff::between(&was, &is) })
    };
    let mut all: Vec<Changed> = now.blocks.iter().enumerate().filter_map(changed).collect();
    let gone = first.blocks.iter().enumerate().filter(|(_, block)| now.block(&block.anchor).is_none());
    all.extend(gone.map(|(place, block)| Changed {
        paragraph: name(words, place + 1, ""),
        changes: diff::between(&block.text(lang), ""),
    }));
    Ok(all)
}

/// When comments were taken, and how many working days that were.
fn term(edition: &Edition, days: &Days, words: &Words) -> String {
    let minute = |local: &Option<String>| days.minute(local.as_deref()?).ok();
    let (Some(opens), Some(closes)) = (minute(&edition.survey.opens), minute(&edition.survey.closes)) else {
        return words.get("report_no_term").to_owned();
    };
    let last = Minute(closes.0 - 1);
    let said = [("opens", words::day_of(words, days, opens)), ("closes", words::day_of(words, days, last))];
    let between = || {
        let (first, last) = (days.today(opens)?, days.today(last)?);
        WorkingDays::kazakhstan().ok()?.between(first, last).ok()
    };
    match between() {
        Some(n) => {
            let [opens, closes] = said;
            words.fill("report_open", &[opens, closes, ("n", words.number(&n.to_string()))])
        }
        None => words.fill("report_open_unknown", &said),
    }
}
