//! One idea before a moderator: what it says, and what can be decided about it, by the keyboard alone.

use super::mechanism;
use crate::edition::Current;
use crate::http::console::guard::Console;
use crate::http::console::markup::{Element, el};
use crate::http::console::parts::{Field, cell, hidden, select};
use crate::mechanism::forum::{Forum, Idea};
use matter::{MatterNumber, Mechanism, Shown};

/// The idea in a list.
pub(super) fn drawn(console: &Console, (current, forum): (&Current, &Forum), idea: &Idea) -> Element {
    let (said, survey, matter) = (&console.said, &current.edition.survey, &idea.matter);
    let number = matter.number;
    let topic = idea.topic(forum, survey, survey.language(&said.lang));
    let place = idea.place(forum, survey, survey.language(&said.lang));
    let state = said.get(state_key(matter.state)).to_owned();
    let same = matter.same_as.map(|other| said.fill("says_the_same", &[("number", &other.to_string())]));
    let time = said.time(&console.app.days, matter.opened);
    let facts = [Some(number.to_string()), Some(time), Some(state), topic, place, same];
    let facts: Vec<String> = facts.into_iter().flatten().collect();
    let words = |text: &str| el("p").attr("lang", &idea.lang).attr("dir", "auto").text(text);
    let title = el("h3").attr("id", &format!("idea-{number}")).attr("lang", &idea.lang).attr("dir", "auto");
    el("li")
        .child(title.text(&idea.title))
        .children((!idea.text.is_empty()).then(|| words(&idea.text)))
        .child(el("p").class("hint").text(&facts.join(" · ")))
        .child(hidden("number", &number.to_string()))
        .child(hidden(&format!("revision-{number}"), &matter.revision.to_string()))
        .child(decisions(console, (forum, mechanism(current)), idea))
}

/// What can be decided, and the fields that a decision needs.
fn decisions(console: &Console, (forum, mechanism): (&Forum, Mechanism), idea: &Idea) -> Element {
    let (said, number) = (&console.said, idea.matter.number);
    let offered: &[(&str, &str)] = match idea.matter.shown {
        Shown::Waiting => {
            &[("", "decide_later"), ("show", "decide_show"), ("hide", "decide_hide"), ("link", "decide_link")]
        }
        Shown::Shown => &[
            ("", "decide_nothing"),
            ("move", "decide_move"),
            ("link", "decide_link"),
            ("hide", "decide_hide"),
        ],
        Shown::Hidden => &[("", "decide_nothing"), ("appeal", "decide_appeal"), ("show", "decide_show")],
    };
    // What was posted and could not be done stands there again.
    let posted = console.fields.get(&format!("decision-{number}")).to_owned();
    let option = |(value, key): &(&str, &'static str)| {
        let id = format!("decision-{number}-{value}");
        let radio = el("input")
            .attr("type", "radio")
            .attr("id", &id)
            .attr("name", &format!("decision-{number}"))
            .attr("value", value)
            .flag("checked", *value == posted);
        el("div").class("option").child(radio).child(el("label").attr("for", &id).child(cell(said.get(key))))
    };
    let legend =
        el("legend").class("text").text(&said.fill("decision_on", &[("number", &number.to_string())]));
    let offers = |decision: &str| offered.iter().any(|(value, _)| *value == decision);
    let fields = [
        offers("hide").then(|| rules(console, forum, number)).flatten(),
        offers("link").then(|| same(console, number)),
        offers("move").then(|| states(console, mechanism, idea)).flatten(),
        (offers("move") || offers("appeal")).then(|| text(console, number)),
    ];
    el("fieldset")
        .class("question")
        .attr("aria-describedby", &format!("idea-{number}"))
        .child(legend)
        .child(el("div").class("options").children(offered.iter().map(option)))
        .children(fields.into_iter().flatten())
}

/// The public rules, in the language of the moderator.
fn rules(console: &Console, forum: &Forum, number: MatterNumber) -> Option<Element> {
    let (said, name) = (&console.said, format!("rule-{number}"));
    let rules = forum.rules(&said.lang);
    if rules.is_empty() {
        return None;
    }
    let places: Vec<String> = (0..rules.len()).map(|place| place.to_string()).collect();
    let options = places.iter().map(String::as_str).zip(rules);
    let options: Vec<(&str, &str)> = std::iter::once(("", said.get("no_rule"))).chain(options).collect();
    Some(select(&name, said.get("by_rule"), &options, console.fields.get(&name)))
}

fn same(console: &Console, number: MatterNumber) -> Element {
    let name = format!("same-{number}");
    Field { value: console.fields.raw(&name), ..Field::text(&name, console.said.get("same_number")) }
        .element()
}

fn states(console: &Console, mechanism: Mechanism, idea: &Idea) -> Option<Element> {
    let (said, name) = (&console.said, format!("state-{}", idea.matter.number));
    let next = mechanism.after(idea.matter.state);
    if next.is_empty() {
        return None;
    }
    let options: Vec<(&str, &str)> =
        next.iter().map(|state| (state.name(), said.get(state_key(*state)))).collect();
    Some(select(&name, said.get("next_state"), &options, console.fields.get(&name)))
}

fn text(console: &Console, number: MatterNumber) -> Element {
    let name = format!("text-{number}");
    let label = el("label").class("text").attr("for", &name).text(console.said.get("reason_or_note"));
    let area = el("textarea").attr("id", &name).attr("name", &name).attr("rows", "3");
    let hint =
        el("p").class("hint").attr("id", &format!("{name}-hint")).text(console.said.get("everybody_reads"));
    let area = area.attr("aria-describedby", &format!("{name}-hint")).text(console.fields.raw(&name));
    el("div").class("question").child(label).child(hint).child(area)
}

/// The key of the words of a state.
fn state_key(state: matter::State) -> &'static str {
    match state {
        matter::State::Received => "idea_received",
        matter::State::Checked => "idea_checked",
        matter::State::Assigned => "idea_assigned",
        matter::State::Answered => "idea_answered",
        matter::State::Implemented => "idea_implemented",
        _ => "idea_declined",
    }
}
