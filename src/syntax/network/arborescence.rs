//! The best tree over a sentence, given the score of every arc (Chu & Liu 1965, Edmonds 1967), with a single root.

/// An arc, from a dependent to its head; places count from 1, 0 is the sentence's root.
type Arc = (usize, usize);

/// The head of each of `count` words, from 1; 0 for the one that is the root. `scores`: for each word, each head from 0.
pub fn best_tree(scores: &[f32], count: usize) -> Vec<usize> {
    let heads: Vec<usize> =
        scores.chunks_exact(count + 1).zip(1..).map(|(row, word)| best_head(row, word)).collect();
    if is_tree(&heads) {
        return heads;
    }
    let mut forest = Forest::new(scores, count);
    while let Some(cycle) = forest.find_cycle() {
        forest.contract(&cycle);
    }
    forest.unfold()
}

/// The head with the highest score, the first of equals.
fn best_head(scores: &[f32], word: usize) -> usize {
    let heads = (1..scores.len()).filter(|head| *head != word);
    heads.fold(0, |best, head| if scores[head] > scores[best] { head } else { best })
}

/// Whether heads make a tree with one root; most that are chosen word by word do.
fn is_tree(heads: &[usize]) -> bool {
    // The walk by which each word was reached.
    let mut walks = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && walks[at] == 0 {
            walks[at] = start;
            at = heads[at - 1];
        }
        if at != 0 && walks[at] == start {
            return false;
        }
    }
    heads.iter().filter(|head| **head == 0).count() == 1
}

/// A graph whose cycles of best arcs are contracted, one by one, into one of their nodes.
struct Forest {
    size: usize,
    /// For each dependent, the score of each head, and the arc of the sentence that this stands for.
    scores: Vec<f64>,
    arcs: Vec<Arc>,
    /// The nodes that are left, but for the root.
    nodes: Vec<usize>,
    /// The words that each node stands for.
    words: Vec<Vec<usize>>,
    /// The best head of each node.
    best: Vec<usize>,
    contracted: Vec<Vec<Member>>,
}

/// A node of a contracted cycle: its words, and the arc by which it belonged to the cycle.
struct Member {
    words: Vec<usize>,
    arc: Arc,
}

/// More than all arcs of a tree weigh, so that no tree has a second root.
const SECOND_ROOT: f64 = 1e6;

impl Forest {
    fn new(scores: &[f32], count: usize) -> Self {
        let size = count + 1;
        let mut forest = Self {
            size,
            scores: vec![0.0; size],
            arcs: (0..size * size).map(|at| (at / size, at % size)).collect(),
            nodes: (1..size).collect(),
            words: (0..size).map(|word| vec![word]).collect(),
            best: vec![0; size],
            contracted: Vec::new(),
        };
        for row in scores.chunks_exact(size) {
            forest.scores.push(f64::from(row[0]) - SECOND_ROOT);
            forest.scores.extend(row[1..].iter().map(|score| f64::from(*score)));
        }
        (1..size).for_each(|node| forest.choose(node));
        forest
    }

    /// Finds the best head of a node among the others.
    fn choose(&mut self, node: usize) {
        let row = &self.scores[node * self.size..][..self.size];
        let mut best = 0;
        for head in self.nodes.iter().filter(|head| **head != node) {
            if row[*head] > row[best] {
                best = *head;
            }
        }
        self.best[node] = best;
    }

    /// Nodes that depend on each other in a circle.
    fn find_cycle(&self) -> Option<Vec<usize>> {
        // The walk by which each node was reached.
        let mut walks = vec![0; self.size];
        for (walk, start) in (1..).zip(&self.nodes) {
            let mut at = *start;
            while at != 0 && walks[at] == 0 {
                walks[at] = walk;
                at = self.best[at];
            }
            if at != 0 && walks[at] == walk {
                let around = std::iter::successors(Some(self.best[at]), |node| Some(self.best[*node]));
                return Some(std::iter::once(at).chain(around.take_while(|node| *node != at)).collect());
            }
        }
        None
    }

    /// Makes one node of a cycle: the first of it.
    fn contract(&mut self, cycle: &[usize]) {
        let (size, node) = (self.size, cycle[0]);
        self.nodes.retain(|other| !cycle.contains(other));
        for other in std::iter::once(0).chain(self.nodes.iter().copied()) {
            // An arc into the cycle takes the place of the arc within it that its dependent has.
            let gain = |member: &usize| {
                self.scores[member * size + other] - self.scores[member * size + self.best[*member]]
            };
            let entry = first_best(cycle, gain);
            (self.scores[node * size + other], self.arcs[node * size + other]) =
                (gain(&entry), self.arcs[entry * size + other]);
        }
        for other in &self.nodes {
            let exit = first_best(cycle, |member| self.scores[other * size + member]);
            self.scores[other * size + node] = self.scores[other * size + exit];
            self.arcs[other * size + node] = self.arcs[other * size + exit];
        }
        let member = |member: &usize| Member {
            words: std::mem::take(&mut self.words[*member]),
            arc: self.arcs[member * size + self.best[*member]],
        };
        let members: Vec<Member> = cycle.iter().map(member).collect();
        self.words[node] = members.iter().flat_map(|member| member.words.iter().copied()).collect();
        self.contracted.push(members);
        self.nodes.push(node);
        // What had its best head in the cycle has it in the cycle's node; the heads of others stay.
        for other in &self.nodes {
            if cycle.contains(&self.best[*other]) {
                self.best[*other] = node;
            }
        }
        self.choose(node);
    }

    /// The heads of all words: a cycle keeps its arcs but for the one where it is entered.
    fn unfold(self) -> Vec<usize> {
        let mut heads: Vec<Option<usize>> = vec![None; self.size];
        for node in &self.nodes {
            let (word, head) = self.arcs[node * self.size + self.best[*node]];
            heads[word] = Some(head);
        }
        for members in self.contracted.iter().rev() {
            for Member { words, arc: (word, head) } in members {
                if words.iter().all(|word| heads[*word].is_none()) {
                    heads[*word] = Some(*head);
                }
            }
        }
        heads.into_iter().skip(1).map(|head| head.unwrap_or(0)).collect()
    }
}

/// The node with the highest score, the first of equals.
fn first_best(nodes: &[usize], score: impl Fn(&usize) -> f64) -> usize {
    nodes.iter().skip(1).fold(nodes[0], |best, node| if score(node) > score(&best) { *node } else { best })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The score of a tree, the lowest if it is none.
    fn weigh(scores: &[f32], heads: &[usize]) -> f32 {
        let size = heads.len() + 1;
        let weight = heads.iter().enumerate().map(|(word, head)| scores[word * size + head]).sum();
        if is_tree(heads) { weight } else { f32::MIN }
    }

    #[test]
    fn no_tree_is_better() {
        let mut state = 1u32;
        for count in [1usize, 2, 3, 4, 5, 5, 5, 5, 5, 5, 5, 5] {
            let size = count + 1;
            let mut random = |_| {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                (state >> 20) as f32
            };
            let scores: Vec<f32> = (0..count * size).map(&mut random).collect();
            let tree = |number: usize| -> Vec<usize> {
                (0..count as u32).map(|word| number / size.pow(word) % size).collect()
            };
            let highest = (0..size.pow(count as u32)).map(|number| weigh(&scores, &tree(number)));
            let highest = highest.fold(f32::MIN, f32::max);
            assert_eq!(weigh(&scores, &best_tree(&scores, count)), highest);
        }
    }
}
