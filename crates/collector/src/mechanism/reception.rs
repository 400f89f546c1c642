//! The reception of citizens (domain M7): what a definition says of it, and what a matter is when it comes in. A citizen picks a
//! topic; which body that belongs to and who is responsible there, the definition knows. What officials do is `deed`.

pub(crate) mod deed;

use super::Participation;
use crate::day::Days;
use crate::edition::Edition;
use crate::store::{NewMatter, StoredResponse, Voice};
use jiff::civil;
use matter::{Counting, Mechanism, Received, Shown, Term, WorkingDays};
use serde_json::{Map, Value};
use survey::calendar::{Date, Time};
use survey::{Answers, Question, Survey, Text};

/// Working days in which a matter is answered, unless the definition says otherwise (Administrative Procedural and
/// Process-Related Code of Kazakhstan, article 76).
const TERM: u32 = 15;

/// When an office closes that says nothing.
const CLOSES: &str = "18:30";

/// Days after an answer, after which a citizen is asked whether it helped.
const ASKS_AFTER: i32 = 30;

/// What a definition says of its reception.
#[derive(Clone, Debug)]
pub(crate) struct Reception {
    /// The question whose options are the topics.
    topic: String,
    /// The question with the matter in a few words.
    text: String,
    /// The question with what somebody needs to attend.
    needs: Option<String>,
    /// The question with when she comes, or is called.
    visit: Option<String>,
    /// The question with where she can be reached.
    phone: Option<String>,
    pub(crate) bodies: Vec<Body>,
    term: Term,
    closes: Time,
    pub(crate) appeal: Appeal,
    /// Days after an answer.
    pub(crate) asks_after: i32,
    /// The questions that ask where somebody lives.
    pub(crate) places: Vec<String>,
    /// The questions about something sensitive.
    pub(crate) sensitive: Vec<String>,
    /// Whose matters they are, and so which state may follow which.
    pub(crate) mechanism: Mechanism,
}

/// Who deals with topics.
#[derive(Clone, Debug)]
pub(crate) struct Body {
    pub(crate) id: String,
    pub(crate) name: Text,
    /// The post of its head, as citizens read it.
    pub(crate) post: Option<Text>,
    /// The account of its head.
    pub(crate) head: Option<String>,
    topics: Vec<i64>,
}

/// Whether what is said here counts as an appeal by law. The widget does not decide that: the agency says it.
#[derive(Clone, Debug)]
pub(crate) struct Appeal {
    pub(crate) registered: bool,
    /// Where to file one, or in which registry it is.
    pub(crate) text: Text,
}

/// What somebody said when she came, for whoever deals with it: the words and what belongs to the visit, and nothing else
/// that she answered (domain DC7).
#[derive(Clone, Debug, Default)]
pub(crate) struct Said {
    /// The language in which she spoke.
    pub(crate) lang: String,
    pub(crate) text: Option<String>,
    /// Questions and answers about the visit, in a language of the survey.
    pub(crate) visit: Vec<(String, String)>,
}

impl Reception {
    /// As a definition says; `None` of one that is no reception.
    pub(crate) fn of(definition: &Value) -> Option<Self> {
        if definition["mechanism"] != "reception" {
            return None;
        }
        let own = &definition["reception"];
        let name = |field: &str| own[field].as_str().map(str::to_owned);
        let days = own["term"]["days"].as_u64().and_then(|days| u32::try_from(days).ok());
        Some(Self {
            topic: name("topic")?,
            text: name("text")?,
            needs: name("needs"),
            visit: name("visit"),
            phone: name("phone"),
            bodies: own["bodies"].as_array()?.iter().filter_map(Body::of).collect(),
            term: Term { days: days.unwrap_or(TERM), counting: counting(own["term"]["counting"].as_str()) },
            closes: Time::parse(own["closes"].as_str().unwrap_or(CLOSES))?,
            appeal: Appeal {
                registered: own["appeal"]["registered"] == true,
                text: Text::read(&own["appeal"]["text"])?,
            },
            asks_after: own["asks_after"]
                .as_i64()
                .and_then(|days| days.try_into().ok())
                .unwrap_or(ASKS_AFTER),
            places: asked(definition, |question| question["type"] == "place"),
            sensitive: asked(definition, |question| question["sensitive"] == true),
            mechanism: Mechanism::Reception,
        })
    }

    /// The desk at which the matters of a survey are followed: that of its reception, or one for the questions to a meeting,
    /// which has no bodies and gives each instruction a day of its own.
    pub(crate) fn desk(edition: &Edition) -> Option<Self> {
        if let Some(reception) = &edition.reception {
            return Some(reception.clone());
        }
        let Participation { mechanism, block } = edition.participation.as_ref()?;
        let name = |field: &str| block[field].as_str().map(str::to_owned);
        if *mechanism != Mechanism::Meeting {
            return None;
        }
        Some(Self {
            topic: name("topic").unwrap_or_default(),
            text: name("question").unwrap_or_default(),
            needs: None,
            visit: None,
            phone: None,
            bodies: Vec::new(),
            term: Term { days: TERM, counting: Counting::AfterReceipt },
            closes: Time::parse(CLOSES)?,
            appeal: Appeal { registered: false, text: Text::Same(String::new()) },
            asks_after: ASKS_AFTER,
            places: Vec::new(),
            sensitive: Vec::new(),
            mechanism: *mechanism,
        })
    }

