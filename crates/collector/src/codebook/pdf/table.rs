//! Tables on paper: as wide as they must be, row by row. A row stays together; the headings stand again on each sheet, for
//! the eye alone.

use super::super::page::Table;
use super::letters::Style;
use super::sheet::{Node, Sheet, WIDTH};
use super::{BODY, STRONG};
use krilla::tagging::{TableHeaderScope, Tag, TagKind};

/// Between two columns, and above and below the words of a row.
const GAP: f32 = 12.0;
const PAD: f32 = 2.0;

/// A row that is higher than this may be broken.
const MOST_TOGETHER: f32 = 500.0;

/// The table with its caption.
pub(super) fn drawn(sheet: &mut Sheet<'_>, table: &Table) -> Node {
    sheet.need(4.0 * BODY.line());
    let caption = Node::group(Tag::Caption, sheet.paragraph(&table.caption, STRONG, 0.0));
    let grid = Grid { table, widths: widths(sheet, table) };
    let head = Node::group(Tag::THead, vec![grid.head(sheet, false)]);
    let rows = table.rows.iter().map(|row| grid.row(sheet, row)).collect();
    Node::group(Tag::Table, vec![caption, head, Node::group(Tag::TBody, rows)])
}

/// Every column as wide as its widest cell; where that is too much, wide ones are all as wide as there is room for.
fn widths(sheet: &Sheet<'_>, table: &Table) -> Vec<f32> {
    let natural: Vec<f32> = (0..table.columns.len())
        .map(|column| {
            let cells = table.rows.iter().filter_map(|row| row.get(column));
            let head = sheet.letters.width(&table.columns[column].text, STRONG);
            // A pixel's breadth more, so that no line is broken for how sums are rounded.
            cells.map(|cell| sheet.letters.width(cell, BODY)).fold(head, f32::max) + 0.5
        })
        .collect();
    let share = share(&natural, WIDTH - GAP * natural.len().saturating_sub(1) as f32);
    natural.into_iter().map(|width| width.min(share)).collect()
}

/// How wide a column may be, so that all have room: those that need less leave the rest to the others.
fn share(natural: &[f32], room: f32) -> f32 {
    let mut share = room / natural.len().max(1) as f32;
    loop {
        let narrow: Vec<f32> = natural.iter().copied().filter(|width| *width <= share).collect();
        if narrow.len() == natural.len() {
            return f32::MAX;
        }
        let next = (room - narrow.iter().sum::<f32>()) / (natural.len() - narrow.len()) as f32;
        if next <= share {
            return share;
        }
        share = next;
    }
}

struct Grid<'a> {
    table: &'a Table,
    widths: Vec<f32>,
}

impl Grid<'_> {
    /// The headings of the columns.
    fn head(&self, sheet: &mut Sheet<'_>, is_repeated: bool) -> Node {
        let cells: Vec<String> = self.table.columns.iter().map(|head| head.text.clone()).collect();
        let inside = self.cells(sheet, &self.lines(sheet, &cells, STRONG), STRONG, is_repeated);
        let cell = |inside| Node::group(Tag::TH(TableHeaderScope::Column), inside);
        Node::group(Tag::TR, inside.into_iter().map(cell).collect())
    }

    /// A row; its first cell is its heading.
    fn row(&self, sheet: &mut Sheet<'_>, row: &[String]) -> Node {
        let lines = self.lines(sheet, row, BODY);
        let height = lines.iter().map(Vec::len).max().unwrap_or(0) as f32 * BODY.line() + 2.0 * PAD;
        if sheet.need(height.min(MOST_TOGETHER)) {
            self.head(sheet, true);
        }
        let inside = self.cells(sheet, &lines, BODY, false);
        let cell = |(place, inside): (usize, Vec<Node>)| {
            let tag = if place == 0 {
                TagKind::from(Tag::TH(TableHeaderScope::Row))
            } else {
                TagKind::from(Tag::TD)
            };
            Node::group(tag, inside)
        };
        Node::group(Tag::TR, inside.into_iter().enumerate().map(cell).collect())
    }

    fn lines(&self, sheet: &Sheet<'_>, cells: &[String], style: Style) -> Vec<Vec<String>> {
        let of = |(cell, width): (&String, &f32)| sheet.letters.lines(cell, style, *width);
        cells.iter().zip(&self.widths).map(of).collect()
    }

    /// Cells side by side, and a rule below them. What it gives is what stands in each.
    fn cells(
        &self,
        sheet: &mut Sheet<'_>,
        lines: &[Vec<String>],
        style: Style,
        is_repeated: bool,
    ) -> Vec<Vec<Node>> {
        let mut inside: Vec<Vec<Node>> = lines.iter().map(|_| Vec::new()).collect();
        sheet.down(PAD);
        for height in 0..lines.iter().map(Vec::len).max().unwrap_or(0) {
            sheet.need(style.line());
            let mut left = 0.0;
            for (column, width) in self.widths.iter().enumerate() {
                if let Some(line) = lines[column].get(height) {
                    let is_number = self.table.columns[column].is_number;
                    let moved = if is_number { width - sheet.letters.width(line, style) } else { 0.0 };
                    inside[column].extend(sheet.put(line.clone(), style, left + moved, is_repeated));
                }
                left += width + GAP;
            }
            sheet.down(style.line());
        }
        sheet.down(PAD);
        sheet.rule(self.widths.iter().sum::<f32>() + GAP * self.widths.len().saturating_sub(1) as f32);
        inside
    }
}

#[cfg(test)]
mod tests {
    use super::share;

    #[test]
    fn narrow_columns_keep_their_width_and_wide_ones_share_what_is_left() {
        assert_eq!(share(&[50.0, 60.0], 200.0), f32::MAX);
        assert_eq!(share(&[20.0, 300.0, 400.0], 200.0), 90.0);
        assert_eq!(share(&[20.0, 70.0, 400.0], 200.0), 110.0);
    }
}
