//! The collector from outside: its router over loopback, its store on a real disk, its program as a process.

#![expect(clippy::unwrap_used, clippy::panic, reason = "in a test, what is not as expected is the failure")]

mod archive;
mod backup;
mod bad_input;
mod check;
mod chosen;
mod codebook;
mod console;
mod doctor;
mod due;
mod embed;
mod erasure;
mod export;
mod failure;
mod guarding;
mod health;
mod hosted;
mod invited;
mod masking;
mod media;
mod metrics;
mod occasion;
mod origins;
mod pace;
mod page;
mod partials;
mod places;
mod preview;
mod program;
mod quotas;
mod reading;
mod results;
mod sending;
mod server;
mod settings;
mod statement;
mod store;
mod support;
mod times;
mod tls;
mod translations;
mod troubles;
mod user;
mod withdraw;
mod working;
