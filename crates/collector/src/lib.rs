//! The collector: it publishes surveys, keeps responses and gives them to analysts. The program is `qulaq`.
//!
//! Read in this order: [`store`] (where everything is kept), `intake` (the way in, the same for JSON and for forms),
//! [`http`] (the routes), `export` (the way out), `codebook` (what it means), `download` (what analysts can have of both, `jobs` in the background),
//! [`figures`] (what it adds up to), `results` (what everybody may see of that), `command` (the command line over all of
//! it). What belongs to a definition besides its text is in [`times`], `quota`, `tier`, [`media`] and [`places`]; `paper`
//! is the survey in print, and what clerks key in of it. Who works with responses, and may do what, is in [`people`], and
//! how an agency's own provider lets them in, in [`oidc`]. Who is invited to answer is in `invitation`, and what is
//! counted to guard a survey in `guard`; what a survey is besides a survey is in `mechanism`; how long responses are kept is in `retention`, and what citizens are told of it
//! in `privacy`. The clock and randomness
//! are handed around, so that a test can repeat what it saw.

mod advice;
mod backup;
pub mod clock;
mod codebook;
mod coding;
pub mod command;
pub mod consultation;
mod content_type;
mod cuts;
mod data_package;
mod day;
mod digest;
mod docx;
mod download;
mod edition;
mod encoded;
mod export;
pub mod figures;
mod fonts;
mod gate;
mod guard;
mod header;
pub mod http;
mod intake;
mod invitation;
mod jobs;
mod key;
pub mod logs;
mod mechanism;
pub mod media;
mod meeting;
pub mod metrics;
pub mod network;
pub mod oidc;
pub mod origin;
mod outcome;
pub mod package;
mod paper;
mod partial;
pub mod people;
pub mod places;
mod png;
mod privacy;
pub mod publication;
mod quota;
pub mod random;
mod receipt;
mod refusal;
mod report;
mod results;
mod retention;
pub mod security;
pub mod server;
pub mod settings;
mod statement;
pub mod store;
mod theme;
mod tier;
pub mod times;
mod token;
mod translations;
mod typed;
pub mod visits;
mod words;
mod written;

/// What frees on one thread what another made without either waiting for the other, as exports do with every row.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;
