//! The network that says how well a mention fits what it may refer to: one hidden layer over sparse features.
//!
//! All weights and sums are integers, so every machine comes to the same result.

use std::sync::OnceLock;

use super::profile::Form;
use super::{Choice, Judge};
use crate::mention::MentionId;

/// Values that one template of shapes may have.
pub const VALUES: usize = 32;
/// Rows of shapes: `VALUES` for each template.
pub const SHAPES: usize = 56 * VALUES;
/// Rows of words, by the low bits of a hash.
pub const WORDS: usize = 1 << 15;
/// Hidden units.
pub const HIDDEN: usize = 24;

/// What a unit of a weight is worth: a weight of 32 is 1.
pub const UNIT: i32 = 32;

/// What is known of a mention and something that it may refer to.
#[derive(Clone, Debug, Default)]
pub struct Features {
    /// Rows of shapes, which go through the hidden layer.
    pub shapes: Vec<u16>,
    /// Rows of words, which add to the score alone.
    pub words: Vec<u16>,
}

/// File: the weights of `words`, of `output`, and of `shapes` row by row, each one byte.
pub struct Network {
    shapes: Vec<[i8; HIDDEN]>,
    output: [i8; HIDDEN],
    words: Vec<i8>,
}

impl Network {
    pub fn builtin() -> &'static Self {
        static NETWORK: OnceLock<Network> = OnceLock::new();
        NETWORK.get_or_init(|| Self::read(include_bytes!("antecedent.model")))
    }

    /// Reads a model file; weights that it lacks are zero.
    pub fn read(bytes: &[u8]) -> Self {
        let mut bytes = bytes.iter().map(|byte| *byte as i8).chain(std::iter::repeat(0));
        let mut next = || bytes.next().unwrap_or(0);
        let words = (0..WORDS).map(|_| next()).collect();
        let output = std::array::from_fn(|_| next());
        let shapes = (0..SHAPES).map(|_| std::array::from_fn(|_| next())).collect();
        Self { shapes, output, words }
    }

    /// How much better than nothing something fits, in units of `UNIT * UNIT` for one of log-odds.
    pub fn score(&self, features: &Features) -> i32 {
        let mut hidden = [0_i16; HIDDEN];
        for shape in &features.shapes {
            let row = &self.shapes[usize::from(*shape)];
            for (sum, weight) in hidden.iter_mut().zip(row) {
                *sum += i16::from(*weight);
            }
        }
        let through = hidden.iter().zip(&self.output);
        let through: i32 = through.map(|(sum, weight)| i32::from((*sum).max(0)) * i32::from(*weight)).sum();
        let words: i32 = features.words.iter().map(|word| i32::from(self.words[usize::from(*word)])).sum();
        through + words * UNIT
    }
}

/// By how much the network must prefer an entity to something new, in log-odds: to a named one, to another.
///
/// A description tied wrongly to a name tells wrong facts; what ties two descriptions tells none.
const MARGINS: &[(&[Form], f32, f32)] = &[
    (&[Form::He, Form::She], -2.0, -1.0),
    (&[Form::It], -1.5, -1.0),
    (&[Form::They], 0.0, -1.0),
    (&[Form::First, Form::FirstPlural, Form::Second], 0.0, 0.0),
];
/// The same for descriptions.
const DESCRIPTION_MARGINS: (f32, f32) = (0.5, -1.0);

/// Decides by the network, and for something new where it is not sure enough.
pub struct ByNetwork(pub &'static Network);

impl Judge for ByNetwork {
    fn choose(&mut self, _: MentionId, form: Form, choices: &[Choice]) -> usize {
        let (named, unnamed) = MARGINS
            .iter()
            .find(|(forms, ..)| forms.contains(&form))
            .map_or(DESCRIPTION_MARGINS, |(_, named, unnamed)| (*named, *unnamed));
        let margin = |margin: f32| (margin * (UNIT * UNIT) as f32) as i32;
        let score = |(at, choice): (usize, &Choice)| {
            let needed = if at == 0 { 0 } else { margin(if choice.is_named { named } else { unnamed }) };
            (self.0.score(&choice.features) - needed, std::cmp::Reverse(at))
        };
        choices.iter().enumerate().map(score).max().map_or(0, |(_, at)| at.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(shapes: &[u16], words: &[u16], expected: i32) {
        // The first word weighs 2, the first hidden unit 3, and the first shape goes into it with -4, the second with 5.
        let mut bytes = vec![0_u8; WORDS + HIDDEN + SHAPES * HIDDEN];
        (bytes[0], bytes[WORDS], bytes[WORDS + HIDDEN], bytes[WORDS + 2 * HIDDEN]) = (2, 3, -4_i8 as u8, 5);
        let features = Features { shapes: shapes.to_vec(), words: words.to_vec() };
        assert_eq!(Network::read(&bytes).score(&features), expected, "{features:?}");
    }

    #[test]
    fn shapes_go_through_the_hidden_layer_and_words_do_not() {
        check(&[], &[0], 2 * UNIT);
        check(&[1], &[], 15);
        check(&[0, 1], &[0], 3 + 2 * UNIT);
        check(&[0], &[], 0);
    }
}
