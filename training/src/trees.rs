//! Trains the parser and the labeller.

use std::collections::HashMap;

use tellgraph::syntax::label::{self, Tree};
use tellgraph::syntax::model::{Scorer, best};
use tellgraph::syntax::parse::{self, Seen, State, Transition};
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

/// Trains the parser with a dynamic oracle: after the first round it mostly follows its own choices.
pub fn train_parser(examples: &mut [Example], rounds: usize, seed: u64) -> Perceptron {
    let mut perceptron = Perceptron::new(Transition::labels(), 3);
    let mut random = Random::new(seed);
    for round in 0..rounds {
        random.shuffle(examples);
        let wrong: usize =
            examples.iter().map(|e| learn_tree(&mut perceptron, e, round > 0, &mut random)).sum();
        eprintln!("parse round {round}: {wrong} wrong");
    }
    perceptron
}

fn learn_tree(perceptron: &mut Perceptron, example: &Example, explore: bool, random: &mut Random) -> usize {
    let mut state = State::new(example.heads.len());
    let (mut features, mut scores) = (Vec::new(), Vec::new());
    let mut wrong = 0;
    while !state.is_final() {
        parse::features(&state, &example.seen, &mut features);
        perceptron.score(&features, &mut scores);
        let guess = parse::choose(&state, &scores);
        let costs =
            Transition::ALL.map(|t| if state.allows(t) { example.cost(&state, t) } else { usize::MAX });
        let least = costs.iter().copied().min().unwrap_or(0);
        let right = (0..3)
            .filter(|i| costs[*i] == least)
            .max_by_key(|i| (scores[*i], std::cmp::Reverse(*i)))
            .unwrap_or(0);
        perceptron.advance();
        let guessed = guess as usize;
        let mistaken = costs[guessed] != least;
        if mistaken {
            perceptron.update(&features, right, guessed);
            wrong += 1;
        }
        let follow = !mistaken || (explore && random.below(10) > 0);
        state.apply(if follow { guess } else { Transition::ALL[right] });
    }
    wrong
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
