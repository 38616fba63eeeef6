//! Trees: each word's head, by shift, left and right (arc-hybrid; Kuhlmann, Gómez-Rodríguez & Satta 2011).

use std::sync::OnceLock;

use super::form::{Form, Hash};
use super::model::{Feature, Model, Scorer};
use super::{Upos, Xpos};

/// What a parser sees of a word.
#[derive(Clone, Debug, Default)]
pub struct Seen {
    pub word: u32,
    /// The lower-case word where it is of a closed class, else its group.
    pub sketch: u32,
    /// Both tags.
    pub tag: u32,
    /// The universal tag.
    pub upos: u32,
    pub cluster: u32,
    pub group: u32,
}

/// What the parser sees of a sentence; one more stands at the end, for "no word there".
pub fn see(forms: &[Form], tags: &[(Upos, Xpos)]) -> Vec<Seen> {
    let mut seen: Vec<Seen> = forms
        .iter()
        .zip(tags)
        .map(|(form, (upos, xpos))| {
            let open = matches!(
                upos,
                Upos::Noun | Upos::Propn | Upos::Verb | Upos::Adj | Upos::Adv | Upos::Num | Upos::X
            );
            Seen {
                word: form.word,
                sketch: if open { form.group } else { form.word },
                tag: 1 + *xpos as u32 * 32 + *upos as u32,
                upos: 1 + *upos as u32,
                cluster: form.cluster,
                group: form.group,
            }
        })
        .collect();
    seen.push(Seen::default());
    seen
}

/// A step of the parser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Transition {
    /// The next word goes on the stack.
    Shift,
    /// The top of the stack becomes a dependent of the next word.
    Left,
    /// The top of the stack becomes a dependent of the word under it.
    Right,
}

impl Transition {
    pub const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];

    /// The names of the transitions, as the labels of a model.
    pub fn labels() -> Vec<String> {
        ["shift", "left", "right"].map(String::from).to_vec()
    }
}

/// How far a parse has come. It ends with one word on the stack, the root, so a tree has one root always.
#[derive(Clone, Debug)]
pub struct State {
    stack: Vec<usize>,
    next: usize,
    length: usize,
    heads: Vec<Option<usize>>,
    children: Vec<Children>,
}

/// The outer two dependents on either side, and how many there are.
#[derive(Clone, Copy, Debug)]
struct Children {
    left: [usize; 2],
    right: [usize; 2],
    lefts: u32,
    rights: u32,
}

impl State {
    pub fn new(length: usize) -> Self {
        let none = Children { left: [length; 2], right: [length; 2], lefts: 0, rights: 0 };
        Self {
            stack: Vec::new(),
            next: 0,
            length,
            heads: vec![None; length],
            children: vec![none; length + 1],
        }
    }
    pub fn is_final(&self) -> bool {
        self.next == self.length && self.stack.len() <= 1
    }
    pub fn allows(&self, transition: Transition) -> bool {
        match transition {
            Transition::Shift => self.next < self.length,
            Transition::Left => self.next < self.length && !self.stack.is_empty(),
            Transition::Right => self.stack.len() > 1,
        }
    }
    pub fn apply(&mut self, transition: Transition) {
        match transition {
            Transition::Shift => {
                self.stack.push(self.next);
                self.next += 1;
            }
            Transition::Left => {
                if let Some(child) = self.stack.pop() {
                    self.heads[child] = Some(self.next);
                    let children = &mut self.children[self.next];
                    children.left = [child, children.left[0]];
                    children.lefts += 1;
                }
            }
            Transition::Right => {
                if let (Some(child), Some(head)) = (self.stack.pop(), self.stack.last()) {
                    self.heads[child] = Some(*head);
                    let children = &mut self.children[*head];
                    children.right = [child, children.right[0]];
                    children.rights += 1;
                }
            }
        }
    }
    /// The words on the stack, the top last.
    pub fn stack(&self) -> &[usize] {
        &self.stack
    }
    /// The next word of the buffer.
    pub fn next(&self) -> usize {
        self.next
    }
    pub fn heads(self) -> Vec<Option<usize>> {
        self.heads
    }
    /// The word this far down the stack, or the place of "no word".
    fn under(&self, depth: usize) -> usize {
        self.stack.len().checked_sub(depth + 1).map_or(self.length, |at| self.stack[at])
    }
    fn ahead(&self, distance: usize) -> usize {
        (self.next + distance).min(self.length)
    }
}

/// The parser that comes with the library.
pub fn parser() -> &'static Parser<Model> {
    static PARSER: OnceLock<Parser<Model>> = OnceLock::new();
    PARSER.get_or_init(|| Parser { scorer: Model::read(include_bytes!("parse.model")) })
}

/// A parser that follows the few best sequences of transitions side by side (beam search).
pub struct Parser<S> {
    pub scorer: S,
}

/// How many sequences are followed at once.
pub const WIDTH: usize = 5;

