//! Signing in with the agency's own provider: the way there, the way back, and which account somebody gets.
//!
//! An account is found by what the provider calls somebody (issuer and subject), and by nothing else it says of them. Where
//! the agency maps claims to roles, an account is made at the first sign-in, and its roles follow at every one.

use super::door::{self, is_ours, refused, with_cookie};
use super::guard::Visit;
use super::markup::el;
use super::parts;
use super::session::{self, Secret};
use crate::digest::short_name;
use crate::http::App;
use crate::oidc::mapping::Mapping;
use crate::oidc::{Claims, Door, Flow, Provider, Trouble};
use crate::people::deed::{Act, PROVIDER};
use crate::people::password::Hashed;
use crate::people::rights::Roles;
use crate::people::{display_name, sign_in_name};
use crate::refusal::{Refusal, log_failure};
use crate::store::{Identity, PersonRecord, Way, Welcomed};
use axum::Extension;
use axum::http::header::LOCATION;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use std::sync::Arc;

/// Where somebody is sent to the provider, and where they come back to.
pub(super) const PATH: &str = "/console/sign-in/provider";
pub(super) const BACK: &str = "/console/sign-in/return";

/// Sends somebody to the provider, with a cookie by which the way back is known. It is a link and no form: a form that leads
/// to another site is what the policy of our pages forbids.
pub(super) async fn leave(Extension(visit): Extension<Arc<Visit>>) -> Result<Response, Refusal> {
    let (app, provider) = provided(&visit)?;
    if !session::is_private(&app.public_url) {
        return Ok(door::door(&visit, StatusCode::FORBIDDEN, None));
    }
    let (now, to) = ((app.clock)(), visit.query.get("to").filter(|to| is_ours(to)));
    let flow = Flow::begin(&app.random, now, to.unwrap_or_default()).map_err(Refusal::of_randomness)?;
    match provider.address(&gate(&visit, &flow), now).await {
        Ok(address) => {
            let response = (StatusCode::SEE_OTHER, [(LOCATION, address)]).into_response();
            Ok(with_cookie(response, &session::cookie_of_way(app, &flow.sealed(&app.key))))
        }
        Err(trouble) => Ok(troubled(&visit, &trouble)),
    }
}

/// Lets somebody in who comes back from the provider. Whatever comes of it, the way is over.
pub(super) async fn come(
    Extension(visit): Extension<Arc<Visit>>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let (app, _) = provided(&visit)?;
    let response = came(&visit, &headers).await?;
    Ok(with_cookie(response, &session::forgetting_way(app)))
}

async fn came(visit: &Visit, headers: &HeaderMap) -> Result<Response, Refusal> {
    let (app, provider) = provided(visit)?;
    let now = (app.clock)();
    let cookie = session::way_of(app, headers);
    let flow = cookie.and_then(|cookie| Flow::opened(&app.key, &cookie, now));
    let asked = |name: &str| visit.query.get(name);
    let Some(flow) = flow.filter(|flow| asked("state").is_some_and(|state| gate(visit, flow).is_of(&state)))
    else {
        return Ok(refused(visit, StatusCode::FORBIDDEN, "provider_again"));
    };
    let Some(code) = asked("code").filter(|_| asked("error").is_none()) else {
        return Ok(troubled(visit, &Trouble::Refused("it says so itself")));
    };
    let from = asked("iss");
    match provider.admit((&code, from.as_deref()), &gate(visit, &flow), now).await {
        Ok(claims) => match account(visit, provider, &claims).await? {
            Found::Person(name) => let_in(visit, headers, &name, &flow).await,
            Found::Nobody(key) => Ok(unknown(visit, key, &claims.subject)),
        },
        Err(trouble) => Ok(troubled(visit, &trouble)),
    }
}

/// Where there is no provider there are no such pages.
fn provided(visit: &Visit) -> Result<(&Arc<App>, &Provider), Refusal> {
    visit.app.provider.as_ref().map(|provider| (&visit.app, provider)).ok_or(Refusal::UnknownRoute)
}

fn gate<'a>(visit: &'a Visit, flow: &Flow) -> Door<'a> {
    let back = format!("{}{BACK}", visit.app.public_url);
    flow.door(&visit.app.key, back, &visit.said.lang)
}

