//! The Qulaq widget.
