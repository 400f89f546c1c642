//! What an official makes of a general meeting (domain M4): who is there and whether that is enough, how its votes went, and
//! its minutes. What the definition says of a meeting is `mechanism/meeting.rs`; here is what came of it.

mod gather;
mod protocol;
mod quorum;
mod turnout;
mod words;
mod written;

pub(crate) use gather::{Wanted, gather};
pub(crate) use protocol::html::html;
pub(crate) use protocol::{Form, Protocol};
pub(crate) use quorum::Quorum;
pub(crate) use turnout::{Ballot, Codes, ballots};
pub(crate) use words::of as words;
pub(crate) use written::{Fault, OTHER, Written};
