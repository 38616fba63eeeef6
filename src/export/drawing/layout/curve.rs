//! Curve: the line of an edge, from the outline of one box through the edge's label to the outline of another.

use super::{Frame, Point};

/// A quadratic Bézier curve, whose middle is the centre of a label.
#[derive(Clone, Copy, Debug)]
pub(in crate::export) struct Curve {
    pub start: Point,
    pub control: Point,
    pub end: Point,
}

/// How often control point and ends are fitted to each other.
const FITTINGS: usize = 8;
/// How near to a box a control point counts as inside.
const NEAR: f64 = 1.0;

/// Each end lies where the way from the box's centre to the control point leaves the box.
pub(in crate::export) fn between(one: Frame, label: Frame, other: Frame) -> Curve {
    let middle = label.centre;
    let mut curve = Curve { start: one.centre, control: middle, end: other.centre };
    for _ in 0..FITTINGS {
        curve.start = leaves(one, curve.control);
        curve.end = leaves(other, curve.control);
        curve.control = Point {
            x: 2.0 * middle.x - (curve.start.x + curve.end.x) / 2.0,
            y: 2.0 * middle.y - (curve.start.y + curve.end.y) / 2.0,
        };
    }
    if is_inside(one, curve.control) || is_inside(other, curve.control) {
        // No line can leave a box towards its inside; a label's centre lies outside of every box.
        curve = Curve { start: leaves(one, middle), control: middle, end: leaves(other, middle) };
    }
    curve
}

fn is_inside(frame: Frame, point: Point) -> bool {
    (point.x - frame.centre.x).abs() < frame.size.width / 2.0 + NEAR
        && (point.y - frame.centre.y).abs() < frame.size.height / 2.0 + NEAR
}

/// Where the straight way from a box's centre to a point leaves the box; the point itself if it lies inside.
fn leaves(frame: Frame, to: Point) -> Point {
    let (x, y) = (to.x - frame.centre.x, to.y - frame.centre.y);
    let share = |half: f64, way: f64| if way == 0.0 { 1.0 } else { (half / way.abs()).min(1.0) };
    let share = share(frame.size.width / 2.0, x).min(share(frame.size.height / 2.0, y));
    Point { x: frame.centre.x + share * x, y: frame.centre.y + share * y }
}

impl Curve {
    /// The control point as a share of the way from one point to another, and how far to the right of that way it lies.
    pub(in crate::export) fn bend(&self, from: Point, to: Point) -> (f64, f64) {
        let (x, y) = (to.x - from.x, to.y - from.y);
        let (by_x, by_y) = (self.control.x - from.x, self.control.y - from.y);
        let length = (x * x + y * y).sqrt().max(1.0);
        ((by_x * x + by_y * y) / (length * length), (by_y * x - by_x * y) / length)
    }
}
