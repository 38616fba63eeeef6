//! Rows: boxes beside and below each other, as words are on a page.

use super::{Point, Size};

/// How many widths are tried, from that of a frame with no room to spare to twice that.
const WIDTHS: u32 = 16;

/// The upper left corner of each box, and how large all of them are together; a box wider than the width has a row of
/// its own.
pub(in crate::export) fn of(sizes: &[Size], width: f64, gap: f64) -> (Vec<Point>, Size) {
    let mut next = Point { x: 0.0, y: 0.0 };
    let mut row_height: f64 = 0.0;
    let mut whole = Size { width: 0.0, height: 0.0 };
    let corners = sizes
        .iter()
        .map(|size| {
            if next.x > 0.0 && next.x + size.width > width {
                next = Point { x: 0.0, y: next.y + row_height + gap };
                row_height = 0.0;
            }
            let corner = next;
            row_height = row_height.max(size.height);
            whole = Size {
                width: whole.width.max(corner.x + size.width),
                height: whole.height.max(corner.y + size.height),
            };
            next.x += size.width + gap;
            corner
        })
        .collect();
    (corners, whole)
}

/// The same with a width of its own, by which all of them fit best into a frame that is `aspect` times as wide as high.
pub(in crate::export) fn compact(sizes: &[Size], aspect: f64, gap: f64) -> (Vec<Point>, Size) {
    let area: f64 = sizes.iter().map(|size| (size.width + gap) * (size.height + gap)).sum();
    let side = (area * aspect).sqrt();
    let tried = (0..=WIDTHS).map(|step| of(sizes, side * (1.0 + f64::from(step) / f64::from(WIDTHS)), gap));
    let frame = |size: &Size| (size.width / aspect).max(size.height);
    let best = tried.min_by(|(_, a), (_, b)| frame(a).total_cmp(&frame(b)));
    best.expect("there is always one that is tried")
}
