//! Why a request was not granted, in the words of the domain. How each is told over HTTP is in `http::problem`.

use crate::random::NoRandomness;
use crate::store::{StoreError, Uninvited};
use std::error::Error;
use survey::{Code, Problem};

/// Why a request was not granted. Nothing was written.
#[derive(Debug)]
pub(crate) enum Refusal {
    /// No route has this address.
    UnknownRoute,
    /// The route exists, but not for this method.
    MethodNotAllowed,
    /// No survey of that id was published.
    UnknownSurvey,
    /// The survey shows no results, or not yet.
    NoResults,
    /// The survey has no version of that name.
    UnknownVersion,
    /// No response has this receipt.
    UnknownReceipt,
    /// There is no export of that name.
    UnknownFormat,
    /// An export was asked for with an option that it has not, for this reason.
    ExportOption(String),
    /// A description for embedding is asked for in another format than JSON.
    OnlyJson,
    /// The body is of another content type than this one.
    ContentType(&'static str),
    /// The body is larger than is taken.
    TooLarge,
    /// The body took too long to arrive.
    TooSlow,
    /// The body cannot be read as what it says it is.
    Malformed,
    /// The response cannot be kept, for these reasons.
    Invalid(Vec<Problem>),
    /// The survey takes no more responses.
    Closed,
    /// The survey takes no responses yet.
    NotOpen,
    /// Enough are heard of the group that the response belongs to: the quota with this index.
    QuotaFull(usize),
    /// The survey is answered by invitation, and the response names no code, or what can be none.
    NoInvitation,
    /// The invitation admits nobody, for this reason.
    Uninvited(Uninvited),
    /// Too many codes that there are not came from this network.
    TooManyCodes,
    /// The survey is not one that keeps parts of responses.
    NoPartials,
    /// Another response has this id.
    Conflict,
    /// The response with this id was taken back.
    Withdrawn,
    /// No token came with the request, or one that does not exist.
    Unauthorized,
    /// The token does not open this survey.
    Forbidden,
    /// More is arriving than can be kept.
    Busy,
    /// Nothing can be kept at present.
    NotReady,
    /// The answer was not ready in time.
    Timeout,
    /// There is no room to keep anything. It has been logged.
    Full,
    /// The store cannot be reached, or may not be written to. It has been logged.
    Unavailable,
    /// Something broke that is not the client's to mend. It has been logged.
    Internal,
}

impl Refusal {
    /// Tells a body that is not JSON from a response that is not allowed.
    pub(crate) fn of_problems(problems: Vec<Problem>) -> Self {
        let malformed = problems.iter().any(|problem| problem.code == Code::Malformed);
        if malformed { Self::Malformed } else { Self::Invalid(problems) }
    }

    #[expect(clippy::needless_pass_by_value, reason = "it stands in `map_err`, which gives the error away")]
    pub(crate) fn of_store(error: StoreError) -> Self {
        match error {
            StoreError::Busy => Self::Busy,
            StoreError::Full(_) => {
                log_failure("nothing can be kept", &error);
                Self::Full
            }
            StoreError::Unavailable(_) => {
                log_failure("nothing can be kept", &error);
                Self::Unavailable
            }
            StoreError::Stopped | StoreError::Engine(_) => Self::internal("the store failed", &error),
        }
    }

    pub(crate) fn of_randomness(error: NoRandomness) -> Self {
        Self::internal("no randomness", &error)
    }

    /// Something broke; the log says what, the client is told nothing of it.
    pub(crate) fn internal(doing: &'static str, error: &(dyn Error + 'static)) -> Self {
        log_failure(doing, error);
        Self::Internal
    }
}

/// Logs an error with everything that caused it. No error of ours quotes what somebody typed.
pub(crate) fn log_failure(doing: &'static str, error: &(dyn Error + 'static)) {
    let causes = std::iter::successors(Some(error), |error| Error::source(*error));
    let causes: Vec<String> = causes.map(ToString::to_string).collect();
    tracing::error!(causes = causes.join(": "), "{doing}");
}
