//! Why a value is what it is: its formula with the value of every part, and everything that was written to it.

use crate::calendar::Period;
use crate::eval::{Cell, Layer, Results, Trace, Write, trace, writes};
use crate::export::{aligned, display};
use crate::model::{Candidate, CaseId, Interpolation, Model, Provenance, Ranged, Role, Variable, VariableId, Window};
use crate::units::Unit;
use crate::workspace::Checked;

use super::super::super::failure::Failure;
use super::super::super::sheet::Sheet;
use super::inputs;
use super::name::clauses;
use super::tree::Tree;

/// What is told about values: in which case, and how deep.
pub struct Told<'a> {
    pub checked: &'a Checked,
    pub results: &'a Results,
    pub case: CaseId,
    pub depth: usize,
    /// By what share each input is raised to see what it does.
    pub raise: f64,
}

impl Told<'_> {
    /// A value without time with its tree; a series with its numbers and its lines.
    pub fn variable(&self, id: VariableId) -> String {
        let variable = self.model().variable(id);
        match variable.time {
            None => self.cell(id, None),
            Some(_) => self.series(id, variable),
        }
    }

    /// One period of a series with its tree.
    pub fn period(&self, id: VariableId, text: &str) -> Result<String, Failure> {
        let variable = self.model().variable(id);
        let line = variable.time.and_then(|frequency| self.model().timelines.get(frequency));
        let line = line.ok_or_else(|| Failure::plain(format!("`{}` does not vary over time", variable.path)))?;
        let index = Period::parse(text).ok().filter(|period| period.frequency == line.frequency);
        match index.and_then(|period| line.index_of(period.ordinal)) {
            Some(index) => Ok(self.cell(id, Some(index))),
            None => {
                let longer = Period::parse(text).ok().and_then(|period| self.longer(id, period, line.frequency));
                if let Some(longer) = longer {
                    return Ok(longer);
                }
                let names: Vec<String> = line.periods().map(|period| period.to_string()).collect();
                let message = format!("`{}` has no value in {text}", variable.path);
                let range = format!("its periods are {} to {}", names[0], names[names.len() - 1]);
                Err(Failure::asked(message, range))
            }
        }
    }

    pub(super) fn model(&self) -> &Model {
        &self.checked.model
    }

    fn cell(&self, id: VariableId, index: Option<usize>) -> String {
        let trace = trace(self.model(), self.results, self.case, id, index);
        let mut out = self.headline(&trace);
        if let Some(root) = trace.root.as_ref().filter(|root| !root.children.is_empty()) {
            out += &format!("  = {}\n", root.text);
            Tree::new(self, trace.variable, index).below(&root.children, "  ", self.depth, &mut out);
        }
        out += &self.written(&trace.writes);
        out += &inputs::carried(self, id, index);
        let variable = self.model().variable(id);
        out + &self.ranges(variable, index) + &self.candidates(variable, index)
    }

    fn headline(&self, trace: &Trace) -> String {
        let variable = self.model().variable(trace.variable);
        let period = self.period_name(variable, trace.index).map(|name| format!("[{name}]")).unwrap_or_default();
        let case = match trace.case {
            CaseId::BASE => String::new(),
            case => format!(" in case {}", self.model().case(case).name),
        };
        let label = variable.label.as_ref().map(|label| format!("  {label}")).unwrap_or_default();
        let value = told(&trace.value, &variable.unit);
        format!("{}{period} = {value}{case}{label}\n", variable.path)
    }

    fn series(&self, id: VariableId, variable: &Variable) -> String {
        let Some(line) = variable.time.and_then(|frequency| self.model().timelines.get(frequency)) else {
            return String::new();
        };
        let cells: Vec<Cell> = (0..line.len).map(|index| self.results.cell(self.case, id, Some(index))).collect();
        let unit = &*variable.unit.symbol;
        let mut out =
            format!("{}{}\n", variable.path, if unit.is_empty() { String::new() } else { format!(", {unit}") });
        let rows = vec![aligned(&cells, &variable.unit)];
        let head = line.periods().map(|period| period.to_string()).collect();
        out += &Sheet { head, labels: 0, trailing: 0, rows }.text(Some(100));
        out += &self.pieces(variable);
        let mut later: Vec<Write> = Vec::new();
        for index in 0..line.len {
            for write in writes(self.model(), &self.results.settings, self.case, id, Some(index)) {
                let known = later.iter().any(|other| other.place == write.place && other.text == write.text);
                if write.layer != Layer::Definition && !known {
                    later.push(write);
                }
            }
        }
        out += &self.written(&later);
        out + &self.ranges(variable, None) + &self.candidates(variable, None)
    }

    /// The lines that define a series, each with its periods.
    fn pieces(&self, variable: &Variable) -> String {
        let definition = &variable.definition;
        let mut out = String::new();
        for piece in &definition.pieces {
            let (role, window) = (role_word(piece.role), self.window(variable, piece.window));
            let (text, clauses) = (one_line(&piece.formula.text), self.clauses(&piece.provenance));
            let place = self.checked.sources().locate(piece.place);
            out += format!("  {role} {window}{text}  {clauses}").trim_end();
            out += &format!("\n      {place}\n");
        }
        out += match definition.interpolation {
            Some(Interpolation::Linear) => "  linear between them\n",
            Some(Interpolation::Geometric) => "  geometric between them\n",
            Some(Interpolation::Step) => "  in steps between them\n",
            None => "",
        };
        out
    }

    /// Everything that was written, the file's own line first.
    fn written(&self, writes: &[Write]) -> String {
        let mut out = String::new();
        for write in writes {
            let layer = match write.layer {
                Layer::Definition => role_word(write.role).to_string(),
                Layer::Case(case) => format!("case {}", self.model().case(case).name),
                Layer::Settings => "set".to_string(),
            };
            let clauses = self.clauses(&write.provenance);
            let gap = if clauses.is_empty() { "" } else { "  " };
            let place = self.checked.sources().locate(write.place);
            out += &format!("  {layer} {}{gap}{clauses}\n      {place}\n", one_line(&write.text));
        }
        out
    }

    /// The values of other sources that were kept and not chosen.
    fn candidates(&self, variable: &Variable, index: Option<usize>) -> String {
        let held =
            |candidate: &&Candidate| index.is_none_or(|at| candidate.pieces.iter().any(|(window, _)| window.holds(at)));
        let line = |candidate: &Candidate| {
            let texts = candidate
                .pieces
                .iter()
                .map(|(window, formula)| format!("{}{}", self.window(variable, *window), one_line(&formula.text)));
            let texts = texts.collect::<Vec<_>>().join(" | ");
            let place = self.checked.sources().locate(candidate.place);
            format!("  also {texts}  {}\n      {place}\n", self.clauses(&candidate.provenance))
        };
        variable.candidates.iter().filter(held).map(line).collect()
    }

    /// How its pieces vary, as it is written.
    fn ranges(&self, variable: &Variable, index: Option<usize>) -> String {
        let held = |ranged: &&Ranged| index.is_none_or(|at| ranged.window.holds(at));
        let is_several = variable.definition.pieces.len() > 1;
        let periods = |ranged: &Ranged| match is_several {
            true => self.window(variable, ranged.window),
            false => String::new(),
        };
        let line = |ranged: &Ranged| format!("  range {}{}\n", periods(ranged), ranged.spread.text);
        variable.ranges.iter().filter(held).map(line).collect()
    }

    fn window(&self, variable: &Variable, window: Window) -> String {
        self.model().periods_of(variable, window).map_or(String::new(), |periods| format!("{periods} "))
    }

    fn period_name(&self, variable: &Variable, index: Option<usize>) -> Option<String> {
        let line = self.model().timelines.get(variable.time?)?;
        line.period(index?).map(|period| period.to_string())
    }

    pub(super) fn clauses(&self, provenance: &Provenance) -> String {
        clauses(self.model(), provenance)
    }
}

/// A value and, if it is missing, why.
pub(super) fn told(cell: &Cell, unit: &Unit) -> String {
    match cell {
        Cell::Missing { reason: Some(reason), .. } => format!("{} ({reason})", display(cell, unit)),
        Cell::Text(text) => format!("\"{text}\""),
        _ => display(cell, unit),
    }
}

fn role_word(role: Role) -> &'static str {
    match role {
        Role::Given => "given",
        Role::Assumed => "assume",
        Role::Derived => "derive",
    }
}

pub(super) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
