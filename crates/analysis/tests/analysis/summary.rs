//! Figures of each kind of question, worked out by hand.

use crate::support::{Asked, options, reasons};
use analysis::summary::{Figures, Order, Summary, sort, summaries};
use serde_json::{Value, json};
use survey::Missing;

/// The summary of the only question, asked of so many with each answer.
fn summary(question: &Value, answers: &[(Value, usize)]) -> Summary {
    let asked = Asked::new(&json!([question]));
    let row = |answer: &Value| asked.row(&if answer.is_null() { json!({}) } else { json!({ "q": answer }) });
    let rows: Vec<_> = answers.iter().flat_map(|(answer, count)| vec![row(answer); *count]).collect();
    summaries(asked.columns(), &asked.shapes, &asked.count(&rows)).remove(0)
}

fn near(a: Option<f64>, b: f64) -> bool {
    a.is_some_and(|a| (a - b).abs() < 1e-12)
}

#[test]
fn one_of_a_list_has_shares_of_those_who_answered_and_reasons_for_the_others() {
    let question = json!({"name": "q", "type": "single", "text": "?", "options": options(&[1, 2, 3, -5])});
    let summary = summary(&question, &[(json!(2), 6), (json!(1), 2), (json!(-5), 3), (Value::Null, 1)]);
    assert_eq!((summary.asked, summary.base), (12, 8));
    assert_eq!(summary.missing, reasons(&[(Missing::DoNotKnow, 3), (Missing::Blank, 1)]));
    let Figures::Choice(mut shares) = summary.figures else { panic!("{:?}", summary.figures) };
    let counts = |shares: &[analysis::summary::Share]| -> Vec<(i64, u64)> {
        shares.iter().map(|share| (share.code, share.count)).collect()
    };
    assert_eq!(counts(&shares), [(1, 2), (2, 6), (3, 0)]);
    assert_eq!(shares[1].share, Some(0.75));
    sort(&mut shares, Order::Size);
    assert_eq!(counts(&shares), [(2, 6), (1, 2), (3, 0)]);
}

#[test]
fn of_several_the_shares_are_of_respondents() {
    let question = json!({"name": "q", "type": "multi", "text": "?",
        "options": [{"code": 1, "text": "a"}, {"code": 2, "text": "b"}, {"code": -5, "text": "c", "exclusive": true}]});
    let summary =
        summary(&question, &[(json!([1, 2]), 3), (json!([1]), 1), (json!([-5]), 2), (Value::Null, 4)]);
    assert_eq!(summary.base, 4);
    assert_eq!(summary.missing, reasons(&[(Missing::DoNotKnow, 2), (Missing::Blank, 4)]));
    let Figures::Several(shares) = summary.figures else { panic!("{:?}", summary.figures) };
    let told: Vec<_> = shares.iter().map(|share| (share.code, share.count, share.base)).collect();
    assert_eq!(told, [(1, 4, 4), (2, 3, 4)]);
}

#[test]
fn a_scale_has_mean_quartiles_and_its_two_ends() {
    let question = json!({"name": "q", "type": "rating", "text": "?"});
    let summary = summary(&question, &[(json!(1), 1), (json!(2), 1), (json!(4), 2), (json!(5), 3)]);
    let Figures::Scale(scale) = summary.figures else { panic!("{:?}", summary.figures) };
    assert!(near(scale.spread.mean, 26.0 / 7.0));
    assert_eq!(
        (scale.spread.lower, scale.spread.median, scale.spread.upper),
        (Some(3.0), Some(4.0), Some(5.0))
    );
    assert!(near(scale.spread.deviation, (108.0_f64 / 7.0 / 6.0).sqrt()));
    assert!(near(scale.top_two.and_then(|top| top.share), 5.0 / 7.0));
    assert!(near(scale.bottom_two.and_then(|bottom| bottom.share), 2.0 / 7.0));
}

#[test]
fn the_net_promoter_score_is_promoters_less_detractors() {
    let question = json!({"name": "q", "type": "nps", "text": "?", "low": "no", "high": "yes"});
    let summary = summary(
        &question,
        &[(json!(10), 3), (json!(9), 2), (json!(8), 2), (json!(7), 1), (json!(6), 1), (json!(0), 1)],
    );
    let Figures::Nps(nps) = summary.figures else { panic!("{:?}", summary.figures) };
    assert_eq!((nps.promoters, nps.passives, nps.detractors, nps.base), (5, 3, 2, 10));
    assert!(near(nps.score, 30.0));
}

