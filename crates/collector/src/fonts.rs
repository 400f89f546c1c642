//! The one font that the program brings along: machines of servers have none, and many fonts lack the letters of Kazakh.

/// DejaVu Sans with Latin and Cyrillic letters, figures and signs. `fonts/README.md` says where it is from.
pub(crate) const SANS: &[u8] = include_bytes!("fonts/DejaVuSans.ttf");
/// The same in bold.
pub(crate) const SANS_BOLD: &[u8] = include_bytes!("fonts/DejaVuSans-Bold.ttf");
