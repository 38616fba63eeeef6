//! Trains the parser and the labeller.

use std::collections::HashMap;

use tellgraph::syntax::label::{self, Tree};
use tellgraph::syntax::model::{Scorer, best};
use tellgraph::syntax::parse::{self, Path, Scratch, Seen, State, Step, Transition};
use tellgraph::syntax::{Deprel, Upos, Xpos};

use crate::corpus::GoldSentence;
use crate::perceptron::{Perceptron, Random};
use crate::tagging;

/// A sentence as the parser sees it, with its gold tree.
pub struct Example {
    seen: Vec<Seen>,
    heads: Vec<Option<usize>>,
    /// The gold dependents of each word.
    children: Vec<Vec<usize>>,
    relations: Vec<Deprel>,
}

impl Example {
    pub fn new(sentence: &GoldSentence, tags: &[(Upos, Xpos)]) -> Self {
        let heads: Vec<Option<usize>> = sentence.words.iter().map(|word| word.head).collect();
        let mut children = vec![Vec::new(); heads.len()];
        for (child, head) in heads.iter().enumerate() {
            if let Some(head) = head {
                children[*head].push(child);
            }
        }
        let seen = parse::see(&tagging::forms(sentence), tags);
        Self { seen, heads, children, relations: sentence.words.iter().map(|word| word.deprel).collect() }
    }

    /// How many gold arcs a transition puts out of reach (Goldberg & Nivre 2013, arc-hybrid); the root's is one of them.
    fn cost(&self, state: &State, transition: Transition) -> usize {
        let next = state.next();
        let ahead = |word: &usize| *word >= next;
        let Some((top, rest)) = state.stack().split_last() else { return 0 };
        let lost = |children: &[usize]| children.iter().filter(|child| ahead(child)).count();
        match transition {
            Transition::Shift => {
                let head = usize::from(self.heads[next].is_some_and(|head| rest.contains(&head)));
                head + self.children[next].iter().filter(|child| state.stack().contains(child)).count()
            }
            Transition::Right => {
                let head = usize::from(self.heads[*top].is_none_or(|head| ahead(&head)));
                head + lost(&self.children[*top])
            }
            Transition::Left => {
                let head = match self.heads[*top] {
                    None => 1,
                    Some(head) => usize::from(head > next || rest.last() == Some(&head)),
                };
                head + lost(&self.children[*top])
            }
        }
    }
}

/// Trains the parser with a beam: where a sequence of transitions beats the gold one most, it learns the gold one up to there
/// and unlearns the other (max-violation; Huang, Fayong & Guo 2012).
pub fn train_parser(examples: &mut [Example], rounds: usize, seed: u64) -> Perceptron {
    let mut perceptron = Perceptron::new(Transition::labels(), 3);
    let mut random = Random::new(seed);
    let derivations: usize = examples.iter().filter(|example| example.derivation().is_some()).count();
    eprintln!("{derivations} of {} trees can be derived", examples.len());
    for round in 0..rounds {
        random.shuffle(examples);
        let mut wrong = 0;
        for example in examples.iter() {
            if let Some(gold) = example.derivation() {
                wrong += usize::from(learn_sequence(&mut perceptron, example, &gold));
                perceptron.advance();
            }
        }
        eprintln!("parse round {round}: {wrong} wrong");
    }
    perceptron
}

impl Example {
    /// The transitions that build the gold tree, each word reduced as soon as it can be; none where arcs cross.
    fn derivation(&self) -> Option<Vec<Transition>> {
        let mut state = State::new(self.heads.len());
        let mut taken = Vec::new();
        while !state.is_final() {
            let order = [Transition::Left, Transition::Right, Transition::Shift];
            let next = order.into_iter().find(|t| state.allows(*t) && self.cost(&state, *t) == 0)?;
            state.apply(next);
            taken.push(next);
        }
        Some(taken)
    }
}

/// Learns from one sentence; says whether there was anything to learn.
fn learn_sequence(perceptron: &mut Perceptron, example: &Example, gold: &[Transition]) -> bool {
    let mut scratch = Scratch::default();
    let mut paths = vec![Path::new(example.heads.len())];
    let mut right = Path::new(example.heads.len());
    // The sequence that beats the gold one most, and by how much.
    let mut worst: Option<(i64, Vec<Transition>)> = None;
    let mut lost = false;
    for (i, transition) in gold.iter().enumerate() {
        parse::features(&right.state, &example.seen, &mut scratch.features);
        perceptron.score(&scratch.features, &mut scratch.scores);
        let score = right.score + i64::from(scratch.scores[*transition as usize]);
        right.follow(Step { path: 0, transition: *transition, score });
        let steps = parse::steps(perceptron, &paths, &example.seen, &mut scratch);
        parse::follow(&mut paths, &steps);
        lost = lost || !paths.iter().any(|path| path.taken == right.taken);
        let ends = i + 1 == gold.len() && paths[0].taken != right.taken;
        let violation = paths[0].score - right.score;
        if (lost || ends) && worst.as_ref().is_none_or(|(most, _)| violation >= *most) {
            worst = Some((violation, paths[0].taken.clone()));
        }
    }
    let Some((_, wrong)) = worst else { return false };
    let same = gold.iter().zip(&wrong).take_while(|(a, b)| a == b).count();
    for (sequence, by) in [(&gold[..wrong.len()], 1), (wrong.as_slice(), -1)] {
        let mut state = State::new(example.heads.len());
        for (i, transition) in sequence.iter().enumerate() {
            if i >= same {
                parse::features(&state, &example.seen, &mut scratch.features);
                perceptron.shift(&scratch.features, *transition as usize, by);
            }
            state.apply(*transition);
        }
    }
    true
}

/// Trains the labeller on gold trees.
pub fn train_labeller(examples: &mut [Example], rounds: usize, seed: u64) -> Perceptron {
    let labels: Vec<String> =
        Deprel::ALL.iter().filter(|r| **r != Deprel::Root).map(|r| r.to_string()).collect();
    let number: HashMap<Deprel, usize> =
        labels.iter().enumerate().filter_map(|(i, label)| Some((Deprel::parse(label)?, i))).collect();
    let mut perceptron = Perceptron::new(labels.clone(), 2);
    let mut random = Random::new(seed);
    for round in 0..rounds {
        random.shuffle(examples);
        let mut wrong = 0;
        for example in examples.iter() {
            let tree = Tree::new(&example.heads);
            let mut done = vec![None; example.heads.len()];
            let (mut features, mut scores) = (Vec::new(), Vec::new());
            for word in tree.order() {
                label::features(&tree, *word, &example.seen, &done, &mut features);
                perceptron.score(&features, &mut scores);
                let guess = best(&scores);
                perceptron.advance();
                let gold = number.get(&example.relations[*word]).copied().unwrap_or(guess);
                if guess != gold {
                    perceptron.update(&features, gold, guess);
                    wrong += 1;
                }
                done[*word] = Deprel::parse(&labels[guess]);
            }
        }
        eprintln!("label round {round}: {wrong} wrong");
    }
    perceptron
}
