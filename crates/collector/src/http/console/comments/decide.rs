//! Decides about comments, and lets everybody read them or not: one, or all that say the same. Of two officials at once the
//! second is told and loses nothing of what was typed.

use super::super::guard::Console;
use super::super::parts;
use super::group::{Typed, is_decided};
use super::{About, paragraph, path};
use crate::consultation::comments::{Comment, of_matters};
use crate::consultation::decision::{DECIDED, Decision, Verdict};
use crate::http::query::SurveyId;
use crate::people::deed::Act;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::{Changed, Matter, MatterEvent, Position};
use axum::Extension;
use axum::response::Response;
use matter::Shown;
use serde_json::json;
use std::sync::Arc;

/// Comments that are changed by one form at most: some seconds. Of more the official is told, and sends the form again.
const AT_ONCE: usize = 1_000;

/// Matters read at a time.
const BATCH: usize = 500;

/// Characters of a reason at most.
const LONGEST: usize = 5_000;

pub(in super::super) async fn post(
    Extension(console): Extension<Arc<Console>>,
    SurveyId(survey): SurveyId,
) -> Result<Response, Refusal> {
    let about = About::of(&console, &survey).await?.ok_or(Refusal::Malformed)?;
    let number = console.fields.get("number").parse().map_err(|_| Refusal::Malformed)?;
    let matter = console.app.store.matter(&survey, number).await.map_err(Refusal::of_store)?;
    let matter = matter.ok_or(Refusal::Malformed)?;
    let (right, act) = match console.fields.get("do") {
        "decide" => (Right::Handle, Act::ChangedMatter),
        "moderate" => (Right::Moderate, Act::Moderated),
        _ => return Err(Refusal::Malformed),
    };
    if !console.may(right, &survey) {
        return Ok(parts::forbidden(&console));
    }
    if console.fields.get("revision") != matter.revision.to_string() {
        return refused(&about, &matter, "comment_stale").await;
    }
    let wanted =
        if act == Act::Moderated { moderated(&about, &matter).await? } else { decided(&about, &matter) };
    let change = match wanted {
        Ok(change) => change,
        Err(key) => return refused(&about, &matter, key).await,
    };
    let Some(done) = carry_out(&about, matter.clone(), &change).await? else {
        return refused(&about, &matter, "comment_stale").await;
    };
    console.did(act, Some(&survey), &format!("{number}: {} ({})", change.told(), done.count)).await?;
    let told = match act {
        _ if done.left => "comments_left",
        Act::Moderated => "comment_moderated",
        _ => "comment_decided",
    };
    let pairs =
        [("about", console.fields.get("about")), ("page", console.fields.get("page")), ("told", told)];
    Ok(console.go(&path(&survey), &pairs))
}

/// What is to be done with comments.
enum Change {
    Decide(Decision),
    Show,
    /// With the reason.
    Hide(String),
}

impl Change {
    fn told(&self) -> &'static str {
        match self {
            Self::Decide(decision) => decision.verdict.name(),
            Self::Show => "shown",
            Self::Hide(_) => "hidden",
        }
    }

    /// Whether there is anything to do to a comment that says the same as the one that was seen.
    fn concerns(&self, matter: &Matter) -> bool {
        match self {
            Self::Decide(_) => !is_decided(matter),
            Self::Show => matter.shown != Shown::Shown,
            Self::Hide(_) => matter.shown != Shown::Hidden,
        }
    }

    /// The matter after it, and what its history says.
    fn of(&self, matter: &Matter, (who, minute): (&str, crate::clock::Minute)) -> (Matter, MatterEvent) {
        let (after, what, said) = match self {
            Self::Decide(decision) => {
                (Matter { state: decision.verdict.state(), ..matter.clone() }, DECIDED, decision.said())
            }
            Self::Show => (Matter { shown: Shown::Shown, ..matter.clone() }, "shown", "{}".to_owned()),
            Self::Hide(reason) => {
                let said = json!({ "reason": reason }).to_string();
                (Matter { shown: Shown::Hidden, ..matter.clone() }, "hidden", said)
            }
        };
        let revision = matter.revision + 1;
        let event =
            MatterEvent { revision, minute, who: who.to_owned(), what: what.to_owned(), said, public: true };
        (Matter { revision, ..after }, event)
    }
}

