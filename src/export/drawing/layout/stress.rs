//! Stress: bodies placed so that the distance between two fits the length of the way between them.
//!
//! Stochastic gradient descent over pairs of bodies, after Zheng, Pawar and Goodman, "Graph Drawing by Stochastic
//! Gradient Descent" (2018): each pair in turn is moved to its distance, by less and less.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::Point;

/// How often each pair is moved: a power of two, so that its root is taken by halving.
const ROUNDS: u32 = 1 << HALVINGS;
const HALVINGS: u32 = 6;
/// How exact the last moves are.
const PRECISION: f64 = 0.02;
/// Up to how many bodies every pair counts; of more, each body's distances to this many of them.
const MOST_BODIES: usize = 1500;
const PIVOTS: usize = 64;

/// Two bodies that are held together, and how far apart their centres should be; at least 1.
pub(super) struct Link {
    pub one: usize,
    pub other: usize,
    pub length: u32,
}

/// How far apart two bodies should be.
#[derive(Clone, Copy)]
pub(super) struct Distance {
    one: u32,
    other: u32,
    length: f64,
}

/// The distances of pairs of bodies, as the links lead from one to the other.
pub(super) fn distances(bodies: usize, links: &[Link]) -> Vec<Distance> {
    let mut ways: Vec<Vec<(usize, u32)>> = vec![Vec::new(); bodies];
    for link in links {
        ways[link.one].push((link.other, link.length));
        ways[link.other].push((link.one, link.length));
    }
    let all = bodies <= MOST_BODIES;
    let step = if all { 1 } else { bodies.div_ceil(PIVOTS) };
    let mut distances = Vec::new();
    for one in (0..bodies).step_by(step) {
        for (other, length) in reach(one, &ways).into_iter().enumerate() {
            if other > one || (!all && other % step != 0) {
                distances.push(Distance { one: one as u32, other: other as u32, length: f64::from(length) });
            }
        }
    }
    if !all {
        distances.extend(links.iter().map(|link| Distance {
            one: link.one as u32,
            other: link.other as u32,
            length: f64::from(link.length),
        }));
    }
    distances
}

/// The length of the shortest way from a body to each (Dijkstra); all of them hang together.
fn reach(from: usize, ways: &[Vec<(usize, u32)>]) -> Vec<u32> {
    let mut reached = vec![u32::MAX; ways.len()];
    reached[from] = 0;
    let mut open = BinaryHeap::from([Reverse((0, from))]);
    while let Some(Reverse((length, body))) = open.pop() {
        if length > reached[body] {
            continue;
        }
        for (next, step) in &ways[body] {
            let length = length + step;
            if length < reached[*next] {
                reached[*next] = length;
                open.push(Reverse((length, *next)));
            }
        }
    }
    reached
}

/// Where the bodies stand; each seed gives an arrangement of its own.
pub(super) fn arrange(bodies: usize, distances: &[Distance], seed: u64) -> Vec<Point> {
    let mut random = Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    let longest = distances.iter().map(|distance| distance.length).fold(1.0, f64::max);
    let shortest = distances.iter().map(|distance| distance.length).fold(longest, f64::min);
    let mut centres: Vec<Point> = (0..bodies)
        .map(|_| Point { x: random.fraction() * longest, y: random.fraction() * longest })
        .collect();
    let mut distances = distances.to_vec();
    let (mut rate, last) = (longest * longest, PRECISION * shortest * shortest);
    let slower = (0..HALVINGS).fold(last / rate, |ratio, _| ratio.sqrt());
    for _ in 0..ROUNDS {
        random.shuffle(&mut distances);
        for Distance { one, other, length } in &distances {
            let (one, other) = (*one as usize, *other as usize);
            let share = (rate / (length * length)).min(1.0);
            let (x, y) = (centres[one].x - centres[other].x, centres[one].y - centres[other].y);
            let now = (x * x + y * y).sqrt().max(1e-3);
            let by = share * (now - length) / (2.0 * now);
            centres[one].x -= by * x;
            centres[one].y -= by * y;
            centres[other].x += by * x;
            centres[other].y += by * y;
        }
        rate *= slower;
    }
    centres
}

/// Numbers without a pattern, the same on every machine (xorshift; Marsaglia 2003).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            items.swap(last, (self.next() % (last as u64 + 1)) as usize);
        }
    }
}
