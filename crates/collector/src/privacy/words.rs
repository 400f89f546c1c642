//! What is said to people of what is kept of them.

crate::words::words_beside!(pub(crate));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::people::rights::Role;
    use crate::store::{Scope, What};

    #[test]
    fn whatever_somebody_may_do_has_words() {
        let known = of("en");
        let may = Role::all().map(Role::name).chain(Scope::ALL.map(Scope::name));
        for key in
            may.map(|name| format!("may_{name}")).chain(What::ALL.map(|what| format!("what_{}", what.name())))
        {
            assert_ne!(known.get(&key), key);
        }
    }
}
