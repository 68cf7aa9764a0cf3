//! Rows of an answer as Parquet: a column of numbers where every cell is one or empty, else a column of texts.

use std::sync::Arc;

use parquet::basic::{LogicalType, Repetition, Type as Physical};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::errors::Result;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

/// Rows of equal length, the first of them the head, as a file.
pub fn parquet(rows: &[Vec<String>]) -> Result<Vec<u8>> {
    let Some((head, rows)) = rows.split_first() else { return Ok(Vec::new()) };
    let column = |at: usize| rows.iter().map(move |row| row.get(at).map_or("", String::as_str));
    let numbers: Vec<bool> = (0..head.len()).map(|at| is_numeric(column(at))).collect();
    let fields = head.iter().zip(&numbers).map(|(name, numeric)| field(name, *numeric)).collect::<Result<_>>()?;
    let schema = Arc::new(Type::group_type_builder("answer").with_fields(fields).build()?);
    let mut bytes = Vec::new();
    let mut file = SerializedFileWriter::new(&mut bytes, schema, Arc::new(WriterProperties::default()))?;
    let mut group = file.next_row_group()?;
    for (at, numeric) in numbers.iter().enumerate() {
        let Some(mut writer) = group.next_column()? else { break };
        let there: Vec<i16> = column(at).map(|cell| i16::from(!cell.is_empty())).collect();
        let cells = column(at).filter(|cell| !cell.is_empty());
        if *numeric {
            let cells: Vec<f64> = cells.filter_map(|cell| cell.parse().ok()).collect();
            writer.typed::<DoubleType>().write_batch(&cells, Some(&there), None)?;
        } else {
            let cells: Vec<ByteArray> = cells.map(ByteArray::from).collect();
            writer.typed::<ByteArrayType>().write_batch(&cells, Some(&there), None)?;
        }
        writer.close()?;
    }
    group.close()?;
    file.close()?;
    Ok(bytes)
}

fn is_numeric<'a>(mut cells: impl Iterator<Item = &'a str>) -> bool {
    cells.all(|cell| cell.is_empty() || cell.parse::<f64>().is_ok())
}

fn field(name: &str, numeric: bool) -> Result<Arc<Type>> {
    let physical = if numeric { Physical::DOUBLE } else { Physical::BYTE_ARRAY };
    let logical = (!numeric).then_some(LogicalType::String);
    let field = Type::primitive_type_builder(name, physical).with_repetition(Repetition::OPTIONAL);
    Ok(Arc::new(field.with_logical_type(logical).build()?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;

    #[test]
    fn rows_are_read_as_they_were_written() {
        let rows = [["path", "value"], ["co.ke", "11.5"], ["co.g", ""]].map(|row| row.map(str::to_string).to_vec());
        let bytes = parquet(&rows).unwrap();
        let reader = SerializedFileReader::new(bytes::Bytes::from(bytes)).unwrap();
        let read: Vec<_> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap()).collect();
        assert_eq!(read.len(), 2);
        assert_eq!((read[0].get_string(0).unwrap().as_str(), read[0].get_double(1).unwrap()), ("co.ke", 11.5));
        assert!(read[1].get_double(1).is_err());
    }
}
