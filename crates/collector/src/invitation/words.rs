//! The words of invitations.

crate::words::words_beside!(pub(crate));