#[test]
fn a_ranking_has_first_places_mean_places_and_points() {
    let question = json!({"name": "q", "type": "ranking", "text": "?", "options": options(&[1, 2, 3])});
    let summary = summary(&question, &[(json!([1, 2, 3]), 2), (json!([2, 1, 3]), 1)]);
    let Figures::Ranking(ranks) = summary.figures else { panic!("{:?}", summary.figures) };
    assert_eq!(ranks.iter().map(|rank| rank.borda).collect::<Vec<_>>(), [5, 4, 0]);
    assert_eq!(ranks.iter().map(|rank| rank.first.count).collect::<Vec<_>>(), [2, 1, 0]);
    assert!(near(ranks[0].mean, 4.0 / 3.0));
}

#[test]
fn of_a_sum_shared_out_the_parts_add_up() {
    let question =
        json!({"name": "q", "type": "allocation", "text": "?", "total": 100, "options": options(&[1, 2])});
    let summary = summary(&question, &[(json!({"1": 60, "2": 40}), 1), (json!({"1": 100}), 1)]);
    let Figures::Shares(portions) = summary.figures else { panic!("{:?}", summary.figures) };
    assert!(near(portions[0].mean, 80.0) && near(portions[1].mean, 20.0));
    assert!(near(portions[0].share, 0.8) && near(portions[1].share, 0.2));
}

#[test]
fn rows_of_a_grid_have_bases_of_their_own() {
    let question = json!({"name": "q", "type": "grid", "text": "?", "rows": options(&[1, 2]), "options": options(&[1, 2])});
    let summary = summary(&question, &[(json!({"1": 1, "2": 2}), 2), (json!({"1": 1}), 1)]);
    assert_eq!(summary.base, 3);
    let Figures::Grid(rows) = summary.figures else { panic!("{:?}", summary.figures) };
    assert_eq!((rows[0].base, rows[1].base), (3, 2));
    assert_eq!(rows[1].missing, reasons(&[(Missing::Blank, 1)]));
    assert_eq!(rows[0].shares[0].count, 3);
}

#[test]
fn numbers_have_quartiles_and_classes_of_round_width() {
    let question = json!({"name": "q", "type": "number", "text": "?", "places": 1});
    let summary = summary(&question, &[(json!(0.5), 1), (json!(-3), 1), (json!(40), 1), (json!(12), 1)]);
    let Figures::Number(numeric) = summary.figures else { panic!("{:?}", summary.figures) };
    assert_eq!((numeric.spread.min, numeric.spread.max), (Some(-3.0), Some(40.0)));
    assert!(near(numeric.spread.lower, -0.375) && near(numeric.spread.median, 6.25));
    assert_eq!((numeric.bins[0].from, numeric.bins[0].to), (-5.0, 0.0));
    assert_eq!(numeric.bins.iter().map(|bin| bin.count).sum::<u64>(), 4);
}

#[test]
fn days_are_counted_by_month() {
    let question = json!({"name": "q", "type": "date", "text": "?"});
    let summary = summary(&question, &[(json!("2026-11-03"), 2), (json!("2026-10-30"), 1)]);
    let periods = vec![("2026-10".to_owned(), 1), ("2026-11".to_owned(), 2)];
    assert_eq!(summary.figures, Figures::Periods(periods));
}

#[test]
fn every_kind_of_question_can_be_summed_up_and_published() {
    for kind in survey::KINDS {
        let mut question: Value = serde_json::from_str(kind.example).unwrap();
        question["name"] = json!("q");
        let text = json!({"kk": "?", "ru": "?", "en": "?"});
        let definition = json!({"format": 1, "id": "s", "languages": ["kk", "ru", "en"], "title": text,
            "pages": [{"id": "p", "questions": [question]}]});
        let Ok(survey) = survey::Survey::read(&definition.to_string()) else { continue };
        let table = survey::columns::Table::of(&[&survey]);
        let shapes = analysis::shapes(table.columns(), &analysis::shape::types(&definition));
        assert_eq!(shapes.is_empty(), kind.name == "note", "{}", kind.name);
        let mut counts = analysis::Counts::of(table.columns(), &shapes);
        let empty = survey::Answers::default();
        let given: Value = serde_json::from_str(kind.answer).unwrap();
        let answers = json!({ "q": given });
        let answers = survey::Answers::read(&survey, answers.as_object().unwrap()).unwrap_or_default();
        for answers in [&empty, &answers] {
            let row = table.row(0, &survey, answers, survey::Occasion::default());
            counts.add(table.columns(), &shapes, &row);
        }
        for summary in summaries(table.columns(), &shapes, &counts) {
            assert_eq!(summary.base + summary.missing.values().sum::<u64>(), 2, "{}", kind.name);
            let public = analysis::disclosure::publish(
                &summary,
                analysis::disclosure::Rule::PUBLIC,
                false,
                analysis::disclosure::Totals::Responses,
            );
            assert_eq!((public.base, public.rows.len()), (None, 0), "{}", kind.name);
            serde_json::to_value(&summary).unwrap();
        }
    }
}
