//! A stretch: blank nodes tied together, put in an order that depends on nothing but what is said of them.
//!
//! Nodes are sorted into classes by what is said of them, again and again, by the classes of those beside them. Where that
//! ends with several in a class, the stretch falls apart at those that are alone in theirs; each of its parts is ordered by
//! itself, and parts that say the same may change places. In a part where even that does not help, one node of a class is
//! taken for another after the other, and the order counts that makes the least text. That can take very long: there is a
//! limit to it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::super::read::rename;
use super::{Quad, hash, labels};

/// How often each statement is looked at, before the search for an order is given up if nothing is spare.
const LOOKS: usize = 100;
/// How many nodes are taken for another at once.
const DEEPEST: usize = 100;

/// Blank nodes by number, and the statements that tie them.
pub(super) struct Stretch<'d> {
    labels: Vec<&'d str>,
    /// What statements say but for their blank nodes: sorted, so that the number of each tells its order.
    texts: Vec<String>,
    /// The text and the nodes of each statement.
    ties: Vec<(usize, Vec<usize>)>,
    /// The statements that each node is in.
    of_node: Vec<Vec<usize>>,
}

/// The statements of a node: the text of each, and the classes of its nodes.
type Said = Vec<(usize, Vec<usize>)>;

/// The statements of a part: the text of each, and for each node its place in the part, or its class if it is outside.
type Form = Vec<(usize, Vec<(bool, usize)>)>;

impl<'d> Stretch<'d> {
    pub(super) fn of(quads: &[Quad<'d>]) -> Self {
        let text = |quad: &Quad<'_>| {
            let mut bare = |term| rename(term, &mut |_| String::new());
            let graph = quad.graph.map(&mut bare).unwrap_or_default();
            format!("{} <{}> {} {graph}", bare(quad.subject), quad.predicate, bare(quad.object))
        };
        let texts: Vec<String> = quads.iter().map(text).collect();
        let sorted: BTreeSet<&String> = texts.iter().collect();
        let numbers: HashMap<&String, usize> =
            sorted.iter().enumerate().map(|(number, text)| (*text, number)).collect();
        let mut stretch = Self {
            labels: Vec::new(),
            texts: sorted.iter().map(|text| (*text).clone()).collect(),
            ties: Vec::new(),
            of_node: Vec::new(),
        };
        let mut places: HashMap<&str, usize> = HashMap::new();
        for (quad, text) in quads.iter().zip(&texts) {
            let node = |label: &'d str| {
                *places.entry(label).or_insert_with(|| {
                    stretch.labels.push(label);
                    stretch.of_node.push(Vec::new());
                    stretch.labels.len() - 1
                })
            };
            let nodes: Vec<usize> = labels(quad).into_iter().map(node).collect();
            for node in nodes.iter().collect::<BTreeSet<_>>() {
                stretch.of_node[*node].push(stretch.ties.len());
            }
            stretch.ties.push((numbers[text], nodes));
        }
        stretch
    }

    pub(super) fn labels(&self) -> impl Iterator<Item = &'d str> {
        self.labels.iter().copied()
    }

    /// The place of each node, and whether no two share one: they do if it takes too long to tell them apart. `spare` is
    /// how much may be looked at beyond what any stretch takes, and what is left of that.
    pub(super) fn places(&self, spare: &mut usize) -> (Vec<usize>, bool) {
        let count = self.labels.len();
        let all: Vec<usize> = (0..count).collect();
        let (classes, inside) = (vec![0; count], vec![false; count]);
        let left = *spare + LOOKS * self.ties.len();
        let mut search = Search { stretch: self, classes, next: 1, inside, left };
        let order = search.refine(&all, &all).and_then(|()| {
            let classes = search.classes.clone();
            let order = search.order(&all, 0);
            search.classes = classes;
            order
        });
        *spare = search.left.min(*spare);
        let Some(order) = order else { return (search.classes, false) };
        let mut places = vec![0; count];
        order.into_iter().enumerate().for_each(|(place, node)| places[node] = place);
        (places, true)
    }

    /// A number for what is said of the nodes at their places.
    pub(super) fn hash(&self, places: &[usize]) -> u64 {
        let mut lines: Vec<(&str, Vec<usize>)> = self
            .ties
            .iter()
            .map(|(text, nodes)| {
                (self.texts[*text].as_str(), nodes.iter().map(|node| places[*node]).collect())
            })
            .collect();
        lines.sort_unstable();
        let bytes = lines.iter().flat_map(|(text, nodes)| {
            let places = nodes.iter().flat_map(|place| (*place as u64).to_le_bytes());
            text.bytes().chain(places).chain(*b"\n")
        });
        hash(bytes)
    }
}

