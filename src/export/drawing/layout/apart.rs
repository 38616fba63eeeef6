//! Apart: boxes pushed until none lies on another.

use super::{Point, Size};

/// How often everything is pushed before all is moved further apart.
const ROUNDS: usize = 200;
const WIDER: f64 = 1.06;
/// What a push adds, so that rounding does not leave two boxes in touch.
const SLACK: f64 = 0.05;

/// Pushes the boxes around these centres apart, each pair the shortest way.
pub(super) fn push(centres: &mut [Point], sizes: &[Size]) {
    while !(0..ROUNDS).any(|_| !push_once(centres, sizes)) {
        for centre in centres.iter_mut() {
            *centre = Point { x: centre.x * WIDER, y: centre.y * WIDER };
        }
    }
}

/// Whether there was anything to push.
fn push_once(centres: &mut [Point], sizes: &[Size]) -> bool {
    let left = |body: usize, centres: &[Point]| centres[body].x - sizes[body].width / 2.0;
    let mut order: Vec<(f64, usize)> = (0..centres.len()).map(|body| (left(body, centres), body)).collect();
    order.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
    let mut pushed = false;
    for (at, (start, body)) in order.iter().enumerate() {
        for (_, other) in order[at + 1..].iter().take_while(|(next, _)| *next < start + sizes[*body].width) {
            let (x, y) = (centres[*other].x - centres[*body].x, centres[*other].y - centres[*body].y);
            let over_x = (sizes[*body].width + sizes[*other].width) / 2.0 - x.abs();
            let over_y = (sizes[*body].height + sizes[*other].height) / 2.0 - y.abs();
            if over_x <= 0.0 || over_y <= 0.0 {
                continue;
            }
            pushed = true;
            let half = |over: f64, way: f64| (over / 2.0 + SLACK) * if way < 0.0 { -1.0 } else { 1.0 };
            let by = if over_x < over_y {
                Point { x: half(over_x, x), y: 0.0 }
            } else {
                Point { x: 0.0, y: half(over_y, y) }
            };
            centres[*body] = Point { x: centres[*body].x - by.x, y: centres[*body].y - by.y };
            centres[*other] = Point { x: centres[*other].x + by.x, y: centres[*other].y + by.y };
        }
    }
    pushed
}
