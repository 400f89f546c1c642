//! Rows that are answered each by itself, and things that are ranked or given amounts.

use super::*;

#[test]
fn a_grid_has_a_field_and_a_column_for_each_row() {
    let grid = q("grid", json!({ "rows": some(&[1, 2]), "options": some(&[0, 1]), "shuffle": true }));
    let optional = one(grid.clone());
    assert_eq!(posted(&optional, &[("q.2", "1")]), json!({ "q": { "2": 1 } }));
    assert_eq!(problems(&optional, json!({ "q": { "2": 1 } })), [""; 0]);
    assert_eq!(to_q(&optional, json!({ "1": 7, "3": 0 })), ["unknown_option q[1]", "unknown_option q[3]"]);
    assert_eq!(to_q(&optional, json!({ "1": [0] })), ["wrong_type q"]);
    assert!(row(&optional, json!({ "q": { "2": 1 } })).starts_with("q_1=Blank q_2=1 q_pos_1="));
    assert!(row(&optional, json!({})).starts_with("q_1=Blank q_2=Blank q_pos_1="));
    let required = one(with(grid, json!({ "required": true })));
    assert_eq!(problems(&required, json!({})), ["required q"]);
    assert_eq!(to_q(&required, json!({ "2": 1 })), ["required q[1]"]);
}

#[test]
fn a_grid_of_several_has_a_column_for_each_option_of_each_row() {
    let columns = json!([{ "code": 1, "text": "A" }, { "code": 2, "text": "B" }, { "code": 97, "text": "-", "exclusive": true }]);
    let grid = one(q("grid_multi", json!({ "rows": some(&[1, 2]), "options": columns, "max": 1 })));
    assert_eq!(posted(&grid, &[("q.1", "2"), ("q.1", "1")]), json!({ "q": { "1": [1, 2] } }));
    assert_eq!(to_q(&grid, json!({ "1": [1, 2], "2": [1, 97] })), ["too_many q[1]", "exclusive q[2]"]);
    assert_eq!(
        row(&grid, json!({ "q": { "1": [2] } })),
        "q_1_1=0 q_1_2=1 q_1_97=0 q_2_1=Blank q_2_2=Blank q_2_97=Blank"
    );
}

#[test]
fn a_vote_on_a_statement_is_1_for_agree_0_for_disagree_and_2_for_pass() {
    let votes = one(q("statements", json!({ "rows": some(&[1, 2, 3]), "options": some(&[-5]) })));
    assert_eq!(to_q(&votes, json!({ "1": 1, "2": 0, "3": 2 })), [""; 0]);
    assert_eq!(to_q(&votes, json!({ "1": -5, "2": 3 })), ["unknown_option q[2]"]);
    assert_eq!(row(&votes, json!({ "q": { "1": 2 } })), "q_1=2 q_2=Blank q_3=Blank");
    one_fault(
        q("statements", json!({ "rows": some(&[1]), "options": some(&[2]) })),
        "0].options[0].code",
        "codes 0 to 2",
    );
}

#[test]
fn only_the_rows_that_were_chosen_before_or_whose_condition_holds_are_asked() {
    let mut rows = some(&[1, 2, 3]);
    rows[2]["show_if"] = json!("used has 1");
    let grid = survey(page(json!([
        { "name": "used", "type": "multi", "text": "Used?", "options": some(&[1, 2, 3]) },
        q("grid", json!({ "rows": rows, "options": some(&[1, 2]), "rows_from": "used", "required": true })),
    ])));
    assert_eq!(problems(&grid, json!({ "used": [1, 2], "q": { "1": 1, "2": 2 } })), [""; 0]);
    assert_eq!(problems(&grid, json!({ "used": [1], "q": { "1": 1, "2": 2 } })), ["hidden q"]);
    assert_eq!(problems(&grid, json!({ "used": [3] })), [""; 0], "no row is left to answer");
    assert_eq!(problems(&grid, json!({ "used": [1, 3], "q": { "1": 1 } })), ["required q[3]"]);
    assert_eq!(
        row(&grid, json!({ "used": [2, 3], "q": { "2": 2 } })),
        "used_1=0 used_2=1 used_3=1 q_1=NotApplicable q_2=2 q_3=NotApplicable"
    );
    assert!(row(&grid, json!({})).ends_with("q_1=NotApplicable q_2=NotApplicable q_3=NotApplicable"));
}