struct Search<'s, 'd> {
    stretch: &'s Stretch<'d>,
    classes: Vec<usize>,
    /// The number of the next class.
    next: usize,
    /// Which nodes are being refined.
    inside: Vec<bool>,
    /// How many statements may still be looked at.
    left: usize,
}

impl Search<'_, '_> {
    /// Counts what is looked at; `None` if that is enough.
    fn spend(&mut self, work: usize) -> Option<()> {
        self.left = self.left.saturating_sub(work);
        (self.left > 0).then_some(())
    }

    /// Splits the classes of some nodes until those of a class cannot be told apart by the classes beside them; begins
    /// with the nodes beside which something has changed.
    fn refine(&mut self, within: &[usize], changed: &[usize]) -> Option<()> {
        within.iter().for_each(|node| self.inside[*node] = true);
        let done = self.refine_inside(within, changed);
        within.iter().for_each(|node| self.inside[*node] = false);
        done
    }

    fn refine_inside(&mut self, within: &[usize], changed: &[usize]) -> Option<()> {
        let mut sizes: HashMap<usize, usize> = HashMap::new();
        within.iter().for_each(|node| *sizes.entry(self.classes[*node]).or_default() += 1);
        let mut open: BTreeSet<usize> = changed.iter().copied().filter(|node| self.inside[*node]).collect();
        while !open.is_empty() {
            let mut by_class: BTreeMap<usize, Vec<(Said, usize)>> = BTreeMap::new();
            for node in std::mem::take(&mut open) {
                let class = self.classes[node];
                if sizes[&class] > 1 {
                    self.spend(self.stretch.of_node[node].len())?;
                    by_class.entry(class).or_default().push((self.said(node), node));
                }
            }
            let mut moved = Vec::new();
            for (class, mut nodes) in by_class {
                nodes.sort_unstable();
                let mut kinds: Vec<_> = nodes.chunk_by(|one, other| one.0 == other.0).collect();
                if nodes.len() == sizes[&class] {
                    // All of the class are here: the most keep its number, and what is beside them need not be looked at.
                    let most = (0..kinds.len()).rev().max_by_key(|kind| kinds[*kind].len());
                    most.map(|most| kinds.remove(most));
                }
                for alike in kinds {
                    *sizes.entry(class).or_default() -= alike.len();
                    sizes.insert(self.next, alike.len());
                    moved.extend(alike.iter().map(|(_, node)| (*node, self.next)));
                    self.next += 1;
                }
            }
            for (node, class) in &moved {
                self.classes[*node] = *class;
            }
            for (node, _) in moved {
                self.spend(self.stretch.of_node[node].len())?;
                open.extend(self.beside(node).filter(|other| self.inside[*other]));
            }
        }
        Some(())
    }

    /// What is said of a node, by the classes of those beside it; it is itself where no class can be.
    fn said(&self, node: usize) -> Said {
        let class = |other: &usize| if *other == node { usize::MAX } else { self.classes[*other] };
        let ties = self.stretch.of_node[node].iter().map(|tie| &self.stretch.ties[*tie]);
        let mut said: Said = ties.map(|(text, nodes)| (*text, nodes.iter().map(class).collect())).collect();
        said.sort_unstable();
        said
    }

