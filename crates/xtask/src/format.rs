//! Figures and tables as people read them.

use std::time::Duration;

/// `0.4s`, `52s`, `1m 52s`.
pub(crate) fn duration(time: Duration) -> String {
    let seconds = time.as_secs();
    match seconds {
        0..10 => format!("{:.1}s", time.as_secs_f64()),
        10..60 => format!("{seconds}s"),
        _ => format!("{}m {:02}s", seconds / 60, seconds % 60),
    }
}

/// Bytes with a thin grouping that survives a plain terminal: `1 234 567`.
pub(crate) fn bytes(count: u64) -> String {
    let digits = count.to_string();
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// Rows in columns: the first column to the left, the others to the right.
pub(crate) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max())
        .map(Option::unwrap_or_default)
        .collect();
    rows.iter().map(|row| line(row, &widths) + "\n").collect()
}

fn line(row: &[String], widths: &[usize]) -> String {
    let cells = row.iter().zip(widths).enumerate().map(|(column, (cell, &width))| match column {
        0 => format!("{cell:<width$}"),
        _ => format!("{cell:>width$}"),
    });
    cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_get_coarser_as_they_grow() {
        assert_eq!(duration(Duration::from_millis(449)), "0.4s");
        assert_eq!(duration(Duration::from_secs(52)), "52s");
        assert_eq!(duration(Duration::from_secs(112)), "1m 52s");
        assert_eq!(duration(Duration::from_secs(605)), "10m 05s");
    }

    #[test]
    fn bytes_are_grouped_by_thousands() {
        assert_eq!(bytes(7), "7");
        assert_eq!(bytes(999), "999");
        assert_eq!(bytes(1_234_567), "1 234 567");
    }

    #[test]
    fn a_table_lines_its_figures_up_at_the_right() {
        let rows = [vec!["file".to_owned(), "raw".to_owned()], vec!["a".to_owned(), "12 345".to_owned()]];
        assert_eq!(table(&rows), "file     raw\na     12 345\n");
    }
}