/// The decision that the form asks for; the key of what is wrong with it otherwise.
fn decided(about: &About, matter: &Matter) -> Result<Change, &'static str> {
    let (fields, number) = (&about.console.fields, matter.number.to_string());
    let verdict = Verdict::named(fields.get(&format!("decision-{number}"))).ok_or("decision_missing")?;
    let languages = &about.current.edition.survey.languages;
    let reason = |lang: &String| {
        let words = fields.get(&format!("reason-{number}-{lang}")).to_owned();
        (!words.is_empty()).then(|| (lang.clone(), words))
    };
    let reason: std::collections::BTreeMap<String, String> = languages.iter().filter_map(reason).collect();
    if verdict.needs_reason() && reason.len() < languages.len() {
        return Err("reason_missing");
    }
    if reason.values().any(|words| words.chars().count() > LONGEST) {
        return Err("reason_long");
    }
    let changed = fields.get(&format!("changed-{number}"));
    if !changed.is_empty() && about.draft.block(changed).is_none() {
        return Err("paragraph_unknown");
    }
    let changed = (!changed.is_empty()).then(|| changed.to_owned());
    Ok(Change::Decide(Decision { verdict, reason, changed, alike: 1, first: number }))
}

/// What the form asks for: everybody may read it, or nobody, for a reason. Never what its author keeps to the agency.
async fn moderated(about: &About, matter: &Matter) -> Result<Result<Change, &'static str>, Refusal> {
    let fields = &about.console.fields;
    let comment = of_matters(&*about.console.app.store, vec![matter.clone()]).await?.pop();
    if !comment.is_some_and(|comment| comment.may_be_published(&about.consultation)) {
        return Ok(Err("comment_private"));
    }
    if fields.get("shown") == "1" {
        return Ok(Ok(Change::Show));
    }
    let why = fields.get(&format!("why-{}", matter.number));
    if why.is_empty() || why.chars().count() > LONGEST {
        return Ok(Err("why_missing"));
    }
    Ok(Ok(Change::Hide(why.to_owned())))
}

/// How far it came.
struct Done {
    count: usize,
    /// Whether more say the same than one form changes.
    left: bool,
}

/// Changes the comment that was seen, and then those that say the same. `None`, and nothing is changed, when somebody else
/// was quicker with the first.
async fn carry_out(about: &About, matter: Matter, change: &Change) -> Result<Option<Done>, Refusal> {
    let console = &about.console;
    let others =
        if console.fields.get("all") == "1" { others(about, &matter, change).await? } else { Vec::new() };
    let left = others.len() > AT_ONCE;
    let others: Vec<Comment> = others.into_iter().take(AT_ONCE).collect();
    let change = match change {
        Change::Decide(decision) => &Change::Decide(Decision { alike: others.len() + 1, ..decision.clone() }),
        other => other,
    };
    if !changes(console, &matter, change).await? {
        return Ok(None);
    }
    let mut count = 1;
    for comment in &others {
        // Somebody decided about this one at the same moment: that stands.
        count += usize::from(changes(console, &comment.matter, change).await?);
    }
    Ok(Some(Done { count, left }))
}

async fn changes(console: &Console, matter: &Matter, change: &Change) -> Result<bool, Refusal> {
    let (after, event) = change.of(matter, (&console.signed.person.name, (console.app.clock)()));
    let changed = console.app.store.change_matter(matter, after, event).await.map_err(Refusal::of_store)?;
    Ok(matches!(changed, Changed::Done(_)))
}

/// The other comments that say the same and that it concerns, at most one more than are changed at once.
async fn others(about: &About, matter: &Matter, change: &Change) -> Result<Vec<Comment>, Refusal> {
    let store = &*about.console.app.store;
    let responses = {
        let app = &about.console.app;
        let board = app.boards.of(Arc::clone(&app.store), about.survey(), &about.consultation).await?;
        let mut groups = board.groups(about.console.fields.get("about"));
        let own = groups.find(|group| group.responses.contains(&matter.response));
        own.map(|group| group.responses.clone()).unwrap_or_default()
    };
    let others: Vec<Position> =
        responses.into_iter().filter(|response| *response != matter.response).collect();
    let mut matters = Vec::new();
    for batch in others.chunks(BATCH) {
        let some = store.matters_at(about.survey(), batch).await.map_err(Refusal::of_store)?;
        matters.extend(some.into_iter().filter(|other| change.concerns(other)));
        if matters.len() > AT_ONCE {
            break;
        }
    }
    let comments = of_matters(store, matters).await?;
    // What its author keeps to the agency is decided about like anything else, and is shown to nobody.
    let fits = |comment: &Comment| {
        matches!(change, Change::Decide(_)) || comment.may_be_published(&about.consultation)
    };
    Ok(comments.into_iter().filter(fits).collect())
}

/// The page again, with what was typed.
async fn refused(about: &About, matter: &Matter, key: &'static str) -> Result<Response, Refusal> {
    let console = &about.console;
    let told = parts::refused(console, console.said.get(key));
    let page = console.fields.get("page").parse().unwrap_or(0);
    let typed = Typed { response: matter.response };
    paragraph(about, console.fields.get("about"), page, (Some(told), Some(typed))).await
}
