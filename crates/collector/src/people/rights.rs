//! Who may do what: the one table of roles and rights, and the rights that somebody has.

/// What somebody is to a survey, or to all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Looks at counts.
    Viewer,
    /// The head of a body: answers the matters that are his.
    Responsible,
    /// Works with the responses.
    Analyst,
    /// Reads what people wrote, and decides what of it is shown.
    Moderator,
    /// Gives matters to those who answer them, and watches that they do.
    Controller,
    /// Everything, and who else may do what.
    Owner,
}

/// Something that not everybody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Right {
    /// Seeing that there is a survey, how it stands, and its counts.
    See,
    /// Reading what people wrote in their own words.
    ReadTexts,
    /// Downloading the responses.
    Download,
    /// Following the matters that one is responsible for.
    Handle,
    /// Following all matters: giving them to somebody, forwarding, extending.
    Control,
    /// Deciding what of what people wrote everybody sees.
    Moderate,
    /// Publishing what came of a survey, and archiving it.
    Publish,
    /// Accounts and roles, tokens, and the log of what everybody did.
    Manage,
}

/// The table. [`Right::Manage`] on one survey is about its invitations; about people, only an owner of all surveys has it.
pub const TABLE: [(Role, &[Right]); 6] = [
    (Role::Viewer, &[Right::See]),
    (Role::Responsible, &[Right::See, Right::Handle]),
    (Role::Analyst, &[Right::See, Right::ReadTexts, Right::Download]),
    (Role::Moderator, &[Right::See, Right::ReadTexts, Right::Moderate]),
    (Role::Controller, &[Right::See, Right::ReadTexts, Right::Handle, Right::Control, Right::Publish]),
    (
        Role::Owner,
        &[
            Right::See,
            Right::ReadTexts,
            Right::Download,
            Right::Handle,
            Right::Control,
            Right::Moderate,
            Right::Publish,
            Right::Manage,
        ],
    ),
];

impl Role {
    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Responsible => "responsible",
            Self::Analyst => "analyst",
            Self::Moderator => "moderator",
            Self::Controller => "controller",
            Self::Owner => "owner",
        }
    }

    /// Every role, none before one with fewer rights.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(role, _)| *role)
    }

    /// The role that is written like this.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|role| role.name() == name)
    }

    /// How many rights it has.
    pub(crate) fn reach(self) -> usize {
        TABLE.iter().find(|(role, _)| *role == self).map_or(0, |(_, rights)| rights.len())
    }

    fn has(self, right: Right) -> bool {
        TABLE.iter().any(|(role, rights)| *role == self && rights.contains(&right))
    }
}

/// What somebody is to which survey, or to all (`None`). Who is several things may do what any of them may.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles(pub Vec<(Option<String>, Role)>);

impl Roles {
    /// Whether they give a right on this survey.
    #[must_use]
    pub fn give(&self, right: Right, survey: &str) -> bool {
        let of_survey = |of: &Option<String>| of.as_deref().is_none_or(|of| of == survey);
        self.0.iter().any(|(of, role)| of_survey(of) && role.has(right))
    }

    /// Whether they give a right on every survey, those to come too.
    #[must_use]
    pub fn give_everywhere(&self, right: Right) -> bool {
        self.0.iter().any(|(of, role)| of.is_none() && role.has(right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_role_is_in_the_table_once_and_has_its_own_name() {
        for (at, (role, _)) in TABLE.iter().enumerate() {
            assert_eq!(TABLE.iter().position(|(other, _)| other == role), Some(at));
            assert_eq!(Role::named(role.name()), Some(*role));
        }
        assert_eq!(Role::named("admin"), None);
    }

    #[test]
    fn every_role_sees_and_the_owner_has_all_that_any_other_has() {
        for (role, rights) in TABLE {
            assert!(role.has(Right::See), "{role:?}");
            assert!(rights.iter().all(|right| Role::Owner.has(*right)), "{role:?}");
        }
        assert!(Role::all().map(Role::reach).is_sorted(), "they are offered in this order");
    }

    #[test]
    fn a_role_on_one_survey_says_nothing_of_another() {
        let roles = Roles(vec![(Some("a".to_owned()), Role::Owner), (None, Role::Viewer)]);
        assert!(roles.give(Right::Download, "a") && roles.give(Right::See, "b"));
        assert!(!roles.give(Right::Download, "b"));
        assert!(!roles.give_everywhere(Right::Manage), "the owner of one survey manages nobody");
    }
}
