//! People who work with responses: what they are called, what they may do, how they prove who they are, and which of
//! their deeds are written down. Where they sign in is `http::console`.

pub mod deed;
pub mod password;
pub mod rights;
pub(crate) mod throttle;

/// Characters at most of the name under which somebody signs in, and of the name that others read.
const MOST: usize = 64;

/// The name under which somebody signs in, as it is kept: small Latin letters, digits and `. - _ @`, at most 64 of
/// them. Capitals are made small, so that nobody is shut out by a keyboard.
pub(crate) fn sign_in_name(text: &str) -> Option<String> {
    let name = text.trim().to_ascii_lowercase();
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-_@".contains(&byte));
    (!name.is_empty() && name.len() <= MOST && plain).then_some(name)
}

/// The name that others read: one line of at most 64 characters.
pub(crate) fn display_name(text: &str) -> Option<String> {
    let name = text.trim();
    let sound = !name.is_empty() && name.chars().count() <= MOST && !name.chars().any(char::is_control);
    sound.then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_to_sign_in_with_is_plain_and_in_small_letters() {
        assert_eq!(sign_in_name(" A.Serikova ").as_deref(), Some("a.serikova"));
        for text in ["", " ", "a b", "айгүл", "a\0", "<b>", &"a".repeat(65)] {
            assert_eq!(sign_in_name(text), None, "{text:?}");
        }
    }

    #[test]
    fn a_name_that_others_read_is_one_line_in_any_letters() {
        assert_eq!(display_name(" Айгүл Серікова ").as_deref(), Some("Айгүл Серікова"));
        assert_eq!(display_name("a\nb"), None);
        assert_eq!(display_name(&"ә".repeat(65)), None);
    }
}