/// A sequence of transitions and where it has led.
#[derive(Clone, Debug)]
pub struct Path {
    pub state: State,
    pub score: i64,
    pub taken: Vec<Transition>,
}

/// A path's next transition.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// The path's position in the beam.
    pub path: usize,
    pub transition: Transition,
    pub score: i64,
}

impl Path {
    pub fn new(length: usize) -> Self {
        Self { state: State::new(length), score: 0, taken: Vec::with_capacity(2 * length) }
    }
    pub fn follow(&mut self, step: Step) {
        self.state.apply(step.transition);
        self.score = step.score;
        self.taken.push(step.transition);
    }
}

/// The best steps from the paths of a beam, the best first; no more than the beam is wide.
pub fn steps<S: Scorer>(scorer: &S, paths: &[Path], seen: &[Seen], scratch: &mut Scratch) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::with_capacity(3 * paths.len());
    for (path, Path { state, score, .. }) in paths.iter().enumerate() {
        self::features(state, seen, &mut scratch.features);
        scorer.score(&scratch.features, &mut scratch.scores);
        let allowed = Transition::ALL.into_iter().filter(|transition| state.allows(*transition));
        steps.extend(allowed.map(|transition| {
            let own = scratch.scores.get(transition as usize).copied().unwrap_or(0);
            Step { path, transition, score: score + i64::from(own) }
        }));
    }
    steps.sort_by_key(|step| std::cmp::Reverse(step.score));
    steps.truncate(WIDTH);
    steps
}

/// Room for the features and scores of a state.
#[derive(Debug, Default)]
pub struct Scratch {
    pub features: Vec<Feature>,
    pub scores: Vec<i32>,
}

/// The paths that steps lead to.
pub fn follow(paths: &mut Vec<Path>, steps: &[Step]) {
    let mut last = [usize::MAX; WIDTH];
    for (i, step) in steps.iter().enumerate() {
        last[step.path] = i;
    }
    let mut next: Vec<Path> = Vec::with_capacity(steps.len());
    for (i, step) in steps.iter().enumerate() {
        // The last step from a path takes it along; those before it copy it.
        let mut path = if last[step.path] == i {
            std::mem::replace(&mut paths[step.path], Path::new(0))
        } else {
            paths[step.path].clone()
        };
        path.follow(*step);
        next.push(path);
    }
    *paths = next;
}

impl<S: Scorer> Parser<S> {
    /// The head of each word; `None` for the root.
    pub fn heads(&self, seen: &[Seen]) -> Vec<Option<usize>> {
        let mut paths = vec![Path::new(seen.len() - 1)];
        let mut scratch = Scratch::default();
        // Every path takes twice the number of words, less one, so all end together.
        while !paths[0].state.is_final() {
            let steps = steps(&self.scorer, &paths, seen, &mut scratch);
            follow(&mut paths, &steps);
        }
        paths.swap_remove(0).state.heads()
    }
}

/// The best transition that the state allows.
pub fn choose(state: &State, scores: &[i32]) -> Transition {
    let allowed = Transition::ALL.into_iter().enumerate().filter(|(_, transition)| state.allows(*transition));
    let best = allowed.max_by_key(|(i, _)| (scores.get(*i).copied().unwrap_or(0), std::cmp::Reverse(*i)));
    best.map_or(Transition::Shift, |(_, transition)| transition)
}

fn near(distance: usize) -> u32 {
    match distance {
        0..=4 => distance as u32,
        5..=7 => 5,
        8..=12 => 6,
        _ => 7,
    }
}

