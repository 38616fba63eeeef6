//! Layout: where the boxes and labels of a drawing stand, so that none lies on another.
//!
//! A label is a body of its own between the two things of its statement, and its line goes through it: so labels keep
//! as clear of boxes and of each other as boxes do, and lines between the same two things part by themselves. Bodies
//! that hang together are put at distances that fit the length of the way between them ([`stress`]), then pushed apart
//! where they overlap ([`apart`]); what does not hang together stands side by side ([`rows`]).
//!
//! Nothing but sums, products and roots is computed, which give the same bits on every machine.

mod apart;
pub(in crate::export) mod curve;
pub(in crate::export) mod rows;
mod stress;
mod tangle;
pub(in crate::export) mod width;

use super::style::Shape;
use super::{Drawing, Edge, Node};
use stress::Link;

/// The size of letters: of names, of values, and of what stands on lines.
pub(in crate::export) const NAME_SIZE: f64 = 13.0;
pub(in crate::export) const VALUE_SIZE: f64 = 11.0;
pub(in crate::export) const LABEL_SIZE: f64 = 11.0;
/// From one line of text to the next, by the size of its letters.
pub(in crate::export) const LINE_HEIGHT: f64 = 1.25;

/// The room between a node's text and its outline.
const PADDING: (f64, f64) = (12.0, 7.0);
/// The room around what stands on a line.
const LABEL_PADDING: (f64, f64) = (3.0, 1.0);
/// The room that is kept between two nodes, and between a label and anything.
const NODE_GAP: f64 = 18.0;
const LABEL_GAP: f64 = 6.0;
/// The room between parts that do not hang together.
const PART_GAP: f64 = 36.0;
const SINGLE_GAP: f64 = 16.0;
/// By how much pictures are wider than high.
const ASPECT: f64 = 1.7;
/// No picture whose single things stand in rows is made narrower than this for their sake.
const LEAST_WIDTH: f64 = 640.0;
/// How many arrangements are tried of a part with this many bodies in all, the least entangled of which is kept.
const MOST_TRIALS: usize = 12;
const TRIED_BODIES: usize = 1200;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::export) struct Point {
    pub x: f64,
    pub y: f64,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::export) struct Size {
    pub width: f64,
    pub height: f64,
}

/// A box by its centre and size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::export) struct Frame {
    pub centre: Point,
    pub size: Size,
}

/// Where everything stands, from the upper left corner.
pub(in crate::export) struct Layout {
    /// For each node of the drawing, and for the label of each edge.
    pub nodes: Vec<Frame>,
    pub labels: Vec<Frame>,
    pub size: Size,
}

/// Lays out a drawing.
pub(in crate::export) fn of(drawing: &Drawing) -> Layout {
    let nodes: Vec<Size> = drawing.nodes.iter().map(node_size).collect();
    let edges: Vec<(usize, usize, Size)> =
        drawing.edges.iter().map(|edge| (edge.subject, edge.object, label_size(edge))).collect();
    place(&nodes, &edges)
}

fn node_size(node: &Node) -> Size {
    let lines = node.lines();
    let (name, values) = lines.split_first().expect("a node has a name");
    let width = |text: &str, size: f64| text.lines().map(|line| width::of(line, size)).fold(0.0, f64::max);
    let height = |text: &str, size: f64| text.lines().count().max(1) as f64 * size * LINE_HEIGHT;
    let widest = values.iter().map(|value| width(value, VALUE_SIZE)).fold(0.0, f64::max);
    let values: f64 = values.iter().map(|value| height(value, VALUE_SIZE)).sum();
    let corners = match node.style.shape {
        Shape::Hexagon | Shape::Tag => 16.0,
        Shape::Octagon | Shape::Note => 6.0,
        Shape::Rounded | Shape::Box | Shape::Tab => 0.0,
    };
    Size {
        width: (width::BOLD * width(name, NAME_SIZE)).max(widest) + 2.0 * PADDING.0 + corners,
        height: height(name, NAME_SIZE) + values + 2.0 * PADDING.1,
    }
}

fn label_size(edge: &Edge) -> Size {
    Size {
        width: width::of(&edge.property.label, LABEL_SIZE) + 2.0 * LABEL_PADDING.0,
        height: LABEL_SIZE * LINE_HEIGHT + 2.0 * LABEL_PADDING.1,
    }
}