    fn beside(&self, node: usize) -> impl Iterator<Item = usize> {
        let ties = self.stretch.of_node[node].iter().map(|tie| &self.stretch.ties[*tie]);
        ties.flat_map(|(_, nodes)| nodes).copied().filter(move |other| *other != node)
    }

    fn by_class(&self, nodes: &[usize]) -> BTreeMap<usize, Vec<usize>> {
        let mut by_class: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        nodes.iter().for_each(|node| by_class.entry(self.classes[*node]).or_default().push(*node));
        by_class
    }

    /// Orders nodes whose classes are as fine as they get: those alone in their class, then the parts that are left.
    fn order(&mut self, nodes: &[usize], depth: usize) -> Option<Vec<usize>> {
        let (alone, shared): (Vec<_>, Vec<_>) =
            self.by_class(nodes).into_values().partition(|alike| alike.len() == 1);
        let mut parts: Vec<(Vec<usize>, Form, Vec<usize>)> = Vec::new();
        for part in self.parts(&shared.concat())? {
            let order = self.order_part(&part, depth)?;
            let classes = order.iter().map(|node| self.classes[*node]).collect();
            parts.push((classes, self.form(&order)?, order));
        }
        // Of parts with one form the numbers of their nodes decide, which is as good as any.
        parts.sort_unstable();
        let mut order = alone.concat();
        order.extend(parts.into_iter().flat_map(|(_, _, order)| order));
        Some(order)
    }

    /// The nodes that hang together without any others.
    fn parts(&mut self, nodes: &[usize]) -> Option<Vec<Vec<usize>>> {
        let mut open: BTreeSet<usize> = nodes.iter().copied().collect();
        let mut parts = Vec::new();
        while let Some(first) = open.pop_first() {
            let (mut part, mut at) = (vec![first], 0);
            while at < part.len() {
                let node = part[at];
                self.spend(self.stretch.of_node[node].len())?;
                part.extend(self.beside(node).filter(|other| open.remove(other)));
                at += 1;
            }
            parts.push(part);
        }
        Some(parts)
    }

    /// Orders a part; where classes are shared within it, by trying.
    fn order_part(&mut self, part: &[usize], depth: usize) -> Option<Vec<usize>> {
        let by_class = self.by_class(part);
        let shared = by_class.iter().filter(|(_, alike)| alike.len() > 1);
        let Some((_, shared)) = shared.min_by_key(|(class, alike)| (alike.len(), **class)) else {
            return Some(by_class.into_values().flatten().collect());
        };
        if depth == DEEPEST {
            return None;
        }
        let classes: Vec<usize> = part.iter().map(|node| self.classes[*node]).collect();
        let mut best: Option<(Form, Vec<usize>)> = None;
        for node in shared {
            self.classes[*node] = self.next;
            self.next += 1;
            let changed: Vec<usize> = self.beside(*node).collect();
            self.spend(part.len() + changed.len())?;
            self.refine(part, &changed)?;
            let order = self.order(part, depth + 1)?;
            part.iter().zip(&classes).for_each(|(node, class)| self.classes[*node] = *class);
            let form = self.form(&order)?;
            if best.as_ref().is_none_or(|(least, _)| form < *least) {
                best = Some((form, order));
            }
        }
        best.map(|(_, order)| order)
    }

    /// What the statements of a part say, when its nodes are in this order.
    fn form(&mut self, order: &[usize]) -> Option<Form> {
        let places: HashMap<usize, usize> =
            order.iter().enumerate().map(|(place, node)| (*node, place)).collect();
        let ties = order.iter().flat_map(|node| &self.stretch.of_node[*node]);
        let ties: BTreeSet<usize> = ties.copied().collect();
        self.spend(ties.len())?;
        let shown = |node: &usize| match places.get(node) {
            Some(place) => (true, *place),
            None => (false, self.classes[*node]),
        };
        let ties = ties.into_iter().map(|tie| &self.stretch.ties[tie]);
        let mut form: Form = ties.map(|(text, nodes)| (*text, nodes.iter().map(shown).collect())).collect();
        form.sort_unstable();
        Some(form)
    }
}
