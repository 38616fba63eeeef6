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
mod lanes;
mod matrix;
mod memory;
mod mend;
mod recurrent;

use std::collections::HashMap;
use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;

use super::form::Form;
use super::{Deprel, Upos, Xpos};
use arborescence::best_tree;
use embedding::{Embeddings, Rows};
use file::Reader;
use lanes::{LANES, Processor};
use matrix::{Linear, Products, Quantized, products};
use memory::{Memory, Product};
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
    memory: Memory,
}

/// The longest stretch that is parsed at once, in words: arcs are as many as its square.
const LONGEST: usize = 512;

/// From how many words on no further sentence is multiplied with those before it: enough that what is read of the matrices serves
/// many words, and few enough that their products stay in the cache.
const TOGETHER: usize = 192;

/// The network that comes with the library.
pub fn network() -> &'static Network {
    static NETWORK: OnceLock<Network> = OnceLock::new();
    NETWORK
        .get_or_init(|| Network::read(include_bytes!("network.model")).expect("the network's file is whole"))
}

/// Sentences that are multiplied together.
struct Batch<'t> {
    /// The words in them, each once.
    forms: Vec<&'t str>,
    /// For each word, which of the forms it has.
    places: Vec<usize>,
    /// Where the parts begin and end that have a tree each: sentences, or pieces of very long ones.
    parts: Vec<Range<usize>>,
}

/// What the network holds likely; the higher, the likelier.
struct Scores {
    /// For each word, each pair of tags.
    tags: Products,
    /// For each part, for each of its words, each head: the sentence's root, then the words.
    arcs: Vec<Vec<f32>>,
    /// For each word what it is as a dependent and as a head, of arcs, then of relations.
    halves: Products,
}

impl Network {
    /// The vector that a word was given by all the text it stands in.
    pub fn given(&self, word: &str) -> Option<&[i8]> {
        self.embeddings.given(&Form::new(word))
    }

    /// Reads a file, if it is whole.
    pub fn read(bytes: &[u8]) -> Option<Self> {
        let mut reader = Reader::new(bytes);
        (reader.take(4)? == b"NET1").then_some(())?;
        let tags = reader.strings()?.iter().map(|label| parse_tags(label)).collect();
        let relations: Vec<Deprel> =
            reader.strings()?.iter().map(|name| Deprel::parse(name).unwrap_or(Deprel::Dep)).collect();
        let embeddings = Embeddings::read(&mut reader)?;
        let count = reader.number(1)?;
        let layers = (0..count).map(|_| Layer::read(&mut reader)).collect::<Option<Vec<Layer>>>()?;
        let (tag, halves, asked) =
            (Linear::read(&mut reader)?, Linear::read(&mut reader)?, Linear::read(&mut reader)?);
        let (root, mut relation) = (reader.floats()?, Linear::read(&mut reader)?);
        // Which word is the root, the tree says.
        if let Some(row) = relations
            .iter()
            .position(|relation| *relation == Deprel::Root)
            .filter(|row| *row < relation.rows())
        {
            relation.forbid(row);
        }
        let memory = Memory::default();
        let network =
            Self { tags, relations, embeddings, layers, tag, halves, asked, root, relation, memory };
        network.fits().then_some(network)
    }

    /// Whether each part takes what the others give.
    fn fits(&self) -> bool {
        let (arc, relation) = (self.asked.columns(), self.relation.columns());
        let [first, .., below, top] = &self.layers[..] else { return false };
        first.columns() == self.embeddings.width()
            && first.carries() == Some(true)
            && self.layers.windows(2).all(|pair| pair[1].columns() == pair[0].width())
            && self.layers[1..]
                .iter()
                .all(|layer| layer.carries() == Some(false) && layer.columns() == layer.width())
            && (self.tag.columns(), self.tag.rows()) == (below.width(), self.tags.len())
            && (self.halves.columns(), self.halves.rows()) == (top.width(), 2 * (arc + relation))
            && (self.asked.rows(), self.root.len()) == (arc, arc + relation)
            && self.relation.rows() == self.relations.len()
    }

    /// The grammar of each word of these sentences.
    pub fn analyze(&self, sentences: &[Vec<&str>]) -> Vec<Vec<Grammar>> {
        let parts: Vec<&[&str]> = sentences.iter().flat_map(|sentence| sentence.chunks(LONGEST)).collect();
        let mut words = 0;
        let together = |_: &&[&str], next: &&[&str]| {
            words = if words < TOGETHER { words + next.len() } else { 0 };
            words > 0
        };
        let batches: Vec<&[&[&str]]> = parts.chunk_by(together).collect();
        let batches: Vec<Vec<Vec<Grammar>>> =
            batches.par_iter().map(|parts| self.analyze_batch(&Batch::new(parts))).collect();
        let mut parts = batches.into_iter().flatten();
        let join = |sentence: &Vec<&str>| join(parts.by_ref().take(sentence.len().div_ceil(LONGEST)));
        sentences.iter().map(join).collect()
    }