/// Bodies are the nodes, then the labels of edges; an edge joins two nodes by their places.
fn place(nodes: &[Size], edges: &[(usize, usize, Size)]) -> Layout {
    let sizes: Vec<Size> = nodes.iter().copied().chain(edges.iter().map(|edge| edge.2)).collect();
    let mut centres = vec![Point { x: 0.0, y: 0.0 }; sizes.len()];
    let mut parts = parts(nodes.len(), edges);
    parts.sort_by_key(|part| std::cmp::Reverse(part.len()));
    let first_single = parts.iter().position(|part| part.len() == 1).unwrap_or(parts.len());
    let (joined, singles) = parts.split_at(first_single);
    let mut extents = Vec::new();
    for part in joined {
        extents.push(place_part(part, nodes.len(), edges, &sizes, &mut centres));
    }
    let (corners, size) = rows::compact(&extents, ASPECT, PART_GAP);
    for (part, corner) in joined.iter().zip(corners) {
        part.iter().for_each(|body| centres[*body] = shifted(centres[*body], corner));
    }
    let size = place_singles(singles, &sizes, size, &mut centres);
    let frame = |(size, centre): (&Size, &Point)| Frame { centre: *centre, size: *size };
    let mut frames: Vec<Frame> = sizes.iter().zip(&centres).map(frame).collect();
    let labels = frames.split_off(nodes.len());
    Layout { nodes: frames, labels, size }
}

/// Things that nothing is said between stand in rows below the others.
fn place_singles(singles: &[Vec<usize>], sizes: &[Size], above: Size, centres: &mut [Point]) -> Size {
    let own: Vec<Size> = singles.iter().map(|part| sizes[part[0]]).collect();
    let alone = rows::compact(&own, ASPECT, SINGLE_GAP).1.width;
    let (corners, size) = rows::of(&own, above.width.max(alone).max(LEAST_WIDTH), SINGLE_GAP);
    let top = if above.height > 0.0 { above.height + PART_GAP } else { 0.0 };
    for ((part, corner), size) in singles.iter().zip(corners).zip(&own) {
        centres[part[0]] = Point { x: corner.x + size.width / 2.0, y: top + corner.y + size.height / 2.0 };
    }
    if singles.is_empty() {
        return above;
    }
    Size { width: above.width.max(size.width), height: top + size.height }
}

/// The bodies that hang together, each part in the order of their places.
fn parts(nodes: usize, edges: &[(usize, usize, Size)]) -> Vec<Vec<usize>> {
    let mut leader: Vec<usize> = (0..nodes).collect();
    fn find(leader: &mut [usize], mut of: usize) -> usize {
        while leader[of] != of {
            leader[of] = leader[leader[of]];
            of = leader[of];
        }
        of
    }
    for (one, other, _) in edges {
        let (one, other) = (find(&mut leader, *one), find(&mut leader, *other));
        leader[one.max(other)] = one.min(other);
    }
    let mut parts: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for node in 0..nodes {
        parts[find(&mut leader, node)].push(node);
    }
    for (number, edge) in edges.iter().enumerate() {
        parts[find(&mut leader, edge.0)].push(nodes + number);
    }
    parts.retain(|part| !part.is_empty());
    parts
}

/// Places the bodies of one part around its own upper left corner; returns how large it is.
fn place_part(
    part: &[usize],
    nodes: usize,
    edges: &[(usize, usize, Size)],
    sizes: &[Size],
    centres: &mut [Point],
) -> Size {
    let own: Vec<Size> = part.iter().map(|body| sizes[*body]).collect();
    let at = |body: usize| part.binary_search(&body).expect("an edge lies in the part of its ends");
    let labels = part.iter().filter(|body| **body >= nodes);
    let ends: Vec<(usize, usize, usize)> = labels
        .map(|label| {
            let (one, other, _) = edges[label - nodes];
            (at(one), at(*label), at(other))
        })
        .collect();
    let gap = |at: usize| if part[at] < nodes { NODE_GAP } else { LABEL_GAP };
    let roomy: Vec<Size> = own
        .iter()
        .enumerate()
        .map(|(at, size)| Size { width: size.width + gap(at), height: size.height + gap(at) })
        .collect();
    let best = arrange(&own, &roomy, &ends);
    let left = |(centre, size): (&Point, &Size)| (centre.x - size.width / 2.0, centre.y - size.height / 2.0);
    let right = |(centre, size): (&Point, &Size)| (centre.x + size.width / 2.0, centre.y + size.height / 2.0);
    let corners = || best.iter().zip(&own);
    let least = corners().map(left).fold((f64::MAX, f64::MAX), |a, b| (a.0.min(b.0), a.1.min(b.1)));
    let most = corners().map(right).fold((f64::MIN, f64::MIN), |a, b| (a.0.max(b.0), a.1.max(b.1)));
    for (body, centre) in part.iter().zip(&best) {
        centres[*body] = Point { x: centre.x - least.0, y: centre.y - least.1 };
    }
    Size { width: most.0 - least.0, height: most.1 - least.1 }
}

