//! Who becomes what by which claim: a file of the agency's, so that its own groups decide who may see which survey.

use super::token::Claims;
use crate::people::rights::{Role, Roles};
use serde::Deserialize;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The rules of a file, in its order.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mapping {
    /// What must be asked for besides `openid` and `profile`, so that the provider tells the claims.
    #[serde(default)]
    pub(super) scopes: Vec<String>,
    #[serde(default, rename = "role")]
    rules: Vec<Rule>,
}

#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
struct Rule {
    claim: String,
    value: String,
    role: Given,
    /// The surveys that it is about; every one, where nothing is said.
    surveys: Option<Vec<String>>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
struct Given(Role);

/// Why a mapping is none.
#[derive(Debug, thiserror::Error)]
pub enum MappingError {
    /// The file cannot be read.
    #[error("cannot read the mapping of roles in {path}")]
    Unreadable {
        /// Which.
        path: PathBuf,
        /// Why.
        source: io::Error,
    },
    /// The file says what cannot be understood.
    #[error("the mapping of roles in {path} is not right")]
    NotMapping {
        /// Which.
        path: PathBuf,
        /// Where and why.
        source: Box<toml::de::Error>,
    },
}

impl TryFrom<String> for Given {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        Role::named(&text)
            .map(Self)
            .ok_or("must be viewer, responsible, analyst, moderator, controller or owner")
    }
}

impl Mapping {
    pub(super) fn read(path: &Path) -> Result<Self, MappingError> {
        let text = fs::read_to_string(path)
            .map_err(|source| MappingError::Unreadable { path: path.to_owned(), source })?;
        toml::from_str(&text)
            .map_err(|source| MappingError::NotMapping { path: path.to_owned(), source: Box::new(source) })
    }

    /// What somebody is to which survey. A person has one role on a survey: of several it is the one with the most rights.
    pub(crate) fn roles(&self, claims: &Claims) -> Roles {
        let mut roles: Vec<(Option<String>, Role)> = Vec::new();
        for rule in self.rules.iter().filter(|rule| claims.has(&rule.claim, &rule.value)) {
            let all = rule.surveys.is_none().then_some(None);
            let some = rule.surveys.iter().flatten().cloned().map(Some);
            for survey in all.into_iter().chain(some) {
                match roles.iter_mut().find(|(of, _)| *of == survey) {
                    Some((_, role)) if role.reach() < rule.role.0.reach() => *role = rule.role.0,
                    Some(_) => {}
                    None => roles.push((survey, rule.role.0)),
                }
            }
        }
        // As the store gives them back, so that two can be compared.
        roles.sort();
        Roles(roles)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const FILE: &str = r#"
        scopes = ["groups"]
        [[role]]
        claim = "groups"
        value = "statistics"
        role = "analyst"
        surveys = ["page-useful", "roads"]
        [[role]]
        claim = "groups"
        value = "heads"
        role = "viewer"
        [[role]]
        claim = "realm_access.roles"
        value = "qulaq-owner"
        role = "owner"
    "#;

    fn roles(claims: serde_json::Value) -> Vec<(Option<String>, Role)> {
        toml::from_str::<Mapping>(FILE).unwrap().roles(&Claims::of(claims)).0
    }

    #[test]
    fn groups_of_the_provider_become_roles_on_surveys_or_on_all() {
        assert_eq!(roles(json!({"groups": ["others"]})), []);
        let page = |role| (Some("page-useful".to_owned()), role);
        let roads = |role| (Some("roads".to_owned()), role);
        assert_eq!(
            roles(json!({"groups": ["statistics", "heads"]})),
            [(None, Role::Viewer), page(Role::Analyst), roads(Role::Analyst)]
        );
        let both = json!({"groups": "heads", "realm_access": {"roles": ["qulaq-owner"]}});
        assert_eq!(roles(both), [(None, Role::Owner)], "one role on a survey");
    }

    #[test]
    fn a_role_or_a_key_that_there_is_not_is_refused_by_its_line() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("roles.toml");
        for (from, to) in [("\"owner\"", "\"admin\""), ("claim =", "clam =")] {
            fs::write(&path, FILE.replace(from, to)).unwrap();
            assert!(matches!(Mapping::read(&path), Err(MappingError::NotMapping { .. })), "{to}");
        }
        assert!(matches!(Mapping::read(&directory.path().join("no")), Err(MappingError::Unreadable { .. })));
    }
}
