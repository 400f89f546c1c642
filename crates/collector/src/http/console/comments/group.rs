//! Comments that say the same: what one of them says, how many there are, and the forms by which an official decides about
//! them and lets everybody read them or not.

use super::super::markup::{Element, el};
use super::super::parts::{button, form, hidden, select};
use super::{About, PAGE, path};
use crate::consultation::board::Group;
use crate::consultation::comments::{Comment, decided, of_matters};
use crate::consultation::decision::Verdict;
use crate::consultation::words;
use crate::http::language;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use crate::store::{Matter, Position};
use matter::Shown;

/// What an official typed, for the group of this response, when it could not be done.
pub(super) struct Typed {
    pub(super) response: Position,
}

/// The groups of a page.
pub(super) struct Listed<'a> {
    pub(super) about: &'a About,
    pub(super) anchor: &'a str,
    pub(super) page: usize,
    pub(super) typed: Option<&'a Typed>,
}

/// The responses of each group on a page, the largest group first, of those of one size the earliest; and whether there are
/// further pages.
pub(super) fn largest_first<'a>(
    groups: impl Iterator<Item = &'a Group>,
    page: usize,
) -> (Vec<Vec<Position>>, bool) {
    let mut all: Vec<&Group> = groups.collect();
    all.sort_by_key(|group| std::cmp::Reverse(group.responses.len()));
    let before = page.saturating_mul(PAGE);
    let shown = all.iter().skip(before).take(PAGE).map(|group| group.responses.clone()).collect();
    (shown, all.len() > before.saturating_add(PAGE))
}

/// The comment that stands for a group: the first about which nothing was decided, or the first of all.
pub(super) async fn standing_for(about: &About, responses: &[Position]) -> Result<Option<Matter>, Refusal> {
    // Of a campaign the first few hundred tell whether any waits.
    let first: Vec<Position> = responses.iter().copied().take(LOOKED_AT).collect();
    let matters = about.console.app.store.matters_at(about.survey(), &first).await;
    let mut matters = matters.map_err(Refusal::of_store)?;
    matters.sort_by_key(|matter| (is_decided(matter), matter.number));
    Ok(matters.into_iter().next())
}

/// Comments of a group of which it is looked up whether anything was decided.
const LOOKED_AT: usize = 200;

pub(super) fn is_decided(matter: &Matter) -> bool {
    Verdict::ALL.into_iter().any(|verdict| verdict.state() == matter.state)
}

