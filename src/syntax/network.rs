//! The network that tags and parses: embeddings, layers that read the sentence both ways, and scores of tags, arcs and relations.
//!
//! The layers are simple recurrent units (Lei, Zhang, Wang, Dai & Artzi 2018): matrices meet the words alone, so a whole
//! sentence is multiplied at once, and only sums of two numbers go from word to word. Arcs are scored by a product of what the
//! dependent asks for and what the head offers (Dozat & Manning 2017), and the best tree is taken (`arborescence`).
//!
//! Matrices are products of whole numbers, and every sum of fractions has one order, so the result does not depend on the number
//! of threads. `../../training/neural` makes `network.model`.

mod arborescence;
mod embedding;
mod file;
mod matrix;
mod mend;
mod recurrent;

use std::sync::OnceLock;

use super::form::Form;
use super::{Deprel, Upos, Xpos};
use arborescence::best_tree;
use embedding::Embeddings;
use file::Reader;
use matrix::{Linear, Quantized, product};
use recurrent::Layer;

/// What the network says of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grammar {
    pub upos: Upos,
    pub xpos: Xpos,
    /// The place of the head in the sentence; `None` for the root.
    pub head: Option<usize>,
    pub deprel: Deprel,
}

/// The network: its file holds the parts in this order.
#[derive(Debug)]
pub struct Network {
    tags: Vec<(Upos, Xpos)>,
    relations: Vec<Deprel>,
    embeddings: Embeddings,
    layers: Vec<Layer>,
    /// From the output of the last layer but one.
    tag: Linear,
    /// From the last layer: a word as dependent and as head of an arc, and the same for its relation.
    halves: Linear,
    /// What a dependent asks of its head.
    asked: Linear,
    /// What the sentence's root offers to arcs, then to relations.
    root: Vec<f32>,
    relation: Linear,
}

/// The longest stretch that is parsed at once, in words: arcs are as many as its square.
const LONGEST: usize = 512;

/// The network that comes with the library.
pub fn network() -> &'static Network {
    static NETWORK: OnceLock<Network> = OnceLock::new();
    NETWORK
        .get_or_init(|| Network::read(include_bytes!("network.model")).expect("the network's file is whole"))
}

/// What the network holds likely in a sentence; the higher, the likelier.
struct Scores {
    /// For each word, each pair of tags.
    tags: Vec<f32>,
    /// For each word, each head: the sentence's root, then the words.
    arcs: Vec<f32>,
    /// What relations look at: for each word as a dependent, and for the root and each word as a head.
    dependents: Vec<f32>,
    heads: Vec<f32>,
}

