//! `DataError`: why a file of rows cannot be read, or a cell is not what its column says.

use miette::Diagnostic;
use thiserror::Error;

use crate::text::NumberFault;

/// Why a table from outside is none; rows and columns are named as the file names them.
#[derive(Debug, Clone, PartialEq, Error, Diagnostic)]
pub enum DataError {
    /// `rows` was said of a CSV file.
    #[error("a csv file has no `rows`")]
    #[diagnostic(code(data::rows), help("remove `rows`; it names the key of a yaml file under which the rows stand"))]
    RowsOfCsv,
    /// The file does not follow its format.
    #[error("the file cannot be read: {reason}")]
    #[diagnostic(code(data::unreadable), help("mend the file, or export it again as text: UTF-8, csv or yaml"))]
    Unreadable { reason: String },
    /// There is no such key, or it holds no rows.
    #[error("{what}")]
    #[diagnostic(code(data::rows), help("{help}"))]
    NoRows { what: String, help: String },
    /// More than is taken in at once.
    #[error("the file {what}")]
    #[diagnostic(code(data::too_large), help("{help}"))]
    TooLarge { what: String, help: String },
    /// A row has more or fewer fields than the head.
    #[error("line {line} has {found} {}, and the head has {expected}", if *found == 1 { "field" } else { "fields" })]
    #[diagnostic(
        code(data::ragged),
        help("every line has a field for each column, parted by {mark}; a field that holds one stands in quotes")
    )]
    Ragged { line: usize, found: usize, expected: usize, mark: String },
    /// Two columns have one name, or a column has none.
    #[error("column {number} {problem}")]
    #[diagnostic(code(data::column_name), help("give every column a name of its own"))]
    ColumnName { number: usize, problem: String },
    /// A percentage as text.
    #[error("`{text}` in {row}, column `{column}` is text, not a number")]
    #[diagnostic(code(data::percent), help("write the bare number and give the column the unit `%`"))]
    Percent { row: String, column: String, text: String },
    /// Numbers of a column in per cents, of which some look like shares.
    #[error("`{share}` in {row}, column `{column}` looks like a share, and `{other}` in {other_row} like per cents")]
    #[diagnostic(
        code(data::percent),
        severity(warning),
        help("the column is read in `%`: 0.41 is 0.41%, and 41% is written 41")
    )]
    Shares { share: String, row: String, other: String, other_row: String, column: String },
    /// A number whose digits are grouped, or that may be.
    #[error("`{text}` in {row}, column `{column}` {problem}")]
    #[diagnostic(code(data::grouped), help("{help}"))]
    Grouped { row: String, column: String, text: String, problem: String, help: String },
    /// Any other text in a number column.
    #[error("`{text}` in {row}, column `{column}` is not a number")]
    #[diagnostic(code(data::not_a_number), help("{help}"))]
    NotANumber { row: String, column: String, text: String, help: String },
    /// A number beyond all bounds, or with more digits than are kept.
    #[error("`{text}` in {row}, column `{column}` {}", fault.problem())]
    #[diagnostic(code(data::not_a_number), help("{}", fault.help()))]
    Number { row: String, column: String, text: String, fault: NumberFault },
    /// A cell of another sort than those of its column, of which nothing else tells what it holds.
    #[error("`{text}` in {row}, column `{column}` is not what `{other}` in {other_row} is")]
    #[diagnostic(
        code(data::not_a_number),
        help(
            "a column holds numbers, yes and no, or texts: where there is no value, write NM, NA, ND or X; if all of it is text, \
             declare it so in the kind: `in NAME: text`"
        )
    )]
    Mixed { text: String, row: String, column: String, other: String, other_row: String },
    /// A row or a column named like a sum of the others, which no item declares.
    #[error("`{name}` {place} is called like a sum or a mean of the others")]
    #[diagnostic(code(data::total), help("{help}"))]
    Total { name: String, place: String, help: String },
    /// A row that is the sum of all others, which no item declares.
    #[error("`{name}` {place} is the sum of all other rows")]
    #[diagnostic(code(data::sum), severity(warning), help("{help}"))]
    Sum { name: String, place: String, help: String },
    /// Anything but yes or no in a yes/no column.
    #[error("`{text}` in {row}, column `{column}` is neither yes nor no")]
    #[diagnostic(code(data::not_yes_no), help("write `true` or `false` in yaml, `yes` or `no` in csv"))]
    NotYesNo { row: String, column: String, text: String },
}

impl crate::diagnostic::Fault for DataError {}
