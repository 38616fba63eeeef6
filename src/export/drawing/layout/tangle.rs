//! Tangle: how much the lines of an arrangement disturb.

use super::{ASPECT, Point, Size};

/// What a line under a box or label that is not its own counts, where two lines that cross count one.
const UNDER: f64 = 3.0;
/// What a point of a picture's height counts, or of its width by how much wider than high pictures are.
const SIDE: f64 = 0.01;

/// A sum over lines that cross, lines under boxes, and the room that is taken; each line goes straight from its first
/// end to its label, and from there to its other end.
pub(super) fn of(centres: &[Point], sizes: &[Size], ends: &[(usize, usize, usize)]) -> f64 {
    let segments: Vec<(usize, usize)> =
        ends.iter().flat_map(|(one, label, other)| [(*one, *label), (*label, *other)]).collect();
    let mut tangle = 0.0;
    for (at, (a, b)) in segments.iter().enumerate() {
        for (c, d) in &segments[at + 1..] {
            let apart = a != c && a != d && b != c && b != d;
            if apart && cross(centres[*a], centres[*b], centres[*c], centres[*d]) {
                tangle += 1.0;
            }
        }
        for body in 0..centres.len() {
            if body != *a && body != *b && goes_under(centres[*a], centres[*b], centres[body], sizes[body]) {
                tangle += UNDER;
            }
        }
    }
    let extent = |of: fn(&Point) -> f64| {
        let least = centres.iter().map(of).fold(f64::MAX, f64::min);
        centres.iter().map(of).fold(f64::MIN, f64::max) - least
    };
    tangle + SIDE * (extent(|centre| centre.x) / ASPECT).max(extent(|centre| centre.y))
}

/// On which side of the line from one point to another a third lies.
fn side(a: Point, b: Point, c: Point) -> f64 {
    (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x)
}

fn cross(a: Point, b: Point, c: Point, d: Point) -> bool {
    side(a, b, c) * side(a, b, d) < 0.0 && side(c, d, a) * side(c, d, b) < 0.0
}

fn goes_under(a: Point, b: Point, centre: Point, size: Size) -> bool {
    let (x, y) = (size.width / 2.0, size.height / 2.0);
    let corner = |x: f64, y: f64| Point { x: centre.x + x, y: centre.y + y };
    cross(a, b, corner(-x, -y), corner(x, y)) || cross(a, b, corner(-x, y), corner(x, -y))
}
