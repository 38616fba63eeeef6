//! Relations: what each word is to its head, chosen when the whole tree is known.

use std::sync::OnceLock;

use super::Deprel;
use super::form::Hash;
use super::model::{Feature, Model, Scorer};
use super::parse::Seen;

/// A labeller of trees: dependents before their heads, and from left to right among those of one head.
pub struct Labeller<S> {
    scorer: S,
    relations: Vec<Deprel>,
}

/// The labeller that comes with the library.
pub fn labeller() -> &'static Labeller<Model> {
    static LABELLER: OnceLock<Labeller<Model>> = OnceLock::new();
    LABELLER.get_or_init(|| Labeller::new(Model::read(include_bytes!("label.model"))))
}

/// A tree with its dependents listed.
pub struct Tree {
    heads: Vec<Option<usize>>,
    children: Vec<Vec<usize>>,
    /// Every word but the root, each after its own dependents.
    order: Vec<usize>,
}

impl Tree {
    pub fn new(heads: &[Option<usize>]) -> Self {
        let mut children = vec![Vec::new(); heads.len()];
        for (child, head) in heads.iter().enumerate() {
            if let Some(head) = head {
                children[*head].push(child);
            }
        }
        // A word is put before its dependents, the last of them first; backwards that is dependents first.
        let mut order = Vec::with_capacity(heads.len());
        let mut open: Vec<usize> = (0..heads.len()).filter(|word| heads[*word].is_none()).collect();
        while let Some(word) = open.pop() {
            order.push(word);
            open.extend(&children[word]);
        }
        order.reverse();
        order.retain(|word| heads[*word].is_some());
        Self { heads: heads.to_vec(), children, order }
    }

    /// Every word but the root, in the order in which relations are chosen.
    pub fn order(&self) -> &[usize] {
        &self.order
    }
}

impl<S: Scorer> Labeller<S> {
    pub fn new(scorer: S) -> Self {
        let relations =
            scorer.labels().iter().map(|label| Deprel::parse(label).unwrap_or(Deprel::Dep)).collect();
        Self { scorer, relations }
    }

    /// The relation of each word to its head.
    pub fn relations(&self, tree: &Tree, seen: &[Seen]) -> Vec<Deprel> {
        let mut chosen = vec![Deprel::Root; tree.heads.len()];
        let mut done = vec![None; tree.heads.len()];
        let (mut features, mut scores) = (Vec::new(), Vec::new());
        for word in tree.order() {
            self::features(tree, *word, seen, &done, &mut features);
            self.scorer.score(&features, &mut scores);
            let best = super::model::best(&scores);
            chosen[*word] = self.relations.get(best).copied().unwrap_or(Deprel::Dep);
            done[*word] = Some(chosen[*word]);
        }
        chosen
    }
}

fn near(distance: usize) -> u32 {
    match distance {
        0..=3 => distance as u32,
        4..=6 => 4,
        _ => 5,
    }
}