impl Network {
    /// Reads a file, if it is whole.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        (reader.take(4)? == b"NET1").then_some(())?;
        let tags = reader.strings()?.iter().map(|label| parse_tags(label)).collect();
        let relations =
            reader.strings()?.iter().map(|name| Deprel::parse(name).unwrap_or(Deprel::Dep)).collect();
        let embeddings = Embeddings::read(&mut reader)?;
        let count = reader.number(1)?;
        let layers = (0..count).map(|_| Layer::read(&mut reader)).collect::<Option<Vec<Layer>>>()?;
        let (tag, halves, asked) =
            (Linear::read(&mut reader)?, Linear::read(&mut reader)?, Linear::read(&mut reader)?);
        let (root, relation) = (reader.floats()?, Linear::read(&mut reader)?);
        Some(Self { tags, relations, embeddings, layers, tag, halves, asked, root, relation })
    }

    /// The grammar of each word of a sentence.
    pub fn analyze(&self, forms: &[Form]) -> Vec<Grammar> {
        let mut whole: Vec<Grammar> = Vec::with_capacity(forms.len());
        for part in forms.chunks(LONGEST) {
            let begin = whole.len();
            whole.extend(
                self.analyze_part(part)
                    .into_iter()
                    .map(|word| match (word.head, begin) {
                        // The parts of a very long sentence hang on the root of the first.
                        (None, 1..) => {
                            let head = whole.iter().position(|word| word.head.is_none());
                            Grammar { head, deprel: Deprel::Parataxis, ..word }
                        }
                        (head, _) => Grammar { head: head.map(|head| begin + head), ..word },
                    })
                    .collect::<Vec<_>>(),
            );
        }
        whole
    }

    fn analyze_part(&self, forms: &[Form]) -> Vec<Grammar> {
        let scores = self.score(forms);
        let heads = best_tree(&scores.arcs, forms.len());
        let relations = self.score_relations(&scores, &heads);
        let word = |(i, head): (usize, &usize)| {
            let (upos, xpos) =
                self.tags[best(&scores.tags[i * self.tags.len()..][..self.tags.len()], |_| true)];
            let own = &relations[i * self.relations.len()..][..self.relations.len()];
            let relation = best(own, |relation| self.relations[relation] != Deprel::Root);
            let deprel = if *head == 0 { Deprel::Root } else { self.relations[relation] };
            Grammar { upos, xpos, head: head.checked_sub(1), deprel }
        };
        let mut words: Vec<Grammar> = heads.iter().enumerate().map(word).collect();
        mend::mend(&mut words);
        words
    }

    fn score(&self, forms: &[Form]) -> Scores {
        let mut words = self.embeddings.look_up(forms);
        let mut below = Quantized::default();
        for layer in &self.layers {
            below = Quantized::new(&words, words.len() / forms.len().max(1));
            words = layer.run(&words, &below);
        }
        let top = Quantized::new(&words, words.len() / forms.len().max(1));
        let halves = self.halves.apply(&top);
        let arc = self.asked.columns();
        let relation = self.relation.columns();
        let (mut dependents, mut offered) =
            (Vec::with_capacity(forms.len() * arc), self.root[..arc].to_vec());
        let (mut own, mut heads) = (Vec::with_capacity(forms.len() * relation), self.root[arc..].to_vec());
        for half in halves.chunks_exact(2 * (arc + relation)) {
            dependents.extend(half[..arc].iter().map(|x| x.max(0.0)));
            offered.extend(half[arc..2 * arc].iter().map(|x| x.max(0.0)));
            own.extend_from_slice(&half[2 * arc..2 * arc + relation]);
            heads.extend_from_slice(&half[2 * arc + relation..]);
        }
        let asked = self.asked.apply(&Quantized::new(&dependents, arc));
        let row =
            |word: &[f32]| offered.chunks_exact(arc).map(|head| product(word, head)).collect::<Vec<f32>>();
        let arcs = asked.chunks_exact(arc).flat_map(row).collect();
        Scores { tags: self.tag.apply(&below), arcs, dependents: own, heads }
    }

    /// For each word, the score of each relation to its head: 0 for the sentence's root, then the words from 1.
    fn score_relations(&self, scores: &Scores, heads: &[usize]) -> Vec<f32> {
        let width = self.relation.columns();
        let pair = |(own, head): (&[f32], &usize)| {
            own.iter()
                .zip(&scores.heads[head * width..])
                .map(|(own, head)| (own + head).max(0.0))
                .collect::<Vec<f32>>()
        };
        let pairs: Vec<f32> = scores.dependents.chunks_exact(width).zip(heads).flat_map(pair).collect();
        self.relation.apply(&Quantized::new(&pairs, width))
    }
}

fn parse_tags(label: &str) -> (Upos, Xpos) {
    let (upos, xpos) = label.split_once(' ').unwrap_or((label, ""));
    (Upos::parse(upos).unwrap_or(Upos::X), Xpos::parse(xpos).unwrap_or(Xpos::Fw))
}

/// The place of the highest score among those allowed; the first of equals, and the first if none is allowed.
fn best(scores: &[f32], allows: impl Fn(usize) -> bool) -> usize {
    let mut best = None;
    for (i, score) in scores.iter().enumerate().filter(|(i, _)| allows(*i)) {
        if best.is_none_or(|(_, highest)| *score > highest) {
            best = Some((i, *score));
        }
    }
    best.map_or(0, |(i, _)| i)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of ours with the scores that the trainer's own network gives: for each sentence a line of its words, then a line of
    /// numbers: each word's scores of tags, then of arcs.
    const GOLDEN: &str = include_str!("network/golden.txt");

    #[test]
    fn scores_are_those_of_the_trainer() {
        let mut lines = GOLDEN.lines();
        let mut count = 0;
        while let (Some(words), Some(numbers)) = (lines.next(), lines.next()) {
            let forms: Vec<Form> = words.split(' ').map(Form::new).collect();
            let scores = network().score(&forms);
            let expected: Vec<f32> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
            let actual = || scores.tags.iter().chain(&scores.arcs);
            assert_eq!(actual().count(), expected.len(), "{words}");
            for (actual, expected) in actual().zip(&expected) {
                assert!(
                    (actual - expected).abs() < 0.02 + 0.002 * expected.abs(),
                    "{words}: {actual} for {expected}"
                );
            }
            count += 1;
        }
        assert!(count >= 3);
    }

    #[test]
    fn a_damaged_file_is_none() {
        let bytes = include_bytes!("network.model");
        for end in (0..bytes.len()).step_by(bytes.len() / 50) {
            assert!(Network::read(&bytes[..end]).is_none());
        }
    }

    #[test]
    fn a_very_long_sentence_is_one_tree() {
        let forms = vec![Form::new("goat"); 2 * LONGEST + 3];
        let words = network().analyze(&forms);
        assert_eq!(words.len(), forms.len());
        assert_eq!(words.iter().filter(|word| word.head.is_none()).count(), 1);
    }
}
