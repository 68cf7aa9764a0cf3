//! Published figures and the facts behind a book as plain rows: what `scn reconcile --format json` writes.

use serde::Serialize;
use serde_json::{Value, json};

use crate::eval::{Cell, Figure, Findings, Results, Verdict, writes};
use crate::model::{CaseId, Clauses, Model, Printed, PrintedValue, Reconcile, Role, Tolerance, VariableId};
use crate::text::Sources;
use crate::units::{Unit, grouped, percent};
use crate::word::yes_no;

use super::{display, in_unit, value};

/// A value as machines and people read it.
#[derive(Debug, Clone, Serialize)]
pub struct Amount {
    pub value: Value,
    pub display: String,
    pub unit: String,
}

/// One published figure and how the book stands to it.
#[derive(Debug, Clone, Serialize)]
pub struct FigureRow {
    pub id: String,
    pub path: String,
    pub case: String,
    pub computed: Amount,
    pub printed: Amount,
    pub tolerance: String,
    pub verdict: &'static str,
    pub source: Option<String>,
    pub at: Option<String>,
    pub because: Option<String>,
}

/// One value that a file states: a fact or a judgement, with who stands behind it.
#[derive(Debug, Clone, Serialize)]
pub struct GivenRow {
    pub path: String,
    pub period: Option<String>,
    #[serde(flatten)]
    pub amount: Amount,
    pub role: &'static str,
    pub source: Option<String>,
    pub at: Option<String>,
    /// `path:line:column` in the book.
    pub place: String,
    pub by: Option<String>,
    pub because: Option<String>,
}

impl Verdict {
    /// The word that people and machines are shown.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Reconciled => "reconciled",
            Verdict::Disputed => "disputed",
            Verdict::Failed => "failed",
            Verdict::Missing => "missing",
        }
    }
}

/// Every published figure, in the order of the files.
pub fn figure_rows(model: &Model, findings: &Findings) -> Vec<FigureRow> {
    findings.reconciles.iter().map(|figure| figure_row(model, figure)).collect()
}

/// Every value of the base case that a file states, in the order of the files, then of time.
pub fn given_rows(model: &Model, results: &Results, sources: &Sources) -> Vec<GivenRow> {
    let ids = (0..model.variables.len() as u32).map(VariableId);
    let shown = ids.filter(|id| !model.variable(*id).hidden);
    shown
        .flat_map(|id| indexes(model, id).into_iter().map(move |index| (id, index)))
        .filter_map(|(id, index)| given_row(model, results, sources, id, index))
        .collect()
}

/// The figures and givens as one JSON text.
pub fn figures_json(figures: &[FigureRow], givens: &[GivenRow]) -> String {
    let whole = json!({ "schema_version": 1, "figures": figures, "givens": givens });
    format!("{whole:#}\n")
}

fn figure_row(model: &Model, figure: &Figure) -> FigureRow {
    let reconcile = &model.reconciles[figure.reconcile];
    let Clauses { source, at, .. } = reconcile.provenance.clauses(model);
    FigureRow {
        id: reconcile.id.to_string(),
        path: reconcile.path.to_string(),
        case: model.case(reconcile.case).name.to_string(),
        computed: computed(&figure.computed, &reconcile.printed),
        printed: printed(&reconcile.printed),
        tolerance: tolerance(reconcile),
        verdict: figure.verdict.word(),
        source,
        at,
        because: reconcile.disputed.as_deref().map(str::to_string),
    }
}

/// The computed value in the printed unit, with more digits than are printed.
fn computed(cell: &Cell, printed: &Printed) -> Amount {
    let unit = &printed.unit;
    let text = match in_unit(cell, unit) {
        Some(number) => {
            let more = if number.abs() < 1000.0 { 2 } else { 1 };
            unit.written(&trimmed(grouped(number, printed.decimals + more), printed.decimals))
        }
        None => display(cell, unit),
    };
    Amount { value: value(cell, unit), display: text, unit: unit.symbol.to_string() }
}

/// A number without the zeros at its end that are beyond the printed decimals.
fn trimmed(text: String, decimals: usize) -> String {
    let least = text.find('.').map_or(text.len(), |point| if decimals == 0 { point } else { point + 1 + decimals });
    let kept = text.trim_end_matches('0').trim_end_matches('.').len().max(least);
    text[..kept].to_string()
}

/// The printed value with the digits that are printed; a range as both ends, of which an open one is null.
fn printed(printed: &Printed) -> Amount {
    let unit = &printed.unit;
    let number = |base: f64| in_unit(&Cell::Number(base), unit).unwrap_or(base);
    let end = |base: f64| if base.is_finite() { json!(number(base)) } else { Value::Null };
    let (value, display) = match &printed.value {
        PrintedValue::Number(base) => {
            let number = number(*base);
            (json!(number), unit.written(&grouped(number, printed.decimals)))
        }
        PrintedValue::Range { low, high } => (json!([end(*low), end(*high)]), printed.range().unwrap_or_default()),
        PrintedValue::Text(text) => (json!(&**text), text.to_string()),
        PrintedValue::YesNo(holds) => (json!(holds), yes_no(*holds).to_string()),
        PrintedValue::Missing(code) => (Value::Null, code.word().to_string()),
    };
    Amount { value, display, unit: unit.symbol.to_string() }
}

fn tolerance(reconcile: &Reconcile) -> String {
    let unit = &reconcile.printed.unit;
    if let Some(words) = reconcile.nearness() {
        return words.to_string();
    }
    match reconcile.tolerance {
        Tolerance::AsPrinted(_) => "as printed".to_string(),
        Tolerance::Absolute(base) => display(&Cell::Number(base), unit),
        Tolerance::Relative(share) => percent(share),
    }
}

fn given_row(
    model: &Model,
    results: &Results,
    sources: &Sources,
    id: VariableId,
    index: Option<usize>,
) -> Option<GivenRow> {
    let write = writes(model, &results.settings, CaseId::BASE, id, index).into_iter().next_back()?;
    let role = Some(write.role).filter(|role| *role != Role::Derived)?.word();
    let variable = model.variable(id);
    let cell = results.cell(CaseId::BASE, id, index);
    let Clauses { source, at, by, because, .. } = write.provenance.clauses(model);
    Some(GivenRow {
        path: variable.path.to_string(),
        period: model.period_of(variable, index),
        amount: amount(&cell, &variable.unit),
        role,
        source,
        at,
        place: sources.locate(write.place),
        by,
        because,
    })
}

fn amount(cell: &Cell, unit: &Unit) -> Amount {
    Amount { value: value(cell, unit), display: display(cell, unit), unit: unit.symbol.to_string() }
}

fn indexes(model: &Model, id: VariableId) -> Vec<Option<usize>> {
    match model.variable(id).time.and_then(|frequency| model.timelines.get(frequency)) {
        Some(line) => (0..line.len).map(Some).collect(),
        None => vec![None],
    }
}