/// The features of the arc from a word to its head, given the relations chosen so far.
pub fn features(
    tree: &Tree,
    word: usize,
    seen: &[Seen],
    done: &[Option<Deprel>],
    features: &mut Vec<Feature>,
) {
    features.clear();
    let mut template = 0;
    let none = seen.len() - 1;
    let head_place = tree.heads[word].unwrap_or(none);
    let (d, h) = (&seen[word], &seen[head_place]);
    let left = u32::from(word < head_place);
    let distance = near(word.abs_diff(head_place)) * 2 + left;
    let mut add = |values: &[u32]| {
        template += 1;
        let hash = Hash::template(2000 + template).with(left);
        features.push(values.iter().fold(hash, |hash, value| hash.with(*value)).feature());
    };
    add(&[]);
    for a in [d, h] {
        add(&[a.word]);
        add(&[a.tag]);
        add(&[a.word, a.tag]);
        add(&[a.cluster, a.tag]);
    }
    add(&[d.tag, h.tag]);
    add(&[d.tag, h.tag, distance]);
    add(&[d.word, h.tag]);
    add(&[d.word, h.upos, distance]);
    add(&[d.tag, h.word]);
    add(&[d.word, h.word]);
    add(&[d.cluster, h.cluster]);
    add(&[d.upos, h.group]);
    add(&[d.cluster, h.tag]);
    add(&[d.group, h.group, d.upos, h.upos]);
    add(&[d.group, h.tag]);
    let around = |place: usize, offset: isize| {
        place
            .checked_add_signed(offset)
            .filter(|place| *place < none)
            .map_or(&seen[none], |place| &seen[place])
    };
    let (before, after) = (around(word, -1), around(word, 1));
    let (head_before, head_after) = (around(head_place, -1), around(head_place, 1));
    add(&[d.upos, before.tag]);
    add(&[d.upos, after.tag]);
    add(&[d.upos, before.word]);
    add(&[d.upos, after.word]);
    add(&[d.upos, h.upos, before.tag, head_after.tag]);
    add(&[d.upos, h.upos, after.tag, head_before.tag]);
    let grandparent = tree.heads.get(head_place).copied().flatten().map_or(&seen[none], |place| &seen[place]);
    add(&[d.tag, h.tag, grandparent.upos]);
    let outer_left =
        tree.children[word].first().filter(|child| **child < word).map_or(&seen[none], |c| &seen[*c]);
    add(&[d.upos, outer_left.word, h.upos]);
    add(&[d.upos, outer_left.tag, h.tag]);
    add(&[d.upos, outer_left.word, h.word]);
    neighbours(tree, word, head_place, seen, done, features);
}

/// The features of the dependents on either side of the arc: each of them is one of a set.
fn neighbours(
    tree: &Tree,
    word: usize,
    head: usize,
    seen: &[Seen],
    done: &[Option<Deprel>],
    features: &mut Vec<Feature>,
) {
    let (d, h) = (&seen[word], &seen[head]);
    let left = u32::from(word < head);
    let mut add = |template: u32, values: &[u32]| {
        let hash = Hash::template(3000 + template).with(left);
        features.push(values.iter().fold(hash, |hash, value| hash.with(*value)).feature());
    };
    let relation = |place: usize| done[place].map_or(99, |relation| relation as u32);
    let mut signature = 0u32;
    for child in tree.children[word].iter().take(8) {
        let (c, rel) = (&seen[*child], relation(*child));
        add(1, &[rel, d.upos, h.upos]);
        add(2, &[rel, c.word, d.upos]);
        add(3, &[rel, c.word, d.upos, h.tag]);
        add(4, &[rel, d.tag, h.word]);
        if !matches!(done[*child], Some(Deprel::Punct | Deprel::Det | Deprel::Amod | Deprel::Conj)) {
            signature = signature.wrapping_mul(61).wrapping_add(rel + 1);
        }
    }
    add(5, &[signature, d.upos, h.upos]);
    add(6, &[signature, d.tag, h.tag]);
    let siblings = &tree.children[head];
    let at = siblings.partition_point(|sibling| *sibling < word);
    for sibling in siblings[at.saturating_sub(5)..at].iter() {
        let (s, rel) = (&seen[*sibling], relation(*sibling));
        add(7, &[rel, d.upos, h.upos, u32::from(*sibling < head)]);
        add(8, &[rel, d.tag, h.tag]);
        add(9, &[s.word, rel, d.upos, h.tag]);
        add(10, &[rel, d.upos, h.word]);
    }
    for sibling in siblings.iter().skip(at + 1).take(5) {
        let s = &seen[*sibling];
        add(11, &[s.tag, d.tag, h.tag, u32::from(*sibling < head)]);
        add(12, &[s.word, d.upos, h.tag]);
    }
    let (last, next) = (at.checked_sub(1).map(|i| siblings[i]), siblings.get(at + 1));
    add(13, &[last.map_or(98, relation), d.tag, h.tag]);
    add(14, &[next.map_or(0, |place| seen[*place].tag), d.tag, h.tag]);
    add(15, &[at.min(6) as u32, siblings.len().min(8) as u32, d.upos, h.upos]);
    let between =
        siblings.iter().filter(|s| (**s > word.min(head)) && (**s < word.max(head))).take(3).count() as u32;
    add(16, &[between, d.tag, h.tag]);
}