    /// The matter that answers open which came in at this time of the office. Where the calendar says nothing of a year,
    /// nobody guesses a day.
    pub(crate) fn open(
        &self,
        answers: &Answers,
        received: Received,
        days: &WorkingDays,
    ) -> Option<NewMatter> {
        let topic = answers.get(&self.topic).and_then(|answer| answer.to_value().as_i64());
        let body = topic.and_then(|topic| self.bodies.iter().find(|body| body.topics.contains(&topic)));
        let registered = received.registered(days, self.closes).ok();
        let due = registered.and_then(|registered| self.term.due(days, received, registered).ok());
        Some(NewMatter {
            year: u16::try_from(received.day.year()).ok()?,
            subject: topic.map(|topic| topic.to_string()),
            body: body.map(|body| body.id.clone()),
            responsible: body.and_then(|body| body.head.clone()),
            registered,
            due,
            shown: Shown::Waiting,
            voice: Voice::default(),
        })
    }

    /// The last day of a new term for what is taken up again at this time.
    pub(crate) fn due_again(&self, received: Received, days: &WorkingDays) -> Option<Date> {
        let registered = received.registered(days, self.closes).ok()?;
        self.term.due(days, received, registered).ok()
    }

    /// Whether it also asks where somebody lives and something sensitive, so that words beside them could tell who wrote
    /// them (domain M7, DC7). Age need not be asked besides.
    pub(crate) fn is_telling(&self) -> bool {
        !self.places.is_empty() && !self.sensitive.is_empty()
    }

    pub(crate) fn body(&self, id: &str) -> Option<&Body> {
        self.bodies.iter().find(|body| body.id == id)
    }

    /// Whether somebody is the head of the body with this id.
    pub(crate) fn is_head(&self, who: &str, body: Option<&str>) -> bool {
        let body = body.and_then(|body| self.body(body));
        body.is_some_and(|body| body.head.as_deref() == Some(who))
    }

    /// What a topic is called.
    pub(crate) fn topic<'a>(&self, survey: &'a Survey, code: &str, lang: &str) -> Option<&'a str> {
        let question = survey.question(&self.topic)?;
        let choice = question.choices.iter().find(|choice| choice.code.to_string() == code)?;
        Some(choice.text.get(lang))
    }

    /// What somebody said, in a language of the survey that she answered.
    pub(crate) fn said(&self, survey: &Survey, response: &StoredResponse, lang: &str) -> Said {
        let answers: Map<String, Value> = serde_json::from_str(&response.answers).unwrap_or_default();
        let text = answers.get(&self.text).and_then(Value::as_str).map(str::to_owned);
        let own = [&self.needs, &self.visit, &self.phone].into_iter().flatten();
        let told = own.filter_map(|name| {
            let question = survey.question(name)?;
            Some((question.text.get(lang).to_owned(), told(question, &answers, lang)?))
        });
        Said { lang: response.lang.clone(), text, visit: told.collect() }
    }
}

impl Body {
    fn of(json: &Value) -> Option<Self> {
        let topics = json["topics"].as_array()?.iter();
        Some(Self {
            id: json["id"].as_str()?.to_owned(),
            name: Text::read(&json["name"])?,
            post: Text::read(&json["post"]),
            head: json["head"].as_str().map(str::to_owned),
            topics: topics.filter_map(Value::as_i64).collect(),
        })
    }
}

/// The names of the questions of a kind.
fn asked(definition: &Value, is: impl Fn(&Value) -> bool) -> Vec<String> {
    let pages = definition["pages"].as_array().into_iter().flatten();
    let questions = pages.filter_map(|page| page["questions"].as_array()).flatten();
    questions
        .filter(|question| is(question))
        .filter_map(|question| question["name"].as_str().map(str::to_owned))
        .collect()
}

/// How a definition writes from which day on a term is counted.
fn counting(word: Option<&str>) -> Counting {
    match word {
        Some("on_registration") => Counting::OnRegistration,
        Some("after_registration") => Counting::AfterRegistration,
        _ => Counting::AfterReceipt,
    }
}

/// When something came in, by the clock of the office.
pub(crate) fn received(days: &Days, minute: crate::clock::Minute) -> Option<Received> {
    let (day, time) = days.local(minute).ok()?;
    Some(Received { day: date(day)?, time: Time::parse(&time)? })
}

fn date(day: civil::Date) -> Option<Date> {
    crate::day::in_calendar(day)
}

/// An answer in words; nothing where there is none.
pub(crate) fn told(question: &Question, answers: &Map<String, Value>, lang: &str) -> Option<String> {
    let label = |code: i64| {
        let choice = question.choices.iter().find(|choice| choice.code == code)?;
        let own = answers.get(&question.other_name()).and_then(Value::as_str).filter(|_| choice.other);
        let label = choice.text.get(lang);
        Some(own.map_or_else(|| label.to_owned(), |own| format!("{label}: {own}")))
    };
    let told = match answers.get(&question.name)? {
        Value::Array(codes) => {
            let labels: Vec<String> = codes.iter().filter_map(Value::as_i64).filter_map(label).collect();
            labels.join("; ")
        }
        Value::String(text) => text.clone(),
        value => value.as_i64().and_then(label)?,
    };
    Some(told).filter(|told| !told.is_empty())
}

#[cfg(test)]
mod tests;
