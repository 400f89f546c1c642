//! What stands in the record of a matter: how it stands, what was done, and, weeks after the answer, the question whether it was
//! solved.

use super::{Block, DO, MOST_SAID, NUMBER, RECEIPT, SOLVED, TEXT, Typed, asks, error};
use crate::clock::Minute;
use crate::edition::Current;
use crate::http::document::escape;
use crate::http::{App, forum, meeting};
use crate::mechanism::forum::{Forum, read};
use crate::mechanism::reception::Reception;
use crate::mechanism::reception::deed::Solved;
use crate::refusal::Refusal;
use crate::store::{Matter, MatterEvent};
use matter::State;
use qulaq::Words;
use serde_json::Value;
use survey::calendar::Date;

/// The record of one matter.
pub(super) struct Record<'a> {
    app: &'a App,
    current: &'a Current,
    block: &'a Block<'a>,
    words: &'a Words,
    matter: Matter,
    events: Vec<MatterEvent>,
    /// What the citizen wrote, and in which language.
    said: Option<(String, String)>,
    /// What a registration for a meeting says of itself, as HTML.
    registration: String,
    asks: bool,
}

impl<'a> Record<'a> {
    /// As it is now.
    pub(super) async fn of(
        app: &'a App,
        current: &'a Current,
        (block, words): (&'a Block<'a>, &'a Words),
        matter: Matter,
    ) -> Result<Self, Refusal> {
        let events = app.store.matter_events(&matter.survey, matter.number).await;
        let mut events = events.map_err(Refusal::of_store)?;
        events.retain(|event| event.public);
        let asks = asks(app, current, &matter).await?;
        let said = said(app, current, &matter, block.lang).await?;
        let registration = meeting::registration(app, &current.edition, &matter, block.lang).await?;
        Ok(Self { app, current, block, words, matter, events, said, registration, asks })
    }

    /// The record as HTML, with what has just come of what she did.
    pub(super) fn draw(&self, typed: &Typed, told: Option<&str>) -> String {
        let thanks = told.filter(|key| key.starts_with("thanks")).map(|key| {
            format!("<p class=\"said\" role=\"status\" tabindex=\"-1\" autofocus>{}</p>\n", self.word(key))
        });
        let again =
            format!("<p><a href=\"{}\" data-here>{}</a></p>\n", self.block.address(), self.word("again"));
        let parts = [
            thanks.unwrap_or_default(),
            self.standing(),
            self.own_words(),
            self.registration.clone(),
            self.question(typed, told).unwrap_or_default(),
            self.history(),
            again,
        ];
        parts.concat()
    }

    fn word(&self, key: &str) -> String {
        escape(self.words.get(key))
    }

    fn heading(&self, key: &str) -> String {
        let level = (self.block.level + 1).clamp(2, 6);
        format!("<h{level}>{}</h{level}>\n", self.word(key))
    }

    fn reception(&self) -> Option<&Reception> {
        self.current.edition.reception.as_ref()
    }

    fn standing(&self) -> String {
        let level = (self.block.level + 1).clamp(2, 6);
        let number = [("number", self.matter.number.to_string())];
        let mut html = format!(
            "<h{level}>{}</h{level}>\n<p><b>{}</b></p>\n",
            escape(&self.words.fill("matter", &number)),
            self.word(&format!("state_{}", self.matter.state.name())),
        );
        let rows = if self.matter.state == State::Withdrawn { Vec::new() } else { self.rows() };
        if !rows.is_empty() {
            let row = |(key, value): (&str, String)| {
                format!("<dt>{}</dt><dd>{}</dd>\n", self.word(key), escape(&value))
            };
            html += &format!("<dl>\n{}</dl>\n", rows.into_iter().map(row).collect::<String>());
        }
        html
    }

    /// What is known of a matter of a reception. Of others their own pages tell more.
    fn rows(&self) -> Vec<(&'static str, String)> {
        let Some(reception) = self.reception() else { return Vec::new() };
        let (lang, matter, mut rows) = (self.block.lang, &self.matter, Vec::new());
        let topic = matter.subject.as_deref();
        let topic = topic.and_then(|code| reception.topic(&self.current.edition.survey, code, lang));
        rows.extend(topic.map(|topic| ("topic", topic.to_owned())));
        let nobody = || self.words.get("nobody").to_owned();
        rows.push(("body", matter.body.as_deref().and_then(|id| self.body(id)).unwrap_or_else(nobody)));
        let day = |day: Option<Date>| {
            day.map_or_else(|| self.words.get("no_day").to_owned(), |day| told_day(self.words, day))
        };
        rows.push(("registered", day(matter.registered)));
        if matter.state.is_open() {
            rows.push(("due", day(matter.due)));
        }
        if matter.control {
            rows.push(("control", self.words.get("yes").to_owned()));
        }
        rows
    }

    /// A body with the post of its head. Accounts are for the staff.
    fn body(&self, id: &str) -> Option<String> {
        let body = self.reception()?.body(id)?;
        let name = body.name.get(self.block.lang);
        let post = body.post.as_ref().map(|post| format!(" ({})", post.get(self.block.lang)));
        Some(format!("{name}{}", post.unwrap_or_default()))
    }

    fn own_words(&self) -> String {
        let Some((lang, text)) = &self.said else { return String::new() };
        let text = format!("<p lang=\"{}\" dir=\"auto\">{}</p>", escape(lang), lines(text));
        format!("{}<blockquote>{text}</blockquote>\n", self.heading("said"))
    }

    fn history(&self) -> String {
        let opened = self.item(self.matter.opened, &self.word("did_opened"));
        let items: String = self.events.iter().filter_map(|event| self.event(event)).collect();
        format!("{}<ol class=\"history\">\n{opened}{items}</ol>\n", self.heading("history"))
    }

    fn item(&self, minute: Minute, html: &str) -> String {
        let day = self.app.days.today(minute).map(|day| escape(&told_day(self.words, day)));
        format!("<li><p class=\"hint\">{}</p><p>{html}</p></li>\n", day.unwrap_or_default())
    }

    /// An event in words; nothing of one that is told elsewhere, or whose words were overwritten.
    fn event(&self, event: &MatterEvent) -> Option<String> {
        let said: Value = serde_json::from_str(&event.said).unwrap_or_default();
        let text = |field: &str| said[field].as_str().map(str::to_owned);
        let filled = |key: &str, values: &[(&str, String)]| lines(&self.words.fill(key, values));
        let html = match event.what.as_str() {
            "assigned" | "closed" => self.word(&format!("did_{}", event.what)),
            "forwarded" => {
                let body = text("to").and_then(|id| self.body(&id)).unwrap_or_default();
                filled("did_forwarded", &[("body", body), ("reason", text("reason")?)])
            }
            "extended" => {
                let day = Date::parse(&text("to")?)?;
                filled("did_extended", &[("date", told_day(self.words, day)), ("reason", text("reason")?)])
            }
            "control" if said["on"] == true => self.word("did_control_on"),
            "control" => self.word("did_control_off"),
            "answer" => {
                let lang = text("lang").unwrap_or_default();
                let answer =
                    format!("<span lang=\"{}\" dir=\"auto\">{}</span>", escape(&lang), lines(&text("text")?));
                format!("{}</p><p>{answer}", self.word("did_answer"))
            }
            "declined" => filled("did_declined", &[("reason", text("reason")?)]),
            "solved" => {
                let how = self.word(&format!("did_solved_{}", Solved::named(&text("how")?)?.name()));
                let more = text("text").map(|text| format!("</p><p dir=\"auto\">{}", lines(&text)));
                format!("{how}{}", more.unwrap_or_default())
            }
            _ if self.is_idea() => forum::told_event(&forum::words_of(self.block.lang), event)?,
            _ => return None,
        };
        Some(self.item(event.minute, &html))
    }

    /// Whether it is followed what becomes of an idea.
    fn is_idea(&self) -> bool {
        Forum::of(&self.current.edition).is_some()
    }

    /// The question whether it was solved, where it is time to ask.
    fn question(&self, typed: &Typed, told: Option<&str>) -> Option<String> {
        if !self.asks {
            return None;
        }
        let most = [("most", MOST_SAID.to_string())];
        let wrong = told.filter(|key| !key.starts_with("thanks"));
        let error = wrong.map(|key| error(self.block.lang, &self.words.fill(key, &most))).unwrap_or_default();
        let (invalid, focus) = match wrong {
            Some(_) => (" aria-describedby=\"follow-error\"", " autofocus"),
            None => ("", ""),
        };
        let choice = |(at, solved): (usize, Solved)| {
            let (name, focus) = (solved.name(), if at == 0 { focus } else { "" });
            let checked = if typed.solved.as_deref() == Some(name) { " checked" } else { "" };
            format!(
                "<div class=\"option\"><input type=\"radio\" id=\"solved-{name}\" name=\"{SOLVED}\" \
                 value=\"{name}\"{checked}{focus}><label for=\"solved-{name}\">{}</label></div>\n",
                self.word(&format!("solved_{name}"))
            )
        };
        let choices: String = Solved::ALL.into_iter().enumerate().map(choice).collect();
        let hidden = |name: &str, value: &str| {
            format!("<input type=\"hidden\" name=\"{name}\" value=\"{}\">", escape(value))
        };
        Some(format!(
            "{}<form method=\"post\" action=\"{}\" accept-charset=\"utf-8\">\n{}{}{}<p>{}</p>\n{error}\
             <fieldset{invalid}><legend class=\"spoken\">{}</legend>\n{choices}</fieldset>\n\
             <div class=\"question\"><label class=\"text\" for=\"solved-text\">{}</label>\n\
             <p class=\"hint\" id=\"solved-hint\">{}</p>\n\
             <textarea id=\"solved-text\" name=\"{TEXT}\" rows=\"3\" aria-describedby=\"solved-hint\">\n{}</textarea></div>\n\
             <div class=\"buttons\"><button class=\"next\" type=\"submit\">{}</button></div>\n</form>\n",
            self.heading("solved"),
            self.block.address(),
            hidden(DO, SOLVED),
            hidden(NUMBER, &typed.number),
            hidden(RECEIPT, &typed.receipt),
            self.word("solved_lead"),
            self.word("solved"),
            self.word("solved_words"),
            self.word("solved_hint"),
            escape(&typed.text),
            self.word("solved_send"),
        ))
    }
}

/// What the citizen wrote; nothing once she took it back.
async fn said(
    app: &App,
    current: &Current,
    matter: &Matter,
    lang: &str,
) -> Result<Option<(String, String)>, Refusal> {
    if let Some(forum) = Forum::of(&current.edition) {
        let idea = read(app, &forum, vec![matter.clone()]).await?.pop();
        return Ok(idea.map(|idea| (idea.lang, format!("{}\n{}", idea.title, idea.text))));
    }
    let Some(reception) = &current.edition.reception else { return Ok(None) };
    let found = app.store.responses_at(&[matter.response]).await.map_err(Refusal::of_store)?;
    let Some(response) = found.first() else { return Ok(None) };
    let edition = app.editions.version(&*app.store, &matter.survey, &response.version).await?;
    let said = reception.said(&edition.survey, response, lang);
    Ok(said.text.map(|text| (said.lang, text)))
}

/// Text with its lines.
fn lines(text: &str) -> String {
    escape(text.trim()).replace('\n', "<br>")
}

fn told_day(words: &Words, day: Date) -> String {
    words.date(day.year().into(), day.month().into(), day.day().into())
}
