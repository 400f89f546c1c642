//! A response as it travels: the envelope around the answers.

use crate::calendar::Date;
use crate::problem::{Code, Problem};
use crate::route::Occasion;
use serde_json::{Map, Value};

/// Channels that a response can come by.
pub const CHANNELS: [&str; 6] = ["web", "embed", "chat", "paper", "phone", "assisted"];

/// A response, its envelope checked; its answers are still JSON, because typing them needs the version they answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Response {
    /// 32 lower-case hexadecimal digits made by the client; the same one again is the same response.
    pub id: String,
    /// The survey.
    pub survey: String,
    /// The version of the survey that was answered.
    pub version: String,
    /// The language it was answered in.
    pub lang: String,
    /// One of [`CHANNELS`].
    pub channel: String,
    /// Answers by variable.
    pub answers: Map<String, Value>,
    /// How the answering went, see [`PARADATA`].
    pub paradata: Map<String, Value>,
    /// The code of an invitation, as it was typed.
    pub invitation: Option<String>,
    /// The work that was done for it, as the browser gives it.
    pub work: Option<String>,
}

/// What may be told about how the answering went: `path`, one of [`PATHS`]; `active_ms`, milliseconds in which the page
/// was in view; `seed`, that of the random orders, from 0 to 4,294,967,295; and `today`, the day that the form counted
/// with; `assisted`, one of [`ASSISTANCE`]. Nothing else is taken: paradata is no place to hide a person.
pub const PARADATA: [&str; 5] = ["path", "active_ms", SEED, TODAY, ASSISTED];

/// Who helped with answering.
pub const ASSISTED: &str = "assisted";

/// Nobody, as far as the form was told; somebody of the citizen's own; somebody whose work it is.
pub const ASSISTANCE: [&str; 3] = ["none", "helper", "staff"];

/// One of [`ASSISTANCE`], by its name.
#[must_use]
pub fn assistance(name: &str) -> Option<&'static str> {
    ASSISTANCE.into_iter().find(|known| *known == name)
}

/// The seed of the random orders.
pub const SEED: &str = "seed";
/// The day that the form counted with.
pub const TODAY: &str = "today";

/// How the form worked: with WASM, by the loader without it, or as a plain page.
pub const PATHS: [&str; 3] = ["wasm", "loader", "page"];

/// The circumstances that paradata tells of.
#[must_use]
pub fn occasion(paradata: &Map<String, Value>) -> Occasion {
    let seed = paradata.get(SEED).and_then(Value::as_u64).and_then(|seed| u32::try_from(seed).ok());
    let today = paradata.get(TODAY).and_then(Value::as_str).and_then(Date::parse);
    Occasion { seed: seed.unwrap_or_default(), today }
}

impl Response {
    /// Reads the body of a response.
    ///
    /// # Errors
    /// Every problem with the envelope at once.
    pub fn read(body: &[u8]) -> Result<Self, Vec<Problem>> {
        let mut envelope = Envelope::read(body)?;
        let response = envelope.response();
        envelope.finish(response)
    }
}

/// The fields of a body that were not read yet, and what was wrong with the others.
pub(crate) struct Envelope {
    map: Map<String, Value>,
    problems: Vec<Problem>,
}

impl Envelope {
    pub(crate) fn read(body: &[u8]) -> Result<Self, Vec<Problem>> {
        match serde_json::from_slice(body) {
            Ok(Value::Object(map)) => Ok(Self { map, problems: Vec::new() }),
            _ => Err(vec![Problem::of(Code::Malformed)]),
        }
    }

    pub(crate) fn response(&mut self) -> Response {
        Response {
            id: self.id(),
            survey: self.string("survey"),
            version: self.string("version"),
            lang: self.string("lang"),
            channel: self.channel(),
            answers: self.object("answers", true),
            paradata: self.paradata(),
            invitation: self.map.contains_key("invitation").then(|| self.string("invitation")),
            work: self.map.contains_key("work").then(|| self.string("work")),
        }
    }