/// The features of a state (after Zhang & Nivre 2011, for arc-hybrid).
pub fn features(state: &State, seen: &[Seen], features: &mut Vec<Feature>) {
    features.clear();
    let mut template = 0;
    let mut add = |values: &[u32]| {
        template += 1;
        features.push(
            values.iter().fold(Hash::template(1000 + template), |hash, value| hash.with(*value)).feature(),
        );
    };
    let places =
        [state.under(0), state.under(1), state.under(2), state.ahead(0), state.ahead(1), state.ahead(2)];
    let [s0, s1, s2, b0, b1, b2] = places.map(|place| &seen[place]);
    let children = |place: usize| state.children[place];
    let (c0, c1, cb) = (children(places[0]), children(places[1]), children(places[3]));
    let [l0, l02, r0, r02, l1, r1, lb, lb2] =
        [c0.left[0], c0.left[1], c0.right[0], c0.right[1], c1.left[0], c1.right[0], cb.left[0], cb.left[1]]
            .map(|p| &seen[p]);
    let r12 = &seen[c1.right[1]];

    for word in [s0, s1, b0, b1] {
        add(&[word.word]);
        add(&[word.tag]);
        add(&[word.word, word.tag]);
        add(&[word.cluster, word.tag]);
    }
    add(&[s2.word, s2.tag]);
    add(&[s2.tag]);
    add(&[b2.tag]);
    add(&[b2.word]);
    for (a, b) in [(s0, b0), (s1, s0)] {
        add(&[a.word, b.word]);
        add(&[a.word, a.tag, b.word, b.tag]);
        add(&[a.word, a.tag, b.tag]);
        add(&[a.tag, b.word, b.tag]);
        add(&[a.word, b.tag]);
        add(&[a.tag, b.word]);
        add(&[a.tag, b.tag]);
        add(&[a.cluster, b.cluster]);
        add(&[a.group, b.group, a.upos, b.upos]);
        add(&[a.group, b.tag]);
        add(&[a.tag, b.group]);
        add(&[a.sketch, b.sketch, a.upos, b.upos]);
    }
    add(&[s1.tag, b0.tag]);
    add(&[s1.word, b0.tag]);
    add(&[s1.tag, b0.word]);
    add(&[b0.tag, b1.tag]);
    add(&[b0.word, b1.tag]);
    add(&[b0.tag, b1.word]);
    add(&[s0.tag, b1.tag]);
    add(&[s0.tag, b0.tag, b1.tag]);
    add(&[s0.word, b0.tag, b1.tag]);
    add(&[s0.tag, b0.word, b1.tag]);
    add(&[s0.sketch, b0.sketch, b1.sketch]);
    add(&[s1.tag, s0.tag, b0.tag]);
    add(&[s1.word, s0.tag, b0.tag]);
    add(&[s1.tag, s0.word, b0.tag]);
    add(&[s1.tag, s0.tag, b0.word]);
    add(&[s1.sketch, s0.sketch, b0.sketch]);
    add(&[s2.tag, s1.tag, s0.tag]);
    add(&[s2.upos, s1.upos, s0.upos, b0.upos]);
    add(&[b0.tag, b1.tag, b2.tag]);
    add(&[s0.upos, b0.upos, b1.upos, b2.upos]);
    add(&[s1.upos, s0.upos, b0.upos, b1.upos]);
    add(&[s0.tag, l0.tag, b0.tag]);
    add(&[s0.tag, r0.tag, b0.tag]);
    add(&[s0.tag, b0.tag, lb.tag]);
    add(&[s0.upos, b0.upos, lb.upos, lb2.upos]);
    add(&[s0.upos, l0.upos, l02.upos, b0.upos]);
    add(&[s0.upos, r0.upos, r02.upos, b0.upos]);
    add(&[s1.tag, s0.tag, l0.tag]);
    add(&[s1.tag, s0.tag, r0.tag]);
    add(&[s1.tag, s0.tag, r1.tag]);
    add(&[s1.tag, s0.tag, l1.tag]);
    add(&[s1.upos, s0.upos, r1.upos, r12.upos]);
    add(&[s1.tag, s0.word, l0.word]);
    add(&[s1.word, l0.word]);
    add(&[s1.word, s0.tag, l0.word]);
    add(&[s0.tag, l0.word, b0.word]);
    add(&[s0.tag, l0.word, b0.tag]);
    add(&[s0.tag, b0.tag, lb.word]);
    add(&[s0.word, b0.tag, lb.word]);
    add(&[s1.word, r1.word, s0.tag]);
    add(&[s0.word, l0.tag]);
    add(&[s0.word, r0.tag]);
    add(&[s1.word, r1.tag]);
    add(&[b0.word, lb.tag]);
    // How far apart, and how many dependents already.
    let distance = near(places[3].wrapping_sub(places[0]).min(99));
    let gap = near(places[0].wrapping_sub(places[1]).min(99));
    add(&[s0.tag, b0.tag, distance]);
    add(&[s0.word, distance]);
    add(&[b0.word, distance]);
    add(&[s1.tag, s0.tag, gap]);
    add(&[s1.word, gap]);
    add(&[s0.word, gap]);
    add(&[s0.word, c0.rights.min(4), c0.lefts.min(4)]);
    add(&[s0.tag, c0.rights.min(4), c0.lefts.min(4)]);
    add(&[s1.word, c1.rights.min(4)]);
    add(&[s1.tag, c1.rights.min(4), c1.lefts.min(3)]);
    add(&[b0.word, cb.lefts.min(4)]);
    add(&[b0.tag, cb.lefts.min(4)]);
    add(&[s0.tag, c0.lefts.min(3), b0.tag, cb.lefts.min(3)]);
    add(&[state.stack.len().min(4) as u32, s0.upos, b0.upos]);
    // Which of two words a phrase with this preposition belongs to.
    add(&[s2.tag, s1.tag, s0.tag, l0.word]);
    add(&[s2.word, l0.word, s0.tag]);
    add(&[s1.group, l0.word, s0.group]);
    add(&[s2.upos, s1.upos, l0.word]);
    add(&[s1.tag, s0.tag, lb.word, b0.tag]);
    add(&[s1.word, lb.word, s0.upos]);
    add(&[s1.group, s0.group, lb.word]);
    add(&[s0.group, lb.word, b0.group]);
    add(&[s1.upos, s0.upos, l0.word, r1.word]);
}