#[test]
fn what_is_rated_ranked_or_given_an_amount_is_no_missing_answer() {
    let says = "stands for a missing answer";
    for kind in ["grid", "grid_multi", "statements"] {
        let mut grid = q(kind, json!({ "rows": some(&[1, -5]) }));
        if kind != "statements" {
            grid["options"] = some(&[1]);
        }
        one_fault(grid, "0].rows[1].code", says);
    }
    one_fault(q("ranking", json!({ "options": some(&[-5, 1]) })), "0].options[0].code", says);
    one_fault(q("allocation", json!({ "options": some(&[-6]), "total": 1 })), "0].options[0].code", says);
}

#[test]
fn a_ranking_is_an_order_and_its_columns_are_places() {
    let ranking = one(q("ranking", json!({ "options": some(&[1, 2, 3]), "places": 2 })));
    assert_eq!(posted(&ranking, &[("q.1", ""), ("q.2", "2"), ("q.3", "1")]), json!({ "q": [3, 2] }));
    assert_eq!(stops(&ranking, &[("q.1", "1"), ("q.2", "1")]), ["repeated q"]);
    assert_eq!(to_q(&ranking, json!([3])), ["incomplete q"]);
    assert_eq!(to_q(&ranking, json!([3, 2, 1])), ["too_many q"]);
    assert_eq!(to_q(&ranking, json!([3, 3])), ["repeated q"]);
    assert_eq!(to_q(&ranking, json!([3, 4])), ["unknown_option q"]);
    assert_eq!(row(&ranking, json!({ "q": [3, 2] })), "q_1=NotApplicable q_2=2 q_3=1");
    assert_eq!(row(&ranking, json!({})), "q_1=Blank q_2=Blank q_3=Blank");
    let all = one(q("ranking", json!({ "options": some(&[1, 2, 3]) })));
    assert_eq!(to_q(&all, json!([3, 2])), ["incomplete q"]);
    one_fault(q("ranking", json!({ "options": some(&[1, 2]), "places": 3 })), "0].places", "options (2)");
}

#[test]
fn amounts_add_up_to_their_total() {
    let budget = one(q(
        "allocation",
        json!({ "options": some(&[1, 2]), "total": 10, "places": 1, "required": true, "unit": "₸" }),
    ));
    let Control::Amounts { unit: Some(unit) } = &budget.question("q").unwrap().control else { panic!() };
    assert_eq!(unit.get("en"), "₸");
    assert_eq!(posted(&budget, &[("q.1", "2,5"), ("q.2", "7.5")]), json!({ "q": { "1": 2.5, "2": 7.5 } }));
    assert_eq!(to_q(&budget, json!({ "1": 10 })), [""; 0], "the others get nothing");
    assert_eq!(to_q(&budget, json!({ "1": 4, "2": 5 })), ["wrong_total q"]);
    assert_eq!(to_q(&budget, json!({ "1": -1, "2": 11 })), ["out_of_bounds q[1]", "out_of_bounds q[2]"]);
    assert_eq!(
        to_q(&budget, json!({ "1": 0.25, "2": 9.75 })),
        ["too_many_places q[1]", "too_many_places q[2]"]
    );
    assert_eq!(stops(&budget, &[("q.1", "ten"), ("q.2", "")]), ["not_a_number q[1]"]);
    assert_eq!(row(&budget, json!({ "q": { "1": 10 } })), "q_1=10 q_2=Blank");
}