/// Whose account it is, or the key of the words for why it is nobody's.
enum Found {
    Person(String),
    Nobody(&'static str),
}

async fn account(visit: &Visit, provider: &Provider, claims: &Claims) -> Result<Found, Refusal> {
    let config = provider.config();
    let identity = Identity { issuer: config.issuer.as_str().to_owned(), subject: claims.subject.clone() };
    let known = visit.app.store.identified(&identity).await.map_err(Refusal::of_store)?;
    let person = match known {
        Some(name) => visit.app.store.person(&name).await.map_err(Refusal::of_store)?,
        None => None,
    };
    match (person, &config.mapping) {
        (Some(person), _) if person.disabled => Ok(Found::Nobody("provider_stranger")),
        (Some(person), None) => Ok(Found::Person(person.name)),
        (Some(person), Some(mapping)) => follow(visit, person, mapping.roles(claims)).await,
        (None, None) => Ok(Found::Nobody("provider_stranger")),
        (None, Some(mapping)) => welcome(visit, identity, claims, mapping).await,
    }
}

/// Makes somebody what the provider says now, and nothing else.
async fn follow(visit: &Visit, person: PersonRecord, roles: Roles) -> Result<Found, Refusal> {
    let nothing = roles.0.is_empty();
    if person.roles != roles {
        let details = format!("{}: {}", person.name, written(&roles));
        visit.app.store.set_roles(&person.name, roles).await.map_err(Refusal::of_store)?;
        visit.write_down(PROVIDER, Act::ChangedRole, None, &details).await?;
    }
    Ok(if nothing { Found::Nobody("provider_no_role") } else { Found::Person(person.name) })
}

/// Roles as the log has them.
fn written(roles: &Roles) -> String {
    let of = |(survey, role): &(Option<String>, crate::people::rights::Role)| match survey {
        Some(survey) => format!("{} of {survey}", role.name()),
        None => role.name().to_owned(),
    };
    let roles: Vec<String> = roles.0.iter().map(of).collect();
    if roles.is_empty() { "none".to_owned() } else { roles.join(", ") }
}

/// Makes an account for somebody who comes for the first time. A name that somebody else has is never theirs.
async fn welcome(
    visit: &Visit,
    identity: Identity,
    claims: &Claims,
    mapping: &Mapping,
) -> Result<Found, Refusal> {
    let roles = mapping.roles(claims);
    if roles.0.is_empty() {
        return Ok(Found::Nobody("provider_no_role"));
    }
    let own = short_name(format!("{} {}", identity.issuer, identity.subject));
    let wished = claims.text("preferred_username").and_then(sign_in_name);
    let numbered = wished.as_ref().and_then(|name| sign_in_name(&format!("{name}-{}", &own[..6])));
    for name in [wished, numbered, Some(format!("p-{own}"))].into_iter().flatten() {
        let person = PersonRecord {
            display: claims.text("name").and_then(display_name).unwrap_or_else(|| name.clone()),
            password: Hashed::none(),
            lang: visit.said.lang.clone(),
            disabled: false,
            created: (visit.app.clock)(),
            roles: roles.clone(),
            name: name.clone(),
        };
        match visit.app.store.welcome(person, identity.clone()).await.map_err(Refusal::of_store)? {
            Welcomed::Made => {
                let details = format!("{name}: {}", written(&roles));
                visit.write_down(PROVIDER, Act::AddedPerson, None, &details).await?;
                return Ok(Found::Person(name));
            }
            // At another collector, in this moment.
            Welcomed::Known => {
                let known = visit.app.store.identified(&identity).await.map_err(Refusal::of_store)?;
                return Ok(known.map_or(Found::Nobody("provider_again"), Found::Person));
            }
            Welcomed::NameTaken => {}
        }
    }
    Ok(Found::Nobody("provider_stranger"))
}

/// A new session, whatever the browser held before. The cookie is `Lax`, so the browser that was sent here from the
/// provider's site shows it at the next page already.
async fn let_in(visit: &Visit, headers: &HeaderMap, name: &str, flow: &Flow) -> Result<Response, Refusal> {
    if let Some(before) = Secret::of(&visit.app, headers) {
        door::end(visit, before.hash()).await?;
    }
    let secret = session::begin(&visit.app, name, Way::Provider).await?;
    visit.write_down(name, Act::SignedIn, None, PROVIDER).await?;
    let response = if is_ours(&flow.to) { visit.go_back(&flow.to) } else { visit.go("/console", &[]) };
    Ok(with_cookie(response, &secret.cookie(&visit.app)))
}

/// The log says what is wrong with the provider; people are told whether to try again.
fn troubled(visit: &Visit, trouble: &Trouble) -> Response {
    match trouble {
        Trouble::Down(..) => {
            log_failure("nobody can sign in with the provider", trouble);
            refused(visit, StatusCode::SERVICE_UNAVAILABLE, "provider_down")
        }
        Trouble::Refused(why) => {
            tracing::warn!(why, "somebody was not let in by the provider");
            refused(visit, StatusCode::FORBIDDEN, "provider_refused")
        }
    }
}

/// Somebody whom the provider knows and the console does not: an owner can link them by what the provider calls them.
fn unknown(visit: &Visit, key: &'static str, subject: &str) -> Response {
    let told = parts::refused(visit, &door::with_name(visit, key));
    let told = el("div").child(told);
    let told = if key == "provider_stranger" {
        told.child(el("p").class("secret").child(el("code").text(subject)))
    } else {
        told
    };
    door::door(visit, StatusCode::FORBIDDEN, Some(told))
}