    fn analyze_batch(&self, batch: &Batch) -> Vec<Vec<Grammar>> {
        let processor = Processor::here();
        let scores = self.score(batch, processor);
        let heads: Vec<Vec<usize>> =
            batch.parts.iter().zip(&scores.arcs).map(|(part, arcs)| best_tree(arcs, part.len())).collect();
        let relations = self.score_relations(batch, &scores, &heads, processor);
        let word = |word: usize, head: usize| {
            let (upos, xpos) = self.tags[best(scores.tags.of(word))];
            let deprel = if head == 0 { Deprel::Root } else { self.relations[best(relations.of(word))] };
            Grammar { upos, xpos, head: head.checked_sub(1), deprel }
        };
        let part = |(part, heads): (&Range<usize>, &Vec<usize>)| {
            let mut words: Vec<Grammar> = part.clone().zip(heads).map(|(i, head)| word(i, *head)).collect();
            mend::mend(&mut words);
            words
        };
        batch.parts.iter().zip(&heads).map(part).collect()
    }

    fn score(&self, batch: &Batch, processor: Processor) -> Scores {
        let forms = self.multiply_forms(&batch.forms, processor);
        let products: Vec<&[f32]> = batch.places.iter().map(|place| &*forms[*place]).collect();
        let mut words = self.layers[0].read_words(&products, &[], &batch.parts, processor);
        let mut below = Quantized::default();
        for layer in &self.layers[1..] {
            below = Quantized::new(&words, layer.columns(), processor);
            let products = layer.multiply(&below, processor);
            let products: Vec<&[f32]> = products.iter().collect();
            words = layer.read_words(&products, &words, &batch.parts, processor);
        }
        let halves = self.halves.apply(&Quantized::new(&words, self.halves.columns(), processor), processor);
        let arcs = self.score_arcs(batch, &halves, processor);
        Scores { tags: self.tag.apply(&below, processor), arcs, halves }
    }

    /// What the first layer's matrix makes of words.
    fn multiply_forms(&self, forms: &[&str], processor: Processor) -> Vec<Product> {
        let mut products = self.memory.recall(forms);
        let new: Vec<usize> = (0..forms.len()).filter(|form| products[*form].is_none()).collect();
        let rows: Vec<Rows> = new.iter().map(|form| self.embeddings.rows(&Form::new(forms[*form]))).collect();
        let vectors = self.embeddings.vectors(&rows, processor);
        let vectors = Quantized::new(&vectors, self.embeddings.width(), processor);
        let multiplied = self.layers[0].multiply(&vectors, processor);
        for (form, product) in new.iter().zip(multiplied.iter()) {
            products[*form] = Some(product.into());
        }
        let products: Vec<Product> = products.into_iter().flatten().collect();
        self.memory.learn(new.iter().map(|form| (forms[*form], &products[*form])));
        products
    }

    fn score_arcs(&self, batch: &Batch, halves: &Products, processor: Processor) -> Vec<Vec<f32>> {
        let width = self.asked.columns();
        let positive = |begin: usize| {
            let mut positive = vec![0.0; halves.iter().len() * width];
            for (positive, half) in positive.chunks_exact_mut(width).zip(halves.iter()) {
                positive.iter_mut().zip(&half[begin..]).for_each(|(positive, x)| *positive = x.max(0.0));
            }
            positive
        };
        let (dependents, offered) = (positive(0), positive(width));
        let asked = self.asked.apply(&Quantized::new(&dependents, width, processor), processor);
        let offered: Vec<&[f32]> = offered.chunks_exact(width).collect();
        let part = |part: &Range<usize>| {
            let asked: Vec<&[f32]> = part.clone().map(|word| asked.of(word)).collect();
            let heads = [&[&self.root[..width]], &offered[part.clone()]].concat();
            products(&asked, &heads, processor)
        };
        batch.parts.iter().map(part).collect()
    }

    /// For each word, the score of each relation to its head: 0 for the sentence's root, then the words from 1.
    fn score_relations(
        &self,
        batch: &Batch,
        scores: &Scores,
        heads: &[Vec<usize>],
        processor: Processor,
    ) -> Products {
        let (arc, width) = (self.asked.columns(), self.relation.columns());
        let mut pairs: Vec<f32> = Vec::with_capacity(batch.places.len() * width);
        for (part, heads) in batch.parts.iter().zip(heads) {
            for (word, head) in part.clone().zip(heads) {
                let own = &scores.halves.of(word)[2 * arc..][..width];
                let head = match head.checked_sub(1) {
                    None => &self.root[arc..],
                    Some(head) => &scores.halves.of(part.start + head)[2 * arc + width..],
                };
                pairs.extend(own.iter().zip(head).map(|(own, head)| (own + head).max(0.0)));
            }
        }
        self.relation.apply(&Quantized::new(&pairs, width, processor), processor)
    }
}

