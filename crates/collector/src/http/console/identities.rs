//! Whom the agency's provider may let into somebody's account, in the hands of an owner.

use super::door::with_name;
use super::guard::Console;
use super::markup::{Element, el};
use super::parts::{self, Field, button, form, hidden, section};
use super::person::{page, path, told};
use crate::oidc::Provider;
use crate::people::deed::Act;
use crate::refusal::Refusal;
use crate::store::{Identity, PersonRecord};
use axum::response::Response;

/// Lets whoever the provider calls like this into an account.
pub(super) async fn link(console: &Console, person: &PersonRecord) -> Result<Response, Refusal> {
    let provider = console.app.provider.as_ref().ok_or(Refusal::Malformed)?;
    let identity = named(provider, console.fields.get("subject"));
    let (store, now) = (&console.app.store, (console.app.clock)());
    let refused = || parts::refused(console, console.said.get("identity_taken"));
    if identity.subject.is_empty() || identity.subject.len() > 255 {
        return page(console, person, Some(refused())).await;
    }
    if !store.link(identity, &person.name, now).await.map_err(Refusal::of_store)? {
        return page(console, person, Some(refused())).await;
    }
    console.did(Act::LinkedPerson, None, &person.name).await?;
    Ok(told(console, person, "identity_linked"))
}

/// Takes that back.
pub(super) async fn unlink(console: &Console, person: &PersonRecord) -> Result<Response, Refusal> {
    let (issuer, subject) = (console.fields.get("issuer"), console.fields.get("subject"));
    let identity = Identity { issuer: issuer.to_owned(), subject: subject.to_owned() };
    let store = &console.app.store;
    let own = store.identities(&person.name).await.map_err(Refusal::of_store)?.contains(&identity);
    if own && store.unlink(identity).await.map_err(Refusal::of_store)? {
        console.did(Act::UnlinkedPerson, None, &person.name).await?;
    }
    Ok(told(console, person, "identity_unlinked"))
}

fn named(provider: &Provider, subject: &str) -> Identity {
    Identity { issuer: provider.config().issuer.as_str().to_owned(), subject: subject.to_owned() }
}

/// Who is linked, and a form for one more; nothing where there is no provider and nobody is.
pub(super) async fn section_of(console: &Console, person: &PersonRecord) -> Result<Option<Element>, Refusal> {
    let known = console.app.store.identities(&person.name).await.map_err(Refusal::of_store)?;
    if known.is_empty() && console.app.provider.is_none() {
        return Ok(None);
    }
    let linked = known.iter().map(|identity| unlinking(console, person, identity));
    let adding = console.app.provider.iter().map(|_| linking(console, person));
    Ok(Some(section(console.said.get("identities"), linked.chain(adding))))
}

fn unlinking(console: &Console, person: &PersonRecord, identity: &Identity) -> Element {
    let text = console.said.fill("unlink_identity", &[("subject", &identity.subject)]);
    let button = el("button").class("back").attr("type", "submit").text(&text);
    let fields = vec![
        el("p")
            .child(el("code").text(&identity.subject))
            .child(el("span").text(&format!(" · {}", identity.issuer))),
        hidden("issuer", &identity.issuer),
        hidden("subject", &identity.subject),
        el("div").class("buttons").child(button),
    ];
    form(console, &path(person), "unlink", fields)
}

fn linking(console: &Console, person: &PersonRecord) -> Element {
    let said = &console.said;
    let label = with_name(console, "identity_subject");
    let field = Field { hint: Some(said.get("identity_hint")), ..Field::text("subject", &label) };
    form(console, &path(person), "link", vec![field.element(), button(console, "next", "link_identity")])
}
