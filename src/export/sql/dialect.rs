//! `Dialect`: how each engine writes the few operations that a study needs.

/// An SQL engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    DuckDb,
    DataFusion,
    Spark,
    Postgres,
    BigQuery,
    Snowflake,
}

impl Dialect {
    /// The name as users write it.
    pub fn name(self) -> &'static str {
        match self {
            Dialect::DuckDb => "duckdb",
            Dialect::DataFusion => "datafusion",
            Dialect::Spark => "spark",
            Dialect::Postgres => "postgres",
            Dialect::BigQuery => "bigquery",
            Dialect::Snowflake => "snowflake",
        }
    }

    /// A double, as the shortest text that reads back as the same bits.
    pub fn double(self, number: f64) -> String {
        let text = format!("{number:e}");
        match self {
            Dialect::Postgres => format!("CAST({text} AS DOUBLE PRECISION)"),
            _ if number < 0.0 => format!("({text})"),
            _ => text,
        }
    }

    /// A whole number as a double.
    pub fn to_double(self, whole: &str) -> String {
        let ty = match self {
            Dialect::Postgres => "DOUBLE PRECISION",
            Dialect::BigQuery => "FLOAT64",
            _ => "DOUBLE",
        };
        format!("CAST({whole} AS {ty})")
    }

    /// A double without a fraction as a whole number.
    pub fn to_whole(self, double: &str) -> String {
        let ty = if self == Dialect::BigQuery { "INT64" } else { "BIGINT" };
        format!("CAST({double} AS {ty})")
    }

    /// One of some numbers, by its place from 0.
    pub fn pick(self, numbers: impl Iterator<Item = f64>, place: &str) -> String {
        let numbers: Vec<String> = numbers.map(|number| self.double(number)).collect();
        let numbers = numbers.join(", ");
        match self {
            Dialect::DuckDb => format!("([{numbers}])[{place} + 1]"),
            Dialect::DataFusion => format!("(make_array({numbers}))[{place} + 1]"),
            Dialect::Spark => format!("element_at(array({numbers}), CAST({place} + 1 AS INT))"),
            Dialect::Postgres => format!("(ARRAY[{numbers}])[{place} + 1]"),
            Dialect::BigQuery => format!("[{numbers}][OFFSET({place})]"),
            Dialect::Snowflake => format!("CAST(GET(ARRAY_CONSTRUCT({numbers}), {place}) AS DOUBLE)"),
        }
    }

    /// Bits that differ.
    pub fn xor(self, left: &str, right: &str) -> String {
        match self {
            Dialect::DuckDb => format!("xor({left}, {right})"),
            Dialect::Snowflake => format!("BITXOR({left}, {right})"),
            Dialect::Postgres => format!("({left} # {right})"),
            Dialect::DataFusion | Dialect::Spark | Dialect::BigQuery => format!("({left} ^ {right})"),
        }
    }

    /// Bits of a mask.
    pub fn and(self, whole: &str, mask: u64) -> String {
        match self {
            Dialect::Snowflake => format!("BITAND({whole}, {mask})"),
            _ => format!("({whole} & {mask})"),
        }
    }

    /// Bits moved down.
    pub fn shift_right(self, whole: &str, bits: u32) -> String {
        match self {
            Dialect::Spark => format!("shiftright({whole}, {bits})"),
            Dialect::Snowflake => format!("BITSHIFTRIGHT({whole}, {bits})"),
            _ => format!("({whole} >> {bits})"),
        }
    }

    /// A query of the whole numbers `from..to` as `i`.
    pub fn rows(self, from: u64, to: u64) -> String {
        let count = to - from;
        match self {
            Dialect::DuckDb => format!("SELECT i FROM range({from}, {to}) AS r(i)"),
            Dialect::Spark => format!("SELECT id AS i FROM range({from}, {to})"),
            Dialect::DataFusion => format!("SELECT value AS i FROM generate_series({from}, {to} - 1)"),
            Dialect::Postgres => {
                format!("SELECT i FROM generate_series(CAST({from} AS BIGINT), CAST({to} - 1 AS BIGINT)) AS r(i)")
            }
            Dialect::BigQuery => format!(
                "SELECT {from} + thousands * 1000 + ones AS i FROM UNNEST(GENERATE_ARRAY(0, {})) AS thousands, \
                 UNNEST(GENERATE_ARRAY(0, 999)) AS ones WHERE thousands * 1000 + ones < {count}",
                count.div_ceil(1000).saturating_sub(1)
            ),
            Dialect::Snowflake => format!(
                "SELECT {from} - 1 + ROW_NUMBER() OVER (ORDER BY NULL) AS i FROM TABLE(GENERATOR(ROWCOUNT => {count}))"
            ),
        }
    }

    /// The value below which a share of the rows lies, with linear interpolation; `BigQuery` approximates it.
    pub fn quantile(self, column: &str, share: f64) -> String {
        match self {
            Dialect::DuckDb => format!("quantile_cont({column}, {share})"),
            Dialect::Spark => format!("percentile({column}, {share})"),
            Dialect::BigQuery => {
                format!("APPROX_QUANTILES({column}, 10000)[OFFSET({})]", libm::round(share * 10_000.0))
            }
            Dialect::DataFusion | Dialect::Postgres | Dialect::Snowflake => {
                format!("percentile_cont({share}) WITHIN GROUP (ORDER BY {column})")
            }
        }
    }
}
