//! The JSON Schema of a definition, made from the lists that the reader checks by, so that an editor completes and
//! marks the same fields.

use crate::field::{self, Field, Shape};
use crate::kind::{KINDS, Registration};
use crate::text::STAMPS;
use serde_json::{Map, Value, json};

/// JSON Schema (draft 2020-12) of a definition of format 1.
#[must_use]
pub fn schema() -> Value {
    let mut schema = object(&[field::SURVEY]);
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("Qulaq survey, format 1");
    schema["$defs"] = json!({ "text": text(), "question": { "oneOf": KINDS.iter().map(|kind| question(kind)).collect::<Vec<_>>() } });
    schema
}

fn question(kind: &Registration) -> Value {
    let mut schema = object(&[field::QUESTION, kind.fields]);
    schema["description"] = json!(kind.about);
    schema["properties"]["type"] = json!({ "const": kind.name, "description": kind.about });
    schema
}

fn object(fields: &[&[Field]]) -> Value {
    let fields = || fields.iter().copied().flatten();
    let properties: Map<String, Value> =
        fields().map(|field| (field.name.to_owned(), property(field))).collect();
    let required: Vec<&str> = fields().filter(|field| field.required).map(|field| field.name).collect();
    json!({ "type": "object", "properties": properties, "required": required, "additionalProperties": false })
}

fn property(field: &Field) -> Value {
    let mut schema = match &field.shape {
        Shape::Flag => json!({ "type": "boolean" }),
        Shape::Integer(least, most) => json!({ "type": "integer", "minimum": least, "maximum": most }),
        Shape::Identifier => json!({ "type": "string", "pattern": "^[a-z][a-z0-9-]{0,63}$" }),
        Shape::Variable => json!({ "type": "string", "pattern": "^[A-Za-z][A-Za-z0-9_]{0,31}$" }),
        Shape::Condition | Shape::Expression => json!({ "type": "string" }),
        Shape::Number => json!({ "type": "number" }),
        Shape::OneOf(words) => json!({ "enum": words }),
        Shape::File => {
            json!({ "type": "string", "pattern": "^[A-Za-z0-9_-][A-Za-z0-9_.-]*(/[A-Za-z0-9_-][A-Za-z0-9_.-]*)*$" })
        }
        Shape::Phone => json!({ "type": "string", "pattern": "^[+]?[0-9 ()-]{3,}$" }),
        Shape::Email => json!({ "type": "string", "pattern": "^[^ @]+@[^ @]+[.][^ @]+$" }),
        Shape::LocalTime => {
            json!({ "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}$" })
        }
        Shape::Moment => {
            json!({ "type": "string", "pattern": "^([0-9]{4}-[0-9]{2}(-[0-9]{2})?|[0-9]{2}:[0-9]{2})$" })
        }
        Shape::Answer => json!({}),
        Shape::Text => json!({ "$ref": "#/$defs/text" }),
        Shape::Kind => json!({ "enum": KINDS.iter().map(|kind| kind.name).collect::<Vec<_>>() }),
        Shape::Account => json!({ "type": "string", "pattern": "^[a-z0-9._@-]{1,64}$" }),
        Shape::Codes => json!({ "type": "array", "minItems": 1, "items": { "type": "integer" } }),
        Shape::Languages => json!({ "type": "array", "minItems": 1, "uniqueItems": true,
            "items": { "type": "string", "pattern": "^[a-z][a-z0-9-]{0,11}$" } }),
        Shape::Object(fields) => object(&[fields]),
        Shape::Objects(fields) => json!({ "type": "array", "minItems": 1, "items": object(&[fields]) }),
        Shape::Questions => {
            json!({ "type": "array", "minItems": 1, "items": { "$ref": "#/$defs/question" } })
        }
    };
    schema["description"] = json!(field.about);
    schema
}

fn text() -> Value {
    json!({ "oneOf": [
        { "type": "string", "minLength": 1 },
        { "type": "object", "minProperties": 1, "additionalProperties": { "type": "string", "minLength": 1 },
            "properties": { STAMPS: {
                "type": "object",
                "description": "Which source text each translation was made from; `qulaq translations` writes it.",
                "additionalProperties": { "type": "string", "pattern": "^[0-9a-f]{8}$" },
            } } },
    ] })
}
