//! `Charts`: the object `chart` of templates; each method draws one kind of chart.

use std::fmt;
use std::sync::Arc;

use minijinja::value::{Enumerator, Kwargs, Object, ObjectRepr, Value, from_args};
use minijinja::{Error, State};

use crate::chart::{ChartSpec, Shape};
use crate::export::study::charts;

use super::super::desk::{Desk, spelled};
use super::super::error::ReportError;
use super::super::study::answered;
use super::{TABLE, draw, picture};

/// The object `chart`.
#[derive(Debug)]
pub struct Charts {
    pub desk: Arc<Desk>,
}

/// Makes a shape of what a template gave.
type Draw = fn(&Arc<Desk>, &Value, &Kwargs) -> Result<Shape, Error>;

/// Every kind but studies, with what draws it.
const KINDS: [(&str, Draw); 10] = [
    ("bars", draw::bars),
    ("line", draw::line),
    ("fan", draw::fan),
    ("target", draw::target),
    ("ranges", draw::ranges),
    ("bridge", draw::bridge),
    ("tornado", draw::tornado),
    ("heat", draw::heat),
    ("histogram", draw::histogram),
    ("scatter", draw::scatter),
];

impl Charts {
    /// A chart of what a template gave, kept for the page.
    fn drawn(&self, draw: Draw, args: &[Value]) -> Result<Value, Error> {
        let (name, given, options): (&str, Value, Kwargs) = from_args(args)?;
        let title = options.get::<Option<String>>("title")?.unwrap_or_else(|| spelled(name).to_string());
        let note = options.get::<Option<String>>("note")?.unwrap_or_default();
        let shape = draw(&self.desk, &given, &options)?;
        options.assert_all_used()?;
        Ok(Value::from(picture::kept(&self.desk, name, &ChartSpec { title, note, shape })?))
    }

    /// The chart of what a study found, of its first output or of that which is asked for.
    fn study(&self, args: &[Value]) -> Result<Value, Error> {
        let (name, of_study, options): (&str, &str, Kwargs) = from_args(args)?;
        let (_, answer) = answered(&self.desk, of_study)?;
        let mut charts = charts(&answer);
        if let Some(output) = options.get::<Option<&str>>("of")? {
            charts.retain(|(text, _)| text == output);
        }
        let given = format!("the study `{of_study}`");
        let help = "grids of one or two axes, tornado charts, bridges and simulations are drawn; `of` names one of their outputs";
        let none = ReportError::Misuse { what: "a chart".to_string(), given, help: help.to_string() };
        let (_, mut chart) = charts.into_iter().next().ok_or(none)?;
        chart.title = options.get::<Option<String>>("title")?.unwrap_or(chart.title);
        chart.note = options.get::<Option<String>>("note")?.unwrap_or(chart.note);
        options.assert_all_used()?;
        Ok(Value::from(picture::kept(&self.desk, name, &chart)?))
    }

    fn unknown(&self, method: &str) -> ReportError {
        let known = TABLE.iter().filter_map(|(form, _)| form.strip_prefix("chart.")?.split('(').next());
        let nearest = self.desk.nearest(method, known);
        ReportError::UnknownAttribute { owner: "`chart`".to_string(), name: format!("{method}()"), nearest }
    }
}

impl Object for Charts {
    fn repr(self: &Arc<Self>) -> ObjectRepr {
        ObjectRepr::Plain
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::NonEnumerable
    }

    fn call_method(self: &Arc<Self>, _: &mut State<'_, '_>, method: &str, args: &[Value]) -> Result<Value, Error> {
        match KINDS.iter().find(|(kind, _)| *kind == method) {
            Some((_, draw)) => self.drawn(*draw, args),
            None if method == "study" => self.study(args),
            None => Err(self.unknown(method).into()),
        }
    }

    fn render(self: &Arc<Self>, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("chart")
    }
}
