//! What can be done with a matter: a form each, with what was typed where something was wrong.

use super::super::super::markup::{Element, el};
use super::super::super::matters::path;
use super::super::super::parts::{Field, button, form, hidden, section, select};
use super::super::deeds::{lang_of, people};
use super::{Page, Told};
use crate::http::language;
use crate::people::rights::Right;
use crate::refusal::Refusal;
use matter::{Mechanism, State};

impl Page<'_> {
    /// The forms for what may follow, by whoever looks.
    pub(super) async fn forms(&self) -> Result<Vec<Element>, Refusal> {
        let (said, matter) = (&self.console.said, &self.seen.matter);
        let mechanism = self.seen.reception().map_or(Mechanism::Reception, |desk| desk.mechanism);
        let follows = |state: State| mechanism.after(matter.state).contains(&state);
        let controls = self.console.may(Right::Control, &matter.survey);
        let who = &self.console.signed.person.name;
        let is_theirs = matter.state == State::Assigned && matter.responsible.as_ref() == Some(who);
        let mut deal = Vec::new();
        if follows(State::Assigned) && !is_theirs {
            deal.push(self.form("take", vec![button(self.console, "next", "matter_take")]));
        }
        if follows(State::Answered) {
            let name = language::name(&lang_of(&self.seen));
            let hint = said.fill("matter_answer_hint", &[("language", &name)]);
            deal.push(self.worded("answer", ("matter_answer", Some(&hint)), "matter_answer_send"));
            let hint = said.get("matter_public_hint");
            deal.push(self.worded("decline", ("matter_decline", Some(hint)), "matter_decline_send"));
        }
        if follows(State::Implemented) {
            let hint = said.get("matter_public_hint");
            deal.push(self.worded("implement", ("matter_implement", Some(hint)), "matter_implement_send"));
        }
        if follows(State::Closed) {
            deal.push(self.form("close", vec![button(self.console, "next", "matter_close")]));
        }
        let hint = said.get("matter_not_public");
        deal.push(self.worded("note", ("matter_note", Some(hint)), "matter_note_send"));
        let mut all = vec![section(said.get("matter_deal"), deal)];
        if controls {
            all.push(section(said.get("matter_steer"), self.steering(follows(State::Assigned)).await?));
        }
        Ok(all)
    }

    /// What whoever keeps control can do besides.
    async fn steering(&self, can_be_given: bool) -> Result<Vec<Element>, Refusal> {
        let matter = &self.seen.matter;
        let mut forms = Vec::new();
        let is_meeting = self.seen.reception().is_some_and(|desk| desk.mechanism == Mechanism::Meeting);
        if can_be_given && is_meeting {
            forms.push(self.instructing().await?);
        } else if can_be_given {
            forms.push(self.giving().await?);
            forms.extend(self.forwarding());
        }
        if matter.state.is_open() {
            forms.push(self.extending());
        }
        let (on, key) = if matter.control { ("0", "matter_control_off") } else { ("1", "matter_control_on") };
        forms.push(self.form("control", vec![hidden("on", on), button(self.console, "back", key)]));
        Ok(forms)
    }

    /// Who is to do what by when, as a meeting instructs.
    async fn instructing(&self) -> Result<Element, Refusal> {
        let (said, matter) = (&self.console.said, &self.seen.matter);
        let people = people(self.console, &matter.survey).await?;
        let people: Vec<(&str, &str)> =
            people.iter().map(|person| (person.name.as_str(), person.display.as_str())).collect();
        let to = select("instruct_to", said.get("matter_responsible"), &people, self.typed("instruct_to"));
        let due = Field {
            kind: "date",
            value: self.typed("instruct_due"),
            ..Field::text("instruct_due", said.get("matter_due"))
        };
        let hint = said.get("matter_public_hint");
        let text = self.area("instruct", said.get("matter_instruction"), Some(hint));
        let send = button(self.console, "next", "matter_instruct");
        Ok(self.form("instruct", vec![text, to, due.element(), send]))
    }

    async fn giving(&self) -> Result<Element, Refusal> {
        let (said, matter) = (&self.console.said, &self.seen.matter);
        let people = people(self.console, &matter.survey).await?;
        let people: Vec<(&str, &str)> =
            people.iter().map(|person| (person.name.as_str(), person.display.as_str())).collect();
        let typed = self.typed("to");
        let chosen = if typed.is_empty() { matter.responsible.as_deref().unwrap_or_default() } else { typed };
        let field = select("to", said.get("matter_responsible"), &people, chosen);
        Ok(self.form("give", vec![field, button(self.console, "back", "matter_give")]))
    }

    /// To another body; nothing where there is no other.
    fn forwarding(&self) -> Option<Element> {
        let (said, matter) = (&self.console.said, &self.seen.matter);
        let bodies = self.seen.reception()?.bodies.iter();
        let others = bodies.filter(|body| matter.body.as_deref() != Some(&body.id));
        let others: Vec<(&str, &str)> =
            others.map(|body| (body.id.as_str(), body.name.get(&said.lang))).collect();
        if others.is_empty() {
            return None;
        }
        let field = select("forward_to", said.get("matter_forward_to"), &others, self.typed("forward_to"));
        let reason =
            self.area("forward_reason", said.get("matter_reason"), Some(said.get("matter_public_hint")));
        Some(self.form("forward", vec![field, reason, button(self.console, "back", "matter_forward")]))
    }

    /// The term: first the day is shown that working days lead to, then it becomes so.
    fn extending(&self) -> Element {
        let said = &self.console.said;
        let reason =
            self.area("extend_reason", said.get("matter_reason"), Some(said.get("matter_public_hint")));
        if let Some(Told::Look(due)) = self.told {
            let question =
                el("p").child(el("b").text(&said.fill("matter_look", &[("day", &said.date(due))])));
            let fields = vec![
                question,
                hidden("extend_due", &due.to_text()),
                reason,
                button(self.console, "next", "matter_extend"),
            ];
            return self.form("extend", fields);
        }
        let days = Field {
            kind: "number",
            value: self.typed("extend_days"),
            ..Field::text("extend_days", said.get("matter_extend_days"))
        };
        let fields = vec![days.element(), reason, button(self.console, "back", "matter_extend_look")];
        self.form("extend-look", fields)
    }

    /// A form with one text.
    fn worded(&self, asks: &str, (label, hint): (&str, Option<&str>), send: &str) -> Element {
        let area = self.area(asks, self.console.said.get(label), hint);
        self.form(asks, vec![area, button(self.console, "back", send)])
    }

    fn form(&self, asks: &str, fields: Vec<Element>) -> Element {
        let matter = &self.seen.matter;
        let page = format!("{}/{}", path(&matter.survey), matter.number);
        let revision = hidden("revision", &matter.revision.to_string());
        form(self.console, &page, asks, std::iter::once(revision).chain(fields).collect())
    }

    /// A text of several lines, with what was typed.
    fn area(&self, name: &str, label: &str, hint: Option<&str>) -> Element {
        let hint_id = format!("{name}-hint");
        let area = el("textarea").attr("id", name).attr("name", name).attr("rows", "4").attr("dir", "auto");
        let area = if hint.is_some() { area.attr("aria-describedby", &hint_id) } else { area };
        // A browser drops the first line break in it.
        let typed = self.typed(name);
        let area = if typed.is_empty() { area } else { area.text(&format!("\n{typed}")) };
        el("div")
            .class("question")
            .child(el("label").class("text").attr("for", name).text(label))
            .children(hint.map(|hint| el("p").class("hint").attr("id", &hint_id).text(hint)))
            .child(area)
    }

    /// What was typed into a field that has not been taken.
    fn typed(&self, name: &str) -> &str {
        match self.told {
            Some(Told::Saved) | None => "",
            Some(_) => self.console.fields.raw(name),
        }
    }
}