impl Listed<'_> {
    pub(super) async fn list(&self, groups: Vec<Vec<Position>>) -> Result<Vec<Element>, Refusal> {
        let console = &self.about.console;
        if groups.is_empty() {
            return Ok(vec![el("p").text(console.said.get("no_comments"))]);
        }
        let mut items = Vec::new();
        for responses in groups {
            let Some(matter) = standing_for(self.about, &responses).await? else { continue };
            let comments = of_matters(&*console.app.store, vec![matter]).await?;
            for comment in comments {
                items.push(self.item(&comment, responses.len()).await?);
            }
        }
        Ok(vec![el("ul").class("texts").children(items)])
    }

    async fn item(&self, comment: &Comment, alike: usize) -> Result<Element, Refusal> {
        let (console, said) = (&self.about.console, &self.about.console.said);
        let consultation = &self.about.consultation;
        let told = words::of(&said.lang);
        let number = comment.matter.number.to_string();
        let mut lines = vec![said.fill(
            "comment_about",
            &[("number", &number), ("who", &comment.who(consultation, &told)), ("day", &self.day(comment))],
        )];
        if alike > 1 {
            lines.push(said.fill("comment_alike", &[("n", &said.number(alike as u64))]));
        }
        let shown = match comment.matter.shown {
            _ if !comment.may_be_published(consultation) => "comment_private",
            Shown::Waiting => "comment_waiting",
            Shown::Shown => "comment_shown",
            Shown::Hidden => "comment_hidden",
        };
        lines.push(said.get(shown).to_owned());
        let decision = decided(&*console.app.store, comment).await?;
        if let Some(decision) = &decision {
            let words = told.get(&format!("decision_{}", decision.verdict.name())).to_owned();
            lines.push(format!(
                "{} {words}. {}",
                told.get("decision"),
                decision.reason_in(self.about.lang())
            ));
        }
        let lines = lines.iter().map(|line| el("p").class("hint").text(line));
        let text = el("p").attr("lang", &comment.lang).attr("dir", "auto").text(comment.text(consultation));
        let may = |right| console.may(right, self.about.survey());
        let deciding = may(Right::Handle).then(|| self.deciding(comment, alike));
        let moderating = (may(Right::Moderate) && comment.may_be_published(consultation))
            .then(|| self.moderating(comment, alike));
        Ok(el("li")
            .attr("id", &format!("c-{number}"))
            .child(text)
            .children(lines)
            .children(deciding)
            .children(moderating))
    }

    fn day(&self, comment: &Comment) -> String {
        let console = &self.about.console;
        console.app.days.of(comment.matter.opened).map(|day| console.said.day(day)).unwrap_or_default()
    }

    /// What was typed for this comment, when it could not be done.
    fn typed(&self, comment: &Comment, field: &str) -> &str {
        let is_typed = self.typed.is_some_and(|typed| typed.response == comment.matter.response);
        if is_typed { self.about.console.fields.raw(field) } else { "" }
    }

    /// What every form says: which comment, and as which revision it was seen.
    fn about_comment(&self, comment: &Comment) -> Vec<Element> {
        let matter = &comment.matter;
        vec![
            hidden("about", self.anchor),
            hidden("page", &self.page.to_string()),
            hidden("number", &matter.number.to_string()),
            hidden("revision", &matter.revision.to_string()),
        ]
    }

    fn all_alike(&self, comment: &Comment, alike: usize, kind: &str) -> Option<Element> {
        if alike < 2 {
            return None;
        }
        let said = &self.about.console.said;
        let id = format!("{kind}-all-{}", comment.matter.number);
        let tick =
            el("input").attr("type", "checkbox").attr("id", &id).attr("name", "all").attr("value", "1");
        let words = said.fill("for_all_alike", &[("n", &said.number(alike as u64))]);
        let label = el("label").attr("for", &id).text(&words);
        Some(el("div").class("tick").child(tick.flag("checked", true)).child(label))
    }

    fn deciding(&self, comment: &Comment, alike: usize) -> Element {
        let (console, said) = (&self.about.console, &self.about.console.said);
        let told = words::of(&said.lang);
        let number = comment.matter.number.to_string();
        let verdicts: Vec<(&str, String)> = Verdict::ALL
            .into_iter()
            .map(|verdict| (verdict.name(), told.get(&format!("decision_{}", verdict.name())).to_owned()))
            .collect();
        let options: Vec<(&str, &str)> = std::iter::once(("", said.get("not_decided")))
            .chain(verdicts.iter().map(|(name, words)| (*name, words.as_str())))
            .collect();
        let id = format!("decision-{number}");
        let chosen = self.typed(comment, &id);
        let reasons = self.about.current.edition.survey.languages.iter().map(|lang| {
            let id = format!("reason-{number}-{lang}");
            let label = said.fill("reason_in", &[("language", &language::name(lang))]);
            let area = el("textarea").attr("id", &id).attr("name", &id).attr("rows", "3").attr("lang", lang);
            el("div")
                .class("question")
                .child(el("label").class("text").attr("for", &id).text(&label))
                .child(area.text(&format!("\n{}", self.typed(comment, &id))))
        });
        let fields = self
            .about_comment(comment)
            .into_iter()
            .chain([select(&id, said.get("decision"), &options, chosen)])
            .chain(reasons)
            .chain(self.changed(comment))
            .chain(self.all_alike(comment, alike, "decide"))
            .chain([button(console, "next", "save_decision")])
            .collect();
        let form = form(console, &path(self.about.survey()), "decide", fields);
        let open = !chosen.is_empty();
        let summary = el("summary").text(said.get("decide")).child(spoken(&number));
        el("details").flag("open", open).child(summary).child(form)
    }

    /// Which paragraph of the draft as it is now is another for the comment: its own, unless said.
    fn changed(&self, comment: &Comment) -> Option<Element> {
        let said = &self.about.console.said;
        let lang = self.about.lang();
        let names: Vec<(&str, String)> = self
            .about
            .draft
            .blocks
            .iter()
            .filter(|block| block.is_open())
            .map(|block| (block.anchor.as_str(), super::begins(&block.text(lang))))
            .collect();
        let options: Vec<(&str, &str)> = std::iter::once(("", said.get("same_paragraph")))
            .chain(names.iter().map(|(anchor, name)| (*anchor, name.as_str())))
            .collect();
        let id = format!("changed-{}", comment.matter.number);
        let chosen = self.typed(comment, &id);
        (!names.is_empty()).then(|| select(&id, said.get("changed_paragraph"), &options, chosen))
    }

    fn moderating(&self, comment: &Comment, alike: usize) -> Element {
        let (console, said) = (&self.about.console, &self.about.console.said);
        let number = comment.matter.number.to_string();
        let id = format!("why-{number}");
        let why =
            el("input").attr("type", "text").attr("id", &id).attr("name", &id).attr("autocomplete", "off");
        let why = el("div")
            .class("question")
            .child(el("label").class("text").attr("for", &id).text(said.get("why_hidden")))
            .child(why.attr("value", self.typed(comment, &id)));
        let submit = |class: &str, value: &str, key: &str| {
            let button = el("button").class(class).attr("type", "submit").attr("name", "shown");
            button.attr("value", value).text(said.get(key)).child(spoken(&number))
        };
        let buttons = el("div").class("buttons").child(submit("next", "1", "show_comment")).child(submit(
            "back",
            "0",
            "hide_comment",
        ));
        let fields = self
            .about_comment(comment)
            .into_iter()
            .chain([why])
            .chain(self.all_alike(comment, alike, "moderate"))
            .chain([buttons])
            .collect();
        form(console, &path(self.about.survey()), "moderate", fields)
    }
}

/// What tells a button from the same one of another comment, for ears.
fn spoken(number: &str) -> Element {
    el("span").class("spoken").text(&format!(" {number}"))
}
