//! The tables with their columns, one line each where it fits: a table that is not here would be in no backup.

use super::Kind::{self, Bytes, Integer, Text};
use super::{Column, Table};

/// All tables, those before others whose rows refer to theirs.
pub const TABLES: &[Table] = &[
    table(
        "versions",
        &["seq"],
        &[
            a("seq", Integer),
            a("survey", Text),
            a("version", Text),
            a("definition", Text),
            a("published_minute", Integer),
        ],
    ),
    table(
        "surveys",
        &["id"],
        &[
            a("id", Text),
            a("status", Text),
            a("current_version", Text),
            maybe("opens_minute", Integer),
            maybe("closes_minute", Integer),
        ],
    ),
    table(
        "media",
        &["survey", "version", "path"],
        &[
            a("survey", Text),
            a("version", Text),
            a("path", Text),
            a("content", Text),
            a("content_type", Text),
        ],
    ),
    table(
        "responses",
        &["seq"],
        &[
            a("seq", Integer),
            a("id", Text),
            a("survey", Text),
            a("version", Text),
            a("minute", Integer),
            a("lang", Text),
            a("channel", Text),
            a("answers", Text),
            a("paradata", Text),
            a("receipt_hash", Bytes),
            a("body_hash", Bytes),
        ],
    ),
    table("withdrawn", &["id"], &[a("id", Text), a("receipt_hash", Bytes), maybe("expired_minute", Integer)]),
    table("quotas", &["survey", "quota"], &[a("survey", Text), a("quota", Text), a("kept", Integer)]),
    table("quota_members", &["seq"], &[a("seq", Integer), a("quotas", Text)]),
    table(
        "places",
        &["code", "valid_from"],
        &[
            a("code", Integer),
            a("valid_from", Text),
            maybe("valid_to", Text),
            a("level", Integer),
            maybe("within", Integer),
            a("kk", Text),
            a("ru", Text),
        ],
    ),
    table("place_imports", &["as_of"], &[a("as_of", Text)]),
    table(
        "tokens",
        &["name"],
        &[
            a("hash", Bytes),
            a("name", Text),
            maybe("surveys", Text),
            a("created_minute", Integer),
            later("scope", Text, "read"),
            maybe("expires_minute", Integer),
        ],
    ),
    table(
        "paper_batches",
        &["survey", "batch"],
        &[a("survey", Text), a("batch", Text), a("version", Text), a("checking", Text)],
    ),
    table(
        "paper_sheets",
        &["survey", "batch", "sheet"],
        &[
            a("survey", Text),
            a("batch", Text),
            a("sheet", Integer),
            a("entries", Integer),
            a("kept", Integer),
            a("compared", Integer),
            a("differing", Integer),
        ],
    ),
    table(
        "paper_entries",
        &["seq"],
        &[
            a("seq", Integer),
            a("survey", Text),
            a("batch", Text),
            a("sheet", Integer),
            a("live", Integer),
            a("entered_by", Text),
            a("entry", Text),
        ],
    ),
    table(
        "partials",
        &["seq"],
        &[
            a("seq", Integer),
            a("id", Text),
            a("survey", Text),
            a("version", Text),
            a("state", Integer),
            a("minute", Integer),
            a("turn", Text),
            a("content", Text),
        ],
    ),
    table(
        "people",
        &["name"],
        &[
            a("name", Text),
            a("display", Text),
            a("password", Text),
            a("lang", Text),
            a("disabled", Integer),
            a("created_minute", Integer),
        ],
    ),
    table("roles", &["person", "survey"], &[a("person", Text), a("survey", Text), a("role", Text)]),
    table(
        "sessions",
        &["hash"],
        &[
            a("hash", Bytes),
            a("person", Text),
            a("created_minute", Integer),
            a("seen_minute", Integer),
            later("way", Text, "password"),
        ],
    ),
    table(
        "identities",
        &["issuer", "subject"],
        &[a("issuer", Text), a("subject", Text), a("person", Text), a("linked_minute", Integer)],
    ),
    table(
        "deeds",
        &["seq"],
        &[
            a("seq", Integer),
            a("minute", Integer),
            a("who", Text),
            a("act", Text),
            maybe("survey", Text),
            a("details", Text),
        ],
    ),
    table("secrets", &["name"], &[a("name", Text), a("value", Bytes)]),
    table(
        "blocks",
        &["seq"],
        &[
            a("seq", Integer),
            a("survey", Text),
            a("after_seq", Integer),
            a("last_seq", Integer),
            a("live", Integer),
            a("dictionary", Bytes),
            a("cells", Bytes),
        ],
    ),
    table(
        "results",
        &["survey"],
        &[
            a("survey", Text),
            a("last_seq", Integer),
            a("withdrawn", Integer),
            a("least", Integer),
            a("minute", Integer),
            a("body", Text),
        ],
    ),
    table(
        "code_frames",
        &["survey", "question"],
        &[a("survey", Text), a("question", Text), a("version", Integer), a("codes", Text)],
    ),
    table(
        "tags",
        &["seq"],
        &[
            a("seq", Integer),
            a("survey", Text),
            a("question", Text),
            a("response", Integer),
            a("coder", Text),
            a("day", Text),
            a("codes", Text),
        ],
    ),
    table(
        "visits",
        &["survey", "day", "lang", "channel", "what"],
        &[
            a("survey", Text),
            a("day", Text),
            a("lang", Text),
            a("channel", Text),
            a("what", Text),
            a("number", Integer),
        ],
    ),
    table(
        "weightings",
        &["survey", "name", "version"],
        &[
            a("survey", Text),
            a("name", Text),
            a("version", Integer),
            a("who", Text),
            a("minute", Integer),
            a("margins", Text),
        ],
    ),
    table(
        "invitation_batches",
        &["survey", "batch"],
        &[
            a("survey", Text),
            a("batch", Text),
            a("made_minute", Integer),
            maybe("expires_minute", Integer),
            a("revoked", Integer),
        ],
    ),
    table("invitations", &["survey", "hash"], &[a("survey", Text), a("hash", Bytes), a("batch", Text)]),
    table("invitations_left", &["survey", "hash"], &[a("survey", Text), a("hash", Bytes)]),
    table(
        "erasures",
        &["survey", "minute", "what"],
        &[a("survey", Text), a("minute", Integer), a("what", Text), a("number", Integer)],
    ),
    table("turns", &["name"], &[a("name", Text), a("until_minute", Integer)]),
    table(
        "spent_work",
        &["hash"],
        &[a("hash", Bytes), a("response_hash", Bytes), a("expires_minute", Integer)],
    ),
    table(
        "matters",
        &["survey", "year", "serial"],
        &[
            a("survey", Text),
            a("year", Integer),
            a("serial", Integer),
            a("seq", Integer),
            a("receipt_hash", Bytes),
            a("minute", Integer),
            a("state", Text),
            maybe("subject", Text),
            maybe("body", Text),
            maybe("responsible", Text),
            maybe("registered", Text),
            maybe("due", Text),
            a("control", Integer),
            a("shown", Integer),
            maybe("same_year", Integer),
            maybe("same_serial", Integer),
            a("revision", Integer),
            maybe("stance", Integer),
            maybe("speaker", Integer),
        ],
    ),
    table(
        "matter_events",
        &["survey", "year", "serial", "revision"],
        &[
            a("survey", Text),
            a("year", Integer),
            a("serial", Integer),
            a("revision", Integer),
            a("minute", Integer),
            a("who", Text),
            a("what", Text),
            a("said", Text),
            a("public", Integer),
        ],
    ),
    table(
        "outcomes",
        &["seq"],
        &[
            a("seq", Integer),
            a("survey", Text),
            a("number", Integer),
            a("minute", Integer),
            a("who", Text),
            a("said", Text),
        ],
    ),
    table(
        "archived",
        &["survey"],
        &[a("survey", Text), a("minute", Integer), a("who", Text), maybe("reason", Text)],
    ),
    table(
        "ballots",
        &["survey", "batch"],
        &[
            a("survey", Text),
            a("batch", Text),
            a("issued", Integer),
            a("unused", Integer),
            a("who", Text),
            a("minute", Integer),
        ],
    ),
    table(
        "votes",
        &["survey", "voter", "year", "serial"],
        &[
            a("survey", Text),
            a("voter", Bytes),
            a("year", Integer),
            a("serial", Integer),
            maybe("value", Integer),
            a("place", Integer),
            a("minute", Integer),
            a("flags", Text),
        ],
    ),
    table(
        "vote_tallies",
        &["survey", "year", "serial"],
        &[
            a("survey", Text),
            a("year", Integer),
            a("serial", Integer),
            a("agree", Integer),
            a("disagree", Integer),
            a("pass", Integer),
            a("seen", Integer),
            a("changes", Integer),
        ],
    ),
    table(
        "drafts",
        &["survey", "version"],
        &[
            a("survey", Text),
            a("version", Text),
            a("serial", Integer),
            a("minute", Integer),
            a("content", Text),
        ],
    ),
    table(
        "attendance",
        &["survey", "year", "serial"],
        &[a("survey", Text), a("year", Integer), a("serial", Integer), a("mode", Integer)],
    ),
    table("walk_ins", &["survey", "mode"], &[a("survey", Text), a("mode", Integer), a("people", Integer)]),
    table(
        "minutes_drafts",
        &["survey"],
        &[a("survey", Text), a("revision", Integer), a("minute", Integer), a("who", Text), a("said", Text)],
    ),
    table(
        "minutes",
        &["survey", "number"],
        &[a("survey", Text), a("number", Integer), a("minute", Integer), a("who", Text), a("said", Text)],
    ),
];

const fn table(name: &'static str, key: &'static [&'static str], columns: &'static [Column]) -> Table {
    Table { name, columns, key }
}

const fn a(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, nullable: false, default: None }
}

const fn later(name: &'static str, kind: Kind, default: &'static str) -> Column {
    Column { name, kind, nullable: false, default: Some(default) }
}

const fn maybe(name: &'static str, kind: Kind) -> Column {
    Column { name, kind, nullable: true, default: None }
}