impl<'t> Batch<'t> {
    fn new(parts: &[&[&'t str]]) -> Self {
        let mut batch = Self { forms: Vec::new(), places: Vec::new(), parts: Vec::new() };
        let mut known: HashMap<&str, usize> = HashMap::new();
        for part in parts {
            let begin = batch.places.len();
            for word in *part {
                let place = *known.entry(word).or_insert_with(|| {
                    batch.forms.push(word);
                    batch.forms.len() - 1
                });
                batch.places.push(place);
            }
            batch.parts.push(begin..batch.places.len());
        }
        batch
    }
}

/// One sentence of its parts: those of a very long sentence hang on the root of the first.
fn join(mut parts: impl Iterator<Item = Vec<Grammar>>) -> Vec<Grammar> {
    let Some(mut whole) = parts.next() else { return Vec::new() };
    let root = whole.iter().position(|word| word.head.is_none());
    for part in parts {
        let begin = whole.len();
        whole.extend(part.iter().map(|word| match word.head {
            None => Grammar { head: root, deprel: Deprel::Parataxis, ..*word },
            Some(head) => Grammar { head: Some(begin + head), ..*word },
        }));
    }
    whole
}

fn parse_tags(label: &str) -> (Upos, Xpos) {
    let (upos, xpos) = label.split_once(' ').unwrap_or((label, ""));
    (Upos::parse(upos).unwrap_or(Upos::X), Xpos::parse(xpos).unwrap_or(Xpos::Fw))
}

/// The place of the highest score, the first of equals.
fn best(scores: &[f32]) -> usize {
    let larger = |a: f32, b: f32| if b > a { b } else { a };
    let (chunks, rest) = scores.as_chunks::<LANES>();
    let mut lanes = [f32::MIN; LANES];
    for chunk in chunks {
        lanes.iter_mut().zip(chunk).for_each(|(largest, x)| *largest = larger(*largest, *x));
    }
    let highest = lanes.iter().chain(rest).copied().fold(f32::MIN, larger);
    scores.iter().position(|score| *score == highest).unwrap_or(0)
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
            let sentence: Vec<&str> = words.split(' ').collect();
            let scores = network().score(&Batch::new(&[&sentence]), Processor::here());
            let expected: Vec<f32> = numbers.split(' ').map(|number| number.parse().unwrap()).collect();
            let actual = || scores.tags.iter().flatten().chain(scores.arcs.iter().flatten());
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
    fn every_processor_gives_the_same_scores() {
        let sentences: Vec<Vec<&str>> =
            GOLDEN.lines().step_by(2).map(|words| words.split(' ').collect()).collect();
        let parts: Vec<&[&str]> = sentences.iter().map(Vec::as_slice).collect();
        let scores = |processor| -> Vec<u32> {
            // One that remembers nothing.
            let network = Network::read(include_bytes!("network.model")).unwrap();
            let scores = network.score(&Batch::new(&parts), processor);
            scores.tags.iter().flatten().chain(scores.arcs.iter().flatten()).map(|x| x.to_bits()).collect()
        };
        let expected = scores(Processor::Any);
        for processor in Processor::all() {
            assert!(scores(processor) == expected, "{processor:?}");
        }
    }

    #[test]
    fn what_stands_beside_a_sentence_changes_nothing() {
        let sentences: Vec<Vec<&str>> =
            GOLDEN.lines().step_by(2).map(|words| words.split(' ').collect()).collect();
        let alone: Vec<Vec<Grammar>> =
            sentences.iter().flat_map(|sentence| network().analyze(std::slice::from_ref(sentence))).collect();
        let many: Vec<Vec<&str>> = sentences.iter().cycle().take(100).cloned().collect();
        let together = network().analyze(&many);
        assert!(together.iter().zip(alone.iter().cycle()).all(|(together, alone)| together == alone));
    }

    #[test]
    fn a_very_long_sentence_is_one_tree() {
        let sentence = vec!["goat"; 2 * LONGEST + 3];
        let words = &network().analyze(std::slice::from_ref(&sentence))[0];
        assert_eq!(words.len(), sentence.len());
        assert_eq!(words.iter().filter(|word| word.head.is_none()).count(), 1);
    }
}
