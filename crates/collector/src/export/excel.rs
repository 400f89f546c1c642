//! CSV for Excel by a double click: a byte order mark, without which it reads Kazakh in another encoding; semicolons and
//! decimal commas, which it expects in Kazakhstan; and an apostrophe before a text that it would compute.
//!
//! The guard is against formulas that a stranger types into a survey (OWASP, "CSV Injection"). It leaves alone what Excel
//! shows as it is or as a number: `-5`, `+7 701 000 00 00`.

use super::csv::{Style, styled};
use super::{Layout, RowWriter};
use std::io::{self, Write};

const MARK: &str = "\u{feff}";

pub(super) fn writer<'a>(layout: &Layout, mut sink: impl Write + 'a) -> io::Result<Box<dyn RowWriter + 'a>> {
    sink.write_all(MARK.as_bytes())?;
    styled(layout, sink, Style { delimiter: b';', decimal_mark: ',', guards: is_formula })
}

/// Lines of texts that are no table of responses, in the same style.
pub(crate) fn lines(lines: &[Vec<String>]) -> String {
    let field = |text: &String| {
        let guard = if is_formula(text) { "'" } else { "" };
        format!("\"{guard}{}\"", text.replace('"', "\"\""))
    };
    let line = |fields: &Vec<String>| fields.iter().map(field).collect::<Vec<_>>().join(";") + "\r\n";
    lines.iter().map(line).fold(MARK.to_owned(), |all, line| all + &line)
}

/// Whether Excel would compute a text. Letters of full width are what Excel makes of them.
fn is_formula(text: &str) -> bool {
    let mut characters = text.chars();
    match characters.next() {
        Some('=' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠') => true,
        Some('+' | '-') => !is_number_or_phone(characters.as_str()),
        _ => false,
    }
}

/// Whether what follows a sign is digits with what stands between digits. Hyphens subtract, unless something else keeps
/// the whole from being a formula: two groups of digits with a space between them.
fn is_number_or_phone(text: &str) -> bool {
    let mut before = ' ';
    let (mut has_digits, mut has_hyphens, mut in_groups) = (false, false, false);
    for c in text.chars() {
        match c {
            '0'..='9' | '(' => in_groups |= has_digits && before.is_whitespace(),
            '-' => has_hyphens = true,
            ' ' | '\u{a0}' | '\u{202f}' | ')' | '.' | ',' => {}
            _ => return false,
        }
        has_digits |= c.is_ascii_digit();
        before = c;
    }
    has_digits && (in_groups || !has_hyphens)
}

#[cfg(test)]
mod tests {
    use super::is_formula;

    #[test]
    fn a_text_that_excel_would_compute_is_a_formula() {
        for text in
            ["=1+1", "=HYPERLINK(\"http://x\")", "@SUM(A1)", "+1+cmd|' /C calc'!A0", "-2+3", "\t=1", "＝1"]
        {
            assert!(is_formula(text), "{text}");
        }
        // A number that would be worked out is not the number that was typed; what is no number becomes #NAME?.
        for text in ["+7-701-000-00-00", "- пандус керек", "+", "-1-2"] {
            assert!(is_formula(text), "{text}");
        }
    }

    #[test]
    fn numbers_phones_and_kazakh_are_left_alone() {
        for text in ["-5", "+7 701 000 00 00", "+7 (701) 000-00-00", "+77010000000", "-12,5", "8-701-000", ""]
        {
            assert!(!is_formula(text), "{text}");
        }
        for text in ["Әкімдікке ұсыныс", "— тез", "5 = 5", "a@b.kz"] {
            assert!(!is_formula(text), "{text}");
        }
    }
}
