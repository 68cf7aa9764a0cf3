//! `DataError`: why a file of rows cannot be read, or a cell is not what its column says.

use miette::Diagnostic;
use thiserror::Error;

/// Why a table from outside is none; rows and columns are named as the file names them.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum DataError {
    /// `rows` was said of a CSV file.
    #[error("a csv file has no `rows`")]
    #[diagnostic(code(data::rows), help("remove `rows`; it names the key of a yaml file under which the rows stand"))]
    RowsOfCsv,
    /// The file does not follow its format.
    #[error("the file cannot be read: {reason}")]
    #[diagnostic(code(data::unreadable), help("mend the file, or export it again"))]
    Unreadable { reason: String },
    /// There is no such key, or it holds no rows.
    #[error("{what}")]
    #[diagnostic(code(data::rows), help("{help}"))]
    NoRows { what: String, help: String },
    /// A row has more or fewer fields than the head.
    #[error("line {line} has {found} fields, and the head has {expected}")]
    #[diagnostic(code(data::ragged), help("quote fields that hold commas; write empty fields as `,,`"))]
    Ragged { line: usize, found: usize, expected: usize },
    /// Two columns have one name, or a column has none.
    #[error("column {number} {problem}")]
    #[diagnostic(code(data::column_name), help("give every column a name of its own"))]
    ColumnName { number: usize, problem: String },
    /// A percentage as text.
    #[error("`{text}` in {row}, column `{column}` is text, not a number")]
    #[diagnostic(code(data::percent), help("write the bare number and give the column the unit `%`"))]
    Percent { row: String, column: String, text: String },
    /// A number with commas between its digits.
    #[error("`{text}` in {row}, column `{column}` is text, not a number")]
    #[diagnostic(
        code(data::grouped),
        help("write it without commas, since `1,200` and `1.200` are read differently around the world")
    )]
    Grouped { row: String, column: String, text: String },
    /// Any other text in a number column.
    #[error("`{text}` in {row}, column `{column}` is not a number")]
    #[diagnostic(
        code(data::not_a_number),
        help("write a bare number; the unit stands in the `data` item; say NM, NA, ND or X if there is none")
    )]
    NotANumber { row: String, column: String, text: String },
    /// Anything but yes or no in a yes/no column.
    #[error("`{text}` in {row}, column `{column}` is neither yes nor no")]
    #[diagnostic(code(data::not_yes_no), help("write `true` or `false` in yaml, `yes` or `no` in csv"))]
    NotYesNo { row: String, column: String, text: String },
}