/// The least entangled of a few arrangements.
fn arrange(sizes: &[Size], roomy: &[Size], ends: &[(usize, usize, usize)]) -> Vec<Point> {
    let links = links(roomy, ends);
    let distances = stress::distances(sizes.len(), &links);
    let trials = (TRIED_BODIES / sizes.len()).clamp(1, MOST_TRIALS);
    let mut best: Option<(f64, Vec<Point>)> = None;
    for trial in 1..=trials {
        let mut centres = stress::arrange(sizes.len(), &distances, trial as u64);
        centres.iter_mut().for_each(|centre| centre.x *= ASPECT);
        apart::push(&mut centres, roomy);
        if trials == 1 {
            return centres;
        }
        let tangle = tangle::of(&centres, sizes, ends);
        if best.as_ref().is_none_or(|(least, _)| tangle < *least) {
            best = Some((tangle, centres));
        }
    }
    best.map(|(_, centres)| centres).unwrap_or_default()
}

/// What holds the bodies together: each label between the ends of its edge, and labels of the same ends to each other.
fn links(roomy: &[Size], ends: &[(usize, usize, usize)]) -> Vec<Link> {
    // Lengths are those of a picture as wide as high, which is stretched later.
    let radius = |body: usize| (roomy[body].width / ASPECT + roomy[body].height) / 4.0;
    let link =
        |one: usize, other: usize| Link { one, other, length: (radius(one) + radius(other)) as u32 + 1 };
    let mut links: Vec<Link> =
        ends.iter().flat_map(|(one, label, other)| [link(*one, *label), link(*label, *other)]).collect();
    let mut sorted: Vec<(usize, usize, usize)> =
        ends.iter().map(|(one, label, other)| (*one.min(other), *one.max(other), *label)).collect();
    sorted.sort_unstable();
    for pair in sorted.windows(2).filter(|pair| (pair[0].0, pair[0].1) == (pair[1].0, pair[1].1)) {
        links.push(link(pair[0].2, pair[1].2));
    }
    links
}

fn shifted(point: Point, by: Point) -> Point {
    Point { x: point.x + by.x, y: point.y + by.y }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A graph with hubs, parallel lines, small parts and single things, the same at each call.
    fn generated(things: usize) -> (Vec<Size>, Vec<(usize, usize, Size)>) {
        let number = |seed: usize, below: usize| seed.wrapping_mul(2_654_435_761) / 7 % below;
        let box_of = |seed| Size {
            width: 60.0 + number(seed, 140) as f64,
            height: 30.0 + 14.0 * number(seed, 4) as f64,
        };
        let label_of = |seed| Size { width: 40.0 + number(seed, 60) as f64, height: 16.0 };
        let nodes = (0..things).map(box_of).collect();
        let mut edges = Vec::new();
        for thing in (1..things).filter(|thing| thing % 11 != 0) {
            let hub = number(thing, thing) * number(thing + 1, thing) / thing;
            (0..1 + number(thing, 9) / 7).for_each(|line| edges.push((thing, hub, label_of(thing + line))));
        }
        (nodes, edges)
    }

    fn check(nodes: &[Size], edges: &[(usize, usize, Size)]) {
        let layout = place(nodes, edges);
        let frames: Vec<Frame> = layout.nodes.iter().chain(&layout.labels).copied().collect();
        assert_eq!((layout.nodes.len(), layout.labels.len()), (nodes.len(), edges.len()));
        for (at, one) in frames.iter().enumerate() {
            let (x, y) = (one.centre.x, one.centre.y);
            let (half_width, half_height) = (one.size.width / 2.0, one.size.height / 2.0);
            assert!(x - half_width > -0.1 && x + half_width < layout.size.width + 0.1, "{one:?}");
            assert!(y - half_height > -0.1 && y + half_height < layout.size.height + 0.1, "{one:?}");
            for other in &frames[at + 1..] {
                let apart = (x - other.centre.x).abs() >= half_width + other.size.width / 2.0
                    || (y - other.centre.y).abs() >= half_height + other.size.height / 2.0;
                assert!(apart, "{one:?} lies on {other:?}");
            }
        }
    }

    #[test]
    fn nothing_lies_on_anything() {
        let started = std::time::Instant::now();
        for things in [0, 1, 2, 3, 10, 40, 300] {
            let (nodes, edges) = generated(things);
            check(&nodes, &edges);
        }
        println!("graphs of up to 300 things laid out in {:?}", started.elapsed());
        let same = Size { width: 50.0, height: 20.0 };
        let star: Vec<_> = (1..60).map(|leaf| (leaf, 0, same)).collect();
        check(&[same; 60], &star);
        check(&[same; 2], &[(0, 1, same); 20]);
        check(&[same; 100], &[]);
    }

    #[test]
    fn large_graphs_are_laid_out_by_some_distances() {
        let (nodes, edges) = generated(900);
        let layout = place(&nodes, &edges);
        assert!(layout.labels.iter().all(|label| label.centre.x.is_finite() && label.centre.y.is_finite()));
    }
}
