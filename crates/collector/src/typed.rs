//! Short codes as people write them down: receipts and invitations.

/// What somebody typed without spaces and hyphens, in upper case, Cyrillic letters that look like Latin ones as those. At
/// most `limit` characters are looked at.
pub(crate) fn characters(text: &str, limit: usize) -> impl Iterator<Item = char> {
    let written = text.chars().filter(|c| !c.is_whitespace() && !"-‐‑–".contains(*c));
    written.take(limit).flat_map(char::to_uppercase).map(latin)
}

/// The Latin letter that an upper-case letter looks like.
fn latin(c: char) -> char {
    match c {
        'А' => 'A',
        'В' => 'B',
        'С' => 'C',
        'Е' => 'E',
        'Н' => 'H',
        'І' => 'I',
        'К' => 'K',
        'М' => 'M',
        'О' => 'O',
        'Р' => 'P',
        'Т' => 'T',
        'У' => 'Y',
        'Х' => 'X',
        other => other,
    }
}
