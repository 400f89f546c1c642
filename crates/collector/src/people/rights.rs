//! Who may do what: the one table of roles and rights, and the rights that somebody has.

/// What somebody is to a survey, or to all of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Looks at counts.
    Viewer,
    /// Works with the responses.
    Analyst,
    /// Reads what people wrote.
    Moderator,
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
    /// Publishing what came of a survey, and archiving it.
    Publish,
    /// Accounts and roles, tokens, and the log of what everybody did.
    Manage,
}

/// The table. [`Right::Manage`] on one survey is about its invitations; about people, only an owner of all surveys has it.
pub const TABLE: [(Role, &[Right]); 4] = [
    (Role::Viewer, &[Right::See]),
    (Role::Analyst, &[Right::See, Right::ReadTexts, Right::Download]),
    (Role::Moderator, &[Right::See, Right::ReadTexts]),
    (Role::Owner, &[Right::See, Right::ReadTexts, Right::Download, Right::Publish, Right::Manage]),
];

impl Role {
    /// How it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Viewer => "viewer",
            Self::Analyst => "analyst",
            Self::Moderator => "moderator",
            Self::Owner => "owner",
        }
    }

    /// Every role, from the one with the fewest rights.
    pub fn all() -> impl Iterator<Item = Self> {
        TABLE.iter().map(|(role, _)| *role)
    }

    /// The role that is written like this.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::all().find(|role| role.name() == name)
    }

    /// How many rights it has. Of two roles, the one with more has all of the other's.
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
    fn of_two_roles_the_one_with_more_rights_has_all_of_the_other_s() {
        let rights =
            |role: Role| TABLE.iter().find(|(of, _)| *of == role).map(|(_, rights)| *rights).unwrap();
        for (one, other) in Role::all().flat_map(|one| Role::all().map(move |other| (one, other))) {
            let more = if one.reach() >= other.reach() { (one, other) } else { (other, one) };
            assert!(rights(more.1).iter().all(|right| rights(more.0).contains(right)), "{more:?}");
        }
    }

    #[test]
    fn a_role_on_one_survey_says_nothing_of_another() {
        let roles = Roles(vec![(Some("a".to_owned()), Role::Owner), (None, Role::Viewer)]);
        assert!(roles.give(Right::Download, "a") && roles.give(Right::See, "b"));
        assert!(!roles.give(Right::Download, "b"));
        assert!(!roles.give_everywhere(Right::Manage), "the owner of one survey manages nobody");
    }
}
