//! Words of one's own, free or in a named form. Forms are few and matched by hand: patterns would cost every citizen
//! more bytes than all the rest.

use crate::answer::Answer;
use crate::problem::{Code, Problem};

/// What words may be.
#[derive(Clone, Debug)]
pub struct Words {
    /// Characters at most. Characters, never bytes.
    pub max: usize,
    /// The form that they must have.
    pub form: Form,
}

/// A form of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Any.
    Free,
    /// An address of electronic mail.
    Email,
    /// A telephone number.
    Phone,
    /// Six digits: a postal code.
    PostalCode,
    /// Twelve digits: a business identification number. There is no form for a person's.
    Bin,
    /// A cadastral number: groups of digits with colons or hyphens.
    Cadastre,
    /// A vehicle's registration plate.
    Plate,
    /// A reference that an agency gave: letters and digits, with hyphens or slashes.
    Reference,
}

impl Words {
    pub(super) fn read_form(&self, values: &[String]) -> Result<Option<Answer>, Code> {
        read_text(values)
    }

    pub(super) fn check(&self, text: &str) -> Option<Problem> {
        if !self.form.fits(text) {
            return Some(Problem::of(Code::WrongForm));
        }
        check_length(text, self.max)
    }
}

/// A text as it is kept: line ends as LF, which a person typed, and no control characters. Nobody sees those, so that
/// nobody could mend them; no XML can hold them, and PostgreSQL not the first.
pub(crate) fn clean(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut before = ' ';
    for c in text.chars() {
        match c {
            '\r' => clean.push('\n'),
            '\n' if before == '\r' => {}
            c if c >= ' ' || matches!(c, '\n' | '\t') => clean.push(c),
            _ => {}
        }
        before = c;
    }
    clean
}

/// Text from a form field. A browser sends line ends as CR LF.
pub(crate) fn read_text(values: &[String]) -> Result<Option<Answer>, Code> {
    match values {
        [] => Ok(None),
        [text] => Ok(Some(Answer::Text(clean(text))).filter(|text| !text.is_blank())),
        _ => Err(Code::WrongType),
    }
}

/// Refuses more than `max` characters. Kazakh letters are two bytes each; what is counted is characters.
pub(crate) fn check_length(text: &str, max: usize) -> Option<Problem> {
    let long = text.chars().count() > max;
    long.then(|| Problem::of(Code::TooLong).with("max", super::as_param(max)))
}

impl Form {
    /// The form with this name in a definition.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(known, _)| *known == name).map(|(_, form)| *form)
    }

    /// The forms of codes, by name.
    pub const ALL: [(&'static str, Self); 5] = [
        ("postal-code", Self::PostalCode),
        ("bin", Self::Bin),
        ("cadastre", Self::Cadastre),
        ("plate", Self::Plate),
        ("reference", Self::Reference),
    ];

    /// An example of it, which needs no translation.
    #[must_use]
    pub fn example(self) -> &'static str {
        match self {
            Self::Free => "",
            Self::Email => "name@example.kz",
            Self::Phone => "+7 701 234 56 78",
            Self::PostalCode => "010000",
            Self::Bin => "991240001234",
            Self::Cadastre => "21-320-135-1234",
            Self::Plate => "123 ABC 02",
            Self::Reference => "KZ-2026/1234",
        }
    }

    /// Whether a text has the form. White space around it does not count; inside numbers and codes it does not either.
    #[must_use]
    pub fn fits(self, text: &str) -> bool {
        let text = text.trim();
        let close: String = text.chars().filter(|c| !c.is_whitespace()).collect();
        let digits = |close: &str| close.bytes().all(|b| b.is_ascii_digit());
        match self {
            Self::Free => true,
            Self::Email => is_email(text),
            Self::Phone => is_phone(&close),
            Self::PostalCode => close.len() == 6 && digits(&close),
            Self::Bin => close.len() == 12 && digits(&close) && matches!(close.as_bytes()[4], b'4'..=b'6'),
            Self::Cadastre => {
                let parts: Vec<&str> = close.split(['-', ':']).collect();
                (3..=6).contains(&parts.len()) && parts.iter().all(|part| !part.is_empty() && digits(part))
            }
            Self::Plate => {
                (5..=10).contains(&close.chars().count())
                    && close.chars().all(is_letter_or_digit)
                    && close.bytes().any(|b| b.is_ascii_digit())
            }
            Self::Reference => {
                (3..=40).contains(&close.chars().count())
                    && close.chars().all(|c| is_letter_or_digit(c) || matches!(c, '-' | '/' | '.' | '№'))
            }
        }
    }
}

/// Of Latin or Cyrillic: the tables of all scripts would be downloaded.
fn is_letter_or_digit(c: char) -> bool {
    c.is_ascii_alphanumeric() || ('\u{400}'..='\u{52f}').contains(&c)
}

/// What HTML calls a valid address in its short form: something, an at sign, a name with a dot.
fn is_email(text: &str) -> bool {
    let Some((name, host)) = text.split_once('@') else { return false };
    let sound = |text: &str| !text.is_empty() && !text.contains(|c: char| c.is_whitespace() || c == '@');
    sound(name) && sound(host) && host.split('.').count() > 1 && host.split('.').all(|part| !part.is_empty())
}

/// Seven to fifteen digits (ITU-T E.164), with the signs that people put between them.
fn is_phone(close: &str) -> bool {
    let rest = close.strip_prefix('+').unwrap_or(close);
    let digits = rest.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits) && rest.chars().all(|c| c.is_ascii_digit() || "()-.".contains(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn length_is_counted_in_characters_not_in_bytes() {
        assert!(check_length(&"ә".repeat(10), 10).is_none());
        let problem = check_length(&"ә".repeat(11), 10).unwrap();
        assert_eq!((problem.code, problem.param("max")), (Code::TooLong, Some(10)));
    }

    #[test]
    fn line_ends_of_a_form_become_the_ones_that_were_typed() {
        assert_eq!(read_text(&["a\r\nb".to_owned()]).unwrap(), Some(Answer::Text("a\nb".into())));
        assert_eq!(read_text(&["  ".to_owned()]).unwrap(), None);
    }

    #[test]
    fn each_form_takes_its_example_and_how_people_write_it() {
        for (_, form) in Form::ALL {
            assert!(form.fits(form.example()), "{form:?}");
            assert!(!form.fits("?"), "{form:?}");
        }
        for phone in ["+77012345678", "8 (701) 234-56-78", "87012345678", " +7 701 234 56 78 ", "112-33-44"] {
            assert!(Form::Phone.fits(phone), "{phone}");
        }
        for phone in ["+7 701", "call me", "7012345678901234", "++77012345678"] {
            assert!(!Form::Phone.fits(phone), "{phone}");
        }
        for email in ["a@b.kz", "айгүл@пошта.қаз"] {
            assert!(Form::Email.fits(email), "{email}");
        }
        for email in ["a@b", "@b.kz", "a b@c.kz", "a@@b.kz", "a@b..kz"] {
            assert!(!Form::Email.fits(email), "{email}");
        }
        assert!(Form::PostalCode.fits("010 000"));
        assert!(!Form::Bin.fits("850101100002"), "a person's number has no business here");
    }
}