    fn problem(&mut self, code: Code, field: &str) {
        self.problems.push(Problem::at(code, field));
    }

    fn string(&mut self, name: &str) -> String {
        match self.map.remove(name) {
            Some(Value::String(text)) => return text,
            Some(_) => self.problem(Code::WrongType, name),
            None => self.problem(Code::MissingField, name),
        }
        String::new()
    }

    fn id(&mut self) -> String {
        let before = self.problems.len();
        let text = self.string("id");
        let id = parse_id(&text);
        if id.is_none() && self.problems.len() == before {
            self.problem(Code::BadId, "id");
        }
        id.unwrap_or_default()
    }

    fn channel(&mut self) -> String {
        let before = self.problems.len();
        let channel = self.string("channel");
        if self.problems.len() == before && !CHANNELS.contains(&channel.as_str()) {
            self.problem(Code::UnknownChannel, "channel");
        }
        channel
    }

    fn object(&mut self, name: &str, required: bool) -> Map<String, Value> {
        match self.map.remove(name) {
            Some(Value::Object(map)) => return map,
            Some(_) => self.problem(Code::WrongType, name),
            None if required => self.problem(Code::MissingField, name),
            None => {}
        }
        Map::new()
    }

    fn paradata(&mut self) -> Map<String, Value> {
        let paradata = self.object("paradata", false);
        for (name, value) in &paradata {
            let sound = match name.as_str() {
                "path" => value.as_str().is_some_and(|path| PATHS.contains(&path)),
                ASSISTED => value.as_str().and_then(assistance).is_some(),
                TODAY => value.as_str().is_some_and(|day| Date::parse(day).is_some()),
                "active_ms" | SEED => value.as_u64().is_some_and(|ms| ms <= u64::from(u32::MAX)),
                _ => {
                    self.problem(Code::UnknownField, &format!("paradata.{name}"));
                    continue;
                }
            };
            if !sound {
                self.problem(Code::WrongType, &format!("paradata.{name}"));
            }
        }
        paradata
    }

    /// A number from 1.
    pub(crate) fn count(&mut self, name: &str) -> u32 {
        let count = match self.map.remove(name) {
            Some(value) => {
                value.as_u64().and_then(|count| u32::try_from(count).ok()).filter(|count| *count > 0)
            }
            None => {
                self.problem(Code::MissingField, name);
                return 0;
            }
        };
        if count.is_none() {
            self.problem(Code::WrongType, name);
        }
        count.unwrap_or_default()
    }

    /// A list of names.
    pub(crate) fn names(&mut self, name: &str) -> Vec<String> {
        let list = match self.map.remove(name) {
            Some(Value::Array(list)) => list,
            Some(_) => {
                self.problem(Code::WrongType, name);
                return Vec::new();
            }
            None => {
                self.problem(Code::MissingField, name);
                return Vec::new();
            }
        };
        let names: Option<Vec<String>> = list.iter().map(|item| item.as_str().map(str::to_owned)).collect();
        if names.is_none() {
            self.problem(Code::WrongType, name);
        }
        names.unwrap_or_default()
    }

    /// What was read, if nothing was wrong and nothing is left.
    pub(crate) fn finish<T>(mut self, read: T) -> Result<T, Vec<Problem>> {
        for name in std::mem::take(&mut self.map).into_iter().map(|(name, _)| name) {
            self.problem(Code::UnknownField, &name);
        }
        if self.problems.is_empty() { Ok(read) } else { Err(self.problems) }
    }
}

/// The id as 32 lower-case hexadecimal digits; `None` when it is not 128 bits. Hyphens may stand anywhere inside, as in
/// a UUID.
#[must_use]
pub fn parse_id(text: &str) -> Option<String> {
    let digits: String =
        text.chars().filter(|c| *c != '-').map(|c| c.to_ascii_lowercase()).take(33).collect();
    let sound = digits.len() == 32 && digits.bytes().all(|b| b.is_ascii_hexdigit()) && text.len() <= 40;
    sound.then_some(digits)
}
