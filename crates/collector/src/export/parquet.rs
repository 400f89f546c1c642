//! Parquet: typed columns, compressed, in groups of rows. Codes and counts are integers, numbers exact decimals, days dates,
//! times times. A value that is missing is null, and the reason stands in a column beside it, `NAME__missing`.

mod column;
mod schema;

use super::{Gaps, Layout, RowWriter};
use column::Buffer;
use parquet::basic::Compression;
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use std::io::{self, Write};
use std::sync::Arc;
use survey::columns::Cell;

/// Rows of a group. More compress a little better and take more memory.
const GROUP: usize = 100_000;

/// Bytes of words in a group at most, for texts longer than usual.
const GROUP_BYTES: usize = 24 * 1024 * 1024;

struct Rows<W: Write + Send> {
    file: SerializedFileWriter<W>,
    /// For each column what it holds, and for each the reasons why it does not, where they are wanted.
    buffers: Vec<Buffer>,
    reasons: Vec<Option<Buffer>>,
    rows: usize,
    bytes: usize,
}

pub(super) fn writer<'a>(
    layout: &Layout,
    sink: impl Write + Send + 'a,
) -> io::Result<Box<dyn RowWriter + 'a>> {
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by("qulaq".to_owned())
        // Each stands once: a dictionary would hold them all.
        .set_column_dictionary_enabled(ColumnPath::from("response_id"), false)
        .set_key_value_metadata(Some(vec![
            KeyValue::new("qulaq.survey".to_owned(), layout.survey.clone()),
            KeyValue::new("qulaq.columns".to_owned(), schema::described(layout)),
        ]))
        .build();
    let apart = layout.gaps == Gaps::Apart;
    let schema = schema::of(layout, apart).map_err(io_error)?;
    let file = SerializedFileWriter::new(sink, Arc::new(schema), Arc::new(properties)).map_err(io_error)?;
    let buffers = layout.columns.iter().map(Buffer::of).collect();
    let reasons =
        layout.columns.iter().map(|column| (apart && schema::may_miss(column)).then(Buffer::reasons));
    Ok(Box::new(Rows { file, buffers, reasons: reasons.collect(), rows: 0, bytes: 0 }))
}

impl<W: Write + Send> RowWriter for Rows<W> {
    fn row(&mut self, cells: &[Cell]) -> io::Result<()> {
        for ((buffer, reasons), cell) in self.buffers.iter_mut().zip(&mut self.reasons).zip(cells) {
            self.bytes += buffer.push(cell);
            if let Some(reasons) = reasons {
                reasons.push_reason(cell);
            }
        }
        self.rows += 1;
        if self.rows >= GROUP || self.bytes >= GROUP_BYTES { self.end_group() } else { Ok(()) }
    }

    fn finish(mut self: Box<Self>) -> io::Result<u64> {
        if self.rows > 0 {
            self.end_group()?;
        }
        let mut sink = self.file.into_inner().map_err(io_error)?;
        sink.flush()?;
        Ok(0)
    }
}

impl<W: Write + Send> Rows<W> {
    fn end_group(&mut self) -> io::Result<()> {
        let mut group = self.file.next_row_group().map_err(io_error)?;
        for (buffer, reasons) in self.buffers.iter_mut().zip(&mut self.reasons) {
            for buffer in [Some(buffer), reasons.as_mut()].into_iter().flatten() {
                let writer = group.next_column().map_err(io_error)?;
                let mut writer =
                    writer.ok_or_else(|| io::Error::other("more columns than the schema has"))?;
                buffer.write(&mut writer).map_err(io_error)?;
                writer.close().map_err(io_error)?;
            }
        }
        group.close().map_err(io_error)?;
        (self.rows, self.bytes) = (0, 0);
        Ok(())
    }
}

fn io_error(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(cause) => match cause.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(other) => io::Error::other(other),
        },
        other => io::Error::other(other),
    }
}
