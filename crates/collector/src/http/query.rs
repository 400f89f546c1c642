//! What an address says: the survey in its path, parameters in its query.

use crate::refusal::Refusal;
use axum::extract::{FromRequestParts, RawPathParams};
use axum::http::Uri;
use axum::http::request::Parts;
use survey::Pace;
use survey::response::assistance;

/// The id of the survey in the path of a route.
pub(super) struct SurveyId(pub(super) String);

impl<S: Send + Sync> FromRequestParts<S> for SurveyId {
    type Rejection = Refusal;

    /// A path that is not text names no survey.
    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Refusal> {
        let path = RawPathParams::from_request_parts(parts, state).await;
        let path = path.map_err(|_| Refusal::UnknownSurvey)?;
        let survey = path.iter().find(|(name, _)| *name == "survey");
        survey.map(|(_, survey)| Self(survey.to_owned())).ok_or(Refusal::UnknownSurvey)
    }
}

/// How somebody answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub(crate) struct Manner {
    /// How many questions stand on a page; as the author wishes, where nobody says.
    pub(crate) pace: Option<Pace>,
    /// Who helps, one of [`survey::response::ASSISTANCE`].
    pub(crate) assisted: Option<&'static str>,
}

impl Manner {
    /// The same as the end of an address, to be gone on with.
    fn written(self) -> form_urlencoded::Serializer<'static, String> {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pace.map(|pace| ("pace", pace.name())));
        query.extend_pairs(self.assisted.map(|assisted| ("assisted", assisted)));
        query
    }

    /// The same as the end of an address.
    pub(super) fn query(self) -> String {
        self.written().finish()
    }
}

/// The parameters after the question mark. Ones that nobody asks for are ignored.
#[derive(Default)]
pub(crate) struct Query(String);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Refusal> {
        Ok(Self::of(&parts.uri))
    }
}

impl Query {
    pub(super) fn of_text(query: &str) -> Self {
        Self(query.to_owned())
    }

    /// What it says about how a form begins, as the end of another address.
    pub(super) fn beginning(&self) -> String {
        let pairs = form_urlencoded::parse(self.0.as_bytes());
        let given = pairs.filter(|(name, _)| name.starts_with("value-"));
        self.manner().written().extend_pairs(given).finish()
    }

    pub(super) fn of(address: &Uri) -> Self {
        Self(address.query().unwrap_or_default().to_owned())
    }

    /// The first parameter of this name.
    pub(crate) fn get(&self, name: &str) -> Option<String> {
        let mut pairs = form_urlencoded::parse(self.0.as_bytes());
        pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
    }

    /// How many questions stand on a page, and who helps with answering, as far as an address says.
    pub(crate) fn manner(&self) -> Manner {
        let assisted = self.get("assisted").as_deref().and_then(assistance);
        Manner { pace: self.get("pace").as_deref().and_then(Pace::read), assisted }
    }

    /// The level of a heading, 1 to 6; `None` when no such level is asked for.
    pub(super) fn heading_level(&self) -> Option<u8> {
        let level = self.get("heading-level")?.parse().ok()?;
        (1..=6).contains(&level).then_some(level)
    }
}
