//! `GET /openapi.json`: the API described for programs (OpenAPI 3.1).
//!
//! The description is written by hand, in `openapi.json` beside this file. The tests here compare it with the routes, the
//! refusals, the problems and the options that there are; `cargo xtask test --only api` holds it against a running program.

use crate::encoded::Encoded;
use axum::http::HeaderMap;
use axum::response::Response;
use std::sync::LazyLock;

const DOCUMENT: &str = include_str!("openapi.json");

pub(super) async fn get(headers: HeaderMap) -> Response {
    ENCODED.respond(&headers, "no-cache")
}

static ENCODED: LazyLock<Encoded> =
    LazyLock::new(|| Encoded::with_copies("application/json", DOCUMENT.into(), None, None));

#[cfg(test)]
mod tests {
    use super::*;
    use crate::codebook;
    use crate::download::Wanted;
    use crate::export::{OPTIONS, name_of};
    use clap::ValueEnum;
    use serde_json::Value;
    use std::collections::BTreeSet;
    use survey::Code;
    use survey::response::{ASSISTANCE, CHANNELS, PARADATA, PATHS};

    /// Routes outside `/api/` that are described too: those of operation.
    const OF_OPERATION: [&str; 4] = ["/healthz", "/readyz", "/metrics", "/openapi.json"];

    const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

    fn document() -> Value {
        serde_json::from_str(DOCUMENT).unwrap()
    }

    /// What is at this place of the document.
    fn at(pointer: &str) -> Value {
        document().pointer(pointer).unwrap_or_else(|| panic!("openapi.json has no {pointer}")).clone()
    }

    fn strings(value: &Value) -> Vec<String> {
        value.as_array().unwrap().iter().map(|item| item.as_str().unwrap().to_owned()).collect()
    }

    /// Method and path of each route in the table of routes. axum does not tell them, so its source is read.
    fn routes() -> BTreeSet<String> {
        let table = include_str!("../http.rs").split("#[cfg(test)]").next().unwrap();
        table.split(".route(").skip(1).flat_map(methods_of).collect()
    }

    /// `"/a", get(b).post(c))` and what follows it, as `get /a` and `post /a`.
    fn methods_of(route: &str) -> Vec<String> {
        let path = route.split('"').nth(1).unwrap();
        let described = path.starts_with("/api/") || OF_OPERATION.contains(&path);
        let handlers = &route[route.find(path).unwrap() + path.len()..];
        let words = handlers.split(|c: char| !c.is_alphanumeric() && c != '_' && c != '(' && c != ':');
        let taken =
            words.flat_map(|word| METHODS.into_iter().filter(move |m| word.starts_with(&format!("{m}("))));
        taken.filter(|_| described).map(|method| format!("{method} {path}")).collect()
    }

    #[test]
    fn every_route_of_the_api_is_described_and_no_other() {
        let paths = at("/paths");
        let described = paths.as_object().unwrap().iter().flat_map(|(path, operations)| {
            let methods = operations.as_object().unwrap().keys();
            methods.map(move |method| format!("{method} {path}"))
        });
        assert_eq!(described.collect::<BTreeSet<_>>(), routes());
    }

    #[test]
    fn routes_are_read_with_all_of_their_methods() {
        assert_eq!(
            methods_of("\n\"/api/v1/a\",\nget(x::get).post(x::post),\n)"),
            ["get /api/v1/a", "post /api/v1/a"]
        );
        assert!(methods_of("\"/s/{survey}\", get(hosted::show))").is_empty());
    }

    #[test]
    fn every_refusal_is_described_and_no_other() {
        let source = include_str!("problem.rs");
        let codes = source.split("(StatusCode::").skip(1).filter_map(|rest| rest.split('"').nth(1));
        let codes: Vec<String> = codes.map(|code| format!("urn:qulaq:problem:{code}")).collect();
        assert_eq!(strings(&at("/components/schemas/Refusal/properties/type/enum")), codes);
    }

    #[test]
    fn every_problem_of_a_response_is_described_and_no_other() {
        let codes: Vec<&str> = Code::ALL.iter().map(|(_, name)| *name).collect();
        assert_eq!(strings(&at("/components/schemas/Problem/properties/code/enum")), codes);
    }

    #[test]
    fn what_travels_around_answers_is_described_as_it_is_read() {
        let schemas = at("/components/schemas");
        assert_eq!(strings(&schemas["Response"]["properties"]["channel"]["enum"]), CHANNELS);
        let paradata = &schemas["Paradata"]["properties"];
        assert_eq!(strings(&paradata["path"]["enum"]), PATHS);
        assert_eq!(strings(&paradata["assisted"]["enum"]), ASSISTANCE);
        let fields: BTreeSet<&str> = paradata.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, BTreeSet::from(PARADATA));
    }

    /// The parameters of a route for analysts, in order.
    fn parameters(route: &str) -> Vec<Value> {
        let pointer = format!("/paths/~1api~1v1~1surveys~1{{survey}}~1{route}/get/parameters");
        at(&pointer).as_array().unwrap().clone()
    }

    fn formats(route: &str) -> Vec<String> {
        let format = parameters(route).into_iter().find(|parameter| parameter["name"] == "format");
        strings(&format.unwrap()["schema"]["enum"])
    }

    #[test]
    fn every_format_of_an_export_and_of_a_codebook_is_described() {
        assert_eq!(formats("export"), Wanted::names());
        let codebooks: Vec<String> = codebook::Format::value_variants().iter().map(name_of).collect();
        assert_eq!(formats("codebook"), codebooks);
    }

    #[test]
    fn every_option_of_an_export_is_described() {
        let parameters = parameters("export");
        let names = parameters.iter().filter_map(|parameter| parameter["name"].as_str());
        let options: Vec<&str> = names.filter(|name| *name != "format").collect();
        assert_eq!(options, OPTIONS);
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let references = DOCUMENT.split("\"$ref\": \"#").skip(1).filter_map(|rest| rest.split('"').next());
        for reference in references {
            at(reference);
        }
    }
}
