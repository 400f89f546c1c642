//! The model from outside: the example surveys and small definitions of our own, read, walked, checked and laid out in
//! columns.

mod support;

mod check;
mod columns;
mod definition;
mod form;
