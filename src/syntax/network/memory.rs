//! What the network made of words before.

use std::collections::HashMap;
use std::sync::{Arc, PoisonError, RwLock};

/// What the first layer's matrix makes of a word, which is the same wherever the word stands: of the words that were met
/// first, among which are the frequent ones, so that it need not be multiplied again.
#[derive(Debug, Default)]
pub struct Memory {
    words: RwLock<HashMap<Box<str>, Product>>,
}

/// A word's product with a matrix.
pub type Product = Arc<[f32]>;

/// How many words are remembered: they take some 20 MiB.
const MOST: usize = 4096;

impl Memory {
    /// The products of words, where they are remembered.
    pub fn recall(&self, words: &[&str]) -> Vec<Option<Product>> {
        let known = self.words.read().unwrap_or_else(PoisonError::into_inner);
        words.iter().map(|word| known.get(*word).cloned()).collect()
    }

    /// Remembers products of words, as long as there is room.
    pub fn learn<'a>(&self, words: impl Iterator<Item = (&'a str, &'a Product)>) {
        let is_full = |known: &HashMap<_, _>| known.len() >= MOST;
        if is_full(&self.words.read().unwrap_or_else(PoisonError::into_inner)) {
            return;
        }
        let mut known = self.words.write().unwrap_or_else(PoisonError::into_inner);
        for (word, product) in words {
            // A word is as long as its writer likes.
            if !is_full(&known) && word.len() < 32 {
                known.insert(word.into(), product.clone());
            }
        }
    }
}
