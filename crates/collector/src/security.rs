//! Whom to tell about a weakness: what `/.well-known/security.txt` says (RFC 9116).

use crate::clock::Minute;
use crate::origin::Origin;
use serde::Deserialize;
use std::str::FromStr;

/// Days for which it is said. A collector is upgraded more often than that; one that is not should not look cared for.
const DAYS: i64 = 360;

/// An address to write to: `mailto:`, `tel:`, or a page with `https`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct Contact(String);

/// A text that is no contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("must be mailto:ADDRESS, https://… or tel:NUMBER, without spaces")]
pub struct NotAContact;

impl FromStr for Contact {
    type Err = NotAContact;

    fn from_str(text: &str) -> Result<Self, NotAContact> {
        let schemes = ["mailto:", "https://", "tel:"];
        let rest = schemes.into_iter().find_map(|scheme| text.strip_prefix(scheme)).ok_or(NotAContact)?;
        let sound = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_graphic());
        sound.then(|| Self(text.to_owned())).ok_or(NotAContact)
    }
}

impl TryFrom<String> for Contact {
    type Error = NotAContact;

    fn try_from(text: String) -> Result<Self, NotAContact> {
        text.parse()
    }
}

/// The file; `None` where nobody is named.
pub(crate) fn text(contacts: &[Contact], public_url: &Origin, started: Minute) -> Option<String> {
    if contacts.is_empty() {
        return None;
    }
    let expires = jiff::Timestamp::from_second((started.0 + DAYS * 24 * 60) * 60).ok()?;
    let contacts: String = contacts.iter().map(|Contact(contact)| format!("Contact: {contact}\n")).collect();
    let canonical = format!("Canonical: {public_url}/.well-known/security.txt\n");
    Some(format!("{contacts}Expires: {expires}\nPreferred-Languages: kk, ru, en\n{canonical}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_is_an_address_and_nothing_that_adds_a_line() {
        for good in
            ["mailto:security@agency.example", "https://agency.example/security", "tel:+7-717-200-00-00"]
        {
            assert!(good.parse::<Contact>().is_ok(), "{good}");
        }
        for bad in [
            "",
            "security@agency.example",
            "http://agency.example",
            "mailto:",
            "mailto:a\nExpires: x",
            "tel:1 2",
        ] {
            assert_eq!(bad.parse::<Contact>(), Err(NotAContact), "{bad}");
        }
    }

    #[test]
    fn it_names_every_contact_and_the_moment_less_than_a_year_ahead_at_which_it_expires() {
        let origin = "https://qulaq.example".parse().unwrap();
        let contacts =
            ["mailto:a@agency.example", "https://agency.example/s"].map(|text| text.parse().unwrap());
        let said = text(&contacts, &origin, Minute(29_550_000)).unwrap();
        assert_eq!(
            said,
            "Contact: mailto:a@agency.example\nContact: https://agency.example/s\nExpires: 2027-03-03T20:00:00Z\n\
             Preferred-Languages: kk, ru, en\nCanonical: https://qulaq.example/.well-known/security.txt\n"
        );
        assert_eq!(text(&[], &origin, Minute(0)), None);
    }
}
